"""Scorecards as plain tables and as JSON, for analysts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from maturity.intake.scored import Scored
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.scorecard_file import FiledScorecard, ScorecardFile
from maturity.models.text import Language
from maturity.reports.tables import guarded
from maturity.scoring.plan import group_name
from maturity.scoring.run import APART
from maturity.scoring.score import Scorer, in_display_order
from maturity.sources.files import read_bytes

NOT_SCORECARDS = Kind(
    "C005",
    "error",
    "This is not a file of scorecards: {where}: {reason}.",
    "Name a .json file that 'maturity score -o' wrote.",
)


def scores_csv(scorer: Scorer, scored: Sequence[Scored], language: Language, *, long: bool = False) -> str:
    """One row an organisation; or, `long`, one row a measure. Scores are as published; not scored is empty."""
    rows = _long(scored, language) if long else _wide(scorer, scored, language)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def scores_json(scored: Sequence[Scored]) -> str:
    """All scorecards whole: every measure with its unrounded value, coverage, inputs, versions and digests."""
    file = ScorecardFile("maturity-scorecards/1", filed_of(scored))
    return _adapter().dump_json(file, indent=1).decode() + "\n"


def filed_of(scored: Sequence[Scored]) -> tuple[FiledScorecard, ...]:
    """Scorecards with whose they are, as they are filed."""
    return tuple(
        FiledScorecard(s.organisation.code, s.organisation.name, s.assessment.status, s.scorecard)
        for s in scored
    )


def as_read(filed: Sequence[FiledScorecard]) -> tuple[FiledScorecard, ...]:
    """Scorecards as they come back from a file: what is not filed of them is gone."""
    written = _adapter().dump_json(ScorecardFile("maturity-scorecards/1", tuple(filed)))
    return _adapter().validate_json(written).scorecards


def read_scores_json(path: Path) -> ScorecardFile:
    """Scorecards as `scores_json` wrote them. Raises MaturityError with what is wrong."""
    raw = read_bytes(path)
    try:
        return _adapter().validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        details = {"where": where, "reason": first["msg"]}
        raise MaturityError(Problem(NOT_SCORECARDS, Place(str(path)), details)) from None


@cache
def _adapter() -> TypeAdapter[ScorecardFile]:
    return TypeAdapter(ScorecardFile)


ABOUT = ("code", "name", "period", "status", "made_up")


def _about(one: Scored, language: Language) -> list[object]:
    name = guarded(one.organisation.name.to(language))
    made_up = str(one.assessment.made_up).lower()
    return [one.organisation.code, name, guarded(one.assessment.period), one.assessment.status, made_up]


def _wide(scorer: Scorer, scored: Sequence[Scored], language: Language) -> list[list[object]]:
    groups = [(m.name, g.group) for m in in_display_order(scorer) for g in m.groups]
    head: list[object] = [*ABOUT]
    for measure, group in groups:
        key = f"{measure}.{group_name(group)}" if group else measure
        head += [key, f"{key}.level"]
    decided = [(o.name, g.group) for o in scorer.plan.outcomes for g in o.groups]
    head += [f"{outcome}.{group_name(group)}" if group else outcome for outcome, group in decided]
    head += ["answered", "applicable", "questionnaire", "rubric", "answers_sha256"]
    rows = [head]
    for one in scored:
        card, row = one.scorecard, _about(one, language)
        for measure, group in groups:
            score = card.score(measure, *group)
            row += [_empty(score and score.published), _empty(score and score.level)]
        labels = {(v.outcome, v.group): v.label for v in card.verdicts}
        row += [_empty(labels.get(what)) for what in decided]
        answered = sum(i.state == "answered" for i in card.items)
        applicable = sum(i.state not in APART for i in card.items)
        versions = [f"{r.id}@{r.version}" for r in (card.questionnaire, card.rubric)]
        rows.append([*row, answered, applicable, *versions, card.answers_digest])
    return rows


def _long(scored: Sequence[Scored], language: Language) -> list[list[object]]:
    columns = [
        "measure",
        "group",
        "score",
        "value",
        "level",
        "not_scored",
        "coverage",
        "answered",
        "applicable",
        "limit",
    ]
    rows: list[list[object]] = [[*ABOUT, *columns, "questionnaire", "rubric"]]
    for one in scored:
        versions = [f"{r.id}@{r.version}" for r in (one.scorecard.questionnaire, one.scorecard.rubric)]
        for s in one.scorecard.scores:
            found: list[object] = [s.published, s.value, s.level, s.reason, s.coverage]
            cells = [*map(_empty, found), s.answered, s.applicable, _empty(s.capped)]
            rows.append([*_about(one, language), s.measure, group_name(s.group), *cells, *versions])
        for v in one.scorecard.verdicts:
            # A verdict has a label where a score has a level, and no number.
            cells = ["", "", _empty(v.label), _empty(v.reason), "", "", "", ""]
            rows.append([*_about(one, language), v.outcome, group_name(v.group), *cells, *versions])
    return rows


def _empty(value: object) -> object:
    return "" if value is None else value
