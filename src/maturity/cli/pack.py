"""`maturity pack`: every council's own report, in which nobody else is named."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.text import Language


class Langs(StrEnum):
    """In which languages reports are made."""

    en = "en"
    cy = "cy"
    both = "both"


LANGUAGES: dict[Langs, tuple[Language, ...]] = {
    Langs.en: ("en",),
    Langs.cy: ("cy",),
    Langs.both: ("en", "cy"),
}


@command
def pack(
    paths: options.Paths,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder to write to.", show_default=False, readable=False)
    ],
    previous: Annotated[
        list[Path] | None,
        typer.Option(
            "--previous", help="Files and folders of an earlier period.", show_default=False, readable=False
        ),
    ] = None,
    register: options.RegisterFiles = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    force: options.Force = False,
    lang: Annotated[
        Langs,
        typer.Option(
            "--lang", envvar="MATURITY_LANG", help="Language of the reports: English, Welsh, or each in both."
        ),
    ] = Langs.en,
) -> int:
    """Make every council's own report: a page and a workbook, in which no other council is named.

    Each shows its council beside figures of all councils, which are the same in every report: no two of them tell more
    than one. index.html lists them by name, for whoever sends them out.

    Examples:

        maturity pack returns-2026/ -o reports-2026/

        maturity pack returns-2026/ --previous returns-2017/ -o reports-2026/ --lang both
    """
    from maturity.checks.open_register import open_registers
    from maturity.cli.comparing import Ours, compare_collected, has_errors, read
    from maturity.cli.overwrite import check_targets
    from maturity.locale.words import Words
    from maturity.reports.pack import INDEX, pack_council, pack_index, pack_jobs
    from maturity.sources.files import make_folder, write_atomically

    languages = LANGUAGES[lang]
    words, day = Words(languages[0]), options.made_on()
    ours = Ours(rubric, questionnaire, {}, open_registers(register or []))
    collections = read(paths, previous, ours, words)
    made = compare_collected(collections, ours, words)
    if made is None:
        return ExitCode.CANNOT
    scorer, compared = made.scorer, made.benchmark
    targets = [out / name for name in (INDEX, *_names(compared, languages))]
    check_targets(targets, [*paths, *(previous or [])], force=force)
    make_folder(out, above=True)
    assessments = {code: assessment for code, (assessment, _) in made.answers.items()}
    with options.progress(words("Councils' reports")) as step:
        for done, job in enumerate(pack_jobs(scorer, compared, assessments, languages, made_on=day), 1):
            for name, content in pack_council(job).items():
                make_folder((out / name).parent)
                write_atomically(out / name, content)
            step(done, len(assessments))
    write_atomically(out / INDEX, pack_index(scorer, compared, languages, made_on=day))
    typer.echo(out / INDEX)
    _told(compared, words)
    return ExitCode.FINDINGS if has_errors(collections) else ExitCode.DONE


def _names(compared: Benchmark, languages: tuple[Language, ...]) -> list[str]:
    """Every file of the pack but the index."""
    from maturity.reports.pack import paths_of

    found = [m.organisation for m in compared.submitted]
    return [path for o in found for one in languages for path in paths_of(o, compared.period, one)]


def _told(compared: Benchmark, words: Words) -> None:
    n, of = compared.n_submitted, compared.n_members
    say(words("Reports of {n} of {of} councils. Send each council nothing but its own folder.", n=n, of=of))
    if compared.made_up:
        say(words("These answers are made up."))
