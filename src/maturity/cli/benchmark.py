"""`maturity benchmark`: compare councils, as a page and a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from maturity.models.benchmark import Benchmark
    from maturity.scoring.score import Scorer


@command
def benchmark(
    paths: options.Paths,
    previous: Annotated[
        list[Path] | None,
        typer.Option("--previous", help="Files and folders of an earlier period.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the page here.", show_default=False)
    ] = None,
    excel: Annotated[
        Path | None, typer.Option("--excel", help="Write the workbook here.", show_default=False)
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write every figure here.", show_default=False)
    ] = None,
    council: Annotated[
        str | None,
        typer.Option("--for", help="Mark this council: its name, an alias or its code.", show_default=False),
    ] = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    lang: options.Language = options.Lang.en,
) -> int:
    """Compare councils: medians, quartiles, ranks with ties, findings, and the change since an earlier period.

    The newest period among the answers is compared; an older one among them, or under --previous, gives the change.
    Without --html, --excel or --json the comparison is shown here.

    Examples:

        maturity benchmark returns-2026/ --html benchmark.html --excel benchmark.xlsx

        maturity benchmark returns-2026/ --previous returns-2017/ --html benchmark.html

        maturity benchmark returns-2026/ --for Caerdydd --lang cy
    """
    from maturity.benchmark.compare import compare
    from maturity.intake.scored import by_period, score_all, scorer_for
    from maturity.sources.registers import find_council, wales

    own = find_council(council).code if council else None
    collection = options.collect_with_progress([*paths, *(previous or [])], questionnaire)
    print_problems(sorted(collection.problems, key=lambda p: p.order))
    wrong = any(p.kind.severity == "error" for p in collection.problems)
    if not collection.assessments:
        say("There is nothing to compare.")
        return ExitCode.CANNOT
    scorer = scorer_for(collection.assessments, rubric, questionnaire)
    periods = by_period(score_all(scorer, collection.assessments))
    *earlier, newest = periods
    if len(earlier) > 1:
        say(f"Compared with {earlier[-1]}; older periods are left aside: {', '.join(earlier[:-1])}")
    compared = compare(scorer, wales(), periods[newest], periods[earlier[-1]] if earlier else None)
    _write(scorer, compared, html, excel, json_file, own, options.language(lang))
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def _write(
    scorer: Scorer,
    compared: Benchmark,
    html: Path | None,
    excel: Path | None,
    json_file: Path | None,
    own: str | None,
    language: options.LanguageCode,
) -> None:
    from maturity.sources.files import write_atomically

    if html:
        from maturity.reports.html import benchmark_page

        write_atomically(
            html, benchmark_page(scorer, compared, language, made_on=options.made_on(), council=own)
        )
        say(f"Wrote {html}")
    if excel:
        from maturity.reports.workbook import benchmark_workbook

        write_atomically(
            excel, benchmark_workbook(scorer, compared, language, made_on=options.made_on(), council=own)
        )
        say(f"Wrote {excel}")
    if json_file:
        from maturity.reports.figures_json import benchmark_json

        write_atomically(json_file, benchmark_json(compared))
        say(f"Wrote {json_file}")
    if not (html or excel or json_file):
        _show(scorer, compared, own, language)


def _show(scorer: Scorer, compared: Benchmark, own: str | None, language: options.LanguageCode) -> None:
    from maturity.cli.terminal import benchmark_table, console
    from maturity.locale.words import Words

    words, out = Words(language), console()
    submitted, everyone = len(compared.submitted), len(compared.members)
    out.print(words("{n} of {of} councils, {period}", n=submitted, of=everyone, period=compared.period))
    out.print(benchmark_table(scorer, compared, words, own))
    for finding in compared.findings:
        out.print(f"- {finding.sentence(language)}")
    if compared.made_up:
        say(words("These answers are made up."))
