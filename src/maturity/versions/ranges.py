"""Ranges of versions as what they are: from a least version up to a first that is beyond."""

from __future__ import annotations

from maturity.models.base import version_key


def bounds(versions: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The least version of a range, and the first that is beyond it: ``>=1.0.0,<2.0.0`` gives (1, 0, 0), (2, 0, 0).

    Versions are whole numbers, so that the least above another is the next patch.
    """
    low, high = (0, 0, 0), (10**7, 0, 0)
    for part in versions.split(","):
        sign = part.rstrip("0123456789.")
        bound = version_key(part.removeprefix(sign))
        beyond = (bound[0], bound[1], bound[2] + 1)
        if sign in (">", ">=", "=="):
            low = max(low, beyond if sign == ">" else bound)
        if sign in ("<", "<=", "=="):
            high = min(high, bound if sign == "<" else beyond)
    return low, high
