"""Makes up the answers of the 22 councils of Wales, for two periods, and a dozen places beyond Wales with theirs.

    python examples/make_examples.py [FOLDER]

Nothing here is a real council's answer, and the places beyond Wales are none at all: each is called after a story. The seed is fixed, so that the same files come out each time. The answers of
2017 are drawn so that what Socitm counted in April 2017 comes out: 0 of 22 councils with every service request end to
end, 5 without a digital strategy ("nearly a quarter"), most without a chief digital officer, 0 in an identity pilot,
little use of the service standard, digital inclusion widely recognised, 8 without the capacity to deliver. For 2026 one
council has not answered, and one has left a dimension nearly empty.
"""

from __future__ import annotations

import math
import random
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from make_elsewhere import elsewhere, write_register
from make_tables import write_tables

from maturity.locale.words import Words
from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    DONT_KNOW,
    Answer,
    Assessment,
    Evidence,
    QuestionnaireRef,
    Respondent,
)
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion
from maturity.models.register import Organisation, Register
from maturity.models.rubric import Rubric
from maturity.scoring.compile import scale_of
from maturity.sources.files import write_atomically
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire, open_rubric
from maturity.sources.write_assessment import to_yaml

SEED = 2017
MODELINE = "# yaml-language-server: $schema=../../docs/schemas/assessment-1.json\n"
"""Tells editors which schema checks the file."""
MISSING_IN_2026 = "W06000019"
NEARLY_EMPTY_IN_2026 = ("W06000008", "data")
WORKBOOKS = ("W06000001", "W06000011", "W06000015", "W06000023")

# What Socitm found in 2017: question → option → how many of the 22 chose it (the rest choose among the others).
FOUND_IN_2017: dict[str, dict[str, int]] = {
    "transactions.end-to-end.every-service": {"every": 0, "most": 0, "none": 7},
    "leadership.strategy.in-place": {"none": 5},
    "leadership.roles.chief-digital-officer": {"no": 17, "yes": 5},
    "leadership.roles.place-of-digital": {"branch-of-ict": 13},
    "leadership.learning.beyond-wales": {"never": 15},
    "data.accounts.identity-pilot": {"yes": 0, "no": 22},
    "design.standards.service-standard": {"not-used": 16},
    "design.purpose.main-aim": {"short-term-savings": 14},
    "inclusion.strategy.recognised": {"yes": 19, "no": 3},
    "staff.capacity.enough": {"no": 8, "yes": 14},
}

NOTES = {
    "en": (
        "Made-up note: agreed with the heads of service in June.",
        "Made-up note: true of the largest services; the smaller ones follow next year.",
        "Made-up note: the figure leaves out schools.",
        "Made-up note: two teams disagreed; we took the lower answer.",
    ),
    "cy": (
        "Nodyn ffug: cytunwyd gyda phenaethiaid gwasanaeth ym mis Mehefin.",
        "Nodyn ffug: gwir am y gwasanaethau mwyaf; bydd y rhai llai yn dilyn y flwyddyn nesaf.",
        "Nodyn ffug: nid yw'r ffigur yn cynnwys ysgolion.",
        "Nodyn ffug: roedd dau dîm yn anghytuno; dewiswyd yr ateb isaf.",
    ),
}
REASONS = {
    "en": "Made-up reason: the council does not run this service itself.",
    "cy": "Rheswm ffug: nid yw'r cyngor yn rhedeg y gwasanaeth hwn ei hun.",
}
ANSWERS_IN_WELSH = ("W06000001", "W06000002", "W06000008", "W06000010")


class Maker:
    """Draws answers from each council's made-up strength in each dimension."""

    def __init__(self, register: Register, seed: int) -> None:
        self.questionnaire = open_questionnaire("socitm@1.0.0")[0]
        self.rubric: Rubric = open_rubric("socitm@1.0.0")[0]
        self.random = random.Random(seed)
        self.register = register
        self.strength: dict[tuple[str, str], float] = {}
        for organisation in self.register.organisations:
            general = self.random.gauss(1.15, 0.42)
            for dimension in self.questionnaire.dimensions:
                own = general + self.random.gauss(0, 0.35)
                self.strength[organisation.code, dimension.id] = min(max(own, 0.1), 3.2)

    def period(self, period: str) -> list[Assessment]:
        """All councils' answers for one period."""
        if period != "2017":
            for key in self.strength:
                self.strength[key] = min(self.strength[key] + max(self.random.gauss(0.95, 0.4), -0.2), 3.9)
        fixed = self._fixed() if period == "2017" else {}
        assessments = []
        for organisation in self.register.organisations:
            if period == "2026" and organisation.code == MISSING_IN_2026:
                continue
            assessments.append(self._assessment(organisation, period, fixed))
        return assessments

    def _fixed(self) -> dict[tuple[str, str], str]:
        """(council, question) → the option that it has to choose for 2017's counts to come out.

        The lowest options go to the weakest councils of the dimension, roughly.
        """
        fixed: dict[tuple[str, str], str] = {}
        for question_id, counts in FOUND_IN_2017.items():
            dimension = self.questionnaire.tags[question_id].dimension
            values = scale_of(self.rubric, self.rubric.items[question_id])
            weakest = sorted(
                self.register.organisations,
                key=lambda o: self.strength[o.code, dimension] + self.random.gauss(0, 0.25),
            )
            for option in sorted(counts, key=lambda o: values[o]):
                for organisation in weakest[: counts[option]]:
                    fixed[organisation.code, question_id] = option
                weakest = weakest[counts[option] :]
        return fixed

    def _assessment(
        self, organisation: Organisation, period: str, fixed: dict[tuple[str, str], str]
    ) -> Assessment:
        language = "cy" if organisation.code in ANSWERS_IN_WELSH else "en"
        answers: dict[str, Answer] = {}
        for question_id, question in self.questionnaire.questions.items():
            dimension = self.questionnaire.tags[question_id].dimension
            option = fixed.get((organisation.code, question_id))
            if option is None and self._left_out(organisation, period, question_id):
                continue
            if option is None and question.not_applicable and self.random.random() < 0.12:
                answers[question_id] = Answer(not_applicable=True, reason=REASONS[language])
                continue
            value = option or self._value(question, self.strength[organisation.code, dimension], period)
            answers[question_id] = self._with_proof(value, organisation, language, period)
        month = 4 if period == "2017" else 9
        stamp = datetime(int(period), month, 3 + self.random.randrange(20), 9, 30, tzinfo=UTC)
        role = "Pennaeth Digidol" if language == "cy" else "Head of Digital"
        return Assessment(
            format=ASSESSMENT_FORMAT,
            questionnaire=QuestionnaireRef(id=self.questionnaire.id, version=self.questionnaire.version),
            organisation=organisation.name.to("en"),
            period=period,
            respondent=Respondent(role=role),
            status="submitted",
            made_up=True,
            started=stamp,
            updated=stamp,
            answers=answers,
        )

    def _left_out(self, organisation: Organisation, period: str, question_id: str) -> bool:
        if period == "2017" and question_id in FOUND_IN_2017:
            return False
        dimension = self.questionnaire.tags[question_id].dimension
        chance = 0.015
        if period == "2026" and (organisation.code, dimension) == NEARLY_EMPTY_IN_2026:
            chance = 0.75
        return self.random.random() < chance

    def _value(self, question: Question, strength: float, period: str) -> str | float | tuple[str, ...]:
        if isinstance(question, NumberQuestion):
            return self._number(question, strength)
        if isinstance(question, SeveralQuestion):
            chosen = tuple(
                o.id
                for o in question.options
                if not o.exclusive and self.random.random() < 0.12 + strength / 4.5
            )
            none = next((o.id for o in question.options if o.exclusive), question.options[0].id)
            return chosen or (none,)
        item = self.rubric.items.get(question.id)
        if item is None:
            return self.random.choice(question.choices).id
        values = dict(scale_of(self.rubric, item))
        if period == "2017":
            for option in FOUND_IN_2017.get(question.id, {}):
                values.pop(option, None)
        if question.type == "yes_no":
            return "yes" if self.random.random() < 1 / (1 + math.exp(2.0 - 1.25 * strength)) else "no"
        aim = strength + self.random.gauss(0, 0.75)
        return min(values, key=lambda option: (abs(values[option] - aim), option))

    def _number(self, question: NumberQuestion, strength: float) -> str | float:
        number = question.number
        if number.dont_know and self.random.random() < max(0.35 - strength / 8, 0.03):
            return DONT_KNOW
        low = number.min or 0
        high = 100.0 if number.max is None else number.max
        share = min(max(strength / 4.2 + self.random.gauss(0, 0.12), 0.02), 0.98)
        return float(round(low + share * (high - low), number.decimals))

    def _with_proof(
        self, value: str | float | tuple[str, ...], organisation: Organisation, language: str, period: str
    ) -> Answer:
        note = self.random.choice(NOTES[language]) if self.random.random() < 0.08 else None
        evidence: tuple[Evidence, ...] = ()
        if value != DONT_KNOW and self.random.random() < 0.3:
            paper = self.random.randrange(100, 999)
            text = f"https://example.org/{organisation.code.lower()}/paper-{paper}"
            day = date(
                int(period) - self.random.randrange(2),
                self.random.randrange(1, 4),
                self.random.randrange(1, 28),
            )
            evidence = (Evidence(text=text, date=day),)
        return Answer(value=value, note=note, evidence=evidence)


def slug(organisation: Organisation) -> str:
    """A council's file name."""
    return organisation.name.to("en").lower().replace(" ", "-")


def main(folder: Path) -> None:
    """Writes both periods as YAML, some councils of 2026 as filled-in workbooks and as tables too, and elsewhere's 2026."""
    from maturity.intake.template import template_workbook

    maker = Maker(wales(), SEED)
    _, asked = open_questionnaire("socitm@1.0.0")
    for period in ("2017", "2026"):
        assessments = maker.period(period)
        if period == "2026":
            write_tables(folder / "tables", maker.questionnaire, assessments)
        for assessment in assessments:
            organisation = maker.register.find(assessment.organisation)
            assert organisation is not None
            path = folder / f"wales-{period}" / f"{slug(organisation)}.yaml"
            write_atomically(path, MODELINE + to_yaml(assessment))
            if period == "2026" and organisation.code in WORKBOOKS:
                workbook = template_workbook(
                    maker.questionnaire,
                    asked.digest,
                    Words("cy" if organisation.code in ANSWERS_IN_WELSH else "en"),
                    organisation=organisation,
                    period=period,
                    register=maker.register,
                    assessment=assessment,
                    made_on=date(2026, 9, 30),
                )
                write_atomically(folder / "workbooks-2026" / f"{slug(organisation)}.xlsx", workbook)
    write_register(folder / "elsewhere" / "register.csv")
    beyond = Maker(elsewhere(), SEED + 1)
    for assessment in beyond.period("2026"):
        organisation = beyond.register.find(assessment.organisation)
        assert organisation is not None
        path = folder / "elsewhere" / "2026" / f"{slug(organisation)}.yaml"
        write_atomically(path, MODELINE.replace("../..", "../../..") + to_yaml(assessment))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
