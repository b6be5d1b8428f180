"""`maturity score`: answers in, scorecards out."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.annotate import Annotate, check_folder, write_copies
from maturity.cli.errors import ExitCode, command, print_problems, say
from maturity.cli.scores_out import OnStdout, Target, write_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from maturity.intake.collect import Collection
    from maturity.locale.words import Words
    from maturity.models.register import Register


@command
def score(
    paths: options.Paths,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this .csv, .json, .xlsx or .parquet file; '-' is stdout.",
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
        bool, typer.Option("--long", help="A row for every measure, not for every council.")
    ] = False,
    output_format: Annotated[
        OnStdout | None,
        typer.Option("--format", help="What is written to stdout: '-o -' alone is csv.", show_default=False),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            metavar="FILE",
            help="Recompute these scorecards (.json) from the answers: do they still hold?",
            show_default=False,
            readable=False,
        ),
    ] = None,
    annotate: Annotate = None,
    register: options.RegisterFiles = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Score assessments: files, filled-in workbooks, tables (.csv, .xlsx, .ods, .parquet) and folders, in any mix.

    Sound files are scored; what is wrong with the others is said with file, line and remedy, and the exit code is 1.

    Examples:

        maturity score cardiff-2026.yaml

        maturity score returns/ -o scores.csv

        maturity score returns/ --strict -o scores.xlsx

        maturity score returns/ --long -o scores.parquet

        maturity score returns/ --format json

        maturity score survey.csv -q socitm@1.0.0 --period 2026

        maturity score survey.xlsx --mapping map.yaml

        maturity score returns/ --annotate to-send-back/

        maturity score returns/ --check scores.json

        maturity score returns/ elsewhere/ --register elsewhere/register.csv
    """
    from maturity.intake.scored import Scores, scorer_for
    from maturity.locale.words import Words

    # Answers and scorecards hold no circles; looking for some takes a fifth of the time of a large table.
    gc.set_threshold(200_000, 50, 100)
    words = Words(options.language(lang))
    target = Target.of(output, output_format, paths, words, long=long, force=force)
    check_folder(annotate, paths, words)
    places = options.everywhere(register)

    def read() -> Collection:
        return options.collect_with_progress(
            paths,
            questionnaire,
            words.language,
            mapping=mapping,
            period=period,
            register=places,
            texts=False,
        )

    if check:
        return _recheck(check, read, rubric, questionnaire, words, places)
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
    scorer = scorer_for(collection.assessments, rubric, questionnaire, places)
    write_scores(scorer, Scores(scorer, collection.assessments), target, words)
    if any(one.held.made_up for one in collection.assessments):
        say(words("These answers are made up."))
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def _recheck(
    file: Path,
    read: Callable[[], Collection],
    rubric: str | None,
    questionnaire: str | None,
    words: Words,
    places: Register,
) -> int:
    """Scores the answers with the rubric that the scorecards name, and compares."""
    from maturity.intake.rechecked import recheck
    from maturity.sources.scorecards_parts import each_scorecard

    filed = each_scorecard(file)
    collection = read()
    print_problems(sorted(collection.problems, key=lambda p: p.order), words)
    found = recheck(
        filed,
        collection.assessments,
        str(file),
        rubric=rubric,
        questionnaire=questionnaire,
        register=places,
    )
    print_problems(found.problems, words)
    say(words("{n} of {of} scorecards hold.", n=found.holding, of=found.of))
    return ExitCode.FINDINGS if found.problems else ExitCode.DONE
