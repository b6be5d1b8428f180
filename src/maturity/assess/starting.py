"""What is asked before the first question, where the command line has not said it: what, whose, when, who."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maturity.assess.menu import Entry, Menu
from maturity.assess.talks import Talks
from maturity.assess.wording import clean, words_in
from maturity.locale.words import Words
from maturity.models.assessment import Assessment, is_period
from maturity.models.text import Language
from maturity.sources.registers import wales
from maturity.sources.shelf import OnShelf

LONGEST_LINE = 300
MOST_DRAFTS = 8
MOST_LOOKED_AT = 100
_BEGINS = b"format: maturity-assessment/1"
_NEW = ":new"


@dataclass(frozen=True, slots=True)
class Start:
    """What a file of answers begins with; None where it is not said yet, an empty text where it is left out."""

    council: str | None
    period: str | None
    role: str | None
    name: str | None


def ask_start(terminal: Talks, start: Start, this_year: str, language: Language) -> Start:
    """Asks for what is not said yet, one after the other; going back asks for the one before."""
    words = words_in(language)
    asks: dict[str, Callable[[str], str | None]] = {
        "council": lambda _: terminal.council(wales(), language),
        "period": lambda earlier: _period(terminal, earlier or this_year, words),
        "role": lambda earlier: _who(
            terminal, words("Your role, as in Digital lead; or nothing"), earlier, words
        ),
        "name": lambda earlier: _who(terminal, words("Your name, or nothing"), earlier, words),
    }
    missing = [key for key in asks if getattr(start, key) is None]
    position = 0
    while position < len(missing):
        key = missing[position]
        said = asks[key](getattr(start, key) or "")
        if said is None:
            position = max(0, position - 1)
            continue
        start = replace(start, **{key: said})
        position += 1
    if missing:
        terminal.say()
    return start


def choose_questionnaire(terminal: Talks, shelf: Sequence[OnShelf], default: str, language: Language) -> str:
    """Which of the questionnaires at hand, where there are several."""
    known = list(dict.fromkeys(entry.id for entry in shelf))
    if len(known) < 2:
        return default
    words = words_in(language)
    terminal.say(words("Which questionnaire?"), "bold")
    menu = Menu([Entry(name, name) for name in known], [], words, marked=False)
    menu.point_at(default)
    return terminal.pick(menu).values[0]


def drafts(folder: Path) -> list[Path]:
    """Files of answers in a folder that are not submitted, the last changed first."""
    found = []
    for path in sorted(folder.glob("*.yaml"))[:MOST_LOOKED_AT]:
        try:
            with path.open("rb") as file:
                head = file.read(4000)
            if _BEGINS in head and b"\nstatus: submitted" not in head:
                found.append((-path.stat().st_mtime, path))
        except OSError:
            continue
    return [path for _, path in sorted(found)][:MOST_DRAFTS]


def choose_draft(terminal: Talks, held: Sequence[tuple[Path, Assessment]], language: Language) -> Path | None:
    """Which of the drafts to go on with; None for new answers."""
    words = words_in(language)
    entries = []
    for path, assessment in held:
        given = sum(answer.given for answer in assessment.answers.values())
        about = f"{path.name}: {assessment.organisation}, {assessment.period}"
        entries.append(Entry(str(path), f"{clean(about)}, {words.count('{n} answer', '{n} answers', given)}"))
    entries.append(Entry(_NEW, words("Begin new answers")))
    terminal.say()
    terminal.say(words("Go on with answers that are here, or begin new ones?"), "bold")
    menu = Menu(entries, [], words, marked=False)
    menu.point_at(entries[0].value)
    chosen = terminal.pick(menu).values[0]
    return None if chosen == _NEW else Path(chosen)


def _period(terminal: Talks, default: str, words: Words) -> str | None:
    def fault(typed: str) -> str | None:
        if is_period(typed):
            return None
        return words("'{typed}' is not a period as in 2026, 2026-Q1, 2026-03 or 2025-26.", typed=typed)

    return terminal.line(
        words("Which period are the answers about? As in 2026, 2026-Q1 or 2025-26"), words, default, fault
    )


def _who(terminal: Talks, label: str, earlier: str, words: Words) -> str | None:
    def fault(typed: str) -> str | None:
        if len(typed) <= LONGEST_LINE:
            return None
        return words("That is too long: {n} characters at most.", n=LONGEST_LINE)

    typed = terminal.line(label, words, earlier, fault)
    return None if typed is None else " ".join(typed.split())
