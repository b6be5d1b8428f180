"""Is this answer one that its question can have? Used wherever answers come in: files, workbooks, the interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.checks.wording import did_you_mean, listed
from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.problem import Kind, Phrase, Said, both
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion, TextQuestion
from maturity.sources.yaml_reader import short

UNKNOWN_OPTION = Kind(
    "A010", "error", "'{found}' is not an option of '{question}'.", "Choose {several}one of: {options}.{hint}"
)
NOT_ONE = Kind(
    "A011", "error", "'{question}' takes one answer, and {found} stand here.", "Keep one of: {options}."
)
NOT_A_LIST = Kind(
    "A012",
    "error",
    "'{question}' takes a list of options, and '{found}' is none.",
    "Write them in brackets: [{example}].",
)
TWICE = Kind("A013", "error", "'{found}' is chosen twice in '{question}'.", "Keep it once.")
EXCLUSIVE = Kind(
    "A014",
    "error",
    "'{found}' cannot be chosen together with others in '{question}'.",
    "Keep '{found}' alone, or the others without it.",
)
NOT_A_NUMBER = Kind(
    "A015",
    "error",
    "'{question}' takes a number ({unit}), and '{found}' is none.",
    "Write the number without its unit{dont_know}.",
)
OUT_OF_RANGE = Kind(
    "A016",
    "error",
    "{found} is outside what '{question}' can be.",
    "Check the figure and its unit ({unit}): {bounds}.",
)
TOO_EXACT = Kind(
    "A017",
    "error",
    "{found} has more decimals than '{question}' asks for ({decimals}).",
    "Round it to {decimals} decimals.",
)
NOT_OFFERED = Kind(
    "A018",
    "error",
    "'{question}' cannot be answered with 'not applicable'.",
    "Choose one of its answers, or leave it unanswered.",
)
NO_REASON = Kind(
    "A019",
    "error",
    "'{question}' is said not to apply, and the reason is missing.",
    "Write why under 'reason'.",
)
BOTH = Kind(
    "A020", "error", "'{question}' has an answer and is also said not to apply.", "Keep one of the two."
)
NOT_TEXT = Kind(
    "A021", "error", "'{question}' takes words, and '{found}' is none.", "Put the words in quotes."
)
EMPTY_CHOICE = Kind(
    "A022",
    "error",
    "No option is chosen in '{question}'.",
    "Choose at least one of: {options}; or delete the answer to leave it unanswered.",
)

REASON_ALONE = Kind(
    "A023",
    "error",
    "'{question}' has a reason why it does not apply, and is not said not to apply.",
    "Add 'not_applicable: true', or put the words under 'note'.",
)

# A question has 30 options at most, so that a longer list is wrong among its first entries already.
MOST_LOOKED_AT = 100

Misfit = tuple[Kind, Mapping[str, object]]


def misfits(question: Question, answer: Answer) -> Iterator[Misfit]:
    """What is wrong with `answer` as an answer to `question`."""
    if _is_one_of_its_options(question, answer):
        return
    for kind, details in _misfits(question, answer):
        yield kind, {"question": question.id, "options": listed(o.id for o in question.choices), **details}


def _is_one_of_its_options(question: Question, answer: Answer) -> bool:
    """Whether nothing can be wrong, as with nearly every answer."""
    if isinstance(question, SeveralQuestion) or answer.not_applicable or answer.reason:
        return False
    return isinstance(answer.value, str) and any(o.id == answer.value for o in question.choices)


def _misfits(question: Question, answer: Answer) -> Iterator[Misfit]:
    if answer.reason and not answer.not_applicable:
        yield REASON_ALONE, {}
    if answer.not_applicable:
        if not question.not_applicable:
            yield NOT_OFFERED, {}
        elif not answer.reason:
            yield NO_REASON, {}
        if answer.value is not None:
            yield BOTH, {}
    elif isinstance(question, SeveralQuestion):
        yield from _several(question, answer)
    elif isinstance(question, NumberQuestion):
        yield from _number(question, answer)
    elif isinstance(question, TextQuestion):
        if answer.value is not None and not isinstance(answer.value, str):
            yield NOT_TEXT, {"found": _plain(answer.value)}
    elif isinstance(answer.value, tuple):
        yield NOT_ONE, {"found": len(answer.value)}
    elif answer.value is not None and answer.value not in [o.id for o in question.choices]:
        yield _unknown(question, _plain(answer.value), several="")


def _several(question: SeveralQuestion, answer: Answer) -> Iterator[Misfit]:
    chosen = answer.value
    if chosen is None:
        return
    if not isinstance(chosen, tuple):
        example = ", ".join(o.id for o in question.choices[:2])
        yield NOT_A_LIST, {"found": _plain(chosen), "example": example}
        return
    if not chosen:
        yield EMPTY_CHOICE, {}
    known = {o.id: o for o in question.choices}
    different = set(chosen)
    seen: set[str] = set()
    told: set[str] = set()
    for option in chosen[:MOST_LOOKED_AT]:
        if option in seen:
            if option not in told:
                yield TWICE, {"found": option}
            told.add(option)
        elif option not in known:
            yield _unknown(question, option, several=Phrase("at least "))
        elif known[option].exclusive and len(different) > 1:
            yield EXCLUSIVE, {"found": option}
        seen.add(option)


def _number(question: NumberQuestion, answer: Answer) -> Iterator[Misfit]:
    value, number = answer.value, question.number
    if value is None or (value == DONT_KNOW and number.dont_know):
        return
    if not isinstance(value, float | int):
        dont_know = Phrase(", or '{dont_know}'", dont_know=DONT_KNOW) if number.dont_know else ""
        yield NOT_A_NUMBER, {"found": _plain(value), "unit": number.unit, "dont_know": dont_know}
        return
    if (number.min is not None and value < number.min) or (number.max is not None and value > number.max):
        least = [Phrase("at least {bound}", bound=_plain(number.min))] if number.min is not None else []
        most = [Phrase("at most {bound}", bound=_plain(number.max))] if number.max is not None else []
        bounds = both([*least, *most])
        yield OUT_OF_RANGE, {"found": _plain(value), "bounds": bounds, "unit": number.unit}
    elif round(value, number.decimals) != value:
        yield TOO_EXACT, {"found": _plain(value), "decimals": number.decimals}


def _unknown(question: Question, found: str, *, several: Said) -> Misfit:
    hint = did_you_mean(found, (o.id for o in question.choices))
    return UNKNOWN_OPTION, {"found": found, "several": several, "hint": hint}


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, tuple):
        return short(listed(value))
    return short(value)
