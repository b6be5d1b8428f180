"""Answers that go back and forth between two versions while people change, delete and add some in between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.models.assessment import Answer, Assessment
from maturity.models.migration import Migration
from maturity.models.questionnaire import Questionnaire
from maturity.sources.shelf import open_migration, open_questionnaire
from maturity.sources.structure import to_model
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml
from maturity.versions.mapping import Way
from maturity.versions.migrate import Migrated, migrate, migrate_back
from test_migrate import PAIRS, TO_2, V1, V2, answers_to, assessment

SOCITM = (
    open_questionnaire("socitm@1.0.0")[0],
    open_questionnaire("socitm@2.0.0")[0],
    open_migration("socitm", "2.0.0")[0],
)
MOVED = (V1, V2, TO_2)


@dataclass
class Traveller:
    """Answers on their way between `old` and `new`."""

    old: Questionnaire
    new: Questionnaire
    migration: Migration
    now: Assessment
    fates: Migrated | None = field(default=None)

    @classmethod
    def at(cls, pair: Any, version: str, answers: dict[str, Any]) -> Traveller:
        reference = {"id": pair[0].id, "version": version}
        return cls(*pair, assessment(answers, version, questionnaire=reference))

    @property
    def is_old(self) -> bool:
        return self.now.questionnaire.version == self.old.version

    @property
    def questionnaire(self) -> Questionnaire:
        return self.old if self.is_old else self.new

    def go(self) -> Traveller:
        """To the other version, by way of the file's text."""
        go = migrate if self.is_old else migrate_back
        self.fates = go(self.now, self.old, self.new, self.migration)
        document = read_yaml(to_yaml(self.fates.assessment).encode(), "a.yaml")
        read, problems = to_model(Assessment, document)
        assert (read, problems, document.problems) == (self.fates.assessment, [], [])
        self.now = self.fates.assessment
        return self

    def change(self, **changes: Any) -> Traveller:
        """Dots in ids are written as two underscores; None deletes."""
        answers = dict(self.now.answers)
        for name, value in changes.items():
            question = name.replace("__", ".")
            answers.pop(question, None)
            if value is not None:
                answers[question] = value if isinstance(value, Answer) else Answer(value=value)
        self.now = self.now.model_copy(update={"answers": answers})
        return self

    @property
    def values(self) -> dict[str, Any]:
        return {q: a.value for q, a in self.now.answers.items()}


COUNCILLORS = "leadership.learning.councillors"


def test_an_answer_that_was_replaced_does_not_come_back_when_that_is_deleted() -> None:
    one = Traveller.at(SOCITM, "2.0.0", {COUNCILLORS: "four-in-five"}).go()
    assert one.now.answers == {}
    one.change(leadership__learning__councillors=5.0).go()
    assert one.values == {COUNCILLORS: "under-one-in-five"}
    one.change(leadership__learning__councillors=None)
    for _ in range(4):
        assert one.go().values == {}
    aside = one.now.kept_aside[COUNCILLORS]
    assert {(a.version, a.answer.value, a.replaced) for a in aside.all} == {
        ("2.0.0", "four-in-five", True),
        ("1.0.0", 5.0, True),
    }


def test_an_answer_that_was_deleted_and_given_again_comes_back() -> None:
    one = Traveller.at(MOVED, "1.0.0", {"data.share": 45}).go()
    one.change(data__shared="most").go()
    assert one.values == {}
    one.change(data__share=45.0).go()
    assert one.values == {"data.shared": "half"}
    for _ in range(3):
        assert one.go().values == {"data.share": 45}
        assert one.go().values == {"data.shared": "half"}


def test_one_half_of_what_was_merged_given_again_comes_back_without_the_old_half() -> None:
    one = Traveller.at(MOVED, "1.0.0", {"data.open": "yes", "data.live": "no"}).go()
    assert one.values == {"data.published": "once"}
    one.change(data__published=None).go()
    assert one.values == {}
    one.change(data__open="no").go()
    assert one.values == {"data.published": "not"}
    assert one.go().values == {"data.open": "no"}


@pytest.mark.parametrize(
    ("pair", "question", "answer"),
    [
        (SOCITM, "data.stewardship.agreements", Answer(note="theirs alone")),
        (MOVED, "people.trained", Answer(value=3.0)),
    ],
)
def test_what_is_said_of_one_half_of_a_split_question_is_not_said_of_the_other(
    pair: Any, question: str, answer: Answer
) -> None:
    one = Traveller.at(pair, "2.0.0", {})
    before = one.change(**{question.replace(".", "__"): answer}).now
    one.go()
    assert one.fates is not None
    (fate,) = one.fates.fates
    assert (fate.how, fate.trouble) == ("aside", "no_way_back")
    assert "belongs to it as well, has no answer" in str(fate.told)
    assert one.go().now == before


def test_a_file_that_went_back_and_forth_a_hundred_times_can_be_read() -> None:
    one = Traveller.at(MOVED, "1.0.0", {"plan.reach": "few"})
    for number in range(100):
        one.go()
        one.change(plan__reach=Answer(value="part" if number % 2 == 0 else "some", note=f"Round {number}"))
    entries = one.now.kept_aside["plan.reach"].all
    assert len({entry.answer.note for entry in entries}) == 100
    assert sum(not entry.replaced for entry in entries) <= 2


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Traveller, list[dict[str, Answer | None]]]:
    """Where it starts, and what is changed (None: deleted) before each trip after the first: all of it at the
    questions of a few of the migration's entries, so that trips meet what earlier ones have left."""
    old, new, migration = draw(st.sampled_from([*PAIRS, SOCITM]))
    start = draw(st.sampled_from([old, new]))
    entries = draw(st.lists(st.sampled_from(migration.changes), min_size=1, max_size=3))
    touched = {q for c in entries for q in (*c.from_, c.to)}
    touched |= {
        to for c in migration.changes for to in (*c.from_, c.to) if touched & {*c.from_, c.to} - {None}
    }
    ids = {q.version: [i for i in q.questions if i in touched] for q in (old, new)}
    answers = {q: draw(answers_to(start.questions[q])) for q in ids[start.version] if draw(st.booleans())}
    edits: list[dict[str, Answer | None]] = []
    here = start
    for _ in range(draw(st.integers(2, 6))):
        here = new if here is old else old
        chosen = [q for q in ids[here.version] if draw(st.booleans())]
        edits.append({q: draw(st.none() | answers_to(here.questions[q])) for q in chosen})
    return Traveller.at((old, new, migration), start.version, answers), edits


@given(journeys())
def test_whatever_people_do_between_the_trips(case: tuple[Traveller, list[dict[str, Answer | None]]]) -> None:
    """An answer after a trip is made of one before it, or stood there when the version was last left: so nothing that
    was deleted or replaced returns. And a trip there and back without a change is as if nobody had gone."""
    one, edits = case
    left: dict[str, dict[str, Answer]] = {}
    seen: list[Answer] = []
    for changes in edits:
        start, before = one.questionnaire, one.now
        left[start.version] = dict(before.answers)
        way = Way.of(one.old, one.new, one.migration)
        plain, _ = (way if one.is_old else way.back).over(before.answers)
        one.go()
        stood = left.get(one.questionnaire.version, {})
        for question, answer in one.now.answers.items():
            assert answer in (plain.get(question), stood.get(question))
        turned = replace(one).go()
        assert turned.now.answers == before.answers
        assert turned.go().now.answers == one.now.answers
        held = [*one.now.answers.values(), *(a.answer for k in one.now.kept_aside.values() for a in k.all)]
        assert all(answer in held for answer in seen)
        seen = [e.answer for k in one.now.kept_aside.values() for e in k.all if e.replaced]
        one.change(**{q.replace(".", "__"): answer for q, answer in changes.items()})
