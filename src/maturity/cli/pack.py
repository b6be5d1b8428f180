"""`maturity pack`: every council's own report, in which nobody else is named."""

from __future__ import annotations

import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.benchmark_firm import Draws, Seed, seed_of, with_statistics
from maturity.cli.benchmark_learning import EvidenceAbove, EvidenceYears, Wishes
from maturity.cli.errors import ExitCode, command, print_problems
from maturity.cli.theming import Templates, theme_in
from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from maturity.models.benchmark import Benchmark
    from maturity.models.register import Organisation
    from maturity.models.text import Language


NOT_SUBMITTED = Kind(
    "G330",
    "error",
    "There are no sound answers of {council} for {period}: it has no report.",
    "Add its answers to the files, or leave it out of --only.",
)


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
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FOLDER",
            help="The folder to write to.",
            show_default=False,
            readable=False,
        ),
    ],
    previous: options.Previous = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="COUNCIL",
            help="Make the reports of this council alone: its name, an alias or its code. May be given again.",
            show_default=False,
        ),
    ] = None,
    evidence_above: EvidenceAbove = None,
    evidence_years: EvidenceYears = None,
    draws: Draws = None,
    seed: Seed = None,
    register: options.RegisterFiles = None,
    rubric: options.RubricName = None,
    rubric_of: options.RubricOf = None,
    questionnaire: options.QuestionnaireName = None,
    templates: Templates = None,
    force: options.Force = False,
    lang: Annotated[
        Langs,
        typer.Option(
            "--lang",
            envvar="MATURITY_LANG",
            help="Language of the reports: English, Welsh, or each in both; else your system's.",
            show_default=False,
        ),
    ] = Langs.en,
) -> int:
    """Make every council's own report: a page, a workbook and a two-page summary, in which no other council is named.

    Each shows its council beside figures of all councils, which are the same in every report: no two of them tell more
    than one. Periods are compared as in 'maturity benchmark'.

    Each council has a folder, to be sent to it. index.html lists them by name, for whoever sends them out. It is written
    last: without it a pack is not whole.

    Examples:

        maturity pack returns-2026/ -o reports-2026/

        maturity pack returns-2026/ --previous returns-2017/ -o reports-2026/ --lang both

        maturity pack returns-2026/ -o reports-2026/ --evidence-above 2 --draws 5000

        maturity pack returns-2026/ -o reports-2026/ --only Caerdydd --only Conwy

        maturity pack returns-2026/ -o reports-2026/ --templates our-look/
    """
    from maturity.checks.open_register import open_registers
    from maturity.cli.comparing import Ours, compare_collected, has_errors, read
    from maturity.cli.overwrite import check_outside, check_targets
    from maturity.cli.pack_write import PackFolder, tell_result
    from maturity.cli.periods import rubrics_of
    from maturity.cli.speaking import spoken
    from maturity.locale.words import Words
    from maturity.reports.pack import Pack

    languages = LANGUAGES[lang]
    words = Words(languages[0] if len(languages) == 1 else spoken((), os.environ))
    if languages[0] != words.language:
        # Folders and the first list are named in the language of whoever makes both.
        languages = languages[::-1]
    day = options.made_on()
    theme = theme_in(templates, words)
    wishes = Wishes(evidence_above, evidence_years, together=False, council=None, named=False)
    wishes.check(words)
    check_outside(out, [*paths, *(previous or [])])
    start = seed_of(seed, draws, files=True)
    wanted = _wanted(only or [])
    ours = Ours(rubric, questionnaire, rubrics_of(rubric_of or []), open_registers(register or []))
    collections = read(paths, previous, ours, words)
    made = compare_collected(collections, ours, words)
    if made is None:
        return ExitCode.CANNOT
    codes, absent = _submitted(wanted, made.benchmark, words.language)
    if absent and not codes:
        raise MaturityError(*absent)
    print_problems(absent, words)
    assessments = {code: assessment for code, (assessment, _) in made.answers.items()}
    # Before the draws, which take a while.
    pack_of = Pack(made.scorer, made.benchmark, assessments, languages, day, theme)
    folder = PackFolder(out, pack_of, codes)
    check_targets(folder.targets, [*paths, *(previous or [])], force=force)
    compared = with_statistics(
        made.scorer, wishes.add(made), made.answers, words, draws=draws, seed=start, files=True
    )
    folder.write(replace(folder.pack, benchmark=compared), words)
    typer.echo(folder.index)
    for one in sorted(languages):  # Welsh first, as in everything that stands in both
        tell_result(folder, Words(one))
    return ExitCode.FINDINGS if absent or has_errors(collections) else ExitCode.DONE


def _wanted(only: list[str]) -> list[Organisation]:
    """The councils of --only. Raises MaturityError for all that are none together."""
    from maturity.sources.registers import find_council

    found: list[Organisation] = []
    problems: list[Problem] = []
    for name in only:
        try:
            found.append(find_council(name, Place("--only")))
        except MaturityError as error:
            problems += error.problems
    if problems:
        raise MaturityError(*problems)
    return found


def _submitted(
    wanted: list[Organisation], compared: Benchmark, language: Language
) -> tuple[tuple[str, ...], list[Problem]]:
    """The codes of the councils whose reports are made, in the register's order, and what is wrong with those that
    cannot have any."""
    there = [member.organisation.code for member in compared.submitted]
    problems = [
        Problem(NOT_SUBMITTED, Place("--only"), {"council": one.name.to(language), "period": compared.period})
        for one in wanted
        if one.code not in there
    ]
    codes = {one.code for one in wanted}
    return tuple(code for code in there if not wanted or code in codes), problems
