"""Findings in sentences that can be quoted, in either language (definition 12)."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.locale.words import N_, Words
from maturity.models.benchmark import FindingCount
from maturity.models.findings import QuestionFinding, declared_sentence
from maturity.models.questionnaire import NumberFormat, NumberQuestion, Option, Question, TextQuestion
from maturity.scoring.numbers import half_up

NEAR = 0.03
"""How far from a fraction a share may be, to be called nearly it or just over it."""
FRACTIONS = (
    (1 / 4, N_("nearly a quarter"), N_("a quarter"), N_("just over a quarter")),
    (1 / 3, N_("nearly a third"), N_("a third"), N_("just over a third")),
    (1 / 2, N_("nearly half"), N_("half"), N_("just over half")),
    (2 / 3, N_("nearly two thirds"), N_("two thirds"), N_("just over two thirds")),
    (3 / 4, N_("nearly three quarters"), N_("three quarters"), N_("just over three quarters")),
)
MOST_NAMED = 2
"""How many answers that were given equally often are quoted in one sentence."""

# Nobody, some, everybody: of options of which one is chosen, then of those of which several can be.
ANSWERED = (
    N_("Asked “{question}”, none of the {n} councils answered “{answer}”."),
    N_("Asked “{question}”, {count} of {n} councils answered “{answer}”."),
    N_("Asked “{question}”, all {n} councils answered “{answer}”."),
)
CHOSE = (
    N_("Asked “{question}”, none of the {n} councils chose “{answer}”."),
    N_("Asked “{question}”, {count} of {n} councils chose “{answer}”."),
    N_("Asked “{question}”, all {n} councils chose “{answer}”."),
)


def share_in_words(count: int, answered: int, words: Words) -> str:
    """'nearly a quarter' for 5 of 22; empty where the share is near no plain fraction, and for none and all.

    Within 3 percentage points of a quarter, a third, half, two thirds or three quarters.
    """
    if not 0 < count < answered:
        return ""
    share = count / answered
    fraction, nearly, exactly, over = min(FRACTIONS, key=lambda one: abs(one[0] - share))
    apart = share - fraction
    if abs(apart) > NEAR:
        return ""
    return words(exactly if abs(apart) < 1e-9 else nearly if apart < 0 else over)


def told_sentence(finding: FindingCount, words: Words) -> str:
    """A declared finding, with the share in words beside its counts."""
    aside = share_in_words(finding.count, finding.answered, words)
    text = finding.text.to(words.language)
    return declared_sentence(text, words.language, finding.count, finding.answered, aside)


def option_sentence(finding: QuestionFinding, question: Question, option: str, words: Words) -> str:
    """How many gave this answer."""
    count = next(o.count for o in finding.options if o.option == option)
    answer = next(o for o in question.choices if o.id == option)
    kinds = CHOSE if finding.type == "several" else ANSWERED
    wording = kinds[0 if count == 0 else 2 if count == finding.answered else 1]
    asked = words.of(question.text)
    return words(wording, question=asked, count=count, n=finding.answered, answer=_quoted(answer, words))


def headline_sentence(finding: QuestionFinding, question: Question, words: Words) -> str:
    """The one sentence on a question: its most frequent answer, how many said yes, or the median.

    Empty where too few answered.
    """
    if isinstance(question, NumberQuestion):
        return _number_sentence(finding, question, words)
    if not finding.options:
        return ""
    if finding.type == "yes_no":
        return option_sentence(finding, question, "yes", words)
    most = max(o.count for o in finding.options)
    first = [o.option for o in finding.options if o.count == most]
    if len(first) == 1:
        return option_sentence(finding, question, first[0], words)
    asked = words.of(question.text)
    if len(first) > MOST_NAMED:
        return words(
            "Asked “{question}”, no answer was given by more than {count} of {n} councils.",
            question=asked,
            count=most,
            n=finding.answered,
        )
    one, other = (_quoted(o, words) for o in question.choices if o.id in first)
    return words(
        "Asked “{question}”, {count} of {n} councils answered “{one}” and as many “{other}”.",
        question=asked,
        count=most,
        n=finding.answered,
        one=one,
        other=other,
    )


def all_sentences(
    finding: QuestionFinding, question: Question, declared: Sequence[FindingCount], words: Words
) -> tuple[str, ...]:
    """Everything that can be quoted of a question: what is declared of it, then each of its answers."""
    if not finding.told or isinstance(question, TextQuestion):
        return ()
    own = [told_sentence(one, words) for one in declared if one.question == finding.question]
    if isinstance(question, NumberQuestion):
        return (*own, _number_sentence(finding, question, words))
    return (*own, *(option_sentence(finding, question, o.option, words) for o in finding.options))


def figure(value: float, form: NumberFormat, words: Words) -> str:
    """A number with its unit, to one decimal more than the answers have: 32.5%, 12 days."""
    places = form.decimals + 1
    number = f"{half_up(value, places):.{places}f}".rstrip("0").rstrip(".")
    unit = words.of(form.unit)
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def _number_sentence(finding: QuestionFinding, question: NumberQuestion, words: Words) -> str:
    if finding.median is None:
        return ""

    def shown(value: float) -> str:
        return figure(value, question.number, words)

    asked, middle = words.of(question.text), shown(finding.median)
    places = {"question": asked, "n": finding.answered, "median": middle}
    if finding.q1 is None or finding.q3 is None:
        return words("Asked “{question}”, {n} councils gave a figure; the median is {median}.", **places)
    if finding.q1 == finding.q3:
        return words(
            "Asked “{question}”, {n} councils gave a figure; at least half of them gave {median}.", **places
        )
    return words(
        "Asked “{question}”, {n} councils gave a figure; the median is {median}, and the middle half lies between {q1} and {q3}.",
        **places,
        q1=shown(finding.q1),
        q3=shown(finding.q3),
    )


def _quoted(option: Option, words: Words) -> str:
    """An option's words as they stand inside a sentence, which has its own full stop."""
    return words.of(option.text).strip().rstrip(".")
