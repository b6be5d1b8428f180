"""`maturity explain`: where a number comes from, down to the answers."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems

if TYPE_CHECKING:
    from maturity.models.scorecard import Group
    from maturity.scoring.score import Scorer


class Format(StrEnum):
    """How an explanation is written."""

    text = "text"
    json = "json"


@command
def explain(
    path: Annotated[Path, typer.Argument(help="One council's answers: a file.", show_default=False)],
    measure: Annotated[
        str | None,
        typer.Argument(
            help="What to explain, as in 'overall', 'leadership' or 'leadership.strategy'; else the whole.",
            show_default=False,
        ),
    ] = None,
    rubric: options.RubricName = None,
    questionnaire: options.QuestionnaireName = None,
    output_format: Annotated[Format, typer.Option("--format", help="A tree to read, or JSON.")] = Format.text,
    lang: options.Language = options.Lang.en,
) -> int:
    """Unfold a score: every value times its weight, what was left out and why, limits, and what would reach the next level.

    Examples:

        maturity explain cardiff-2026.yaml

        maturity explain cardiff-2026.yaml leadership

        maturity explain cardiff-2026.yaml leadership.strategy --format json
    """
    from maturity.intake.scored import score_all, scorer_for
    from maturity.scoring.explain import explain as unfold
    from maturity.scoring.explain import reaching
    from maturity.scoring.score import sheet_of

    collection = options.collect_with_progress([path], questionnaire)
    print_problems(collection.problems)
    if len(collection.assessments) != 1:
        if len(collection.assessments) > 1:
            raise typer.BadParameter("Name the file of one council.", param_hint="PATH")
        return ExitCode.CANNOT
    scorer = scorer_for(collection.assessments, rubric, questionnaire)
    one = score_all(scorer, collection.assessments)[0]
    name, group = _choose(scorer, measure)
    explanation = unfold(scorer.plan, one.scorecard, name, group)
    reach = reaching(scorer.plan, scorer.questionnaire, sheet_of(one.assessment), name, group)
    if output_format is Format.json:
        from maturity.scoring.explain import plain

        json.dump(plain(one.scorecard, explanation, reach), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return ExitCode.DONE
    from maturity.cli.terminal import console
    from maturity.cli.tree import explanation_tree, reaching_lines
    from maturity.locale.words import Words

    words, out = Words(options.language(lang)), console()
    out.print(explanation_tree(scorer, one, explanation, words))
    for line in reaching_lines(scorer, explanation, reach, words):
        out.print(line)
    return ExitCode.DONE


def _choose(scorer: Scorer, wanted: str | None) -> tuple[str, Group]:
    """The measure and group of that name: 'overall', 'leadership', 'dimension.leadership'; for an item's id, the
    first group that it is in. Raises MaturityError."""
    from difflib import get_close_matches

    from maturity.models.problem import Kind, MaturityError, Place, Problem
    from maturity.scoring.score import in_display_order

    unknown = Kind("C010", "error", "There is no measure, group or item '{wanted}'.", "Choose from: {known}.")
    several = Kind("C011", "error", "'{wanted}' is a group of several measures.", "Say which: {known}.")
    groups = [(m, g) for m in in_display_order(scorer) for g in m.groups]
    names = {f"{m.name}.{g.name}" if g.group else m.name: (m.name, g.group) for m, g in groups}
    if wanted is None:
        return next(iter(names.values()))
    if wanted in names:
        return names[wanted]
    meant = [name for name in names if name.partition(".")[2] == wanted]
    meant = meant or [f"{m.name}.{g.name}" for m, g in reversed(groups) if wanted in dict(g.inputs)][:1]
    if len(meant) == 1:
        return names.get(meant[0]) or names[meant[0].removesuffix(".all")]
    if meant:
        raise MaturityError(Problem(several, Place("MEASURE"), {"wanted": wanted, "known": ", ".join(meant)}))
    below = [name for name in names if name.startswith(f"{wanted}.")]
    close = get_close_matches(wanted, [*(n.partition(".")[2] for n in names), *names], n=3)
    known = ", ".join((below or close or list(names))[:12])
    raise MaturityError(Problem(unknown, Place("MEASURE"), {"wanted": wanted, "known": known}))
