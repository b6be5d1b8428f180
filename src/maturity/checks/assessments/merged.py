"""What an agreed file says of how its answers came about is borne out by what the respondents said."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.answers import misfits
from maturity.checks.subjects import AnsweredSubject
from maturity.models.assessment import Answer, Merged
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.questionnaire import Question
from maturity.scoring.agreement import agreement, in_role, said, settled_by_rule
from maturity.scoring.score import answers_digest

NOT_BORNE_OUT = Kind(
    "A030",
    "error",
    "'{question}' is said to be settled as '{how}', and by what the respondents answered it is {found}.",
    "Build the file anew: 'maturity merge' with the respondents' own files.",
)
CHANGED_SINCE = Kind(
    "A031",
    "warning",
    "The agreed answer to '{question}' is not the one that was settled as '{how}'.",
    "Name this file after -o of 'maturity merge' once more: the answer counts as chosen then.",
)
OTHER_ANSWERS = Kind(
    "A032",
    "error",
    "The answers kept of respondent {n} are not those that were merged: their digest differs.",
    "Build the file anew: 'maturity merge' with the respondents' own files.",
)
NO_ANSWER = Kind(
    "A033",
    "error",
    "'{question}' is said to be settled as '{how}', and there is no agreed answer to it.",
    "Delete this line, which leaves the question open; or give the answer under 'answers'.",
)
NOBODY_DECIDES = Kind(
    "A034",
    "error",
    "'{role}' is said to decide, and no respondent has that role.",
    "Correct the role's name, or delete it.",
)
UNKNOWN = Kind(
    "A035",
    "error",
    "'{question}' is not a question of the questionnaire that the respondents answered.",
    "Delete this line, or build the file anew with 'maturity merge'.",
)
NO_SUCH_ANSWER = Kind(
    "A036",
    "error",
    "What respondent {n} answered to '{question}' is no answer that it can have.",
    "Build the file anew: 'maturity merge' with the respondents' own files.",
)


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    merged, document = subject.assessment.merged, subject.document
    if merged is None:
        return
    for place, person in enumerate(merged.respondents):
        theirs = subject.assessment.model_copy(update={"answers": person.answers})
        if answers_digest([theirs]) != person.digest:
            yield document.problem(OTHER_ANSWERS, ("merged", "respondents", place, "digest"), n=place + 1)
    if merged.decides is not None and not in_role(merged.respondents, merged.decides):
        yield document.problem(NOBODY_DECIDES, ("merged", "decides"), role=merged.decides)
    # After a migration the respondents' answers are still to the questions that they were asked then.
    if subject.questionnaire is not None and merged.version == subject.assessment.questionnaire.version:
        yield from _answers(subject, merged, subject.questionnaire.questions)
        yield from _settled(subject, merged, subject.questionnaire.questions)


def _answers(subject: AnsweredSubject, merged: Merged, questions: dict[str, Question]) -> Iterator[Problem]:
    for place, person in enumerate(merged.respondents):
        for question, answer in person.answers.items():
            loc = ("merged", "respondents", place, "answers", question)
            if question not in questions:
                yield subject.document.key_problem(UNKNOWN, loc, question=question)
            elif any(misfits(questions[question], answer)):
                yield subject.document.problem(NO_SUCH_ANSWER, loc, question=question, n=place + 1)


def _settled(subject: AnsweredSubject, merged: Merged, questions: dict[str, Question]) -> Iterator[Problem]:
    for name, how in merged.settled.items():
        loc, about = ("merged", "settled", name), {"question": name, "how": how}
        question = questions.get(name)
        agreed = subject.assessment.answers.get(name, Answer())
        if question is None:
            yield subject.document.key_problem(UNKNOWN, loc, question=name)
        elif not agreed.given:
            yield subject.document.problem(NO_ANSWER, loc, **about)
        elif how != "chosen":
            if any(any(misfits(question, p.answers[name])) for p in merged.respondents if name in p.answers):
                continue  # told above
            by_rule = settled_by_rule(question, merged)
            if by_rule is None or by_rule[0] != how:
                found = by_rule[0] if by_rule else _open(question, merged)
                yield subject.document.problem(NOT_BORNE_OUT, loc, **about, found=found)
            elif how != "united" and said(question, agreed) != by_rule[1]:
                yield subject.document.problem(CHANGED_SINCE, loc, **about)


def _open(question: Question, merged: Merged) -> Phrase:
    return Phrase("open") if agreement(question, merged.respondents).n else Phrase("not answered")
