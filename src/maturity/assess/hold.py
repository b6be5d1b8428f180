"""One sitting at a time for a file of answers: a lock that the system itself lets go of when a program dies.

The lock is the system's own, on a hidden file beside the answers, so that a crash, a kill or a power cut cannot leave
it behind; the file alone, which they can leave behind, locks nothing. It says who holds it, for the message to others.
Where the system has no such locks (some network folders), or the file may not be opened, one sits without: what was
changed elsewhere is still noticed at every save.
"""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import hashlib
import json
import os
import platform
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maturity.locale.dates import time_named
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.sources.files import UNWRITABLE, FileError, reason_of, remove_leftovers

HELD = Kind(
    "G030",
    "error",
    "{who} has been answering in this file since {since}.",
    "Name another file, or wait until it is left there. If nobody is: close the window or end the process that has it.",
)
_SOMEBODY = Phrase("Somebody")
_AT_MOST = 2000
# On Windows a locked byte cannot be read; one this far behind the text locks nothing that anybody reads.
_FAR = 1 << 30
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class HeldError(MaturityError):
    """Another sitting has the file."""


@contextmanager
def held(path: Path, now: dt.datetime) -> Iterator[bool]:
    """Keeps other sittings from the file while the block runs; False where the system cannot.

    Raises HeldError, which says who has the file since when; FileError where nothing can be written beside it.
    """
    beside = lock_file(path)
    handle = _take(path, beside)
    if handle is None:
        yield False
        return
    try:
        with suppress(OSError):  # a full disk: the lock holds without its note
            os.ftruncate(handle, 0)
            os.write(handle, _note(now))
        remove_leftovers(path)
        yield True
    finally:
        _let_go(handle, beside)


def lock_file(path: Path) -> Path:
    """Where the lock on a file is, by whatever links one came to it. Hidden, so that nobody takes it for answers."""
    target = path.resolve()
    name = f".{target.name}.lock"
    if len(os.fsencode(name)) > 255:
        name = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:32]}.lock"
    return target.with_name(name)


def _take(path: Path, beside: Path) -> int | None:
    """An open, locked handle of the lock file that stands there now; None where there can be none."""
    while True:
        handle = _open(path, beside)
        if handle is None:
            return None
        try:
            _lock(handle)
        except OSError as error:
            note = _read(handle)
            os.close(handle)
            if error.errno not in _TAKEN:
                return None
            raise HeldError(Problem(HELD, Place(str(path)), note)) from None
        # Whoever had it may have removed it between our opening and our locking: then it is no longer the lock.
        if _is_at(handle, beside):
            return handle
        os.close(handle)


def _open(path: Path, beside: Path) -> int | None:
    try:
        return os.open(beside, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        # One left behind by somebody else, which we may not open, does not keep us from writing beside it.
        if os.path.lexists(beside) and error.errno in (errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR):
            return None
        reason = reason_of(error)
        raise FileError(Problem(UNWRITABLE, Place(str(path)), {"reason": reason})) from None


def _is_at(handle: int, beside: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), beside.stat())
    except OSError:
        return False


def _note(now: dt.datetime) -> bytes:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    about = {
        "user": user,
        "host": platform.node(),
        "process": os.getpid(),
        "since": f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}",
    }
    return json.dumps(about).encode()


def _read(handle: int) -> dict[str, object]:
    """Who holds the lock and since when, as far as its note says."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        about = json.loads(os.read(handle, _AT_MOST))
        who = Phrase(
            "{user} on {host} (process {process})",
            user=str(about["user"])[:80] or _SOMEBODY,
            host=str(about["host"])[:80],
            process=about["process"],
        )
        return {"who": who, "since": time_named(dt.datetime.fromisoformat(about["since"]))}
    except (OSError, ValueError, KeyError, TypeError):
        return {"who": _SOMEBODY, "since": Phrase("a moment ago")}


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _let_go(handle: int, beside: Path) -> None:
        """Here a file that anybody has open cannot be removed, so that one that is removed is nobody's."""
        os.close(handle)
        with suppress(OSError):
            beside.unlink()

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(handle: int, beside: Path) -> None:
        """Removes the file first, while the lock keeps others from taking it; whoever has it open looks again."""
        if _is_at(handle, beside) and stat.S_ISREG(os.fstat(handle).st_mode):
            with suppress(OSError):
                beside.unlink()
        os.close(handle)
