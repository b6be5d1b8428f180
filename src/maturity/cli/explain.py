"""`maturity explain`: where a number comes from, down to the answers."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.scorecard import Group
    from maturity.scoring.score import Scorer


class Format(StrEnum):
    """How an explanation is written."""

    text = "text"
    json = "json"


@command
def explain(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="One council's answers: a file.", show_default=False, readable=False
        ),
    ],
    measure: Annotated[
        str | None,
        typer.Argument(
            metavar="MEASURE",
            help="What to explain: an id or a name, as in 'overall', 'leadership', 'leadership.strategy', 'Digital leadership'; an item; or an outcome. Else the whole.",
            show_default=False,
        ),
    ] = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    register: options.RegisterFiles = None,
    output_format: Annotated[Format, typer.Option("--format", help="A tree to read, or JSON.")] = Format.text,
    lang: options.Language = options.Lang.en,
) -> int:
    """Unfold a score: every value times its weight, what was left out and why, limits, and what would reach the next level.

    Examples:

        maturity explain cardiff-2026.yaml

        maturity explain cardiff-2026.yaml leadership

        maturity explain cardiff-2026.yaml "Digital leadership"

        maturity explain cardiff-2026.yaml leadership.strategy --format json
    """
    from maturity.cli.wanted import choose_outcome
    from maturity.intake.scored import score_all, scorer_for
    from maturity.locale.words import Words

    words = Words(options.language(lang))
    places = options.everywhere(register)
    collection = options.collect_with_progress([path], questionnaire, words.language, register=places)
    print_problems(collection.problems, words)
    if len(collection.assessments) != 1:
        if len(collection.assessments) > 1:
            raise typer.BadParameter(words("Name the file of one council."), param_hint=words("FILE"))
        return ExitCode.CANNOT
    scorer = scorer_for(collection.assessments, rubric, questionnaire, places)
    one = score_all(scorer, collection.assessments)[0]
    decided = choose_outcome(scorer, measure)
    if decided:
        _outcome(scorer, one, decided, words, as_json=output_format is Format.json)
    else:
        _measure(scorer, one, measure, words, as_json=output_format is Format.json)
    if one.assessment.made_up:
        say(words("These answers are made up."))
    return ExitCode.DONE


def _measure(scorer: Scorer, one: Scored, wanted: str | None, words: Words, *, as_json: bool) -> None:
    from maturity.cli.wanted import choose_measure
    from maturity.scoring.explain import explain as unfold
    from maturity.scoring.explain import reaching
    from maturity.scoring.score import sheet_of

    name, group = choose_measure(scorer, wanted, words("MEASURE"))
    explanation = unfold(scorer.plan, one.scorecard, name, group)
    reach = reaching(
        scorer.plan, scorer.questionnaire, sheet_of(one.assessment, scorer.register), name, group
    )
    if as_json:
        from maturity.scoring.explain import plain

        _json(plain(one.scorecard, explanation, reach))
        return
    from maturity.cli.terminal import console
    from maturity.cli.tree import explanation_tree, reaching_lines
    from maturity.cli.verdicts import verdict_lines

    out = console()
    out.print(explanation_tree(scorer, one, explanation, words))
    for line in reaching_lines(scorer, explanation, reach, words):
        out.print(line)
    if wanted is None:
        for line in verdict_lines(scorer, one.scorecard, words):
            out.print(line)


def _outcome(scorer: Scorer, one: Scored, wanted: tuple[str, Group], words: Words, *, as_json: bool) -> None:
    from maturity.cli.verdicts import verdict_data, verdict_tree

    verdict = next(v for v in one.scorecard.verdicts if (v.outcome, v.group) == wanted)
    if as_json:
        _json(verdict_data(one.scorecard, verdict))
        return
    from maturity.cli.terminal import console

    console().print(verdict_tree(scorer, one, verdict, words))


def _json(data: dict[str, object]) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
