"""What is answered in English, in Welsh, in both or by turns scores the same, whatever language the form speaks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest

from maturity.intake.answer_cells import number_prompt, number_rule
from maturity.intake.cell_words import SHORT_IN_WELSH
from maturity.intake.layout import COLUMNS, FACTS, VOCABULARY, spoken
from maturity.intake.matching import Choices, is_dont_know, mark_in_table, one_of
from maturity.intake.table_words import fact_of
from maturity.intake.tables import How
from maturity.intake.workbook import read_template
from maturity.models.assessment import DONT_KNOW, Answer, Assessment, Evidence
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.sources.registers import wales
from table_data import Rows, csv_bytes, errors, taken
from workbook_data import (
    SPEECHES,
    Speech,
    assessment,
    cell_of,
    edited,
    open_small,
    scorer,
    small,
    speech,
    template,
)

Spoken = Literal["en", "cy", "both", "by turns"]
SPOKEN: tuple[Spoken, ...] = (*SPEECHES, "by turns")
DAY = dt.date(2025, 2, 1)
GIVEN = assessment(
    lead__plan__place=Answer(value="drafted", sure="sure"),
    lead__plan__money=Answer(value="some", sure="unsure", evidence=(Evidence(text="§ 4", date=DAY),)),
    lead__plan__named=Answer(value="yes", sure="fairly"),
    lead__plan__read=Answer(value="no"),
    serve__online__share=Answer(value=45.5),
    serve__online__days=Answer(value=1250.0),
    serve__online__ways=Answer(value=("phone", "desk")),
    serve__online__words=Answer(),
)
UNKNOWN = GIVEN.model_copy(
    update={"answers": GIVEN.answers | {"serve.online.share": Answer(value=DONT_KNOW)}}
)

# What people write: in English, in Welsh, and as a form in both languages shows it.
YES, NO = ("Yes", "Oes", "Ie / Yes"), ("No", "Nac oes", "Na / No")
DATES = ("1 February 2025", "1 Chwefror 2025", "1/2/2025")
NUMBERS = {45.5: ("45.5", "45,5", "45,5 %"), 1250.0: ("1250", "1 250 diwrnod", "1250 days")}
COUNCIL = ("Isle of Anglesey", "Ynys Môn", "Ynys Môn / Isle of Anglesey")

Say = Callable[[tuple[str, ...]], str]


def speaker(language: Spoken) -> Say:
    """Says each thing in the language, or each in another."""
    turn: Iterator[Speech] = cycle(("cy", "en", "both") if language == "by turns" else (language,))
    return lambda ways: ways[SPEECHES.index(next(turn))]


def answers(whole: Assessment, say: Say) -> Iterator[tuple[str, str, str]]:
    """Question (or its option's row), column and what somebody writes there."""
    for name, answer in whole.answers.items():
        question = small()[0].questions[name]
        if isinstance(answer.value, tuple):
            for option in question.choices:
                yield f"{name}:{option.id}", "answer", say(YES if option.id in answer.value else NO)
        else:
            yield name, "answer", say(ways(question, answer.value))
        if answer.sure:
            yield name, "sure", say(spoken(f"sure.{answer.sure}"))
        for evidence in answer.evidence:
            yield name, "evidence", evidence.text
            yield name, "evidence_date", say(DATES)


def ways(question: Question, value: Any) -> tuple[str, ...]:
    """How an answer is written in each of the languages."""
    if value == DONT_KNOW:
        return spoken("dont_know")
    if question.type == "yes_no":
        return YES if value == "yes" else NO
    if isinstance(value, float):
        return NUMBERS[value]
    option = next(option for option in question.choices if option.id == value)
    return tuple(speech(one).of(option.text) for one in SPEECHES)


def same(found: Assessment | None, whole: Assessment) -> None:
    """The same answers, and so the same scores."""
    assert found is not None
    assert (found.organisation, found.period, found.status) == ("Isle of Anglesey", "2026", "submitted")
    assert found.answers == whole.answers
    ours, theirs = scorer().score(found), scorer().score(whole)
    assert (ours.items, ours.scores, ours.answers_digest) == (
        theirs.items,
        theirs.scores,
        theirs.answers_digest,
    )


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("form", SPEECHES)
@pytest.mark.parametrize("whole", [GIVEN, UNKNOWN], ids=["known", "unknown"])
def test_a_form_filled_in_by_hand(tmp_path: Path, whole: Assessment, form: Speech, language: Spoken) -> None:
    heading = {column.key: speech(form)(column.heading) for column in COLUMNS}
    say = speaker(language)

    def fill(workbook: Any) -> None:
        facts = {"organisation": say(COUNCIL), "period": "2026", "status": say(spoken("status.submitted"))}
        for name, text in facts.items():
            cell_of(workbook, name, heading["answer"]).value = text
        for name, key, text in answers(whole, say):
            cell_of(workbook, name, heading[key]).value = text

    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template(form), fill))
    found, problems = read_template(path, "a.xlsx", open_by_name=open_small)
    assert problems == []
    same(found, whole)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("heads", SPEECHES)
def test_a_table(tmp_path: Path, heads: Speech, language: Spoken) -> None:
    """A row an answer, with all that templates ask beside it; the headings in one language, the answers in any."""
    say, words = speaker(language), speech(heads)
    asked = small()[0].questions
    beside = {c.key: words(c.heading) for c in COLUMNS if c.key in ("evidence_date", "sure")}
    beside["evidence"] = words("Evidence")
    head = [words(one) for one in ("Council", "Period", "Question", "Answer")]
    rows: Rows = [[*head, "Status", *beside.values()]]
    for name, answer in UNKNOWN.answers.items():
        told = {key: text for question, key, text in answers(UNKNOWN, say) if question == name}
        if isinstance(answer.value, tuple):
            texts = [option.text for option in asked[name].choices if option.id in answer.value]
            told["answer"] = ";".join(say(tuple(speech(s).of(text) for s in SPEECHES)) for text in texts)
        state = say(spoken("status.submitted"))
        text = words.of(asked[name].text)
        rows.append(
            [say(COUNCIL), "2026", text, told["answer"], state, *(told.get(key, "") for key in beside)]
        )
    found = taken(tmp_path, csv_bytes(rows, "\t"), how=How(asked=small()[0]))
    assert errors(found.problems) == []
    ((one, _),) = found.answers
    same(one, UNKNOWN)


@pytest.mark.parametrize("key", [key for key in VOCABULARY if "." in key])
def test_every_word_of_the_vocabulary_in_either_language(key: str) -> None:
    """Without a template's own list of its words."""
    part, name = key.split(".")
    for word in (*spoken(key), name):
        assert one_of(word.upper(), f"{part}.", {}) == name

    english, welsh, _ = spoken(key)
    assert one_of(f"{english} / {welsh}", f"{part}.", {}) == name
    shorter = f"{name}/{SHORT_IN_WELSH[key]}"
    assert (
        one_of(shorter, f"{part}.", {}) == name == one_of("/".join(shorter.split("/")[::-1]), f"{part}.", {})
    )


@pytest.mark.parametrize("text", [*spoken("dont_know"), "unknown", "anhysbys", "Not known", "Ddim yn hysbys"])
def test_that_nobody_knows(text: str) -> None:
    assert is_dont_know(text, {})
    assert is_dont_know("Don't know / Ddim yn gwybod", {})


def test_words_of_both_languages_stand_in_either_order_and_say_the_same() -> None:
    assert [mark_in_table(text) for text in ("Yes / Ie", "Ydy/Yes", "Yes / Do")] == [True] * 3
    assert [mark_in_table(text) for text in ("No / Na", "Nac oes / No", "NO / NA")] == [False] * 3
    assert [mark_in_table(text) for text in ("Yes / Na", "Ie / No", "Yes / No", "Na / Ie")] == [None] * 4
    asked = small()[0].questions["lead.plan.named"]
    found = [Choices.of(asked).find(text) for text in ("Yes / Ie", "No / Na", "Yes / Na")]
    assert found == [{"yes"}, {"no"}, set()]
    halves = ("Cardiff/Caerdydd", "Caerdydd / Cardiff", "Cardiff/Swansea", "Cardiff/", "/Cardiff/")
    assert [wales().find(text) is not None for text in halves] == [True, True, False, True, True]


def test_what_may_stand_in_a_numbers_cell_is_said_in_one_language_and_then_in_the_other() -> None:
    asked = small()[0].questions["serve.online.share"]
    assert isinstance(asked, NumberQuestion)
    english, welsh, both = (number_prompt(asked, speech(one)) for one in ("en", "cy", "both"))
    assert both == f"{welsh} / {english}"


def test_headings_of_templates_in_either_language() -> None:
    """What a table's heading can say in English it can say in Welsh, and in both."""
    headings = [column.heading for column in COLUMNS] + [*FACTS.values(), "Answer", "Period", "Evidence"]
    told = {heading: {fact_of(speech(one)(heading)) for one in SPEECHES} for heading in headings}
    assert {heading: facts for heading, facts in told.items() if len(facts) != 1} == {}
    assert len({facts.pop() for facts in told.values()}) > 9


def test_a_numbers_cell_takes_both_languages_words() -> None:
    """The rule that a spreadsheet program holds such a cell to: the same in every template."""
    rules = []
    for one in SPEECHES:
        sheets = openpyxl.load_workbook(io.BytesIO(template(one))).worksheets
        held = [rule for sheet in sheets for rule in sheet.data_validations.dataValidation]
        rules.append([str(rule.formula1) for rule in held if "IFERROR" in str(rule.formula1)])
    assert rules[0] == rules[1] == rules[2]
    share, days = rules[0]
    assert all(f'="{text}"' in share for text in spoken("dont_know")) and "know" not in days
    assert len(share) <= 255


def test_a_numbers_rule_is_short_enough_whatever_it_allows() -> None:
    limits = {"min": -1_000_000_000.25, "max": 1_000_000_000.75, "decimals": 6, "dont_know": True}
    question = small()[0].questions["serve.online.share"]
    assert isinstance(question, NumberQuestion)
    wide = question.model_copy(update={"number": question.number.model_copy(update=limits)})
    assert len(number_rule(wide, "F1234", speech("both")).formula1) <= 255
