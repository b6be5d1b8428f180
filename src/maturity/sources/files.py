"""The two ends of the flow: reading a file whole, and writing one so that it is never half written."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said, quoted

NOT_THERE = Kind(
    "F020", "error", "There is no such file or folder.", "Check the spelling and the folder you are in."
)
IS_FOLDER = Kind("F021", "error", "This is a folder, not a file.", "Name a file in it.")
UNREADABLE = Kind(
    "F022",
    "error",
    "The file cannot be read: {reason}.",
    "Check who may read it, and that no other program holds it open.",
)
UNWRITABLE = Kind(
    "F023",
    "error",
    "Nothing was written here: {reason}.",
    "Name a folder that you may write to, with space left on the disk.",
)
NO_SPACE = Kind(
    "F029",
    "error",
    "Nothing was written here: there is no space left on the disk, or for you on it.",
    "Delete or move what is not needed there, or ask for more room; or name a folder on another disk.",
)
TOO_LONG = Kind(
    "F019",
    "error",
    "Nothing was written here: the name is longer than the system allows.",
    "Shorten the file's name.",
)
NO_FOLDER = Kind(
    "F027",
    "error",
    "There is no folder '{folder}' to make this in.",
    "Check the spelling, or make the folder first.",
)
NOT_A_FOLDER = Kind(
    "F028", "error", "'{folder}' is a file, not a folder.", "Name a folder, or one that is not there yet."
)
NOT_A_FILE = Kind(
    "F026",
    "error",
    "This is neither a file nor a folder.",
    "Save what comes out of it as a file, and name that.",
)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL)
_NO_FLUSH = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


class FileError(MaturityError):
    """A file that cannot be read or written."""


def read_bytes(path: Path, *, at_most: int | None = None) -> bytes:
    """The file's bytes (the first `at_most` + 1 of them, so that a caller can tell that there are more).

    Raises FileError where there is no such file, it is a folder or a device, or it cannot be read.
    """
    problem = problem_with(path)
    if problem is not None:
        raise FileError(problem)
    try:
        with path.open("rb") as file:
            return file.read() if at_most is None else file.read(at_most + 1)
    except OSError as error:
        raise FileError(_why(path, error)) from None


def problem_with(path: Path) -> Problem | None:
    """Why `path` cannot be read as a file: it is not there, a folder, or something that may never end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        return _why(path, error)
    if stat.S_ISDIR(mode):
        return Problem(IS_FOLDER, Place(str(path)))
    return None if stat.S_ISREG(mode) else Problem(NOT_A_FILE, Place(str(path)))


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder. What can be no path (too long, with a NUL) is not there."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def _why(path: Path, error: OSError | ValueError) -> Problem:
    """What kept a file from being read."""
    place = Place(str(path))
    if isinstance(error, IsADirectoryError):
        return Problem(IS_FOLDER, place)
    if isinstance(error, ValueError | FileNotFoundError | NotADirectoryError):
        return Problem(NOT_THERE, place)
    if error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        return Problem(NOT_THERE, place)
    return Problem(UNREADABLE, place, {"reason": reason_of(error)})


def write_atomically(
    path: Path,
    content: bytes | str | Iterable[bytes],
    *,
    new: bool = False,
    check: Callable[[], None] | None = None,
) -> None:
    """Writes beside the file, flushes to disk, and renames over it: old or new, never half. `content` may come in parts,
    each written when it is made; what making them raises leaves the file as it was.

    A missing folder is made if the one above it is there: a misspelt path makes no trees. An existing file keeps its
    permissions. With `new`, FileExistsError where there is such a file, also one that came this very instant. `check`
    is called when only the rename is left to do; what it raises leaves the file as it was. Raises FileError.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    parts = (content,) if isinstance(content, bytes) else content
    temporary: str | None = None
    try:
        target = _target(path)
        # A short name of its own: one made of the file's could be longer than the system allows.
        handle, temporary = tempfile.mkstemp(prefix=_part(target), suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        _permit(Path(temporary), target)
        if check is not None:
            check()
        if new:
            _move_new(Path(temporary), target)
        else:
            Path(temporary).replace(target)
        temporary = None
        _sync_folder(target.parent)
    except RuntimeError:
        # Python 3.11 says so of links that lead in a circle.
        raise FileError(Problem(NOT_THERE, Place(str(path)))) from None
    except OSError as error:
        if new and isinstance(error, FileExistsError):
            raise
        raise FileError(_why_not_written(path, error)) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def remove_leftovers(path: Path) -> None:
    """Removes what writes of this file left beside it that were killed; for whoever knows that none is going on."""
    target = path.resolve()
    with suppress(OSError):
        for left in list(target.parent.glob(f"{_part(target)}*.part")):
            with suppress(OSError):
                left.unlink()


def _part(target: Path) -> str:
    """How the names of a file's unfinished writes begin."""
    return f".maturity-{zlib.crc32(os.fsencode(target.name)):08x}-"


def _target(path: Path) -> Path:
    """What to write to, behind all links, with its folder made."""
    if path.is_dir():
        raise FileError(Problem(IS_FOLDER, Place(str(path))))
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise FileError(Problem(NOT_A_FILE, Place(str(path))))
    make_folder(target.parent)
    return target


def _permit(temporary: Path, target: Path) -> None:
    """Gives the file the permissions and the group of the one in its place, where the system lets us."""
    try:
        there = target.stat()
    except FileNotFoundError:
        there = None
    with suppress(OSError):
        if there is not None and hasattr(os, "chown"):
            os.chown(temporary, -1, there.st_gid)
    with suppress(OSError):
        temporary.chmod(there.st_mode & 0o777 if there else 0o666 & ~_umask())


def _move_new(temporary: Path, target: Path) -> None:
    """Moves a file to where there is none. Raises FileExistsError."""
    if os.name == "nt":
        temporary.rename(target)  # Windows itself refuses a target that exists
        return
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Memory sticks and some network folders know no second name for a file: looking first is the best there is.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.replace(target)
        return
    temporary.unlink()


def check_folder(path: Path) -> None:
    """Checks that there is the folder of a file that is to be made. Raises FileError where it is missing."""
    folder = path.resolve().parent
    if not is_there(folder):
        raise FileError(Problem(NO_FOLDER, Place(str(path)), {"folder": folder}))
    make_folder(folder)  # says what else is wrong with it


def make_folder(folder: Path, *, above: bool = False) -> None:
    """Makes a folder that is missing; those above it only where `above` says so. Raises FileError."""
    place = Place(str(folder))
    existing = next((path for path in (folder, *folder.parents) if is_there(path)), None)
    if existing is not None and not existing.is_dir():
        raise FileError(Problem(NOT_A_FOLDER, place, {"folder": existing}))
    if not above and existing not in (folder, folder.parent):
        raise FileError(Problem(NO_FOLDER, place, {"folder": folder.parent}))
    try:
        folder.mkdir(parents=above, exist_ok=True)
    except OSError as error:
        raise FileError(_why_not_written(folder, error)) from None


def _why_not_written(path: Path, error: OSError) -> Problem:
    """What kept something from being written."""
    place = Place(str(path))
    if error.errno in _FULL:
        return Problem(NO_SPACE, place)
    if error.errno == errno.ENAMETOOLONG:
        return Problem(TOO_LONG, place)
    return Problem(UNWRITABLE, place, {"reason": reason_of(error)})


def reason_of(error: OSError) -> Said:
    """What the system says: in the reader's language where it is one of its usual reasons, else in its own words."""
    known = REASONS.get(error.errno) if error.errno is not None else None
    return known or quoted(error.strerror or str(error))


# By number: the words are each system's own.
REASONS = {
    errno.EACCES: Phrase("permission denied"),
    errno.EPERM: Phrase("operation not permitted"),
    errno.EROFS: Phrase("read-only file system"),
    errno.EIO: Phrase("input/output error"),
    errno.EMFILE: Phrase("too many open files"),
    errno.ENFILE: Phrase("too many open files"),
    errno.EBUSY: Phrase("device or resource busy"),
    errno.ENOENT: Phrase("no such file or directory"),
    errno.ENOTDIR: Phrase("not a directory"),
    errno.EEXIST: Phrase("file exists"),
    errno.ENOSPC: Phrase("no space left on device"),
    errno.EDQUOT: Phrase("disk quota exceeded"),
    errno.EFBIG: Phrase("file too large"),
    errno.EBADF: Phrase("bad file descriptor"),
    errno.ENXIO: Phrase("no such device or address"),
}
"""What systems say most often."""


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    """Makes the rename itself durable, where the system lets a folder be opened and flushed."""
    if os.name != "posix":
        return
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FLUSH:
                raise
        finally:
            os.close(handle)
