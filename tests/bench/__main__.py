"""Speed, as ratios against what a user would otherwise run; both sides in turn, in one run, on one machine.

Run it with ``make bench``, or ``make bench ONLY=scoring`` for one module. It fails where a ratio is over its bound.
Every module here that has ``rows()`` is a comparison: it gives what was compared, the ratio, and its bound.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
NO_COMPARISON = ("__main__", "filled", "timing")


def names() -> list[str]:
    """The modules that compare."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_COMPARISON)


def main(only: list[str]) -> int:
    """Prints every ratio with its bound; returns 1 where one is over, 2 where there is no such module."""
    unknown = set(only) - set(names())
    if unknown:
        print(
            f"There is no {', '.join(sorted(unknown))} here: choose of {', '.join(names())}.", file=sys.stderr
        )
        return 2
    over = False
    print(f"{'ratio':>6}  {'bound':>6}")
    for name in only or names():
        for what, ratio, bound in importlib.import_module(name).rows():
            over |= ratio > bound
            print(f"{ratio:6.2f}  {bound:6.2f}  {what}{'' if ratio <= bound else '   TOO SLOW'}", flush=True)
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
