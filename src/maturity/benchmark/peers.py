"""What groups of organisations score, and where a council stands against each (definitions 3, 5, 6, 7 and 14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from maturity.benchmark.elsewhere import Elsewhere, levels_shared, shared
from maturity.benchmark.peer_choice import choose_peers, everybody
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES, position, summarise
from maturity.models.benchmark import Benchmark, Comparison, Summary
from maturity.models.peers import Basis, GroupFigures, LeftOut, PeerGroup, PeerGroups, Placing, Withheld
from maturity.models.register import Register
from maturity.scoring.numbers import half_up
from maturity.scoring.score import Scorer

Scores = Mapping[str, tuple[float, str | None]]
"""Organisation's code → its published score and level, of those that are scored."""


def peer_groups(
    scorer: Scorer,
    register: Register,
    compared: Benchmark,
    council: str | None = None,
    asked: Sequence[str] = (),
    elsewhere: Sequence[Elsewhere] = (),
) -> PeerGroups:
    """Every group asked for (see `choose_peers`) and every register from elsewhere, in every measure that is compared.

    Without any asked for, a council is set against everybody. Takes time in proportion to the organisations in the
    groups. Raises MaturityError where what was asked for cannot be made into groups.
    """
    chosen = choose_peers(asked, register, council)
    if not chosen and council is not None:
        chosen = (everybody(register, ""),)
    submitted = {member.organisation.code for member in compared.submitted}
    places = scorer.rubric.policy.round.places
    scores = [_scores(comparison) for comparison in compared.comparisons]
    groups = []
    for one in chosen:
        figures = tuple(
            _figures(
                comparison, {code: all_[code] for code in one.members if code in all_}, all_, council, places
            )
            for comparison, all_ in zip(compared.comparisons, scores, strict=True)
        )
        groups.append(
            PeerGroup(
                asked=one.asked,
                kind=one.kind,
                name=one.name,
                members=one.members,
                missing=tuple(code for code in one.members if code not in submitted),
                own=council in one.members,
                figures=figures,
                neighbours=one.neighbours,
                unplaced=one.unplaced,
            )
        )
    groups += [_elsewhere(scorer, one, compared, scores, council, places) for one in elsewhere]
    return PeerGroups(council, tuple(groups))


def _scores(comparison: Comparison) -> Scores:
    return {s.organisation: (s.published, s.level) for s in comparison.standings if s.published is not None}


def _figures(
    comparison: Comparison,
    members: Scores,
    everyone: Scores,
    council: str | None,
    places: int,
    *,
    basis: Basis = "same",
    levels: bool = True,
) -> GroupFigures:
    """One measure of a group; `levels` is whether its levels are those of the comparison."""
    others = [value for code, (value, _) in members.items() if code != council]
    summary, apart = summarise([value for value, _ in members.values()]), summarise(others)
    own = everyone.get(council) if council else None
    counted = Counter(level for _, level in members.values())
    at_levels = tuple((level, counted[level]) for level, _ in comparison.levels)
    return GroupFigures(
        measure=comparison.measure,
        group=comparison.group,
        summary=summary,
        others=apart,
        levels=at_levels if levels and summary.n >= LEAST_FOR_MEDIAN else None,
        withheld=_withheld(apart.n),
        own=None
        if own is None
        else _placing(own[0], others, apart, summary if council in members else None, places),
        basis=basis,
    )


def _withheld(n: int) -> Withheld | None:
    if n < LEAST_FOR_MEDIAN:
        return "everything"
    return "quartiles" if n < LEAST_FOR_QUARTILES else None


def _placing(
    own: float, others: Sequence[float], apart: Summary, within: Summary | None, places: int
) -> Placing:
    enough = apart.n >= LEAST_FOR_MEDIAN
    higher = sum(value > own for value in others)
    same = sum(value == own for value in others)
    return Placing(
        published=own,
        lower=len(others) - higher - same if enough else None,
        same=same if enough else None,
        higher=higher if enough else None,
        rank=higher + 1 if enough else None,
        position=position(own, within) if within else None,
        position_without=position(own, apart),
        difference=half_up(own - apart.median, places) if apart.median is not None else None,
    )


def _elsewhere(
    scorer: Scorer,
    beyond: Elsewhere,
    compared: Benchmark,
    scores: Sequence[Scores],
    council: str | None,
    places: int,
) -> PeerGroup:
    """A register from elsewhere as a group, in the measures that both rubrics share."""
    common = shared(scorer, beyond.scorer)
    figures, left_out = [], []
    for comparison, everyone in zip(compared.comparisons, scores, strict=True):
        key = (comparison.measure, comparison.group)
        found = common[key]
        if found != "same" and found != "scale":
            left_out.append(LeftOut(*key, found))
            continue
        found_scores = {code: card.score(key[0], *key[1]) for code, card in beyond.cards.items()}
        members = {
            code: (score.published, score.level)
            for code, score in found_scores.items()
            if score is not None and score.published is not None
        }
        levels = levels_shared(scorer, beyond.scorer, comparison.measure)
        figures.append(_figures(comparison, members, everyone, council, places, basis=found, levels=levels))
    theirs = beyond.scorer.references
    return PeerGroup(
        asked="",
        kind="register",
        name=beyond.register.called,
        members=tuple(beyond.register.by_code),
        missing=tuple(code for code in beyond.register.by_code if code not in beyond.cards),
        own=False,
        figures=tuple(figures),
        register=beyond.register.id,
        organisations=beyond.register.organisations,
        period=beyond.period,
        questionnaire=theirs[0] if theirs[0] != compared.questionnaire else None,
        rubric=theirs[1] if theirs[1] != compared.rubric else None,
        left_out=tuple(left_out),
    )
