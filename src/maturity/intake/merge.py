"""Several respondents of one organisation become one agreed assessment; what each of them said is kept in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from maturity.intake.merge_read import Sheet, respondents
from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    Answer,
    Assessment,
    Evidence,
    How,
    Merged,
    MergedRespondent,
    QuestionnaireRef,
)
from maturity.models.questionnaire import (
    Dimension,
    Question,
    Questionnaire,
    SeveralQuestion,
    TextQuestion,
)
from maturity.scoring.agreement import (
    NOT_APPLICABLE,
    Agreement,
    Said,
    agreement,
    by_role,
    said,
    settled_by_rule,
)

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreed assessment; `stale` are questions whose answer was chosen before what respondents say of them changed."""

    assessment: Assessment
    stale: tuple[str, ...] = ()


def merge(
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    *,
    rule: Literal["unanimous", "mode"] = "unanimous",
    decides: str | None = None,
    earlier: Assessment | None = None,
) -> Agreed:
    """The agreed assessment of respondents who answered one questionnaire for one organisation and period.

    `rule` and `decides` (a role) say what settles a question; what they do not settle stays open: it has no value under
    `answers`, only the notes and evidence. `earlier` is what was agreed before: what anybody chose or changed there
    stays. The order of `sheets` plays no part. Raises ValueError where there are none.
    """
    if not sheets:
        raise ValueError("nobody answered")
    people = respondents(sheets)
    merged = Merged(version=questionnaire.version, rule=rule, decides=decides, respondents=people)
    answers, settled = settle(questionnaire, merged)
    stale: tuple[str, ...] = ()
    if earlier is not None and earlier.merged is not None:
        stale = tuple(_keep(questionnaire, earlier, earlier.merged, merged, answers, settled))
    whole = [sheet.assessment for sheet in sheets]
    merged = merged.model_copy(update={"settled": settled})
    assessment = Assessment(
        format=ASSESSMENT_FORMAT,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        organisation=min(one.organisation for one in whole) if earlier is None else earlier.organisation,
        period=whole[0].period,
        made_up=any(one.made_up for one in whole),
        started=next(iter(_in_time([one.started for one in whole])), None),
        updated=next(reversed(_in_time([one.updated for one in whole])), None),
        answers={q: answers[q] for q in questionnaire.questions if q in answers},
        merged=merged,
    )
    if earlier is not None and earlier.answers == assessment.answers:
        same = {"submission": earlier.submission, "updated": earlier.updated}
        assessment = assessment.model_copy(update=same)
    return Agreed(with_status(questionnaire, assessment, handed_in(sheets)), stale)


def handed_in(sheets: Sequence[Sheet]) -> bool:
    """Whether all respondents submitted their answers."""
    return all(sheet.assessment.status == "submitted" for sheet in sheets)


def with_status(questionnaire: Questionnaire, assessment: Assessment, submitted: bool) -> Assessment:
    """An agreed assessment as submitted, where all its respondents' answers were and nothing is open; else as a draft."""
    done = submitted and not open_questions(questionnaire, assessment)
    return assessment.model_copy(update={"status": "submitted" if done else "draft"})


def settle(questionnaire: Questionnaire, merged: Merged) -> tuple[dict[str, Answer], dict[str, How]]:
    """The agreed answers by the rules that `merged` names, and by which each was settled."""
    answers: dict[str, Answer] = {}
    settled: dict[str, How] = {}
    for question in questionnaire.questions.values():
        found = settled_by_rule(question, merged)
        answer = _agreed(
            question,
            merged.respondents,
            found[1] if found else None,
            together=found is not None and found[0] == "united",
        )
        if found is not None:
            settled[question.id] = found[0]
        if answer != Answer():
            answers[question.id] = answer
    return answers, settled


def choose(assessment: Assessment, questions: Iterable[str]) -> Assessment:
    """The assessment with its answers to these questions recorded as chosen; those without an answer are open again."""
    assert assessment.merged is not None
    settled = dict(assessment.merged.settled)
    for question in questions:
        answer = assessment.answers.get(question)
        settled.pop(question, None)
        if answer is not None and answer.given:
            settled[question] = "chosen"
    return assessment.model_copy(update={"merged": assessment.merged.model_copy(update={"settled": settled})})


def open_questions(questionnaire: Questionnaire, assessment: Assessment) -> list[str]:
    """The questions that somebody answered and that are not settled, in the questionnaire's order."""
    assert assessment.merged is not None
    merged = assessment.merged
    return [
        question.id
        for question in questionnaire.questions.values()
        if question.id not in merged.settled and agreement(question, merged.respondents).n
    ]


# The agenda


@dataclass(frozen=True)
class Item:
    """A question on which respondents differ, or that is open; `how` is None where it is open.

    `roles` has the agreement within each role in which enough answered.
    """

    dimension: Dimension
    question: Question
    found: Agreement
    how: How | None
    agreed: Answer
    roles: tuple[tuple[str, Agreement], ...]


def agenda(questionnaire: Questionnaire, assessment: Assessment) -> list[Item]:
    """What there is to talk about: the least agreement first, then the widest spread, then the questionnaire's order.

    Of an agreed assessment. Words are never on it, as they are all kept. Settled questions are on it where answers differ.
    """
    assert assessment.merged is not None
    merged, items = assessment.merged, []
    still_open = set(open_questions(questionnaire, assessment))
    for dimension, _, question in questionnaire.walk():
        found = agreement(question, merged.respondents)
        if question.id in still_open or (found.differ and not isinstance(question, TextQuestion)):
            answer = assessment.answers.get(question.id, Answer())
            roles = by_role(question, merged.respondents)
            items.append(Item(dimension, question, found, merged.settled.get(question.id), answer, roles))
    return sorted(items, key=lambda item: (item.found.share, -item.found.width))


# How


def _keep(
    questionnaire: Questionnaire,
    earlier: Assessment,
    before: Merged,
    now: Merged,
    answers: dict[str, Answer],
    settled: dict[str, How],
) -> Iterator[str]:
    """Puts back what was chosen or changed earlier; yields the chosen ones whose respondents say something else now."""
    derived, _ = settle(questionnaire, before)
    for question in questionnaire.questions.values():
        name = question.id
        held, was = earlier.answers.get(name, Answer()), derived.get(name, Answer())
        chosen = before.settled.get(name) == "chosen" and held.given
        if not chosen and held == was:
            continue
        if held.given and (chosen or said(question, held) != said(question, was)):
            answers[name], settled[name] = held, "chosen"
            if sorted(agreement(question, before.respondents).given) != sorted(
                agreement(question, now.respondents).given
            ):
                yield name
        elif was.given and not held.given:
            settled.pop(name, None)  # opened again by taking the answer away
            answers[name] = held
        else:
            beside = {"note": held.note, "evidence": held.evidence, "sure": held.sure}
            answers[name] = answers.get(name, Answer()).model_copy(update=beside)
        if answers[name] == Answer():
            del answers[name]


def _agreed(
    question: Question, people: Sequence[MergedRespondent], what: Said | None, *, together: bool
) -> Answer:
    """What was agreed, with everybody's notes and evidence, by their roles; without a value where `what` is None."""
    holders = [
        (p, p.answers[question.id]) for p in people if p.answers.get(question.id, Answer()) != Answer()
    ]
    if len(holders) == 1:
        return holders[0][1]
    fields: dict[str, object] = {
        "note": _cut(_attributed([(p, a.note) for p, a in holders if a.note])),
        "evidence": tuple(_evidence(holders)),
    }
    agreeing = [a for _, a in holders if what is not None and said(question, a) == what]
    if together:
        fields["value"] = _cut(_attributed([(p, str(a.value)) for p, a in holders if a.given]))
    elif what == NOT_APPLICABLE:
        reasons = [(p, a.reason) for p, a in holders if a.not_applicable and a.reason]
        fields |= {"not_applicable": True, "reason": _cut(_attributed(reasons))}
    elif what is not None:
        fields["value"] = what if isinstance(question, SeveralQuestion) else agreeing[0].value
    sure = {a.sure for a in agreeing}
    if len(sure) == 1:
        fields["sure"] = sure.pop()
    return Answer.model_validate(fields)


def _attributed(pieces: Sequence[tuple[MergedRespondent, str | None]]) -> str:
    """Each text once, behind the roles that gave it; a text that everybody gave in the same words stands alone."""
    roles: dict[str, list[str]] = {}
    for person, text in pieces:
        roles.setdefault(str(text), []).append(person.role or "")
    if len(roles) == 1:
        return next(iter(roles))
    return "\n\n".join(f"{_who(who)}: {text}" if any(who) else text for text, who in roles.items())


def _who(roles: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(role for role in roles if role))


def _evidence(holders: Sequence[tuple[MergedRespondent, Answer]]) -> Iterator[Evidence]:
    """Each piece once, behind it the roles of those who named it."""
    found: dict[tuple[str, dt.date | None], list[str]] = {}
    for person, answer in holders:
        for piece in answer.evidence:
            found.setdefault((piece.text, piece.date), []).append(person.role or "")
    for (text, date), roles in found.items():
        who = f" ({_who(roles)})" if any(roles) else ""
        yield Evidence(text=str(_cut(text, LONGEST - len(who))) + who, date=date)


def _cut(text: str, longest: int = LONGEST) -> str | None:
    """As much as a file takes; every respondent's own words are kept whole beside it."""
    return (text if len(text) <= longest else text[: longest - 1] + "…") or None


def _in_time(moments: Iterable[dt.datetime | None]) -> list[dt.datetime]:
    """Those that are known, the earliest first; what says nothing of its zone is in UTC."""
    return sorted((m for m in moments if m), key=lambda m: m if m.tzinfo else m.replace(tzinfo=dt.UTC))
