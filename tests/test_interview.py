"""The interview's steps, without a terminal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assess.interview import Interview, StepError
from maturity.assess.menu import Entry, Menu, Picked
from maturity.assess.question_menu import question_menu
from maturity.assess.record import default_name
from maturity.assess.wording import NotANumberError, clean, parse_number
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.questionnaire import NumberQuestion, Questionnaire
from maturity.models.text import LANGUAGES
from maturity.sources.shelf import open_questionnaire

SMALL = Path(__file__).parent / "data" / "small" / "questionnaire.yaml"
# One answer that each question can have, in order.
VALUES: tuple[str | float | tuple[str, ...], ...] = (
    "draft",
    "yes",
    12.5,
    ("staff",),
    1250,
    "Libraries",
    "all",
)


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return open_questionnaire(str(SMALL))[0]


@pytest.fixture
def interview(questionnaire: Questionnaire) -> Interview:
    return Interview(questionnaire)


def answer_all(interview: Interview) -> Interview:
    for value in VALUES:
        interview = interview.answer(value)
    return interview


def test_every_question_is_asked_in_order_and_then_none(interview: Interview) -> None:
    seen = []
    for value in VALUES:
        assert interview.question is not None
        seen.append(interview.question.id)
        interview = interview.answer(value)
    assert seen == list(interview.questionnaire.questions)
    assert interview.question is None
    assert interview.progress is None
    assert interview.answered == interview.end == 7


def test_a_step_leaves_the_state_it_was_taken_from_as_it_was(interview: Interview) -> None:
    after = interview.answer("draft")
    assert (interview.position, dict(interview.answers)) == (0, {})
    assert (after.position, dict(after.answers)) == (1, {"leadership.strategy": Answer(value="draft")})
    with pytest.raises(TypeError):
        after.answers["leadership.officer"] = Answer(value="yes")  # type: ignore[index]


def test_progress_says_where_we_are(interview: Interview) -> None:
    progress = interview.answer("draft").answer("no").progress
    assert progress is not None
    assert (progress.dimension.id, progress.theme.id) == ("leadership", "money")
    assert (progress.number, progress.of, progress.answered) == (3, 7, 2)


def test_back_leads_to_the_question_seen_before_and_a_changed_answer_goes_on_below_it(
    interview: Interview,
) -> None:
    interview = interview.answer("draft").answer("yes").back().back()
    assert interview.position == 0
    assert interview.current.value == "draft"
    interview = interview.answer("adopted")
    assert interview.position == 1
    assert interview.answers["leadership.strategy"].value == "adopted"


def test_back_returns_to_the_hole_that_was_just_filled(questionnaire: Questionnaire) -> None:
    full = answer_all(Interview(questionnaire))
    held = {id: a for id, a in full.answers.items() if id not in ("leadership.officer", "services.example")}
    resumed = Interview.resume(questionnaire, held, "en")
    assert resumed.position == 1
    filled = resumed.answer("no")
    assert filled.position == 5
    assert filled.back().position == 1


def test_back_stays_at_the_first_question(interview: Interview) -> None:
    assert interview.back().position == 0


def test_skipping_leaves_an_open_question_open_and_keeps_an_earlier_answer(interview: Interview) -> None:
    skipped = interview.skip()
    assert (skipped.position, skipped.answered) == (1, 0)
    again = interview.answer("draft").back().skip()
    assert (again.position, again.answers["leadership.strategy"].value) == (1, "draft")


def test_resuming_starts_at_the_first_open_question(questionnaire: Questionnaire) -> None:
    five = Interview(questionnaire)
    for value in VALUES[:5]:
        five = five.answer(value)
    assert Interview.resume(questionnaire, five.answers, "cy").position == 5
    assert Interview.resume(questionnaire, answer_all(five.go_to(0)).answers, "en").question is None


def test_a_note_alone_does_not_make_a_question_answered(questionnaire: Questionnaire) -> None:
    noted = Interview(questionnaire).note("Ask Mair")
    assert noted.answered == 0
    assert Interview.resume(questionnaire, noted.answers, "en").position == 0


def test_not_applicable_wants_a_reason_and_a_question_that_offers_it(interview: Interview) -> None:
    with pytest.raises(StepError, match="cannot be answered with 'not applicable'"):
        interview.not_applicable("no")
    officer = interview.answer("draft")
    with pytest.raises(StepError):
        officer.not_applicable("  ")
    given_up = officer.not_applicable("Shared with a neighbour")
    assert given_up.answers["leadership.officer"] == Answer(
        not_applicable=True, reason="Shared with a neighbour"
    )
    changed = given_up.back().answer("yes")
    assert changed.answers["leadership.officer"] == Answer(value="yes")


def test_notes_and_evidence_stay_when_the_answer_changes(interview: Interview) -> None:
    interview = (
        interview.note("First thought").evidence("https://x.cymru", dt.date(2026, 1, 31)).answer("draft")
    )
    interview = interview.back().evidence("Minutes").answer("none")
    kept = interview.answers["leadership.strategy"]
    assert (kept.value, kept.note) == ("none", "First thought")
    assert [(e.text, e.date) for e in kept.evidence] == [
        ("https://x.cymru", dt.date(2026, 1, 31)),
        ("Minutes", None),
    ]


def test_an_empty_note_takes_the_note_away(interview: Interview) -> None:
    assert interview.note("x").note(" ").answers["leadership.strategy"] == Answer()


def test_jumping_leads_to_a_dimensions_first_open_question(interview: Interview) -> None:
    assert interview.jump("services").position == 3
    partly = interview.jump("services").answer(("staff",)).jump("leadership").jump("services")
    assert partly.position == 4
    assert answer_all(interview).jump("services").position == 3
    with pytest.raises(StepError, match="no dimension 'money'"):
        interview.jump("money")


def test_another_language_changes_nothing_else(interview: Interview) -> None:
    welsh = interview.answer("draft").speak("cy")
    assert welsh.language == "cy"
    assert (welsh.position, dict(welsh.answers)) == (1, {"leadership.strategy": Answer(value="draft")})


@pytest.mark.parametrize(
    ("position", "value"),
    [
        (0, "unheard-of"),
        (0, ("draft",)),
        (2, 101),
        (2, 0.25),
        (2, "many"),
        (3, ("nobody", "staff")),
        (3, ()),
        (5, ""),
    ],
)
def test_what_is_no_answer_is_refused(
    interview: Interview, position: int, value: str | float | tuple[str, ...]
) -> None:
    with pytest.raises(StepError):
        interview.go_to(position).answer(value)


def test_dont_know_is_an_answer_only_where_it_is_offered(interview: Interview) -> None:
    assert interview.go_to(2).answer(DONT_KNOW).answers["leadership.budget"].value == DONT_KNOW
    with pytest.raises(StepError):
        interview.go_to(4).answer(DONT_KNOW)


def test_nothing_can_be_answered_at_the_end(interview: Interview) -> None:
    with pytest.raises(StepError):
        interview.go_to(99).answer("draft")


def test_answers_are_held_in_the_questionnaires_order(interview: Interview) -> None:
    backwards = interview.go_to(4).answer(7).go_to(0).answer("draft").go_to(2).answer(1)
    assert list(backwards.answers) == ["leadership.strategy", "leadership.budget", "services.requests"]


STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 6)),
    st.tuples(st.just("not_applicable"), st.text(max_size=5)),
    st.tuples(st.just("note"), st.text(max_size=5)),
    st.tuples(st.just("evidence"), st.text(max_size=5)),
    st.tuples(st.just("jump"), st.sampled_from(["leadership", "services"])),
    st.tuples(st.just("speak"), st.sampled_from(LANGUAGES)),
    st.tuples(st.just("go_to"), st.integers(-3, 12)),
    st.tuples(st.sampled_from(["skip", "back"])),
)


@given(st.lists(STEPS, max_size=40))
def test_no_sequence_of_steps_loses_an_answer_or_leaves_the_questionnaire(
    steps: list[tuple[object, ...]],
) -> None:
    interview = Interview(open_questionnaire(str(SMALL))[0])
    for name, *arguments in steps:
        if name == "answer":
            arguments = [VALUES[int(str(arguments[0]))]]
        before = interview
        try:
            interview = getattr(interview, str(name))(*arguments)
        except StepError:
            assert interview is before
        asked = before.question.id if before.question else None
        assert 0 <= interview.position <= interview.end
        for id, held in before.answers.items():
            now = interview.answers[id]
            assert now.given or not held.given
            assert len(now.evidence) >= len(held.evidence)
            assert now == held or id == asked
        if name in ("skip", "back", "jump", "go_to", "speak"):
            assert interview.answers == before.answers


# What people type


@pytest.fixture
def share(questionnaire: Questionnaire) -> NumberQuestion:
    question = questionnaire.questions["leadership.budget"]
    assert isinstance(question, NumberQuestion)
    return question


@pytest.fixture
def requests(questionnaire: Questionnaire) -> NumberQuestion:
    question = questionnaire.questions["services.requests"]
    assert isinstance(question, NumberQuestion)
    return question


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("12,5", 12.5),
        (" 12,5 % ", 12.5),
        ("12.5%", 12.5),
        (",5", 0.5),
        ("−3", -3),
        ("1 250", 1250),
    ],
)
def test_numbers_are_read_as_people_write_them(share: NumberQuestion, typed: str, number: float) -> None:
    assert parse_number(typed, share) == number


def test_a_comma_that_can_be_read_in_two_ways_is_not_guessed_at(
    share: NumberQuestion, requests: NumberQuestion
) -> None:
    with pytest.raises(NotANumberError, match="two ways"):
        parse_number("1,250", share)
    assert parse_number("1,250", requests) == 1250
    assert parse_number("1,250,000 requests", requests) == 1_250_000
    assert parse_number("1,250.5", share) == 1250.5


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "1,2,3", "12 apples", "nan", "1e3", "--1"])
def test_what_is_no_number_is_said_to_be_none(share: NumberQuestion, typed: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(typed, share)


def test_control_characters_and_stray_surrogates_are_dropped() -> None:
    assert clean("a\x1b[2Jb\udc80c\nd\x00\u2028e\rf\r\ng") == "a[2Jbc\nd\ne\nf\ng"


def test_a_files_name_is_made_of_plain_letters() -> None:
    assert default_name("Ynys Môn", "2026/27 Q1") == "ynys-mon-2026-27-q1.yaml"


# Menus


def test_an_exclusive_entry_and_the_others_push_each_other_out() -> None:
    entries = [Entry("a", "A"), Entry("b", "B"), Entry("none", "None", exclusive=True)]
    menu = Menu(entries, [], Words("en"), several=True)
    assert menu.enter() is None
    assert menu.complaint.startswith("Tick at least one")
    for pointer, ticked in [(0, {"a"}), (1, {"a", "b"}), (2, {"none"}), (1, {"b"}), (1, set())]:
        menu.pointer = pointer
        menu.toggle()
        assert menu.ticked == ticked


def test_the_earlier_answer_is_preselected(interview: Interview) -> None:
    menu = question_menu(interview.answer("adopted").back(), 0)
    assert menu.enter() == Picked(values=("adopted",))
    several = question_menu(interview.go_to(3).answer(("disabled", "staff")).back(), 0)
    assert several.enter() == Picked(values=("disabled", "staff"))
    unknown = question_menu(interview.go_to(2).answer(DONT_KNOW).back(), 0)
    assert unknown.enter() == Picked(values=(DONT_KNOW,))


@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_no_line_of_a_menu_is_wider_than_the_terminal(interview: Interview, width: int) -> None:
    menu = question_menu(interview.answer("adopted"), 0)
    menus = [menu, question_menu(interview, 0), question_menu(interview.go_to(3), 0)]
    for one in menus:
        entries, _, count = one.entry_lines(width)
        actions, rows = one.action_rows(width)
        drawn = "".join(part[1] for part in entries).split("\n")
        assert len(drawn) == count
        assert max(map(len, drawn)) <= min(width, 96)
        drawn = "".join(part[1] for part in actions).split("\n")
        assert len(drawn) == rows
        assert max(map(len, drawn)) <= width


def test_what_is_not_asked_is_passed_over_and_kept() -> None:
    guide = Path(__file__).parent.parent / "docs" / "rubrics" / "questionnaire-1.0.0.yaml"
    questionnaire = open_questionnaire(str(guide))[0]
    interview = Interview.resume(questionnaire, {}, "en").jump("catalogue").answer("online").answer(80.0)
    assert interview.question and interview.question.id == "catalogue.borrowing.reserve"
    no = interview.answer("no")
    # Notices are asked only where books can be reserved.
    assert no.question and no.question.id == "people.help.sessions"
    assert no.progress and (no.progress.number, no.progress.of) == (4, 5)
    yes = interview.answer("yes").answer(("email",))
    assert yes.progress and (yes.progress.number, yes.progress.of) == (5, 6)
    changed = yes.back().back().answer("no")
    assert changed.answers["catalogue.borrowing.notices"].value == ("email",)
    assert changed.question and changed.question.id == "people.help.sessions"
    assert changed.back().question == interview.question
    assert changed.answered == 3
