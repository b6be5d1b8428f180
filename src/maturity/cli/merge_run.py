"""What `maturity merge` does; apart from its options, because what it imports takes a while to load."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.checks.wording import did_you_mean
from maturity.cli import options
from maturity.cli.errors import ExitCode, print_problems, say
from maturity.cli.merge_table import show_agenda, summary
from maturity.cli.overwrite import ALREADY_THERE, IS_INPUT, check_ending, check_targets
from maturity.cli.terminal import console
from maturity.cli.theming import theme_in
from maturity.intake.merge import agenda, choose, handed_in, merge, open_questions, with_status
from maturity.intake.merge_agenda import agenda_workbook, read_agenda
from maturity.intake.merge_findings import (
    CHANGED_MEANWHILE,
    CHOSEN_BEFORE,
    NO_SUCH_ROLE,
    NO_TERMINAL,
    RESPONDENT_GONE,
)
from maturity.intake.merge_read import Respondents, gone, read_respondents, respondents
from maturity.intake.reading import Asked
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.problem import MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.scoring.agreement import in_role
from maturity.sources.files import is_there, read_bytes, write_atomically
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import MAX_BYTES

if TYPE_CHECKING:
    from maturity.reports.theme import Theme


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says."""

    files: list[Path]
    out: Path
    rule: Literal["unanimous", "mode"]
    decides: str | None
    choose: bool
    agenda: Path | None
    agreed: Path | None
    html: Path | None
    questionnaire: str | None
    force: bool
    language: options.LanguageCode
    plain: bool = False
    period: str | None = None
    templates: Path | None = None


def run(wish: Wish) -> int:
    """From the command line to the exit code."""
    words = Words(wish.language)
    _check(wish, words)
    theme = theme_in(wish.templates if wish.html else None, words)
    asked = open_questionnaire(wish.questionnaire) if wish.questionnaire else None
    with options.progress(words("Reading answers")) as step:
        read = read_respondents(
            wish.files, wales(), asked, agreed=wish.out, period=wish.period, progress=step
        )
    print_problems(sorted(read.problems, key=lambda p: p.order), words)
    if read.left_aside:
        names = options.listed(read.left_aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    if not read.sound or read.questionnaire is None:
        say(words("Nothing was merged."))
        return ExitCode.CANNOT
    earlier, seen = _earlier(wish, read, read.questionnaire)
    people = respondents(read.sheets)
    _check_role(wish.decides, [p.role for p in people if p.role], in_role(people, wish.decides))
    result = merge(read.questionnaire, read.sheets, rule=wish.rule, decides=wish.decides, earlier=earlier)
    problems = [Problem(CHOSEN_BEFORE, Place(str(wish.out)), {"question": q}) for q in result.stale]
    assessment, wrong = _with_agreed(wish, result.assessment, read)
    print_problems([*problems, *wrong], words)
    _write(wish.out, assessment, seen, words)
    if wish.choose and open_questions(read.questionnaire, assessment):
        from maturity.cli.merge_choose import choose_open

        assessment, code = choose_open(wish, assessment, read.questionnaire, handed_in(read.sheets))
        if code is not None:
            return code
    _outputs(wish, assessment, read, words, theme)
    findings = any(p.kind.severity == "error" for p in wrong)
    return ExitCode.FINDINGS if findings or open_questions(read.questionnaire, assessment) else ExitCode.DONE


def _check(wish: Wish, words: Words) -> None:
    """Raises where the command line cannot be followed, before anything is read."""
    check_ending(wish.out, (".yaml", ".yml"), "--out", words)
    endings = ((wish.agenda, (".xlsx",), "--agenda"), (wish.html, (".html", ".htm"), "--html"))
    for path, ending, option in endings:
        if path is not None:
            check_ending(path, ending, option, words)
    inputs = [*wish.files, wish.out, *([wish.agreed] if wish.agreed else [])]
    check_targets([path for path, _, _ in endings if path], inputs, force=wish.force)
    if any(path.is_file() and is_there(wish.out) and path.samefile(wish.out) for path in wish.files):
        raise MaturityError(Problem(IS_INPUT, Place(str(wish.out))))
    if wish.choose and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise MaturityError(Problem(NO_TERMINAL, Place("maturity merge")))


def _check_role(role: str | None, known: list[str], found: object) -> None:
    if role is not None and not found:
        names = sorted(set(known))
        hint = did_you_mean(role, names)
        details = {"role": role, "known": ", ".join(names) or "–", "hint": hint}
        raise MaturityError(Problem(NO_SUCH_ROLE, Place("--decides"), details))


def _earlier(
    wish: Wish, read: Respondents, questionnaire: Questionnaire
) -> tuple[Assessment | None, str | None]:
    """What was agreed before in the file to write, and the digest of its bytes; None where there is none.

    Raises MaturityError where the file holds anything else, or answers that would be lost; `force` allows both.
    """
    if not is_there(wish.out):
        return None, None
    seen = hashlib.sha256(read_bytes(wish.out, at_most=MAX_BYTES)).hexdigest()
    loaded = load(wish.out)
    earlier = loaded.model
    first, found = read.sheets[0].assessment, wales().find(read.sheets[0].assessment.organisation)
    ours = (
        isinstance(earlier, Assessment)
        and earlier.merged is not None
        and earlier.merged.version == questionnaire.version
        and earlier.questionnaire == first.questionnaire
        and earlier.period == first.period
        and wales().find(earlier.organisation) == found
    )
    if not ours or not isinstance(earlier, Assessment) or earlier.merged is None:
        if wish.force:
            return None, seen
        raise MaturityError(Problem(ALREADY_THERE, Place(str(wish.out))))
    subject = AnsweredSubject(loaded.document, earlier, questionnaire, wales())
    wrong = [p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error"]
    people = respondents(read.sheets)
    lost = [
        _gone(wish.out, " / ".join(x for x in (p.name, p.role) if x) or "–")
        for p in gone(earlier.merged, people)
    ]
    if (wrong or lost) and not wish.force:
        raise MaturityError(*wrong, *lost)
    return (None if wrong else earlier), seen


def _gone(path: Path, who: str) -> Problem:
    return Problem(RESPONDENT_GONE, Place(str(path)), {"who": who})


def _with_agreed(wish: Wish, assessment: Assessment, read: Respondents) -> tuple[Assessment, list[Problem]]:
    """With what the meeting agreed in the workbook, and what is wrong with that.

    Raises MaturityError where the workbook cannot be read at all, or is not the agenda of these answers.
    """
    if wish.agreed is None:
        return assessment, []
    found, problems = read_agenda(wish.agreed, _asked(wish, read), assessment, wales())
    if any(p.kind.severity == "error" and p.place.cell is None for p in problems):
        raise MaturityError(*problems)
    assert read.questionnaire is not None
    answers = {**assessment.answers, **found}
    in_order = {q: answers[q] for q in read.questionnaire.questions if q in answers}
    chosen = choose(assessment.model_copy(update={"answers": in_order}), found)
    return with_status(read.questionnaire, chosen, handed_in(read.sheets)), problems


def _asked(wish: Wish, read: Respondents) -> Asked:
    ref = read.sheets[0].assessment.questionnaire
    return open_questionnaire(wish.questionnaire or f"{ref.id}@{ref.version}")


def _write(path: Path, assessment: Assessment, seen: str | None, words: Words) -> None:
    """Writes the agreed file, unless it is as it was. Raises MaturityError where it was changed meanwhile."""
    content = to_yaml(assessment)
    changed = MaturityError(Problem(CHANGED_MEANWHILE, Place(str(path))))

    def check() -> None:
        if seen is not None and hashlib.sha256(read_bytes(path, at_most=MAX_BYTES)).hexdigest() != seen:
            raise changed

    if seen == hashlib.sha256(content.encode("utf-8")).hexdigest():
        return
    try:
        write_atomically(path, content, new=seen is None, check=check)
    except FileExistsError:
        raise changed from None
    say(words("Wrote {file}", file=path))


def _outputs(
    wish: Wish, assessment: Assessment, read: Respondents, words: Words, theme: Theme | None
) -> None:
    """The agenda on the terminal, and as workbook and page where they are wanted."""
    questionnaire, day = read.questionnaire, options.made_on()
    assert questionnaire is not None
    items = agenda(questionnaire, assessment)
    say(summary(questionnaire, assessment, words))
    if items:
        show_agenda(console(), items, words)
    if wish.agenda is not None and not items:
        say(words("There is nothing on which they differ: no agenda was written."))
    elif wish.agenda is not None:
        content = agenda_workbook(
            questionnaire, read.digest, assessment, words, register=wales(), made_on=day
        )
        write_atomically(wish.agenda, content)
        say(words("Wrote {file}", file=wish.agenda))
    if wish.html is not None:
        from maturity.reports.agenda import agenda_page

        page = agenda_page(
            questionnaire, assessment, wish.language, register=wales(), made_on=day, theme=theme
        )
        write_atomically(wish.html, page)
        say(words("Wrote {file}", file=wish.html))
