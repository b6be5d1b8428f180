"""Verdicts on the terminal: what was decided, by which rule, on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from maturity.cli.parts import COUNTED, REASONS, STATES, value_text
from maturity.cli.terminal import label_of
from maturity.cli.wanted import outcome_text

if TYPE_CHECKING:
    from rich.tree import Tree

    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.scorecard import Input, Scorecard, Verdict
    from maturity.scoring.score import Scorer


def verdict_lines(scorer: Scorer, card: Scorecard, words: Words) -> Iterator[str]:
    """A line for each verdict."""
    for verdict in card.verdicts:
        yield f"{_name(scorer, verdict, words)}: {_label(scorer, verdict, words)}"


def verdict_tree(scorer: Scorer, one: Scored, verdict: Verdict, words: Words) -> Tree:
    """The verdict, the rule that held, and what the rules looked at."""
    from rich.text import Text
    from rich.tree import Tree

    organisation = one.organisation.name.to(words.language)
    top = Tree(Text(f"{organisation} {one.assessment.period}", style="bold"), guide_style="dim")
    line = Text(f"{_name(scorer, verdict, words)}  ")
    line.append(_label(scorer, verdict, words), style="bold")
    branch = top.add(line)
    branch.add(Text(_rule(scorer, verdict, words), style="cyan"))
    for found in verdict.inputs:
        branch.add(_input(one, found, words))
    return top


def verdict_data(card: Scorecard, verdict: Verdict) -> dict[str, object]:
    """The verdict as plain data, with what it is of."""
    about = {"organisation": card.organisation, "period": card.period, "made_up": card.made_up}
    references = {"questionnaire": asdict(card.questionnaire), "rubric": asdict(card.rubric)}
    return {"format": "maturity-verdict/1", **about, **references, "verdict": asdict(verdict)}


def _name(scorer: Scorer, verdict: Verdict, words: Words) -> str:
    name = scorer.rubric.outcomes[verdict.outcome].name.to(words.language)
    if not verdict.group:
        return name
    return f"{name}, {outcome_text(scorer, verdict.outcome, verdict.group).to(words.language)}"


def _label(scorer: Scorer, verdict: Verdict, words: Words) -> str:
    label = label_of(scorer, verdict.outcome, verdict.label, words)
    return f"{label} ({words(REASONS[verdict.reason])})" if verdict.reason else label


def _rule(scorer: Scorer, verdict: Verdict, words: Words) -> str:
    from maturity.scoring.describe import say

    rules = scorer.rubric.outcomes[verdict.outcome].rules
    held = next((rule for rule in rules if rule.label == verdict.label), None)
    if verdict.reason or held is None:
        return words("No rule held.") if not verdict.reason else words("There is nothing to decide on.")
    if held.when is None:
        return words("No rule before it held.")
    several = sum(rule.label == verdict.label for rule in rules) > 1
    if several:
        conditions = "; ".join(say(r.when, words) for r in rules if r.label == verdict.label and r.when)
        return words("One of these held: {conditions}", conditions=conditions)
    return words("This rule held: {condition}", condition=say(held.when, words))


def _input(one: Scored, found: Input, words: Words) -> str:
    if found.value is None:
        how = words(STATES[found.state])
    elif found.state == "answered":
        how = words("worth {value}", value=f"{found.value:.4g}")
    else:
        how = words(COUNTED[found.state], value=f"{found.value:.4g}")
    answer = one.assessment.answers.get(found.source)
    given = f" = {value_text(answer.value)}" if answer is not None and answer.value is not None else ""
    return f"{found.source}{given}  {how}"
