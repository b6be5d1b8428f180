"""`maturity demo`: the main job on the bundled, made-up example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say
from maturity.cli.theming import Templates, theme_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maturity.benchmark.compare import Scored
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.scoring.score import Scorer

EVIDENCE_ABOVE = "2"
"""The level above which the example's answers count a second time only with evidence."""


@command
def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="The folder to write to.", readable=False)
    ] = Path("maturity-demo"),
    templates: Templates = None,
    lang: options.Language = options.Lang.en,
) -> int:
    """See what it does: 22 councils' made-up answers in; a benchmark page, a workbook and a page a council out.

    Examples:

        maturity demo

        maturity demo --out ~/demo --lang cy
    """
    from maturity.benchmark.compare import compare
    from maturity.benchmark.disclosure import disclose
    from maturity.cli.overwrite import check_targets
    from maturity.intake.scored import by_period, score_all, scorer_for
    from maturity.locale.words import Words
    from maturity.models.register import slug
    from maturity.reports.html import benchmark_page, council_page
    from maturity.reports.workbook import benchmark_workbook
    from maturity.sources.bundled import bundled
    from maturity.sources.files import make_folder, write_atomically
    from maturity.sources.registers import wales

    language, day = options.language(lang), options.made_on()
    words = Words(language)
    theme = theme_in(templates, words)
    make_folder(out, above=True)
    examples = bundled("examples")
    folders = [examples / "wales-2017", examples / "wales-2026"]
    collection = options.collect_with_progress(folders, None, language)
    scorer = scorer_for(collection.assessments, None, None)
    periods = by_period(score_all(scorer, collection.assessments))
    earlier, newest = sorted(periods)
    before = compare(scorer, wales(), periods[earlier])
    now = _with_all_parts(scorer, periods, words)

    page, workbook = (out / f"{words('benchmark')}{ending}" for ending in (".html", ".xlsx"))
    councils = words("councils")
    names = {one.code: f"{slug(one.name.to(language))}.html" for one in wales().organisations}
    check_targets([page, workbook, *(out / councils / name for name in names.values())], [])
    links = {code: f"{councils}/{name}" for code, name in names.items()}
    write_atomically(page, benchmark_page(scorer, now, language, made_on=day, links=links, theme=theme))
    write_atomically(workbook, benchmark_workbook(scorer, now, language, made_on=day))
    pages = []
    with options.progress(words("Councils' pages")) as step:
        for done, organisation in enumerate(wales().organisations, 1):
            submitted = organisation.code in periods[newest]
            period, benchmark = (newest, now) if submitted else (earlier, before)
            assessment = periods[period][organisation.code][0]
            path = out / councils / names[organisation.code]
            html = council_page(
                scorer,
                disclose(benchmark, "own", organisation.code),
                organisation.code,
                language,
                assessment=assessment,
                made_on=day,
                home=f"../{page.name}",
                newest=newest,
                theme=theme,
            )
            write_atomically(path, html)
            pages.append(path)
            step(done, len(wales().organisations))
    for path in (page, workbook, *pages):
        typer.echo(path)
    say(
        words(
            "The answers of these {n} councils are made up. Open {page} in a browser to begin.",
            n=len(pages),
            page=page,
        )
    )
    return ExitCode.DONE


def _with_all_parts(scorer: Scorer, periods: Mapping[str, Mapping[str, Scored]], words: Words) -> Benchmark:
    """The newest of the two periods, with everything that a benchmark can have without a council of its own."""
    from dataclasses import replace

    from maturity.benchmark.passage import ScoredPeriod
    from maturity.benchmark.peers import peer_groups
    from maturity.benchmark.series import compare_periods
    from maturity.cli.benchmark_firm import with_statistics
    from maturity.cli.benchmark_learning import Wishes
    from maturity.cli.comparing import Compared
    from maturity.sources.registers import wales

    earlier, newest = sorted(periods)
    register, answers = wales(), periods[newest]
    scored = {period: ScoredPeriod(period, scorer, found) for period, found in periods.items()}
    compared = compare_periods(register, scored, newest, earlier)
    compared = replace(
        compared, peers=peer_groups(scorer, register, compared, None, ["region", "population"])
    )
    made = Compared(scorer, compared, register, answers, periods[earlier])
    wishes = Wishes(EVIDENCE_ABOVE, None, together=True, council=None)
    return with_statistics(scorer, wishes.add(made), answers, words, draws=None, seed=1, files=True)
