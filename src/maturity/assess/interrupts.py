"""Ctrl-C, a closed terminal and a polite kill, all as one KeyboardInterrupt, and only while a prompt waits.

A handler that raises does so wherever Python happens to be: in the middle of a save, or in a garbage collection,
where the exception is swallowed. Here it only takes note. All the waiting is done in prompts; `run` ends the one
that waits, or the next that would begin.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_or_none

T = TypeVar("T")

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")  # no system has them all
_SIGNALS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


@dataclass
class Interrupts:
    """Whether one has come in."""

    pending: bool = False

    def run(self, app: Application[T]) -> T:
        """Runs a prompt; raises KeyboardInterrupt if an interrupt comes in, or came in since the last one.

        prompt_toolkit's own handling of SIGINT fails while a prompt begins or ends, so it is left off.
        """
        result = app.run(pre_run=lambda: _end(app) if self.pending else None, handle_sigint=False)
        if self.pending:
            raise KeyboardInterrupt
        return result

    def _come(self, _number: int, _frame: FrameType | None) -> None:
        self.pending = True
        with suppress(OSError, ValueError):
            _let_go_of_dead_terminal()
        app = get_app_or_none()
        if app is not None and app.is_running and app.loop is not None:
            with suppress(RuntimeError):  # its loop has just closed
                app.loop.call_soon_threadsafe(_end, app)


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Listens while the block runs."""
    state = Interrupts()
    before = {number: signal.signal(number, state._come) for number in _SIGNALS}
    try:
        yield state
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(app: Application[T]) -> None:
    if app.future is not None and not app.future.done():
        app.exit(exception=KeyboardInterrupt)


def _let_go_of_dead_terminal() -> None:
    """Sends further output nowhere once the terminal is gone; writing to it would be an error in itself.

    A terminal that was hung up is a character device that no longer answers as a terminal.
    """
    for stream in (sys.stdout, sys.stderr):
        handle = stream.fileno()
        try:
            os.get_terminal_size(handle)
        except OSError:
            if stat.S_ISCHR(os.fstat(handle).st_mode):
                os.dup2(os.open(os.devnull, os.O_WRONLY), handle)
