"""The words for how respondents agree, in the reader's language; the same on the terminal, the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.intake.answer_cells import number_as_text
from maturity.intake.layout import VOCABULARY, choice
from maturity.intake.merge import Item
from maturity.locale.words import N_, Words, with_unit
from maturity.models.assessment import Answer
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.scoring.agreement import NOBODY_KNOWS, NOT_APPLICABLE, Agreement, Said, said

SETTLED = {
    "unanimous": N_("all agree"),
    "mode": N_("the most frequent answer"),
    "role": N_("the role that decides"),
    "chosen": N_("chosen"),
    "only_one": N_("only one answered"),
    "united": N_("all kept"),
}
OPEN = N_("open")


def how_text(item: Item, words: Words) -> str:
    """How the answer came about, or that there is none yet."""
    return words(SETTLED[item.how] if item.how else OPEN)


def said_text(question: Question, what: Said, words: Words) -> str:
    """What was said, in the words of the questionnaire."""
    if what == NOT_APPLICABLE:
        return words("Not applicable")
    if what == NOBODY_KNOWS:
        return words(VOCABULARY["dont_know"])
    if isinstance(question, NumberQuestion):
        return with_unit(str(number_as_text(float(what[0]))), words.of(question.number.unit))
    texts = {option.id: words.of(option.text) for option in question.choices}
    return "; ".join(texts.get(part, part) for part in what)


def answer_text(question: Question, answer: Answer, words: Words) -> str:
    """An agreed answer; empty where there is none."""
    return said_text(question, said(question, answer), words) if answer.given else ""


def counts_lines(found: Agreement, words: Words) -> Iterator[tuple[str, int]]:
    """Each answer and how many gave it: every option in its order, then numbers as they were given, then the rest."""
    for option, (_, count) in zip(found.question.choices, found.options, strict=True):
        # With its number in the list, which the spread is told in.
        yield choice(found.question, option, words) if found.values else words.of(option.text), count
    for what, count in sorted(
        found.counts, key=lambda item: (item[0] in (NOT_APPLICABLE, NOBODY_KNOWS), item[0])
    ):
        if not found.options or what in (NOT_APPLICABLE, NOBODY_KNOWS):
            yield said_text(found.question, what, words), count
    if found.unanswered:
        yield words("not answered"), found.unanswered


def share_text(found: Agreement, words: Words) -> str:
    """How many of those who answered gave the most frequent answer."""
    return words("{n} of {of}", n=found.agreeing, of=found.n)


def spread_text(found: Agreement, words: Words) -> str:
    """From where to where the answers lie; empty where the question has no such measure, or all are the same."""
    if not found.differ:
        return ""
    if found.disputed:
        n, of = len(found.disputed), len(found.question.choices)
        return words("{n} of {of} options disputed", n=n, of=of)
    if not found.values:
        return ""
    low, high = number_as_text(found.values[0]), number_as_text(found.values[-1])
    if isinstance(found.question, NumberQuestion):
        places = {"low": low, "high": high, "median": number_as_text(found.median)}
        return words(
            "{low} to {high}, median {median}",
            **places,
        )
    of = len(found.question.choices)
    return words("option {low} to {high} of {of}", low=low, high=high, of=of)
