"""From a table's cell to a question's answer: exactly one, nothing, or what is wrong with it. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maturity.checks.answers import misfits
from maturity.checks.wording import listed
from maturity.intake.findings import CELL_ERROR, NO_NUMBER, NUMBER_UNSURE, TOO_LONG, TWO_WAYS
from maturity.intake.matching import (
    MONTHS,
    Cell,
    Choices,
    closest,
    exact,
    fold,
    is_dont_know,
    number,
    number_shown,
    plain,
    short,
)
from maturity.intake.table_findings import AMBIGUOUS_ANSWER, DATE_HERE, UNKNOWN_ANSWER
from maturity.intake.table_signs import Sign, sign_of
from maturity.intake.template_answers import LONGEST, is_error
from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.problem import Kind, Phrase, Said
from maturity.models.questionnaire import (
    NumberQuestion,
    Option,
    Question,
    Questionnaire,
    TextQuestion,
    YesNoQuestion,
)

MOST_PIECES = 60
_NOT_APPLICABLE = {
    fold(word)
    for word in (
        "not applicable",
        "N/A",
        "does not apply",
        "ddim yn berthnasol",
        "nid yw'n berthnasol",
        "amherthnasol",
    )
}
_NUMBER = re.compile(r"(\d{1,2})(?:\.0+|[.)])?")
_THREE_AFTER = re.compile(r"[-−–]?\d{1,3}([.,])\d{3}")
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+Z?)?")
_DAY_AND_MONTH = re.compile(
    r"(?:\d{1,2}[-/. ]+)?([^\W\d_]{3,10})[-/. ]+\d{1,4}|\d{1,2}[-/. ]+([^\W\d_]{3,10})"
)
_MONTH_NAMES = {name for names in MONTHS for name in names}
_DASHES = str.maketrans("–—−‐‑", "-----")
_BETWEEN = re.compile(r"\s*([;|\n,])\s*")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell. `counted` says that it is a number which no choice has; `foreign` names the question
    that it would answer."""

    kind: Kind
    details: Mapping[str, object]
    counted: bool = False
    foreign: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell says: an answer, nothing, or what is wrong.

    `numbered`: a choice was given by its number. `sign`: it was marked, with an x or with a tick or cross.
    """

    answer: Answer | None = None
    wrong: Wrong | None = None
    numbered: bool = False
    sign: Sign | None = None

    @property
    def plain(self) -> Answer | None:
        """The answer where there is nothing to say of it."""
        if self.wrong or self.numbered or (self.answer and self.answer.not_applicable):
            return None
        return self.answer


NOTHING = Read()


@dataclass(slots=True)
class Values:
    """Reads the cells of one table. `separator` is what stands between cells of text.

    `welsh`: the headings are Welsh. `mapped` is question → text, as `exact` has it → option.
    """

    questionnaire: Questionnaire
    separator: str | None = None
    welsh: bool = False
    mapped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _elsewhere: dict[str, set[str]] | None = None

    def read(self, question: Question, cell: Cell) -> Read:
        """The answer that stands in the cell alone."""
        text = plain(cell)
        if not text:
            return NOTHING
        if is_error(text) or (text.startswith("=") and not isinstance(question, TextQuestion)):
            return self._wrong(question, CELL_ERROR, cell)
        if isinstance(cell, dt.date | dt.time | dt.timedelta):
            return self._wrong(question, DATE_HERE, cell)
        mapped = exact(text) in self.mapped.get(question.id, {})
        if fold(text) in _NOT_APPLICABLE and question.not_applicable and not mapped:
            # Whether the reason is there is told when the whole answer is known.
            return Read(Answer(not_applicable=True))
        if isinstance(question, TextQuestion):
            if len(text) > LONGEST:
                return Read(wrong=Wrong(TOO_LONG, {"length": len(text), "limit": LONGEST}))
            return Read(Answer(value=text))
        if isinstance(question, NumberQuestion):
            return self._number(question, cell)
        if question.type == "several":
            return self._several(question, cell)
        return self._choice(question, cell)

    def _choice(self, question: Question, cell: Cell) -> Read:
        found, numbered = self.options(question, cell)
        if len(found) == 1:
            sign = self._sign(question, cell)
            return self._fitting(
                question, Answer(value=next(iter(found))), cell, numbered=numbered, sign=sign
            )
        # Who writes "na" may mean No, in Welsh, or that nothing applies: to say that it is no answer would be wrong of one.
        if found or (question.type == "yes_no" and fold(plain(cell)) == "na"):
            return self._wrong(question, AMBIGUOUS_ANSWER, cell)
        return self._unknown(question, cell)

    def options(self, question: Question, cell: Cell) -> tuple[frozenset[str], bool]:
        """The options that a cell can mean, and whether it says so by a number in the list."""
        text = plain(cell)
        folded = fold(text)
        meanings = self.mapped.get(question.id, {})
        if meanings:
            mapped = meanings.get(exact(text))
            if mapped is not None:
                return frozenset([mapped]), False
            if any(fold(known) == folded for known in meanings):
                # Like one that is mapped but for its signs: -1, <1 and 1? are not 1, nor is C+ C-.
                return frozenset(), False
        if any(character.isdigit() for character in folded) and not any(map(str.isalpha, folded)):
            # "-3", "3%" and "2?" are no numbers of choices; nor is anything a number of Yes or No, since some count
            # these 1 and 2, others 1 and 0. Who maps answers has said what numbers mean.
            by_number = _NUMBER.fullmatch(text)
            if by_number is None or question.type != "level" or meanings:
                return frozenset(o.id for o in question.choices if _is_written(o, text)), False
            found = Choices.of(question, welsh=True).find(by_number[1])
            return found, True
        if folded == "na" and not (self.welsh and text != "NA") and (text != "Na" or question.not_applicable):
            # Welsh for No, English for 'not applicable', and what some programs write where nothing stands.
            return frozenset(), False
        found = Choices.of(question, welsh=True).known.get(folded or text, frozenset())
        named = frozenset(
            o.id for o in question.choices if o.id in found and not _half_an_id(question, o, text, folded)
        )
        sure = found if question.type == "yes_no" else named
        return sure or self._bilingual(question, folded), False

    def _bilingual(self, question: Question, folded: str) -> frozenset[str]:
        """Options whose two sentences stand after one another, as forms in both languages have them."""
        found = set()
        for option in question.choices:
            texts = [fold(text) for text in option.text.root.values()]
            if len(texts) == 2 and folded in (f"{texts[0]} {texts[1]}", f"{texts[1]} {texts[0]}"):
                found.add(option.id)
        return frozenset(found)

    def _several(self, question: Question, cell: Cell) -> Read:
        """Options joined by semicolons, lines, bars or commas, all of which may stand in an option's words too."""
        tokens = _BETWEEN.split(plain(cell).strip(" ;|,\n"))
        if len(tokens) > MOST_PIECES:
            return self._unknown(question, cell)
        ways = list(self._cut(question, tokens, 0))
        different = {frozenset(way) for way in ways}
        if len(different) > 1:
            return self._wrong(question, AMBIGUOUS_ANSWER, cell)
        if ways:
            order = [o.id for o in question.choices]
            chosen = ways[0]
            in_order = tuple(sorted(chosen, key=order.index))
            return self._fitting(question, Answer(value=in_order), cell)
        strange = next((t for t in tokens[::2] if t and not self.options(question, t)[0]), cell)
        return self._unknown(question, strange)

    def _cut(self, question: Question, tokens: list[str], start: int) -> Iterator[list[str]]:
        """Every way to cut the text into options, each once or more (which is told as a misfit)."""
        if start >= len(tokens):
            yield []
            return
        for end in range(start + 1, min(len(tokens), start + 12) + 1, 2):
            piece = " ".join(tokens[start:end])
            found, _ = self.options(question, piece)
            if len(found) != 1:
                continue
            for rest in self._cut(question, tokens, end + 1):
                yield [next(iter(found)), *rest]

    def _number(self, question: NumberQuestion, cell: Cell) -> Read:
        text = plain(cell)
        if question.number.dont_know and is_dont_know(cell, {}):
            return Read(Answer(value=DONT_KNOW))
        three = _THREE_AFTER.fullmatch(text) if isinstance(cell, str) else None
        if three and (self.separator or ",") != "," and question.number.unit.to("en") != "%":
            return self._wrong(question, TWO_WAYS, cell)
        if three and three[1] == ",":
            return self._wrong(question, TWO_WAYS, cell)
        found = number(cell, question)
        percent = question.number.unit.to("en").strip() == "%"
        if isinstance(found, float) and percent and 0 < abs(found) <= 1 and "%" not in text:
            found = "share"
        if isinstance(found, float):
            return self._fitting(question, Answer(value=found), cell)
        if found == "two_ways":
            return self._wrong(question, TWO_WAYS, cell)
        if found == "share":
            share = float(text.replace(",", "."))
            return Read(
                wrong=Wrong(NUMBER_UNSURE, {"found": short(cell), "percent": number_shown(share * 100)})
            )
        if is_dated(text):
            return self._wrong(question, DATE_HERE, cell)
        dont_know = Phrase(", or that nobody knows") if question.number.dont_know else ""
        about = {"unit": question.number.unit, "dont_know": dont_know}
        details = {"found": short(cell), "question": question.id, **about}
        return Read(wrong=Wrong(NO_NUMBER, details, foreign=self._foreign(question, text)))

    def _sign(self, question: Question, cell: Cell) -> Sign | None:
        """How Yes or No is marked, unless a mapping says what the mark means."""
        mapped = exact(plain(cell)) in self.mapped.get(question.id, {})
        return sign_of(cell) if question.type == "yes_no" and not mapped else None

    def _fitting(
        self,
        question: Question,
        answer: Answer,
        cell: Cell,
        *,
        numbered: bool = False,
        sign: Sign | None = None,
    ) -> Read:
        """The answer, if the question can have it."""
        for kind, details in misfits(question, answer):
            return Read(wrong=Wrong(kind, {"found": short(cell), **details}))
        return Read(answer, numbered=numbered, sign=sign)

    def _wrong(self, question: Question, kind: Kind, cell: Cell, hint: Said = "") -> Read:
        details = {
            "found": short(cell),
            "question": question.id,
            "hint": hint,
            "options": self._choices(question),
        }
        return Read(wrong=Wrong(kind, details))

    def _unknown(self, question: Question, cell: Cell) -> Read:
        text = plain(cell)
        if is_dated(text):
            return self._wrong(question, DATE_HERE, cell)
        meanings = self.mapped.get(question.id, {})
        near = _nearest(text[:300], meanings) or Choices.of(question, welsh=True).nearest(text[:300])
        hint = Phrase(" Did you mean '{close}'?", close=near[:120]) if near else ""
        found = self._wrong(question, UNKNOWN_ANSWER, cell, hint).wrong
        assert found is not None
        counted = _NUMBER.fullmatch(text) is not None and question.type == "level" and not meanings
        foreign = None if counted else self._foreign(question, text)
        return Read(wrong=Wrong(found.kind, found.details, counted, foreign), sign=self._sign(question, cell))

    def _choices(self, question: Question) -> Said:
        if isinstance(question, NumberQuestion):
            return Phrase("a number ({unit})", unit=question.number.unit)
        if isinstance(question, YesNoQuestion):
            return Phrase("{first} or {other}", first=question.yes, other=question.no)
        return listed((o.id for o in question.choices), empty=Phrase("words"))

    def _foreign(self, question: Question, text: str) -> str | None:
        """The one question that this text answers, if it is not this one."""
        folded = fold(text)
        questions = self.elsewhere.get(folded, set()) - {question.id}
        return min(questions) if len(questions) == 1 or (questions and len(folded) > 12) else None

    @property
    def elsewhere(self) -> dict[str, set[str]]:
        """Folded id or sentence → the questions that have it as an option. Yes and No are everybody's."""
        if self._elsewhere is None:
            found: dict[str, set[str]] = {}
            for question in self.questionnaire.questions.values():
                for option in question.choices if question.type != "yes_no" else ():
                    for spelling in (option.id, *option.text.root.values()):
                        found.setdefault(fold(spelling), set()).add(question.id)
            self._elsewhere = found
        return self._elsewhere


def _nearest(text: str, meanings: Mapping[str, str]) -> str | None:
    """The mapped text that differs by signs alone, or is close."""
    alike = next((known for known in meanings if fold(known) == fold(text)), None)
    return alike or closest(exact(text), meanings)


def _is_written(option: Option, text: str) -> bool:
    """Whether digits and signs are an option's own, to the sign; only spaces and the shapes of dashes may differ."""
    exact = "".join(text.split()).translate(_DASHES)
    return exact in {"".join(t.split()).translate(_DASHES) for t in (option.id, *option.text.root.values())}


def _half_an_id(question: Question, option: Option, text: str, folded: str) -> bool:
    """Whether a text is like an option's id and may be the beginning of another's words: 'Every service', cut off."""
    if folded != fold(option.id) or folded in {fold(words) for words in option.text.root.values()}:
        return False
    exact = "".join(text.split()).translate(_DASHES)
    if exact.casefold() != option.id:
        return True
    others = (words for o in question.choices if o is not option for words in o.text.root.values())
    return exact != option.id and any(words.startswith(exact) for words in others)


def is_dated(text: str) -> bool:
    """Whether a text looks like what a spreadsheet program makes of '3-4': 03-Apr, 3/4/2026, Apr-26."""
    text = text.strip()
    if _DATED.fullmatch(text):
        return True
    match = _DAY_AND_MONTH.fullmatch(text)
    return match is not None and fold(match[1] or match[2]) in _MONTH_NAMES
