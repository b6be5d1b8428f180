"""A benchmark with every part that it can have, of made-up answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import report_data as data
from maturity.benchmark.analysis import analysis
from maturity.benchmark.appetite import shared_steps, wanted
from maturity.benchmark.compare import Scored
from maturity.benchmark.disclosure import disclose
from maturity.benchmark.evidenced import evidenced
from maturity.benchmark.findings import question_findings
from maturity.benchmark.firm import firmness
from maturity.benchmark.learning import learn_from, mutual_pairs
from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.peers import peer_groups
from maturity.benchmark.series import compare_periods
from maturity.models.benchmark import Benchmark
from maturity.scoring.score import Scorer

OWN = "X00000000"
APPETITE = {"b.y.several": (), "a.w.yes": ("no",)}


def whole(
    *, n: int = 22, broken: bool = False, council: str | None = OWN
) -> tuple[Scorer, Benchmark, Mapping[str, Scored]]:
    """`n` councils with three periods, the last of which, if `broken`, is scored by another rubric."""
    before = data.scorer_of(data.questionnaire(), data.rubric())
    items = data._items()
    items["a.w.yes"]["scale"] = {"yes": 4, "no": 2}
    items["b.y.several"]["per_choice"]["c0"] = 3
    after = data.scorer_of(data.questionnaire(), data.rubric(version="1.1.0", items=items))
    scorer = after if broken else before
    places = data.register(n)
    asked = ["region", "nearest:9:population", "P=X00000001"] if council else ["region", "P=X00000001"]
    periods = {
        period: ScoredPeriod(period, by, data.everyone(by, places, seed=seed, period=period, leave_out=left))
        for seed, (period, by, left) in enumerate(
            (("2015", before, 0), ("2017", before, 2), ("2026", scorer, 1))
        )
    }
    now = periods["2026"].scored
    found = compare_periods(places, periods, "2026", "2017")
    found = replace(
        found,
        peers=peer_groups(scorer, places, found, council, asked),
        firm=firmness(scorer, found, now, draws=50),
        analysis=analysis(scorer, found),
        questions=question_findings(scorer, now, None if broken else periods["2017"].scored),
        evidenced=evidenced(scorer, found, now, "level-1"),
        learning=learn_from(scorer, found, now, council) if council else None,
        pairs=mutual_pairs(scorer, found),
        wanted=wanted(scorer, places, now, questions=APPETITE),
        shared_steps=shared_steps(scorer, places, found),
    )
    return scorer, disclose(found, "named", council), now
