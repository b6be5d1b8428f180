"""What `maturity assess` says before the first question and after the last."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.assess.interview import Interview
from maturity.assess.opening import default_name
from maturity.assess.record import Record
from maturity.assess.starting import drafts
from maturity.assess.talks import Talks
from maturity.assess.wording import words_in
from maturity.cli.assess_start import Wish
from maturity.cli.errors import say
from maturity.locale.dates import by_the_clock, day_named, time_named
from maturity.locale.one_language import only_in
from maturity.locale.words import Words
from maturity.models.assessment import Assessment, Respondent
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import LANGUAGES, Language
from maturity.sources.files import is_there
from maturity.sources.registers import council_called
from maturity.sources.shelf import on_shelf

if TYPE_CHECKING:
    from maturity.assess.earlier import Earlier
    from maturity.models.text import Language

AGREED: dict[Language, str] = {"en": "agreed", "cy": "cytunwyd"}
"""What stands in the name of the one file that several make, where somebody's own has the plain name."""


def welcome(record: Record, interview: Interview, words: Words) -> list[str]:
    held, file = record.assessment, str(record.path)
    title = interview.questionnaire.title.to(words.language)
    council = council_called(held.organisation, words.language)
    heading = [f"{title} {interview.questionnaire.version}: {council}, {held.period}"]
    heading += [only] if (only := only_in(interview.questionnaire, words)) else []
    leave = words(
        "Leave whenever you like; what is answered is saved, and the same file goes on at the first question that is open."
    )
    if held.updated == held.started and not held.answers:
        asked = words.count("{n} question.", "{n} questions.", len(interview.asked))
        return [*heading, f"{asked} {words('Each answer is saved at once in {file}.', file=file)} {leave}"]
    so_far = words(
        "{answered} of {n} questions are answered in {file}.",
        answered=interview.answered,
        n=len(interview.asked),
        file=file,
    )
    return [*heading, " ".join([so_far, *_who_and_when(held, words)]), leave]


def carried_over(earlier: Earlier, interview: Interview, words: Words) -> str:
    """How many of last period's answers to another version are there to be confirmed, and how many are to be new."""
    asked = [interview.at(position)[0].id for position in interview.asked]
    there = sum(q in interview.previous and interview.previous[q].given for q in asked)
    return words(
        "Last period's answers are to version {old}. Carried over to {new}, each to be confirmed: {carried}. "
        "To be answered anew: {anew}. {file} stays as it is.",
        old=earlier.version,
        new=interview.questionnaire.version,
        carried=there,
        anew=len(asked) - there,
        file=earlier.path,
    )


def how_they_come_together(record: Record, words: Words, terminal: Talks) -> None:
    """For one of several people, or a part: the command that makes one file of all."""
    held = record.assessment
    if not (held.part or (held.respondent and held.respondent.role)):
        return
    languages = sorted(LANGUAGES, key=lambda language: language != words.language)
    councils = [council_called(held.organisation, language) for language in languages]
    begins = [default_name(council, held.period) for council in councils]
    paths = [record.path.with_name(name) for name in begins]
    if any(map(is_there, paths)):
        names = zip(councils, languages, strict=True)
        ends = [default_name(name, held.period, AGREED[language]) for name, language in names]
        paths = [record.path.with_name(name) for name in ends]
    agreed = next(filter(is_there, paths), paths[0])
    others = (p for p in drafts(record.path.parent, submitted=True) if p != record.path and p not in paths)
    starts = tuple(f"{name.removesuffix('.yaml')}-" for name in begins)
    theirs = [p for p in others if p.name.startswith(starts)]
    terminal.say()
    terminal.say(
        words(
            "If others answer too, each in a file of their own: this makes one of them all. Add the files that are missing."
        )
    )
    files = [_argument(path) for path in (record.path, *sorted(theirs))]
    terminal.command(
        _command_line("maturity", "merge", *files, "-o", _argument(agreed), *_language(words.language))
    )


def named(who: Respondent | None) -> str:
    """Somebody's name and role; empty where neither is known."""
    return ", ".join(part for part in (who.name, who.role) if part) if who else ""


def _who_and_when(held: Assessment, words: Words) -> list[str]:
    said = []
    who = named(held.respondent)
    if who:
        said.append(words("Answers by {who}.", who=who))
    if held.updated is not None:
        said.append(words("Last saved {when}.", when=time_named(held.updated)))
    return said


def submitted(record: Record, words: Words) -> str:
    """That the answers were submitted, when and by whom."""
    stamp = record.assessment.submission
    if stamp is None:
        return words("These answers were submitted.")
    when = day_named(by_the_clock(stamp.at))
    if stamp.name is None:
        return words("These answers were submitted on {when}.", when=when)
    return words("These answers were submitted on {when} by {who}.", when=when, who=stamp.name)


def where_it_lies(
    wish: Wish, record: Record, interview: Interview, words: Words, terminal: Talks, *, scored: bool
) -> None:
    """After submitting: the file, and where it can be scored the commands that do."""
    terminal.say()
    said = words("Submitted. The answers are in {file}.", file=record.path.absolute())
    if not scored:
        terminal.say(said)
        return
    terminal.say(f"{said} {words('To see where the council stands, and why:')}")
    named = [_argument(record.path), *_questionnaire(wish, interview)]
    if wish.rubric:
        named += ["--rubric", wish.rubric]
    for command in ("score", "explain"):
        terminal.command(_command_line("maturity", command, *named, *_language(interview.language)))


def goodbye(
    wish: Wish,
    record: Record,
    interview: Interview,
    aside: Path | None = None,
    *,
    interrupted: bool = False,
    unsaved: bool = False,
) -> None:
    """One sentence: what is saved where, and the command that goes on."""
    words = words_in(interview.language)
    path = aside or record.path
    again = ["maturity", "assess", _argument(path), *_questionnaire(wish, interview)]
    for option, value in (
        ("--from", wish.before),
        ("--dimension", None if record.assessment.part else interview.only),
        ("--rubric", wish.rubric),
    ):
        if value is not None:
            again += [option, str(value)]
    if wish.plain:
        again.append("--plain")
    command = _command_line(*again, *_language(interview.language))
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
    if record.assessment.status == "submitted" and not unsaved:
        said = f"{words('Nothing was changed: the answers stay submitted.')} {said}"
    say(said)
    say(f"    {command}", whole=True)


def _questionnaire(wish: Wish, interview: Interview) -> list[str]:
    bundled = _is_bundled(interview.questionnaire)
    return ["-q", wish.questionnaire] if wish.questionnaire and not bundled else []


def _language(language: Language) -> list[str]:
    return ["--lang", language] if language != "en" else []


def _is_bundled(questionnaire: Questionnaire) -> bool:
    return f"{questionnaire.id}@{questionnaire.version}" in map(str, on_shelf("questionnaire"))


def _command_line(*parts: str) -> str:
    """A command as the person's shell wants it quoted."""
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)


def _argument(path: Path) -> str:
    """A path that is not taken for an option where its name starts with '-'."""
    return f".{os.sep}{path}" if str(path).startswith("-") else str(path)
