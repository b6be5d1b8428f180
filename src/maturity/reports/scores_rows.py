"""Scorecards as rows of plain values under columns that never change: what every format of the scores is written from.

docs/scores.md says what each column means; a test holds it to `COUNCIL`, `SCORE` and `FROM`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from maturity.intake.scored import Scored
from maturity.models.many import Many
from maturity.models.scorecard import Group, Score, Scorecard, Verdict
from maturity.models.text import Language
from maturity.reports.speech import Speech
from maturity.scoring.plan import group_name
from maturity.scoring.run import APART
from maturity.scoring.score import Scorer, in_display_order

Cell = str | float | int | bool | None
Type = Literal["text", "number", "count", "flag"]
Columns = tuple[tuple[str, Type], ...]
"""Names and types of columns. A number may have decimals, a count has none."""

COUNCIL: Columns = (
    ("code", "text"),
    ("name", "text"),
    ("period", "text"),
    ("status", "text"),
    ("made_up", "flag"),
)
SCORE: Columns = (
    ("measure", "text"),
    ("group", "text"),
    ("score", "number"),
    ("value", "number"),
    ("level", "text"),
    ("level_name", "text"),
    ("not_scored", "text"),
    ("coverage", "number"),
    ("answered", "count"),
    ("applicable", "count"),
    ("limit", "text"),
    ("capped", "text"),
    ("uncapped", "number"),
    ("counts", "text"),
    ("kind", "text"),
)
FROM: Columns = (
    ("questionnaire", "text"),
    ("questionnaire_sha256", "text"),
    ("rubric", "text"),
    ("rubric_sha256", "text"),
    ("answers_sha256", "text"),
    ("tool_version", "text"),
    ("source", "text"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: `name` is ``wide`` or ``long``; in each row there is a value, or None, for each column, of its type.

    Rows of scorecards are made when they are come to, and anew each time.
    """

    name: Literal["wide", "long"]
    columns: Columns
    rows: Many[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class _Made:
    """The rows of each scorecard, so many of `each`."""

    scored: Many[Scored]
    each: int
    rows_of: Callable[[Scored], Iterable[tuple[Cell, ...]]]

    def __len__(self) -> int:
        return len(self.scored) * self.each

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return chain.from_iterable(map(self.rows_of, self.scored))


def wide_rows(scorer: Scorer, scored: Many[Scored], language: Language) -> Rows:
    """A row a council and period; columns for every group of every measure and outcome, in the order of reports."""
    groups = [(m.name, g.group, bool(g.limits)) for m in in_display_order(scorer) for g in m.groups]
    decided = [(o.name, g.group) for o in scorer.plan.outcomes for g in o.groups]

    def row(one: Scored) -> Iterable[tuple[Cell, ...]]:
        cells = _wide_cells(one.scorecard, groups, decided)
        return ((*_council(one, language), *cells, *_from(one.scorecard)),)

    return Rows("wide", (*COUNCIL, *_wide_columns(groups, decided), *FROM), _Made(scored, 1, row))


def _wide_cells(
    card: Scorecard, groups: Sequence[tuple[str, Group, bool]], decided: Sequence[tuple[str, Group]]
) -> list[Cell]:
    cells: list[Cell] = []
    for measure, group, limited in groups:
        score = card.score(measure, *group)
        if score is None:
            cells += [None] * (4 if limited else 3)
            continue
        cells += (score.published, score.level, score.coverage)
        if limited:
            cells.append(score.limit)
    labels = {(v.outcome, v.group): v.label for v in card.verdicts}
    cells += [labels.get(what) for what in decided]
    states = [item.state for item in card.items]
    apart = sum([states.count(state) for state in APART])
    cells += (states.count("answered"), len(states) - apart)
    return cells


def _wide_columns(groups: Sequence[tuple[str, Group, bool]], decided: Sequence[tuple[str, Group]]) -> Columns:
    taken = {name for name, _ in (*COUNCIL, ("answered", ""), ("applicable", ""), *FROM)}
    found: list[tuple[str, Type]] = []

    def add(kind: str, name: str, group: Group, parts: dict[str, Type]) -> None:
        key = f"{name}.{group_name(group)}" if group else name
        # A rubric may call a measure 'period', or one 'a' by tags that make 'a.level' of it.
        while any(key + part in taken for part in parts):
            key = f"{kind}.{key}"
        found.extend((key + part, type_) for part, type_ in parts.items())
        taken.update(key + part for part in parts)

    for measure, group, limited in groups:
        parts: dict[str, Type] = {"": "number", ".level": "text", ".coverage": "number"}
        add("measure", measure, group, parts | ({".limit": "text"} if limited else {}))
    for outcome, group in decided:
        add("outcome", outcome, group, {"": "text"})
    return (*found, ("answered", "count"), ("applicable", "count"))


def long_rows(scorer: Scorer, scored: Many[Scored], language: Language) -> Rows:
    """A row for every group of every measure, then of every outcome, of every council and period."""
    speech = Speech(scorer, language)
    plan = scorer.plan
    each = sum(len(m.groups) for m in plan.measures) + sum(len(o.groups) for o in plan.outcomes)

    def rows(one: Scored) -> Iterable[tuple[Cell, ...]]:
        council, origin = _council(one, language), _from(one.scorecard)
        return ((*council, *cells, *origin) for cells in _scores(one.scorecard, speech))

    return Rows("long", (*COUNCIL, *SCORE, *FROM), _Made(scored, each, rows))


def _scores(card: Scorecard, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    for score in card.scores:
        yield _score(score, speech)
    for verdict in card.verdicts:
        yield _verdict(verdict, speech)


def _score(s: Score, speech: Speech) -> tuple[Cell, ...]:
    level = speech.level(s.measure, s.level) if s.level else None
    counts = ";".join(f"{value:g}:{n}" for value, n in s.counts) or None
    return (
        *(s.measure, group_name(s.group), s.published, s.value),
        *(s.level, level.name if level else None, s.reason),
        *(s.coverage, s.answered, s.applicable),
        *(s.limit, s.capped, s.uncapped, counts, "measure"),
    )


def _verdict(v: Verdict, speech: Speech) -> tuple[Cell, ...]:
    """A verdict has a label where a score has a level, and no number."""
    rules = speech.scorer.rubric.outcomes[v.outcome].rules
    name = next((rule.name for rule in rules if rule.label == v.label and rule.name), None)
    absent = (None,) * 7
    named = speech.to(name) if name else None
    return (v.outcome, group_name(v.group), None, None, v.label, named, v.reason, *absent, "outcome")


def _council(one: Scored, language: Language) -> tuple[Cell, ...]:
    name, about = one.organisation.name.to(language), one.assessment
    return one.organisation.code, name, about.period, about.status, about.made_up


def _from(card: Scorecard) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for reference in (card.questionnaire, card.rubric):
        found += (f"{reference.id}@{reference.version}", reference.digest)
    return (*found, card.answers_digest, card.tool_version, card.source)
