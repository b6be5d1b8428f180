"""What an item's answers are worth fits its question: a value for every option, bands over every number."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.sound import OWN_TAGS
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem, both
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion, TextQuestion
from maturity.models.rubric import Item
from maturity.scoring.compile import scale_of

ONE_OF = Kind(
    "R010",
    "error",
    "'{item}' needs exactly one of 'scale', 'bands' and 'per_choice'; it has {found}.",
    "Write '{wanted}' alone: its question is of type {type}.",
)
WRONG_ONE = Kind(
    "R011",
    "error",
    "'{item}' has '{found}', and its question is of type {type}.",
    "Write '{wanted}' instead, with a value for every answer.",
)
UNKNOWN_SCALE = Kind(
    "R012",
    "error",
    "There is no scale '{scale}' under 'scales'.",
    "Choose from: {scales}; or write the values out here.",
)
NO_VALUE = Kind(
    "R013",
    "error",
    "The option '{option}' of '{item}' has no value.",
    "Add '{option}:' and what it is worth.",
)
NO_OPTION = Kind(
    "R014", "error", "'{item}' has no option '{option}'.", "Delete it, or choose from: {options}."
)
BAND_ORDER = Kind(
    "R015",
    "error",
    "The bands of '{item}' do not ascend here.",
    "Order them by 'from', each greater than the one before.",
)
BAND_START = Kind(
    "R016",
    "error",
    "The bands of '{item}' start at {first}, and its question can be answered with less.",
    "Start them at {least}.",
)
NO_LEAST = Kind(
    "R021",
    "error",
    "The bands of '{item}' start at {first}, and its question can be answered with any number below.",
    "Give the question a 'min' in the questionnaire, and start the bands there.",
)
WORDS = Kind(
    "R019",
    "error",
    "'{item}' is answered in words, which are never scored.",
    "Delete it here; it need not be under 'not_scored' either.",
)
OWN_TAG = Kind(
    "R022",
    "error",
    "The tag '{tag}' comes from the questionnaire and cannot be given here.",
    "Delete it, or give the tag another name.",
)
CAP = Kind("R017", "error", "'at_most' means nothing without 'per_choice'.", "Delete 'at_most'.")
FLAT = Kind(
    "R018",
    "error",
    "Every answer to '{item}' is worth the same.",
    "Give the answers different values, or move it to 'not_scored'.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    if subject.questionnaire is None:
        return
    for name, item in subject.rubric.items.items():
        question = subject.questionnaire.questions.get(name)
        if question is not None:
            yield from _item(subject, item, question)


def _item(subject: ValuedSubject, item: Item, question: Question) -> Iterator[Problem]:
    document, loc = subject.document, ("items", question.id)
    if isinstance(question, TextQuestion):
        yield document.key_problem(WORDS, loc, item=question.id)
        return
    for tag in OWN_TAGS:
        if tag in item.tags:
            yield document.key_problem(OWN_TAG, (*loc, "tags", tag), tag=tag)
    wanted = "bands" if isinstance(question, NumberQuestion) else "scale"
    wanted = "per_choice" if isinstance(question, SeveralQuestion) else wanted
    found = [name for name in ("scale", "bands", "per_choice") if getattr(item, name) is not None]
    about = {"item": question.id, "type": question.type, "wanted": wanted}
    if len(found) != 1:
        yield document.key_problem(ONE_OF, loc, found=both(found) if found else Phrase("none"), **about)
        return
    if found[0] != wanted:
        yield document.key_problem(WRONG_ONE, (*loc, found[0]), found=found[0], **about)
        return
    if item.at_most is not None and item.per_choice is None:
        yield document.key_problem(CAP, (*loc, "at_most"))
    if item.bands is not None:
        yield from _bands(subject, item, question)
    else:
        yield from _values(subject, item, question, (*loc, wanted))


def _values(
    subject: ValuedSubject, item: Item, question: Question, loc: tuple[str, ...]
) -> Iterator[Problem]:
    document, options = subject.document, [o.id for o in question.choices]
    if isinstance(item.scale, str) and item.scale not in subject.rubric.scales:
        scales = listed(subject.rubric.scales)
        yield document.problem(UNKNOWN_SCALE, loc, scale=item.scale, scales=scales)
        return
    values = item.per_choice if item.per_choice is not None else scale_of(subject.rubric, item)
    for option in options:
        if option not in values:
            yield document.key_problem(NO_VALUE, loc, option=option, item=question.id)
    for option in values:
        # A scale that is shared by name may know more options than each question has.
        if option not in options and not isinstance(item.scale, str):
            details = {"option": option, "item": question.id, "options": listed(options)}
            yield document.key_problem(NO_OPTION, (*loc, option), **details)
    worth = {value for option, value in values.items() if option in options}
    if item.per_choice is not None:
        if worth == {0.0} or (item.at_most == 0 and min(worth, default=0) >= 0):
            yield document.key_problem(FLAT, loc, item=question.id)
    elif len(worth) == 1 and all(option in values for option in options):
        yield document.key_problem(FLAT, loc, item=question.id)


def _bands(subject: ValuedSubject, item: Item, question: Question) -> Iterator[Problem]:
    assert item.bands is not None and isinstance(question, NumberQuestion)
    document, loc = subject.document, ("items", question.id, "bands")
    starts = [band.from_ for band in item.bands]
    for i in range(1, len(starts)):
        if starts[i] <= starts[i - 1]:
            yield document.problem(BAND_ORDER, (*loc, i), item=question.id)
    if len({band.value for band in item.bands}) == 1:
        yield document.key_problem(FLAT, loc, item=question.id)
    least, first = question.number.min, f"{starts[0]:g}"
    if least is None:
        yield document.problem(NO_LEAST, (*loc, 0), item=question.id, first=first)
    elif starts[0] > least:
        yield document.problem(BAND_START, (*loc, 0), item=question.id, first=first, least=f"{least:g}")
