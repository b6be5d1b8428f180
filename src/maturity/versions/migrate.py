"""Carries an assessment from one version of its questionnaire to another, and back.

An answer that could not be told again from what became of it is kept aside under its old id. So nothing is lost, and
going back gives what was there before, as long as what became of it was not changed since. Where it was changed or
deleted, what was kept stays aside for good: no later way brings back what a person has replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from maturity.checks.answers import misfits
from maturity.models.assessment import Answer, Assessment, KeptAside, PutAside, QuestionnaireRef
from maturity.models.base import version_key, within
from maturity.models.migration import Migration
from maturity.models.problem import Said
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import Text
from maturity.scoring.conditions import left_out
from maturity.scoring.score import answers_digest
from maturity.versions.mapping import Answers, Outcome, Trouble, Way

How = Literal["carried", "renamed", "transformed", "aside"]
Wait = Literal["new"] | Trouble


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one `answer`: `carried` under its id as it was, `renamed` as it was, `transformed` by the mapping,
    or kept `aside` alone, with the `trouble` why and what is `told` of it.

    `to` are the questions that have it now, and `now` their answers. `kept`: it is (also) kept aside as it was, since what became of it
    does not tell.
    """

    question: str
    answer: Answer
    how: How
    to: tuple[str, ...] = ()
    now: tuple[Answer, ...] = ()
    kept: bool = False
    trouble: Trouble | None = None
    told: Said = ""
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that a person must answer now: it is `new`, or the answers to the questions `of` do not decide.

    `candidates` are the options between which the choice lies, where the mapping names them.
    """

    question: str
    why: Wait
    of: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    told: Said = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Migrated:
    """The assessment as it is now, the fate of each answer that there was, what was brought back from where it had
    been kept aside, and which questions await an answer."""

    assessment: Assessment
    fates: tuple[Fate, ...]
    restored: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def migrate(
    assessment: Assessment,
    old: Questionnaire,
    new: Questionnaire,
    migration: Migration | None,
    attributes: Mapping[str, object] | None = None,
) -> Migrated:
    """The answers to `old` as answers to `new`; without a migration, all that fit keep their ids.

    `attributes` of the organisation say which new questions are asked of it.
    """
    return _along(assessment, Way.of(old, new, migration), migration, attributes or {})


def migrate_back(
    assessment: Assessment,
    old: Questionnaire,
    new: Questionnaire,
    migration: Migration | None,
    attributes: Mapping[str, object] | None = None,
) -> Migrated:
    """The answers to `new` as answers to the earlier `old`: the inverse of `migrate`, as far as there is one."""
    return _along(assessment, Way.of(old, new, migration).back, migration, attributes or {})


@dataclass(slots=True)
class _Crossing:
    """One passage: the answers there were, those at the end, and what stays aside."""

    answers: Answers
    found: dict[str, Answer]
    outcomes: list[Outcome]
    restored: dict[str, Answer]
    lost: dict[str, Answer] = field(default_factory=dict)


def _along(
    assessment: Assessment, way: Way, migration: Migration | None, attributes: Mapping[str, object]
) -> Migrated:
    waiting_aside = _aside_there(assessment, way, migration)
    crossing = _cross(assessment.answers, waiting_aside, way)
    fates = tuple(_fate(q, crossing, way) for q in assessment.answers)
    role = assessment.respondent.role if assessment.respondent else None
    waiting = tuple(_waiting(crossing, way, attributes, role))
    status = _status(assessment, crossing.found, waiting, backwards=way.backwards)
    changes = {
        "questionnaire": QuestionnaireRef(id=way.end.id, version=way.end.version),
        "part": assessment.part if assessment.part in {d.id for d in way.end.dimensions} else None,
        "answers": crossing.found,
        "kept_aside": _kept_aside(assessment, crossing, fates, waiting_aside, way, migration),
        "status": status,
        "submitted_before": _submitted_before(assessment, status),
    }
    return Migrated(assessment.model_copy(update=changes), fates, tuple(crossing.restored), waiting)


def _cross(answers: Answers, aside: Mapping[str, Answer], way: Way) -> _Crossing:
    """What was kept aside comes back where nothing that belongs to it was changed in between: where going the way back
    from it leads to the answers there are."""
    plain, outcomes = way.over(answers)
    kept = dict(aside)
    while True:
        found = plain | kept
        returned, _ = way.back.over(found)
        changed = [
            q for q in kept if any(returned.get(s) != answers.get(s) for s in way.back.links.get(q, ()))
        ]
        if not changed:
            break
        for question in changed:
            del kept[question]
    ordered = {q: found[q] for q in way.end.questions if q in found}
    lost = {q: answer for q, answer in answers.items() if returned.get(q) != answer}
    return _Crossing(answers, ordered, outcomes, kept, lost)


def _aside_there(assessment: Assessment, way: Way, migration: Migration | None) -> dict[str, Answer]:
    """What was kept aside of the versions at the way's end and may come back, by question: the latest of each."""
    found: dict[str, Answer] = {}
    for question, entry in assessment.kept_aside.items():
        asked = way.end.questions.get(question)
        if asked is None:
            continue
        for one in entry.all:
            if _may_return(one, way, migration) and not any(misfits(asked, one.answer)):
                found[question] = one.answer
                break
    return found


def _may_return(entry: PutAside, way: Way, migration: Migration | None) -> bool:
    return not entry.replaced and _is_there(entry.version, way, migration)


def _is_there(version: str, way: Way, migration: Migration | None) -> bool:
    """Whether a version lies on the side of the way's end."""
    if migration is None:
        return version == way.end.version
    if way.backwards:
        return within(version, migration.from_)
    return version_key(version)[0] == version_key(way.end.version)[0] and not within(version, migration.from_)


def _fate(question: str, crossing: _Crossing, way: Way) -> Fate:
    answer, kept = crossing.answers[question], question in crossing.lost
    mine = [o for o in crossing.outcomes if question in o.sources]
    why = next((o.why for o in mine if o.why), None) or _why(question, way)
    to = tuple(o.target for o in mine if o.answer is not None and o.target in crossing.found)
    if not kept:
        to = tuple(t for t in way.links[question] if t in crossing.found)
    if not to:
        failed = next((o for o in mine if o.trouble), None)
        trouble = failed.trouble if failed else _homeless(question, way)
        told = failed.told if failed else ""
        return Fate(question, answer, "aside", kept=True, trouble=trouble, told=told, why=why)
    now = tuple(crossing.found[t] for t in to)
    same = all(one == answer for one in now)
    how: How = "transformed" if not same else "carried" if to == (question,) else "renamed"
    return Fate(question, answer, how, to, now, kept, why=why)


def _why(question: str, way: Way) -> Text | None:
    """What the migration says of a question that has no successor."""
    return next((c.why for c in way.changes if c.dropped and question in c.from_ and not way.backwards), None)


def _homeless(question: str, way: Way) -> Trouble:
    known = question in way.start.questions
    return "dropped" if known else "unknown"


def _waiting(
    crossing: _Crossing, way: Way, attributes: Mapping[str, object], role: str | None
) -> list[Waiting]:
    """The questions at the end that are asked here and that the answers there were do not answer.

    Going back, a question that the later version did not ask is nothing that anybody left out since.
    """
    filters = [(q.id, q.asked_when) for q in way.end.questions.values() if q.asked_when is not None]
    values = {q: answer.value for q, answer in crossing.found.items()}
    not_asked = left_out(filters, values, attributes, role)
    failed = {o.target: o for o in crossing.outcomes if o.trouble}
    waiting: list[Waiting] = []
    for question in way.end.questions:
        if question in not_asked or question in crossing.found:
            continue
        outcome = failed.get(question)
        if outcome is not None and outcome.trouble is not None:
            there = {o.id for o in way.end.questions[question].choices}
            candidates = tuple(o for o in outcome.candidates if o in there)
            waiting.append(
                Waiting(question, outcome.trouble, outcome.sources, candidates, outcome.told, outcome.why)
            )
        elif not way.backwards and not way.back.links.get(question):
            waiting.append(Waiting(question, "new"))
    return waiting


def _kept_aside(
    assessment: Assessment,
    crossing: _Crossing,
    fates: tuple[Fate, ...],
    there: Mapping[str, Answer],
    way: Way,
    migration: Migration | None,
) -> dict[str, KeptAside]:
    """What is aside still, and what the way now leaves aside, above what was kept under the same id before."""
    aside = {question: list(entry.all) for question, entry in assessment.kept_aside.items()}
    for question, answer in there.items():
        entries = aside[question]
        may = [n for n, one in enumerate(entries) if _may_return(one, way, migration)]
        if question in crossing.restored:
            del entries[next(n for n in may if entries[n].answer == answer)]
        else:
            for n in may:
                entries[n] = entries[n].model_copy(update={"replaced": True})
    version = assessment.questionnaire.version
    became = {fate.question: fate.to for fate in fates}
    for question, answer in crossing.lost.items():
        others = [e for e in aside.get(question, ()) if (e.version, e.answer) != (version, answer)]
        aside[question] = [PutAside(version=version, answer=answer, became=became[question]), *others]
    return {question: KeptAside.of(entries) for question, entries in aside.items() if entries}


def _status(
    assessment: Assessment, answers: dict[str, Answer], waiting: tuple[Waiting, ...], *, backwards: bool
) -> str:
    """Submitted answers stay submitted if no person has anything to add; where some wait they are a draft again.

    The record of the submission stays as it is: it is about the answers as they were. When these are back, they are
    submitted again.
    """
    draft = assessment.model_copy(update={"answers": answers})
    record = assessment.submission
    known = (record.digest if record else None, assessment.submitted_before)
    if backwards and any(known) and answers_digest([draft]) in known:
        return "submitted"
    return "draft" if waiting else assessment.status


def _submitted_before(assessment: Assessment, status: str) -> str | None:
    """What tells that answers were submitted, where no record of it does, as long as they are a draft."""
    if status == "submitted":
        return None
    if assessment.status == "submitted" and assessment.submission is None:
        return answers_digest([assessment])
    return assessment.submitted_before
