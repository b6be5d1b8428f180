"""Scores on the terminal: a row a council, or one council's dimensions as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maturity.cli.blocks import Column, draw
from maturity.cli.drawings import bar, level_colours
from maturity.cli.terminal import can_draw, label_of, room

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.scorecard import Group, Score, Scorecard
    from maturity.reports.speech import Level, Speech
    from maturity.scoring.plan import PlannedMeasure
    from maturity.scoring.score import Scorer


def show_scores(out: Console, scorer: Scorer, scored: Sequence[Scored], words: Words) -> None:
    """One assessment's scores as bars; of several a row each, councils by the language's alphabet."""
    from maturity.reports.speech import Speech

    show = _bars if len(scored) == 1 else _rows
    show(out, Speech(scorer, words.language), scored)


def _rows(out: Console, say: Speech, scored: Sequence[Scored]) -> None:
    """What stands for all with its level, verdicts, then each dimension."""
    from maturity.models.register import sort_key

    words, language = say.words, say.language
    rows = sorted(
        scored, key=lambda s: (sort_key(s.organisation.name.to(language), language), s.assessment.period)
    )
    cards = [one.scorecard for one in rows]
    key = [
        Column(words("Council"), [say.to(one.organisation.name) for one in rows], right=False),
        Column(words("Period"), [one.assessment.period for one in rows], right=False),
    ]
    first, *others = _shown(say.scorer, cards)
    levels = [level.name if (level := _level(say, card, first)) else "" for card in cards]
    top = [
        _scores(say, cards, first),
        *([Column(words("Level"), levels, right=False)] if any(levels) else []),
        *_verdicts(say.scorer, cards, words),
        Column(words("Answered"), [_answered(card) for card in cards]),
    ]
    rest = [_scores(say, cards, one, short=str(n)) for n, one in enumerate(others, 1)]
    if draw(out, key, [top, rest], room(out)).short:
        for column in rest:
            out.print(f"{column.short} {column.heading}")
    if out.color_system and any(levels):
        out.print(words("The darker the cell, the higher the level."))


def _bars(out: Console, say: Speech, scored: Sequence[Scored]) -> None:
    """What stands for all and each dimension: a bar on the scale of all of them, the level, and how far the next is."""
    from maturity.reports.figures import bounds

    words, one = say.words, scored[0]
    shown = _shown(say.scorer, [one.scorecard])
    ends = bounds(say.scorer.plan)
    most = max(ends[measure.name, group][1] for measure, group in shown)
    scores = [_scores(say, [one.scorecard], what) for what in shown]
    numbers = [_number(one.scorecard, what) for what in shown]
    levels = [_level(say, one.scorecard, what) for what in shown]
    key = Column(words("Measure"), [column.heading for column in scores], right=False)
    figures = [
        Column(words("Score"), [column.cells[0] for column in scores]),
        Column("", [bar(number, most, 20) for number in numbers], right=False, spare=True),
    ]
    standing = [
        Column(
            words("Level"),
            [f" {level.number} {level.name} " if level else "" for level in levels],
            right=False,
            paint=level_colours([level.step if level else None for level in levels]),
        ),
        Column(
            words("To the next level"),
            [_missing(say, what, number) for what, number in zip(shown, numbers, strict=True)],
        ),
    ]
    out.print(f"{say.to(one.organisation.name)}, {one.assessment.period}", style="bold")
    draw(out, [key], [figures, standing if any(levels) else []], room(out))
    for column in _verdicts(say.scorer, [one.scorecard], words):
        out.print(f"{column.heading}: {column.cells[0]}")
    out.print(f"{words('Answered')}: {_answered(one.scorecard)}")


def _shown(scorer: Scorer, cards: Sequence[Scorecard]) -> list[tuple[PlannedMeasure, Group]]:
    """What stands for all, then each dimension. What nothing fills tells nothing; where the usual ones are empty, the
    others are shown."""
    from maturity.scoring.score import in_display_order

    groups = [(m, g.group) for m in in_display_order(scorer) for g in m.groups]
    filled = [one for one in groups if any(_number(card, one) is not None for card in cards)]
    return [one for one in filled if one[0].by in ((), ("dimension",))] or filled[:8] or groups[:1]


def _score(card: Scorecard, what: tuple[PlannedMeasure, Group]) -> Score | None:
    return card.score(what[0].name, *what[1])


def _number(card: Scorecard, what: tuple[PlannedMeasure, Group]) -> float | None:
    score = _score(card, what)
    return score.published if score else None


def _level(say: Speech, card: Scorecard, what: tuple[PlannedMeasure, Group]) -> Level | None:
    score = _score(card, what)
    return say.level(what[0].name, score.level) if score else None


def _missing(say: Speech, what: tuple[PlannedMeasure, Group], number: float | None) -> str:
    above = say.next_level(what[0].name, number)
    return "" if above is None or number is None else say.score(above.band.from_ - number)


def _scores(
    say: Speech, cards: Sequence[Scorecard], what: tuple[PlannedMeasure, Group], short: str | None = None
) -> Column:
    """The numbers of one group; those of a column with a short heading are painted by their levels."""
    from maturity.scoring.names import group_text

    measure, group = what
    name = group_text(say.scorer.questionnaire, say.scorer.rubric.measures[measure.name], group)
    numbers = [_number(card, what) for card in cards]
    none = say.words("not scored") if short is None else "–" if can_draw("–") else "-"
    levels = [_level(say, card, what) for card in cards]
    return Column(
        say.to(name),
        [none if number is None else say.score(number) for number in numbers],
        short=short,
        paint=level_colours([level.step if level else None for level in levels]),
    )


def _answered(card: Scorecard) -> str:
    """How many questions are answered, of how many that apply."""
    from maturity.scoring.run import APART

    states = [item.state for item in card.items]
    return f"{states.count('answered')}/{sum(state not in APART for state in states)}"


def _verdicts(scorer: Scorer, cards: Sequence[Scorecard], words: Words) -> list[Column]:
    """A column for each outcome of the whole."""
    columns = []
    for name, outcome in scorer.rubric.outcomes.items():
        if outcome.by:
            continue
        cells = []
        for card in cards:
            verdict = next((v for v in card.verdicts if v.outcome == name and not v.group), None)
            cells.append(label_of(scorer, name, verdict.label if verdict else None, words))
        columns.append(Column(outcome.name.to(words.language), cells, right=False))
    return columns
