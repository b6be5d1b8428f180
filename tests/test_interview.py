"""The interview's steps, without a terminal."""

from __future__ import annotations

import datetime as dt
import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assess.interview import Interview, StepError
from maturity.assess.menu import Entry, Menu, Picked
from maturity.assess.opening import begin, default_name
from maturity.assess.pace import time_left
from maturity.assess.plain import PlainTerminal, Waiting
from maturity.assess.plain_choice import listed
from maturity.assess.proving import read_day
from maturity.assess.question_menu import question_menu
from maturity.assess.review import Review, review
from maturity.assess.sitting import Ending, Sitting
from maturity.assess.trouble import Trouble
from maturity.assess.wording import NotANumberError, clean, parse_number
from maturity.locale.dates import by_the_clock, day_named, day_said, time_named
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW, Answer, Assessment, Evidence
from maturity.models.questionnaire import NumberQuestion, Questionnaire
from maturity.models.text import LANGUAGES, Language
from maturity.scoring.score import answers_digest
from maturity.sources.load import expect, load
from maturity.sources.shelf import open_questionnaire
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml

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
    st.tuples(st.just("sure"), st.sampled_from(["sure", "fairly", "unsure"])),
    st.tuples(st.just("edit"), st.integers(0, 6)),
    st.tuples(st.sampled_from(["review", "submit", "confirm"])),
    st.tuples(st.just("jump"), st.sampled_from(["leadership", "services"])),
    st.tuples(st.just("speak"), st.sampled_from(LANGUAGES)),
    st.tuples(st.just("go_to"), st.integers(-3, 12)),
    st.tuples(st.sampled_from(["skip", "back"])),
)


@given(st.lists(STEPS, max_size=40))
def test_no_sequence_of_steps_loses_an_answer_or_leaves_the_questionnaire(
    steps: list[tuple[object, ...]],
) -> None:
    last = {"leadership.strategy": Answer(value="draft"), "services.example": Answer(value="Libraries")}
    interview = Interview(open_questionnaire(str(SMALL))[0], previous=last)
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
        if name in ("skip", "back", "jump", "go_to", "speak", "edit", "review", "submit"):
            assert interview.answers == before.answers


VISITS = Path(__file__).parent / "data" / "visits" / "questionnaire.yaml"


@pytest.fixture(scope="module")
def visits() -> Questionnaire:
    return open_questionnaire(str(VISITS))[0]


def test_how_sure_somebody_is_stays_when_the_answer_changes(interview: Interview) -> None:
    unsure = interview.sure("unsure").answer("draft").back().answer("none")
    assert unsure.answers["leadership.strategy"] == Answer(value="none", sure="unsure")
    assert interview.sure("sure").answered == 0


def test_an_answer_that_falls_away_is_kept_and_marked(visits: Questionnaire) -> None:
    paid = Interview(visits).answer("all").answer("yes").answer(12.5)
    assert (paid.fallen, paid.answered, len(paid.asked)) == ((), 3, 6)
    gone = paid.go_to(1).answer("no")
    assert gone.answers["online.share"] == Answer(value=12.5)
    assert (gone.fallen, gone.answered, len(gone.asked)) == ((2,), 2, 5)
    assert gone.go_to(1).answer("yes").fallen == ()


def test_a_review_finds_what_to_look_at_again(visits: Questionnaire) -> None:
    # Answered and not sure; open; not asked; answered with nothing to prove it; last, certain and evidenced.
    interview = (
        Interview(visits).sure("unsure").answer("all").skip().answer(("staff",)).answer("yes").review()
    )
    assert interview.question is None
    assert review(interview) == Review(unanswered=(1, 5), unsure=(0,), without_evidence=(0,), fallen=())
    proved = interview.edit(0).evidence("List").sure("sure").skip()
    assert review(proved) == Review(unanswered=(1, 5), unsure=(), without_evidence=(), fallen=())
    # A note that one is unsure, without an answer, is no unsure answer.
    assert review(Interview(visits).sure("unsure").review()).unsure == ()


def test_editing_leads_back_to_the_review(visits: Questionnaire) -> None:
    interview = Interview(visits).answer("all").answer("no").review()
    for after in (
        interview.edit(0).answer("none"),
        interview.edit(0).skip(),
        interview.edit(0).back(),
        interview.edit(1).not_applicable("None are taken"),
    ):
        assert after.question is None
        assert not after.reviewing
    elsewhere = interview.edit(0).jump("people")
    assert elsewhere.question
    assert elsewhere.question.id == "people.tested"


def test_submitting_holds_until_something_changes(interview: Interview) -> None:
    submitted = interview.answer("draft").submit("Mair")
    assert (submitted.submitted, submitted.submitter) == (True, "Mair")
    assert submitted.speak("cy").back().skip().review().submitted
    assert not submitted.back().answer("none").submitted
    assert not submitted.note("Later").submitted


def test_last_periods_answers_do_not_count_before_they_are_confirmed(visits: Questionnaire) -> None:
    evidence = (Evidence(text="Minutes", date=dt.date(2025, 2, 1)),)
    before = {
        "online.forms": Answer(value="some", note="Waste", evidence=evidence, sure="unsure"),
        "online.pay": Answer(not_applicable=True, reason="No fees"),
        "people.tested": Answer(value=("staff", "residents")),
    }
    start = Interview.resume(visits, {}, "en", previous=before)
    assert (start.position, start.answered, start.current) == (0, 0, Answer())
    assert start.before == before["online.forms"]
    # Confirmed by the step or by giving the same answer: with note and evidence; how sure one was is last year's.
    for after in (start.confirm(), start.answer("some")):
        assert after.answers["online.forms"] == Answer(value="some", note="Waste", evidence=evidence)
        assert after.position == 1
    assert start.answer("all").answers["online.forms"] == Answer(value="all")
    mine = start.note("Parking").evidence("List").confirm().answers["online.forms"]
    assert (mine.note, [piece.text for piece in mine.evidence]) == ("Parking", ["Minutes", "List"])
    second = start.confirm()
    assert second.confirm().answers["online.pay"] == Answer(not_applicable=True, reason="No fees")
    several = second.confirm().answer(("residents", "staff"))
    assert set(several.answers["people.tested"].value or ()) == {"residents", "staff"}  # type: ignore[call-overload]
    # Once answered, it is this period's answer that stands there.
    assert several.back().before is None
    with pytest.raises(StepError, match="no answer of last period"):
        several.confirm()


def test_one_dimension_alone(visits: Questionnaire) -> None:
    held = {"online.forms": Answer(value="all"), "people.story": Answer(value="All of it")}
    only = Interview.resume(visits, held, "en", only="people")
    assert (only.end, only.answered, only.position) == (3, 1, 0)
    assert list(only.answer(("staff",)).answers) == ["online.forms", "people.tested", "people.story"]
    # What another dimension's answers decide is decided by them all the same.
    paid = Interview.resume(visits, {"online.pay": Answer(value="yes")}, "en", only="online")
    assert len(paid.asked) == 3
    with pytest.raises(StepError, match="no dimension 'nothing'"):
        Interview.resume(visits, {}, "en", only="nothing")


def test_the_time_left_is_told_from_ones_own_pace() -> None:
    assert time_left([], 70) is None
    assert time_left([0, 10, 20, 30, 40], 70) is None
    assert time_left([0, 10, 20, 30, 40, 50], 70) == 700
    # A pause over five minutes is no answer's time; of the others the median counts.
    assert time_left([0, 10, 20, 2000, 2030, 2040, 2100], 3) == 30
    assert time_left([0, 10, 20, 2000, 2030], 3) is None
    # Only the last twenty count.
    slow = [60.0 * i for i in range(30)]
    assert time_left([*slow, *(slow[-1] + i for i in range(1, 21))], 10) == 10


class Deaf:
    """Answers every question at once, each ten seconds later, and then leaves."""

    def __init__(self) -> None:
        self.lefts: list[float | None] = []

    def ask(self, interview: Interview, left: float | None) -> Interview:
        self.lefts.append(left)
        return interview.answer(VALUES[interview.position])

    def record(self, before: Interview, after: Interview) -> None:
        pass

    def review(self, interview: Interview) -> Interview:
        return interview.submit("Mair")


def test_a_sitting_drives_any_front_end(questionnaire: Questionnaire, tmp_path: Path) -> None:
    record = begin(tmp_path / "a.yaml", questionnaire, "Cardiff", "2026", None)
    deaf = Deaf()
    ticks = count(0, 10)
    sitting = Sitting(
        Interview(questionnaire), record, deaf, Trouble(PlainTerminal(Waiting())), lambda: next(ticks)
    )
    assert sitting.run() is Ending.SUBMITTED
    assert deaf.lefts == [None, None, None, None, None, 20, 10]
    saved = expect(load(tmp_path / "a.yaml"), Assessment)
    assert saved.status == "submitted"
    assert saved.submission
    assert (saved.submission.name, saved.submission.digest) == ("Mair", answers_digest([saved]))
    # A later save is a draft's, without the stamp.
    record.save()
    reopened = expect(load(tmp_path / "a.yaml"), Assessment)
    assert (reopened.status, reopened.submission) == ("draft", None)


@given(st.text(max_size=200))
def test_what_is_typed_has_the_same_digest_in_the_file(text: str) -> None:
    """What is cleaned is what the file gives back, so that a submission's digest is that of the file."""
    words = clean(text).strip()
    if not words:
        return
    answers = {"services.example": Answer(value=words, note=words, evidence=(Evidence(text=words),))}
    assessment = Assessment.model_validate(
        {
            "format": "maturity-assessment/1",
            "questionnaire": {"id": "small", "version": "1.0.0"},
            "organisation": "Cardiff",
            "period": "2026",
            "answers": answers,
        }
    )
    document = read_yaml(to_yaml(assessment).encode("utf-8"), "a.yaml")
    assert document.problems == []
    read = Assessment.model_validate(document.data)
    assert answers_digest([read]) == answers_digest([assessment])


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
        ("12,5 y cant", 12.5),
        ("12.5 per cent", 12.5),
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
    assert default_name("a" * 95, "2026") == f"{'a' * 95}-2026.yaml"
    long = {default_name("Corporate director of " * 9 + end, "2026") for end in ("Place", "People")}
    assert len(long) == 2  # or one would be written over the other
    assert {len(name) for name in long} == {105}
    # 255 bytes is what a file's name may have, with room for the ending of what is written beside it at first.
    assert len(default_name("數位發展部門" * 20, "2026").encode()) <= 205
    assert len(default_name("𠀀" * 60, "2026").encode()) <= 205
    assert default_name("部" * 60, "2026") == f"{'部' * 60}-2026.yaml"


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


def test_headings_stand_above_the_first_entry_of_each() -> None:
    entries = [
        Entry("a", "A", under="Online"),
        Entry("b", "B", under="Online"),
        Entry("c", "C", under="People"),
    ]
    menu = Menu(entries, [], Words("en"), marked=False)
    menu.point_at("c")
    parts, pointed, count = menu.entry_lines(40)
    drawn = "".join(text for _, text in parts).split("\n")
    assert drawn == ["Online", "  1 A", "  2 B", "People", "» 3 C"]
    assert (pointed, count) == (4, 5)
    assert [line for line, _ in listed(menu)][:5] == ["Online", "1 A", "2 B", "People", "3 C"]


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


def test_evidence_is_changed_and_removed(interview: Interview) -> None:
    two = interview.evidence("Minutes").evidence("Lsit", dt.date(2026, 1, 31))
    assert two.evidence("List", None, 1).current.evidence == (Evidence(text="Minutes"), Evidence(text="List"))
    assert two.without_evidence(0).current.evidence == (Evidence(text="Lsit", date=dt.date(2026, 1, 31)),)


def test_nothing_is_chosen_before_somebody_does(interview: Interview) -> None:
    menu = question_menu(interview, 0)
    assert menu.enter() is None
    assert menu.complaint == "Choose first, with the arrow keys or a digit."
    menu.move(-1)
    assert menu.pointer == len(menu.entries) + len(menu.actions) - 1
    again = question_menu(interview, 0)
    again.move(1)
    assert again.pointer == 0


@pytest.mark.parametrize("typed", ["31/3/2026", "31.3.2026", "31 March 2026", "31 Mawrth 2026", "2026-03-31"])
def test_dates_are_read_the_day_first(typed: str) -> None:
    assert read_day(typed) == dt.date(2026, 3, 31)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_said_is_a_day_read(language: Language) -> None:
    """A date is shown in words where it is to be changed, and is read as it was shown."""
    for month in range(1, 13):
        day = dt.date(2026, month, 28)
        assert read_day(day_said(day, Words(language))) == day


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the clock's zone is the system's own here")
def test_a_time_is_told_by_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0")
        time.tzset()
        said = [time_named(summer).said(Words(language)) for language in ("en", "cy")]
        assert said == ["2 July 2026 at 00:30", "2 Gorffennaf 2026 am 00:30"]
        assert time_named(summer.replace(tzinfo=None)) == time_named(summer)
        assert str(time_named(dt.datetime(2026, 1, 1, 9, 5, tzinfo=dt.UTC))) == "1 January 2026 at 09:05"
        assert str(day_named(by_the_clock(dt.datetime.max))) == "31 December 9999"
    time.tzset()
