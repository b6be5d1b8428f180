"""Evidence at a question: adding it, and changing or removing what is there."""

from __future__ import annotations

import datetime as dt
import re

from maturity.assess.interview import Interview
from maturity.assess.menu import Action, Entry, Menu
from maturity.assess.talks import Talks, yes
from maturity.assess.wording import brief, words_in
from maturity.locale.dates import day_said
from maturity.locale.words import Words
from maturity.models.assessment import Evidence

_LIKE_A_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\w* \w+ \d{4}")


def ask_evidence(terminal: Talks, interview: Interview, today: dt.date) -> Interview | None:
    """One piece of evidence more, or one changed or removed; None where nothing came of it. Raises StepError."""
    words, there = words_in(interview.language), interview.current.evidence
    if not there:
        return _typed(terminal, interview, None, today, words)
    entries = [Entry("add", words("Add evidence"))]
    entries += [
        Entry(str(n), words("Change or remove: {evidence}", evidence=shown(p, words)))
        for n, p in enumerate(there)
    ]
    terminal.say(words("Evidence"), "bold")
    picked = terminal.pick(Menu(entries, _stay(words), words, marked=False))
    if picked.action:
        return None
    if picked.values == ("add",):
        return _typed(terminal, interview, None, today, words)
    number = int(picked.values[0])
    terminal.say(shown(there[number], words), "bold")
    entries = [Entry("change", words("Change it")), Entry("remove", words("Remove it"))]
    picked = terminal.pick(Menu(entries, _stay(words), words, marked=False))
    if picked.action:
        return None
    if picked.values == ("remove",):
        return interview.without_evidence(number)
    return _typed(terminal, interview, number, today, words)


def shown(piece: Evidence, words: Words) -> str:
    """A piece of evidence in a line."""
    return brief(piece.text) + (f" ({day_said(piece.date, words)})" if piece.date else "")


def read_day(typed: str) -> dt.date | None:
    """A day as people write it, the day first or as in 2026-03-31, the month in either language; None for none."""
    from maturity.intake.matching import day

    return day(" ".join(typed.split()))


def _stay(words: Words) -> list[Action]:
    return [Action("b", "stay", words("Back to the question"))]


def _typed(
    terminal: Talks, interview: Interview, number: int | None, today: dt.date, words: Words
) -> Interview | None:
    before = interview.current.evidence[number] if number is not None else None
    text = terminal.line(words("A link, or the paper's name"), words, before.text if before else "")
    if not text:
        return None

    def fault(typed: str) -> str | None:
        if not typed or read_day(typed):
            return None
        if _LIKE_A_DATE.fullmatch(" ".join(typed.split())):
            return words("There is no day '{typed}'. Correct it, or leave it out.", typed=typed)
        return words(
            "'{typed}' is not a date as in 2026-03-31 or 31 March 2026. Correct it, or leave it out.",
            typed=typed,
        )

    known = day_said(before.date, words) if before and before.date else ""
    while True:
        label = words("Its date as in 2026-03-31 or 31 March 2026, or nothing")
        typed = terminal.line(label, words, known, fault)
        if typed is None:
            return None
        day, known = read_day(typed), typed
        if day is None or day <= today or yes(terminal, _future(day, words), words):
            return interview.evidence(text, day, number)


def _future(day: dt.date, words: Words) -> str:
    return words("{date} is still to come. Is that the date of the evidence?", date=day_said(day, words))
