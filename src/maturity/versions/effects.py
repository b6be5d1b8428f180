"""Which class each change has: one row for every place in a questionnaire and in a rubric where something can change.

What has no row counts as breaking answers, so that a key which is added to the language one day is loud until somebody
has thought about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from maturity.models.condition import OfEvery, OfSome, tests_in
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Measure, Outcome, Rubric
from maturity.scoring.compile import scale_of
from maturity.versions.changes import Effect, Subject
from maturity.versions.leaves import Path
from maturity.versions.ranges import bounds
from maturity.versions.renames import NONE, Renames
from maturity.versions.wording import effect_of_words

NEUTRAL, BAR = Effect.neutral, Effect.different_bar
MOVES, BREAKS = Effect.moves_scores, Effect.breaks_answers


@dataclass(frozen=True)
class Context:
    """The models around a change: of the subject compared, and the rubrics that score it where they are known."""

    old: Questionnaire | Rubric
    new: Questionnaire | Rubric
    rubrics: tuple[Rubric, ...] = ()
    names: Renames = field(default=NONE)


Row = Callable[[Context, Path, Any, Any], Effect]
"""Gives the class from the values of old and new; None on the side where there is nothing."""


def _always(effect: Effect) -> Row:
    return lambda _context, _path, _old, _new: effect


def _words(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    """A text that says what answers mean; one that appears or goes says it newly or no longer."""
    return effect_of_words(old, new) if isinstance(old, dict) and isinstance(new, dict) else BAR


def _question(_context: Context, _path: Path, _old: Any, new: Any) -> Effect:
    """Gone, its answers have no place; new, the old answers still fit, and more is asked."""
    return BREAKS if new is None else MOVES


def _allowed(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    """What may be answered besides: taken away, given answers no longer fit; allowed, no answer given moves."""
    return BREAKS if old and not new else BAR


def _exclusive(_context: Context, _path: Path, _old: Any, new: Any) -> Effect:
    """An option that comes to rule out the others makes answers that chose both unfit."""
    return BREAKS if new else BAR


def _least(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    return BREAKS if new is not None and (old is None or new > old) else BAR


def _most(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    return BREAKS if new is not None and (old is None or new < old) else BAR


def _unit(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    """60 per cent are not 60 books: a number has no words of its own that would keep its meaning. Where one language keeps
    its unit, it vouches for the number, and a translation was mended."""
    effect = _words(_context, _path, old, new)
    if effect is NEUTRAL or not isinstance(old, dict) or not isinstance(new, dict):
        return effect
    kept = (
        effect_of_words({name: words}, {name: new.get(name, "")}) is NEUTRAL for name, words in old.items()
    )
    return BAR if any(kept) else BREAKS


def _decimals(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    return BREAKS if new < old else BAR


def _languages(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    return BAR if set(old) - set(new) else NEUTRAL


def _place(context: Context, path: Path, old: Any, new: Any) -> Effect:
    """A question that moves counts elsewhere, unless no rubric that is known groups by what changed for it."""
    if not context.rubrics:
        return MOVES
    tags = {"theme"} | ({"dimension"} if old.partition(".")[0] != new.partition(".")[0] else set())
    counted = (r for r in context.rubrics if path[1] in r.items)
    return MOVES if any(tags & tags_used(rubric) for rubric in counted) else NEUTRAL


def _scale(context: Context, path: Path, _old: Any, _new: Any) -> Effect:
    """A scale by another name, or written out, that gives every option the same value moves nothing."""
    if not isinstance(context.old, Rubric) or not isinstance(context.new, Rubric) or len(path) > 3:
        return MOVES
    source = next((q for q in context.old.items if context.names.question(q) == path[1]), path[1])
    if source not in context.old.items or path[1] not in context.new.items:
        return MOVES
    before, after = context.old.items[source], context.new.items[path[1]]
    if before.scale is None or after.scale is None:
        return MOVES
    renamed = {context.names.option(source, o): v for o, v in scale_of(context.old, before).items()}
    return NEUTRAL if renamed == scale_of(context.new, after) else MOVES


def _named_scale(context: Context, path: Path, _old: Any, _new: Any) -> Effect:
    """A scale that no item uses, before or after, is worth nothing to anybody."""
    rubrics = [r for r in (context.old, context.new) if isinstance(r, Rubric)]
    return MOVES if any(item.scale == path[1] for r in rubrics for item in r.items.values()) else NEUTRAL


def _range(_context: Context, _path: Path, old: Any, new: Any) -> Effect:
    """Answers to a version that the rubric no longer scores need a migration; more versions move no number."""
    (low, high), (lower, higher) = bounds(old), bounds(new)
    return NEUTRAL if lower <= low and high <= higher else BREAKS


def tags_used(rubric: Rubric) -> set[str]:
    """The tags by which a rubric's measures, limits and outcomes tell its items apart."""
    used: set[str] = set()
    grouping: list[Measure | Outcome] = [*rubric.measures.values(), *rubric.outcomes.values()]
    for grouped in grouping:
        used.update(grouped.by, grouped.where)
    used.update(m.ladder.along for m in rubric.measures.values() if m.ladder)
    for limit in rubric.limits:
        used.update(limit.where)
    conditions = [rule.when for outcome in rubric.outcomes.values() for rule in outcome.rules]
    for test in (test for when in conditions if when is not None for test in tests_in(when)):
        used.update(test.every if isinstance(test, OfEvery) else ())
        used.update(test.some if isinstance(test, OfSome) else ())
    return used


GROUPED = _always(MOVES)
"""Groups have the names of dimensions and themes: with another name, it is another group."""

# Findings are sentences on a page that count answers ("9 of 22 councils …"): no score knows of them. One that counts other
# answers under the same id cannot be set beside last year's.
QUESTIONNAIRE: tuple[tuple[str, Row], ...] = (
    ("id", _always(BREAKS)),
    ("languages", _languages),
    ("same_in_both", _always(NEUTRAL)),
    ("title", _always(NEUTRAL)),
    ("description", _always(NEUTRAL)),
    ("dimensions", _always(NEUTRAL)),
    ("dimensions/*", GROUPED),
    ("dimensions/*/name", _words),
    ("dimensions/*/description", _always(NEUTRAL)),
    ("dimensions/*/themes", _always(NEUTRAL)),
    ("themes/*", GROUPED),
    ("themes/*/name", _words),
    ("themes/*/description", _always(NEUTRAL)),
    ("themes/*/questions", _always(NEUTRAL)),
    ("questions/*", _question),
    ("questions/*/place", _place),
    ("questions/*/type", _always(BREAKS)),
    ("questions/*/text", _words),
    ("questions/*/help", _words),
    ("questions/*/evidence", _words),
    ("questions/*/yes", _words),
    ("questions/*/no", _words),
    ("questions/*/asked_when", _always(MOVES)),
    ("questions/*/not_applicable", _allowed),
    ("questions/*/options", _always(NEUTRAL)),
    ("questions/*/options/*", _question),
    ("questions/*/options/*/text", _words),
    ("questions/*/options/*/exclusive", _exclusive),
    ("questions/*/number", _always(BREAKS)),
    ("questions/*/number/unit", _unit),
    ("questions/*/number/min", _least),
    ("questions/*/number/max", _most),
    ("questions/*/number/decimals", _decimals),
    ("questions/*/number/dont_know", _allowed),
    ("findings", _always(NEUTRAL)),
    ("findings/*", _always(NEUTRAL)),
    ("findings/*/question", _always(BAR)),
    ("findings/*/options", _always(BAR)),
    ("findings/*/at_least", _always(BAR)),
    ("findings/*/below", _always(BAR)),
    ("findings/*/text", _always(NEUTRAL)),
)

RUBRIC: tuple[tuple[str, Row], ...] = (
    ("id", _always(BREAKS)),
    ("title", _always(NEUTRAL)),
    ("notes", _always(NEUTRAL)),
    ("supersedes", _always(NEUTRAL)),
    ("same_in_both", _always(NEUTRAL)),
    ("show_while_answering", _always(NEUTRAL)),
    ("questionnaire/id", _always(BREAKS)),
    ("questionnaire/versions", _range),
    ("scales/*", _named_scale),
    ("scales/*/*", _named_scale),
    ("policy/**", _always(MOVES)),
    ("items/*", _always(MOVES)),
    ("items/*/why", _always(NEUTRAL)),
    ("items/*/scale", _scale),
    ("items/*/scale/*", _always(MOVES)),
    ("items/*/bands", _always(MOVES)),
    ("items/*/per_choice/**", _always(MOVES)),
    ("items/*/at_most", _always(MOVES)),
    ("items/*/weight", _always(MOVES)),
    ("items/*/tags/**", _always(MOVES)),
    ("items/*/policy/**", _always(MOVES)),
    ("not_scored", _always(NEUTRAL)),
    ("measures", _always(NEUTRAL)),
    ("measures/*", _always(MOVES)),
    ("measures/*/name", _words),
    ("measures/*/of", _always(MOVES)),
    ("measures/*/by", _always(MOVES)),
    ("measures/*/where/**", _always(MOVES)),
    ("measures/*/reduce", _always(MOVES)),
    ("measures/*/base", _always(MOVES)),
    ("measures/*/at_least", _always(MOVES)),
    ("measures/*/ladder/**", _always(MOVES)),
    ("measures/*/weights/**", _always(MOVES)),
    ("measures/*/min_coverage", _always(MOVES)),
    ("measures/*/bands", _always(MOVES)),
    ("headline", _always(MOVES)),
    ("limits", _always(NEUTRAL)),
    ("limits/*", _always(MOVES)),
    ("limits/*/because", _always(NEUTRAL)),
    ("limits/*/measure", _always(MOVES)),
    ("limits/*/where/**", _always(MOVES)),
    ("limits/*/at_most", _always(MOVES)),
    ("limits/*/when", _always(MOVES)),
    ("outcomes", _always(NEUTRAL)),
    ("outcomes/*", _always(MOVES)),
    ("outcomes/*/name", _words),
    ("outcomes/*/of", _always(MOVES)),
    ("outcomes/*/by", _always(MOVES)),
    ("outcomes/*/where/**", _always(MOVES)),
    ("outcomes/*/rules", _always(MOVES)),
    ("outcomes/*/rules/*", _always(MOVES)),
    ("outcomes/*/rules/*/name", _words),
    ("outcomes/*/rules/*/when", _always(MOVES)),
    ("bands/*", _always(NEUTRAL)),
    ("bands/*/*", _always(MOVES)),
    ("bands/*/*/from", _always(MOVES)),
    ("bands/*/*/name", _words),
    ("bands/*/*/description", _words),
    ("bands/*/*/for_dimension", _always(NEUTRAL)),
    ("bands/*/*/for_dimension/*", _words),
    ("recommendations/**", _always(NEUTRAL)),
)
"""Advice (recommendations) and reasons (why, because) move nothing. Of orders, only that of an outcome's rules does."""

TABLES: dict[Subject, tuple[tuple[str, Row], ...]] = {"questionnaire": QUESTIONNAIRE, "rubric": RUBRIC}
_SPLIT = {s: [(tuple(pattern.split("/")), row) for pattern, row in table] for s, table in TABLES.items()}


def row_for(subject: Subject, path: Path) -> Row | None:
    """The row for a place, or None where nobody has thought of it."""
    return next((row for pattern, row in _SPLIT[subject] if _fits(pattern, path)), None)


def effect_of(subject: Subject, context: Context, path: Path, old: Any, new: Any) -> Effect:
    """The class of a change from `old` to `new` (None where there is nothing) at a path."""
    row = row_for(subject, path)
    return row(context, path, old, new) if row else BREAKS


def _fits(pattern: tuple[str, ...], path: Path) -> bool:
    if pattern[-1] == "**":
        return len(path) >= len(pattern) - 1 and _fits(pattern[:-1], path[: len(pattern) - 1])
    return len(path) == len(pattern) and all(p in ("*", step) for p, step in zip(pattern, path, strict=True))
