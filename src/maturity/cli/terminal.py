"""Tables and bars on the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maturity.cli.blocks import Column, draw
from maturity.cli.safe import printable
from maturity.models.direction import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.scorecard import Group, Scorecard
    from maturity.scoring.plan import PlannedMeasure
    from maturity.scoring.score import Scorer

PIPED = 220
"""Columns where nobody watches: enough for most tables of ours, so that a pipe gets whole lines."""


def console() -> Console:
    """Writes to stdout: as wide as the terminal, or wide enough for any table in a pipe.

    Nothing from a file steers the terminal; lines have no blanks at their end in a pipe; a reader that stops
    reading is told apart from a fault.
    """
    from rich.console import Console
    from rich.segment import Segment

    class Out(Console):
        def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
            for text, style, control in super().render(renderable, options):
                shown = text if control else isolated(printable(text, one_line=False))
                yield Segment(shown, style, control)

        def print(self, *things: Any, **settings: Any) -> None:
            if self.is_terminal:
                super().print(*things, **settings)
                return
            with self.capture() as captured:
                super().print(*things, **settings)
            self.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() else max(shutil.get_terminal_size((PIPED, 24)).columns, PIPED)
    return Out(width=width, highlight=False, emoji=False, markup=False)


def room(out: Console) -> int:
    """How many columns a table may have; in a pipe, as many as it wants."""
    return out.width if out.is_terminal else 9_999


def bar(value: float | None, most: float, width: int = 10) -> str:
    """A bar of `width` characters; plain ASCII where the console has no block characters."""
    if value is None:
        return ""
    full, half = ("━", "╸") if can_draw("━╸") else ("#", "")
    units = round(max(value, 0) / most * width * 2) if most > 0 else 0
    return full * (units // 2) + (half if units % 2 else "")


def number(value: float, places: int, *, signed: bool = False) -> str:
    """A number as reports print it: rounded half up."""
    from maturity.scoring.numbers import half_up

    return f"{half_up(value, places):{'+' if signed else ''}.{places}f}"


def show_scores(out: Console, scorer: Scorer, scored: Sequence[Scored], words: Words) -> None:
    """A row an assessment: what stands for all with its level, verdicts, then each dimension; councils by the
    language's alphabet."""
    from maturity.models.register import sort_key
    from maturity.scoring.run import APART
    from maturity.scoring.score import in_display_order

    language = words.language
    rows = sorted(
        scored, key=lambda s: (sort_key(s.organisation.name.to(language), language), s.assessment.period)
    )
    cards = [one.scorecard for one in rows]
    key = [
        Column(words("Council"), [one.organisation.name.to(language) for one in rows], right=False),
        Column(words("Period"), [one.assessment.period for one in rows], right=False),
    ]
    groups = [(m, g.group) for m in in_display_order(scorer) for g in m.groups]
    # A column that nothing fills tells nothing; where the usual ones are empty, the others are shown.
    filled = [one for one in groups if any(_has_number(card, one) for card in cards)]
    shown = [one for one in filled if one[0].by in ((), ("dimension",))] or filled[:8] or groups[:1]
    counts = [
        (sum(i.state == "answered" for i in c.items), sum(i.state not in APART for i in c.items))
        for c in cards
    ]
    first, *others = shown
    levels = [_level(scorer, card, first, words) for card in cards]
    top = [
        _scores(scorer, cards, first, words),
        *([Column(words("Level"), levels, right=False)] if any(levels) else []),
        *_verdicts(scorer, cards, words),
        Column(words("Answered"), [f"{answered}/{applicable}" for answered, applicable in counts]),
    ]
    rest = [_scores(scorer, cards, one, words, short=str(n)) for n, one in enumerate(others, 1)]
    if draw(out, key, [top, rest], room(out)):
        for column in rest:
            out.print(f"{column.short} {column.heading}")


def _has_number(card: Scorecard, what: tuple[PlannedMeasure, Group]) -> bool:
    score = card.score(what[0].name, *what[1])
    return score is not None and score.published is not None


def _scores(
    scorer: Scorer,
    cards: Sequence[Scorecard],
    what: tuple[PlannedMeasure, Group],
    words: Words,
    short: str | None = None,
) -> Column:
    from maturity.scoring.names import group_text

    measure, group = what
    name = group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], group)
    cells = []
    for card in cards:
        score = card.score(measure.name, *group)
        if score is None or score.published is None:
            cells.append(words("not scored") if short is None else "–" if can_draw("–") else "-")
        else:
            cells.append(number(score.published, scorer.plan.places))
    return Column(name.to(words.language), cells, short=short)


def _level(scorer: Scorer, card: Scorecard, what: tuple[PlannedMeasure, Group], words: Words) -> str:
    from maturity.scoring.names import bands_of

    measure, group = what
    levels = {band.id: band.name.to(words.language) for band in bands_of(scorer.rubric, measure.name)}
    score = card.score(measure.name, *group)
    return levels.get(score.level, "") if score and score.level else ""


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


def label_of(scorer: Scorer, outcome: str, label: str | None, words: Words) -> str:
    """What a verdict is called; without a name, its id says it."""
    if label is None:
        return words("no verdict")
    rules = scorer.rubric.outcomes[outcome].rules
    name = next((rule.name for rule in rules if rule.label == label and rule.name), None)
    return name.to(words.language) if name else label


def plain_table(*headings: str) -> Table:
    """A table with these headings, for words."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def can_draw(characters: str) -> bool:
    """Whether stdout's encoding has these characters."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
