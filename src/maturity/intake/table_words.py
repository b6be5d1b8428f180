"""What headings mean: words for what stands in every table, and a questionnaire's own ids and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

from maturity.intake.matching import Cell, fold, plain
from maturity.models.questionnaire import Question, Questionnaire

CLOSE = 0.75
LONGEST_HEADING = 4_000


@dataclass(frozen=True, slots=True)
class Role:
    """What a column says: a fact about the answers, or a `part` of an answer.

    In a wide table `question` says of which question, and `option` of which of its options.
    """

    part: str
    question: str | None = None
    option: str | None = None

    def __str__(self) -> str:
        if self.question is None:
            return self.part
        name = f"{self.question}:{self.option}" if self.option else self.question
        return name if self.part == "answer" else f"{name} {self.part}"


IGNORED = Role("ignore")
FACTS = (
    "organisation",
    "code",
    "period",
    "respondent.name",
    "respondent.role",
    "status",
    "made_up",
    "questionnaire",
    "started",
    "updated",
)
PARTS = ("answer", "note", "evidence", "evidence_date", "not_applicable", "reason", "sure")

# English and Welsh, as people and survey tools write them. All are compared folded.
_WORDS: dict[str, str] = {
    "organisation": "organisation|organization|organisation name|council|council name|name of council|name of the council"
    "|name of your council|which council|which council are you answering for|your council|local authority|authority"
    "|cyngor|enw'r cyngor|enw eich cyngor|pa gyngor|eich cyngor|sefydliad|enw'r sefydliad|awdurdod|awdurdod lleol",
    "code": "gss code|gss|ons code|organisation code|council code|cod gss|cod y cyngor|cod y sefydliad",
    "period": "period|reporting period|year|cyfnod|blwyddyn|cyfnod adrodd",
    "respondent.name": "name|your name|respondent|respondent name|name of respondent|answered by|completed by"
    "|who answers: name|enw|eich enw|ymatebydd|enw'r ymatebydd|atebwyd gan|cwblhawyd gan|pwy sy'n ateb: enw",
    "respondent.role": "role|your role|job title|your job title|respondent role|position|who answers: role|rôl|eich rôl"
    "|swydd|eich swydd|teitl swydd|teitl eich swydd|pwy sy'n ateb: rôl",
    "status": "status|statws",
    "made_up": "made up|made-up answers|example data|ffug|atebion ffug|data enghreifftiol",
    "questionnaire": "questionnaire|holiadur",
    "started": "start time|started|amser cychwyn|amser dechrau",
    "updated": "completion time|completed|updated|timestamp|submitted at|amser cwblhau|stamp amser",
    # What Microsoft Forms and Google Forms put before the questions, and nobody answered.
    "ignore": "id|email|email address|last modified time|e-bost|cyfeiriad e-bost|amser addasu olaf|amser addasu diwethaf",
    "question": "question|question id|question text|item|item id|cwestiwn|testun y cwestiwn",
    "answer": "answer|answers|response|value|ateb|atebion|ymateb|gwerth",
    "note": "note|notes|comment|comments|nodyn|nodiadau|sylw|sylwadau",
    "evidence": "evidence|tystiolaeth",
    "evidence_date": "evidence date|date of evidence|date of the evidence|dyddiad y dystiolaeth",
    "not_applicable": "not applicable|does not apply|ddim yn berthnasol|nid yw'n berthnasol|amherthnasol",
    "reason": "reason|why it does not apply|why not applicable|rheswm|pam nad yw'n berthnasol",
    "sure": "sure|how sure are you|confidence|siŵr|pa mor siŵr ydych chi|pa mor sicr ydych chi|sicrwydd",
}
ROLE_OF: dict[str, str] = {fold(word): role for role, words in _WORDS.items() for word in words.split("|")}
_PART_WORDS = {word: role for word, role in ROLE_OF.items() if role in PARTS and role != "answer"}
_NUMBERED = re.compile(
    r"\s*(?:[QC]\s?\d{1,3}\s*[.):]?\s+|(?:[QC]\s?)?\d{1,3}\s*[.):]\s*)(?=\S)", re.IGNORECASE
)


class Headings:
    """The headings that a questionnaire gives its questions, in either language and by id."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.known: dict[str, set[str]] = {}
        self.welsh: set[str] = set()
        for question in questionnaire.questions.values():
            for spelling in _spellings(question):
                self.known.setdefault(spelling, set()).add(question.id)
            if question.text.has("cy") and question.text.to("cy") != question.text.to("en"):
                self.welsh.add(fold(question.text.to("cy")))

    def question(self, cell: Cell) -> set[str]:
        """The questions that a cell can name: one, several where their texts are the same, or none."""
        text = plain(cell)[:LONGEST_HEADING]
        found = self.known.get(fold(text))
        if found is None and (number := _NUMBERED.match(text)):
            found = self.known.get(fold(text[number.end() :]))
        return found or set()

    def roles(self, cell: Cell) -> set[Role]:
        """What a heading of a wide table can mean for a question: its answer, an option of it, or a part beside it."""
        if questions := self.question(cell):
            return {Role("answer", question) for question in questions}
        text = fold(plain(cell)[:LONGEST_HEADING])
        return self._with_part(text) | self._with_option(text)

    def _with_part(self, text: str) -> set[Role]:
        found: set[Role] = set()
        for word, part in _PART_WORDS.items():
            for rest in (
                text.removesuffix(f" {word}"),
                text.removeprefix(f"{word} "),
            ):
                if rest != text:
                    found |= {Role(part, question) for question in self.known.get(rest, ())}
        return found

    def _with_option(self, text: str) -> set[Role]:
        return self._options.get(text, set())

    @cached_property
    def _options(self) -> dict[str, set[Role]]:
        found: dict[str, set[Role]] = {}
        for question in self.questionnaire.questions.values():
            for option in question.choices if question.type == "several" else ():
                words = {fold(option.id), *map(fold, option.text.root.values())}
                for heading in _spellings(question):
                    for word in words:
                        found.setdefault(f"{heading} {word}", set()).add(
                            Role("answer", question.id, option.id)
                        )
        return found

    def is_welsh(self, cell: Cell) -> bool:
        """Whether a heading is a question's text in Welsh."""
        return fold(plain(cell)[:LONGEST_HEADING]) in self.welsh

    def nearest(self, cell: Cell) -> tuple[str, str, float] | None:
        """The question whose id or text is nearest, that id or text, and how alike the two are (0 to 1)."""
        text = fold(plain(cell)[:300])
        if len(text) < 4:
            return None
        close = get_close_matches(text, [s[:300] for s in self._shown], n=1, cutoff=CLOSE)
        if not close:
            return None
        question, shown = self._shown_by_start[close[0]]
        return question, shown, SequenceMatcher(None, text, close[0]).ratio()

    @cached_property
    def _shown(self) -> dict[str, tuple[str, str]]:
        """Folded id or text → the question and how it is written."""
        found: dict[str, tuple[str, str]] = {}
        for question in self.questionnaire.questions.values():
            for shown in (question.id, *question.text.root.values()):
                found.setdefault(fold(shown), (question.id, shown))
        return found

    @cached_property
    def _shown_by_start(self) -> dict[str, tuple[str, str]]:
        return {folded[:300]: about for folded, about in self._shown.items()}


def _spellings(question: Question) -> Iterator[str]:
    """An id, a text in either language, or both texts after one another as bilingual forms have them."""
    texts = [fold(text) for text in question.text.root.values()]
    yield fold(question.id)
    yield from texts
    if len(texts) == 2:
        yield f"{texts[0]} {texts[1]}"
        yield f"{texts[1]} {texts[0]}"


def fact_of(cell: Cell) -> str | None:
    """The fact, or the part of a long table's answer, that a heading names, in one language or in several beside a slash."""
    text = plain(cell)
    if len(text) > 120:
        return None
    known = ROLE_OF.get(fold(text))
    named = {ROLE_OF.get(fold(one)) for one in text.split("/")}
    return known or (named.pop() if len(named) == 1 else None)
