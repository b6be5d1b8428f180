"""`maturity score`: answers in, scorecards out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from maturity.intake.scored import Scored
    from maturity.scoring.score import Scorer

WRITERS = (".csv", ".json", ".xlsx")


@command
def score(
    paths: options.Paths,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this .csv, .json or .xlsx file; '-' writes CSV to stdout.",
            show_default=False,
        ),
    ] = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Score nothing while any file has an error.")
    ] = False,
    long: Annotated[
        bool, typer.Option("--long", help="CSV with a row for every measure, not for every council.")
    ] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Score assessments: files and folders of answers, in any mix.

    Sound files are scored; what is wrong with the others is said with file, line and remedy, and the exit code is 1.

    Examples:

        maturity score cardiff-2026.yaml

        maturity score returns/ -o scores.csv

        maturity score returns/ --strict -o scores.xlsx
    """
    from maturity.intake.scored import score_all, scorer_for

    _check_output(output)
    collection = options.collect_with_progress(paths, questionnaire)
    print_problems(sorted(collection.problems, key=lambda p: p.order))
    if collection.left_aside:
        say(f"Left aside, because they are no files of answers: {_names(collection.left_aside)}")
    wrong = any(p.kind.severity == "error" for p in collection.problems)
    if not collection.assessments or (wrong and strict):
        say("Nothing was scored.")
        return ExitCode.FINDINGS if collection.assessments else ExitCode.CANNOT
    scorer = scorer_for(collection.assessments, rubric, questionnaire)
    scored = score_all(scorer, collection.assessments)
    _write(scorer, scored, output, options.language(lang), long=long)
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def _check_output(output: str | None) -> None:
    if output not in (None, "-") and Path(str(output)).suffix.lower() not in WRITERS:
        raise typer.BadParameter(
            f"'{output}' must end in one of {', '.join(WRITERS)}.", param_hint="--output"
        )


def _write(
    scorer: Scorer, scored: list[Scored], output: str | None, language: options.LanguageCode, *, long: bool
) -> None:
    from maturity.locale.words import Words
    from maturity.reports.scores import scores_csv, scores_json
    from maturity.sources.files import write_atomically

    if output is None:
        from maturity.cli.terminal import console, scores_table

        words = Words(language)
        console().print(scores_table(scorer, scored, words))
        if any(one.assessment.made_up for one in scored):
            say(words("These answers are made up."))
        return
    if output == "-":
        sys.stdout.write(scores_csv(scorer, scored, language, long=long).replace("\r\n", "\n"))
        return
    path = Path(output)
    if path.suffix.lower() == ".csv":
        # The mark at the start is how spreadsheet programs know UTF-8.
        write_atomically(path, scores_csv(scorer, scored, language, long=long).encode("utf-8-sig"))
    elif path.suffix.lower() == ".json":
        write_atomically(path, scores_json(scored))
    else:
        from maturity.reports.workbook import scores_workbook
        from maturity.sources.registers import wales

        cards = [one.scorecard for one in scored]
        write_atomically(path, scores_workbook(scorer, cards, wales(), language, options.made_on()))
    say(f"Wrote {path}")


def _names(paths: list[Path]) -> str:
    shown = ", ".join(str(path) for path in paths[:5])
    return shown if len(paths) <= 5 else f"{shown} and {len(paths) - 5} more"
