"""The program in a process of its own, without the wait for its imports.

One process imports the program once; each run is a fork of it, with its own pipes, folder, environment and exit.
`test_program.py` holds that such a run and one freshly started are the same, and `test_rooms.py` that our modules can
be imported in any order. What depends on how Python starts (its own settings, a language that is not written in UTF-8) is started afresh.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import maturity

PATIENCE = 120
# What our modules import only when they need it; DuckDB, which few runs need, is theirs to import.
LIBRARIES = (
    "babel.messages.mofile",
    "jinja2.sandbox",
    "numpy",
    "openpyxl",
    "python_calamine",
    "rich.console",
    "rich.progress",
    "rich.table",
    "rich.tree",
    "typer",
)
UTF_8 = {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
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
    return forks().run(arguments, str(cwd or Path.cwd()), environment)


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


def as_we_started(environment: Mapping[str, str]) -> bool:
    """Whether Python would start in it as it did here: in UTF-8, and with the same settings."""
    ours, theirs = (
        {k: v for k, v in each.items() if k.startswith(STARTING) and UTF_8.get(k) != v}
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
        self, arguments: list[str], folder: str, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        said, told = os.pipe(), os.pipe()
        request = json.dumps({"arguments": arguments, "folder": folder, "environment": environment})
        pid = self._asked(request, (said[1], told[1]))
        os.close(said[1])
        os.close(told[1])
        outputs = both(said[0], told[0], lambda: os.kill(pid, signal.SIGKILL))
        return subprocess.CompletedProcess(arguments, self._asked(json.dumps({"wait": pid})), *outputs)

    def close(self) -> None:
        self._socket.close()
        self._process.communicate(timeout=PATIENCE)

    def _asked(self, request: str, handles: tuple[int, ...] = ()) -> int:
        data = request.encode()
        with self._one_at_a_time:
            socket.send_fds(self._socket, [len(data).to_bytes(8)], handles)
            self._socket.sendall(data)
            answer = self._socket.recv(100)
        if not answer:
            raise AssertionError(self._process.communicate()[1].decode())
        return int(answer)


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
    """Imports whatever a command may need."""
    ours_too = [found.name for found in pkgutil.walk_packages(maturity.__path__, "maturity.")]
    for name in (*LIBRARIES, *ours_too):
        if not name.endswith("__main__"):
            importlib.import_module(name)
    gc.freeze()  # what is there already is shared with the forks, not looked through by each


def serve(handle: int) -> None:
    """Forks for each request; comes back in the fork, which is to be the program, and when no more requests come."""
    import_all()
    ours = socket.socket(fileno=handle)
    while True:
        length, handles, _, _ = socket.recv_fds(ours, 8, 2)
        if not length:
            os._exit(0)
        data = b""
        while len(data) < int.from_bytes(length):
            data += ours.recv(1 << 16)
        request = json.loads(data)
        if "wait" in request:
            _, status = os.waitpid(request["wait"], 0)
            ours.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            ours.close()
            become(request, handles)
            return
        for each in handles:
            os.close(each)
        ours.sendall(str(pid).encode())


def become(request: dict[str, object], handles: list[int]) -> None:
    """Makes this fork a process that has just started with those words."""
    for target, handle in zip((1, 2), handles, strict=True):
        os.dup2(handle, target)
        os.close(handle)
    os.chdir(str(request["folder"]))
    environment = request["environment"]
    assert isinstance(environment, dict)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    arguments = request["arguments"]
    assert isinstance(arguments, list)
    sys.argv = ["maturity", *arguments]


if __name__ == "__main__":
    serve(int(sys.argv[1]))
    from maturity.cli.main import main

    main()
