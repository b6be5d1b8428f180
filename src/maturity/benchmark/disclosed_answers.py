"""How many gave which answer, where organisations stay unnamed (docs/disclosure.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from maturity.benchmark.suppression import LEAST, coarse_numbers, each_alone, partition, safe
from maturity.models.assessment import DONT_KNOW
from maturity.models.benchmark import AnswerCounts, FindingCount


def answers_told(answers: Sequence[AnswerCounts]) -> tuple[AnswerCounts, ...]:
    """The counts of every question, as far as they may be told."""
    return tuple(_told(counts) for counts in answers)


def _told(counts: AnswerCounts) -> AnswerCounts:
    """One question's. `answered` is how many gave an answer other than "don't know", which is what findings are over
    too: of two such numbers the difference would count those who do not know."""
    options = [(option, n or 0) for option, n in counts.options]
    known = sum(n for option, n in options if option == DONT_KNOW)
    chosen = [(option, n) for option, n in options if option != DONT_KNOW]
    answered = counts.answered - known
    if once(counts) and chosen:
        known += answered - sum(n for _, n in chosen)
        answered = sum(n for _, n in chosen)
        shown = partition([n for _, n in chosen])
    else:
        shown = each_alone([n for _, n in chosen], answered)
    found: dict[str, int | None] = dict(zip((option for option, _ in chosen), shown, strict=True))
    dont_know, not_applicable, not_asked, unanswered = missing_told(
        [
            known + (counts.dont_know or 0),
            *(n or 0 for n in (counts.not_applicable, counts.not_asked, counts.unanswered)),
        ]
    )
    return AnswerCounts(
        question=counts.question,
        answered=answered,
        dont_know=dont_know,
        not_applicable=not_applicable,
        not_asked=not_asked,
        unanswered=unanswered,
        options=tuple((option, found.get(option)) for option, _ in options),
        numbers=None if counts.numbers is None else coarse_numbers(counts.numbers),
    )


def once(counts: AnswerCounts) -> bool:
    """Whether everybody who answered chose one option, so that the counts add up to a number that is known."""
    return sum(n or 0 for _, n in counts.options) <= counts.answered


def missing_told(counts: Sequence[int]) -> list[int | None]:
    """How many did not know, were not concerned, not asked, or left it open: those who gave no answer, once each."""
    return partition(counts)


def findings_told(
    findings: Sequence[FindingCount], answers: Sequence[AnswerCounts], told: Sequence[AnswerCounts]
) -> tuple[FindingCount, ...]:
    """Every finding; without its count where that is small, or would give back a count of answers that is not told."""
    counted = {a.question: (a, t) for a, t in zip(answers, told, strict=True)}
    earlier: dict[str, list[int]] = defaultdict(list)
    found = []
    for finding in findings:
        counts, shown = counted[finding.question]
        count, answered = finding.count or 0, shown.answered
        tells = finding.answered == answered and safe(count, answered)
        tells = tells and not gives_back(finding, counts, shown, earlier[finding.question])
        if tells:
            earlier[finding.question].append(count)
        found.append(replace_count(finding, count if tells else None, answered))
    return tuple(found)


def replace_count(finding: FindingCount, count: int | None, answered: int) -> FindingCount:
    """The same finding with these numbers, and nothing that is not known here."""
    return FindingCount(
        id=finding.id,
        question=finding.question,
        dimension=finding.dimension,
        text=finding.text,
        count=count,
        answered=answered,
        options=finding.options,
    )


def gives_back(
    finding: FindingCount, counts: AnswerCounts, told: AnswerCounts, earlier: Sequence[int]
) -> bool:
    """Whether a finding, set against the counts of answers that are told and the `earlier` findings of its question,
    gives back a count that is not told."""
    if not finding.options:
        return _between(finding, earlier)
    hidden = {option for option, n in told.options if n is None and option != DONT_KNOW}
    named = set(finding.options)
    if once(counts):
        return bool(hidden & named) and not hidden <= named
    if hidden & named:
        return True
    return len(named) > 1 and (_regions(finding, dict(told.options)) or _between(finding, earlier))


def _between(finding: FindingCount, earlier: Sequence[int]) -> bool:
    """Whether few lie between this finding and an earlier one, or outside both."""
    count = finding.count or 0
    return any(
        abs(count - other) < LEAST or abs(finding.answered - count - other) < LEAST for other in earlier
    )


def _regions(finding: FindingCount, chosen: dict[str, int | None]) -> bool:
    """Whether few chose any of the options named without one of them, or, of two, both."""
    count = finding.count or 0
    numbers = [chosen[option] or 0 for option in finding.options]
    both = len(numbers) == 2 and sum(numbers) - count < LEAST
    return both or any(count - n < LEAST for n in numbers)
