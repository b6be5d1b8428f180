"""Do the answers still stand beside their questions, or was something sorted, moved or pasted alone?

A level's sentence belongs to one question only, so it shows when it stands beside another; so do the questionnaire's
own words in a row, and the words above a list of choices. Yes, No and numbers fit anywhere: where something on a sheet
has moved, these may have moved too, and must not be believed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from maturity.intake import findings as f
from maturity.intake.grid import Row
from maturity.intake.layout import COLUMNS, OPTION_MARK
from maturity.intake.matching import Choices, fold, plain, short
from maturity.intake.row_words import FIXED, SHORTEST_SENTENCE, RowWords
from maturity.models.problem import Phrase, Problem
from maturity.models.questionnaire import Question, Questionnaire

_WORDY = ("note", "evidence", "reason")


@dataclass(slots=True)
class Doubts:
    """What cannot be believed: rows whose id stands beside another's words, and sheets on which something moved; and
    `marked`, the rows in which anything was found."""

    words: RowWords
    rows: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def about(self, question: Question, row: Row) -> bool:
        """Whether what stands beside the question may be another's answer.

        On a sheet where something moved, only a sentence that no other question has is its own witness.
        """
        if row.grid.sheet.name not in self.sheets:
            return False
        return self.words.asked_by(row.value("answer")) != {question.id}


def doubts(
    questionnaire: Questionnaire,
    by_id: Mapping[str, Row],
    own: Mapping[str, str],
    *,
    same: bool,
    settled: Collection[str] = (),
    quiet: set[object] | None = None,
) -> Doubts:
    """Looks at all rows of questions and choices but those that are `settled`. `own` are the workbook's own words,
    `same` says that the questionnaire is in the state in which the template was made: only then must its words be
    the same. `quiet` are cores of rows in which nothing was found before, with the same `own` and `same`; it grows."""
    quiet = set() if quiet is None else quiet
    found = Doubts(RowWords.of(questionnaire))
    below = fold(own.get("below", ""))
    for name, row in by_id.items():
        core = row.core if name not in settled else None
        if core is None or core in quiet:
            continue
        before = len(found.problems)
        question = questionnaire.questions[name.partition(OPTION_MARK)[0]]
        untouched = row.grid.together(row.number, FIXED) in found.words.whole.get(name, ())
        other = None if untouched else _other(found.words, row)
        if other is not None:
            found.rows.add(name)
            found.problems.append(row.problem(f.BESIDE_OTHER, "id", question=name, other=other))
        elif same and not untouched:
            found.problems += _changed(found.words, row, question)
        misplaced = _misplaced(found.words, row, question)
        if misplaced is not None:
            found.rows.add(name)
            found.problems.append(misplaced)
        if other or misplaced or _of_another(found.words, row, question, below):
            found.sheets.add(row.grid.sheet.name)
            found.marked.add(name)
        if len(found.problems) > before:
            found.marked.add(name)
        if name not in found.marked:
            quiet.add(core)
    lasts: dict[str, Row] = {}
    for row in by_id.values():
        last = lasts.setdefault(row.grid.sheet.name, row)
        if row.number > last.number:
            lasts[row.grid.sheet.name] = row
    found.sheets |= {sheet for sheet, last in lasts.items() if _pushed_out(last)}
    return found


def _other(words: RowWords, row: Row) -> str | None:
    """Whose words stand in the row, where they are not its own."""
    for column in ("question", "choices"):
        value = row.value(column)
        if value is not None and not words.is_own(row.id, column, value):
            other = words.other(row.id, column, value)
            if other is not None:
                return other
    return None


def _changed(words: RowWords, row: Row, question: Question) -> Iterator[Problem]:
    """What was written over the template's own words would be passed over in silence."""
    for column in FIXED:
        value = row.value(column)
        if value is None or words.is_own(row.id, column, value):
            continue
        if column == "choices" and question.type not in ("level", "yes_no") and OPTION_MARK not in row.id:
            # What stands there is the program's catalogue, which may be reworded.
            continue
        heading = next(c.heading for c in COLUMNS if c.key == column)
        what = Phrase(
            "'{value}' in the column '{heading}', which holds the template's own words",
            value=short(value),
            heading=heading,
        )
        yield row.problem(f.NOT_READ, column, what=what)
        return


def _misplaced(words: RowWords, row: Row, question: Question) -> Problem | None:
    """A choice in a column for words, while there is no answer: headings were swapped, or it was pasted beside."""
    if question.type != "level" or row.value("answer") is not None:
        return None
    for column in _WORDY:
        value = row.value(column)
        if words.asked_by(value):
            heading = next(c.heading for c in COLUMNS if c.key == column)
            return row.problem(f.MISPLACED, column, found=short(value), heading=heading)
    return None


def _of_another(words: RowWords, row: Row, question: Question, below: str) -> bool:
    """Whether something stands in the answer's cell that belongs beside another question; `below` is what the
    template writes above a list of choices."""
    value = row.value("answer")
    if not isinstance(value, str) or len(value) < SHORTEST_SENTENCE or question.type == "text":
        return False
    askers = words.asked_by(value)
    if question.type == "several" and OPTION_MARK not in row.id:
        return bool(askers)
    if question.id in askers or (question.type == "level" and Choices.of(question).find(value)):
        return False
    return bool(askers) or fold(plain(value)) == below


def _pushed_out(last: Row) -> bool:
    """Whether an answer fell out below the last question, as where a cell was inserted and the rest pushed down."""
    grid = last.grid
    for number in range(last.number + 1, len(grid.sheet.rows)):
        alone = all(grid.value(number, column) is None for column in ("id", *FIXED))
        if alone and grid.value(number, "answer") is not None:
            return True
    return False
