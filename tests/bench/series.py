"""The series of three periods with a break between two of them: a hundred times the councils against a hundred times the work."""

from __future__ import annotations

from dataclasses import replace

from timing import ROOT, ratio

from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.series import series_of
from maturity.intake.collect import collect
from maturity.intake.periods import score_periods
from maturity.models.register import Register
from maturity.sources.registers import wales

TIMES = 100


def rows() -> list[tuple[str, float, float]]:
    """The cost of a council among 2,200 over that among 22; 1 is what grows linearly."""
    answers = {
        name: collect([ROOT / "examples" / f"wales-{name}"], wales()).assessments for name in ("2017", "2026")
    }
    scored = score_periods(answers, "2026", rubrics={"2017": "socitm@1.0.0"})
    three = [*scored.values(), replace(scored["2026"], period="2027")]
    organisations = wales().organisations
    copies = tuple(replace(o, code=f"{o.code}-{n}") for n in range(TIMES) for o in organisations)
    many = [
        ScoredPeriod(
            one.period,
            one.scorer,
            {f"{code}-{n}": found for n in range(TIMES) for code, found in one.scored.items()},
        )
        for one in three
    ]
    places = Register("many", copies)

    def hundred_times_22() -> None:
        for _ in range(TIMES):
            series_of(wales(), three)

    what = "the series of 2,200 councils over 3 periods, against that of 22, a hundred times"
    return [(what, ratio(lambda: series_of(places, many), hundred_times_22, rounds=3), 1.2)]
