"""What is said and asked on the terminal where an answer cannot be saved as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from maturity.assess.interview import Interview
from maturity.assess.menu import Entry, Menu
from maturity.assess.record import ChangedElsewhereError
from maturity.assess.talks import Talks
from maturity.assess.wording import clean, in_words, words_in
from maturity.locale.words import Words
from maturity.models.assessment import Answer
from maturity.models.problem import MaturityError

_AT_MOST = 5
"""So many answers are shown side by side; more would push the choice off the screen."""


class Trouble:
    """Asks what to do about a file that somebody else changed, or that cannot be written."""

    def __init__(self, terminal: Talks) -> None:
        self.terminal = terminal

    def whose(self, interview: Interview, error: ChangedElsewhereError) -> Literal["ours", "theirs", "aside"]:
        """Whose answers are to hold, where both sides changed the same."""
        words, say = words_in(interview.language), self.terminal.say
        say()
        say(words("Someone else has changed {file} meanwhile.", file=error.problems[0].place.file), "bold")
        if error.they is None:
            say(words("What stands there now are not answers that one could go on with here."))
        elif not error.both:
            say(
                words(
                    "Not only the answers have changed, but also who answers, or whether they were submitted."
                )
            )
        for question in error.both[:_AT_MOST]:
            self._side_by_side(interview, question, error, words)
        if len(error.both) > _AT_MOST:
            say(words("And {n} more.", n=len(error.both) - _AT_MOST))
        aside = words("Leave; yours are saved in a new file beside it")
        entries = [Entry("aside", aside)]
        if error.they is None:
            entries.insert(
                0, Entry("ours", words("Save yours here; what stands there is kept in a new file"))
            )
        else:
            entries.insert(0, Entry("ours", words("Yours hold; theirs are kept as they are in a new file")))
            entries.insert(0, Entry("theirs", words("Theirs hold; yours are kept in a new file")))
        say()
        picked = self._pick(entries, words)
        return "ours" if picked == "ours" else "theirs" if picked == "theirs" else "aside"

    def otherwise(self, interview: Interview, error: MaturityError) -> Literal["again", "leave"] | Path:
        """What to do where the file cannot be written; a path is for going on there."""
        words, say = words_in(interview.language), self.terminal.say
        while True:
            say()
            for problem in error.problems:
                place = f"{problem.place}: {problem.message(words)} [{problem.kind.code}]"
                say(f"! {place}", "bold", indent="  ")
                say(problem.remedy(words))
            say(words("Your last answer is not saved yet. What was saved before stays as it is."))
            entries = [
                Entry("again", words("Try again")),
                Entry("elsewhere", words("Go on in another file")),
                Entry("leave", words("Leave; all answers go into the folder for temporary files")),
            ]
            picked = self._pick(entries, words)
            if picked != "elsewhere":
                return "again" if picked == "again" else "leave"
            typed = self.terminal.line(words("The other file, as in /home/mair/answers.yaml"), words)
            if typed:
                return Path(typed).expanduser()

    def taken_in(self, interview: Interview, questions: Sequence[str]) -> None:
        """Says that others' answers are in the file, and now here as well."""
        self.terminal.say(
            words_in(interview.language).count(
                "Someone else has changed the file meanwhile; their answer to {n} question was taken in.",
                "Someone else has changed the file meanwhile; their answers to {n} questions were taken in.",
                len(questions),
            )
        )

    def kept(self, interview: Interview, path: Path, whose: Literal["ours", "theirs"]) -> None:
        """Says where the answers are that do not hold."""
        words = words_in(interview.language)
        self.terminal.say(
            words("Your answers are kept in {file}.", file=path)
            if whose == "ours"
            else words("Their answers are kept in {file}.", file=path)
        )

    def _side_by_side(
        self, interview: Interview, question_id: str, error: ChangedElsewhereError, words: Words
    ) -> None:
        question = interview.questionnaire.questions.get(question_id)
        if question is None:
            self.terminal.say(question_id)
            return
        self.terminal.say(question.text.to(interview.language))
        for name, answers in ((words("Yours"), error.ours), (words("Theirs"), error.theirs)):
            answer = answers.get(question_id, Answer())
            said = clean(in_words(question, answer, words)) or words("no answer")
            beside = ", ".join(
                word
                for word, there in ((words("Note"), answer.note), (words("Evidence"), answer.evidence))
                if there
            )
            self.terminal.say(f"{name}: {said}{f' ({beside})' if beside else ''}", indent="    ")

    def _pick(self, entries: list[Entry], words: Words) -> str:
        return self.terminal.pick(Menu(entries, [], words, marked=False)).values[0]
