"""Every number unfolded: by hand, in sum, on the terminal and as JSON; and stored scorecards rechecked."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from maturity.intake.scored import Scored
from maturity.locale.words import Words
from maturity.models.assessment import Answer
from maturity.models.schema import FORMATS, schema_of
from maturity.scoring.describe import plan_data, plan_lines
from maturity.scoring.explain import explain, items_of, reaching
from maturity.scoring.score import Scorer, sheet_of
from test_cli import EXAMPLES, assert_explained, maturity


@pytest.fixture
def carmarthenshire(scored_2026: list[Scored]) -> Scored:
    return next(s for s in scored_2026 if s.organisation.code == "W06000010")


def test_parts_add_up_to_every_score(scorer: Scorer, scored_2026: list[Scored]) -> None:
    for one in scored_2026:
        for score in one.scorecard.scores:
            found = explain(scorer.plan, one.scorecard, score.measure, score.group)
            if score.published is None:
                assert all(part.adds is None for part in found.parts)
                continue
            assert sum(p.share for p in found.parts if p.share is not None) == pytest.approx(1)
            whole = sum(p.adds for p in found.parts if p.adds is not None)
            if score.capped is None:
                assert whole == pytest.approx(score.value, abs=1e-7)
            else:
                assert whole == pytest.approx(score.uncapped, abs=0.005)


def test_the_whole_unfolds_to_items(scorer: Scorer, scored_2026: list[Scored]) -> None:
    for one in scored_2026:
        overall = one.scorecard.score("overall")
        assert overall is not None
        capped = any(s.capped for s in one.scorecard.scores)
        if overall.value is None or capped:
            continue
        parts = list(items_of(explain(scorer.plan, one.scorecard, "overall", ())))
        assert sum(share for _, share in parts) == pytest.approx(1)
        assert sum(share * (part.value or 0) for part, share in parts) == pytest.approx(
            overall.value, abs=1e-7
        )


def test_single_answers_that_reach_the_next_level_do(scorer: Scorer, scored_2026: list[Scored]) -> None:
    tried = 0
    for one in scored_2026:
        for dimension in scorer.questionnaire.dimensions:
            now = one.scorecard.score("dimension", dimension.id)
            assert now is not None
            for reach in reaching(
                scorer.plan, scorer.questionnaire, sheet_of(one.assessment), "dimension", (dimension.id,)
            ):
                answers = {**one.assessment.answers, reach.item: Answer(value=reach.answer)}
                then = scorer.score(one.assessment.model_copy(update={"answers": answers})).score(
                    "dimension", dimension.id
                )
                assert then is not None
                assert (then.published, then.level) == (reach.published, reach.level)
                assert then.published > now.published
                tried += 1
    assert tried > 50


def test_a_limit_is_the_answer_that_reaches_the_next_level(scorer: Scorer, carmarthenshire: Scored) -> None:
    leadership = carmarthenshire.scorecard.score("dimension", "leadership")
    assert leadership is not None
    assert (leadership.capped, leadership.published) == ("no-plan-without-strategy", 1.59)
    found = reaching(
        scorer.plan, scorer.questionnaire, sheet_of(carmarthenshire.assessment), "dimension", ("leadership",)
    )
    assert [(r.item, r.answer) for r in found] == [("leadership.strategy.in-place", "agreed")]


def test_explain_on_the_terminal() -> None:
    path = EXAMPLES / "wales-2026" / "carmarthenshire.yaml"
    result = maturity("explain", path, "leadership")
    assert_explained(
        result, 0, "1.59", "capped from", "leadership.strategy.in-place = drafted", "1 × 2", "agreed"
    )
    assert_explained(
        maturity("explain", path, "leadership.strategy", "--lang", "cy"), 0, "leadership.strategy.in-place"
    )
    # A Welsh reader has more of an answer than its ID, which is English.
    in_welsh = maturity("explain", path, "leadership.roles", "--lang", "cy")
    assert re.search(
        r"chief-digital-officer = (?:yes|no) .*\n.*\n\W+(?:Oes|Nac oes|Ie|Na)\n", in_welsh.stdout
    )
    assert_explained(maturity("explain", path, "ledership"), 2, "C010", "leadership")
    assert_explained(maturity("explain", EXAMPLES / "wales-2026"), 2, "one council")


def test_explain_what_is_left_out() -> None:
    result = maturity("explain", EXAMPLES / "wales-2026" / "ceredigion.yaml", "data")
    assert_explained(result, 0, "not scored", "left out: unanswered", "covered")


def test_explain_as_json() -> None:
    result = maturity("explain", EXAMPLES / "wales-2026" / "cardiff.yaml", "overall", "--format", "json")
    found = json.loads(result.stdout)
    assert found["format"] == "maturity-explanation/1"
    assert sum(p["adds"] for p in found["parts"]) == pytest.approx(found["score"]["value"])
    assert found["parts"][0]["of"]["parts"][0]["of"]["parts"][0]["source"].startswith("transactions.")


# Every operator says what its parts do.

GUIDE = EXAMPLES.parent / "docs" / "rubrics"
ASKED = GUIDE / "questionnaire-1.0.0.yaml"

OPERATORS = """
measures:
  dimension:
    name: {en: Dimension, cy: Dimensiwn}
    of: items
    by: [dimension]
    reduce: min
  points:
    name: {en: Points, cy: Pwyntiau}
    of: items
    reduce: sum
    base: 10
    bands: levels
  spread:
    name: {en: Spread, cy: Gwasgariad}
    of: items
    reduce: distribution
  climb:
    name: {en: Climb, cy: Dringo}
    of: items
    reduce: ladder
    ladder: {along: dimension, steps: [catalogue, people], passes: 2, begun: 3, part: 0.5}

headline: points

limits:
  - id: not-biting
    measure: points
    at_most: 1000
    when: {item: people.help.trained, below: 4}
    because: {en: Training is needed., cy: Mae angen hyfforddiant.}

"""


@pytest.fixture
def operators(tmp_path: Path) -> tuple[object, ...]:
    """Answers and a rubric with one measure an operator."""
    text = (GUIDE / "step-6-outcome.yaml").read_text(encoding="utf-8")
    start, end = text.index("measures:"), text.index("outcomes:")
    text = text[:start] + OPERATORS.lstrip() + text[end:]
    text = text.replace("unanswered: exclude", "unanswered: zero").replace(
        "min_coverage: 0.5", "min_coverage: 0"
    )
    text = text.replace("from: 2, id: ajar", "from: 30, id: ajar").replace(
        "from: 3, id: open", "from: 35, id: open"
    )
    (tmp_path / "rubric.yaml").write_text(text, encoding="utf-8")
    answers = (GUIDE / "answers.yaml").read_text(encoding="utf-8").replace("  people.help.trained: no", "")
    (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
    return "explain", tmp_path / "answers.yaml", "--rubric", tmp_path / "rubric.yaml", "-q", ASKED


def test_explain_every_operator(operators: tuple[object, ...]) -> None:
    assert_explained(
        maturity(*operators, "points"),
        0,
        "starts from 10",
        "unanswered, counted as 0; 0 × 1",
        "a limit of 1000.00 holds, and it is not above that: Training is needed.",
        "catalogue.finding.share: 90 or more",
        "made up",
    )
    assert_explained(maturity(*operators, "catalogue"), 0, "2, which decides", "4, and another decides")
    assert_explained(
        maturity(*operators, "spread"), 0, "counts as 2", "unanswered, counted as 0; counts as 0"
    )
    ladder = maturity(*operators, "climb")
    assert_explained(ladder, 0, "1 catalogue: passed", "2 people: begun")
    assert "of the weight" not in ladder.stdout


def test_explain_verdicts(operators: tuple[object, ...]) -> None:
    assert_explained(maturity(*operators), 0, "A digital welcome: missing")
    told = ("This rule held: at least one part is 0", "people.help.trained  unanswered, counted as 0")
    assert_explained(maturity(*operators, "welcome"), 0, "A digital welcome  missing", *told)
    assert_explained(
        maturity(*operators, "croeso digidol", "--lang", "cy"),
        0,
        "Croeso digidol  missing",
        "Y rheol hon oedd yn wir: o leiaf un rhan yw 0",
    )
    found = json.loads(maturity(*operators, "welcome", "--format", "json").stdout)
    assert (found["format"], found["verdict"]["label"]) == ("maturity-verdict/1", "missing")


@pytest.mark.parametrize(
    "name", ["Digital leadership", "arweinyddiaeth ddigidol", "leadership", "dimension.leadership"]
)
def test_a_dimension_by_its_name(name: str) -> None:
    path = EXAMPLES / "wales-2026" / "carmarthenshire.yaml"
    shown = maturity("explain", path, name)
    assert_explained(shown, 0, "made up")
    assert shown.stdout.splitlines()[1].startswith("└── Digital leadership  1.59")


def test_a_plan_is_data_and_readable(scorer: Scorer) -> None:
    lines = list(plan_lines(scorer.plan, Words("en")))
    order = [
        next(i for i, line in enumerate(lines) if line.startswith(start))
        for start in ("value", "reduce items", "reduce theme", "reduce dimension")
    ]
    assert order == sorted(order)
    assert any(
        "cap leadership at 1.59 when the value of “leadership.strategy.in-place” is below 2" in line
        for line in lines
    )
    assert json.loads(json.dumps(plan_data(scorer.plan)))["format"] == "maturity-plan/1"
    shown = maturity("show", "socitm", "--plan", "--json")
    assert json.loads(shown.stdout)["measures"][0]["name"] == "theme"


def test_scorecards_hold_until_something_changes(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    for name in ("cardiff", "conwy", "powys"):
        (answers / f"{name}.yaml").write_bytes((EXAMPLES / "wales-2026" / f"{name}.yaml").read_bytes())
    cards = tmp_path / "cards.json"
    assert_explained(maturity("score", answers, "-o", cards), 0)
    assert_explained(maturity("score", answers, "--check", cards), 0, "3 of 3 scorecards hold")

    kept = cards.read_text(encoding="utf-8")
    data = json.loads(kept)
    overall = next(s for s in data["scorecards"][0]["scorecard"]["scores"] if s["measure"] == "overall")
    overall["published"] = 3.99
    cards.write_text(json.dumps(data), encoding="utf-8")
    assert_explained(maturity("score", answers, "--check", cards), 1, "C004", "3.99", "2 of 3")

    for item in data["scorecards"][0]["scorecard"]["items"]:
        item |= {"weight": 7.5, "least": -7.5}
    cards.write_text(json.dumps(data), encoding="utf-8")
    assert_explained(
        maturity("score", answers, "--check", cards), 1, "more than 100 places", "C130", "2 of 3"
    )

    cards.write_text(kept, encoding="utf-8")
    conwy = answers / "conwy.yaml"

    text = conwy.read_text(encoding="utf-8")
    start = text.index("  transactions.online.welsh:")
    conwy.write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    (answers / "powys.yaml").unlink()
    assert_explained(
        maturity("score", answers, "--check", cards), 1, "C001", "Powys", "C002", "Conwy", "1 of 3"
    )
    cards.write_text('{"format": "maturity-scorecards/1", "scorecards": []}', encoding="utf-8")
    assert_explained(maturity("score", answers, "--check", cards), 1, "C007", "0 of 0 scorecards hold")
    cards.write_text("{}", encoding="utf-8")
    assert_explained(maturity("score", answers, "--check", cards), 2, "C005")


def test_scorecards_keep_to_their_published_schema(scorer: Scorer, scored_2026: list[Scored]) -> None:
    from maturity.reports.scores import scores_json

    text = "".join(scores_json(scored_2026))
    schema = schema_of("scorecard")
    card = json.loads(text)["scorecards"][0]["scorecard"]
    assert card.keys() == schema["$defs"]["Scorecard"]["properties"].keys()
    assert set(schema["$defs"]["Scorecard"]["required"]) <= card.keys()
    assert all(len(card[what]["digest"]) == 64 for what in ("questionnaire", "rubric"))
    assert text == "".join(scores_json([replace(s) for s in scored_2026]))
    assert "scorecard" in FORMATS
