"""`maturity benchmark`: compare councils, as a page and a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.benchmark_firm import Draws, Seed, seed_of, with_statistics
from maturity.cli.benchmark_learning import EvidenceAbove, EvidenceYears, Together, Wishes
from maturity.cli.benchmark_peers import Peers, Registers
from maturity.cli.benchmark_summary import Summary, check_summary, write_summary
from maturity.cli.errors import ExitCode, command, say
from maturity.cli.kept_back import tell_kept_back
from maturity.cli.theming import Templates, theme_in

if TYPE_CHECKING:
    from maturity.cli.comparing import Compared
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.disclosure import Mode
    from maturity.reports.theme import Theme


@command
def benchmark(
    paths: options.Paths,
    previous: options.Previous = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write the page here.", show_default=False, readable=False
        ),
    ] = None,
    excel: Annotated[
        Path | None,
        typer.Option(
            "--excel", metavar="FILE", help="Write the workbook here.", show_default=False, readable=False
        ),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="Write every figure here.", show_default=False, readable=False
        ),
    ] = None,
    council: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="COUNCIL",
            help="Mark this council: its name, an alias or its code.",
            show_default=False,
        ),
    ] = None,
    summary: Summary = None,
    peers: Peers = None,
    register: Registers = None,
    series: Annotated[
        bool,
        typer.Option(
            "--series",
            help="Show every period here, who joined and left, and the spread; from three periods on, and where versions "
            "change, it is shown anyway.",
        ),
    ] = False,
    evidence_above: EvidenceAbove = None,
    evidence_years: EvidenceYears = None,
    together: Together = False,
    draws: Draws = None,
    seed: Seed = None,
    csv_folder: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FOLDER",
            help="Write open data here: tables with their dictionary.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    anonymise: Annotated[
        bool,
        typer.Option(
            "--anonymise",
            help="Name no council but the one of --for, and keep back what would give one away: groups, other periods, "
            "ranks, and what councils want together.",
        ),
    ] = False,
    rubric: options.RubricName = None,
    rubric_of: options.RubricOf = None,
    questionnaire: options.QuestionnaireName = None,
    templates: Templates = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Compare councils: medians, quartiles, ranks with ties, findings, and the change since an earlier period.

    The newest period under PATH is compared; with the newest under --previous, or else with the one before it under PATH.
    All periods are in the series. Where versions differ between two periods, it breaks, and each change is split into the
    council's part and the rubric's.
    Without --html, --summary, --excel, --json or --csv the comparison is shown here.

    With --anonymise it holds what anybody may see; with --for too, what that council may see: itself and all together.

    Examples:

        maturity benchmark returns-2026/ --html benchmark.html --excel benchmark.xlsx

        maturity benchmark returns-2026/ --previous returns-2017/ --html benchmark.html

        maturity benchmark returns-2026/ --for Caerdydd --lang cy

        maturity benchmark returns-2026/ returns-2017/ --rubric-of 2017=socitm@1.0.0

        maturity benchmark returns-2026/ --for Cardiff --peers region --peers nearest:8

        maturity benchmark returns-2026/ --for Cardiff --summary committee.html

        maturity benchmark returns-2026/ elsewhere/ --register elsewhere/register.csv

        maturity benchmark returns-2026/ --for Caerdydd --draws 2000

        maturity benchmark returns-2026/ --anonymise --csv open-data/
    """
    from maturity.benchmark.disclosure import disclose
    from maturity.checks.open_register import open_registers
    from maturity.cli.comparing import Ours, compare_collected, has_errors, read
    from maturity.cli.periods import rubrics_of
    from maturity.locale.words import Words
    from maturity.models.problem import Place
    from maturity.sources.registers import find_council

    words = Words(options.language(lang))
    ours = Ours(rubric, questionnaire, rubrics_of(rubric_of or []), open_registers(register or []))
    theme = theme_in(templates if html or summary else None, words)
    targets = _Targets(html, excel, json_file, csv_folder, series, summary, theme)
    targets.check([*paths, *(previous or [])], words, force=force)
    files = any((html, excel, json_file, csv_folder, summary))
    start = seed_of(seed, draws, files=files)
    own = find_council(council, Place("--for"), ours.places).code if council else None
    check_summary(summary, own)
    wishes = Wishes(evidence_above, evidence_years, together, own, named=not anonymise)
    wishes.check(words)
    mode: Mode = "named" if not anonymise else "own" if own else "public"
    asked = {"--peers": bool(peers), "--register": bool(register), "--series": series, "--together": together}
    asked |= {
        "--evidence-above": evidence_above is not None,
        "--draws": bool(draws),
        "--seed": seed is not None,
    }
    collections = read(paths, previous, ours, words)
    made = compare_collected(collections, ours, words, own, peers or [])
    if made is None:
        return ExitCode.CANNOT
    compared = with_statistics(
        made.scorer,
        wishes.add(made),
        made.answers,
        words,
        draws=0 if mode == "public" else draws,
        seed=start,
        files=files,
    )
    compared = disclose(compared, mode, own)
    tell_kept_back([option for option, given in asked.items() if given], mode, words)
    wishes.tell_nothing(compared, words)
    targets.write(made, compared, own, words)
    if compared.made_up:
        say(words("These answers are made up."))
    return ExitCode.FINDINGS if has_errors(collections) else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Targets:
    """The files to write."""

    html: Path | None
    excel: Path | None
    json: Path | None
    csv: Path | None
    series: bool = False
    summary: Path | None = None
    theme: Theme | None = None

    def check(self, inputs: list[Path], words: Words, *, force: bool) -> None:
        """Raises where a file's name has another ending, or something in it that would be lost."""
        from maturity.cli.overwrite import check_ending, check_targets

        page = (".html", ".htm")
        endings = ((self.html, page), (self.excel, (".xlsx",)), (self.json, (".json",)), (self.summary, page))
        for (path, ending), option in zip(endings, ("--html", "--excel", "--json", "--summary"), strict=True):
            if path:
                check_ending(path, ending, option, words)
        targets = [path for path, _ in endings if path]
        check_targets(targets, inputs, figures="maturity-benchmark/1", force=force)
        if self.csv:
            from maturity.cli.open_data import check_folder

            check_folder(self.csv, inputs, force=force)

    def write(self, made: Compared, compared: Benchmark, own: str | None, words: Words) -> None:
        """Writes each; shows the comparison where there is none."""
        from maturity.sources.files import write_atomically

        scorer = made.scorer
        day, language = options.made_on(), words.language
        if self.html:
            from maturity.reports.html import benchmark_page

            page = benchmark_page(scorer, compared, language, made_on=day, council=own, theme=self.theme)
            write_atomically(self.html, page)
        if self.excel:
            from maturity.reports.workbook import benchmark_workbook

            workbook = benchmark_workbook(scorer, compared, language, made_on=day, council=own)
            write_atomically(self.excel, workbook)
        if self.json:
            from maturity.reports.figures_json import benchmark_json

            write_atomically(self.json, benchmark_json(compared))
        if self.summary and own:
            write_summary(self.summary, made, compared, own, language, self.theme)
        written = [path for path in (self.html, self.excel, self.json, self.summary) if path]
        if self.csv:
            from maturity.cli.open_data import write_folder

            written += write_folder(self.csv, scorer, compared, language)
        for path in written:
            say(words("Wrote {file}", file=path))
        if not written:
            from maturity.cli.benchmark_peers import show_peers
            from maturity.cli.benchmark_table import show_benchmark
            from maturity.cli.terminal import console

            show_benchmark(console(), scorer, compared, words, own, series=self.series)
            show_peers(console(), scorer, compared, words)
