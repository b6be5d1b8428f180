"""The two ends of the flow: reading a file whole, and writing one so that it is never half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from maturity.models.problem import Kind, MaturityError, Place, Problem

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


class FileError(MaturityError):
    """A file that cannot be read or written."""


def read_bytes(path: Path, *, at_most: int | None = None) -> bytes:
    """The file's bytes (the first `at_most` + 1 of them, so that a caller can tell that there are more).

    Raises FileError where there is no such file, it is a folder, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read() if at_most is None else file.read(at_most + 1)
    except FileNotFoundError:
        raise FileError(Problem(NOT_THERE, Place(str(path)))) from None
    except IsADirectoryError:
        raise FileError(Problem(IS_FOLDER, Place(str(path)))) from None
    except OSError as error:
        raise FileError(Problem(UNREADABLE, Place(str(path)), {"reason": _reason(error)})) from None


def write_atomically(path: Path, content: bytes | str) -> None:
    """Writes beside the file, flushes to disk, and renames over it: old or new, never half.

    Missing parent folders are made. An existing file keeps its permissions. Raises FileError.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    temporary: str | None = None
    try:
        if path.is_dir():
            raise FileError(Problem(IS_FOLDER, Place(str(path))))
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(temporary).replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise FileError(Problem(UNWRITABLE, Place(str(path)), {"reason": _reason(error)})) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).rstrip(".").lower()


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    """Makes the rename itself durable, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
