"""`maturity merge --choose`: what is open is settled on the terminal, each answer saved before the next question."""

from __future__ import annotations

import hashlib
import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maturity.assess.asking import Interviewer
from maturity.assess.interview import Interview
from maturity.assess.keeping import Keeper
from maturity.assess.record import LeftAsideError, Record, Status
from maturity.assess.talks import Talks
from maturity.assess.trouble import Trouble
from maturity.assess.wording import words_in
from maturity.cli.assess_start import talking
from maturity.cli.errors import ExitCode, print_problems, say
from maturity.intake.merge import Item, agenda, choose, with_status
from maturity.intake.merge_agenda import as_dimension
from maturity.intake.merge_words import said_text
from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import Language
from maturity.scoring.agreement import said
from maturity.sources.files import FileError, read_bytes
from maturity.sources.registers import wales
from maturity.sources.yaml_reader import MAX_BYTES

if TYPE_CHECKING:
    from maturity.cli.merge_run import Wish


def choose_open(
    wish: Wish, assessment: Assessment, questionnaire: Questionnaire, submitted: bool
) -> tuple[Assessment, int | None]:
    """Asks what is open in the agreed file; what it holds then, and an exit code where that is the end.

    `submitted` says whether all respondents submitted their answers.
    """
    path, language = wish.out, wish.language
    seen = hashlib.sha256(read_bytes(path, at_most=MAX_BYTES)).hexdigest()
    record = AgreedRecord(path, assessment, seen, questionnaire, submitted=submitted)
    items = [item for item in agenda(questionnaire, assessment) if item.how in (None, "chosen")]
    found = wales().find(assessment.organisation)
    # One dimension, so that questions come by their disagreement and not by where the questionnaire has them.
    asked = questionnaire.model_copy(update={"dimensions": (as_dimension(items),), "findings": ()})
    # A copy takes the properties that the questionnaire has worked out along.
    asked = Questionnaire.model_construct(
        **{name: getattr(asked, name) for name in Questionnaire.model_fields}
    )
    interview = Interview.resume(
        asked, assessment.answers, language, organisation=found.attributes if found else {}
    )
    with talking(plain=wish.plain) as (terminal, signals):
        sitting = Choosing(interview, record, Chair(terminal, items), Trouble(terminal))
        try:
            with record.held(), terminal.held():
                sitting.run()
        except (KeyboardInterrupt, EOFError):
            words = words_in(sitting.interview.language)
            say(words("Stopped; everything so far is saved in {file}. To go on:", file=path))
            say(f"    {_again(wish, words.language)}", whole=True)
            return record.assessment, ExitCode.INTERRUPTED
        except LeftAsideError as error:
            print_problems(error.problems, words_in(sitting.interview.language))
            return record.assessment, ExitCode.FINDINGS
        except FileError as error:
            print_problems(error.problems, words_in(sitting.interview.language))
            return record.assessment, ExitCode.CANNOT
        except OSError:
            if not signals.pending:
                raise
            return record.assessment, ExitCode.INTERRUPTED
    return record.assessment, None


def _again(wish: Wish, language: Language) -> str:
    """The command that goes on, as the person's shell wants it quoted."""
    parts = ["maturity", "merge", *map(str, wish.files), "-o", str(wish.out), "--rule", wish.rule, "--choose"]
    parts += ["--decides", wish.decides] if wish.decides else []
    parts += ["-q", wish.questionnaire] if wish.questionnaire else []
    parts += ["--plain"] if wish.plain else []
    parts += ["--lang", language] if language != "en" else []
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)


@dataclass
class AgreedRecord(Record):
    """The agreed file while it is chosen from: an answer that is another than before counts as chosen.

    `submitted` says whether all respondents submitted their answers: the file is submitted when nothing is open then.
    """

    submitted: bool = False

    def save(self, answers: Mapping[str, Answer] | None = None, status: Status = "draft") -> tuple[str, ...]:
        """Writes answers, and which of them were chosen, to disk before it returns. Raises what `Record.save` raises."""
        if answers is not None:
            held, questions = self.assessment.answers, self.questionnaire.questions
            changed = [
                q
                for q in answers
                if q in questions and said(questions[q], answers[q]) != said(questions[q], held.get(q))
            ]
            # The answers themselves are left to Record, which compares them with what the file holds by then.
            chosen = choose(self.assessment.model_copy(update={"answers": dict(answers)}), changed)
            self.assessment = self.assessment.model_copy(update={"merged": chosen.merged})
            status = with_status(self.questionnaire, chosen, self.submitted).status
        return super().save(answers, status)


class Chair(Interviewer):
    """Asks as `assess` does, and shows first what was answered, by which roles."""

    def __init__(self, terminal: Talks, items: list[Item]) -> None:
        super().__init__(terminal)
        self.items = {item.question.id: item for item in items}

    def show_answers(self, interview: Interview, assessment: Assessment) -> None:
        """What each respondent answered, and in which role; no names."""
        question, words = interview.question, words_in(interview.language)
        if question is None or assessment.merged is None:
            return
        self.terminal.say()
        roles: dict[tuple[str, ...], list[str]] = {}
        for person in assessment.merged.respondents:
            roles.setdefault(said(question, person.answers.get(question.id)), []).append(
                person.role or words("no role given")
            )
        for what in (*(what for what, _ in self.items[question.id].found.counts), ()):
            if what in roles:
                text = said_text(question, what, words) if what else words("not answered")
                self.terminal.say(f"{len(roles[what])} × {text} ({_counted(roles[what])})", indent="    ")


@dataclass
class Choosing:
    """Where the choosing is."""

    interview: Interview
    record: AgreedRecord
    asks: Chair
    choices: Trouble

    def run(self) -> None:
        """Asks until all is settled or the person leaves; what was skipped is shown once more at the end."""
        keeper = Keeper(self.record, self.choices)
        shown = None
        while True:
            if self.interview.question is None:
                everything = self.interview.answered == len(self.interview.asked)
                after = None if everything else self.asks.review(self.interview)
                if after is None or after.submitted:
                    return
                self.interview = after
                continue
            now = self.interview.position, self.interview.language
            if shown != now:
                self.asks.show_answers(self.interview, self.record.assessment)
                shown = now
            after = self.asks.ask(self.interview)
            if after is None:
                return
            before, self.interview = self.interview, after
            if after.answers != before.answers:
                self.interview = keeper.save(after)
            self.asks.record(before, self.interview)


def _counted(roles: list[str]) -> str:
    counts = {role: roles.count(role) for role in dict.fromkeys(roles)}
    return ", ".join(role if n == 1 else f"{role} ×{n}" for role, n in counts.items())
