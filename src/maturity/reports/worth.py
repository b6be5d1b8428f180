"""How one answer became a value, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.locale.words import with_unit
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.models.scorecard import ItemScore
from maturity.reports.speech import Speech, exact
from maturity.scoring.numbers import settle
from maturity.scoring.plan import PlannedItem


def how_worth(
    say: Speech, question: Question, given: object, item: ItemScore | None, planned: PlannedItem | None
) -> str:
    """``Option 3 of 5; in their order the options are worth 0, 1, 2, 3 and 4.``; empty without a value."""
    if item is None or planned is None or item.value is None or (item.state == "answered" and given is None):
        return ""
    if item.state != "answered":
        return say.words("The rubric counts this as {value}.", value=exact(item.value, 9))
    if isinstance(question, NumberQuestion):
        return _number(say, question, planned)
    if isinstance(given, tuple):
        return _several(say, given, planned)
    order = [option.id for option in question.choices]
    return say.words(
        "Option {place} of {n}; in their order the options are worth {values}.",
        place=order.index(str(given)) + 1,
        n=len(order),
        values=say.listing([exact(planned.values[option], 9) for option in order]),
    )


def _number(say: Speech, question: NumberQuestion, planned: PlannedItem) -> str:
    unit = say.to(question.number.unit)
    steps = [
        say.words(
            "from {number} worth {value}", number=with_unit(exact(start, 9), unit), value=exact(worth, 9)
        )
        for start, worth in planned.bands
    ]
    return say.words("A number is {steps}.", steps=say.listing(steps))


def _several(say: Speech, given: Sequence[str], planned: PlannedItem) -> str:
    worth = [planned.values[choice] for choice in given]
    total = exact(settle(sum(worth)), 9)
    terms = " + ".join(exact(value, 9) for value in worth)
    if planned.at_most is None:
        return say.words("What is chosen adds up: {terms} = {total}.", terms=terms, total=total)
    return say.words(
        "What is chosen adds up: {terms} = {total}, and at most {most} counts.",
        terms=terms,
        total=total,
        most=exact(planned.at_most, 9),
    )
