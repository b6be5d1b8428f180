"""The reduce operators over many organisations and trials at once; what each does stands in reduce.py.

A column is one input of a group: a row an organisation, a column a trial, each axis of length 1 where all are the same.
Sums run over the inputs one after the other in the questionnaire's order, and every step is one operation on single
numbers: so the same numbers come out on every machine, however wide its registers are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maturity.scoring.numbers import DECIMALS, half_up, settle
from maturity.scoring.plan import PlannedMeasure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Mask = Array | bool

SETTLED_BELOW, ROUNDED_BELOW = 1e3, 1e6
"""Sizes below which a number in billionths is good enough a 64-bit number to settle (to a thousandth) or to round."""
MIDDLE = 0.499


@dataclass(slots=True)
class Column:
    """One input: its value (0 where it has none), where it has one, applies, and is covered by an answer, and its weight.

    A mask is True where it holds everywhere. What is covered has a value, and what has a value applies.
    """

    value: Array
    present: Mask
    applies: Mask
    covered: Mask
    weight: Array | float = 1.0
    fails: Mask = False


Columns = Sequence[Column]


def negated(mask: Mask) -> Mask:
    return (not mask) if isinstance(mask, bool) else ~mask


def simplified(mask: Mask) -> Mask:
    """True or False where the mask is the same everywhere."""
    if isinstance(mask, bool):
        return mask
    return True if mask.all() else (mask if mask.any() else False)


def settled(values: Array) -> Array:
    """`settle` of each. What lies so near the middle between two billionths that a product could decide is done alone."""
    import numpy as np

    billionths = values * 10.0**DECIMALS
    found = np.rint(billionths)
    billionths -= found
    found /= 10.0**DECIMALS
    found += 0.0
    return _singly(settle, values, np.abs(billionths) > MIDDLE, found, SETTLED_BELOW)


def rounded(values: Array, places: int) -> Array:
    """`half_up` of each."""
    import numpy as np

    quantum = 10.0 ** (DECIMALS - places)
    found = np.abs(values)
    found *= 10.0**DECIMALS
    np.rint(found, out=found)
    found += quantum // 2
    found /= quantum
    np.floor(found, out=found)
    found /= 10.0**places
    found = np.copysign(found, values) + 0.0
    return _singly(lambda x: half_up(x, places), values, False, found, ROUNDED_BELOW)


def _singly(
    exactly: Callable[[float], float], values: Array, doubtful: Mask, found: Array, below: float
) -> Array:
    """`found`, with what is doubtful or not `below` a size done one by one."""
    if values.size and (values.max() >= below or values.min() <= -below):
        doubtful = doubtful | (abs(values) >= below)
    if not isinstance(doubtful, bool) and doubtful.any():
        found[doubtful] = [exactly(float(x)) for x in values[doubtful]]
    return found


def coverage(columns: Columns) -> Array | float:
    """Answered weight over applicable weight; 1 where everything is answered or nothing applies."""
    import numpy as np

    if all(c.covered is True for c in columns):
        return 1.0
    covered, applying = _sum(columns, "covered"), _sum(columns, "applies")
    some = applying > 0
    return settled(np.where(some, covered / np.where(some, applying, 1.0), 1.0))


def _sum(columns: Columns, mask: str) -> Array:
    """The weight of the inputs for which a mask holds."""
    import numpy as np

    total: Any = 0.0
    for c in columns:
        held = getattr(c, mask)
        total = total + (c.weight if held is True else c.weight * np.asarray(held))
    return np.asarray(total, dtype=float)


def _products(columns: Columns) -> Array:
    """Σ wᵢvᵢ: a value that is not there is 0."""
    import numpy as np

    total: Any = 0.0
    for c in columns:
        total = total + c.value * c.weight
    return np.asarray(total, dtype=float)


def _over(top: Array, bottom: Array) -> Array:
    """The quotient, 0 where there is nothing to divide by, which then counts nowhere."""
    import numpy as np

    return top / (bottom if (bottom > 0).all() else np.where(bottom > 0, bottom, 1.0))


def mean(_: PlannedMeasure, columns: Columns) -> Array:
    return _over(_products(columns), _sum(columns, "present"))


def total(measure: PlannedMeasure, columns: Columns) -> Array:
    return _products(columns) + measure.base


def least(_: PlannedMeasure, columns: Columns) -> Array:
    return -_greatest([(-c.value, c.present) for c in columns])


def greatest(_: PlannedMeasure, columns: Columns) -> Array:
    return _greatest([(c.value, c.present) for c in columns])


def spread(measure: PlannedMeasure, columns: Columns) -> Array:
    return greatest(measure, columns) - least(measure, columns)


def _greatest(found: Sequence[tuple[Array, Mask]]) -> Array:
    import numpy as np

    most: Array = np.array([[-np.inf]])
    for value, present in found:
        most = np.maximum(most, value if present is True else np.where(present, value, -np.inf))
    return np.where(np.isinf(most), 0.0, most)


def geometric_mean(_: PlannedMeasure, columns: Columns) -> Array:
    """NaN where a value is negative: undefined."""
    import numpy as np

    logs: Any = 0.0
    zero: Any = False
    negative: Any = False
    for c in columns:
        positive = c.value > 0
        zero = zero | (c.present & (c.value == 0))
        negative = negative | (c.value < 0)
        logs = logs + np.where(positive, np.log(np.where(positive, c.value, 1.0)), 0.0) * c.weight
    found = np.exp(_over(np.asarray(logs), _sum(columns, "present")))
    return np.where(negative, np.nan, np.where(zero, 0.0, found))


def share(measure: PlannedMeasure, columns: Columns) -> Array:
    import numpy as np

    bar = settle(measure.at_least or 0.0)
    reaching: Any = 0.0
    for c in columns:
        reaching = reaching + c.weight * (c.present & (c.value >= bar))
    return _over(np.asarray(reaching, dtype=float), _sum(columns, "present"))


OPERATORS: dict[str, Callable[[PlannedMeasure, Columns], Array]] = {
    "mean": mean,
    "sum": total,
    "min": least,
    "max": greatest,
    "range": spread,
    "geometric_mean": geometric_mean,
    "share": share,
}


def climbed(measure: PlannedMeasure, steps: Sequence[int], columns: Columns) -> Array:
    """How many steps of a ladder are passed from the bottom, with the part of the next that has begun."""
    import numpy as np

    ladder = measure.ladder
    assert ladder is not None
    passes, begun = settle(ladder.passes), None if ladder.begun is None else settle(ladder.begun)
    going: Any = np.array([[True]])
    passed: Array = np.array([[0.0]])
    empty = part = passed
    for step in range(len(ladder.steps)):
        there: Any = np.array([[False]])
        failed: Any = False
        started: Any = False
        for c in (c for s, c in zip(steps, columns, strict=True) if s == step):
            there = there | c.applies
            failed = failed | (c.applies & negated(c.present & (c.value >= passes)))
            if begun is not None:
                started = started | (c.present & (c.value >= begun))
        through = going & there & negated(failed)
        passed = np.where(through, passed + empty + 1, passed)
        empty = np.where(through, 0, np.where(going & ~there, empty + 1, empty))
        part = np.where(going & there & failed & started, ladder.part, part)
        going = going & ~(there & failed)
    return passed + part
