"""From an assessment to its scorecard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256

from pydantic import TypeAdapter

import maturity
from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference, Scorecard
from maturity.scoring.compile import compile_plan
from maturity.scoring.items import Seen, Sheet
from maturity.scoring.names import headline
from maturity.scoring.plan import Plan, PlannedMeasure
from maturity.scoring.run import run_plan
from maturity.sources.load import Loaded
from maturity.sources.registers import wales


@dataclass(frozen=True)
class Scorer:
    """A questionnaire and a rubric, compiled once, to score many assessments.

    Conditions look up whose answers they are in `register`.
    """

    questionnaire: Questionnaire
    rubric: Rubric
    plan: Plan
    references: tuple[Reference, Reference]
    register: Register = field(default_factory=wales)

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        asked: Loaded,
        rubric: Rubric,
        valued: Loaded,
        register: Register | None = None,
    ) -> Scorer:
        """Compiles; `asked` and `valued` are the files that the two were loaded from, `register` is Wales's or another."""
        references = (
            Reference(questionnaire.id, questionnaire.version, asked.digest),
            Reference(rubric.id, rubric.version, valued.digest),
        )
        return cls(
            questionnaire, rubric, compile_plan(rubric, questionnaire), references, register or wales()
        )

    @cached_property
    def seen(self) -> Seen:
        """What came up in scoring, which spares work where it comes up again."""
        return Seen.of(self.plan)

    def score(self, assessment: Assessment, source: str = "", digest: str | None = None) -> Scorecard:
        """The assessment's scorecard. Its answers must have passed the checks.

        `digest` is that of its answers, where it is known already.
        """
        result = run_plan(self.plan, [sheet_of(assessment, self.register)], self.seen)
        return Scorecard(
            organisation=assessment.organisation,
            period=assessment.period,
            questionnaire=self.references[0],
            rubric=self.references[1],
            answers_digest=digest or answers_digest([assessment]),
            tool_version=maturity.__version__,
            made_up=assessment.made_up,
            items=result.items,
            scores=result.scores,
            verdicts=result.verdicts,
            # A file name that is no text, which some systems allow, must not keep a scorecard from being written.
            source=source.encode("utf-8", "replace").decode(),
        )


def in_display_order(scorer: Scorer) -> list[PlannedMeasure]:
    """Measures as reports show them: what stands for all first, then from the last built to the first."""
    top = headline(scorer.rubric)
    backwards = scorer.plan.measures[::-1]
    return sorted(backwards, key=lambda measure: measure.name != top)


def sheet_of(assessment: Assessment, register: Register | None = None) -> Sheet:
    """An assessment's answers, with who gave them, as far as the register (Wales's, or another) knows them."""
    role = assessment.respondent.role if assessment.respondent else None
    return Sheet(assessment.answers, role, (register or wales()).attributes_of(assessment.organisation))


def answers_digest(assessments: Sequence[Assessment]) -> str:
    """SHA-256 over the answers of all respondents, with their notes and evidence.

    Of compact JSON in UTF-8: a list with an object a respondent, question → answer by the questions' order in the
    alphabet, each answer with what differs from its defaults. So it is the same however the answers came in.
    """
    sheets = [
        b",".join([_written(question, answer) for question, answer in sorted(one.answers.items())])
        for one in assessments
    ]
    return sha256(b"[" + b",".join([b"{" + sheet + b"}" for sheet in sheets]) + b"]").hexdigest()


def _written(question: str, answer: Answer) -> bytes:
    """``"question":{"value":…}``. In a table the same answer of thousands of councils is one thing in memory: it is
    written once. What is kept holds the answer too, so that nothing else can come to lie in its place."""
    key = (question, id(answer))
    kept = _WRITTEN.get(key)
    if kept is None:
        if len(_WRITTEN) >= MOST_WRITTEN:
            _WRITTEN.clear()
        name, value = (
            json.dumps(question).encode(),
            _answer_adapter().dump_json(answer, exclude_defaults=True),
        )
        kept = _WRITTEN[key] = (name + b":" + value, answer)
    return kept[0]


MOST_WRITTEN = 5_000
_WRITTEN: dict[tuple[str, int], tuple[bytes, Answer]] = {}


@cache
def _answer_adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
