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
    from maturity.models.scorecard_file import FiledScorecard


@command
def score(
    paths: options.Paths,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
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
    from maturity.intake.scored import score_all, scorer_for
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
    scored = score_all(scorer, collection.assessments)
    write_scores(scorer, scored, target, words)
    if any(one.assessment.made_up for one in scored):
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
            scorer = scorer_for(chosen, rubric or name, questionnaire, places)
            found |= {(f.code, f.scorecard.period): f for f in as_read(filed_of(score_all(scorer, chosen)))}
    problems = list(differences(filed, found, str(file)))
    print_problems(problems, words)
    told = [p.details for p in problems if "organisation" in p.details]
    wrong = len({(str(details["organisation"]), details.get("period")) for details in told})
    say(words("{n} of {of} scorecards hold.", n=len(filed) - wrong, of=len(filed)))
    return ExitCode.FINDINGS if problems else ExitCode.DONE
