"""From one period to the next: what differs between them, and every organisation's answers by both rubrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity.benchmark.compare import Scored
from maturity.benchmark.shared import Crossed, Crossing, Together
from maturity.benchmark.split import Four, split
from maturity.models.migration import Migration
from maturity.models.problem import MaturityError
from maturity.models.scorecard import Group
from maturity.models.series import Break, Differs, NotCarried, Split
from maturity.scoring.numbers import half_up
from maturity.scoring.score import Scorer
from maturity.scoring.steps import steps
from maturity.versions.route import NO_WAY


@dataclass(frozen=True)
class ScoredPeriod:
    """One period's answers, scored by this scorer: organisation's code → its answers and scorecard."""

    period: str
    scorer: Scorer
    scored: Mapping[str, Scored]


@dataclass(frozen=True)
class Passage:
    """Two neighbouring periods: who joined and who left, the break between them, and, where it can be split, the answers
    of those in both by both rubrics. `steps` and `places` are the later rubric's, of places the finer of the two."""

    before: str
    after: str
    entered: tuple[str, ...]
    left: tuple[str, ...]
    series_break: Break | None
    crossed: Mapping[str, Crossed]
    steps: Mapping[tuple[str, Group], float]
    places: int

    @classmethod
    def between(
        cls,
        before: ScoredPeriod,
        after: ScoredPeriod,
        codes: Sequence[str],
        migrations: Sequence[Migration],
    ) -> Passage:
        """Scores over the break, where there is one. `codes` say the order of organisations."""
        in_both = [code for code in codes if code in before.scored and code in after.scored]
        differs = _differs(before.scorer, after.scorer)
        broken, crossed = None, {}
        if differs:
            crossing = _crossing(before.scorer, after.scorer, migrations)
            if crossing is not None and crossing.shared:
                answers = {code: (before.scored[code][0], after.scored[code][0]) for code in in_both}
                crossed = {code: crossing.score(*pair) for code, pair in answers.items()}
            broken = _break(differs, crossing, crossed)
        return cls(
            before.period,
            after.period,
            entered=tuple(code for code in codes if code in after.scored and code not in before.scored),
            left=tuple(code for code in codes if code in before.scored and code not in after.scored),
            series_break=broken,
            crossed=crossed,
            steps=steps(after.scorer.plan),
            places=max(before.scorer.plan.places, after.scorer.plan.places),
        )

    def splits(
        self, key: tuple[str, Group], earlier: Mapping[str, float], later: Mapping[str, float]
    ) -> list[Split]:
        """Each organisation's split of one group, where both rubrics score it in both periods. `earlier` and `later` are
        the published scores over all items."""
        found = []
        for code, crossed in self.crossed.items():
            four = [scores.get(key) for of_period in crossed.scores for scores in of_period]
            before, before_anew, after_as_before, after = four
            if before is None or before_anew is None or after_as_before is None or after is None:
                continue
            printed = None
            if code in earlier and code in later:
                printed = half_up(later[code] - earlier[code], self.places)
            one = Four(code, before, before_anew, after_as_before, after)
            found.append(split(one, printed, self.steps.get(key), self.places))
        return found


def _differs(before: Scorer, after: Scorer) -> tuple[Differs, ...]:
    """Versions that are not the same; of the same version, files that do not say the same."""
    (asked, valued), (asked_anew, valued_anew) = before.references, after.references
    found = []
    if asked != asked_anew:
        found.append(Differs("questionnaire", asked, asked_anew))
    if valued != valued_anew:
        found.append(Differs("rubric", valued, valued_anew))
    return tuple(found)


def _crossing(before: Scorer, after: Scorer, migrations: Sequence[Migration]) -> Crossing | None:
    """None where no migration leads from one to the other; whatever else is wrong is raised."""
    try:
        return Crossing.between(before, after, migrations)
    except MaturityError as error:
        if any(problem.kind is not NO_WAY for problem in error.problems):
            raise
        return None


def _break(differs: tuple[Differs, ...], crossing: Crossing | None, crossed: Mapping[str, Crossed]) -> Break:
    if crossing is None:
        return Break(differs, 0, (), (), (), "no_migration")
    lost: Counter[Together] = Counter(t for one in crossed.values() for t in one.left_out)
    return Break(
        differs,
        len(crossing.shared),
        crossing.only_before,
        crossing.only_after,
        tuple(NotCarried(t.before, t.after, lost[t]) for t in crossing.shared if t in lost),
        None if crossing.shared else "nothing_shared",
    )
