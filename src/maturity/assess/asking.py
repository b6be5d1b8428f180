"""How the interview is held: one question at a time, and what can be done at it. Screen and plain lines alike."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from maturity.assess.interview import Interview, StepError
from maturity.assess.menu import Action, Entry, Menu, Picked
from maturity.assess.proving import ask_evidence, shown
from maturity.assess.question_menu import CONFIRM, KEEP, TYPE, other_language, question_menu
from maturity.assess.talks import Talks
from maturity.assess.wording import (
    SURE,
    SURE_BRIEFLY,
    NotANumberError,
    brief,
    complaint,
    in_words,
    number_rule,
    parse_number,
    words_in,
)
from maturity.locale.words import Words
from maturity.models.assessment import Answer
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion

if TYPE_CHECKING:
    from maturity.assess.standing import Standing


class Interviewer:
    """Asks a sitting's questions.

    `scores` gives the score so far, None where it may not be looked at. `since` is the period of the answers that the
    interview has as previous ones, `name` that of the person who answers, `today` what day it is.
    """

    def __init__(
        self,
        terminal: Talks,
        scores: Callable[[Interview], Standing] | None = None,
        since: str = "",
        name: str | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self.terminal, self.scores, self.since, self.name = terminal, scores, since, name
        self.passed, self.today = False, today

    def ask(self, interview: Interview, left: float | None = None) -> Interview | None:
        """Shows the question and takes one step; None is for saving and leaving. `left`: seconds that the rest takes.

        Whatever cannot be kept is said and asked again. Ctrl-C raises KeyboardInterrupt, Ctrl-D EOFError.
        """
        while True:
            lines = self._show(interview, left)
            picked = self.terminal.pick(question_menu(interview, lines, scores=self.scores is not None))
            if picked.action == "leave":
                return None
            self.passed = picked.action in (None, "skip")
            try:
                after = self._act(interview, picked)
            except StepError as error:
                self.terminal.say(f"! {complaint(error, words_in(interview.language))}", "bold", indent="  ")
                continue
            if after is not None:
                return after

    def record(self, before: Interview, after: Interview) -> None:
        """One line under the question about what was done; called when that is on disk."""
        question, words = before.question, words_in(after.language)
        if question is None:
            return
        was, now = before.answers.get(question.id, Answer()), after.answers.get(question.id, Answer())
        answered = brief(in_words(question, now, words))
        if (now.value, now.not_applicable, now.reason) != (was.value, was.not_applicable, was.reason):
            self.terminal.done(answered)
        elif now != was:
            self.terminal.done(words("Kept."))
        elif self.passed and now.given:
            self.terminal.done(answered)
        elif self.passed:
            self.terminal.say(f"- {words('Left open for now.')}", indent="  ")
        gone = len(set(after.fallen) - set(before.fallen))
        if gone:
            said = words.count(
                "{n} earlier answer does not count now: its question is not asked any more. It is kept.",
                "{n} earlier answers do not count now: their questions are not asked any more. They are kept.",
                gone,
            )
            self.terminal.say(f"- {said}", indent="  ")

    def review(self, interview: Interview) -> Interview | None:
        """What to do when nothing is asked any more: look at answers again, submit, or leave (None)."""
        from maturity.assess.reviewing import hold_review

        return hold_review(self.terminal, interview, self.name)

    # One question

    def _show(self, interview: Interview, left: float | None) -> int:
        """Prints where we are, the question, and what is there already; returns how many lines that took."""
        progress, question = interview.progress, interview.question
        assert progress is not None
        assert question is not None
        words, language, say = words_in(interview.language), interview.language, self.terminal.say
        count = words(
            "Question {n} of {of}, {answered} answered",
            n=progress.number,
            of=progress.of,
            answered=progress.answered,
        )
        if left is not None:
            count = f"{count}, {words('about {n} min left', n=max(1, math.ceil(left / 60)))}"
        say()
        where = f"{progress.dimension.name.to(language)} › {progress.theme.name.to(language)}"
        lines = self.terminal.headline(where, count, progress.answered / progress.of)
        lines += say() + say(question.text.to(language), "bold")
        for line in self._there(interview, words):
            lines += say(line, "dim", indent="  ")
        return lines + say()

    def _there(self, interview: Interview, words: Words) -> Iterator[str]:
        """What is there for the question: last period's answer, and what this period's has beside its value."""
        question, current, before = interview.question, interview.current, interview.before
        assert question is not None
        earlier = interview.previous.get(question.id)
        if earlier is not None and earlier.given:
            said = brief(in_words(question, earlier, words))
            yield words("Last period ({period}): {answer}", period=self.since, answer=said)
        if before is not None:
            # Set off, since none of it is there for this period before it is confirmed.
            yield from (f"- {line}" for line in _beside(before, words))
        if current.not_applicable:
            yield brief(in_words(question, current, words))
        yield from _beside(current, words)

    def _act(self, interview: Interview, picked: Picked) -> Interview | None:
        """The step that was picked; None where nothing came of it. Raises StepError."""
        if picked.action is not None:
            return self._steps[picked.action](self, interview)
        if picked.values == (KEEP,):
            return interview.skip()
        if picked.values == (CONFIRM,):
            return interview.confirm()
        if isinstance(interview.question, SeveralQuestion):
            return interview.answer(picked.values)
        if picked.values and picked.values != (TYPE,):
            return interview.answer(picked.values[0])
        if isinstance(interview.question, NumberQuestion):
            return self._number(interview, interview.question, picked.typed)
        words, earlier = words_in(interview.language), interview.current.value
        # What is typed goes on where the earlier answer ends, which is lost by taking it away only.
        start = (earlier if isinstance(earlier, str) else "") + picked.typed
        check = _fault(interview.answer, words)
        text = self.terminal.line(words("Your answer"), words, start, check, many=True)
        return interview.answer(text) if text else None

    def _number(self, interview: Interview, question: NumberQuestion, start: str) -> Interview | None:
        words = words_in(interview.language)

        check = _fault(lambda typed: interview.answer(parse_number(typed, question)), words)
        typed = self.terminal.line(number_rule(question, words), words, start, check)
        return interview.answer(parse_number(typed, question)) if typed else None

    # What can be done besides answering

    def _not_applicable(self, interview: Interview) -> Interview | None:
        words = words_in(interview.language)
        label, earlier = words("Why does it not apply?"), interview.current.reason or ""
        check = _fault(interview.not_applicable, words)
        reason = self.terminal.line(label, words, earlier, check, many=True)
        if reason == "":
            said = words("A reason is needed. Left out once more, the question comes back unanswered.")
            self.terminal.say(f"! {said}", "bold", indent="  ")
            reason = self.terminal.line(label, words, "", check, many=True)
        return interview.not_applicable(reason) if reason else None

    def _help(self, interview: Interview) -> None:
        question, words = interview.question, words_in(interview.language)
        assert question is not None
        guidance = ((words("Help"), question.help), (words("What counts as evidence"), question.evidence))
        for title, text in guidance:
            if text is not None:
                self.terminal.say()
                self.terminal.say(title, "bold")
                self.terminal.say(text.to(interview.language))
        self.terminal.say()
        self._go_on(words)

    def _note(self, interview: Interview) -> Interview | None:
        words, earlier = words_in(interview.language), interview.current.note or ""
        note = self.terminal.line(words("Note"), words, earlier, _fault(interview.note, words), many=True)
        return None if note is None or note == earlier else interview.note(note)

    def _evidence(self, interview: Interview) -> Interview | None:
        return ask_evidence(self.terminal, interview, self.today())

    def _sure(self, interview: Interview) -> Interview | None:
        words, now = words_in(interview.language), interview.current.sure
        self.terminal.say(words("How sure are you of this answer?"), "bold")
        entries = [Entry(level, words(text)) for level, text in SURE.items()]
        stay = [Action("b", "stay", words("Back to the question"))]
        picked = self.terminal.pick(Menu(entries, stay, words, chosen=frozenset([now] if now else [])))
        if picked.action:
            return None
        return interview.sure(cast(Literal["sure", "fairly", "unsure"], picked.values[0]))

    def _score(self, interview: Interview) -> None:
        words = words_in(interview.language)
        if self.scores is None:
            return
        from maturity.assess.standing import standing_lines

        self.terminal.say()
        for line in standing_lines(self.scores(interview), words, self.terminal):
            self.terminal.say(line, indent="  ")
        self._go_on(words)

    def _go_on(self, words: Words) -> None:
        self.terminal.say()
        self.terminal.pick(Menu([Entry("on", words("Back to the question"))], [], words, marked=False))

    def _jump(self, interview: Interview) -> Interview | None:
        words, language = words_in(interview.language), interview.language
        entries = []
        for dimension in interview.questionnaire.dimensions:
            done, of = interview.tally(dimension)
            entries.append(Entry(dimension.id, f"{dimension.name.to(language)} ({done}/{of})"))
        self.terminal.say(
            words("Which dimension? Behind each: how many of its questions are answered."), "bold"
        )
        stay = [Action("b", "stay", words("Back to the question"))]
        menu = Menu(entries, stay, words, marked=False)
        if interview.progress is not None:
            menu.point_at(interview.progress.dimension.id)
        picked = self.terminal.pick(menu)
        return None if picked.action else interview.jump(picked.values[0])

    _steps: ClassVar[dict[str, Callable[[Interviewer, Interview], Interview | None]]] = {
        "back": lambda _, interview: interview.back(),
        "skip": lambda _, interview: interview.skip(),
        "not_applicable": _not_applicable,
        "help": _help,
        "note": _note,
        "evidence": _evidence,
        "sure": _sure,
        "score": _score,
        "review": lambda _, interview: interview.review(),
        "language": lambda _, interview: interview.speak(other_language(interview.language)),
        "jump": _jump,
    }


def _fault(step: Callable[[str], Interview], words: Words) -> Callable[[str], str | None]:
    """Finds what keeps something typed from being kept, so that it can be corrected where it stands."""

    def fault(typed: str) -> str | None:
        try:
            if typed:
                step(typed)
        except NotANumberError as error:
            return words(str(error), typed=typed)
        except StepError as error:
            return complaint(error, words)
        return None

    return fault


def _beside(answer: Answer, words: Words) -> Iterator[str]:
    """Note, evidence and certainty of an answer."""
    if answer.note:
        yield f"{words('Note')}: {brief(answer.note)}"
    for piece in answer.evidence:
        yield f"{words('Evidence')}: {shown(piece, words)}"
    if answer.sure:
        yield words(SURE_BRIEFLY[answer.sure])
