"""Which measure, group or outcome a person means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from maturity.models.scorecard import Group
    from maturity.models.text import Text
    from maturity.scoring.score import Scorer

UNKNOWN = Kind("C010", "error", "There is no measure, group or item '{wanted}'.", "Choose from: {known}.")
SEVERAL = Kind("C011", "error", "'{wanted}' is a group of several measures.", "Say which: {known}.")


def choose_measure(scorer: Scorer, wanted: str | None, argument: str = "MEASURE") -> tuple[str, Group]:
    """The measure and group of that id or name: 'overall', 'leadership', 'dimension.leadership', 'Digital leadership'
    (in either language); for an item's id, the first group that it is in; else the whole. Raises MaturityError, at the
    place that the `argument` is called."""
    from maturity.scoring.score import in_display_order

    groups = [(m, g) for m in in_display_order(scorer) for g in m.groups]
    ids = {f"{m.name}.{g.name}" if g.group else m.name: (m.name, g.group) for m, g in groups}
    if wanted is None:
        return next(iter(ids.values()))
    if wanted in ids:
        return ids[wanted]
    meant = [one for one in ids if one.partition(".")[2] == wanted] or _named(scorer, ids, wanted)
    if not meant:
        within = [(m.name, g.group) for m, g in reversed(groups) if wanted in dict(g.inputs)]
        meant = [one for one, found in ids.items() if within and found == within[0]]
    if len(meant) == 1:
        return ids[meant[0]]
    details: dict[str, object] = {"wanted": wanted}
    if meant:
        raise MaturityError(Problem(SEVERAL, Place(argument), details | {"known": ", ".join(meant)}))
    known = ", ".join(_near(list(ids), [*outcomes(scorer)], wanted))
    raise MaturityError(Problem(UNKNOWN, Place(argument), details | {"known": known}))


def choose_outcome(scorer: Scorer, wanted: str | None) -> tuple[str, Group] | None:
    """The outcome and group of that id or name, where it is none of a measure; None where there is none."""
    from maturity.models.register import fold

    if wanted is None or wanted in scorer.rubric.measures:
        return None
    found = outcomes(scorer)
    if wanted in found:
        return found[wanted]
    for name, group in found.values():
        if not group and fold(wanted) in map(fold, scorer.rubric.outcomes[name].name.root.values()):
            return name, group
    return None


def outcomes(scorer: Scorer) -> dict[str, tuple[str, Group]]:
    """Every group of every outcome: 'welcome', 'service.libraries'."""
    return {
        f"{outcome.name}.{group.name}" if group.group else outcome.name: (outcome.name, group.group)
        for outcome in scorer.plan.outcomes
        for group in outcome.groups
    }


def outcome_text(scorer: Scorer, outcome: str, group: Group) -> Text:
    """What a group of an outcome is called."""
    from maturity.models.rubric import Measure
    from maturity.scoring.names import group_text

    rule = scorer.rubric.outcomes[outcome]
    like = Measure(name=rule.name, of=rule.of, by=rule.by)
    return group_text(scorer.questionnaire, like, group)


def _named(scorer: Scorer, ids: dict[str, tuple[str, Group]], wanted: str) -> list[str]:
    """The groups whose name in either language is the one wanted, in any case."""
    from maturity.models.register import fold
    from maturity.scoring.names import group_text

    def names(measure: str, group: Group) -> Iterator[str]:
        text = group_text(scorer.questionnaire, scorer.rubric.measures[measure], group)
        return map(fold, text.root.values())

    return [one for one, (measure, group) in ids.items() if fold(wanted) in names(measure, group)]


def _near(ids: list[str], others: list[str], wanted: str) -> list[str]:
    """What may have been meant, at most twelve."""
    from difflib import get_close_matches

    below = [one for one in ids if one.startswith(f"{wanted}.")]
    close = get_close_matches(wanted, [*(one.partition(".")[2] for one in ids), *ids, *others], n=3)
    return (below or close or [*ids, *others])[:12]
