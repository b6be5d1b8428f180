"""Answers carried from version to version: nothing lost, nothing made up, and the way back.

data/migrations holds four versions of a questionnaire in which every kind of change happens once.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.checks.needed import Unaccounted, unaccounted
from maturity.checks.validate import validate
from maturity.intake.collect import collect
from maturity.intake.migrated import at_hand
from maturity.intake.scored import scorer_of
from maturity.models.assessment import ASSESSMENT_FORMAT, Answer, Assessment, Evidence, Submission
from maturity.models.migration import Migration
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import NumberQuestion, Question, Questionnaire, SeveralQuestion
from maturity.scoring.score import answers_digest
from maturity.sources.load import expect, load
from maturity.sources.registers import wales
from maturity.sources.shelf import on_shelf, open_migration, open_questionnaire, rubric_for
from maturity.sources.structure import to_model
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml
from maturity.versions.mapping import Way
from maturity.versions.migrate import Migrated, migrate, migrate_back
from maturity.versions.route import AtHand, travel

DATA = Path(__file__).parent / "data" / "migrations"
EXAMPLES = Path(__file__).parent.parent / "examples" / "wales-2026"
SHELF = at_hand([DATA], wales())
V1, V2, V21, V3 = (SHELF.questionnaire("moved", v) for v in ("1.0.0", "2.0.0", "2.1.0", "3.0.0"))
TO_2 = expect(load(DATA / "migration-2.0.0.yaml"), Migration)
BUNDLED = on_shelf("migration")


def assessment(answers: dict[str, Any], version: str = "1.0.0", **more: Any) -> Assessment:
    data = {
        "format": ASSESSMENT_FORMAT,
        "questionnaire": {"id": "moved", "version": version},
        "organisation": "Cardiff",
        "period": "2026",
        "answers": answers,
    }
    return Assessment.model_validate(data | more)


def moved(answers: dict[str, Any], **more: Any) -> Migrated:
    return migrate(assessment(answers, **more), V1, V2, TO_2)


def new_answers(migrated: Migrated) -> dict[str, Any]:
    return {q: a.model_dump(exclude_defaults=True) for q, a in migrated.assessment.answers.items()}


def test_the_files_that_these_tests_rest_on_are_sound() -> None:
    assert validate([DATA], wales()).problems == []


# One example for each kind of mapping: old answers, new ones, what is kept aside and what it became.

EXAMPLES_BY_HAND: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "as it was": (
        {"plan.there": {"value": "some", "note": "n", "sure": "fairly", "evidence": [{"text": "e"}]}},
        {"plan.there": {"value": "some", "note": "n", "sure": "fairly", "evidence": ({"text": "e"},)}},
        {},
    ),
    "renamed": ({"plan.owner": {"value": "yes", "note": "n"}}, {"plan.lead": {"value": "yes", "note": "n"}}, {}),
    "an option with another id": ({"plan.reach": "all"}, {"plan.reach": {"value": "whole"}}, {}),
    "an option that is not named": ({"plan.reach": "most"}, {"plan.reach": {"value": "most"}}, {}),
    "two options to one": ({"plan.reach": "few"}, {"plan.reach": {"value": "part"}}, {"plan.reach": ("plan.reach",)}),
    "an option that was split": ({"plan.pace": "slow"}, {}, {"plan.pace": ()}),
    "an option beside it": ({"plan.pace": "quick"}, {"plan.pace": {"value": "quick"}}, {}),
    "below a band": ({"data.share": 39}, {"data.shared": {"value": "few"}}, {"data.share": ("data.shared",)}),
    "on a band": ({"data.share": 40}, {"data.shared": {"value": "half"}}, {"data.share": ("data.shared",)}),
    "a number not known": ({"data.share": "dont_know"}, {}, {"data.share": ()}),
    "a number that does not apply": (
        {"data.share": {"not_applicable": True, "reason": "r"}},
        {"data.shared": {"not_applicable": True, "reason": "r"}},
        {},
    ),
    "merged by rules": (
        {
            "data.open": {"value": "yes", "note": "a", "sure": "sure", "evidence": [{"text": "e"}]},
            "data.live": {"value": "no", "note": "b", "sure": "unsure", "evidence": [{"text": "e"}, {"text": "f"}]},
        },
        {"data.published": {"value": "once", "note": "a\nb", "sure": "unsure", "evidence": ({"text": "e"}, {"text": "f"})}},
        {"data.open": ("data.published",), "data.live": ("data.published",)},
    ),
    "merged, and one decides": ({"data.open": "no"}, {"data.published": {"value": "not"}}, {"data.open": ("data.published",)}),
    "merged, and no rule holds": ({"data.open": "yes"}, {}, {"data.open": ()}),
    "merged, and neither applies": (
        {q: {"not_applicable": True, "reason": q} for q in ("data.open", "data.live")},
        {"data.published": {"not_applicable": True, "reason": "data.open\ndata.live"}},
        {"data.open": ("data.published",), "data.live": ("data.published",)},
    ),
    "several options": ({"data.tools": ["maps", "forms"]}, {"data.kit": {"value": ("maps", "webforms")}}, {}),
    "split": (
        {"people.training": {"value": 3, "note": "n"}},
        {"people.trained": {"value": 3, "note": "n"}, "people.courses": {"value": "yes", "note": "n"}},
        {},
    ),
    "split, and one has no rule": (
        {"people.training": 0},
        {"people.trained": {"value": 0}},
        {},
    ),
    "dropped": ({"people.fax": {"value": "no", "note": "n"}}, {}, {"people.fax": ()}),
    "merged without rules, alike": (
        {"people.hopes": "x", "people.fears": "x"},
        {"people.words": {"value": "x"}},
        {"people.hopes": ("people.words",), "people.fears": ("people.words",)},
    ),
    "merged without rules, different": (
        {"people.hopes": "x", "people.fears": "y"},
        {},
        {"people.hopes": (), "people.fears": ()},
    ),
    "a note alone": ({"plan.owner": {"note": "n"}}, {"plan.lead": {"note": "n"}}, {}),
    "a question that there was not": ({"plan.nonsense": "x"}, {}, {"plan.nonsense": ()}),
}  # fmt: skip


@pytest.mark.parametrize("what", EXAMPLES_BY_HAND)
def test_each_kind_of_mapping(what: str) -> None:
    old, new, aside = EXAMPLES_BY_HAND[what]
    before = assessment(old)
    after = moved(old)
    assert new_answers(after) == new
    assert {q: kept.became for q, kept in after.assessment.kept_aside.items()} == aside
    for question, kept in after.assessment.kept_aside.items():
        assert (kept.version, kept.answer) == ("1.0.0", before.answers[question])
    assert after.assessment.questionnaire.version == "2.0.0"


def test_the_fates_and_what_waits() -> None:
    migrated = moved(
        {
            "plan.there": "some",
            "plan.owner": "yes",
            "plan.reach": "few",
            "plan.pace": "slow",
            "data.open": "yes",
            "people.fax": "no",
            "people.training": 0,
        }
    )
    fates = {f.question: (f.how, f.to, f.kept, f.trouble) for f in migrated.fates}
    assert fates == {
        "plan.there": ("carried", ("plan.there",), False, None),
        "plan.owner": ("renamed", ("plan.lead",), False, None),
        "plan.reach": ("transformed", ("plan.reach",), True, None),
        "plan.pace": ("aside", (), True, "choose"),
        "data.open": ("aside", (), True, "no_rule"),
        "people.fax": ("aside", (), True, "dropped"),
        "people.training": ("renamed", ("people.trained",), False, None),
    }
    waiting = {w.question: (w.why, w.of, w.candidates) for w in migrated.waiting}
    assert waiting == {
        "plan.pace": ("choose", ("plan.pace",), ("halting", "steady")),
        "data.published": ("no_rule", ("data.open",), ()),
        "people.courses": ("no_rule", ("people.training",), ()),
        "people.remote": ("new", (), ()),
    }
    assert "stop in between" in next(w.note.to("en") for w in migrated.waiting if w.note)


WRITTEN = """format: maturity-assessment/1
questionnaire: {id: moved, version: 2.0.0}
organisation: Cardiff
period: '2026'
answers:
  plan.lead: {value: 'yes', note: Her}
  plan.reach: part
  data.shared: half
kept_aside:
  plan.reach: {version: 1.0.0, answer: {value: few, note: A note that is long enough to need more than one line of a hundred characters}, became: [plan.reach]}
  data.share: {version: 1.0.0, answer: {value: 45}, became: [data.shared]}
  people.fax: {version: 1.0.0, answer: {value: 'no', evidence: [{text: 'https://example.org/a, b', date: '2026-01-03'}]}}
"""


def test_the_whole_file() -> None:
    note = "A note that is long enough to need more than one line of a hundred characters"
    migrated = moved(
        {
            "plan.owner": {"value": "yes", "note": "Her"},
            "plan.reach": {"value": "few", "note": note},
            "data.share": 45,
            "people.fax": {
                "value": "no",
                "evidence": [{"text": "https://example.org/a, b", "date": "2026-01-03"}],
            },
        }
    )
    expected = WRITTEN.replace("  plan.reach: part\n", f"  plan.reach: {{value: part, note: {note}}}\n")
    assert to_yaml(migrated.assessment) == expected


# Submitted answers.


def test_submitted_answers_wait_for_a_person_as_a_draft_and_come_back_submitted() -> None:
    stamp = assessment({"plan.there": "some", "plan.reach": "few"}, status="submitted")
    record = Submission.model_validate({"at": "2026-03-31T09:30:00Z", "digest": answers_digest([stamp])})
    before = stamp.model_copy(update={"submission": record})
    after = migrate(before, V1, V2, TO_2).assessment
    assert (after.status, after.submission) == ("draft", record)
    assert migrate_back(after, V1, V2, TO_2).assessment == before
    changed = after.model_copy(update={"answers": {**after.answers, "plan.there": Answer(value="none")}})
    assert migrate_back(changed, V1, V2, TO_2).assessment.status == "draft"


def test_answers_submitted_without_a_record_come_back_submitted_too() -> None:
    before = assessment({"plan.there": "some", "plan.reach": "few"}, status="submitted")
    after = migrate(before, V1, V2, TO_2).assessment
    assert (after.status, after.submission) == ("draft", None)
    written = Assessment.model_validate(after.model_dump(exclude_defaults=True) | {"format": after.format})
    assert migrate_back(written, V1, V2, TO_2).assessment == before
    changed = after.model_copy(update={"answers": {**after.answers, "plan.there": Answer(value="none")}})
    back = migrate_back(changed, V1, V2, TO_2).assessment
    assert (back.status, back.submitted_before) == ("draft", after.submitted_before)


def test_a_part_stays_one_as_long_as_its_dimension_is_asked() -> None:
    assert moved({"plan.reach": "all"}, part="plan").assessment.part == "plan"
    assert moved({"plan.reach": "all"}, part="gone").assessment.part is None


def test_submitted_answers_stay_so_where_nothing_waits() -> None:
    step = assessment({"plan.there": "some"}, "2.0.0", status="submitted")
    to_3 = expect(load(DATA / "migration-3.0.0.yaml"), Migration)
    assert migrate(step, V2, V3, to_3).assessment.status == "submitted"


# Going back where people have gone on in the new version.


def test_what_was_changed_meanwhile_is_not_overwritten_by_what_was_kept() -> None:
    after = moved({"plan.reach": "few", "data.share": 45}).assessment
    answers = {**after.answers, "plan.reach": Answer(value="whole"), "data.shared": Answer(value="most")}
    back = migrate_back(after.model_copy(update={"answers": answers}), V1, V2, TO_2)
    # 'whole' can only have been 'all'; 'most' can have been any number from 60.
    assert back.assessment.answers == {"plan.reach": Answer(value="all")}
    aside = back.assessment.kept_aside
    assert aside["plan.reach"].answer == Answer(value="few")
    assert aside["data.share"].answer == Answer(value=45)
    assert (aside["data.shared"].version, aside["data.shared"].answer) == ("2.0.0", Answer(value="most"))
    again = migrate(back.assessment, V1, V2, TO_2)
    assert again.assessment.answers == answers
    assert again.restored == ("data.shared",)
    assert {q for q, kept in again.assessment.kept_aside.items() if kept.replaced} == {
        "data.share",
        "plan.reach",
    }


def test_new_questions_answers_are_kept_aside_and_brought_back() -> None:
    after = assessment({"people.remote": "yes", "plan.there": "some"}, "2.0.0")
    back = migrate_back(after, V1, V2, TO_2)
    assert {f.question: f.trouble for f in back.fates} == {"people.remote": "dropped", "plan.there": None}
    assert set(back.assessment.answers) == {"plan.there"}
    assert migrate(back.assessment, V1, V2, TO_2).assessment == after


def test_an_option_that_a_person_chose_leads_back() -> None:
    after = moved({"plan.pace": "slow"}).assessment
    chosen = after.model_copy(update={"answers": {"plan.pace": Answer(value="halting")}})
    back = migrate_back(chosen, V1, V2, TO_2).assessment
    assert back.answers == {"plan.pace": Answer(value="slow")}
    assert migrate(back, V1, V2, TO_2).assessment.answers == chosen.answers


# Several steps.


def versions(start: str, end: str) -> list[tuple[str, str]]:
    return [step.versions for step in SHELF.route("moved", start, end)]


def test_the_fewest_steps() -> None:
    assert versions("1.0.0", "1.0.0") == []
    assert versions("1.0.0", "3.0.0") == [("1.0.0", "2.0.0"), ("2.0.0", "3.0.0")]
    assert versions("3.0.0", "1.0.0") == [("3.0.0", "2.0.0"), ("2.0.0", "1.0.0")]
    assert versions("1.0.0", "2.1.0") == [("1.0.0", "2.0.0"), ("2.0.0", "2.1.0")]
    assert versions("2.1.0", "3.0.0") == [("2.1.0", "3.0.0")]


@pytest.mark.parametrize(("end", "code"), [("9.0.0", "M001"), ("3.0.0", "M002")])
def test_no_way(end: str, code: str) -> None:
    with pytest.raises(MaturityError) as raised:
        AtHand((V1, V2, V3), (TO_2,)).route("moved", "1.0.0", end)
    assert [p.kind.code for p in raised.value.problems] == [code]


def test_what_was_kept_aside_twice_under_one_id_comes_back_step_by_step() -> None:
    journey = travel(assessment({"plan.reach": "few"}), SHELF.route("moved", "1.0.0", "3.0.0"))
    kept = journey.assessment.kept_aside["plan.reach"]
    assert (kept.version, kept.answer.value) == ("2.0.0", "part")
    assert [(one.version, one.answer.value) for one in kept.earlier] == [("1.0.0", "few")]
    second = travel(journey.assessment, SHELF.route("moved", "3.0.0", "2.0.0")).assessment
    assert (
        second == travel(assessment({"plan.reach": "few"}), SHELF.route("moved", "1.0.0", "2.0.0")).assessment
    )


def test_what_waits_after_one_step_waits_after_the_next() -> None:
    journey = travel(assessment({"plan.pace": "slow"}), SHELF.route("moved", "1.0.0", "3.0.0"))
    waiting = {w.question: (w.why, w.candidates) for w in journey.waiting}
    assert waiting == {"plan.pace": ("choose", ("halting", "steady")), "people.remote": ("new", ())}


def test_without_a_migration_everything_that_fits_stays() -> None:
    answers = {"plan.there": "some", "people.story": "x"}
    migrated = migrate(assessment(answers, "2.0.0"), V2, V21, None)
    assert {f.how for f in migrated.fates} == {"carried"}
    assert [w.question for w in migrated.waiting] == ["people.guests"]
    misfit = migrate(assessment({"plan.reach": "few", "plan.there": "some"}), V1, V2, None)
    assert {f.question: (f.how, f.trouble) for f in misfit.fates} == {
        "plan.reach": ("aside", "misfit"),
        "plan.there": ("carried", None),
    }


# What holds for all answers, of these questionnaires and of those that are bundled.


def pairs() -> list[tuple[Questionnaire, Questionnaire, Migration]]:
    found = [(V1, V2, TO_2), (V2, V3, expect(load(DATA / "migration-3.0.0.yaml"), Migration))]
    for entry in BUNDLED:
        migration = open_migration(entry.id, entry.version)[0]
        new = open_questionnaire(str(entry))[0]
        steps = [v for v in SHELF.versions(entry.id) if SHELF.migration(entry.id, v, entry.version)]
        found.append((open_questionnaire(f"{entry.id}@{steps[-1]}")[0], new, migration))
    return found


PAIRS = pairs()


def values(question: Question) -> st.SearchStrategy[Any]:
    if isinstance(question, SeveralQuestion):
        together = [o.id for o in question.options if not o.exclusive]
        alone = [(o.id,) for o in question.options if o.exclusive]
        some = st.lists(st.sampled_from(together), min_size=1, unique=True).map(tuple)
        return some | st.sampled_from(alone) if alone else some
    if isinstance(question, NumberQuestion):
        low, high = (
            bound if bound is not None else default
            for bound, default in ((question.number.min, 0), (question.number.max, 200))
        )
        numbers = st.integers(math.ceil(low), math.floor(high)).map(float)
        return numbers | st.just("dont_know") if question.number.dont_know else numbers
    return st.sampled_from([o.id for o in question.choices] or ["words", "more words", "no"])  # fmt: skip


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    more = {
        "note": st.none() | st.sampled_from(["a note", "another\nnote"]),
        "sure": st.none() | st.sampled_from(["sure", "fairly", "unsure"]),
        "evidence": st.sampled_from(
            [(), (Evidence(text="paper"),), (Evidence(text="paper"), Evidence(text="web"))]
        ),
    }
    given_ = st.builds(Answer, value=values(question), **more) | st.just(Answer(note="a note alone"))
    if not question.not_applicable:
        return given_
    return given_ | st.builds(Answer, not_applicable=st.just(True), reason=st.just("because"), **more)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Questionnaire, Questionnaire, Migration, Assessment]:
    old, new, migration = draw(st.sampled_from(PAIRS))
    chosen = draw(st.sets(st.sampled_from(list(old.questions)), max_size=25))
    answers = {q: draw(answers_to(old.questions[q])) for q in old.questions if q in chosen}
    return (
        old,
        new,
        migration,
        assessment(answers, old.version, questionnaire={"id": old.id, "version": old.version}),
    )


@given(cases())
def test_there_and_back_is_where_it_was(
    case: tuple[Questionnaire, Questionnaire, Migration, Assessment],
) -> None:
    old, new, migration, before = case
    after = migrate(before, old, new, migration).assessment
    document = read_yaml(to_yaml(after).encode(), "a.yaml")
    read, problems = to_model(Assessment, document)
    assert (read, problems, document.problems) == (after, [], [])
    assert migrate_back(after, old, new, migration).assessment == before


@given(cases())
def test_nothing_is_lost(case: tuple[Questionnaire, Questionnaire, Migration, Assessment]) -> None:
    """Every old answer has one fate, and stands word for word in the new file, or can be told from it."""
    old, new, migration, before = case
    migrated = migrate(before, old, new, migration)
    after = migrated.assessment
    returned, _ = Way.of(old, new, migration).back.over(after.answers)
    assert [fate.question for fate in migrated.fates] == list(before.answers)
    for fate in migrated.fates:
        answer = before.answers[fate.question]
        kept = after.kept_aside.get(fate.question)
        assert fate.kept == (kept is not None)
        if kept is not None:
            assert (kept.answer, kept.became, kept.version) == (answer, fate.to, old.version)
        else:
            assert returned[fate.question] == answer
        assert tuple(after.answers[q] for q in fate.to) == fate.now
        assert (fate.how == "aside") == (not fate.to)
        if fate.how == "carried":
            assert after.answers[fate.question] == answer
        if fate.how == "renamed":
            assert all(now == answer for now in fate.now)
    # Nor is anything made up: every new answer comes of an old one.
    assert set(after.answers) == {q for fate in migrated.fates for q in fate.to}
    assert after.kept_aside.keys() <= before.answers.keys()


@given(cases())
def test_the_way_back_loses_nothing_either(
    case: tuple[Questionnaire, Questionnaire, Migration, Assessment],
) -> None:
    """Answers to the new version, as a migration has made them and a person has changed some."""
    old, new, migration, before = case
    after = migrate(before, old, new, migration).assessment
    changed = {
        q: a.model_copy(update={"note": "changed"}) if i % 2 else a
        for i, (q, a) in enumerate(after.answers.items())
    }
    later = after.model_copy(update={"answers": changed})
    back = migrate_back(later, old, new, migration)
    forth = migrate(back.assessment, old, new, migration).assessment
    assert forth.answers == later.answers
    held = [*back.assessment.answers.values(), *(k.answer for k in back.assessment.kept_aside.values())]
    held += [one.answer for k in back.assessment.kept_aside.values() for one in k.earlier]
    for kept in later.kept_aside.values():
        assert kept.answer in held


@given(cases())
def test_the_same_questions_are_worth_the_same(
    case: tuple[Questionnaire, Questionnaire, Migration, Assessment],
) -> None:
    old, new, migration, before = case
    if (old, new) != (V1, V2):
        return
    after = migrate(before, old, new, migration).assessment
    first, second = (
        scorer_of(str(DATA / f"rubric-{q.version}.yaml"), str(DATA / f"questionnaire-{q.version}.yaml"))
        for q in (old, new)
    )
    cards = first.score(before), second.score(after)
    ids = {"plan.owner": "plan.lead", "data.tools": "data.kit"}
    worth = [{i.item: (i.value, i.state) for i in card.items} for card in cards]
    assert {ids.get(q, q): value for q, value in worth[0].items()} == worth[1]
    assert [s.value for s in cards[0].scores] == [s.value for s in cards[1].scores]


@pytest.mark.parametrize("entry", BUNDLED, ids=str)
def test_bundled_examples_score_the_same_where_nothing_changed(entry: Any) -> None:
    """Of items whose question and worth are the same in both versions, every one of every example council."""
    compared = 0
    for one in collect([EXAMPLES], wales()).assessments:
        before = one.assessment
        if before.questionnaire.id != entry.id or not SHELF.migration(
            entry.id, before.questionnaire.version, entry.version
        ):
            continue
        old, new = (SHELF.questionnaire(entry.id, v) for v in (before.questionnaire.version, entry.version))
        after = migrate(before, old, new, open_migration(entry.id, entry.version)[0]).assessment
        cards = []
        rubrics = []
        for q, answered in ((old, before), (new, after)):
            rubric, loaded = rubric_for(q.id, q.version)
            rubrics.append(rubric)
            cards.append(scorer_of(str(loaded.path), f"{q.id}@{q.version}").score(answered))
        items = [{i.item: i for i in card.items} for card in cards]
        for name, item in items[0].items():
            same_worth = (
                rubrics[0].items.get(name) == rubrics[1].items.get(name)
                and rubrics[0].scales == rubrics[1].scales
            )
            if name in items[1] and same_worth and old.questions[name] == new.questions[name]:
                assert (item.value, item.state) == (items[1][name].value, items[1][name].state)
                compared += 1
    assert compared > 100


# Which questions need an entry.


def test_what_is_not_accounted_for() -> None:
    assert unaccounted(V1, V2, TO_2) == ()
    assert unaccounted(V2, V21, None) == ()
    without = [change for change in TO_2.changes if change.from_[0] not in ("plan.reach", "people.fax")]
    less = TO_2.model_copy(update={"changes": tuple(without)})
    assert unaccounted(V1, V2, less) == (
        Unaccounted("plan.reach", "options", ("few", "some", "all")),
        Unaccounted("people.fax", "gone"),
    )
    assert {one.question for one in unaccounted(V1, V2, None)} == {
        question for change in TO_2.changes for question in change.from_
    }
