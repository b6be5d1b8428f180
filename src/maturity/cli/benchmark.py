"""`maturity benchmark`: compare councils, as a page and a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.disclosure import Mode
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
    csv_folder: Annotated[
        Path | None,
        typer.Option("--csv", help="Write open data here: tables with their dictionary.", show_default=False),
    ] = None,
    anonymise: Annotated[
        bool,
        typer.Option(
            "--anonymise",
            help="Name no council but the one of --for, and keep back what would give one away.",
        ),
    ] = False,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Compare councils: medians, quartiles, ranks with ties, findings, and the change since an earlier period.

    The newest period among PATHS is compared; with the newest under --previous, or else with the one before it among PATHS.
    Without --html, --excel, --json or --csv the comparison is shown here.

    With --anonymise it holds what anybody may see; with --for too, what that council may see: itself and all together.

    Examples:

        maturity benchmark returns-2026/ --html benchmark.html --excel benchmark.xlsx

        maturity benchmark returns-2026/ --previous returns-2017/ --html benchmark.html

        maturity benchmark returns-2026/ --for Caerdydd --lang cy

        maturity benchmark returns-2026/ --anonymise --csv open-data/
    """
    from maturity.benchmark.compare import compare
    from maturity.benchmark.disclosure import disclose
    from maturity.cli.periods import choose
    from maturity.intake.scored import scorer_for
    from maturity.locale.words import Words
    from maturity.sources.registers import find_council, wales

    words = Words(options.language(lang))
    targets = _Targets(html, excel, json_file, csv_folder)
    targets.check([*paths, *(previous or [])], words, force=force)
    own = find_council(council).code if council else None
    collections = [options.collect_with_progress(paths, questionnaire, words.language)]
    if previous:
        collections.append(options.collect_with_progress(previous, questionnaire, words.language))
    problems = [problem for collection in collections for problem in collection.problems]
    print_problems(sorted(problems, key=lambda p: p.order), words)
    aside = [path for collection in collections for path in collection.left_aside]
    if aside:
        names = options.listed(aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    if not collections[0].assessments:
        say(words("There is nothing to compare."))
        return ExitCode.CANNOT
    scorer = scorer_for([a for c in collections for a in c.assessments], rubric, questionnaire)
    now, before = choose(scorer, [c.assessments for c in collections], words)
    mode: Mode = "named" if not anonymise else "own" if own else "public"
    compared = disclose(compare(scorer, wales(), now, before), mode, own)
    targets.write(scorer, compared, own, words)
    if compared.made_up:
        say(words("These answers are made up."))
    return ExitCode.FINDINGS if any(p.kind.severity == "error" for p in problems) else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Targets:
    """The files to write."""

    html: Path | None
    excel: Path | None
    json: Path | None
    csv: Path | None

    def check(self, inputs: list[Path], words: Words, *, force: bool) -> None:
        """Raises where a file's name has another ending, or something in it that would be lost."""
        from maturity.cli.overwrite import check_ending, check_targets

        endings = ((self.html, (".html", ".htm")), (self.excel, (".xlsx",)), (self.json, (".json",)))
        for (path, ending), option in zip(endings, ("--html", "--excel", "--json"), strict=True):
            if path:
                check_ending(path, ending, option, words)
        targets = [path for path, _ in endings if path]
        check_targets(targets, inputs, figures="maturity-benchmark/1", force=force)
        if self.csv:
            from maturity.cli.open_data import check_folder

            check_folder(self.csv, inputs, force=force)

    def write(self, scorer: Scorer, compared: Benchmark, own: str | None, words: Words) -> None:
        """Writes each; shows the comparison where there is none."""
        from maturity.sources.files import write_atomically

        day, language = options.made_on(), words.language
        if self.html:
            from maturity.reports.html import benchmark_page

            page = benchmark_page(scorer, compared, language, made_on=day, council=own)
            write_atomically(self.html, page)
        if self.excel:
            from maturity.reports.workbook import benchmark_workbook

            workbook = benchmark_workbook(scorer, compared, language, made_on=day, council=own)
            write_atomically(self.excel, workbook)
        if self.json:
            from maturity.reports.figures_json import benchmark_json

            write_atomically(self.json, benchmark_json(compared))
        written = [path for path in (self.html, self.excel, self.json) if path]
        if self.csv:
            from maturity.cli.open_data import write_folder

            written += write_folder(self.csv, scorer, compared)
        for path in written:
            say(words("Wrote {file}", file=path))
        if not written:
            from maturity.cli.benchmark_table import show_benchmark
            from maturity.cli.terminal import console

            show_benchmark(console(), scorer, compared, words, own)
