"""`maturity findings`: what was said to each question, in sentences that can be quoted."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, WrongOption, command, say
from maturity.models.problem import MaturityError, Phrase, either

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maturity.cli.comparing import Compared
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.findings import QuestionFinding
    from maturity.models.questionnaire import Questionnaire


class Order(StrEnum):
    """What comes first."""

    by_question = "question"
    by_split = "split"
    by_change = "change"


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    csv = "csv"


@command
def findings(
    paths: options.Paths,
    previous: options.Previous = None,
    dimensions: Annotated[
        list[str] | None,
        typer.Option(
            "--dimension",
            metavar="ID",
            help="Show this dimension only; may be repeated.",
            show_default=False,
        ),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option(
            "--question", metavar="ID", help="Show this question, with every answer.", show_default=False
        ),
    ] = None,
    by: Annotated[
        Order,
        typer.Option(
            "--by",
            help="What comes first: the questionnaire's order, where councils are most split, or what changed most.",
        ),
    ] = Order.by_question,
    least: Annotated[
        int,
        typer.Option(
            "--least", min=5, metavar="N", help="Tell nothing of fewer answers to a question than this."
        ),
    ] = 5,
    output_format: Annotated[
        Format,
        typer.Option("--format", help="For people (text), or as JSON or CSV with a row for each answer."),
    ] = Format.text,
    register: options.RegisterFiles = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    lang: options.Language = options.Lang.en,
) -> int:
    """What councils said to each question, in sentences that can be quoted: counts, how split they are, what changed.

    Nothing is told of fewer than 5 answers. Change is counted over the councils that answered in both periods.
    Counts are told however small: this is for those who hold all answers. 'maturity benchmark --anonymise' tells what
    anybody may see.

    Examples:

        maturity findings returns-2026/

        maturity findings returns-2026/ --by split --dimension leadership

        maturity findings returns-2026/ --previous returns-2017/ --by change --lang cy

        maturity findings returns-2026/ --question leadership.strategy.in-place
    """
    from dataclasses import replace

    from maturity.benchmark.findings import question_findings
    from maturity.checks.open_register import open_registers
    from maturity.cli.comparing import Ours, compare_collected, has_errors, read
    from maturity.locale.words import Words

    words = Words(options.language(lang))
    ours = Ours(rubric, questionnaire, {}, open_registers(register or []))
    collections = read(paths, previous, ours, words)
    made = compare_collected(collections, ours, words, series=False)
    if made is None:
        return ExitCode.CANNOT
    asked = made.scorer.questionnaire
    _check_names(asked, dimensions, question)
    if made.before is None:
        _no_change(made.benchmark, by, words)
    waiting = _waiting(made, questionnaire, words)
    found = question_findings(made.scorer, made.answers, made.before, least=least)
    compared = replace(made.benchmark, questions=found)
    chosen = [
        f
        for f in _in_order(found, by)
        if (not dimensions or f.dimension in dimensions) and question in (None, f.question)
    ]
    if output_format is Format.json:
        from maturity.reports.findings_data import findings_json

        sys.stdout.write(findings_json(compared, asked, chosen))
    elif output_format is Format.csv:
        from maturity.reports.findings_data import findings_csv

        sys.stdout.write(findings_csv(asked, chosen, words.language).replace("\r\n", "\n"))
    else:
        from maturity.cli.findings_text import show_findings
        from maturity.cli.terminal import console

        whole = question is not None
        out = console()
        show_findings(out, compared, asked, chosen, words, waiting, whole=whole, by=by.value, least=least)
    if compared.made_up:
        say(words("These answers are made up."))
    return ExitCode.FINDINGS if has_errors(collections) else ExitCode.DONE


def _waiting(made: Compared, questionnaire: str | None, words: Words) -> Counter[str]:
    """Of how many councils the answer to a question waits for a person since a migration; of how many any does is said."""
    from maturity.assess.starting import versions_beside
    from maturity.intake.migrated import at_hand
    from maturity.versions.awaited import awaited
    from maturity.versions.route import AtHand

    try:
        shelf = at_hand(versions_beside(questionnaire), made.register)
    except MaturityError:
        # What is broken there is none of what was asked for.
        shelf = AtHand()
    found = [
        awaited(assessment, shelf, made.register.by_code[code].attributes)
        for code, (assessment, _) in made.answers.items()
    ]
    if n := sum(map(bool, found)):
        told = words.count(
            "Some answers of {n} council wait for a person since they were migrated, and are not counted; beside each "
            "question stands of how many.",
            "Some answers of {n} councils wait for a person since they were migrated, and are not counted; beside each "
            "question stands of how many.",
            n,
        )
        say(told)
    return Counter(question for questions in found for question in questions)


def _no_change(compared: Benchmark, by: Order, words: Words) -> None:
    """Says why nothing is told of change, where there is an earlier period. Raises WrongOption where change was asked for."""
    why = Phrase("There is no earlier period: name one with --previous.")
    periods = compared.series.periods if compared.series else ()
    if earlier := [one.period for one in periods if one.period != compared.period]:
        why = Phrase(
            "{period} answered another version of the questionnaire: of change nothing is told. 'maturity migrate' carries "
            "answers over.",
            period=earlier[-1],
        )
    if by is Order.by_change:
        raise WrongOption(why, "--by")
    if earlier:
        say(why.said(words))


def _check_names(asked: Questionnaire, dimensions: Sequence[str] | None, question: str | None) -> None:
    """Raises typer.BadParameter for a dimension or question that is not there."""
    known = [dimension.id for dimension in asked.dimensions]
    for dimension in dimensions or ():
        if dimension not in known:
            raise WrongOption(
                Phrase("'{found}' is not one of {known}.", found=dimension, known=", ".join(known)),
                "--dimension",
            )
    if question is None:
        return
    if question not in asked.questions:
        from difflib import get_close_matches

        close = get_close_matches(question, asked.questions, n=3)
        hint = (
            Phrase(" Did you mean {names}?", names=either(close))
            if close
            else Phrase(" 'maturity show' lists them.")
        )
        why = Phrase("There is no question '{question}'.{hint}", question=question, hint=hint)
        raise WrongOption(why, "--question")
    if asked.questions[question].type == "text":
        raise WrongOption(
            Phrase("'{question}' is answered in words, which are not counted.", question=question),
            "--question",
        )


def _in_order(found: Sequence[QuestionFinding], by: Order) -> Sequence[QuestionFinding]:
    from maturity.benchmark.findings import by_change, by_split

    return by_split(found) if by is Order.by_split else by_change(found) if by is Order.by_change else found
