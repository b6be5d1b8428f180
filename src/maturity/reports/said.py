"""Conditions, limits and verdicts in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES
from maturity.benchmark.suppression import HEADS_TOGETHER, LEAST
from maturity.locale.words import N_
from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfEvery,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfOutcome,
    OfQuestion,
    OfSome,
    Test,
)
from maturity.models.rubric import Limit, Measure, Outcome
from maturity.models.scorecard import Group, Verdict
from maturity.reports.speech import Speech, exact
from maturity.scoring.names import group_text


def said(say: Speech, condition: Condition) -> str:
    """``the value of “Is there a plan?” is below 1``."""
    if isinstance(condition, All | AnyOf):
        every = isinstance(condition, All)
        inner = condition.all if isinstance(condition, All) else condition.any
        wording = N_("all of these hold ({conditions})") if every else N_("one of these holds ({conditions})")
        return say.words(wording, conditions="; ".join(said(say, one) for one in inner))
    if isinstance(condition, Not):
        return say.words("this does not hold ({condition})", condition=said(say, condition.not_))
    return _tested(say, condition, _subject(say, condition))


def limit_said(say: Speech, limit: Limit) -> str:
    """What a limit caps, at what, and when: a sentence."""
    measure = say.to(say.scorer.rubric.measures[limit.measure].name)
    name = ", ".join([measure, *(_tag(say, tag, value) for tag, value in limit.where.items())])
    return say.words(
        "{measure}: at most {most} while {condition}.",
        measure=name,
        most=exact(limit.at_most),
        condition=said(say, limit.when),
    )


def outcome_name(say: Speech, outcome: str, group: Group) -> str:
    """An outcome's name, with its group's."""
    rule: Outcome = say.scorer.rubric.outcomes[outcome]
    name = say.to(rule.name)
    if not group:
        return name
    like = Measure(name=rule.name, of=rule.of, by=rule.by)
    part = say.to(group_text(say.scorer.questionnaire, like, group))
    return say.words("{name}, {measure}", name=part, measure=name)


def label_said(say: Speech, outcome: str, label: str) -> str:
    """A label's name where its rule has one."""
    rules = say.scorer.rubric.outcomes[outcome].rules
    return next((say.to(r.name) for r in rules if r.label == label and r.name), label)


def verdict_said(say: Speech, verdict: Verdict) -> str:
    """The label, or why there is none."""
    if verdict.label is not None:
        return label_said(say, verdict.outcome, verdict.label)
    if verdict.reason is None:
        return say.words("none of its rules holds")
    of_items = say.scorer.rubric.outcomes[verdict.outcome].of == "items"
    why = say.cause(verdict.reason, of_items=of_items)
    return say.words("not decided: {reason}", reason=why)


def rules_said(say: Speech, outcome: str) -> list[str]:
    """How an outcome is decided: its rules, in the order in which they are tried."""
    found = []
    for rule in say.scorer.rubric.outcomes[outcome].rules:
        label = label_said(say, outcome, rule.label)
        if rule.when is None:
            found.append(say.words("{verdict}: otherwise.", verdict=label))
        else:
            found.append(
                say.words("{verdict}: when {condition}.", verdict=label, condition=said(say, rule.when))
            )
    return found


def _subject(say: Speech, condition: Test) -> str:
    w, asked = say.words, say.scorer.questionnaire.questions
    if isinstance(condition, OfQuestion):
        return w("the answer to “{question}”", question=say.to(asked[condition.question].text))
    if isinstance(condition, OfItem):
        return w("the value of “{question}”", question=say.to(asked[condition.item].text))
    if isinstance(condition, OfMeasure):
        rule = say.scorer.rubric.measures[condition.measure]
        group = say.to(group_text(say.scorer.questionnaire, rule, condition.group))
        name = w("{name}, {measure}", name=group, measure=say.to(rule.name)) if condition.group else group
        return w("the score of “{name}”", name=name)
    if isinstance(condition, OfOutcome):
        return w("the verdict of “{name}”", name=outcome_name(say, condition.outcome, condition.group))
    if isinstance(condition, OfEvery):
        return _parts(say, N_("every part that applies"), condition.every)
    if isinstance(condition, OfSome):
        return _parts(say, N_("at least one part"), condition.some)
    if isinstance(condition, OfOrganisation):
        return w("the council's {attribute} in the register", attribute=condition.organisation)
    return w("the role of whoever answered")


def _parts(say: Speech, wording: str, tags: Mapping[str, str]) -> str:
    words = say.words(wording)
    if not tags:
        return words
    of = ", ".join(_tag(say, tag, value) for tag, value in tags.items())
    return say.words("{parts} of “{of}”", parts=words, of=of)


def _tag(say: Speech, tag: str, value: str) -> str:
    return say.dimension(value) if tag == "dimension" else value


def _tested(say: Speech, test: Test, subject: str) -> str:
    w = say.words
    if test.equals is not None:
        return w("{subject} is {value}", subject=subject, value=_value(say, test, test.equals))
    if test.in_ is not None:
        values = "; ".join(_value(say, test, value) for value in test.in_)
        return w("{subject} is one of: {values}", subject=subject, values=values)
    if test.at_least is not None:
        return w("{subject} is at least {value}", subject=subject, value=exact(test.at_least))
    if test.below is not None:
        return w("{subject} is below {value}", subject=subject, value=exact(test.below))
    return w("{subject} includes {value}", subject=subject, value=_value(say, test, test.includes or ""))


def _value(say: Speech, test: Test, value: str | float) -> str:
    if isinstance(value, float | int):
        return exact(value)
    if isinstance(test, OfOutcome):
        return f"“{label_said(say, test.outcome, value)}”"
    if isinstance(test, OfQuestion):
        options = say.scorer.questionnaire.questions[test.question].choices
        return f"“{next((say.to(o.text) for o in options if o.id == value), value)}”"
    return f"“{value}”"


def suppressed_said(say: Speech) -> str:
    """What ``[c]`` stands for, and why statistics have fewer decimals than scores."""
    return say.words(
        "Only the reader's own council, if any, is named. [c] stands where a figure is kept back: fewer than {least} councils, or all but fewer than {least}, would show in it, or it would give back one that is kept back. Medians and quartiles have fewer decimals than scores, so that none is one council's score; here a median is of at least {median}, quartiles are of at least {quartiles}.",
        least=LEAST,
        median=LEAST_FOR_MEDIAN + HEADS_TOGETHER,
        quartiles=LEAST_FOR_QUARTILES + HEADS_TOGETHER,
    )
