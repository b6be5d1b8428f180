"""Seeded draws that come out the same on every machine, and what is read off them (docs/statistics.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maturity.scoring.many_reduce import Array

WEIGHTS, ANSWERS = 0, 1
"""The two kinds of draws, each of which has numbers of its own."""


def numbers(seed: int, kind: int, name: str, shape: tuple[int, int]) -> Array:
    """Numbers drawn evenly from 0 to 1 (1 left out), the same for the same seed, kind and name.

    The upper 53 bits of PCG64's output over 2^53. NumPy keeps that output the same in all versions, and not what its
    generators make of it (NEP 19). A name has numbers of its own, so that nobody's depend on who else is there.
    """
    import numpy as np

    bits = np.random.PCG64(np.random.SeedSequence([seed, kind, *name.encode()]))
    raw = bits.random_raw(shape[0] * shape[1]).reshape(shape)
    found: Array = (raw >> np.uint64(11)) * 2.0**-53
    return found


def ranks(published: Array) -> Array:
    """(organisations, trials): in each trial 1 + how many score strictly higher; NaN where not scored."""
    import numpy as np

    by_trial = np.ascontiguousarray(-published.T)
    order = np.argsort(by_trial, axis=1, kind="stable")
    ordered = np.take_along_axis(by_trial, order, axis=1)
    places = np.arange(by_trial.shape[1])
    starts = np.zeros(by_trial.shape, dtype=np.intp)
    starts[:, 1:] = np.where(ordered[:, 1:] != ordered[:, :-1], places[1:], 0)
    np.maximum.accumulate(starts, axis=1, out=starts)
    found = np.empty(by_trial.shape)
    np.put_along_axis(found, order, starts + 1.0, axis=1)
    return np.where(np.isnan(published), np.nan, found.T)


def percentiles(values: Array, percents: Sequence[int]) -> list[Array]:
    """For each row the nearest-rank percentiles of what is not NaN: the ⌈pn/100⌉-th of n in ascending order; NaN where n is 0.

    Definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American Statistician 50, 1996).
    """
    import numpy as np

    n = np.count_nonzero(~np.isnan(values), axis=1)
    wanted = [np.maximum((percent * n + 99) // 100 - 1, 0) for percent in percents]
    ordered = np.partition(values, sorted({int(i) for one in wanted for i in one}), axis=1)
    rows = np.arange(len(values))
    return [ordered[rows, one] for one in wanted]
