"""The program in a process of its own, without the wait for its imports.

One process imports the program once; each run is a fork of it, with its own pipes or its own terminal, folder,
environment and exit. `test_program.py` holds that such a run and one freshly started are the same, and `test_rooms.py`
that our modules can be imported in any order. What depends on how Python starts (its own settings, a language that is
not written in UTF-8) is started afresh.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import maturity

PATIENCE = 120
"""Seconds after which something is taken as hanging, however slow the machine."""
# What our modules import only when they need it; DuckDB, which few runs need, is theirs to import.
LIBRARIES = (
    "babel.messages.mofile",
    "jinja2.sandbox",
    "numpy",
    "openpyxl",
    "prompt_toolkit.application",
    "prompt_toolkit.shortcuts",
    "python_calamine",
    "questionary",
    "rich.console",
    "rich.progress",
    "rich.table",
    "rich.tree",
    "typer",
)
UTF_8 = {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
STRICT = ("PYTHONWARNINGS", "error")
LATER = (*UTF_8.items(), STRICT)
"""Settings that a fork has by itself, or can be given."""
STARTING = ("PYTHON", "LC_", "LANG")


def run(
    *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`maturity` with these words, its stdin empty; what it writes as text, its lines ended by a line feed."""
    done = run_bytes(*words, cwd=cwd, env=env)
    said, told = (
        each.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n") for each in (done.stdout, done.stderr)
    )
    return subprocess.CompletedProcess(done.args, done.returncode, said, told)


def run_bytes(
    *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`run`, with what it writes as bytes."""
    environment = dict(os.environ if env is None else env)
    arguments = [str(word) for word in words]
    if not as_we_started(environment):
        return afresh(*arguments, cwd=cwd, env=environment)
    return forks().run(arguments, str(cwd or Path.cwd()), environment)[0]


def measured(*words: object, prelude: str = "") -> tuple[subprocess.CompletedProcess[bytes], Ended]:
    """A run, and what it took beyond the program's start, for which `prelude` may set limits: Python that runs before."""
    return forks().run([str(word) for word in words], str(Path.cwd()), dict(os.environ), prelude)


def afresh(
    *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The same in a process that is started, as a person's shell does."""
    return subprocess.run(
        [sys.executable, "-m", "maturity", *map(str, words)],
        cwd=cwd,
        env=env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
    )


def on_terminal(
    *words: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    columns: int = 80,
    rows: int = 24,
    prelude: str = "",
    anew: bool = False,
) -> Terminal:
    """`maturity` with these words on a pseudo-terminal of its own; `prelude` is Python that a fork runs before.

    With `anew` it is started afresh, which it also is where Python would not start as it did here.
    """
    environment = dict(os.environ if env is None else env)
    anew = anew or not as_we_started(environment)
    assert not (anew and prelude)
    return forks().on_terminal(
        {
            "arguments": [str(word) for word in words],
            "folder": str(cwd or Path.cwd()),
            "environment": environment,
            "size": [columns, rows],
            "prelude": prelude,
            "anew": anew,
        }
    )


def shown(*words: object, **how: object) -> tuple[int, str]:
    """The exit code, and all that is shown on a terminal (see `on_terminal`) on which no key is pressed."""
    terminal = on_terminal(*words, **how)  # type: ignore[arg-type]
    try:
        found = terminal.read_all()
        return terminal.ends(), found.decode("utf-8").replace("\r\n", "\n")
    finally:
        terminal.close()


def as_we_started(environment: Mapping[str, str]) -> bool:
    """Whether Python would start in it as it did here: in UTF-8, and with the same settings."""
    ours, theirs = (
        {k: v for k, v in each.items() if k.startswith(STARTING) and (k, v) not in LATER}
        for each in (os.environ, environment)
    )
    speech = ("LC_ALL", "LC_CTYPE", "LANG")
    utf_8 = all(v.lower().endswith(("utf-8", "utf8")) for k, v in theirs.items() if k in speech)
    same = all(ours.get(k) == theirs.get(k) for k in {*ours, *theirs} if k.startswith("PYTHON"))
    return utf_8 and same and hasattr(os, "fork")


@functools.cache
def forks() -> Forks:
    """This process's own; it ends when this process does."""
    made = Forks()
    atexit.register(made.close)
    return made


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, the negative signal where one ended it; and what it took in all."""

    code: int
    memory: int
    """The most bytes that it held at a time, those among them that it shares with others."""
    seconds: float
    """Of processor time."""


class Forks:
    """The process that runs are forked from."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, __file__, str(theirs.fileno())]
        # Pipes, so that Python makes its streams for pipes; what is written to them only tells why it did not start.
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | UTF_8,
        )
        theirs.close()
        self._socket = ours
        self._one_at_a_time = threading.Lock()

    def run(
        self, arguments: list[str], folder: str, environment: dict[str, str], prelude: str = ""
    ) -> tuple[subprocess.CompletedProcess[bytes], Ended]:
        said, told = os.pipe(), os.pipe()
        request = {
            "arguments": arguments,
            "folder": folder,
            "environment": environment,
            "prelude": prelude,
        }
        answer, _ = self._asked(request, (said[1], told[1]))
        pid = int(answer)
        os.close(said[1])
        os.close(told[1])
        outputs = both(said[0], told[0], lambda: os.kill(pid, signal.SIGKILL))
        end = self.ended(pid, wait=True)
        assert end is not None
        return subprocess.CompletedProcess(arguments, end.code, *outputs), end

    def on_terminal(self, request: dict[str, object]) -> Terminal:
        pid, handles = self._asked(request)
        return Terminal(self, int(pid), handles[0])

    def ended(self, pid: int, *, wait: bool) -> Ended | None:
        """How a run ended (told once: it is gone then); None while it runs."""
        found = json.loads(self._asked({"ended": pid, "wait": wait})[0])
        return None if found is None else Ended(*found)

    def close(self) -> None:
        self._socket.close()
        self._process.communicate(timeout=PATIENCE)

    def _asked(self, request: dict[str, object], handles: tuple[int, ...] = ()) -> tuple[bytes, list[int]]:
        data = json.dumps(request).encode()
        with self._one_at_a_time:
            socket.send_fds(self._socket, [len(data).to_bytes(8)], handles)
            self._socket.sendall(data)
            answer, found, _, _ = socket.recv_fds(self._socket, 100, 1)
        if not answer:
            raise AssertionError(self._process.communicate()[1].decode())
        return answer, found


class Terminal:
    """Our end of a pseudo-terminal, and the process that it was made for."""

    def __init__(self, forked_by: Forks, pid: int, handle: int) -> None:
        self.pid = pid
        self._forks, self._handle = forked_by, handle
        self._code: int | None = None

    def read(self, seconds: float) -> bytes | None:
        """What is written within so many seconds; None where that is nothing, b"" once no more can come."""
        if self._handle < 0:
            return b""
        if not select.select([self._handle], [], [], max(0.0, seconds))[0]:
            return None
        try:
            return os.read(self._handle, 1 << 16)
        except OSError:  # what Linux says at the end
            return b""

    def read_all(self) -> bytes:
        """All that is written until the end."""
        found = []
        while data := self.read(PATIENCE):
            found.append(data)
        assert data is not None, b"".join(found).decode("utf-8", "replace")
        return b"".join(found)

    def send(self, data: bytes) -> None:
        os.write(self._handle, data)

    def resize(self, columns: int, rows: int) -> None:
        """Makes the window another size, which the process is told."""
        sized(self._handle, columns, rows)

    def hang_up(self) -> None:
        """Closes the terminal's window."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def ended(self) -> int | None:
        """The exit code, the negative signal where one ended it; None while it runs."""
        if self._code is None:
            end = self._forks.ended(self.pid, wait=False)
            self._code = end and end.code
        return self._code

    def ends(self) -> int:
        """`ended`, once it has."""
        deadline = time.monotonic() + PATIENCE
        while (code := self.ended()) is None:
            assert time.monotonic() < deadline, "it does not end"
            time.sleep(0.005)
        return code

    def close(self) -> None:
        """Clears up, whatever has come of it."""
        if self.ended() is None:
            os.kill(self.pid, signal.SIGKILL)
            self.ends()
        self.hang_up()


def sized(handle: int, columns: int, rows: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def both(said: int, told: int, too_long: Callable[[], None]) -> tuple[bytes, bytes]:
    """All that comes out of the two pipes, which are closed then."""
    found: dict[int, list[bytes]] = {said: [], told: []}
    deadline = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as ready:
        for handle in found:
            ready.register(handle, selectors.EVENT_READ)
        while ready.get_map():
            for key, _ in ready.select(1):
                data = os.read(key.fd, 1 << 16)
                found[key.fd].append(data)
                if not data:
                    ready.unregister(key.fd)
                    os.close(key.fd)
            if time.monotonic() > deadline:
                too_long()
                deadline += PATIENCE
    return b"".join(found[said]), b"".join(found[told])


def import_all() -> None:
    """Imports whatever a command may need, and has Pydantic build our models, which else each run does anew."""
    ours_too = [found.name for found in pkgutil.walk_packages(maturity.__path__, "maturity.")]
    for name in (*LIBRARIES, *ours_too):
        if not name.endswith("__main__"):
            importlib.import_module(name)
    for model in below(BaseModel):
        if model.__module__.startswith("maturity."):
            model.model_rebuild()
    gc.freeze()  # what is there already is shared with the forks, not looked through by each


def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def serve(handle: int) -> None:
    """Forks for each request; comes back in the fork, which is to be the program, and when no more requests come."""
    import_all()
    as_from_a_shell()
    ours = socket.socket(fileno=handle)
    while True:
        length, handles, _, _ = socket.recv_fds(ours, 8, 2)
        if not length:
            os._exit(0)
        data = b""
        while len(data) < int.from_bytes(length):
            data += ours.recv(1 << 16)
        request = json.loads(data)
        if "ended" in request:
            ours.sendall(json.dumps(ended(request["ended"], 0 if request["wait"] else os.WNOHANG)).encode())
            continue
        pid, terminal = forked("size" in request)
        if not pid:
            ours.close()
            become(request, handles)
            return
        for each in handles:
            os.close(each)
        socket.send_fds(ours, [str(pid).encode()], terminal)
        for each in terminal:
            os.close(each)


def as_from_a_shell() -> None:
    """Signals do what they do in a person's shell, also where the tests are run by something that ignores them (nohup)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(each, signal.SIG_DFL)


def ended(pid: int, how: int) -> tuple[int, int, float] | None:
    """What `Ended` is made of; None while it runs."""
    found, status, used = os.wait4(pid, how)
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return (os.waitstatus_to_exitcode(status), memory, used.ru_utime + used.ru_stime) if found else None


def forked(on_terminal: bool) -> tuple[int, list[int]]:
    """A fork, with our end of its terminal if it is to have one, which it has taken by then: Ctrl-C would be lost before."""
    if not on_terminal:
        return os.fork(), []
    import pty

    ready, taken = os.pipe()
    pid, terminal = pty.fork()
    if not pid:
        os.close(ready)
        os.close(taken)
        return 0, []
    os.close(taken)
    os.read(ready, 1)  # nothing is written: it ends when the fork has closed its end
    os.close(ready)
    return pid, [terminal]


def become(request: dict[str, Any], handles: list[int]) -> None:
    """Makes this fork a process that has just started with those words."""
    for target, handle in zip((1, 2), handles, strict=False):
        os.dup2(handle, target)
        os.close(handle)
    os.chdir(request["folder"])
    environment, arguments = request["environment"], request["arguments"]
    if "size" in request:
        sized(0, *request["size"])
        if request["anew"]:
            os.execve(sys.executable, [sys.executable, "-m", "maturity", *arguments], environment)
        streams_for_terminal()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    if environment.get(STRICT[0]) == STRICT[1]:
        warnings.simplefilter(STRICT[1])
    sys.argv = ["maturity", *arguments]
    exec(request.get("prelude", ""), {})


def streams_for_terminal() -> None:
    """Makes Python's streams as it makes them where it starts on a terminal, in UTF-8."""
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = sys.__stdout__ = os.fdopen(
        1, "w", 1, encoding="utf-8", errors="surrogateescape", closefd=False
    )
    sys.stderr = sys.__stderr__ = os.fdopen(
        2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False
    )


def leave(code: object) -> None:
    """Ends as Python does, but for taking apart all that was imported, which is a third of a short run.

    Comes back, for Python to end by itself, where that could show: a stream that takes nothing more, a code that is
    none, and DuckDB, which may have something to say when it is taken apart.
    """
    if not isinstance(code, int) or "duckdb" in sys.modules:
        return
    threading._shutdown()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return
    os._exit(code & 0xFF)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
    from maturity.cli.main import main

    try:
        main()
    except SystemExit as end:
        leave(end.code)
        raise
    leave(0)
