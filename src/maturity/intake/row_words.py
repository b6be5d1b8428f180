"""The questionnaire's own words in a template's row, by which the row is known besides its id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from maturity.intake.layout import choice, option_row_id
from maturity.intake.matching import Cell, Choices, fold, is_only_a_number, plain
from maturity.locale.words import SideBySide, Words
from maturity.models.questionnaire import Option, Question, Questionnaire, Theme
from maturity.models.text import LANGUAGES

FIXED = ("theme", "question", "choices", "help", "asked")
SHORTEST_SENTENCE = 13


def question_words(theme: Theme, question: Question, words: Words) -> dict[str, str | None]:
    """Column → what stands in it beside a question; without what the program's catalogue says there."""
    own = {
        "theme": words.of(theme.name),
        "question": words.of(question.text),
        "help": words.of(question.help) if question.help else None,
        "asked": words.of(question.evidence) if question.evidence else None,
    }
    if question.type in ("level", "yes_no"):
        own["choices"] = "\n".join(choice(question, option, words) for option in question.choices)
    return own


def option_words(theme: Theme, option: Option, words: Words) -> dict[str, str | None]:
    """The same beside a choice that has a row of its own."""
    return {"theme": words.of(theme.name), "choices": words.of(option.text)}


@dataclass(frozen=True, slots=True)
class RowWords:
    """What stands beside which id, in every language that templates speak, and whose sentence is whose.

    `rows` is a row's id → column → its words, as they are and folded; `whole` is its id → the words of all columns as
    they are, where all are the questionnaire's; `owners` is (column, folded words) → the ids of
    the rows that they belong to; `sentences` is an option's folded sentence → the ids of its questions.
    """

    rows: dict[str, dict[str, frozenset[str]]]
    whole: dict[str, frozenset[tuple[str, ...]]]
    owners: dict[tuple[str, str], frozenset[str]]
    sentences: dict[str, frozenset[str]]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> RowWords:
        """Of a questionnaire; made once for each, for a folder of workbooks asks the same."""
        held = _HELD.get(id(questionnaire))
        if held is None:
            held = _HELD[id(questionnaire)] = (questionnaire, _collect(questionnaire))
        return held[1]

    def is_own(self, row: str, column: str, words: Cell) -> bool:
        """Whether the questionnaire's words stand in that column of the row with that id."""
        own = self.rows.get(row, {}).get(column, frozenset())
        return words in own or (isinstance(words, str) and fold(words) in own)

    def other(self, row: str, column: str, words: Cell) -> str | None:
        """The id of the row to which the words belong, where that is another."""
        found = self.owners.get((column, fold(plain(words)))) if isinstance(words, str) else None
        return min(found) if found and row not in found else None

    def asked_by(self, value: Cell) -> frozenset[str]:
        """The questions that are answered with this sentence; none for what is short or a number, and fits anywhere."""
        if not isinstance(value, str) or len(value) < SHORTEST_SENTENCE or is_only_a_number(value):
            return frozenset()
        return self.sentences.get(fold(plain(value)), frozenset())


_HELD: dict[int, tuple[Questionnaire, RowWords]] = {}


def _collect(questionnaire: Questionnaire) -> RowWords:
    rows: dict[str, dict[str, frozenset[str]]] = {}
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    sentences: defaultdict[str, set[str]] = defaultdict(set)
    whole: dict[str, frozenset[tuple[str, ...]]] = {}
    for _, theme, question in questionnaire.walk():
        spoken = [*map(Words, LANGUAGES), SideBySide()]
        found = {question.id: [question_words(theme, question, words) for words in spoken]}
        if question.type == "several":
            for option in question.choices:
                beside = [option_words(theme, option, words) for words in spoken]
                found[option_row_id(question, option)] = beside
        for name, said in found.items():
            rows[name] = {}
            if "choices" in said[0]:
                whole[name] = frozenset(tuple(one.get(c) or "" for c in FIXED) for one in said)
            for column in said[0]:
                texts = {text for one in said if (text := one[column])}
                rows[name][column] = frozenset(texts | {fold(text) for text in texts})
                if column in ("question", "choices"):
                    for text in texts:
                        owners[column, fold(text)].add(name)
        if question.type == "level":
            for sentence in Choices.of(question).known:
                if len(sentence) >= SHORTEST_SENTENCE:
                    sentences[sentence].add(question.id)
    return RowWords(
        rows,
        whole,
        {key: frozenset(names) for key, names in owners.items()},
        {key: frozenset(names) for key, names in sentences.items()},
    )
