"""A sitting of `maturity assess` on a terminal that is read as text; nobody looks at a screen."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import program
from program import PATIENCE, Terminal
from pseudo_terminal import A_FINGER

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def sit(folder: Path, *arguments: str, prelude: str = "") -> Sitting:
    """Starts a sitting; `prelude` is Python that runs in it before the program does."""
    known = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "LANG": "C.UTF-8"}
    return Sitting(
        program.on_terminal(
            "assess",
            *arguments,
            cwd=folder,
            env=os.environ | known,
            columns=100,
            rows=40,
            prelude=prelude,
        )
    )


class Sitting:
    """One process on its terminal: what it wrote, without colours and cursor moves, is `text`."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.text, self.last = terminal, "", ""

    @property
    def pid(self) -> int:
        return self.terminal.pid

    def read(self, seconds: float) -> bool:
        """Takes in what is written within so many seconds; False once there is no more to come."""
        data = self.terminal.read(seconds)
        if data:
            self.text += ESCAPES.sub("", data.decode("utf-8", "replace"))
        return data != b""

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
            self.terminal.send(key.encode())
        return self

    def hang_up(self) -> None:
        """Closes the terminal's window."""
        self.terminal.hang_up()

    def ends(self) -> int:
        """The exit code, or the negative signal, once it has ended."""
        deadline = time.monotonic() + PATIENCE
        while self.read(1):
            if time.monotonic() > deadline:
                raise AssertionError(f"it does not end, and says: {self.text[-3000:]!r}")
        return self.terminal.ends()

    def close(self) -> None:
        self.terminal.close()
