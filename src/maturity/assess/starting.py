"""What is asked before the first question, where the command line has not said it: what, whose, when, who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from maturity.assess.menu import Entry, Menu
from maturity.assess.talks import Talks
from maturity.assess.wording import clean, words_in
from maturity.locale.words import Words
from maturity.models.assessment import Assessment, is_period
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import Language
from maturity.sources.registers import council_called, wales
from maturity.sources.shelf import OnShelf

LONGEST_LINE = 300
MOST_DRAFTS = 8
MOST_LOOKED_AT = 100
_ANSWERS, _QUESTIONS = b"format: maturity-assessment/1", b"format: maturity-questionnaire/1"
_MIGRATES = b"format: maturity-migration/1"
_NEW = ":new"


@dataclass(frozen=True, slots=True)
class Start:
    """What a file of answers begins with; None where it is not said yet, an empty text where it is left out."""

    council: str | None
    period: str | None
    role: str | None
    name: str | None


def ask_start(terminal: Talks, start: Start, period: str, language: Language) -> Start | None:
    """Asks for what is not said yet, one after the other; going back asks for the one before, and from the first leaves
    (None). `period` is what is offered as such.
    """
    words = words_in(language)
    asks: dict[str, Callable[[str], str | None]] = {
        "council": lambda _: _council(terminal, language),
        "period": lambda earlier: _period(terminal, earlier or period, words),
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
            if position == 0:
                return None
            position -= 1
            continue
        start = replace(start, **{key: said})
        position += 1
    if missing:
        terminal.say()
    return start


def choose_questionnaire(
    terminal: Talks, shelf: Sequence[OnShelf], default: str, language: Language, files: Iterable[Path] = ()
) -> str:
    """Which of the questionnaires at hand, bundled or in `files`, where there are several."""
    known = list(dict.fromkeys([*(entry.id for entry in shelf), *map(str, files)]))
    if len(known) < 2:
        return default
    words = words_in(language)
    terminal.say(words("Which questionnaire?"), "bold")
    menu = Menu([Entry(name, clean(name)) for name in known], [], words, marked=False)
    menu.point_at(default)
    return terminal.pick(menu).values[0]


def drafts(folder: Path, *, submitted: bool = False) -> list[Path]:
    """Files of answers in a folder, the last changed first; those that are submitted only where that is said."""
    found = []
    for path, head in _heads(folder):
        if _ANSWERS in head and (submitted or b"\nstatus: submitted" not in head):
            with suppress(OSError):
                found.append((-path.stat().st_mtime, path))
    return [path for _, path in sorted(found)][:MOST_DRAFTS]


def questionnaires_in(folder: Path) -> list[Path]:
    """Files of questionnaires in a folder, by name."""
    return [path for path, head in _heads(folder) if _QUESTIONS in head][:MOST_DRAFTS]


def versions_beside(questionnaire: str | None) -> list[Path]:
    """The questionnaires and migrations in the folder of the one that is named, if that is a file."""
    if questionnaire is None or not Path(questionnaire).is_file():
        return []
    kinds = (_QUESTIONS, _MIGRATES)
    return [path for path, head in _heads(Path(questionnaire).parent) if any(kind in head for kind in kinds)]


def _heads(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The YAML files in a folder with how each begins."""
    for path in sorted(folder.glob("*.yaml"))[:MOST_LOOKED_AT]:
        try:
            with path.open("rb") as file:
                head = file.read(4000)
        except OSError:
            continue
        yield path, head


def choose_draft(
    terminal: Talks, held: Sequence[tuple[Path, Assessment, Questionnaire]], language: Language
) -> Path | None:
    """Which of the drafts, each with what it answers, to go on with; None for new answers."""
    words = words_in(language)
    entries = []
    for path, assessment, questionnaire in held:
        given = sum(answer.given for answer in assessment.answers.values())
        about = [council_called(assessment.organisation, language), assessment.period]
        about += [d.name.to(language) for d in questionnaire.dimensions if d.id == assessment.part]
        who = assessment.respondent
        about += [said for said in (who.role or who.name,) if said] if who else []
        about.append(words.count("{n} answer", "{n} answers", given))
        entries.append(Entry(str(path), clean(f"{path.name}: {', '.join(about)}")))
    entries.append(Entry(_NEW, words("Begin new answers")))
    terminal.say()
    terminal.say(words("Go on with answers that are here, or begin new ones?"), "bold")
    menu = Menu(entries, [], words, marked=False)
    menu.point_at(entries[0].value)
    chosen = terminal.pick(menu).values[0]
    return None if chosen == _NEW else Path(chosen)


def _council(terminal: Talks, language: Language) -> str | None:
    """A council; where a code or a part of its name was typed, its names are shown."""
    typed = terminal.council(wales(), language)
    found = wales().find(typed) if typed is not None else None
    if found is not None and typed not in found.name.root.values():
        names = sorted(found.name.root, key=lambda one: one != language)
        terminal.done(" / ".join(dict.fromkeys(found.name.root[one] for one in names)))
    return typed


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
