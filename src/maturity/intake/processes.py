"""Processes of this Python that do a part of the work: started by hand, and gone when their caller is.

They know nothing but the library, each is asked on its stdin and answers on its stdout, and it ends when these are
closed, by whatever end its caller comes to.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO

MOST_WORKERS = 8


def processors() -> int:
    """How many processes it can pay to start: one for each processor that this one may use, and not too many."""
    if hasattr(os, "sched_getaffinity"):
        return min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    return min(MOST_WORKERS, os.cpu_count() or 1)


def packed(what: object) -> bytes | None:
    """What each process is to know, as bytes; None where processes cannot be started, or not be told."""
    if not sys.executable or getattr(sys, "frozen", False):
        return None
    try:
        return pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None


def code_of(main: Callable[[], None]) -> str:
    """What a process runs to do `main`; it finds the library where its caller did."""
    return f"import sys; sys.path[:] = sys.argv[1:]; from {main.__module__} import main; main()"


def started(code: str) -> subprocess.Popen[bytes] | None:
    """A process that runs `code`; None where none can be started here."""
    posix = os.name == "posix"
    try:
        # A group of its own: an interrupt is for its caller, who ends it.
        return subprocess.Popen(
            [sys.executable, "-c", code, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if posix else None,
            creationflags=0 if posix else 0x200,
        )
    except OSError:
        return None


def close(process: subprocess.Popen[bytes]) -> None:
    """Waits for a process that ended, or was ended, and closes its pipes."""
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


def streams() -> tuple[IO[bytes], IO[bytes]]:
    """For a process that was started so: where it is asked, and where it answers."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever else is printed must not come between the answers.
    os.dup2(2, 1)
    gc.set_threshold(200_000, 50, 100)
    return asked, told


def tell(told: IO[bytes], what: object) -> None:
    """Answers."""
    pickle.dump(what, told, pickle.HIGHEST_PROTOCOL)
    told.flush()
