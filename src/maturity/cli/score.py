"""`maturity score`: answers in, scorecards out."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.annotate import Annotate, check_folder, write_copies
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from maturity.intake.collect import Collection
    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.scorecard_file import FiledScorecard
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
    mapping: options.MappingFile = None,
    period: options.TablePeriod = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Score nothing while any file has an error.")
    ] = False,
    long: Annotated[
        bool, typer.Option("--long", help="CSV with a row for every measure, not for every council.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help="Recompute these scorecards (.json) from the answers: do they still hold?",
            show_default=False,
        ),
    ] = None,
    annotate: Annotate = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Score assessments: files, filled-in workbooks, tables (.csv, .xlsx, .ods, .parquet) and folders, in any mix.

    Sound files are scored; what is wrong with the others is said with file, line and remedy, and the exit code is 1.

    Examples:

        maturity score cardiff-2026.yaml

        maturity score returns/ -o scores.csv

        maturity score returns/ --strict -o scores.xlsx

        maturity score survey.csv -q socitm@1.0.0 --period 2026

        maturity score survey.xlsx --mapping map.yaml

        maturity score returns/ --annotate to-send-back/

        maturity score returns/ --check scores.json
    """
    from maturity.intake.scored import score_all, scorer_for
    from maturity.locale.words import Words

    # Answers and scorecards hold no circles; looking for some takes a fifth of the time of a large table.
    gc.set_threshold(200_000, 50, 100)
    words = Words(options.language(lang))
    _check_output(output, paths, words, long=long, force=force)
    check_folder(annotate, paths, words)

    def read() -> Collection:
        return options.collect_with_progress(
            paths, questionnaire, words.language, mapping=mapping, period=period
        )

    if check:
        return _recheck(check, read, rubric, questionnaire, words)
    collection = read()
    print_problems(sorted(collection.problems, key=lambda p: p.order), words)
    if collection.left_aside:
        names = options.listed(collection.left_aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    write_copies(annotate, collection.problems, words, force=force)
    wrong = any(p.kind.severity == "error" for p in collection.problems)
    if not collection.assessments or (wrong and strict):
        say(words("Nothing was scored."))
        return ExitCode.FINDINGS if collection.assessments else ExitCode.CANNOT
    scorer = scorer_for(collection.assessments, rubric, questionnaire)
    scored = score_all(scorer, collection.assessments)
    _write(scorer, scored, output, words, long=long)
    if any(one.assessment.made_up for one in scored):
        say(words("These answers are made up."))
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def _recheck(
    file: Path,
    read: Callable[[], Collection],
    rubric: str | None,
    questionnaire: str | None,
    words: Words,
) -> int:
    """Scores the answers with the rubric that the scorecards name, and compares."""
    from maturity.intake.scored import score_all, scorer_for
    from maturity.reports.scores import as_read, filed_of, read_scores_json
    from maturity.scoring.recheck import differences

    filed = read_scores_json(file).scorecards
    collection = read()
    print_problems(sorted(collection.problems, key=lambda p: p.order), words)
    found: dict[tuple[str, str], FiledScorecard] = {}
    for name in sorted({f"{f.scorecard.rubric.id}@{f.scorecard.rubric.version}" for f in filed}):
        asked = {
            f.scorecard.questionnaire
            for f in filed
            if f"{f.scorecard.rubric.id}@{f.scorecard.rubric.version}" == name
        }
        versions = {(reference.id, reference.version) for reference in asked}
        chosen = [
            c
            for c in collection.assessments
            if (c.assessment.questionnaire.id, c.assessment.questionnaire.version) in versions
        ]
        if chosen:
            scorer = scorer_for(chosen, rubric or name, questionnaire)
            found |= {(f.code, f.scorecard.period): f for f in as_read(filed_of(score_all(scorer, chosen)))}
    problems = list(differences(filed, found, str(file)))
    print_problems(problems, words)
    told = [p.details for p in problems if "organisation" in p.details]
    wrong = len({(details["organisation"], details.get("period")) for details in told})
    say(words("{n} of {of} scorecards hold.", n=len(filed) - wrong, of=len(filed)))
    return ExitCode.FINDINGS if problems else ExitCode.DONE


def _check_output(output: str | None, inputs: list[Path], words: Words, *, long: bool, force: bool) -> None:
    """Raises where the output's name does not say what it is, or it would overwrite what people wrote."""
    from maturity.cli.overwrite import check_ending, check_target

    path = Path(output) if output not in (None, "-") else None
    if path is not None:
        check_ending(path, WRITERS, "--output", words)
        check_target(path, inputs, figures="maturity-scorecards/1", force=force)
    if long and output != "-" and (path is None or path.suffix.lower() != ".csv"):
        raise typer.BadParameter(
            words("This is for CSV: add -o FILE.csv, or -o - for stdout."), param_hint="--long"
        )


def _write(scorer: Scorer, scored: list[Scored], output: str | None, words: Words, *, long: bool) -> None:
    from maturity.reports.scores import scores_csv, scores_json
    from maturity.sources.files import write_atomically

    if output is None:
        from maturity.cli.terminal import console, show_scores

        show_scores(console(), scorer, scored, words)
        return
    if output == "-":
        sys.stdout.write(scores_csv(scorer, scored, words.language, long=long).replace("\r\n", "\n"))
        return
    path = Path(output)
    if path.suffix.lower() == ".csv":
        # The mark at the start is how spreadsheet programs know UTF-8.
        write_atomically(path, scores_csv(scorer, scored, words.language, long=long).encode("utf-8-sig"))
    elif path.suffix.lower() == ".json":
        write_atomically(path, scores_json(scored))
    else:
        from maturity.reports.workbook import scores_workbook
        from maturity.sources.registers import wales

        cards = [one.scorecard for one in scored]
        write_atomically(path, scores_workbook(scorer, cards, wales(), words.language, options.made_on()))
    say(words("Wrote {file}", file=path))
