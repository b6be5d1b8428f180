"""What `maturity assess` does; apart from its options, because what it imports takes a while to load."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from maturity.assess.asking import Interviewer
from maturity.assess.interrupts import Interrupts, interrupts
from maturity.assess.interview import Interview
from maturity.assess.opening import agree, begin, default_name, open_again
from maturity.assess.prompts import Terminal
from maturity.assess.record import LeftAsideError, Record
from maturity.assess.sitting import Ending, Sitting
from maturity.assess.trouble import Trouble
from maturity.assess.wording import clean, words_in
from maturity.cli.errors import ExitCode, print_problems, say
from maturity.cli.options import LanguageCode, made_on
from maturity.locale.words import Words
from maturity.models.assessment import Assessment, Respondent
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.files import FileError
from maturity.sources.registers import find_council, wales
from maturity.sources.shelf import on_shelf, open_questionnaire
from maturity.sources.structure import NOT_A_PERIOD

DEFAULT_QUESTIONNAIRE = "socitm"

NO_TERMINAL = Kind(
    "G006",
    "error",
    "There is no terminal here to ask questions on.",
    "Run this in a terminal; or fill in a workbook ('maturity template FILE.xlsx'), or write into the YAML file.",
)
UNFIT_OPTION = Kind("G008", "error", "'{found}' cannot be used here: {reason}.", "Shorten or correct it.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says."""

    file: Path | None
    questionnaire: str | None
    council: str | None
    period: str | None
    language: LanguageCode
    role: str | None
    name: str | None

    def agreed_period(self) -> str:
        return clean(self.period or "").strip() or str(made_on().year)

    def path_for(self, council: str) -> Path:
        """The file named, or one in this folder; its name is the same in whichever language one begins."""
        return self.file or Path(default_name(find_council(council).name.to("en"), self.agreed_period()))


def run(wish: Wish) -> int:
    """One sitting, from the command line to the exit code. What cannot work raises before anything is asked."""
    _respondent(wish, None)
    if wish.council:
        find_council(wish.council)
    questionnaire = None
    path = wish.file or (wish.path_for(wish.council) if wish.council else None)
    found = _open(path, wish) if path and path.exists() else None
    if found is None:
        questionnaire = open_questionnaire(wish.questionnaire or DEFAULT_QUESTIONNAIRE)[0]
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise MaturityError(Problem(NO_TERMINAL, Place("maturity assess")))
    with interrupts() as signals:
        terminal = Terminal(signals)
        if found is None:
            assert questionnaire is not None
            found = _start(wish, questionnaire, terminal)
        with found[0].held():
            return _sit(wish, *found, terminal, signals)


def _open(path: Path, wish: Wish) -> tuple[Record, Questionnaire]:
    """A file that is gone on with. Raises MaturityError with all that is wrong with it."""
    record, questionnaire = open_again(path, wish.questionnaire)
    agree(record, wish.council, wish.period)
    changes = {"respondent": _respondent(wish, record.assessment.respondent)}
    record.assessment = record.assessment.model_copy(update=changes)
    return record, questionnaire


def _start(wish: Wish, questionnaire: Questionnaire, terminal: Terminal) -> tuple[Record, Questionnaire]:
    """A new file, or the existing one of the council that was asked for only now."""
    council = wish.council or terminal.council(wales(), wish.language)
    path = wish.path_for(council)
    if path.exists():
        return _open(path, wish)
    organisation = find_council(council).name.to(wish.language)
    try:
        return begin(
            path, questionnaire, organisation, wish.agreed_period(), _respondent(wish, None)
        ), questionnaire
    except ValidationError as error:
        raise _unfit(error) from None


def _sit(
    wish: Wish, record: Record, questionnaire: Questionnaire, terminal: Terminal, signals: Interrupts
) -> int:
    words = words_in(wish.language)
    held = record.assessment
    found = wales().find(held.organisation)
    interview = Interview.resume(
        questionnaire,
        held.answers,
        wish.language,
        organisation=found.attributes if found else {},
        role=held.respondent.role if held.respondent else None,
    )
    for paragraph in _welcome(record, interview, words):
        terminal.say(paragraph)
    if record.assessment.status == "submitted":
        if not terminal.yes(words("These answers were submitted. Reopen them as a draft?"), wish.language):
            return ExitCode.DONE
        interview = interview.go_to(0)
    sitting = Sitting(interview, record, Interviewer(terminal), Trouble(terminal))
    try:
        with terminal.held():
            ending = sitting.run()
    except (KeyboardInterrupt, EOFError):
        _goodbye(wish, sitting, interrupted=True)
        return ExitCode.INTERRUPTED
    except LeftAsideError as error:
        print_problems(error.problems)
        return ExitCode.FINDINGS
    except FileError as error:
        print_problems(error.problems)
        _goodbye(wish, sitting, record.rescue(sitting.interview.answers), unsaved=True)
        return ExitCode.CANNOT
    except OSError:
        # A terminal that was closed fails in many places before its signal is heard.
        if not signals.pending:
            raise
        return ExitCode.INTERRUPTED
    if ending is Ending.SUBMITTED:
        _submitted(record, words_in(sitting.interview.language), terminal)
    else:
        _goodbye(wish, sitting)
    return ExitCode.DONE


def _welcome(record: Record, interview: Interview, words: Words) -> list[str]:
    held, file = record.assessment, str(record.path)
    title = interview.questionnaire.title.to(words.language)
    heading = f"{title} {interview.questionnaire.version}: {held.organisation}, {held.period}"
    leave = words(
        "Leave whenever you like; what is answered is saved, and the same file goes on where you stopped."
    )
    if held.updated == held.started and not held.answers:
        asked = words.count("{n} question.", "{n} questions.", interview.end)
        return [heading, f"{asked} {words('Each answer is saved at once in {file}.', file=file)} {leave}"]
    so_far = words(
        "{answered} of {n} questions are answered in {file}.",
        answered=interview.answered,
        n=interview.end,
        file=file,
    )
    return [heading, " ".join([so_far, *_who_and_when(held, words)]), leave]


def _who_and_when(held: Assessment, words: Words) -> list[str]:
    said = []
    who = held.respondent
    if who is not None and (who.name or who.role):
        named = ", ".join(part for part in (who.name, who.role) if part)
        said.append(words("Answers by {who}.", who=named))
    if held.updated is not None:
        said.append(words("Last saved {when} UTC.", when=f"{held.updated:%Y-%m-%d %H:%M}"))
    return said


def _submitted(record: Record, words: Words, terminal: Terminal) -> None:
    command = _command_line("maturity", "score", _argument(record.path))
    terminal.say(words("Submitted. The answers are in {file}.", file=record.path.absolute()))
    terminal.say(words("To see where the council stands:"))
    terminal.console.print(f"    {command}", soft_wrap=True)


def _goodbye(
    wish: Wish,
    sitting: Sitting,
    aside: Path | None = None,
    *,
    interrupted: bool = False,
    unsaved: bool = False,
) -> None:
    """One sentence: what is saved where, and the command that goes on."""
    words = words_in(sitting.interview.language)
    path = aside or sitting.record.path
    again = ["maturity", "assess", _argument(path)]
    if wish.questionnaire and not _is_bundled(sitting.interview.questionnaire):
        again += ["-q", wish.questionnaire]
    if sitting.interview.language != "en":
        again += ["--lang", sitting.interview.language]
    command = _command_line(*again)
    if unsaved and aside:
        said = words("All answers, the last one too, were saved in {file} instead. To go on:", file=path)
    elif unsaved:
        said = words(
            "The last answer could not be saved anywhere. What is in {file} stays as it was. To go on:",
            file=path,
        )
    elif interrupted:
        said = words("Stopped; everything so far is saved in {file}. To go on:", file=path)
    else:
        said = words("Everything so far is saved in {file}. To go on:", file=path)
    say(said)
    say(f"    {command}")


def _is_bundled(questionnaire: Questionnaire) -> bool:
    return f"{questionnaire.id}@{questionnaire.version}" in map(str, on_shelf("questionnaire"))


def _command_line(*parts: str) -> str:
    """A command as the person's shell wants it quoted."""
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)


def _argument(path: Path) -> str:
    """A path that is not taken for an option where its name starts with '-'."""
    return f".{os.sep}{path}" if str(path).startswith("-") else str(path)


def _respondent(wish: Wish, held: Respondent | None) -> Respondent | None:
    """Who answers: as the file has it, with what the command line says now."""
    name = clean(wish.name) if wish.name else held and held.name
    role = clean(wish.role) if wish.role else held and held.role
    if name is None and role is None:
        return None
    try:
        return Respondent(name=name, role=role)
    except ValidationError as error:
        raise _unfit(error) from None


def _unfit(error: ValidationError) -> MaturityError:
    """What the command line says of council, period, name or role does not fit into a file."""
    first = error.errors(include_url=False)[0]
    if first["loc"] == ("period",):
        return MaturityError(Problem(NOT_A_PERIOD, Place("--period"), {"found": str(first["input"])[:60]}))
    reason = first["msg"][0].lower() + first["msg"][1:]
    found = str(first["input"])[:60]
    return MaturityError(
        Problem(UNFIT_OPTION, Place(f"--{first['loc'][-1]}"), {"found": found, "reason": reason})
    )
