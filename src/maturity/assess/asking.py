"""How the interview is held on a terminal: one question, what can be done at it, and the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from maturity.assess.interview import Interview, StepError
from maturity.assess.menu import Action, Entry, Menu, Picked
from maturity.assess.prompts import Terminal
from maturity.assess.question_menu import KEEP, TYPE, keys_hint, other_language, question_menu
from maturity.assess.sitting import Ending
from maturity.assess.wording import NotANumberError, complaint, in_words, number_rule, parse_number, words_in
from maturity.locale.words import Words
from maturity.models.assessment import Answer
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion


class Interviewer:
    """Asks a sitting's questions on a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def ask(self, interview: Interview) -> Interview | None:
        """Shows the question and takes one step; None is for saving and leaving.

        Whatever cannot be kept is said and asked again. Ctrl-C raises KeyboardInterrupt, Ctrl-D EOFError.
        """
        while True:
            lines = self._show(interview)
            picked = self.terminal.pick(question_menu(interview, lines))
            if picked.action == "leave":
                return None
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
        answered = in_words(question, now, words)
        if (now.value, now.not_applicable, now.reason) != (was.value, was.not_applicable, was.reason):
            self.terminal.done(answered)
        elif now != was:
            self.terminal.done(words("Kept."))
        elif len(after.trail) > len(before.trail) and now.given:
            self.terminal.done(answered)
        elif len(after.trail) > len(before.trail):
            self.terminal.say(f"- {words('Left open for now.')}", indent="  ")

    def end(self, interview: Interview) -> Interview | Ending:
        """What to do when nothing is asked any more: end the sitting, or go on somewhere."""
        words = words_in(interview.language)
        still_open = interview.end - interview.answered
        if still_open:
            said = words.count("{n} question is still open.", "{n} questions are still open.", still_open)
            entries = [
                Entry("open", words("Go to the first open question")),
                Entry("submit", words("Submit all the same")),
            ]
        else:
            said = words.count("The question is answered.", "All {n} questions are answered.", interview.end)
            entries = [Entry("submit", words("Submit"))]
        entries.append(Entry("leave", words("Save as a draft and leave")))
        actions = [Action("b", "back", words("Back")), Action("j", "jump", words("Jump to a dimension"))]
        self.terminal.say()
        self.terminal.say(said, "bold")
        picked = self.terminal.pick(Menu(entries, actions, keys_hint(words), marked=False))
        if picked.action == "back":
            return interview.back()
        if picked.action == "jump":
            return self._jump(interview) or interview
        if picked.values == ("open",):
            return interview.go_to(interview.next_unanswered())
        return Ending.SUBMITTED if picked.values == ("submit",) else Ending.LEFT

    # One question

    def _show(self, interview: Interview) -> int:
        """Prints where we are, the question, and what is there already; returns how many lines that took."""
        progress, question = interview.progress, interview.question
        assert progress is not None and question is not None
        words, language, say = words_in(interview.language), interview.language, self.terminal.say
        count = words(
            "Question {n} of {of}, {answered} answered",
            n=progress.number,
            of=progress.of,
            answered=progress.answered,
        )
        say()
        arrow = self.terminal.sign("›", ">")
        where = f"{progress.dimension.name.to(language)} {arrow} {progress.theme.name.to(language)}"
        lines = self.terminal.headline(where, count, progress.answered / progress.of)
        lines += say() + say(question.text.to(language), "bold")
        current = interview.current
        if current.not_applicable:
            lines += say(in_words(question, current, words), "dim")
        if current.note:
            lines += say(f"{words('Note')}: {current.note}", "dim")
        for piece in current.evidence:
            dated = f" ({piece.date.isoformat()})" if piece.date else ""
            lines += say(f"{words('Evidence')}: {piece.text}{dated}", "dim")
        return lines + say()

    def _act(self, interview: Interview, picked: Picked) -> Interview | None:
        """The step that was picked; None where nothing came of it. Raises StepError."""
        if picked.action is not None:
            return self._steps[picked.action](self, interview)
        if picked.values == (KEEP,):
            return interview.skip()
        if isinstance(interview.question, SeveralQuestion):
            return interview.answer(picked.values)
        if picked.values and picked.values != (TYPE,):
            return interview.answer(picked.values[0])
        if isinstance(interview.question, NumberQuestion):
            return self._number(interview, interview.question, picked.typed)
        words, earlier = words_in(interview.language), interview.current.value
        start = picked.typed or (earlier if isinstance(earlier, str) else "")
        text = self.terminal.line(words("Your answer"), words, start)
        return interview.answer(text) if text else None

    def _number(self, interview: Interview, question: NumberQuestion, start: str) -> Interview | None:
        words = words_in(interview.language)

        def fault(typed: str) -> str | None:
            return _number_fault(interview, question, typed, words) if typed else None

        typed = self.terminal.line(number_rule(question, words), words, start, fault)
        return interview.answer(parse_number(typed, question)) if typed else None

    # What can be done besides answering

    def _not_applicable(self, interview: Interview) -> Interview | None:
        words = words_in(interview.language)
        reason = self.terminal.line(words("Why does it not apply?"), words, interview.current.reason or "")
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
        back = [Entry("on", words("Back to the question"))]
        self.terminal.pick(Menu(back, [], words("Enter goes on."), marked=False))

    def _note(self, interview: Interview) -> Interview | None:
        words, earlier = words_in(interview.language), interview.current.note or ""
        note = self.terminal.line(words("Note"), words, earlier)
        return None if note is None or note == earlier else interview.note(note)

    def _evidence(self, interview: Interview) -> Interview | None:
        words = words_in(interview.language)

        def fault(typed: str) -> str | None:
            if not typed or _day(typed):
                return None
            return words(
                "'{typed}' is not a date as in 2026-03-31. Correct it, or leave it out.", typed=typed
            )

        text = self.terminal.line(words("A link, or the paper's name"), words)
        if not text:
            return None
        day = self.terminal.line(words("Its date as in 2026-03-31, or nothing"), words, check=fault)
        return None if day is None else interview.evidence(text, _day(day))

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
        menu = Menu(entries, stay, keys_hint(words), marked=False)
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
        "language": lambda _, interview: interview.speak(other_language(interview.language)),
        "jump": _jump,
    }


def _number_fault(interview: Interview, question: NumberQuestion, typed: str, words: Words) -> str | None:
    try:
        interview.answer(parse_number(typed, question))
    except NotANumberError as error:
        return words(str(error), typed=typed)
    except StepError as error:
        return complaint(error, words)
    return None


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:
        return None
