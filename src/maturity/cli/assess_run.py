"""What `maturity assess` does; apart from its options, because what it imports takes a while to load."""

from __future__ import annotations

from maturity.assess.asking import Interviewer
from maturity.assess.interview import Interview
from maturity.assess.record import LeftAsideError, Record
from maturity.assess.sitting import Ending, Sitting
from maturity.assess.talks import Talks, yes
from maturity.assess.trouble import Trouble
from maturity.assess.wording import words_in
from maturity.cli.assess_scores import Scores, scores_for
from maturity.cli.assess_start import Opened, Opening, Signals, Wish, talking
from maturity.cli.assess_words import (
    carried_over,
    goodbye,
    how_they_come_together,
    named,
    submitted,
    welcome,
    where_it_lies,
)
from maturity.cli.errors import ExitCode, print_problems
from maturity.locale.words import Words
from maturity.sources.files import FileError
from maturity.sources.registers import wales


def run(wish: Wish) -> int:
    """One sitting, from the command line to the exit code. What cannot work raises before anything is asked."""
    opening = Opening(wish)
    with talking(plain=wish.plain) as (terminal, signals), terminal.held():
        opened = opening.open(terminal)
        if opened is None:
            return ExitCode.DONE
        with opened.record.held():
            return _sit(opening.wish, opened, terminal, signals)


def _sit(wish: Wish, opened: Opened, terminal: Talks, signals: Signals) -> int:
    record, earlier = opened.record, opened.earlier
    scores = scores_for(wish, opened.questionnaire, record)
    words = words_in(wish.language)
    if opened.theirs and not yes(terminal, _instead(opened, words), words):
        return ExitCode.DONE
    interview = _interview(wish, opened)
    for paragraph in welcome(record, interview, words):
        terminal.say(paragraph)
    if earlier and earlier.journey:
        terminal.say(carried_over(earlier, interview, words))
    if record.assessment.status == "submitted" and not yes(
        terminal, f"{submitted(record, words)} {words('Reopen them as a draft?')}", words
    ):
        return ExitCode.DONE
    who = record.assessment.respondent
    may_look = scores if scores and scores.allowed else None
    asks = Interviewer(
        terminal, may_look, earlier.assessment.period if earlier else "", who.name if who else None
    )
    sitting = Sitting(interview, record, asks, Trouble(terminal))
    try:
        ending = sitting.run()
    except (KeyboardInterrupt, EOFError):
        goodbye(wish, record, sitting.interview, interrupted=True)
        return ExitCode.INTERRUPTED
    except LeftAsideError as error:
        print_problems(error.problems, words_in(sitting.interview.language))
        return ExitCode.FINDINGS
    except FileError as error:
        print_problems(error.problems, words_in(sitting.interview.language))
        goodbye(wish, record, sitting.interview, record.rescue(sitting.interview.answers), unsaved=True)
        return ExitCode.CANNOT
    except OSError:
        # A terminal that was closed fails in many places before its signal is heard.
        if not signals.pending:
            raise
        return ExitCode.INTERRUPTED
    if ending is Ending.SUBMITTED:
        _end(wish, record, sitting.interview, scores, terminal)
    else:
        goodbye(wish, record, sitting.interview)
    return ExitCode.DONE


def _instead(opened: Opened, words: Words) -> str:
    """Whether to go on in somebody else's file, which may be a slip where everybody has their own."""
    return words(
        "{file} has the answers of {theirs}. Go on with them as {who}?",
        file=opened.record.path,
        theirs=named(opened.theirs),
        who=named(opened.record.assessment.respondent),
    )


def _interview(wish: Wish, opened: Opened) -> Interview:
    held = opened.record.assessment
    found = wales().find(held.organisation)
    return Interview.resume(
        opened.questionnaire,
        held.answers,
        wish.language,
        organisation=found.attributes if found else {},
        role=held.respondent.role if held.respondent else None,
        previous=opened.earlier.assessment.answers if opened.earlier else {},
        only=wish.dimension or held.part,
    )


def _end(wish: Wish, record: Record, interview: Interview, scores: Scores | None, terminal: Talks) -> None:
    """After submitting: where the council stands, where the file lies, what to run next."""
    words = words_in(interview.language)
    terminal.say()
    if scores is not None:
        from maturity.assess.standing import standing_lines

        for line in standing_lines(scores(interview), words, terminal):
            terminal.say(line, indent="  ")
    else:
        terminal.say(words("No rubric that is at hand scores these answers."))
    where_it_lies(wish, record, interview, words, terminal, scored=scores is not None)
    how_they_come_together(record, words, terminal)
