"""Options are carried over from ones that there were to ones that there are."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import MovedSubject
from maturity.checks.wording import did_you_mean, listed
from maturity.models.assessment import DONT_KNOW
from maturity.models.migration import Carried
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.sources.yaml_reader import Loc

NO_SUCH = Kind(
    "M021",
    "error",
    "'{option}' is not an option of '{question}' in the {when} version.",
    "Choose from: {options}.{hint}",
)
NOT_A_CHOICE = Kind(
    "M022",
    "error",
    "'{question}' is not answered by options in the {when} version.",
    "Write 'bands' for numbers, or 'rules'.",
)
TWICE = Kind("M023", "error", "'{option}' stands here twice.", "Keep it once.")

EARLIER, LATER = Phrase("earlier"), Phrase("later")


def check(subject: MovedSubject) -> Iterator[Problem]:
    for i, change in enumerate(subject.migration.changes):
        if change.options is not None and change.to is not None:
            yield from _options(subject, change, ("changes", i, "options"))


def _options(subject: MovedSubject, change: Carried, loc: Loc) -> Iterator[Problem]:
    document = subject.document
    before = [subject.asked[q] for q in change.from_ if q in subject.asked]
    later = subject.new.questions.get(change.to or "") if subject.new else None
    for question, when in (*((q, EARLIER) for q in before), *([(later, LATER)] if later else [])):
        if not _has_options(question):
            yield document.key_problem(NOT_A_CHOICE, loc, question=question.id, when=when)
            return
    known = {o for question in before for o in _options_of(question)}
    for option, goal in (change.options or {}).items():
        if before and option not in known:
            about = {"option": option, "question": before[0].id, "when": EARLIER}
            hint = did_you_mean(option, known)
            options = listed(_options_of(before[0]))
            yield document.key_problem(NO_SUCH, (*loc, option), options=options, hint=hint, **about)
        goals = (
            [(goal, (*loc, option))]
            if isinstance(goal, str)
            else [(one, (*loc, option, j)) for j, one in enumerate(goal)]
        )
        seen: set[str] = set()
        for one, place in goals:
            if one in seen:
                yield document.problem(TWICE, place, option=one)
            elif later is not None and one not in _options_of(later):
                yield document.problem(NO_SUCH, place, **no_such(later, one))
            seen.add(one)


def _has_options(question: Question) -> bool:
    return bool(_options_of(question))


def _options_of(question: Question) -> list[str]:
    """What it can be answered with besides numbers and words."""
    if isinstance(question, NumberQuestion) and question.number.dont_know:
        return [DONT_KNOW]
    return [option.id for option in question.choices]


def no_such(later: Question, option: str) -> dict[str, object]:
    """The details of NO_SUCH for an option that a later question has not."""
    known = _options_of(later)
    return {
        "option": option,
        "question": later.id,
        "when": LATER,
        "options": listed(known),
        "hint": did_you_mean(option, known),
    }
