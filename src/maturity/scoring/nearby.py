"""The answers one option away from an answer: what a person could as well have said."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion
from maturity.scoring.items import worth_of
from maturity.scoring.numbers import settle
from maturity.scoring.plan import PlannedItem

Nearby = tuple[Answer | None, Answer | None]
"""One option down and one up; None at an end."""


def nearby(question: Question, item: PlannedItem | None, answer: Answer) -> Nearby:
    """The answers one option below and above `answer`; `item` is what the question is worth, None where it is nothing.

    Up is the nearest that is worth more, down the nearest that is worth less. Of 'choose one' and 'yes or no' these are
    other options, of 'choose several' one choice more or fewer, of a number the nearest in the next of its bands. Where a
    question is worth nothing, options count in the questionnaire's order. There is nothing near to no answer, to 'don't
    know', 'not applicable', a number that is worth nothing, or words.
    """
    value = answer.value
    if value is None or answer.not_applicable:
        return None, None
    if isinstance(question, NumberQuestion):
        return (None, None) if item is None or value == DONT_KNOW else _numbers(question, item, value)
    if isinstance(question, SeveralQuestion):
        given = value if isinstance(value, tuple) else ()
        tried = _choices(question, given)
        exclusive = {o.id for o in question.options if o.exclusive}
        found = [
            (_worth(item, one, len(set(one) - exclusive)), place, one) for place, one in enumerate(tried)
        ]
        own = _worth(item, given, len(set(given) - exclusive))
        return _nearest(own, found)
    places = {o.id: place for place, o in enumerate(question.choices)}
    if not isinstance(value, str) or value not in places:
        return None, None
    here = places[value]
    options = [(_worth(item, one, place), abs(place - here), one) for one, place in places.items()]
    return _nearest(_worth(item, value, here), options)


def _nearest(own: float, options: Iterable[tuple[float, int, object]]) -> Nearby:
    """Of (worth, distance, value): the nearest in worth on either side, the least distant and the first of those."""
    options = list(options)
    lower = [o for o in options if o[0] < own]
    higher = [o for o in options if o[0] > own]
    down = min(lower, key=lambda o: (-o[0], o[1])) if lower else None
    up = min(higher, key=lambda o: (o[0], o[1])) if higher else None
    return _answer(down), _answer(up)


def _answer(option: tuple[float, int, object] | None) -> Answer | None:
    return None if option is None else Answer(value=option[2])


def _worth(item: PlannedItem | None, value: str | tuple[str, ...], place: int) -> float:
    if item is None:
        return float(place)
    found = worth_of(item, Answer.model_construct(value=value, not_applicable=False))[1]
    return 0.0 if found is None else settle(found)


def _choices(question: SeveralQuestion, chosen: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What one choice more or fewer comes to; without any choice left, it is an option that rules the others out."""
    exclusive = [o.id for o in question.options if o.exclusive]
    kept = [o for o in chosen if o not in exclusive]
    order = [o.id for o in question.options if o.id not in exclusive]
    more = [tuple(o for o in order if o in kept or o == another) for another in order if another not in kept]
    fewer = [tuple(o for o in order if o in kept and o != one) for one in kept]
    if len(kept) == 1:
        fewer = [(one,) for one in exclusive]
    return [*more, *fewer]


def _numbers(question: NumberQuestion, item: PlannedItem, value: object) -> Nearby:
    """The greatest number of the band below and the least of the band above that the question allows."""
    number, unit = settle(float(str(value))), 10**question.number.decimals
    low, high = question.number.min, question.number.max
    starts = [start for start, _ in item.bands]
    here = max((n for n, start in enumerate(starts) if number >= start), default=0)
    down = up = None
    if here:
        below = settle((ceil(settle(starts[here] * unit)) - 1) / unit)
        if below >= starts[here - 1] and (low is None or below >= low):
            down = Answer(value=below)
    if here + 1 < len(starts):
        above = settle(ceil(settle(starts[here + 1] * unit)) / unit)
        if high is None or above <= high:
            up = Answer(value=above)
    return down, up
