"""`maturity score --annotate`: copies of the workbooks, with what is wrong with them, to send back."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maturity.locale.words import Words
    from maturity.models.problem import Problem

Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar="FOLDER",
        help="Write a copy of each workbook that has findings into this folder, the cells marked and commented.",
        show_default=False,
        readable=False,
    ),
]


def check_folder(folder: Path | None, inputs: Sequence[Path], words: Words) -> None:
    """Raises BadParameter where the copies would lie among the answers, and be read as answers next time."""
    if folder is None:
        return
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(words("'{file}' is no folder.", file=folder), param_hint="--annotate")
    if any(path.is_dir() and folder.resolve().is_relative_to(path.resolve()) for path in inputs):
        message = words(
            "Name a folder outside of those that are read, so that copies are not read as answers."
        )
        raise typer.BadParameter(message, param_hint="--annotate")


def write_copies(folder: Path | None, problems: Sequence[Problem], words: Words, *, force: bool) -> None:
    """Writes the copies, and says of each where it is. Raises MaturityError before it would write over something."""
    if folder is None:
        return
    from maturity.cli.overwrite import check_new
    from maturity.intake.annotate import annotated
    from maturity.sources.files import write_atomically
    from maturity.sources.search import WORKBOOK_SUFFIXES

    by_file: defaultdict[Path, list[Problem]] = defaultdict(list)
    for problem in problems:
        path = Path(problem.place.file)
        if path.suffix.lower() in WORKBOOK_SUFFIXES and path.is_file():
            by_file[path].append(problem)
    targets = _targets(folder, sorted(by_file))
    check_new(*targets.values(), force=force)
    with options.progress(words("Writing copies")) as step:
        for done, (path, target) in enumerate(targets.items(), 1):
            content = annotated(path, by_file[path], options.made_on(), language=words.language)
            if content is None:
                say(words("{file} has no copy: nothing in it could be marked.", file=path))
            else:
                folder.mkdir(parents=True, exist_ok=True)
                write_atomically(target, content)
                say(words("Wrote {file} for {original}", file=target, original=path))
            step(done, len(targets))
    if not targets:
        say(words("No workbook has findings: nothing was copied."))


def _targets(folder: Path, paths: Sequence[Path]) -> dict[Path, Path]:
    """Each file's copy under its own name; a number is added where another file has the name already."""
    taken: set[str] = set()
    found: dict[Path, Path] = {}
    for path in paths:
        name, number = f"{path.stem}.xlsx", 2
        while name.casefold() in taken:
            name, number = f"{path.stem} ({number}).xlsx", number + 1
        taken.add(name.casefold())
        found[path] = folder / name
    return found
