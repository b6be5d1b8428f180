"""`maturity migrate`: answers to one version of a questionnaire become answers to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems
from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maturity.intake.migrated import FileMigrated, FilesMigrated

NOT_IN_PLACE = Kind(
    "M004",
    "error",
    "A workbook is not changed in place: its answers are written out as YAML.",
    "Leave out --in-place, or name a folder with -o.",
)
_VERSIONED = re.compile(r"-v\d+\.\d+\.\d+$")


class Format(StrEnum):
    """How the fates are written."""

    text = "text"
    json = "json"


@dataclass(slots=True)
class Done:
    """A file with what was written of it, and where; `target` is None where nothing was."""

    file: FileMigrated
    target: Path | None = None
    problems: list[Problem] = field(default_factory=list)


@command
def migrate(
    paths: options.Paths,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="VERSION", help="The version to go to; else the newest.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FOLDER",
            help="Write into this folder; else beside the original, with the version in the name.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Write over the originals themselves.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; report only.")] = False,
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="PATH",
            help="Questionnaires and migrations that are not bundled: files, or their folder.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How the report is written.")
    ] = Format.text,
    register_files: options.RegisterFiles = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Carry answers over to another version of their questionnaire, and report what became of each.

    What could not be told again from what it became is kept aside in the new file, so that nothing is lost and the way leads back: name an earlier version with --to. The original is not touched. Workbooks are read, and written out as YAML.

    The exit code is 0 when all is done, 1 when answers wait for a person or a file has errors, 2 when nothing could be migrated.

    Examples:

        maturity migrate cardiff-2026.yaml --to 2.0.0

        maturity migrate returns/ --to 2.0.0 -o returns-2.0/

        maturity migrate returns/ --to 2.0.0 --dry-run --format json
    """
    from maturity.cli.migrate_report import as_json, as_text
    from maturity.intake.migrated import at_hand, migrate_files
    from maturity.locale.words import Words
    from maturity.models.base import VERSION_PATTERN

    words = Words(options.language(lang))
    if to is not None and not re.fullmatch(VERSION_PATTERN, to):
        raise typer.BadParameter(words("'{found}' is no version, as in 2.0.0.", found=to), param_hint="--to")
    if in_place and out is not None:
        raise typer.BadParameter(words("Choose --in-place or --out."), param_hint="--in-place")
    if any(str(path) in options.STDIN for path in paths):
        raise MaturityError(Problem(options.NO_STDIN, Place("-")))
    register = options.everywhere(register_files)
    shelf = at_hand(beside or [], register)
    with options.progress(words("Migrating")) as step:
        migrated = migrate_files(paths, to, shelf, register, step)
    done = _written(migrated, paths, out, in_place=in_place, dry_run=dry_run, force=force)
    problems = [*migrated.problems, *(p for one in done for p in (*one.file.problems, *one.problems))]
    print_problems(sorted(problems, key=lambda p: p.order), words)
    if output_format is Format.json:
        as_json(done, migrated.left_aside, words)
    else:
        as_text(done, migrated.left_aside, words)
    return _code(done, problems)


def _code(done: Sequence[Done], problems: Sequence[Problem]) -> int:
    arrived = [one for one in done if one.file.journey and not one.problems]
    if not arrived:
        return ExitCode.CANNOT
    wrong = any(problem.kind.severity == "error" for problem in problems)
    waits = any(one.file.journey and one.file.journey.waiting for one in arrived)
    return ExitCode.FINDINGS if wrong or waits else ExitCode.DONE


def _written(
    migrated: FilesMigrated,
    paths: Sequence[Path],
    out: Path | None,
    *,
    in_place: bool,
    dry_run: bool,
    force: bool,
) -> list[Done]:
    """Writes file by file, each whole or not at all; what stands in the way of one does not stop the others.

    Only where several would be written to one name nothing is written at all: which of them was meant is not known.
    """
    from maturity.cli.migrate_write import Planned, plan, same_targets, write
    from maturity.cli.overwrite import SAME_TARGET

    done = [Done(file) for file in migrated.files]
    planned: list[tuple[Done, Planned]] = []
    inputs = [file.path for file in migrated.files]
    for one in done:
        journey = one.file.journey
        if journey is None or (not journey.steps and not (one.file.is_workbook or out)):
            continue
        target = one.file.path if in_place else _target(one.file, paths, out)
        try:
            if in_place and one.file.is_workbook:
                raise MaturityError(Problem(NOT_IN_PLACE, Place(str(target))))
            planned.append((one, plan(one.file, target, inputs, in_place=in_place, force=force)))
        except MaturityError as error:
            one.problems += error.problems
    shared = same_targets([wanted.target for _, wanted in planned])
    for one, wanted in planned:
        if wanted.target in shared:
            one.problems.append(Problem(SAME_TARGET, Place(str(wanted.target))))
    for one, wanted in planned:
        try:
            if not shared and not dry_run and write(wanted):
                one.target = wanted.target
        except MaturityError as error:
            one.problems += error.problems
    return done


def _target(file: FileMigrated, paths: Sequence[Path], out: Path | None) -> Path:
    """Beside the original with the version in the name, or under its own name in `out`, which is laid out as the
    folder that was searched. A version that the name has already becomes the one that is in the file now."""
    assert file.journey is not None
    suffix = ".yaml" if file.is_workbook else file.path.suffix
    version = file.journey.assessment.questionnaire.version
    stem = _VERSIONED.sub("", file.path.stem)
    if out is None:
        return file.path.with_name(f"{stem}-v{version}{suffix}")
    folder = next((p for p in paths if p.is_dir() and file.path.is_relative_to(p)), file.path.parent)
    name = f"{stem}-v{version}{suffix}" if stem != file.path.stem else f"{stem}{suffix}"
    return out / file.path.relative_to(folder).with_name(name)
