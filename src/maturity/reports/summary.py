"""Draws a council's two-page summary for a committee: what its page says, on two sheets of paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.text import Language
from maturity.reports.council_view import CouncilView
from maturity.reports.html import render
from maturity.reports.speech import Speech
from maturity.reports.summary_view import SummaryView
from maturity.scoring.score import Scorer

if TYPE_CHECKING:
    from maturity.reports.theme import Theme


def council_summary(
    scorer: Scorer,
    benchmark: Benchmark,
    code: str,
    language: Language,
    *,
    assessment: Assessment,
    made_on: dt.date,
    theme: Theme | None = None,
) -> str:
    """One organisation's summary beside unnamed peers: two sheets of A4 where questionnaire and rubric are as long as
    the bundled ones; longer words take more sheets and are never cut.

    Raises KeyError for an organisation that did not submit.
    """
    say = Speech(scorer, language, benchmark)
    view = CouncilView(say, benchmark, code)
    return render(
        "summary.html.j2",
        language,
        theme=theme,
        say=say,
        view=view,
        summary=SummaryView(say, view, assessment),
        benchmark=benchmark,
        scorer=scorer,
        made_on=made_on,
        draft=assessment.status == "draft",
    )
