"""Bands lead from a number to options of a later question, upwards."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.migrations.options import NO_SUCH, no_such
from maturity.checks.subjects import MovedSubject
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion

NOT_UP = Kind(
    "M024",
    "error",
    "The band from {start} does not come after the one before it, from {before}.",
    "Order bands upwards, and keep one of each.",
)
NO_NUMBER = Kind(
    "M025",
    "error",
    "Bands carry a number over to one option, and '{question}' is {what}.",
    "Write 'options' or 'rules' instead.",
)
BELOW = Kind(
    "M026",
    "error",
    "'{question}' can be {least}, and the lowest band begins at {start}.",
    "Start the lowest band at {least}.",
)


def check(subject: MovedSubject) -> Iterator[Problem]:
    document = subject.document
    for i, change in enumerate(subject.migration.changes):
        if not change.bands or change.to is None:
            continue
        loc = ("changes", i, "bands")
        later = subject.new.questions.get(change.to) if subject.new else None
        before = [subject.asked[q] for q in change.from_ if q in subject.asked]
        wrong = next((q for q in before if not isinstance(q, NumberQuestion)), None)
        if wrong is not None:
            yield document.key_problem(NO_NUMBER, loc, question=wrong.id, what=Phrase("answered otherwise"))
        elif later is not None and (not later.choices or isinstance(later, SeveralQuestion)):
            yield document.key_problem(
                NO_NUMBER, loc, question=later.id, what=Phrase("not answered by one option")
            )
        else:
            known = [option.id for option in later.choices] if later else []
            for j, band in enumerate(change.bands):
                if later is not None and band.option not in known:
                    yield document.problem(NO_SUCH, (*loc, j, "option"), **no_such(later, band.option))
                if j and band.from_ <= change.bands[j - 1].from_:
                    about = {"start": f"{band.from_:g}", "before": f"{change.bands[j - 1].from_:g}"}
                    yield document.problem(NOT_UP, (*loc, j, "from"), **about)
            for question in before:
                least = question.number.min if isinstance(question, NumberQuestion) else None
                start = change.bands[0].from_
                if least is not None and least < start:
                    about = {"question": question.id, "least": f"{least:g}", "start": f"{start:g}"}
                    yield document.problem(BELOW, (*loc, 0, "from"), **about)
