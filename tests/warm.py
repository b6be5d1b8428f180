"""`maturity assess` in real pseudo-terminals, without the wait for its imports.

One process imports the program once; each sitting is a fork of it with a pseudo-terminal of its own, so that fifty
of them take seconds. What a kill does to a process, and the terminal to it, is the same as for one freshly started.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

from program import import_all
from pseudo_terminal import A_FINGER

PATIENCE = 120
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Warm:
    """The process that sittings are forked from."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, __file__, str(theirs.fileno())]
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        theirs.close()
        self._socket = ours
        self._one_at_a_time = threading.Lock()

    def sit(self, folder: Path, *arguments: str, prelude: str = "") -> Sitting:
        """Starts a sitting; `prelude` is Python that runs in it before the program does."""
        with self._one_at_a_time:
            request = {"folder": str(folder), "arguments": arguments, "prelude": prelude}
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            answer, handles, _, _ = socket.recv_fds(self._socket, 100, 1)
        return Sitting(self, int(answer), handles[0])

    def wait(self, pid: int) -> int:
        with self._one_at_a_time:
            self._socket.sendall(json.dumps({"wait": pid}).encode() + b"\n")
            return int(self._socket.recv(100))

    def close(self) -> None:
        self._socket.close()
        self.process.wait(PATIENCE)


class Sitting:
    """One process on its terminal: what it wrote, without colours and cursor moves, is `text`."""

    def __init__(self, warm: Warm, pid: int, handle: int) -> None:
        self.warm, self.pid, self.handle, self.text = warm, pid, handle, ""
        self.last = ""
        self._code: int | None = None

    def read(self, seconds: float) -> bool:
        """Takes in what is written within so many seconds; False once there is no more to come."""
        if self.handle < 0:
            return False
        if not select.select([self.handle], [], [], max(0.0, seconds))[0]:
            return True
        try:
            data = os.read(self.handle, 65536)
        except OSError:
            data = b""
        self.text += ESCAPES.sub("", data.decode("utf-8", "replace"))
        return bool(data)

    def sees(self, wanted: str) -> Sitting:
        """Waits until it was written (a pattern); what came before is forgotten."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(wanted, self.text)):
            if time.monotonic() > deadline or not self.read(0.5):
                raise AssertionError(f"waited for {wanted!r}, and saw: {self.text[-3000:]!r}")
        self.text = self.text[found.end() :]
        return self

    def press(self, *keys: str) -> Sitting:
        for key in keys:
            if key == "\r" == self.last:
                time.sleep(A_FINGER)  # a key held down is quicker, and is passed over
            self.last = key
            os.write(self.handle, key.encode())
        return self

    def hang_up(self) -> None:
        """Closes the terminal's window."""
        os.close(self.handle)
        self.handle = -1

    def ends(self) -> int:
        """The exit code, or the negative signal, once it has ended."""
        while self.read(PATIENCE):
            pass
        if self._code is None:
            self._code = self.warm.wait(self.pid)
        return self._code

    def close(self) -> None:
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._code = self.warm.wait(self.pid)
        if self.handle >= 0:
            self.hang_up()


def serve(handle: int) -> None:
    """Forks a sitting for each line that comes in, until no more come."""
    import_all()
    with socket.socket(fileno=handle) as ours, ours.makefile("r", encoding="utf-8") as lines:
        for line in lines:
            request = json.loads(line)
            if "wait" in request:
                _, status = os.waitpid(request["wait"], 0)
                ours.sendall(str(os.waitstatus_to_exitcode(status)).encode())
                continue
            pid, terminal = pty.fork()
            if not pid:
                os.closerange(3, 64)
                act(request["folder"], request["arguments"], request["prelude"])
            socket.send_fds(ours, [str(pid).encode()], [terminal])
            os.close(terminal)


def act(folder: str, arguments: list[str], prelude: str) -> None:
    """Is the sitting, from here on."""
    from maturity.cli.main import main

    code: object = 99
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        os.chdir(folder)
        os.environ.update(TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1", LANG="C.UTF-8")
        sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", 1, encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", closefd=False)
        sys.argv = ["maturity", "assess", *arguments]
        exec(prelude, {})
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except KeyboardInterrupt:
        code = 130  # before the program was there to hear it
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                continue
        os._exit(code if isinstance(code, int) else 98)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
