"""The ten forms that the rubric language must express, each worked out by hand; and what must hold for any rubric.

Every expectation of a form is arithmetic on the values in its files (tests/forms), written out beside it.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from math import fsum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maturity.checks.validate import validate
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference, Score, Scorecard
from maturity.scoring.compile import compile_plan
from maturity.scoring.explain import Explanation, explain
from maturity.scoring.items import Sheet
from maturity.scoring.numbers import half_up
from maturity.scoring.plan import Plan
from maturity.scoring.run import Result, run_plan
from maturity.scoring.score import sheet_of
from maturity.sources.load import expect, load
from maturity.sources.registers import wales

FORMS = Path(__file__).parent / "forms"
FILES = sorted(FORMS.glob("*/*.yaml"))
TINY = 2e-9
"""Values are kept to 9 decimals, and what is computed from them can be off in the last."""


class Scored:
    """A result that can be asked for what a test expects."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.scores = {(s.measure, *s.group): s for s in result.scores}
        self.verdicts = {(v.outcome, *v.group): v.label for v in result.verdicts}

    def __getitem__(self, key: tuple[str, ...] | str) -> Score:
        return self.scores[(key,) if isinstance(key, str) else key]

    def value(self, *key: str) -> object:
        return None if self.scores[key].value is None else pytest.approx(self.scores[key].value, abs=TINY)

    def published(self, measure: str) -> dict[str, float | None]:
        return {".".join(s.group): s.published for s in self.result.scores if s.measure == measure}

    def reason(self, *key: str) -> object:
        """Why there is no number; and then there is none, nor a level."""
        score = self.scores[key]
        assert (score.value, score.published, score.level) == (None, None, None)
        return score.reason


@cache
def plan_of(form: str) -> Plan:
    rubric = expect(load(FORMS / form / "rubric.yaml"), Rubric)
    return compile_plan(rubric, expect(load(FORMS / form / "questionnaire.yaml"), Questionnaire))


def sheet(form: str, name: str) -> Sheet:
    return sheet_of(expect(load(FORMS / form / f"answers-{name}.yaml"), Assessment))


def score(form: str, *names: str) -> Scored:
    return Scored(run_plan(plan_of(form), [sheet(form, name) for name in names]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_is_sound_and_in_both_languages(path: Path) -> None:
    assert not load(path).problems
    problems = [p for p in validate([path.parent], wales()).problems if p.place.file == str(path)]
    assert [str(p.kind.code) for p in problems if p.kind.severity == "error"] == []


# 1. Items to themes to dimensions to the whole, all weighted; levels; a limit.


def test_form_1_weighted_index() -> None:
    swansea = score("01-weighted-index", "swansea")
    # Online: range "most" is 3, weight 2; 47.5% reaches the band from 40: 2. (3 × 2 + 2 × 1) ÷ 3 = 8/3
    assert swansea.value("theme", "services", "online") == 8 / 3
    # Welsh: same day yes 4, help "most" 2. (4 + 2) ÷ 2
    assert swansea["theme", "services", "welsh"].value == 3
    # Skills: plan yes 4; 35% reaches the band from 25: 1. (4 + 1) ÷ 2
    assert swansea["theme", "people", "skills"].value == 2.5
    # Leadership: draft 1, weight 2; budget 1 + lead 2 + reports 2 = 5, at most 4. (1 × 2 + 4 × 1) ÷ 3
    assert swansea["theme", "people", "leadership"].value == 2
    # Services: online weighs 2. (2 × 8/3 + 3) ÷ 3 = 25/9 = 2.777..., printed 2.78, from 2 on established.
    services = swansea["dimension", "services"]
    assert swansea.value("dimension", "services") == 25 / 9
    assert (services.published, services.level, services.capped) == (2.78, "established", None)
    # People: (2.5 + 2) ÷ 2 = 2.25, but a draft (1) is below 3: at most 1.99.
    people = swansea["dimension", "people"]
    assert (people.uncapped, people.value, people.published) == (2.25, 1.99, 1.99)
    assert (people.level, people.capped) == ("developing", "no-agreed-strategy")
    # Overall: (1.5 × 25/9 + 1.99) ÷ 2.5 = (4.1666... + 1.99) ÷ 2.5 = 2.46266...
    assert swansea.value("overall") == (25 / 6 + 1.99) / 2.5
    assert (swansea["overall"].published, swansea["overall"].level) == (2.46, "established")


def test_form_1_with_gaps() -> None:
    powys = score("01-weighted-index", "powys")
    # Online: "all" 4, weight 2; "don't know" is left out. 2 of 3 by weight is answered, enough for 60%.
    online = powys["theme", "services", "online"]
    assert (online.value, online.coverage, online.answered, online.applicable) == (
        4,
        pytest.approx(2 / 3),
        1,
        2,
    )
    # Welsh: 1 of 2 is answered: too little.
    assert powys.reason("theme", "services", "welsh") == "low_coverage"
    # Services: of 2 + 1, the theme that weighs 2 is scored: 4.
    assert powys["dimension", "services"].value == 4
    assert powys.reason("theme", "people", "skills") == "nothing_answered"
    # Leadership: reviewed 4, weight 2; none of these 0. 8/3. Of the two themes one is scored: too little for people.
    assert powys.value("theme", "people", "leadership") == 8 / 3
    assert powys.reason("dimension", "people") == "low_coverage"
    assert powys.reason("overall") == "low_coverage"
    # Items: 2 of 4 (a "don't know" is no answer) and 2 of 4.
    assert (powys["overall"].answered, powys["overall"].applicable) == (4, 8)


# 2. A level is the mean over its streams, a practice the sum of its levels, a function the mean of its practices.


def test_form_2_levels_and_streams() -> None:
    caerphilly = score("02-levels-and-streams", "caerphilly")
    # Strategy: (1 + 0.5) ÷ 2, (0.5 + 0.25) ÷ 2, (0 + 0) ÷ 2
    levels = [caerphilly["level", "governance", "strategy", n].value for n in "123"]
    assert levels == [0.75, 0.375, 0]
    # Training: (1 + 1) ÷ 2, (1 + 0.5) ÷ 2, (0.25 + 0 for the unanswered) ÷ 2
    levels = [caerphilly["level", "governance", "training", n].value for n in "123"]
    assert levels == [1, 0.75, 0.125]
    assert caerphilly["level", "governance", "training", "3"].coverage == 0.5
    # 0.75 + 0.375 + 0 = 1.125; 1 + 0.75 + 0.125 = 1.875; 0.5 + 0.125 + 0 = 0.625; halves are printed up.
    assert caerphilly["practice", "governance", "strategy"].value == 1.125
    assert caerphilly["practice", "governance", "training"].value == 1.875
    assert caerphilly["practice", "building", "release"].value == 0.625
    assert list(caerphilly.published("practice").values()) == [1.13, 1.88, 0.63]
    assert [s.level for s in caerphilly.result.scores if s.measure == "practice"] == [
        "first",
        "first",
        "ad-hoc",
    ]
    # Governance: (1.125 + 1.875) ÷ 2; building has one practice.
    assert caerphilly["function", "governance"].value == 1.5
    assert caerphilly["function", "building"].value == 0.625
    # Streams of training: 1 + 1 + 0.25 and 1 + 0.5 + 0, whose mean is the practice: (2.25 + 1.5) ÷ 2 = 1.875
    assert caerphilly["stream", "governance", "training", "a"].value == 2.25
    assert caerphilly["stream", "governance", "training", "b"].value == 1.5
    # There is no overall.
    assert all(s.group for s in caerphilly.result.scores)


# 3. Full levels from the bottom, and a half.


def test_form_3_full_levels_and_a_half() -> None:
    gwynedd = score("03-full-levels-and-a-half", "gwynedd")
    # Website: level 1 is full; of level 2 one is full and one partly: started. That level 3 is full does not count.
    assert gwynedd["area", "website"].value == 1.5
    # Documents: level 1 is full; of level 2 one is full and one does not apply: full. Level 3 is not started.
    assert gwynedd["area", "documents"].value == 2
    assert gwynedd["weakest"].value == 1.5
    assert gwynedd["mean"].value == 1.75
    flintshire = score("03-full-levels-and-a-half", "flintshire")
    # Website: three full levels and the fourth started. Documents: the first is not even started; that is a true 0.
    assert flintshire["area", "website"].value == 3.5
    assert (flintshire["area", "documents"].value, flintshire["area", "documents"].reason) == (0, None)
    assert (flintshire["weakest"].value, flintshire["mean"].value) == (0, 1.75)
    monmouthshire = score("03-full-levels-and-a-half", "monmouthshire")
    # Of level 2 one is full and one unanswered: not full, but started.
    assert monmouthshire["area", "website"].value == 1.5
    assert monmouthshire.reason("area", "documents") == "nothing_answered"
    # The weakest area is only known where all areas are.
    assert monmouthshire.reason("weakest") == "low_coverage"
    assert (monmouthshire["mean"].value, monmouthshire["mean"].coverage) == (1.5, 0.5)


# 4. A matrix: a mean a cell, distributions a row and a column, no total.


def test_form_4_matrix() -> None:
    conwy = score("04-matrix", "conwy")
    # Cells: 3; (2 + 4) ÷ 2; (2 + 3) ÷ 2; 5; a row that does not apply; a row without answer.
    assert conwy.published("cell") == {
        "knowing.culture": 3,
        "knowing.tools": 3,
        "deciding.culture": 2.5,
        "deciding.skills": 5,
        "protecting.tools": None,
        "protecting.skills": None,
    }
    assert conwy["cell", "deciding", "culture"].level == "learning"
    assert conwy.reason("cell", "protecting", "tools") == "nothing_applies"
    assert conwy.reason("cell", "protecting", "skills") == "nothing_answered"
    # A cell without rows is not there at all: no rows, no group.
    assert ("cell", "knowing", "skills") not in conwy.scores
    # Knowing: learning 3, emerging 2, developing 4. Deciding: 2, 3, 5.
    assert conwy["topic", "knowing"].counts == ((2, 1), (3, 1), (4, 1))
    assert conwy["topic", "deciding"].counts == ((2, 1), (3, 1), (5, 1))
    assert conwy["topic", "knowing"].value is None
    assert conwy.reason("topic", "protecting") == "nothing_answered"
    # By theme, over the topics. Culture: 3; 2 and 3. Tools: 2 and 4; the row that does not apply is not counted.
    assert conwy["theme", "culture"].counts == ((2, 1), (3, 2))
    assert conwy["theme", "tools"].counts == ((2, 1), (4, 1))
    skills = conwy["theme", "skills"]
    assert (skills.counts, skills.answered, skills.applicable) == (((5, 1),), 1, 2)
    # The strongest topic: culture max(3, 2.5), tools 3, skills 5.
    assert conwy.published("strongest") == {"culture": 3, "tools": 3, "skills": 5}
    assert [conwy["strongest", theme].coverage for theme in ("culture", "tools", "skills")] == [1, 1, 0.5]
    assert all(s.group for s in conwy.result.scores)


# 5. A service standard: a verdict by rule, and counts.


def test_form_5_service_standard() -> None:
    denbighshire = score("05-service-standard", "denbighshire")
    # 14 points: one does not apply, 2 are partly met, 11 met. 11/13 = 0.846..., printed 0.85, at least 0.75.
    assert denbighshire["counts"].counts == ((0.5, 2), (1, 11))
    assert (denbighshire["counts"].answered, denbighshire["counts"].applicable) == (13, 13)
    assert denbighshire["section", "team"].counts == ((0.5, 1), (1, 4))
    assert denbighshire["met"].published == 0.85
    assert denbighshire.verdicts["standard",] == "partly-met"
    # 12 met, 2 that do not apply: every point that applies is met.
    pembrokeshire = score("05-service-standard", "pembrokeshire")
    assert pembrokeshire["counts"].counts == ((1, 12),)
    assert pembrokeshire.verdicts["standard",] == "met"
    # One key point is not met, and that decides, though another is unanswered.
    torfaen = score("05-service-standard", "torfaen")
    assert torfaen["counts"].counts == ((0, 1), (1, 12))
    assert torfaen.verdicts["standard",] == "not-met"
    # 13 met and one unanswered: no verdict yet.
    wrexham = score("05-service-standard", "wrexham")
    assert (wrexham["met"].value, wrexham["met"].coverage) == (1, pytest.approx(13 / 14))
    assert wrexham.verdicts["standard",] == "not-judged"
    # 13 of 14 met is 0.93, but the one that is not met is not partly met either.
    newport = score("05-service-standard", "newport")
    assert newport["met"].published == 0.93
    assert newport.verdicts["standard",] == "not-met"


def test_form_5_of_nothing_no_verdict_is_good() -> None:
    scored = Scored(run_plan(plan_of("05-service-standard"), [Sheet({})]))
    # Nothing is answered, so that there is nothing to decide on, and the reason says so.
    assert [(v.label, v.reason) for v in scored.result.verdicts] == [(None, "nothing_answered")]
    away = {i.id: Answer(not_applicable=True, reason="no") for i in plan_of("05-service-standard").items}
    found = Scored(run_plan(plan_of("05-service-standard"), [Sheet(away)])).result.verdicts
    assert [(v.label, v.reason) for v in found] == [(None, "nothing_applies")]


# 6. Five stages, each whole before the next counts.


def test_form_6_five_stages() -> None:
    ceredigion = score("06-five-stages", "ceredigion")
    # Ceredigion (71,481) is not asked for a portal. aware 2/2, starting 2/2, publishing 1/1; used: policy says no.
    stage = ceredigion["stage"]
    assert (stage.value, stage.level) == (3, "publishing")
    assert (stage.answered, stage.applicable) == (9, 9)
    assert ceredigion.published("whole") == {
        "aware": 1,
        "starting": 1,
        "publishing": 1,
        "used": 0,
        "shared": 1,
    }
    # In policy it stops at "used" too; in practice nothing is missing, and what is not asked is not in the way.
    assert ceredigion.published("side") == {"policy": 3, "practice": 5}
    # Cardiff (362,312) is asked, and has not answered: the third stage is not whole.
    cardiff = score("06-five-stages", "cardiff")
    assert (cardiff["stage"].value, cardiff["stage"].level) == (2, "starting")
    assert (cardiff["stage"].answered, cardiff["stage"].applicable) == (9, 10)
    assert cardiff.reason("whole", "publishing") == "low_coverage"
    assert cardiff.published("side") == {"policy": 3, "practice": 2}
    states = {i.item: i.state for i in ceredigion.result.items}
    assert states["practice.criteria.portal"] == "not_asked"


# 7. Achieved, partly, not achieved, by rule; and a profile over these verdicts.


def test_form_7_achieved_by_rule() -> None:
    newport = score("07-achieved-by-rule", "newport")
    contributing = {key[1:]: label for key, label in newport.verdicts.items() if key[0] == "contributing"}
    assert contributing == {
        # No statement of "not achieved" is true, and all of "achieved" are.
        ("managing", "governance"): "achieved",
        # One of "achieved" is false; both of "partly" are true.
        ("managing", "risk"): "partly",
        # All of "achieved" and "partly" are true, and one of "not achieved": it decides.
        ("protecting", "access"): "not-achieved",
        # One of "achieved" is false, and there is no statement of "partly": every over none is false.
        ("protecting", "training"): "not-achieved",
    }
    # The profile asks for access at least in part.
    assert newport.verdicts["profile",] == "not-met"
    assert newport.published("flaws") == {
        "managing.governance": 0,
        "managing.risk": 0,
        "protecting.access": 1,
        "protecting.training": 0,
    }
    # Of what shows "achieved": in managing 2 of 3, in protecting 3 of 4.
    assert newport.published("reached") == {"managing": 0.67, "protecting": 0.75}
    # Swansea falls short in training, of which the profile says nothing; risk is partly achieved, as it asks.
    swansea = score("07-achieved-by-rule", "swansea")
    assert swansea.verdicts["contributing", "protecting", "training"] == "not-achieved"
    assert swansea.verdicts["profile",] == "met"


def test_form_7_unanswered_statements_are_no_verdict() -> None:
    wrexham = score("07-achieved-by-rule", "wrexham")
    # One statement of governance is unanswered, and all of risk; the others are fully answered.
    labels = [label for key, label in wrexham.verdicts.items() if key[0] == "contributing"]
    assert labels == ["not-judged", None, "achieved", "achieved"]
    assert wrexham.verdicts["profile",] == "not-judged"
    assert wrexham.reason("flaws", "managing", "risk") == "nothing_answered"


# 8. Points off a base; some items are never excused; a threshold overall and a lower one per key item.


def test_form_8_points_off_a_base() -> None:
    torfaen = score("08-points-off-a-base", "torfaen")
    # second factor partly −3, boundary −5, patches −3, diary unanswered −1, voice does not apply 0: 110 − 12
    points = torfaen["points"]
    assert (points.value, points.level) == (98, "sound")
    assert (points.answered, points.applicable) == (13, 14)
    # 15 controls; what does not apply counts, in full; of all that, one is unanswered.
    assert points.coverage == pytest.approx(14 / 15)
    assert torfaen.published("lost") == {"access": -3, "systems": -8, "incidents": -1}
    # 98 is at least 88, and no key control is worse than −3.
    assert torfaen.verdicts["verdict",] == "passed-with-plan"
    # A key control that is said not to apply costs its 5 all the same, which is under −3 for a key one: 105, failed.
    blaenau_gwent = score("08-points-off-a-base", "blaenau-gwent")
    assert blaenau_gwent["points"].value == 105
    assert blaenau_gwent.verdicts["verdict",] == "failed"
    bridgend = score("08-points-off-a-base", "bridgend")
    assert (bridgend["points"].value, bridgend["points"].level) == (110, "full")
    assert bridgend.verdicts["verdict",] == "passed"
    # Five controls of 5, four of 3 and six of 1: 25 + 12 + 6 = 43 points, all lost: 67.
    cardiff = score("08-points-off-a-base", "cardiff")
    assert (cardiff["points"].value, cardiff["points"].level) == (67, "weak")
    assert (cardiff["points"].coverage, cardiff["points"].answered, cardiff["points"].applicable) == (
        0,
        0,
        15,
    )
    assert cardiff.verdicts["verdict",] == "failed"


# 9. Several respondents: within items first.


def test_form_9_several_respondents() -> None:
    form, people = "09-several-respondents", ("head", "manager", "designer")
    scored = score(form, *people)
    # vision 5, 3, 2; budget 4, 2, and the designer's 5 does not count, having not been asked; users 4, 1, and one
    # without answer; tools 3, 4, and one to whom it does not apply.
    means = {"direction.vision": 10 / 3, "direction.budget": 3, "delivery.users": 2.5, "delivery.tools": 3.5}
    for item, mean in means.items():
        assert scored.value("item", item) == mean
    assert scored.published("spread") == {
        "direction.vision": 3,
        "direction.budget": 2,
        "delivery.users": 3,
        "delivery.tools": 1,
    }
    assert scored["item", "delivery.users"].coverage == pytest.approx(2 / 3)
    assert scored["item", "delivery.tools"].coverage == scored["item", "direction.budget"].coverage == 1
    # Direction: vision weighs 2. (2 × 10/3 + 3) ÷ 3 = 29/9. Pooled over people it would be (2 × 10 + 6) ÷ 8 = 3.25.
    assert scored.value("dimension", "direction") == 29 / 9
    assert scored["dimension", "direction"].published == 3.22
    # Delivery: (2.5 + 3.5) ÷ 2. Overall: (29/9 + 3) ÷ 2 = 28/9
    assert scored["dimension", "delivery"].value == 3
    assert scored.value("overall") == 28 / 9
    assert scored["overall"].published == 3.11
    assert scored["widest"].value == 3
    # Answers: 3 of vision, 2 of budget, 2 of 3 of users, 2 of tools.
    assert (scored["overall"].answered, scored["overall"].applicable) == (9, 10)
    for order in permutations(people):
        assert essence(score(form, *order).result) == essence(scored.result)


# 10. Functions, yes or no, in nine groups and five layers.


def test_form_10_functions_and_layers() -> None:
    bridgend = score("10-functions-and-layers", "bridgend")
    # By weight (a transaction weighs 2). waste (1 + 2)/4, highways 1/2, planning (1 + 2)/4, tax 4/4, benefits 2/3,
    # housing not asked, libraries 2/2, licensing 1/3, schools (1 + 2)/4
    assert bridgend.published("group") == {
        "waste": 0.75,
        "highways": 0.5,
        "planning": 0.75,
        "tax": 1,
        "benefits": 0.67,
        "housing": None,
        "libraries": 1,
        "licensing": 0.33,
        "schools": 0.75,
    }
    assert bridgend.reason("group", "housing") == "nothing_applies"
    assert [bridgend["group", g].level for g in ("licensing", "highways", "tax")] == [
        "little",
        "half",
        "everything",
    ]
    # Layers: inform 5 of 5; contact 2 of 4; transact 5 of 6 (all of weight 2); account 2 of 2; joined 0 of 3, a true 0.
    assert bridgend.published("layer") == {
        "inform": 1,
        "joined": 0,
        "transact": 0.83,
        "contact": 0.5,
        "account": 1,
    }
    # All: 3 + 1 + 3 + 4 + 2 + 2 + 1 + 3 = 19 of 4 + 2 + 4 + 4 + 3 + 2 + 3 + 4 = 26
    assert bridgend.value("all") == 19 / 26
    assert bridgend["all"].published == 0.73
    # Mean of eight: (0.75 + 0.5 + 0.75 + 1 + 2/3 + 1 + 1/3 + 0.75) ÷ 8 = 5.75 ÷ 8
    assert bridgend.value("mean") == 5.75 / 8
    # Their product is 0.75³ × 0.5 × 2/3 × 1/3 = 0.421875 ÷ 9 = 3/64; its eighth root is 0.68213...
    assert bridgend.value("balanced") == (3 / 64) ** (1 / 8)
    assert bridgend["balanced"].published == 0.68
    # Highways and libraries have nothing to transact, and housing was not asked.
    assert bridgend.published("transacting") == {
        "waste": 1,
        "planning": 1,
        "tax": 1,
        "benefits": 1,
        "housing": None,
        "licensing": 0,
        "schools": 1,
    }
    # Powys lets homes and offers all but highways: mean 8/9, balanced index 0; 27 of 29 by weight.
    powys = score("10-functions-and-layers", "powys")
    assert powys["group", "highways"].value == 0
    assert powys.value("mean") == 8 / 9
    assert powys["balanced"].value == 0
    assert powys.value("all") == 27 / 29
    # contact 3 of 4, joined 2 of 3
    assert (powys["layer", "contact"].published, powys["layer", "joined"].published) == (0.75, 0.67)


# Boundaries.


def text(words: str) -> dict[str, str]:
    return {"en": words, "cy": words}


def level(name: str, options: int = 3, **more: object) -> dict[str, Any]:
    choices = [{"id": f"o{i}", "text": text(f"Option {i}")} for i in range(options)]
    return {
        "id": name,
        "type": "level",
        "text": text(name),
        "options": choices,
        "not_applicable": True,
        **more,
    }


def asked(*questions: dict[str, Any]) -> dict[str, Any]:
    theme = {"id": "t", "name": text("T"), "questions": list(questions)}
    dimension = {"id": "d", "name": text("D"), "themes": [theme]}
    return {**HEAD, "format": "maturity-questionnaire/1", "dimensions": [dimension]}


HEAD: dict[str, Any] = {"id": "toy", "version": "1.0.0", "title": text("Toy")}
BANDS = [{"from": s, "id": i, "name": text(i)} for s, i in ((-1000, "low"), (0.8, "mid"), (90, "high"))]
LADDER = {"along": "step", "steps": ["1", "2", "3"], "passes": 2, "part": 0.5, "begun": 1}
REDUCES: dict[str, dict[str, Any]] = {
    name: {"reduce": name}
    for name in ("mean", "sum", "min", "max", "range", "geometric_mean", "distribution")
}
REDUCES |= {"share": {"reduce": "share", "at_least": 2}, "ladder": {"reduce": "ladder", "ladder": LADDER}}


def compiled(questionnaire: dict[str, Any], items: dict[str, Any], **more: Any) -> Plan:
    rubric = {**HEAD, "format": "maturity-rubric/1", "questionnaire": {"id": "toy", "versions": ">=1.0.0"}}
    rubric |= {"items": items, "bands": {"bands": BANDS}, **more}
    rubric.setdefault("measures", {"all": measure()})
    return compile_plan(Rubric.model_validate(rubric), Questionnaire.model_validate(questionnaire))


def measure(of: str = "items", **more: Any) -> dict[str, Any]:
    return {"name": text("M"), "of": of, "bands": "bands", **more}


def run(plan: Plan, **answers: Any) -> Scored:
    given = {k: v if isinstance(v, Answer) else Answer(value=v) for k, v in answers.items()}
    return Scored(run_plan(plan, [Sheet(given)]))


def two(*values: float, **more: Any) -> Scored:
    """Two items, each answered with the option that is worth the one of `values`."""
    items = {f"q{i}": {"scale": {"o0": -9, "o1": value}} for i, value in enumerate(values)}
    questions = [level(name, 2) for name in items]
    return run(compiled(asked(*questions), items, **more), **dict.fromkeys(items, "o1"))


def test_a_value_a_hair_under_a_band_lands_in_it() -> None:
    assert fsum((0.7, 0.1)) < 0.8
    scored = two(0.7, 0.1, measures={"all": measure(reduce="sum")}, policy={"round": {"places": 6}})
    assert (scored["all"].value, scored["all"].level) == (0.8, "mid")


@pytest.mark.parametrize(
    "more",
    [
        {"reduce": "share", "at_least": 0.8},
        {"reduce": "ladder", "ladder": {"along": "item", "steps": ["q"], "passes": 0.8}},
    ],
)
def test_a_choice_of_several_a_hair_under_a_bar_reaches_it(more: dict[str, Any]) -> None:
    question = {**level("q"), "type": "several"}
    items = {"q": {"per_choice": {"o0": 0.7, "o1": 0.1, "o2": 0}}}
    plan = compiled(asked(question), items, measures={"all": measure(**more)}, outcomes=OUTCOME)
    scored = run(plan, q=("o0", "o1"))
    assert scored["all"].value == 1
    assert scored.verdicts["verdict",] == "reached"


OUTCOME = {
    "verdict": {
        "name": text("V"),
        "rules": [{"label": "reached", "when": {"every": {}, "equals": 0.8}}, {"label": "missed"}],
    }
}


def test_a_third_reaches_a_bar_of_a_third() -> None:
    third = {"reduce": "share", "at_least": 0.33333333333333}
    measures = {"one": measure(by=["dimension"]), "all": measure("one", **third)}
    # (1 + 0 + 0) ÷ 3, kept to 9 decimals, against the bar to 9 decimals.
    assert two(1, 0, 0, measures=measures)["all"].value == 1


@pytest.mark.parametrize(
    ("values", "published", "level_id", "verdict"),
    [((89.92, 90), 90.0, "high", "passed"), ((89.88, 90), 89.9, "mid", "failed")],
)
def test_what_is_printed_decides(
    values: tuple[float, float], published: float, level_id: str, verdict: str
) -> None:
    rules = [{"label": "passed", "when": {"every": {}, "at_least": 90}}, {"label": "failed"}]
    scored = two(
        *values,
        policy={"round": {"places": 1}},
        outcomes={
            "of_measure": {"name": text("O"), "of": "all", "rules": rules},
            "by_measure": {
                "name": text("O"),
                "rules": [
                    {"label": "passed", "when": {"measure": "all", "at_least": 90}},
                    {"label": "failed"},
                ],
            },
        },
    )
    # (89.92 + 90) ÷ 2 = 89.96 prints as 90.0; (89.88 + 90) ÷ 2 = 89.94 as 89.9.
    assert (scored["all"].published, scored["all"].level) == (published, level_id)
    assert scored.verdicts == {("of_measure",): verdict, ("by_measure",): verdict}


def test_a_limit_looks_at_what_is_printed() -> None:
    limit = {
        "id": "l",
        "measure": "all",
        "at_most": 50,
        "when": {"measure": "part", "below": 90},
        "because": text("-"),
    }
    for values, capped in (((89.92, 90), None), ((89.88, 90), "l")):
        # The order of keys means nothing: `all` waits for what its limit looks at.
        for names in (("part", "all"), ("all", "part")):
            measures = {name: measure() for name in names}
            scored = two(*values, measures=measures, limits=[limit], policy={"round": {"places": 1}})
            assert scored["all"].capped == capped


AWAY = Answer(not_applicable=True, reason="no")
SHARE = {
    "id": "q1",
    "type": "number",
    "text": text("q1"),
    "not_applicable": True,
    "number": {"unit": text("%"), "min": 0, "max": 100, "dont_know": True},
}
PAIR = asked(level("q0"), SHARE)
PAIR_ITEMS: dict[str, Any] = {
    "q0": {"scale": {"o0": 0, "o1": 1, "o2": 2}, "tags": {"step": "1"}},
    "q1": {"bands": [{"from": 0, "value": 0}, {"from": 50, "value": 2}], "tags": {"step": "2"}},
}


@pytest.mark.parametrize("operator", REDUCES)
@pytest.mark.parametrize(
    ("answers", "policy", "reason"),
    [
        ({}, {}, "nothing_answered"),
        ({"q0": Answer(note="later")}, {}, "nothing_answered"),
        ({"q1": DONT_KNOW}, {}, "nothing_answered"),
        ({"q0": AWAY, "q1": AWAY}, {}, "nothing_applies"),
        ({"q0": AWAY}, {}, "nothing_answered"),
        ({"q0": AWAY, "q1": DONT_KNOW}, {}, "nothing_answered"),
        ({"q0": "o2"}, {"min_coverage": 0.6}, "low_coverage"),
        ({"q0": "o2"}, {"unanswered": "fail"}, "answer_missing"),
        ({"q0": "o2", "q1": DONT_KNOW}, {"dont_know": "fail"}, "answer_missing"),
        ({"q0": "o2", "q1": AWAY}, {"not_applicable": "fail"}, "nothing_here"),
    ],
)
def test_without_enough_answers_nothing_is_scored(
    operator: str, answers: dict[str, Any], policy: dict[str, Any], reason: str
) -> None:
    measures = {"all": measure(**REDUCES[operator]), "above": measure("all"), "top": measure("above")}
    scored = run(compiled(PAIR, PAIR_ITEMS, measures=measures, policy=policy), **answers)
    if reason == "nothing_here":
        # What does not apply has left the group, whatever the policy fails on.
        assert scored["all"].reason is None
        return
    assert scored.reason("all") == reason
    assert scored["all"].counts == ()
    # What is built of it is not scored either, for its own reason.
    above = "nothing_applies" if reason == "nothing_applies" else "nothing_answered"
    assert scored.reason("above") == scored.reason("top") == above


@pytest.mark.parametrize("operator", REDUCES)
def test_a_group_without_inputs(operator: str) -> None:
    nobody = {"where": {"step": "9"}, **REDUCES[operator]}
    measures = {
        "all": measure(**nobody),
        "each": measure(by=["dimension"], **nobody),
        "above": measure("each"),
    }
    outcome = {"o": {"name": text("O"), "where": {"step": "9"}, "rules": [*OUTCOME["verdict"]["rules"]]}}
    scored = run(compiled(PAIR, PAIR_ITEMS, measures=measures, outcomes=outcome), q0="o2", q1=80)
    # The whole is always there; groups are there where there are inputs. Nothing decides no verdict.
    assert scored.reason("all") == scored.reason("above") == "nothing_applies"
    assert scored.published("each") == {}
    assert scored.verdicts["o",] is None


@pytest.mark.parametrize(
    ("operator", "value"),
    # One item, worth 2, of weight 3: a sum weighs it, the ladder has one step of three; the others give it back.
    [
        ("mean", 2),
        ("sum", 6),
        ("min", 2),
        ("max", 2),
        ("range", 0),
        ("geometric_mean", 2),
        ("share", 1),
        ("ladder", 1),
    ],
)
def test_one_item(operator: str, value: float) -> None:
    items = {"q0": {**PAIR_ITEMS["q0"], "weight": 3}}
    plan = compiled(asked(level("q0")), items, measures={"all": measure(**REDUCES[operator])})
    assert run(plan, q0="o2")["all"].value == value


def test_a_geometric_mean_of_negative_values_is_not_defined() -> None:
    scored = two(-1, 4, measures={"all": measure(reduce="geometric_mean")})
    assert scored.reason("all") == "undefined"


@pytest.mark.parametrize("weight", [0, -1, 0.0001, 1e300, 1e-320])
def test_weights_are_positive_and_of_a_size_that_can_be_computed_with(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        compiled(PAIR, {**PAIR_ITEMS, "q0": {**PAIR_ITEMS["q0"], "weight": weight}})


def test_values_at_their_bounds_do_not_break() -> None:
    measures = {name: measure(**REDUCES[name]) for name in ("mean", "sum", "geometric_mean", "range")}
    scored = two(1_000_000, 1_000_000, measures=measures)
    assert {name: scored[name].value for name in measures} == {
        "mean": 1e6,
        "sum": 2e6,
        "geometric_mean": pytest.approx(1e6),
        "range": 0,
    }
    with pytest.raises(ValueError, match="scale"):
        two(1e308)


def test_what_a_policy_gave_a_value_is_looked_at_by_rules() -> None:
    rules = [{"label": "ok", "when": {"every": {}, "at_least": 1}}, {"label": "not"}]
    for policy, label in (("least", "not"), ("full", "ok"), ("exclude", "ok")):
        plan = compiled(
            PAIR,
            PAIR_ITEMS,
            policy={"not_applicable": policy},
            outcomes={"o": {"name": text("O"), "rules": rules}},
        )
        # One is worth 2. The other does not apply: worth 0, worth 2, or not there.
        assert run(plan, q0="o2", q1=AWAY).verdicts["o",] == label


def cap(name: str, at_most: float, **when: Any) -> dict[str, Any]:
    return {"id": name, "measure": "all", "at_most": at_most, "when": when, "because": text("-")}


def test_of_limits_that_hold_the_lowest_counts_and_is_named_where_it_changes_something() -> None:
    high, low = cap("high", 3, item="q0", below=5), cap("low", 1, item="q1", below=5)
    for limits, value, capped in (
        ([high, low], 1, "low"),
        ([low, high], 1, "low"),
        # The mean of 4 and 4 is 4: a limit at 4 holds and changes nothing.
        ([cap("same", 4, item="q0", below=5)], 4, None),
        ([cap("not", 1, item="q0", below=4), high], 3, "high"),
    ):
        scored = two(4, 4, limits=limits)
        assert (scored["all"].value, scored["all"].capped) == (value, capped)


def test_a_question_that_is_not_asked_opens_no_other() -> None:
    first = {"id": "q0", "type": "yes_no", "text": text("q0")}
    second = {**first, "id": "q1", "asked_when": {"question": "q0", "equals": "yes"}}
    third = {**first, "id": "q2", "asked_when": {"question": "q1", "equals": "yes"}}
    items = {name: {"scale": {"no": 0, "yes": 1}} for name in ("q0", "q1", "q2")}
    plan = compiled(asked(first, second, third), items)
    for answer, states in (("yes", ["answered"] * 3), ("no", ["answered", "not_asked", "not_asked"])):
        # The answers to q1 and q2 stay from another time.
        assert [i.state for i in run(plan, q0=answer, q1="yes", q2="yes").result.items] == states


def test_numbers_in_conditions_are_compared_to_9_decimals() -> None:
    condition = {"question": "q1", "equals": 0.3}
    plan = compiled(asked(SHARE, level("q0", asked_when=condition)), PAIR_ITEMS)
    assert [i.state for i in run(plan, q0="o2", q1=0.1 + 0.2).result.items] == ["answered", "answered"]


def test_of_several_respondents_no_single_one_decides_a_limit() -> None:
    by_item = {"id": "one", "measure": "all", "at_most": 1, "because": text("-")}
    measures = {"item": measure(by=["item"]), "all": measure()}
    answers = [Sheet({"q0": Answer(value=value), "q1": Answer(value=80)}) for value in ("o0", "o2")]
    for when, sheets, capped in (
        ({"item": "q0", "below": 1.5}, answers[:1], "one"),
        ({"item": "q0", "below": 1.5}, answers, None),
        # What all of them say together is a measure: (0 + 2) ÷ 2 = 1.
        ({"measure": "item", "group": ["q0"], "below": 1.5}, answers, "one"),
    ):
        limits = [{**by_item, "when": when}]
        more = {"limits": limits, "measures": {**measures, "all": measure(reduce="sum")}}
        plan = compiled(PAIR, PAIR_ITEMS, **more)
        for order in permutations(sheets):
            assert Scored(run_plan(plan, order))["all"].capped == capped


# What must hold for any rubric and any answers.

VALUES = (0, 0.1, 0.25, 0.7, 1, 2, 3.5, 4)
MISSING = ("exclude", "zero", "least", "full", "fail")
MONOTONE = ("mean", "sum", "min", "max", "geometric_mean", "share", "ladder")
Toy = tuple[dict[str, Any], dict[str, Any]]
"""A questionnaire and a rubric, as data."""


def plan_from(toy: Toy) -> Plan:
    return compile_plan(Rubric.model_validate(toy[1]), Questionnaire.model_validate(toy[0]))


@st.composite
def toys(
    draw: st.DrawFn, operators: tuple[str, ...] = tuple(REDUCES), values: tuple[float, ...] = VALUES
) -> Toy:
    """A random questionnaire of 1 to 8 questions, and a random rubric of 1 to 5 measures for it."""
    worth, bars = st.sampled_from(values), st.sampled_from((0.1, 0.8, 1, 2, 3.5))
    places: dict[tuple[str, str], list[dict[str, Any]]] = {}
    items: dict[str, Any] = {}
    for number in range(draw(st.sampled_from((8, 6, 5, 3, 2, 1)))):
        name = f"q{number}"
        kind = draw(st.sampled_from(("level", "several", "number", "yes_no")))
        question: dict[str, Any] = {"id": name, "type": kind, "text": text(name), "not_applicable": True}
        if kind == "number":
            question["number"] = SHARE["number"]
            starts = [0, 30, 60][: draw(st.integers(1, 3))]
            item: dict[str, Any] = {"bands": [{"from": s, "value": draw(worth)} for s in starts]}
        elif kind == "yes_no":
            item = {"scale": {"yes": draw(worth), "no": draw(worth)}}
        else:
            question["options"] = level(name)["options"]
            scale = {f"o{i}": draw(worth) for i in range(3)}
            item = {"per_choice": scale} if kind == "several" else {"scale": scale}
            if kind == "several" and draw(st.booleans()):
                item["at_most"] = draw(bars)
        item["weight"] = draw(st.sampled_from((0.5, 1, 1, 2, 3)))
        tags = {
            "x": draw(st.sampled_from(("p", "q", None))),
            "step": draw(st.sampled_from(("1", "2", "1", "3", "2", None))),
        }
        item["tags"] = {tag: value for tag, value in tags.items() if value}
        item["policy"] = draw(
            st.fixed_dictionaries({}, optional={"not_applicable": st.sampled_from(MISSING)})
        )
        items[name] = item
        places.setdefault((draw(st.sampled_from("ab")), draw(st.sampled_from("tu"))), []).append(question)
    dimensions = [
        {
            "id": d,
            "name": text(d),
            "themes": [
                {"id": t, "name": text(t), "questions": qs}
                for (of, t), qs in sorted(places.items())
                if of == d
            ],
        }
        for d in sorted({d for d, _ in places})
    ]
    questionnaire = {**HEAD, "format": "maturity-questionnaire/1", "dimensions": dimensions}
    rubric: dict[str, Any] = {
        **HEAD,
        "format": "maturity-rubric/1",
        "questionnaire": {"id": "toy", "versions": ">=1.0.0"},
        "policy": draw(
            st.fixed_dictionaries(
                {"min_coverage": st.sampled_from((0, 0, 0.5, 1))},
                optional={
                    key: st.sampled_from(MISSING) for key in ("unanswered", "dont_know", "not_applicable")
                },
            )
        ),
        "items": items,
        "measures": {},
        "bands": {"bands": BANDS},
    }
    carried = {"items": ("dimension", "theme", "item", "x", "step")}
    for number in range(draw(st.sampled_from((4, 5, 3, 2, 1)))):
        operator = draw(st.sampled_from(operators))
        able = [name for name, tags in carried.items() if operator != "ladder" or "step" in tags]
        of = draw(st.sampled_from(able))
        by = draw(st.lists(st.sampled_from(carried[of]), unique=True, max_size=2)) if carried[of] else []
        made = measure(of, by=by, **REDUCES[operator])
        if operator == "share":
            made["at_least"] = draw(bars)
        if operator == "sum":
            made["base"] = draw(st.sampled_from((0, 10)))
        if carried[of] and draw(st.sampled_from((False, False, False, True))):
            tag = draw(st.sampled_from(carried[of]))
            made["where"] = {tag: draw(st.sampled_from(("a", "t", "p", "1", "q0")))}
        if rubric["measures"] and draw(st.booleans()):
            plan = plan_from((questionnaire, rubric))
            groups = {m.name: [g.name for g in m.groups] for m in plan.measures}
            names = list(items) if of == "items" else groups[of]
            made["weights"] = {group: draw(st.sampled_from((0.5, 1, 3))) for group in names}
        if draw(st.booleans()):
            made["min_coverage"] = draw(st.sampled_from((0, 0, 0.5, 1)))
        rubric["measures"][f"m{number}"] = made
        carried[f"m{number}"] = carried["items"] if "item" in by else tuple(by)
    if draw(st.booleans()):
        when = {"item": draw(st.sampled_from(list(items))), "below": draw(bars)}
        target = draw(st.sampled_from(list(rubric["measures"])))
        rubric["limits"] = [
            {"id": "cap", "measure": target, "at_most": draw(bars), "when": when, "because": text("-")}
        ]
    rubric["outcomes"] = {
        "second": {
            "name": text("S"),
            "rules": [
                {"label": "good", "when": {"outcome": "first", "group": ["a"], "equals": "all"}},
                {"label": "bad"},
            ],
        },
        "first": {
            "name": text("F"),
            "by": ["dimension"],
            "rules": [
                {"label": "none", "when": {"some": {"x": "p"}, "below": 1}},
                {"label": "all", "when": {"every": {}, "at_least": draw(bars)}},
            ],
        },
    }
    return questionnaire, rubric


def questions_of(toy: Toy) -> dict[str, dict[str, Any]]:
    return {q["id"]: q for d in toy[0]["dimensions"] for theme in d["themes"] for q in theme["questions"]}


def given_to(question: dict[str, Any]) -> list[Any]:
    """Values that a question of a toy can be answered with."""
    if question["type"] == "number":
        return [0, 10, 30, 59, 60, 100]
    if question["type"] == "yes_no":
        return ["yes", "no"]
    plain = ["o0", "o1", "o2"]
    if question["type"] == "level":
        return plain
    return [("o0",), ("o1",), ("o2",), ("o0", "o1"), ("o0", "o2"), ("o1", "o2"), ("o0", "o1", "o2")]


def worth_of(item: dict[str, Any], value: Any) -> float:
    """What an answer is worth, worked out apart from the engine."""
    if "bands" in item:
        return max((b["from"], b["value"]) for b in item["bands"] if b["from"] <= value)[1]
    if "per_choice" in item:
        total = round(sum(item["per_choice"][choice] for choice in value), 9)
        return min(total, item.get("at_most", total))
    return item["scale"][value]


@st.composite
def answered(draw: st.DrawFn, toy: Toy) -> dict[str, Answer]:
    answers = {}
    for name, question in questions_of(toy).items():
        values = [Answer(value=value) for value in given_to(question)]
        gaps = [AWAY, *([Answer(value=DONT_KNOW)] if question["type"] == "number" else [])]
        answer = draw(st.sampled_from([*values * 2, *values * 2, *gaps, None]))
        if answer is not None:
            answers[name] = answer
    return answers


def essence(result: Result) -> dict[object, object]:
    """A result without the order in which it stands."""
    scores = {
        (s.measure, s.group): (
            s.value,
            s.published,
            s.level,
            s.coverage,
            s.answered,
            s.applicable,
            s.reason,
            s.capped,
            s.uncapped,
            s.counts,
        )
        for s in result.scores
    }
    return {**scores, **{("verdict", v.outcome, v.group): v.label for v in result.verdicts}}


@given(st.data())
def test_a_better_answer_never_lowers_a_score(data: st.DataObject) -> None:
    toy = data.draw(toys(MONOTONE))
    answers = data.draw(answered(toy))
    name = data.draw(st.sampled_from(list(toy[1]["items"])))
    item, possible = toy[1]["items"][name], given_to(questions_of(toy)[name])
    worse, better = sorted(
        (data.draw(st.sampled_from(possible)), data.draw(st.sampled_from(possible))),
        key=lambda value: worth_of(item, value),
    )
    assume(worth_of(item, worse) < worth_of(item, better))
    plan = plan_from(toy)
    low, high = (run_plan(plan, [Sheet({**answers, name: Answer(value=v)})]) for v in (worse, better))
    for before, after in zip(low.scores, high.scores, strict=True):
        assert (before.measure, before.group) == (after.measure, after.group)
        assert (before.reason, before.coverage) == (after.reason, after.coverage)
        if before.published is not None:
            assert after.value >= before.value - TINY
            assert after.published >= before.published


@given(st.data())
def test_the_order_of_items_keys_and_files_changes_nothing(data: st.DataObject) -> None:
    toy = data.draw(toys())
    sheets = [data.draw(answered(toy)) for _ in range(data.draw(st.integers(1, 3)))]

    def mixed(things: dict[str, Any]) -> dict[str, Any]:
        return {key: things[key] for key in data.draw(st.permutations(list(things)))}

    questionnaire, rubric = toy
    dimensions = [
        {**d, "themes": [{**t, "questions": data.draw(st.permutations(t["questions"]))} for t in d["themes"]]}
        for d in data.draw(st.permutations(questionnaire["dimensions"]))
    ]
    shuffled = {
        **rubric,
        "items": mixed(rubric["items"]),
        "measures": mixed(rubric["measures"]),
        "outcomes": mixed(rubric["outcomes"]),
    }
    again = run_plan(
        plan_from(({**questionnaire, "dimensions": dimensions}, shuffled)),
        [Sheet(mixed(answers)) for answers in data.draw(st.permutations(sheets))],
    )
    assert essence(again) == essence(run_plan(plan_from(toy), [Sheet(answers) for answers in sheets]))


@given(st.data(), st.sampled_from((0.5, 4.0, 3.0, 10.0)))
def test_weights_times_a_constant_change_nothing(data: st.DataObject, factor: float) -> None:
    toy = data.draw(toys(("mean", "share", "geometric_mean", "min", "max", "range", "ladder")))
    answers = Sheet(data.draw(answered(toy)))
    questionnaire, rubric = toy
    measures = {
        name: {**m, "weights": {group: w * factor for group, w in m.get("weights", {}).items()}}
        for name, m in rubric["measures"].items()
    }
    items = {name: {**item, "weight": item["weight"] * factor} for name, item in rubric["items"].items()}
    plain = run_plan(plan_from(toy), [answers])
    for scaled in ({**rubric, "items": items}, {**rubric, "measures": measures}):
        for a, b in zip(
            plain.scores, run_plan(plan_from((questionnaire, scaled)), [answers]).scores, strict=True
        ):
            assert (a.published, a.level, a.reason, a.capped) == (b.published, b.level, b.reason, b.capped)
            assert a.value == (None if b.value is None else pytest.approx(b.value, abs=TINY))
            assert a.coverage == (None if b.coverage is None else pytest.approx(b.coverage, abs=TINY))


@given(st.data())
def test_means_lie_between_their_inputs_and_coverage_between_0_and_1(data: st.DataObject) -> None:
    toy = data.draw(toys(values=(*VALUES, -1, -2.5)))
    plan = plan_from(toy)
    result = run_plan(plan, [Sheet(data.draw(answered(toy))) for _ in range(data.draw(st.integers(1, 3)))])
    reduce = {m.name: m.reduce for m in plan.measures}
    for one in result.scores:
        assert one.coverage is None or 0 <= one.coverage <= 1
        assert 0 <= one.answered <= one.applicable
        assert (one.value is None) == (one.published is None)
        # A distribution has counts in place of a number; all else has a number, or a reason why not.
        assert (one.reason is None) == (one.value is not None or bool(one.counts))
        assert (one.coverage is None) == (one.reason == "nothing_applies")
        values = [i.value for i in one.inputs if i.value is not None]
        if one.value is None or one.capped:
            continue
        if reduce[one.measure] in ("mean", "geometric_mean", "min", "max"):
            assert min(values) - TINY <= one.value <= max(values) + TINY
        if reduce[one.measure] == "share":
            assert 0 <= one.value <= 1
        if reduce[one.measure] == "ladder":
            assert one.value in {0, 0.5, 1, 1.5, 2, 2.5, 3}


@given(st.data())
def test_an_explained_score_adds_up(data: st.DataObject) -> None:
    toy = data.draw(toys(values=(*VALUES, -1)))
    plan = plan_from(toy)
    result = run_plan(plan, [Sheet(data.draw(answered(toy))) for _ in range(data.draw(st.integers(1, 2)))])
    nowhere = Reference("toy", "1.0.0", "")
    card = Scorecard("C", "2026", nowhere, nowhere, "", "", True, result.items, result.scores)
    for one in result.scores:
        adds_up(plan, explain(plan, card, one.measure, one.group))


def adds_up(plan: Plan, explanation: Explanation) -> None:
    one, parts = explanation.score, explanation.parts
    assert [(p.source, p.value, p.weight, p.state) for p in parts] == [
        (i.source, i.value, i.weight, i.state) for i in one.inputs
    ]
    for part in parts:
        if part.of is not None:
            assert part.value == part.of.score.value
            adds_up(plan, part.of)
    if one.value is None:
        assert all(p.adds is None for p in parts)
        return
    shares = [p.share for p in parts if p.share is not None]
    assert sum(shares) == pytest.approx(1, abs=TINY * len(shares))
    if explanation.reduce in ("mean", "sum", "share"):
        total = explanation.base + sum(p.adds for p in parts if p.adds is not None)
        if one.capped is None:
            assert total == pytest.approx(one.value, abs=TINY * (len(parts) + 1))
        else:
            assert half_up(total, plan.places) == pytest.approx(one.uncapped, abs=0.010001)
            assert total > one.value
