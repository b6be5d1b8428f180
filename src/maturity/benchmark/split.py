"""The split of a change over a series break into the council's part and the rubric's part (definition 9).

Two things changed: the answers (x → y) and the rubric (A → B). Scored are both periods' answers by both rubrics, on the
items that they share; S(x, A) is printed, so rounded. A change of two factors has two orders: first the council, then
the rubric, or the other way round. Each part is the mean of what it is in both orders::

    total   = S(y, B) - S(x, A)
    council = ½ [S(y, A) - S(x, A)] + ½ [S(y, B) - S(x, B)]
    rubric  = ½ [S(x, B) - S(x, A)] + ½ [S(y, B) - S(y, A)]

This is the symmetric form of the decompositions of Kitagawa ("Components of a Difference Between Two Rates", Journal of
the American Statistical Association 50, 1955) and of Oaxaca and Blinder (both 1973), and for two factors the Shapley
value (Shorrocks, "Decomposition procedures for distributional analysis", Journal of Economic Inequality 11, 2013): it
favours neither order and leaves nothing over.

Half of a difference can lie between two printed numbers. The council's part is then rounded half up like every other
number, and the rubric's part is what the total leaves, so that the parts add up as printed; the rubric's part is at most half a
unit of the last place off its own formula. Where both rubrics give the same scores it is exactly 0; where both periods' answers
do, the council's part is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.series import Split, SplitChange
from maturity.scoring.numbers import half_up, settle


@dataclass(frozen=True, slots=True)
class Four:
    """One organisation's four published scores in one group; see `Split`."""

    organisation: str
    before: float
    before_anew: float
    after_as_before: float
    after: float


def parts(four: Four, places: int) -> tuple[float, float, float]:
    """Total, council's part and rubric's part, rounded to `places` such that the two parts add up to the total.

    The four scores must be rounded to `places` already.
    """
    total = half_up(four.after - four.before, places)
    both_orders = (four.after_as_before - four.before) + (four.after - four.before_anew)
    council = half_up(both_orders / 2, places)
    return total, council, half_up(total - council, places)


def split(four: Four, printed: float | None, step: float | None, places: int) -> Split:
    """One organisation's change in its parts; `printed` is its change over all items, where there is one."""
    total, council, rubric = parts(four, places)
    least = 0.0 if step is None else half_up(step, places)
    return Split(
        four.organisation,
        four.before,
        four.before_anew,
        four.after_as_before,
        four.after,
        total,
        council,
        rubric,
        not_shared=None if printed is None else half_up(printed - total, places),
        clear=council != 0 and abs(council) >= least,
    )


def split_change(splits: Sequence[Split], step: float | None) -> SplitChange:
    """All organisations' splits of one group, counted; medians from 5 on."""

    def middle(values: Sequence[float]) -> float | None:
        return settle(median(values)) if len(values) >= LEAST_FOR_MEDIAN else None

    return SplitChange(
        n=len(splits),
        median_total=middle([s.total for s in splits]),
        median_council=middle([s.council for s in splits]),
        median_rubric=middle([s.rubric for s in splits]),
        step=step,
        up=sum(s.clear and s.council > 0 for s in splits),
        down=sum(s.clear and s.council < 0 for s in splits),
        no_clear_change=sum(not s.clear for s in splits),
        splits=tuple(splits),
    )
