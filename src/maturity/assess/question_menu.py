"""The menu that goes with each type of question; no terminal here."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.assess.interview import Interview
from maturity.assess.menu import Action, Entry, Menu
from maturity.assess.wording import LANGUAGE_NAMES, brief, clean, in_words, words_in
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion, TextQuestion
from maturity.models.text import LANGUAGES, Language

# What a menu gives besides options' ids, none of which has a colon.
TYPE = ":type"
KEEP = ":keep"
CONFIRM = ":confirm"


def question_menu(interview: Interview, lines_above: int, *, scores: bool = False) -> Menu:
    """The menu for the question being asked, with the earlier answer, or else last period's, preselected.

    `scores`: whether the score so far may be looked at.
    """
    question, words = interview.question, words_in(interview.language)
    assert question is not None
    actions = list(question_actions(interview, words, scores=scores))
    if isinstance(question, NumberQuestion | TextQuestion):
        return _typed(question, interview, actions, words, lines_above)
    before = interview.before
    value = before.value if before else interview.current.value
    chosen = value if isinstance(value, tuple) else () if value is None else (str(value),)
    entries = [Entry(o.id, clean(o.text.to(interview.language)), o.exclusive) for o in question.choices]
    if before and before.not_applicable:
        entries.insert(0, _confirm(interview, words))
        chosen = (CONFIRM,)
    there = frozenset(chosen)
    return Menu(
        entries,
        actions,
        words,
        chosen=frozenset() if before else there,
        earlier=there if before else frozenset(),
        several=isinstance(question, SeveralQuestion),
        nowhere=not isinstance(question, SeveralQuestion),
        lines_above=lines_above,
    )


def question_actions(interview: Interview, words: Words, *, scores: bool = False) -> Iterator[Action]:
    """What can be done besides answering. The letters are the same in every language."""
    question, current = interview.question, interview.current
    assert question is not None
    if interview.position or interview.trail:
        yield Action("b", "back", words("Back"))
    yield Action("s", "skip", words("Next, keep this answer") if current.given else words("Skip for now"))
    if question.not_applicable:
        yield Action("x", "not_applicable", words("Not applicable"))
    if question.help or question.evidence:
        yield Action("h", "help", words("Help"))
    yield Action("n", "note", words("Change note") if current.note else words("Note"))
    yield Action("e", "evidence", words("Evidence"))
    yield Action("u", "sure", words("How sure"))
    if len(interview.questionnaire.languages) > 1:
        yield Action("l", "language", LANGUAGE_NAMES[other_language(interview.language)])
    if interview.only is None and len(interview.questionnaire.dimensions) > 1:
        yield Action("j", "jump", words("Jump"))
    if scores:
        yield Action("p", "score", words("Score so far"))
    yield Action("r", "review", words("Review"))
    yield Action("q", "leave", words("Save and leave"))


def other_language(language: Language) -> Language:
    """The language that a switch leads to."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def _confirm(interview: Interview, words: Words) -> Entry:
    assert interview.question is not None
    assert interview.before is not None
    text = words(
        "As last period: {answer}", answer=brief(clean(in_words(interview.question, interview.before, words)))
    )
    return Entry(CONFIRM, text, exclusive=True, key="k")


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
    entries = []
    if there:
        answer = brief(clean(in_words(question, interview.current, words)))
        entries.append(Entry(KEEP, words("Keep: {answer}", answer=answer), key="k"))
    elif interview.before:
        entries.append(_confirm(interview, words))
    another = there or interview.before is not None
    if number:
        text = words("Type another number") if another else words("Type the number")
    else:
        text = words("Write another answer") if another else words("Write the answer")
    entries.append(Entry(TYPE, text, key="" if number else "t"))
    if isinstance(question, NumberQuestion) and question.number.dont_know:
        entries.append(Entry(DONT_KNOW, words("Don't know"), key="d"))
    menu = Menu(
        entries, actions, words, types="digits" if number else "anything", marked=False, lines_above=above
    )
    menu.point_at(CONFIRM if interview.before else KEEP if there else str(value))
    return menu
