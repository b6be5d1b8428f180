"""What a level hangs on: the single answers and the single weights that, changed a little, give another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maturity.models.firm import OtherAnswer, OtherWeight
from maturity.models.rubric import Band
from maturity.scoring.many import Key, Many, Weight, weights_of
from maturity.scoring.run import band_of

if TYPE_CHECKING:
    from maturity.scoring.many_reduce import Array

PER_CENT = tuple(percent for percent in range(75, 126) if percent != 100)
"""What a weight is tried at, in per cent of itself."""

Hangs = dict[Key, list[tuple[tuple[OtherAnswer, ...], tuple[OtherWeight, ...]]]]
"""Measure and group → for each organisation the answers and the weights that its level hangs on."""


def fragile(many: Many, bands: Mapping[Key, Sequence[Band]]) -> Hangs:
    """What the levels of the organisations in `many` hang on, for the groups of measures that have `bands`.

    An answer counts where one option down or up, all else as it is, gives another level or none. Of the weights, tried one
    by one from 75% to 125% of themselves in steps of 1%, those count whose change is the smallest that does.
    """
    wanted = {measure for measure, _ in bands}
    now = many.published({}, {}, wanted)
    answers = many.published({}, _one_at_a_time(many), wanted)
    weights = _by_weight(many, bands, now, wanted)
    rows = range(len(many.sheets))
    return {
        key: [
            (_answers(many, row, _row(answers[key], row), _row(now[key], row), levels), weights[key][row])
            for row in rows
        ]
        for key, levels in bands.items()
    }


def _one_at_a_time(many: Many) -> dict[str, tuple[Array, Array]]:
    """Two trials a question: it alone is answered one option down, and up."""
    import numpy as np

    which = np.arange(2 * len(many.asked))[None, :]
    return {question: (which == 2 * n, which == 2 * n + 1) for n, question in enumerate(many.asked)}


def _row(values: Array, row: int) -> Array:
    found: Array = values[row if len(values) > 1 else 0]
    return found


def _answers(many: Many, row: int, then: Array, now: Array, bands: Sequence[Band]) -> tuple[OtherAnswer, ...]:
    import numpy as np

    if not _levels(now, bands)[0]:
        return ()
    changed = np.broadcast_to(_levels(then, bands) != _levels(now, bands), (2 * len(many.asked),))
    questions = list(many.asked)
    found = []
    for trial in np.flatnonzero(changed):
        question = questions[trial // 2]
        given = many.asked[question].of_row(row)
        answer, other = given[0].value, given[1 + trial % 2].value
        assert answer is not None and other is not None
        found.append(OtherAnswer(question, answer, other, *_named(then[trial], bands)))
    return tuple(found)


def _by_weight(
    many: Many, bands: Mapping[Key, Sequence[Band]], now: Mapping[Key, Array], wanted: set[str]
) -> dict[Key, list[tuple[OtherWeight, ...]]]:
    """For each group and organisation the weights with the smallest change that gives another level."""
    import numpy as np

    factors = np.array(PER_CENT)[None, :] / 100
    nearest = sorted(range(len(PER_CENT)), key=lambda n: abs(PER_CENT[n] - 100))
    size = np.abs(np.array(PER_CENT) - 100)
    rows = len(many.sheets)
    least = {key: np.full(rows, size.max() + 1) for key in bands}
    found: dict[Key, list[list[OtherWeight]]] = {key: [[] for _ in range(rows)] for key in bands}
    levels = {key: _levels(np.broadcast_to(now[key], (rows, 1)), each) for key, each in bands.items()}
    for weight in weights_of(many.plan):
        then = many.published({weight: factors}, {}, wanted)
        for key, each in bands.items():
            if then[key].shape[1] == 1:
                continue
            changed = (_levels(then[key], each) != levels[key]) & (levels[key] > 0)
            smallest = np.where(changed, size, size.max() + 1).min(axis=1)
            for row in np.flatnonzero((smallest <= least[key]) & changed.any(axis=1)):
                if smallest[row] < least[key][row]:
                    least[key][row], found[key][row] = smallest[row], []
                trials = [n for n in nearest if changed[row, n] and size[n] == smallest[row]]
                found[key][row] += [_other(weight, n, then[key][row, n], each) for n in trials]
    return {key: [tuple(one) for one in each] for key, each in found.items()}


def _other(weight: Weight, trial: int, published: Any, bands: Sequence[Band]) -> OtherWeight:
    return OtherWeight(*weight, PER_CENT[trial] / 100, *_named(published, bands))


def _levels(published: Array, bands: Sequence[Band]) -> Array:
    """Each number's level, from 1 at the lowest; 0 where there is none."""
    import numpy as np

    found: Array = np.searchsorted([band.from_ for band in bands], published, side="right")
    return np.where(np.isnan(published), 0, found)


def _named(published: Any, bands: Sequence[Band]) -> tuple[float | None, str | None]:
    """A published number and its level's id; two times None where it is not scored."""
    number = float(published)
    if number != number:
        return None, None
    band = band_of(bands, number)
    return number, band.id if band else None
