"""The menu that goes with each type of question; no terminal here."""

from __future__ import annotations

from maturity.assess.interview import Interview
from maturity.assess.menu import Action, Entry, Menu
from maturity.assess.wording import LANGUAGE_NAMES, clean, in_words, words_in
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion, TextQuestion
from maturity.models.text import LANGUAGES, Language

# What a menu gives besides options' ids, none of which has a colon.
TYPE = ":type"
KEEP = ":keep"


def question_menu(interview: Interview, lines_above: int) -> Menu:
    """The menu for the question being asked, with the earlier answer preselected."""
    question, words = interview.question, words_in(interview.language)
    assert question is not None
    actions = question_actions(interview, words)
    if isinstance(question, NumberQuestion | TextQuestion):
        return _typed(question, interview, actions, words, lines_above)
    value = interview.current.value
    chosen = value if isinstance(value, tuple) else () if value is None else (str(value),)
    several = isinstance(question, SeveralQuestion)
    return Menu(
        [Entry(o.id, clean(o.text.to(interview.language)), o.exclusive) for o in question.choices],
        actions,
        words("Tick with the space bar or a digit, go on with Enter; or press a letter:")
        if several
        else keys_hint(words),
        chosen=frozenset(chosen),
        several=several,
        nothing_ticked=words("Tick at least one with the space bar, or skip the question."),
        lines_above=lines_above,
    )


def question_actions(interview: Interview, words: Words) -> list[Action]:
    """What can be done besides answering. The letters are the same in every language."""
    question = interview.question
    assert question is not None
    actions = [
        Action(
            "s", "skip", words("Next, keep this answer") if interview.current.given else words("Skip for now")
        )
    ]
    if interview.position or interview.trail:
        actions.insert(0, Action("b", "back", words("Back")))
    if question.not_applicable:
        actions.append(Action("x", "not_applicable", words("Not applicable")))
    if question.help or question.evidence:
        actions.append(Action("h", "help", words("Help and evidence")))
    actions.append(Action("n", "note", words("Change note") if interview.current.note else words("Add note")))
    actions.append(Action("e", "evidence", words("Add evidence")))
    if len(interview.questionnaire.languages) > 1:
        actions.append(Action("l", "language", LANGUAGE_NAMES[other_language(interview.language)]))
    if len(interview.questionnaire.dimensions) > 1:
        actions.append(Action("j", "jump", words("Jump to a dimension")))
    actions.append(Action("q", "leave", words("Save and leave")))
    return actions


def keys_hint(words: Words) -> str:
    """How to use a menu of numbered entries."""
    return words("Move with the arrow keys or a digit, choose with Enter; or press a letter:")


def other_language(language: Language) -> Language:
    """The language that a switch leads to."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def _typed(
    question: NumberQuestion | TextQuestion,
    interview: Interview,
    actions: list[Action],
    words: Words,
    above: int,
) -> Menu:
    """Typed answers have a menu too, so that the same letters do the same at every question."""
    number = isinstance(question, NumberQuestion)
    value = interview.current.value
    there = value is not None and not (number and value == DONT_KNOW)
    entries = (
        [Entry(KEEP, words("Keep: {answer}", answer=clean(in_words(question, interview.current, words))))]
        if there
        else []
    )
    if number:
        entries.append(Entry(TYPE, words("Type another number") if there else words("Type the number")))
        hint = words("Type the number; or choose with the arrow keys and Enter; or press a letter:")
    else:
        entries.append(Entry(TYPE, words("Write another answer") if there else words("Write the answer")))
        hint = words("Type the answer; or choose with the arrow keys and Enter:")
    if isinstance(question, NumberQuestion) and question.number.dont_know:
        entries.append(Entry(DONT_KNOW, words("Don't know")))
    menu = Menu(
        entries, actions, hint, types="digits" if number else "anything", marked=False, lines_above=above
    )
    menu.point_at(str(value))
    return menu
