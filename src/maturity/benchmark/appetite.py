"""What councils want to do together, and who could buy it together (docs/statistics.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity.benchmark.counts import forms
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.learning import Buyers, SharedStep, Wanted
from maturity.models.questionnaire import Question
from maturity.models.register import Organisation, Register
from maturity.models.scorecard import Scorecard
from maturity.models.text import Text
from maturity.scoring.score import Scorer

LEAST = LEAST_FOR_MEDIAN
SIZES = 1.5
"""Of much the same size: the largest has at most this many times the smallest's population."""

Appetite = Mapping[str, tuple[str, ...]]
"""Question → the options that say that the council wants it; of none, each option is a thing of its own."""

APPETITE: Mapping[str, Appetite] = {
    "socitm": {
        "leadership.collaboration.wanted": (),
        "data.insight.appetite": (),
        "staff.capacity.shared-team": ("would-use", "would-contribute"),
    }
}
"""Questionnaire id → its questions about what councils want; published versions cannot be marked any more. A version
that does not ask one of them is not asked about it."""


def wanted(
    scorer: Scorer,
    register: Register,
    answers: Mapping[str, tuple[Assessment, Scorecard]],
    *,
    named: bool = True,
    questions: Appetite | None = None,
) -> tuple[Wanted, ...]:
    """Everything that at least one council wants, most wanted first; nothing of fewer than 5 answers.

    `answers` is organisation's code → its answers, scored. `questions` is for questionnaires that are not bundled.
    Where nobody may be named, only counts: by region where 5 answered there and 5 elsewhere.
    """
    asked = scorer.questionnaire
    about = APPETITE.get(asked.id, {}) if questions is None else questions
    filled = dict(
        zip(answers, forms(scorer.plan, [a for a, _ in answers.values()], scorer.register), strict=True)
    )
    found = []
    for name, options in about.items():
        question = asked.questions.get(name)
        if question is None:
            continue
        given = {code: a.value for code, form in filled.items() if (a := form.answer(name)) and a.value}
        if len(given) < LEAST:
            continue
        for option, meant, text in _things(question, options):
            who = [code for code, value in given.items() if meant & _chosen(value)]
            if who:
                found.append(
                    Wanted(
                        question=name,
                        option=option,
                        dimension=asked.tags[name].dimension,
                        text=text,
                        count=len(who),
                        answered=len(given),
                        who=tuple(who) if named else (),
                        by_region=_by_region(register, who, given, named),
                        by_size=_by_size(register, who) if named else (),
                    )
                )
    return tuple(sorted(found, key=lambda one: -one.count))


def shared_steps(
    scorer: Scorer, register: Register, benchmark: Benchmark, *, named: bool = True
) -> tuple[SharedStep, ...]:
    """The recommendations that are the next step of two organisations or more, most first; of themes that at least 5
    are scored in. Named or not as in `wanted`."""
    found = []
    for comparison in benchmark.themes:
        levels = {s.organisation: s.level for s in comparison.standings if s.level is not None}
        if len(levels) < LEAST:
            continue
        for level, count in comparison.levels:
            step = scorer.rubric.recommended.get((".".join(comparison.group), level))
            if step is None or count < 2:
                continue
            who = [code for code, own in levels.items() if own == level]
            found.append(
                SharedStep(
                    measure=comparison.measure,
                    group=comparison.group,
                    level=level,
                    do=step.do,
                    count=count,
                    scored=len(levels),
                    who=tuple(who) if named else (),
                    by_region=_by_region(register, who, levels, named),
                    by_size=_by_size(register, who) if named else (),
                )
            )
    return tuple(sorted(found, key=lambda one: -one.count))


def _things(question: Question, options: Sequence[str]) -> list[tuple[str | None, set[str], Text]]:
    """What can be wanted: (option or None, the options that say so, what it is)."""
    if options:
        return [(None, set(options), question.text)]
    return [(o.id, {o.id}, o.text) for o in question.choices if not o.exclusive]


def _chosen(value: object) -> set[str]:
    return set(value) if isinstance(value, tuple) else {str(value)}


def _by_region(
    register: Register, who: Sequence[str], given: Mapping[str, object], named: bool
) -> tuple[Buyers, ...]:
    """Regions in which two or more want it, the most first."""
    regions: dict[str, list[Organisation]] = {}
    for organisation in register.organisations:
        if organisation.code in given:
            regions.setdefault(organisation.region.to("en"), []).append(organisation)
    found, wanting = [], set(who)
    for members in regions.values():
        buyers = [o for o in members if o.code in wanting]
        few = min(len(members), len(given) - len(members)) < LEAST
        if len(buyers) < 2 or (not named and (few or len(buyers) == len(members))):
            continue
        found.append(_buyers("region", members[0].region, buyers, named))
    return tuple(sorted(found, key=lambda one: -one.n))


def _by_size(register: Register, who: Sequence[str]) -> tuple[Buyers, ...]:
    """From the smallest up: a group goes on while its largest has at most 1.5 times its smallest's population."""
    groups: list[list[Organisation]] = []
    chosen = [register.by_code[code] for code in who]
    for organisation in sorted(chosen, key=lambda o: (o.population, o.code)):
        if groups and organisation.population <= SIZES * groups[-1][0].population:
            groups[-1].append(organisation)
        else:
            groups.append([organisation])
    found = [_buyers("size", None, group, named=True) for group in groups if len(group) > 1]
    return tuple(sorted(found, key=lambda one: -one.n))


def _buyers(by: str, name: Text | None, buyers: Sequence[Organisation], named: bool) -> Buyers:
    sizes = [o.population for o in buyers]
    if not named:
        return Buyers(by, name, len(buyers), (), None, None)
    return Buyers(by, name, len(buyers), tuple(o.code for o in buyers), min(sizes), max(sizes))
