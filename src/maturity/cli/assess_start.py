"""From what the command line says to a file that is open: what is missing is asked, what cannot work is said first."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from maturity.assess.interview import NO_DIMENSION
from maturity.assess.opening import agree, begin, named_in_either, open_again
from maturity.assess.record import Record
from maturity.assess.starting import (
    Start,
    ask_start,
    choose_draft,
    choose_questionnaire,
    drafts,
    questionnaires_in,
    versions_beside,
)
from maturity.assess.talks import Talks
from maturity.assess.wording import clean, words_in
from maturity.cli.errors import say
from maturity.cli.options import LanguageCode, check_period, made_on
from maturity.models.assessment import Assessment, QuestionnaireRef, Respondent
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.files import check_folder
from maturity.sources.load import Loaded, load
from maturity.sources.registers import find_council
from maturity.sources.shelf import on_shelf, open_questionnaire
from maturity.sources.structure import NOT_A_PERIOD

if TYPE_CHECKING:
    from maturity.assess.earlier import Earlier

DEFAULT_QUESTIONNAIRE = "socitm"

NO_TERMINAL = Kind(
    "G006",
    "error",
    "There is no terminal here to ask questions on.",
    "Run this in a terminal; or fill in a workbook ('maturity template FILE.xlsx'), or write into the YAML file.",
)
UNFIT_OPTION = Kind("G008", "error", "'{found}' cannot be used here: {reason}.", "Shorten or correct it.")


class Signals(Protocol):
    """Whether an interrupt has come in."""

    pending: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says; `usual` is the period that is meant where it says none, else this year."""

    file: Path | None
    questionnaire: str | None
    council: str | None
    period: str | None
    language: LanguageCode
    role: str | None
    name: str | None
    before: Path | None = None
    dimension: str | None = None
    rubric: str | None = None
    plain: bool = False
    usual: str | None = None

    def agreed_period(self) -> str:
        return clean(self.period or "").strip() or self.usual or str(made_on().year)

    def path_for(self, council: str) -> Path:
        """The file named, or one in this folder: gone on with by whichever of the council's names it was begun, else
        named in the language that is spoken. Raises MaturityError where there is one by each name.

        Several people of one council each have their own: who it is stands in it.
        """
        if self.file:
            return self.file
        who = clean(self.role or self.name or "")
        more = (self.agreed_period(), self.dimension or "", who)
        return named_in_either(Path(), find_council(council), self.language, *more)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open, what it answers, and last period's answers to begin from, if any.

    `theirs` is who has answered in it so far, where the command line says that it is somebody else now.
    """

    record: Record
    questionnaire: Questionnaire
    earlier: Earlier | None
    theirs: Respondent | None = None


@contextmanager
def talking(*, plain: bool) -> Iterator[tuple[Talks, Signals]]:
    """The screen, or plain lines where they are wanted or nothing can be drawn."""
    if plain or os.environ.get("TERM") == "dumb":
        from maturity.assess.plain import PlainTerminal, waiting

        with waiting() as signals:
            yield PlainTerminal(signals), signals
        return
    from maturity.assess.interrupts import interrupts
    from maturity.assess.prompts import Terminal

    with interrupts() as listening:
        yield Terminal(listening), listening


class Opening:
    """Opens what the command line names. What cannot work raises before anything is asked."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        respondent(wish, None)
        if wish.period:
            check_period(wish.period)
        if wish.file and not wish.file.exists():
            check_folder(wish.file)
        self.earlier = _earlier(wish.before) if wish.before else None
        if self.earlier:
            from maturity.assess.earlier import following

            wish = self.wish = replace(wish, usual=following(self.earlier[1].period))
        if self.earlier and not wish.council and not (wish.file and wish.file.exists()):
            self.wish = replace(wish, council=self.earlier[1].organisation)
        if self.wish.council:
            find_council(self.wish.council)
        self.found = self._existing()
        self.questionnaire = self._questionnaire() if self.found is None else None
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise MaturityError(Problem(NO_TERMINAL, Place("maturity assess")))

    def open(self, terminal: Talks) -> Opened | None:
        """The file, once what is missing has been asked; None where the person leaves there. Raises MaturityError."""
        wish = self.wish
        if self.found is None and not (wish.file or wish.council):
            self.found = self._draft(terminal)
        return self.found or self._start(terminal)

    def _existing(self) -> Opened | None:
        wish = self.wish
        path = wish.file or (wish.path_for(wish.council) if wish.council else None)
        return self._open(path) if path and path.exists() else None

    def _questionnaire(self) -> Questionnaire:
        questionnaire = open_questionnaire(self.wish.questionnaire or DEFAULT_QUESTIONNAIRE)[0]
        self._checked(questionnaire, self.wish.council)
        return questionnaire

    def _checked(self, questionnaire: Questionnaire, council: str | None) -> Earlier | None:
        """Last period's answers to it, if there are any. Raises MaturityError where it cannot be asked as wished."""
        if self.wish.dimension:
            _check_dimension(questionnaire, self.wish.dimension, Place("--dimension"))
        if self.earlier and council:
            from maturity.assess.earlier import carried

            return carried(*self.earlier, questionnaire, council, versions_beside(self.wish.questionnaire))
        return None

    def _open(self, path: Path) -> Opened:
        """A file that is gone on with. Raises MaturityError with all that is wrong with it."""
        record, questionnaire = open_again(path, self.wish.questionnaire)
        agree(record, self.wish.council, self.wish.period, self.wish.dimension)
        earlier = self._checked(questionnaire, record.assessment.organisation)
        if part := record.assessment.part:
            _check_dimension(questionnaire, part, Place(str(path)))
        held = record.assessment.respondent
        now = respondent(self.wish, held)
        made_up = record.assessment.made_up or (earlier is not None and earlier.assessment.made_up)
        record.assessment = record.assessment.model_copy(update={"respondent": now, "made_up": made_up})
        theirs = held if held and now and _somebody_else(held, now) else None
        return Opened(record, questionnaire, earlier, theirs)

    def _draft(self, terminal: Talks) -> Opened | None:
        """One of the drafts in this folder, if there are any and the person wants to go on with one."""
        loaded = [(path, load(path).model) for path in drafts(Path())]
        held = [(path, model) for path, model in loaded if isinstance(model, Assessment)]
        wanted = {path: self._wanted(model.questionnaire) for path, model in held}
        words = words_in(self.wish.language)
        if not self.wish.questionnaire:
            for path, model in held:
                if wanted[path] is None:
                    ref = f"{model.questionnaire.id}@{model.questionnaire.version}"
                    said = words(
                        "{file} is not offered: what it answers, {questionnaire}, is not here. Name it with -q.",
                        file=path,
                        questionnaire=ref,
                    )
                    terminal.say(clean(said))
        offered = [(path, model, open_questionnaire(q)[0]) for path, model in held if (q := wanted[path])]
        chosen = choose_draft(terminal, offered, self.wish.language) if offered else None
        if chosen is None:
            return None
        if (named := wanted[chosen]) and Path(named) in self.beside:
            self.wish = replace(self.wish, questionnaire=named)
        return self._open(chosen)

    @cached_property
    def beside(self) -> list[Path]:
        """The questionnaires in this folder that can be asked."""
        return [path for path in questionnaires_in(Path()) if isinstance(load(path).model, Questionnaire)]

    def _wanted(self, ref: QuestionnaireRef) -> str | None:
        """The questionnaire that a file answers, as -q would name it; None where it is not at hand or not wanted."""
        named = f"{ref.id}@{ref.version}"
        if self.wish.questionnaire:
            asked = open_questionnaire(self.wish.questionnaire)[0]
            if (asked.id, asked.version) == (ref.id, ref.version):
                return self.wish.questionnaire
            if self.wish.questionnaire != ref.id:
                return None
        if named in map(str, on_shelf("questionnaire")):
            return named
        for path in self.beside:
            one = open_questionnaire(str(path))[0]
            if (one.id, one.version) == (ref.id, ref.version):
                return str(path)
        return None

    def _start(self, terminal: Talks) -> Opened | None:
        """A new file, or the existing one of the council and person that were asked for only now."""
        wish, questionnaire = self.wish, self.questionnaire
        if not (wish.file and wish.council):
            if wish.questionnaire is None and self.earlier is None:
                shelf = on_shelf("questionnaire")
                chosen = choose_questionnaire(
                    terminal, shelf, DEFAULT_QUESTIONNAIRE, wish.language, self.beside
                )
                questionnaire = open_questionnaire(chosen)[0]
                wish = replace(wish, questionnaire=None if chosen == DEFAULT_QUESTIONNAIRE else chosen)
                self._checked(questionnaire, wish.council)
            start = ask_start(
                terminal,
                Start(wish.council, wish.period, wish.role, wish.name),
                wish.agreed_period(),
                wish.language,
            )
            if start is None:
                say(words_in(wish.language)("Nothing was begun, and no file was written."))
                return None
            wish = self.wish = replace(
                wish, council=start.council, period=start.period, role=start.role, name=start.name
            )
        assert questionnaire is not None
        assert wish.council is not None
        path = wish.path_for(wish.council)
        if path.exists():
            return self._open(path)
        earlier = self._checked(questionnaire, wish.council)
        organisation = find_council(wish.council).name.to(wish.language)
        try:
            record = begin(
                path,
                questionnaire,
                organisation,
                wish.agreed_period(),
                respondent(wish, None),
                part=wish.dimension,
                made_up=earlier is not None and earlier.assessment.made_up,
            )
        except ValidationError as error:
            raise _unfit(error) from None
        return Opened(record, questionnaire, earlier)


def _earlier(path: Path) -> tuple[Loaded, Assessment]:
    from maturity.assess.earlier import read_earlier

    return read_earlier(path)


def _check_dimension(questionnaire: Questionnaire, wanted: str, place: Place) -> None:
    known = [dimension.id for dimension in questionnaire.dimensions]
    if wanted not in known:
        details = {"found": wanted[:60], "known": ", ".join(known)}
        raise MaturityError(Problem(NO_DIMENSION, place, details))


def respondent(wish: Wish, held: Respondent | None) -> Respondent | None:
    """Who answers: as the file has it, with what the command line says now."""
    name = clean(wish.name) if wish.name else held and held.name
    role = clean(wish.role) if wish.role else held and held.role
    if name is None and role is None:
        return None
    try:
        return Respondent(name=name, role=role)
    except ValidationError as error:
        raise _unfit(error) from None


def _somebody_else(held: Respondent, now: Respondent) -> bool:
    """Whether a name or a role is another one; one that is only added tells of the same person."""
    return (held.name is not None and held.name != now.name) or (
        held.role is not None and held.role != now.role
    )


def _unfit(error: ValidationError) -> MaturityError:
    """What the command line says of council, period, name or role does not fit into a file."""
    first = error.errors(include_url=False)[0]
    if first["loc"] == ("period",):
        return MaturityError(Problem(NOT_A_PERIOD, Place("--period"), {"found": str(first["input"])[:60]}))
    reason = Phrase("there is nothing in it")
    if first["type"] == "string_too_long":
        reason = Phrase("it has more than {n} characters", n=first["ctx"]["max_length"])
    found = str(first["input"])[:60]
    return MaturityError(
        Problem(UNFIT_OPTION, Place(f"--{first['loc'][-1]}"), {"found": found, "reason": reason})
    )
