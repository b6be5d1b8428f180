"""The agenda as a workbook: the questions on which respondents differ, and a cell each for what the meeting agrees on.

It is a template whose rows are those questions, sorted by disagreement: the same ids, drop-downs and hidden sheet, so
that it is read back by what reads templates, and every answer is right or reported with its cell. Three columns that
nobody fills in hold counts, spread, and what was said beside the answers instead of help.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.intake.answer_cells import evidence_text
from maturity.intake.findings import NOTHING_ANSWERED, QUESTION_GONE
from maturity.intake.layout import AGENDA_FACT, NUMBER_OF, option_row_id
from maturity.intake.made import Made
from maturity.intake.merge import Item, agenda
from maturity.intake.merge_findings import OTHER_AGENDA, OTHER_COUNCIL, OTHER_PERIOD
from maturity.intake.merge_words import counts_lines, how_text, said_text, share_text, spread_text
from maturity.intake.reading import Asked
from maturity.intake.template import template_of
from maturity.intake.template_sheets import HEADING_ROW
from maturity.intake.xlsx import HEADER, INK, PAPER, QUIET, SUBTITLE, Look, fit_row, put
from maturity.locale.words import N_, Words
from maturity.models.assessment import Answer, Assessment
from maturity.models.problem import Phrase, Place, Problem
from maturity.models.questionnaire import Dimension, Questionnaire, Theme
from maturity.models.register import Register
from maturity.models.text import Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

AGENDA = N_("Agenda")
HEADINGS = {
    "choices": N_("What was answered, and by how many"),
    "help": N_("How far you agree"),
    "asked": N_("What was noted"),
    "done": N_("Agreed"),
}
"""What columns of a template are called on an agenda."""
_CELL = Look(fill=PAPER, edge="D5D8DB", size=10)


def agenda_workbook(
    questionnaire: Questionnaire,
    digest: str,
    assessment: Assessment,
    words: Words,
    *,
    register: Register,
    made_on: dt.date,
) -> bytes:
    """The agenda of an agreed assessment as an xlsx file; the same arguments always give the same bytes.

    `digest` is the questionnaire's file's. Answers that are settled stand in their cells already. Names of respondents
    are not in it; roles only where enough answered in one. Raises ValueError where there is nothing on the agenda.
    """
    items = agenda(questionnaire, assessment)
    if not items:
        raise ValueError("there is nothing to agree on")
    organisation = register.find(assessment.organisation)
    # Notes and evidence of all stand beside; what the meeting writes into those cells is its own.
    answers = {i.question.id: i.agreed.model_copy(update={"note": None, "evidence": ()}) for i in items}
    bare = assessment.model_copy(update={"answers": answers, "respondent": None, "status": "draft"})
    made = Made(questionnaire, digest, words, organisation, assessment.period, register, bare)

    def fill(sheet: Worksheet) -> None:
        _fill(sheet, items, words)

    facts = {AGENDA_FACT: "true"} | {f"heading.{key}": words(text) for key, text in HEADINGS.items()}
    return template_of(made, [as_dimension(items)], made_on, facts=facts, change=fill)


def as_dimension(items: Sequence[Item]) -> Dimension:
    """The agenda's questions as one dimension, each under the names of its dimension and theme."""
    name = Text({"en": Words("en")(AGENDA), "cy": Words("cy")(AGENDA)})
    themes = tuple(
        Theme(id=f"n{place}", name=item.dimension.name, questions=(item.question,))
        for place, item in enumerate(items, 1)
    )
    return Dimension(id="agenda", name=name, themes=themes)


def read_agenda(
    path: Path, questionnaire: Asked, assessment: Assessment, register: Register
) -> tuple[dict[str, Answer], list[Problem]]:
    """What a filled-in agenda says that is not agreed yet: question → answer; with everything that is wrong with it.

    Beside the value, what the meeting wrote as note or evidence comes after what respondents had noted.
    """
    from maturity.intake.workbook import read_template

    def open_by_name(name: str) -> Asked:
        if name != f"{questionnaire[0].id}@{questionnaire[0].version}":
            wanted = f"{questionnaire[0].id}@{questionnaire[0].version}"
            wrong.append(Problem(OTHER_AGENDA, Place(str(path)), {"found": name[:80], "wanted": wanted}))
        return questionnaire

    wrong: list[Problem] = []
    filled, problems = read_template(
        path, str(path), register=register, open_by_name=open_by_name, agenda=True
    )
    # An agenda asks only what is disputed, and may come back with everything still open.
    problems = wrong or [p for p in problems if p.kind not in (QUESTION_GONE, NOTHING_ANSWERED)]
    if filled is None or wrong:
        return {}, problems
    problems += _differences(path, filled, assessment, register)
    if any(p.kind in (OTHER_COUNCIL, OTHER_PERIOD) for p in problems):
        return {}, problems
    found = {}
    for question, answer in filled.answers.items():
        held = assessment.answers.get(question, Answer())
        agreed = _beside(answer, held)
        if answer.given and agreed != held:
            found[question] = agreed
    return found, problems


def _beside(answer: Answer, held: Answer) -> Answer:
    """The meeting's answer with the notes and evidence that were there before its own."""
    notes = [note for note in dict.fromkeys([held.note, answer.note]) if note]
    evidence = tuple(dict.fromkeys([*held.evidence, *answer.evidence]))
    return answer.model_copy(update={"note": "\n\n".join(notes) or None, "evidence": evidence})


def _differences(path: Path, filled: Assessment, assessment: Assessment, register: Register) -> list[Problem]:
    place = Place(str(path))
    about: dict[str, object] = {"first": Phrase("the answers that are merged")}
    problems = []
    found, wanted = (register.find(a.organisation) for a in (filled, assessment))
    if found != wanted and found is not None and wanted is not None:
        names = {"found": found.name, "wanted": wanted.name}
        problems.append(Problem(OTHER_COUNCIL, place, {**about, **names}))
    if filled.period != assessment.period:
        periods = {"found": filled.period, "wanted": assessment.period}
        problems.append(Problem(OTHER_PERIOD, place, {**about, **periods}))
    return problems


def _fill(sheet: Worksheet, items: Sequence[Item], words: Words) -> None:
    """Writes counts, spread and notes into the columns that are nobody's to fill in."""
    put(
        sheet,
        2,
        1,
        words("The questions on which you differ, the least agreement first."),
        replace(SUBTITLE, wrap=False),
    )
    hint = words(
        "Agree on an answer in each blue cell; what is left empty stays open. Nobody's name is shown here."
    )
    put(sheet, 3, 1, hint, replace(SUBTITLE, wrap=False))
    for key, heading in HEADINGS.items():
        put(sheet, HEADING_ROW, NUMBER_OF[key], words(heading), HEADER)
    rows = {str(sheet.cell(row, 1).value): row for row in range(HEADING_ROW + 1, sheet.max_row + 1)}
    for item in items:
        question, found, row = item.question, item.found, rows[item.question.id]
        several = question.type == "several"
        counts = "\n".join(f"{count} × {text}" for text, count in counts_lines(found, words))
        agreed = [
            words("Most frequent answer: {share}", share=share_text(found, words)),
            spread_text(found, words),
        ]
        agreed += [
            words("{role}: {share}", role=role, share=share_text(own, words)) for role, own in item.roles
        ]
        agreed.append(words("State: {state}", state=how_text(item, words)))
        texts = {
            "choices": _sets(item, words) if several else counts,
            "help": "\n".join(line for line in agreed if line),
            "asked": "\n\n".join(t for t in (item.agreed.note, evidence_text(item.agreed.evidence)) if t),
        }
        for key, text in texts.items():
            put(sheet, row, NUMBER_OF[key], text or None, _CELL)
        widths = {"choices": 58.0, "help": 46.0, "asked": 40.0}
        fit_row(
            sheet,
            row,
            [(t, widths[k], _CELL) for k, t in texts.items()],
            least=sheet.row_dimensions[row].height,
        )
        for option, count in found.options if several else ():
            text = words("{count} × {text}", count=count, text=said_text(question, (option,), words))
            at = rows[option_row_id(question, next(o for o in question.choices if o.id == option))]
            put(sheet, at, NUMBER_OF["choices"], text, replace(_CELL, indent=1, ink=INK if count else QUIET))


def _sets(item: Item, words: Words) -> str:
    """Of 'choose several': how many gave each whole answer; each option's count stands in its own row."""
    lines = [f"{count} × {said_text(item.question, what, words)}" for what, count in item.found.counts]
    if item.found.unanswered:
        lines.append(f"{item.found.unanswered} × {words('not answered')}")
    return "\n".join(lines)
