"""Several respondents, one agreed assessment: agreement and spread worked out by hand, rules, the record, the agenda."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections import Counter
from pathlib import Path
from statistics import multimode

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.checks.assessments import merged as rule
from maturity.checks.subjects import AnsweredSubject
from maturity.intake.merge import Item, agenda, choose, merge, open_questions
from maturity.intake.merge_agenda import HEADINGS, agenda_workbook, read_agenda
from maturity.intake.merge_read import Sheet, gone, identity, read_respondents, respondents
from maturity.intake.merge_words import counts_lines, share_text, spread_text
from maturity.intake.workbook import read_template
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Assessment, Evidence, QuestionnaireRef, Respondent
from maturity.models.problem import Place
from maturity.models.text import LANGUAGES
from maturity.reports.agenda import agenda_page
from maturity.scoring.agreement import NOBODY_KNOWS, NOT_APPLICABLE, Agreement, said
from maturity.scoring.score import answers_digest
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml
from workbook_data import MADE_ON, cell_of, edited, small, template, through_libreoffice

ASKED, LOADED = small()
PLACE, MONEY, NAMED, READ = "lead.plan.place", "lead.plan.money", "lead.plan.named", "lead.plan.read"
SHARE, DAYS, WAYS, WORDS = (
    "serve.online.share",
    "serve.online.days",
    "serve.online.ways",
    "serve.online.words",
)
Value = str | float | tuple[str, ...]


def sheet(
    role: str | None = None, name: str | None = None, file: str = "", **answers: Value | Answer
) -> Sheet:
    """One respondent; double underscores in questions' names stand for dots."""
    given = {
        question.replace("__", "."): answer if isinstance(answer, Answer) else Answer(value=answer)
        for question, answer in answers.items()
    }
    assessment = Assessment(
        format="maturity-assessment/1",
        questionnaire=QuestionnaireRef(id="small", version="1.0.0"),
        organisation="Ynys Môn",
        period="2026",
        respondent=Respondent(name=name, role=role) if name or role else None,
        status="submitted",
        answers=given,
    )
    return Sheet(assessment, Place(file or f"{name or role}.yaml"))


def people(question: str, *values: Value | None, roles: str = "") -> list[Sheet]:
    """Respondents who say these; a letter of `roles` each, all in one role where it is empty."""
    key = question.replace(".", "__")
    made = []
    for number, value in enumerate(values):
        answers = {} if value is None else {key: value}
        made.append(sheet(roles[number] if roles else "a", f"Person {number}", **answers))
    return made


def found(question: str, *values: Value | Answer | None) -> Agreement:
    given = [v if isinstance(v, Answer) or v is None else Answer(value=v) for v in values]
    return Agreement(ASKED.questions[question], tuple(said(ASKED.questions[question], a) for a in given))


NOT_HERE = Answer(not_applicable=True, reason="none here")


# Agreement and spread, by hand


def test_levels_spread_by_their_places() -> None:
    # none, drafted, agreed are places 1, 2, 3: drafted twice of four answers, from 1 to 3.
    a = found(PLACE, "drafted", "agreed", "none", "drafted", None)
    assert (a.n, a.unanswered, a.agreeing, a.share, a.mode) == (4, 1, 2, 0.5, ("drafted",))
    assert (a.values, a.range, a.width, a.median) == ((1, 2, 2, 3), 2, 1.0, None)
    assert spread_text(a, Words("en")) == "option 1 to 3 of 3"
    assert share_text(a, Words("en")) == "2 of 4"
    # 1 and 2 of 3: range 1, of the 2 that there can be.
    assert (found(PLACE, "none", "drafted").range, found(PLACE, "none", "drafted").width) == (1, 0.5)


def test_what_is_no_level_has_no_place_in_the_spread() -> None:
    a = found(PLACE, "drafted", NOT_HERE, NOT_HERE, "drafted", "agreed")
    assert a.counts == ((("drafted",), 2), (NOT_APPLICABLE, 2), (("agreed",), 1))
    assert (a.n, a.mode, a.share, a.range) == (5, None, 0.4, 1)
    # Two who say so for different reasons say the same.
    assert found(READ, NOT_HERE, Answer(not_applicable=True, reason="other")).counts == ((NOT_APPLICABLE, 2),)


def test_numbers_spread_by_range_and_median() -> None:
    # 10, 12.5, 30, 45: half-way between 12.5 and 30 is 21.25; 35 of the 100 that there can be.
    a = found(SHARE, 45.0, 12.5, "dont_know", 10.0, 30.0)
    assert (a.n, a.range, a.median, a.width) == (5, 35, 21.25, 0.35)
    assert (a.mode, a.agreeing, a.counts[-1]) == (None, 1, (NOBODY_KNOWS, 1))
    assert spread_text(a, Words("en")) == "10 to 45, median 21.25"
    odd = found(DAYS, 3.0, 9.0, 3.0)
    assert (odd.median, odd.range, odd.mode, odd.share) == (3, 6, ("3.0",), pytest.approx(2 / 3))
    assert odd.width == 0  # no upper bound: nobody knows how wide 6 days are


def test_choose_several_by_option() -> None:
    # phone by three of three, desk by one: only desk is disputed, one of three options.
    a = found(WAYS, ("phone", "desk"), ("phone",), ("phone",), NOT_HERE)
    assert a.options == (("phone", 3), ("desk", 1), ("none", 0))
    assert (a.disputed, a.width, a.mode, a.share) == (("desk",), pytest.approx(1 / 3), ("phone",), 0.5)
    assert found(WAYS, ("desk", "phone"), ("phone", "desk")).counts == ((("phone", "desk"), 2),)
    assert spread_text(a, Words("en")) == "1 of 3 options disputed"
    lines = list(counts_lines(a, Words("en")))
    assert lines == [("By telephone", 3), ("At a desk", 1), ("None of these", 0), ("Not applicable", 1)]


def test_a_tie_is_no_mode_and_nobody_is_no_disagreement() -> None:
    assert found(NAMED, "yes", "no").mode is None
    assert found(NAMED, "yes", "no").share == 0.5
    assert (found(NAMED, None, None).share, found(NAMED, None, None).n, found(NAMED).mode) == (1, 0, None)


# Rules


def how(sheets: list[Sheet], question: str, **rules: str) -> tuple[str | None, object]:
    done = merge(ASKED, sheets, **rules).assessment  # type: ignore[arg-type]
    assert done.merged is not None
    answer = done.answers.get(question, Answer())
    return done.merged.settled.get(question), NOT_HERE if answer.not_applicable else answer.value


def test_rules_settle_in_their_order() -> None:
    same, most, tie = ("drafted",) * 3, ("drafted", "drafted", "agreed"), ("drafted", "agreed")
    assert how(people(PLACE, *same), PLACE) == ("unanimous", "drafted")
    assert how(people(PLACE, *most), PLACE) == (None, None)
    assert how(people(PLACE, *most), PLACE, rule="mode") == ("mode", "drafted")
    assert how(people(PLACE, *tie), PLACE, rule="mode") == (None, None)
    assert how(people(PLACE, *tie, roles="xy"), PLACE, decides="Y") == ("role", "agreed")
    assert how(people(PLACE, *tie, roles="xy"), PLACE, rule="mode", decides="y") == ("role", "agreed")
    # The most frequent answer comes before the role that decides.
    assert how(people(PLACE, *most, roles="xxy"), PLACE, rule="mode", decides="y") == ("mode", "drafted")
    # Two in the role who differ decide nothing; nor does one who did not answer.
    assert how(people(PLACE, *most, roles="xyy"), PLACE, decides="y") == (None, None)
    assert how(people(PLACE, *tie, None, roles="xxy"), PLACE, decides="y") == (None, None)
    assert how(people(PLACE, None, "agreed", None), PLACE) == ("only_one", "agreed")
    assert how(people(PLACE, "none", None, "none"), PLACE) == ("unanimous", "none")
    assert how(people(SHARE, "dont_know", 5.0), SHARE) == (None, None)
    assert how(people(SHARE, "dont_know", "dont_know", 5.0), SHARE, rule="mode") == ("mode", "dont_know")


def test_words_are_all_kept() -> None:
    assert how(people(WORDS, "Bins", "Bins"), WORDS) == ("unanimous", "Bins")
    assert how(people(WORDS, "Bins", "Libraries", roles="xy"), WORDS) == ("united", "x: Bins\n\ny: Libraries")
    assert agenda(ASKED, merge(ASKED, people(WORDS, "Bins", "Libraries")).assessment) == []


def test_notes_and_evidence_are_united_by_role() -> None:
    day = dt.date(2026, 1, 2)
    minutes = Evidence(text="minutes", date=day)
    sheets = [
        sheet(
            "Lead",
            lead__plan__place=Answer(value="none", note="A", evidence=(minutes, Evidence(text="plan"))),
        ),
        sheet("HR", lead__plan__place=Answer(value="agreed", note="B", evidence=(minutes,), sure="sure")),
        sheet(lead__plan__place=Answer(value="agreed", note="A", sure="sure")),
    ]
    answer = merge(ASKED, sheets, rule="mode").assessment.answers[PLACE]
    assert answer.value == "agreed"
    assert answer.note == "HR: B\n\nLead: A"
    assert answer.evidence == (
        Evidence(text="minutes (HR, Lead)", date=day),
        Evidence(text="plan (Lead)"),
    )
    assert answer.sure == "sure"
    # What one alone answered stays as it was given.
    alone = merge(ASKED, sheets[:1]).assessment
    assert alone.answers == sheets[0].assessment.answers


def test_reasons_are_united_where_it_does_not_apply() -> None:
    other = Answer(not_applicable=True, reason="closed")
    done = merge(
        ASKED, [sheet("x", lead__plan__read=NOT_HERE), sheet("y", lead__plan__read=other)]
    ).assessment
    assert done.answers[READ] == Answer(not_applicable=True, reason="x: none here\n\ny: closed")


def test_parts_by_dimension_become_one() -> None:
    parts = [
        sheet("Lead", lead__plan__place=Answer(value="none", note="N", evidence=(Evidence(text="E"),))),
        sheet("Web", serve__online__days=3.0, serve__online__ways=("phone",)),
    ]
    done = merge(ASKED, parts).assessment
    assert done.answers == {**parts[0].assessment.answers, **parts[1].assessment.answers}
    assert done.status == "submitted"
    assert open_questions(ASKED, done) == []
    assert agenda(ASKED, done) == []


# Properties


OPTIONS: dict[str, list[Value]] = {
    PLACE: ["none", "drafted", "agreed"],
    MONEY: ["none", "some", "all"],
    NAMED: ["yes", "no"],
    SHARE: [0.0, 12.5, 100.0, "dont_know"],
    WAYS: [("phone",), ("phone", "desk"), ("none",)],
    WORDS: ["Bins", "Llyfrgelloedd"],
}
ANSWER = {
    question: st.builds(
        Answer,
        value=st.sampled_from(values),
        note=st.sampled_from([None, "a note", "=1+1", "yes"]),
        evidence=st.sampled_from([(), (Evidence(text="minutes", date=dt.date(2026, 1, 2)),)]),
        sure=st.sampled_from([None, "sure", "unsure"]),
    )
    for question, values in OPTIONS.items()
}
ANSWERS = st.fixed_dictionaries({}, optional=ANSWER).filter(bool)
SHEETS = st.lists(st.tuples(st.sampled_from(["Lead", "HR", None]), ANSWERS), min_size=1, max_size=7).map(
    lambda all_: [
        sheet(role, f"Person {n}", **{q.replace(".", "__"): a for q, a in answers.items()})
        for n, (role, answers) in enumerate(all_)
    ]
)
RULES = st.fixed_dictionaries(
    {"rule": st.sampled_from(["unanimous", "mode"]), "decides": st.sampled_from([None, "hr"])}
)


@given(SHEETS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_files_plays_no_part(
    sheets: list[Sheet], rules: dict[str, str], shuffled: random.Random
) -> None:
    before = to_yaml(merge(ASKED, sheets, **rules).assessment)  # type: ignore[arg-type]
    shuffled.shuffle(sheets)
    assert to_yaml(merge(ASKED, sheets, **rules).assessment) == before  # type: ignore[arg-type]


@given(SHEETS, RULES)
def test_nothing_is_lost_and_the_record_is_sound(sheets: list[Sheet], rules: dict[str, str]) -> None:
    done = merge(ASKED, sheets, **rules).assessment  # type: ignore[arg-type]
    document = read_yaml(to_yaml(done).encode(), "agreed.yaml")
    back = Assessment.model_validate(document.data)
    assert back == done
    assert back.merged is not None
    kept = Counter(
        (p.name, p.role, answers_digest([done.model_copy(update={"answers": p.answers})]))
        for p in back.merged.respondents
    )
    given_ = Counter(
        (s.assessment.respondent.name, s.assessment.respondent.role, answers_digest([s.assessment]))
        for s in sheets
        if s.assessment.respondent
    )
    assert kept == given_
    told = [p.kind.code for p in rule.check(AnsweredSubject(document, back, ASKED, wales()))]
    roles = {s.assessment.respondent.role for s in sheets if s.assessment.respondent}
    assert told == (["A034"] if rules["decides"] and "HR" not in roles else [])
    # Whatever anybody answered is agreed or open.
    answered = {q for s in sheets for q in s.assessment.answers}
    assert answered == set(back.merged.settled) | set(open_questions(ASKED, back))
    assert {q for q, a in back.answers.items() if a.given} == set(back.merged.settled)


@given(SHEETS)
def test_modes_are_those_of_the_standard_library(sheets: list[Sheet]) -> None:
    done = merge(ASKED, sheets, rule="mode").assessment
    assert done.merged is not None
    for question in OPTIONS:
        if question == WORDS:
            continue
        given_ = [s.assessment.answers[question].value for s in sheets if question in s.assessment.answers]
        modes = multimode(given_)
        if len(modes) == 1:
            assert done.answers[question].value == modes[0]
        else:
            assert not done.answers.get(question, Answer()).given


@given(ANSWERS, st.integers(2, 5))
def test_who_all_say_the_same_have_agreed(answers: dict[str, Answer], n: int) -> None:
    sheets = [sheet("x", f"P{i}", **{q.replace(".", "__"): a for q, a in answers.items()}) for i in range(n)]
    done = merge(ASKED, sheets).assessment
    assert done.merged is not None
    assert set(done.merged.settled.values()) == {"unanimous"}
    plain = {q: a.model_copy(update={"evidence": ()}) for q, a in done.answers.items()}
    assert plain == {q: a.model_copy(update={"evidence": ()}) for q, a in answers.items()}


@given(SHEETS)
def test_the_agenda_begins_with_the_least_agreement(sheets: list[Sheet]) -> None:
    items = agenda(ASKED, merge(ASKED, sheets).assessment)
    shares = [(i.found.share, -i.found.width) for i in items]
    assert shares == sorted(shares)
    assert all(i.found.differ for i in items)


def test_the_agenda_of_ties_is_in_the_questionnaires_order() -> None:
    sheets = [
        sheet(
            "x",
            "A",
            lead__plan__place="none",
            lead__plan__money="none",
            serve__online__share=0.0,
            lead__plan__named="yes",
        ),
        sheet(
            "x",
            "B",
            lead__plan__place="drafted",
            lead__plan__money="all",
            serve__online__share=60.0,
            lead__plan__named="no",
        ),
        sheet("x", "C", lead__plan__place="drafted", lead__plan__named="yes"),
    ]
    # 1 of 2 agree on money (width 1) and share (0.6); 2 of 3 on place (width 0.5) and on who is named (no width).
    assert [i.question.id for i in agenda(ASKED, merge(ASKED, sheets).assessment)] == [
        MONEY,
        SHARE,
        PLACE,
        NAMED,
    ]


def test_results_by_role_from_five_on() -> None:
    five = people(NAMED, "yes", "yes", "no", "yes", "no", "no", roles="aaaaab")
    [item] = agenda(ASKED, merge(ASKED, five).assessment)
    assert [(role, one.n, one.agreeing) for role, one in item.roles] == [("a", 5, 3)]
    four = people(NAMED, "yes", "yes", "no", "yes", None, roles="aaaaa")
    [item] = agenda(ASKED, merge(ASKED, four).assessment)
    assert item.roles == ()


# Running it again


def test_what_was_chosen_or_changed_stays() -> None:
    sheets = people(PLACE, "none", "agreed")
    first = merge(ASKED, sheets).assessment
    chosen = choose(
        first.model_copy(update={"answers": {PLACE: Answer(value="drafted", note="compromise")}}), [PLACE]
    )
    assert chosen.merged is not None and chosen.merged.settled == {PLACE: "chosen"}
    again = merge(ASKED, sheets, rule="mode", earlier=chosen)
    assert again.assessment.answers == chosen.answers
    assert again.stale == ()
    more = [*sheets, *people(PLACE, None, None, "agreed")[2:]]
    later = merge(ASKED, more, rule="mode", earlier=chosen)
    assert later.assessment.answers == chosen.answers
    assert later.stale == (PLACE,)


def test_an_answer_changed_by_hand_counts_as_chosen() -> None:
    sheets = people(PLACE, "none", "none")
    first = merge(ASKED, sheets).assessment
    by_hand = first.model_copy(update={"answers": {PLACE: Answer(value="agreed")}})
    again = merge(ASKED, sheets, earlier=by_hand).assessment
    assert again.answers == {PLACE: Answer(value="agreed")}
    assert again.merged is not None and again.merged.settled == {PLACE: "chosen"}
    taken_away = first.model_copy(update={"answers": {}})
    again = merge(ASKED, sheets, earlier=taken_away).assessment
    assert open_questions(ASKED, again) == [PLACE]
    noted = merge(ASKED, people(PLACE, "none", "agreed")).assessment.model_copy(
        update={"answers": {PLACE: Answer(note="mine")}}
    )
    now = merge(ASKED, people(PLACE, "none", "agreed", "none"), rule="mode", earlier=noted).assessment
    assert now.answers == {PLACE: Answer(value="none", note="mine")}


@given(SHEETS, RULES)
def test_running_it_again_changes_nothing(sheets: list[Sheet], rules: dict[str, str]) -> None:
    first = merge(ASKED, sheets, **rules).assessment  # type: ignore[arg-type]
    assert merge(ASKED, sheets, **rules, earlier=first).assessment == first  # type: ignore[arg-type]
    merged = first.merged
    assert merged is not None
    assert gone(merged, respondents(sheets)) == []


def test_respondents_who_are_gone_are_told_and_corrected_ones_are_not() -> None:
    two = people(PLACE, "none", "agreed")
    before = merge(ASKED, two).assessment.merged
    assert before is not None
    assert [p.name for p in gone(before, respondents(two[:1]))] == ["Person 1"]
    assert gone(before, respondents(people(PLACE, "none", "drafted"))) == []
    nameless = [sheet(None, lead__plan__place="none"), sheet(None, lead__plan__place="agreed")]
    before = merge(ASKED, nameless).assessment.merged
    assert before is not None
    assert len(gone(before, respondents([nameless[0], sheet(None, lead__plan__place="drafted")]))) == 1
    assert identity("Siân ", None) == identity("sian", "")


# Files


def written(folder: Path, *sheets: Sheet) -> list[Path]:
    paths = []
    for number, one in enumerate(sheets):
        path = folder / f"{number}.yaml"
        path.write_text(to_yaml(one.assessment), encoding="utf-8")
        paths.append(path)
    return paths


def codes(paths: list[Path]) -> list[tuple[str, str]]:
    read = read_respondents(paths, wales(), (ASKED, LOADED))
    assert read.sound == (not any(p.kind.severity == "error" for p in read.problems) and bool(read.sheets))
    return [(p.kind.code, Path(p.place.file).name) for p in read.problems]


def test_files_of_different_things_are_told(tmp_path: Path) -> None:
    first = sheet("a", "A", lead__plan__place="none")
    cardiff, then = (
        Sheet(first.assessment.model_copy(update=change), Place(""))
        for change in ({"organisation": "Cardiff"}, {"period": "2025"})
    )
    assert codes(written(tmp_path, first, cardiff, then)) == [("J001", "1.yaml"), ("J002", "2.yaml")]
    agreed = merge(ASKED, [first]).assessment
    paths = written(tmp_path, first, Sheet(agreed, Place("")))
    assert codes(paths) == [("J005", "1.yaml")]


def test_another_version_is_told(tmp_path: Path) -> None:
    files = []
    for n, version in enumerate(("1.0.0", "2.0.0")):
        path = tmp_path / f"{n}.yaml"
        path.write_text(
            f"format: maturity-assessment/1\nquestionnaire: {{id: socitm, version: {version}}}\norganisation: Cardiff\n"
            f"period: 2026\nrespondent: {{name: Person {n}}}\nanswers: {{{SOCITM}: {FIRST}}}\n",
            encoding="utf-8",
        )
        files.append(path)
    read = read_respondents(files, wales())
    assert [(p.kind.code, Path(p.place.file).name) for p in read.problems] == [("J003", "1.yaml")]


def _first_of_socitm() -> tuple[str, str]:
    from maturity.sources.shelf import open_questionnaire

    one, other = (open_questionnaire(f"socitm@{v}")[0].questions for v in ("1.0.0", "2.0.0"))
    question = next(q for name, q in one.items() if name in other and q.type == "level" and other[name] == q)
    return question.id, question.choices[0].id


SOCITM, FIRST = _first_of_socitm()


def test_one_respondent_twice_is_told_and_in_parts_is_not(tmp_path: Path) -> None:
    one = sheet("a", "Siân", lead__plan__place="none")
    again = sheet("A", "SIAN", lead__plan__place="agreed", lead__plan__money="all")
    other_part = sheet("a", "Siân", serve__online__days=3.0)
    assert codes(written(tmp_path, one, again)) == [("J004", "1.yaml")]
    assert codes(written(tmp_path, one, other_part)) == []
    [person] = respondents([one, other_part])
    assert set(person.answers) == {PLACE, DAYS}
    # Nobody in particular, the same answers: the same file once more. With others: two people.
    assert codes(written(tmp_path, sheet(lead__plan__place="none"), sheet(lead__plan__place="none"))) == [
        ("J004", "1.yaml")
    ]
    assert codes(written(tmp_path, sheet(lead__plan__place="none"), sheet(lead__plan__place="agreed"))) == []


def test_workbooks_and_files_together(tmp_path: Path) -> None:
    one = sheet("a", "A", lead__plan__place="none", serve__online__ways=("phone",))
    two = sheet("b", "B", lead__plan__place="agreed", serve__online__ways=("phone",))
    (tmp_path / "one.yaml").write_text(to_yaml(one.assessment), encoding="utf-8")
    (tmp_path / "two.xlsx").write_bytes(template("cy", two.assessment))
    (tmp_path / "three.ods").write_bytes(
        through_libreoffice(
            template("en", sheet("c", "C", lead__plan__money="all").assessment), tmp_path / "lo", "ods"
        )
    )
    (tmp_path / "lo" / "before0.xlsx").unlink()
    (tmp_path / "lo" / "out" / "before0.ods").unlink()
    read = read_respondents([tmp_path], wales(), (ASKED, LOADED))
    assert [p.kind.code for p in read.problems] == []
    done = merge(ASKED, read.sheets).assessment
    assert done.merged is not None
    assert [p.role for p in done.merged.respondents] == ["a", "b", "c"]
    assert done.merged.settled == {WAYS: "unanimous", MONEY: "only_one"}
    assert open_questions(ASKED, done) == [PLACE]


# The agenda as a workbook and a page

HOSTILE = "=cmd|' /C calc'!A0"
SCRIPT = "<script>alert(1)</script>\u202e"


def disputed() -> Assessment:
    evil = Answer(value="none", note=HOSTILE, evidence=(Evidence(text=SCRIPT),))
    sheets = [
        sheet(
            HOSTILE,
            SCRIPT,
            lead__plan__place=evil,
            lead__plan__money="all",
            serve__online__share=10.0,
            serve__online__ways=("phone",),
            serve__online__words="W",
        ),
        sheet(
            SCRIPT,
            HOSTILE,
            lead__plan__place=Answer(value="agreed", note=SCRIPT),
            lead__plan__money="all",
            serve__online__share=45.5,
            serve__online__ways=("phone", "desk"),
        ),
        sheet(
            "c",
            "C",
            lead__plan__place="agreed",
            serve__online__share="dont_know",
            serve__online__ways=("desk",),
            lead__plan__read=NOT_HERE,
        ),
        sheet("d", "D", lead__plan__read="no"),
    ]
    return merge(ASKED, sheets).assessment


def book(assessment: Assessment, words: Words | None = None) -> bytes:
    return agenda_workbook(
        ASKED, LOADED.digest, assessment, words or Words("en"), register=wales(), made_on=MADE_ON
    )


def fill(workbook: openpyxl.Workbook) -> None:
    answer = "Your answer"
    cell_of(workbook, PLACE, answer).value = "2. A plan is drafted, and councillors haven't agreed it."
    cell_of(workbook, PLACE, "Note").value = "until May"
    cell_of(workbook, SHARE, answer).value = "30"
    for option, mark in (("phone", "Yes"), ("desk", "No"), ("none", "No")):
        cell_of(workbook, f"{WAYS}:{option}", answer).value = mark


WANTED = {PLACE: "drafted", SHARE: 30.0, WAYS: ("phone",)}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_the_meeting_agrees_comes_back(kind: str, tmp_path: Path) -> None:
    assessment = disputed()
    path = tmp_path / f"agenda.{kind}"
    path.write_bytes(through_libreoffice(edited(book(assessment), fill), tmp_path, kind))
    answers, problems = read_agenda(path, (ASKED, LOADED), assessment, wales())
    assert problems == []
    assert {q: a.value for q, a in answers.items()} == WANTED
    assert answers[PLACE].note == f"{assessment.answers[PLACE].note}\n\nuntil May"
    assert answers[PLACE].evidence == assessment.answers[PLACE].evidence
    chosen = choose(assessment.model_copy(update={"answers": {**assessment.answers, **answers}}), answers)
    assert open_questions(ASKED, chosen) == [READ]
    # What was chosen stands in the next agenda, and comes back as no change.
    path.write_bytes(through_libreoffice(book(chosen), tmp_path / "again", kind))
    assert read_agenda(path, (ASKED, LOADED), chosen, wales()) == ({}, [])


def test_an_untouched_agenda_changes_nothing_in_either_language(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    for language in LANGUAGES:
        path.write_bytes(book(disputed(), Words(language)))
        assert read_agenda(path, (ASKED, LOADED), disputed(), wales()) == ({}, [])
    assert book(disputed()) == book(disputed())


def test_wrong_answers_are_reported_with_their_cells(tmp_path: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        cell_of(workbook, PLACE, "Your answer").value = "perhaps"
        cell_of(workbook, SHARE, "Your answer").value = "400"

    path = tmp_path / "agenda.xlsx"
    path.write_bytes(edited(book(disputed()), change))
    answers, problems = read_agenda(path, (ASKED, LOADED), disputed(), wales())
    assert answers == {}
    sheet_ = openpyxl.load_workbook(path)["Agenda"]
    rows = {sheet_.cell(r, 1).value: r for r in range(1, sheet_.max_row + 1)}
    assert {(p.kind.code, p.place.cell) for p in problems} == {
        ("W040", f"F{rows[PLACE]}"),
        ("A016", f"F{rows[SHARE]}"),
    }


def test_another_agenda_and_an_agenda_among_answers_are_told(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    path.write_bytes(book(disputed()))
    other = disputed().model_copy(update={"organisation": "Cardiff", "period": "2025"})
    answers, problems = read_agenda(path, (ASKED, LOADED), other, wales())
    assert (answers, sorted(p.kind.code for p in problems)) == ({}, ["J001", "J002"])
    newer = ASKED.model_copy(update={"version": "2.0.0"})
    answers, problems = read_agenda(path, (newer, LOADED), disputed(), wales())
    assert (answers, [p.kind.code for p in problems]) == ({}, ["J010"])
    found_, problems = read_template(path, "agenda.xlsx", open_by_name=lambda _: (ASKED, LOADED))
    assert (found_, [p.kind.code for p in problems]) == (None, ["W115"])
    read = read_respondents([tmp_path], wales(), (ASKED, LOADED))
    assert (read.sheets, read.left_aside) == ([], [path])


def test_the_workbook_holds_counts_and_no_formula_and_no_name() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book(disputed())))
    counts = cell_of(workbook, PLACE, HEADINGS["choices"]).value
    assert (
        counts.startswith("1 × 1. There is no plan") and "2 × 3. =Councillors have agreed a plan." in counts
    )
    assert counts.endswith("1 × not answered")
    assert (
        cell_of(workbook, PLACE, HEADINGS["help"]).value
        == "Most frequent answer: 2 of 3\noption 1 to 3 of 3\nState: open"
    )
    assert cell_of(workbook, f"{WAYS}:desk", HEADINGS["choices"]).value == "2 × At a desk"
    order = [
        r[0].value for r in workbook["Agenda"].iter_rows(min_row=5, max_col=1) if ":" not in str(r[0].value)
    ]
    assert order == [i.question.id for i in agenda(ASKED, disputed())]
    for sheet_ in workbook.worksheets:
        for row in sheet_.iter_rows():
            for cell in row:
                formula = cell.data_type == "f"
                assert not formula or "cmd" not in str(cell.value)
                assert "Person" not in str(cell.value)
    name = sheet("x", "Angharad Secret", lead__plan__place="none")
    agreed = merge(ASKED, [name, sheet("y", "Bob", lead__plan__place="agreed")]).assessment
    with_names = openpyxl.load_workbook(io.BytesIO(book(agreed)))
    cells = [str(c.value) for s in with_names.worksheets for r in s.iter_rows() for c in r]
    assert not any("Angharad" in text or "Bob" in text for text in cells)
    assert "Angharad" not in agenda_page(ASKED, agreed, "en", register=wales(), made_on=MADE_ON)


def test_a_workbook_of_nothing_is_not_made() -> None:
    with pytest.raises(ValueError, match="nothing"):
        book(merge(ASKED, people(PLACE, "none", "none")).assessment)


def test_the_page_escapes_and_counts() -> None:
    page = agenda_page(ASKED, disputed(), "en", register=wales(), made_on=MADE_ON)
    assert "<script>alert" not in page and "\u202e" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "4 people answered" in page and "They differ on 4 questions." in page
    assert "4 questions are not agreed yet." in page
    items: list[Item] = agenda(ASKED, disputed())
    at = [page.index(f"<code>{i.question.id}</code>") for i in items]
    assert at == sorted(at)


def test_the_page_speaks_welsh() -> None:
    page = agenda_page(ASKED, disputed(), "cy", register=wales(), made_on=MADE_ON)
    assert '<html lang="cy">' in page
    assert "A oes cynllun?" in page and "Is there a plan?" not in page


def test_a_file_read_back_is_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "agreed.yaml"
    path.write_text(to_yaml(disputed()), encoding="utf-8")
    assert load(path).model == disputed()
