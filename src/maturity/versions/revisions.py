"""Files as they stand in a git revision, read from git's own store: nothing is checked out and no working file changes."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said, quoted
from maturity.sources.load import Loaded, load
from maturity.sources.yaml_reader import MAX_BYTES, TOO_BIG

NO_GIT = Kind(
    "D020",
    "error",
    "'{name}' would be a git revision, and git is not installed here.",
    "Check out the two versions into folders, and name these.",
)
NO_REVISION = Kind(
    "D021",
    "error",
    "There is no git revision '{revision}' here: {reason}.",
    "Check the spelling, fetch the branch, or start in the folder of the repository.",
)
NOT_IN_REVISION = Kind(
    "D022",
    "error",
    "Revision '{revision}' has no file or folder '{path}' of ours.",
    "Name the path from the top of the repository, as in main:questionnaires/socitm.",
)
OURS = ("questionnaire", "rubric", "migration", "judged")
TIMEOUT = 60


def looks_like_revision(name: str, folder: Path | None = None) -> bool:
    """Whether git knows `name` as a revision; False where there is no git or no repository."""
    try:
        return _commit(name, folder) is not None
    except MaturityError:
        return False


def read_revision(name: str, folder: Path | None = None) -> tuple[list[Loaded], list[Loaded], bool]:
    """The files that ``REVISION:PATH`` names, ours beside it where it is a file, and whether it is one.

    A bare revision names those of every folder called 'questionnaires'. Paths count from the top of the repository, as git's do. Raises MaturityError.
    """
    revision, colon, path = name.partition(":")
    path = PurePosixPath(path).as_posix().removeprefix("./").rstrip("/") if path else ""
    commit = _commit(revision, folder)
    if commit is None:
        reason = why_no_revision(folder)
        raise MaturityError(Problem(NO_REVISION, Place(name), {"revision": revision, "reason": reason}))
    wanted = "" if path in ("", ".") else path
    listed = _listed(commit, folder)
    files = [f for f in listed if _meant(f[2], wanted, everywhere=not colon)]
    if not files:
        shown = path or "questionnaires"
        raise MaturityError(Problem(NOT_IN_REVISION, Place(name), {"revision": revision, "path": shown}))
    is_file = files[0][2] == wanted
    around = PurePosixPath(wanted).parent
    beside = [f for f in listed if is_file and f not in files and _lies_beside(f[2], around)]
    with tempfile.TemporaryDirectory(prefix="maturity-") as scratch:
        read = [_read(revision, f, Path(scratch) / str(n), folder) for n, f in enumerate(files + beside)]
    return read[: len(files)], read[len(files) :], is_file


def _meant(path: str, wanted: str, *, everywhere: bool) -> bool:
    """A file that is named itself, or one of ours by its name under the folder that is."""
    if path == wanted:
        return True
    if everywhere:
        return _is_ours(path) and "questionnaires" in PurePosixPath(path).parts[:-1]
    return _is_ours(path) and (not wanted or path.startswith(f"{wanted}/"))


def _lies_beside(path: str, folder: PurePosixPath) -> bool:
    return _is_ours(path) and PurePosixPath(path).parent == folder


def _is_ours(path: str) -> bool:
    """By its name: in a revision there are many files, and reading each would take long."""
    return re.fullmatch(rf"({'|'.join(OURS)})\b.*\.ya?ml", PurePosixPath(path).name) is not None


def _listed(commit: str, folder: Path | None) -> list[tuple[str, int, str]]:
    """(object, bytes, path) of every file of a commit; links and other repositories are left out."""
    found = []
    for line in _git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit], folder).stdout.split(b"\0"):
        about, _, path = line.partition(b"\t")
        parts = about.decode("ascii", "replace").split()
        if len(parts) == 4 and parts[1] == "blob" and parts[0] != "120000":
            found.append((parts[2], int(parts[3]), path.decode("utf-8", "surrogateescape")))
    return found


def _read(revision: str, file: tuple[str, int, str], to: Path, folder: Path | None) -> Loaded:
    identity, size, path = file
    name = f"{revision}:{path}"
    if size > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise MaturityError(
            Problem(TOO_BIG, Place(name), {"what": Phrase("over {limit}", limit=limit), "limit": limit})
        )
    to.write_bytes(_git(["cat-file", "blob", identity], folder).stdout)
    return load(to, name)


def _commit(revision: str, folder: Path | None) -> str | None:
    """The commit's full name, which can be no option of git's; None where git knows no such revision."""
    if not revision or revision.startswith("-") or "\0" in revision:
        return None
    ask = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    found = _git(ask, folder, name=revision)
    commit = found.stdout.decode("ascii", "replace").strip()
    return commit if found.returncode == 0 and re.fullmatch("[0-9a-f]{40,64}", commit) else None


def why_no_revision(folder: Path | None) -> Said:
    """Why git knows no revision of a name: there is no git, no repository, or none of that name."""
    try:
        found = _git(["rev-parse", "--git-dir"], folder)
    except MaturityError:
        return Phrase("git is not installed here")
    if found.returncode == 0:
        return Phrase("this repository does not know it")
    first = found.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
    if not first or "not a git repository" in first[0]:
        return Phrase("this is no git repository")
    return quoted(first[0].removeprefix("fatal: "))


def _git(
    arguments: list[str], folder: Path | None, *, name: str = "git"
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT
        )
    except (OSError, subprocess.TimeoutExpired):
        raise MaturityError(Problem(NO_GIT, Place(name), {"name": name})) from None
