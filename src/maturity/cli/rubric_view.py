"""A rubric on the terminal: values, weights, measures, levels, limits, verdicts and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maturity.cli.blocks import draw_words, words_under
from maturity.locale.words import N_, Words

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.models.rubric import Item, Limit, Measure, Outcome, Policy, Rubric

MISSING = {
    "exclude": N_("left out"),
    "zero": N_("worth 0"),
    "least": N_("worth the least possible"),
    "full": N_("worth the most possible"),
    "fail": N_("its group is not scored"),
}


def show_rubric(out: Console, rubric: Rubric, words: Words) -> None:
    """All that a rubric says, in the order of its file."""
    language = words.language
    out.print(f"{rubric.title.to(language)} ({rubric.id}@{rubric.version})", style="bold")
    fits = f"{rubric.questionnaire.id} {rubric.questionnaire.versions}"
    out.print(words("Scores questionnaire {questionnaire}.", questionnaire=fits))
    if rubric.notes:
        out.print(rubric.notes.to(language))
    _policy(out, rubric.policy, words)
    _items(out, rubric, words)
    _measures(out, rubric, words)
    for bands in rubric.bands.values():
        levels = [
            (
                f"{band.from_:g}",
                band.name.to(language),
                band.description.to(language) if band.description else "",
            )
            for band in sorted(bands, key=lambda b: b.from_)
        ]
        headings = (words("From"), words("Level"), words("Description"))
        draw_words(out, words_under(headings, levels), key=2)
    for limit in rubric.limits:
        _limit(out, limit, words)
    for name, outcome in rubric.outcomes.items():
        _outcome(out, name, outcome, words)
    if rubric.not_scored:
        out.print(words("Asked and not scored: {items}.", items=", ".join(rubric.not_scored)))


def _policy(out: Console, policy: Policy, words: Words) -> None:
    for heading, chosen in (
        (words("Unanswered"), policy.unanswered),
        (words("Don't know"), policy.dont_know),
        (words("Not applicable"), policy.not_applicable),
    ):
        out.print(f"{heading}: {words(MISSING[chosen])}")
    out.print(words("Scored from {share} coverage on.", share=f"{policy.min_coverage:.0%}"))
    out.print(words("Rounded half up to {n} decimals.", n=policy.round.places))


def _items(out: Console, rubric: Rubric, words: Words) -> None:
    rows = [
        (name, f"{item.weight:g}", ", ".join(_values(rubric, item, words)), _also(item, words))
        for name, item in rubric.items.items()
    ]
    headings = (words("Item"), words("Weight"), words("Values"), words("Also"))
    draw_words(out, words_under(headings, rows))


def _values(rubric: Rubric, item: Item, words: Words) -> list[str]:
    from maturity.scoring.compile import scale_of

    values = [f"{option} {value:g}" for option, value in (item.per_choice or scale_of(rubric, item)).items()]
    values += [
        words("from {start}: {value}", start=f"{band.from_:g}", value=f"{band.value:g}")
        for band in item.bands or ()
    ]
    if item.per_choice and item.at_most is not None:
        values.append(words("{value} at most", value=f"{item.at_most:g}"))
    return values


def _also(item: Item, words: Words) -> str:
    """Tags of its own, where it departs from the policy, and why its weight is not 1."""
    said = [f"{tag}: {value}" for tag, value in item.tags.items()]
    for heading, chosen in (
        (words("Unanswered"), item.policy.unanswered),
        (words("Don't know"), item.policy.dont_know),
        (words("Not applicable"), item.policy.not_applicable),
    ):
        if chosen:
            said.append(f"{heading}: {words(MISSING[chosen])}")
    if item.why:
        said.append(item.why.to(words.language))
    return "; ".join(said)


def _measures(out: Console, rubric: Rubric, words: Words) -> None:
    rows = []
    for name, measure in rubric.measures.items():
        least = rubric.policy.min_coverage if measure.min_coverage is None else measure.min_coverage
        by = ", ".join(measure.by) or words("the whole")
        rows.append((name, measure.of, by, measure.reduce, f"{least:.0%}", _details(measure, words)))
    headings = (
        words("Measure"), words("Of"), words("By"), words("Reduce"), words("Coverage"), words("Also"),
    )  # fmt: skip
    draw_words(out, words_under(headings, rows))


def _details(measure: Measure, words: Words) -> str:
    said = [f"{tag}: {value}" for tag, value in measure.where.items()]
    if measure.base:
        said.append(words("starts from {base}", base=f"{measure.base:g}"))
    if measure.at_least is not None:
        said.append(words("at or above {bar}", bar=f"{measure.at_least:g}"))
    if measure.ladder is not None:
        ladder = measure.ladder
        steps = " → ".join(ladder.steps)
        said.append(words("steps {steps}, passed at {value}", steps=steps, value=f"{ladder.passes:g}"))
    if measure.weights:
        said.append(", ".join(f"{group} × {weight:g}" for group, weight in measure.weights.items()))
    return "; ".join(said)


def _limit(out: Console, limit: Limit, words: Words) -> None:
    from maturity.scoring.describe import say

    where = ".".join((limit.measure, *limit.where.values()))
    out.print(
        words(
            "Limit {id}: {measure} is {at_most} at most when {condition}.",
            id=limit.id,
            measure=where,
            at_most=f"{limit.at_most:g}",
            condition=say(limit.when, words),
        )
    )
    out.print(f"  {limit.because.to(words.language)}")


def _outcome(out: Console, name: str, outcome: Outcome, words: Words) -> None:
    from maturity.scoring.describe import say

    title = outcome.name.to(words.language)
    by = ", ".join(outcome.by) or words("the whole")
    out.print(words("Verdict {id}, {title}: of {of}, by {by}", id=name, title=title, of=outcome.of, by=by))
    for rule in outcome.rules:
        called = f" ({rule.name.to(words.language)})" if rule.name else ""
        when = (
            words("when {condition}", condition=say(rule.when, words))
            if rule.when is not None
            else words("otherwise")
        )
        out.print(f"  {rule.label}{called}: {when}")
