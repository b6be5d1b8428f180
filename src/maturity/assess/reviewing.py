"""The review at the end of an interview: what to look at again, changing any answer, and submitting."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.assess.interview import Interview
from maturity.assess.menu import Action, Entry, Menu
from maturity.assess.question_menu import other_language
from maturity.assess.review import Review, review
from maturity.assess.talks import Talks, yes
from maturity.assess.wording import LANGUAGE_NAMES, brief, in_words, words_in
from maturity.locale.words import Words

LONGEST_NAME = 300
SHORT = 60
"""Characters of a question or an answer in a list."""


def hold_review(terminal: Talks, interview: Interview, name: str | None) -> Interview | None:
    """Shows what there is to look at again and takes one step; None is for saving and leaving."""
    words = words_in(interview.language)
    found = review(interview)
    terminal.say()
    terminal.say(words("Review"), "bold")
    for line in _summary(interview, found, words):
        terminal.say(line, indent="  ")
    while True:
        picked = terminal.pick(_menu(interview, found, words))
        chosen = picked.action or picked.values[0]
        if chosen == "leave":
            return None
        if chosen == "submit":
            signed = _signed(terminal, name, words)
            if signed is not None and yes(terminal, _asked(signed, words), words):
                return interview.submit(signed or None)
        elif after := _elsewhere(terminal, interview, found, chosen, words):
            return after


def _summary(interview: Interview, found: Review, words: Words) -> list[str]:
    of = len(interview.asked)
    if found.unanswered:
        lines = [words("{answered} of {n} questions are answered.", answered=interview.answered, n=of)]
    else:
        lines = [words.count("The question is answered.", "All {n} questions are answered.", of)]
    if found.unanswered == found.unsure == found.without_evidence == ():
        lines.append(words("Nothing is left open."))
    if found.fallen:
        lines.append(
            words.count(
                "{n} answer is kept and does not count: its question is not asked, by the other answers.",
                "{n} answers are kept and do not count: their questions are not asked, by the other answers.",
                len(found.fallen),
            )
        )
    return lines


def _menu(interview: Interview, found: Review, words: Words) -> Menu:
    entries = [
        Entry("open", words.count("{n} unanswered question", "{n} unanswered questions", n))
        for n in [len(found.unanswered)]
        if n
    ]
    entries += [
        Entry("unsure", words.count("{n} answer that is unsure", "{n} answers that are unsure", n))
        for n in [len(found.unsure)]
        if n
    ]
    entries += [
        Entry("evidence", words.count("{n} answer without evidence", "{n} answers without evidence", n))
        for n in [len(found.without_evidence)]
        if n
    ]
    if interview.answered:
        entries.append(Entry("all", words("Change any answer")))
    submit = words("Submit all the same") if found.unanswered else words("Submit")
    entries.append(Entry("submit", submit))
    actions = [Action("b", "back", words("Back"))]
    if len(interview.questionnaire.languages) > 1:
        actions.append(Action("l", "language", LANGUAGE_NAMES[other_language(interview.language)]))
    actions.append(Action("q", "leave", words("Save as a draft and leave")))
    return Menu(entries, actions, words, marked=False)


def _elsewhere(
    terminal: Talks, interview: Interview, found: Review, chosen: str, words: Words
) -> Interview | None:
    """Where a choice leads; None where the person comes back to the review."""
    if chosen == "back":
        return interview.back()
    if chosen == "language":
        return interview.speak(other_language(interview.language))
    if chosen == "open":
        return interview.go_to(found.unanswered[0])
    answered = tuple(p for p in interview.asked if interview.at(p)[1].given)
    lists = {"unsure": found.unsure, "evidence": found.without_evidence, "all": answered}
    position = _choose(terminal, interview, lists[chosen], words)
    return None if position is None else interview.edit(position)


def _choose(terminal: Talks, interview: Interview, positions: Sequence[int], words: Words) -> int | None:
    """One of these questions, from a list with their answers."""
    terminal.say(words("Which question?"), "bold")
    entries = []
    for position in positions:
        question, answer = interview.at(position)
        asked = brief(question.text.to(interview.language), SHORT)
        text = f"{asked} | {brief(in_words(question, answer, words), SHORT)}"
        dimension = interview.dimension_of(position).name.to(interview.language)
        entries.append(Entry(str(position), text, under=dimension))
    back = [Action("b", "back", words("Back"))]
    picked = terminal.pick(Menu(entries, back, words, marked=False))
    return None if picked.action else int(picked.values[0])


def _signed(terminal: Talks, name: str | None, words: Words) -> str | None:
    """The name to submit under: empty for none, None where the person thinks better of it."""
    if name:
        return name

    def fault(typed: str) -> str | None:
        return words("That is too long for a name.") if len(typed) > LONGEST_NAME else None

    asked = words("Your name, to stand beside the date")
    typed = terminal.line(asked, words, check=fault)
    if typed == "":
        terminal.say(f"! {words('Without a name, nothing says who submitted these answers.')}", indent="  ")
        typed = terminal.line(asked, words, check=fault)
    return typed


def _asked(name: str, words: Words) -> str:
    if name:
        return words("Submit these answers as {name}?", name=name)
    return words("Submit these answers without a name?")
