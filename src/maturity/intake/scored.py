"""From collected assessments to scorecards, with the one questionnaire and rubric that fit them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maturity.checks.registry import rules
from maturity.checks.subjects import AskedSubject, ValuedSubject
from maturity.intake.collect import Collected
from maturity.models.assessment import Assessment
from maturity.models.base import version_key
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Organisation, Register
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Scorecard
from maturity.models.scorecard_file import FiledScorecard
from maturity.scoring.score import Scorer
from maturity.sources.load import Loaded, load
from maturity.sources.shelf import fits, on_shelf, open_questionnaire, open_rubric, rubric_for

SEVERAL_QUESTIONNAIRES = Kind(
    "I005",
    "error",
    "The answers are to several questionnaires: {found}.",
    "Score the answers to each questionnaire on their own.{hint}",
)
RUBRIC_MISFIT = Kind(
    "I006",
    "error",
    "Rubric {rubric} does not score questionnaire {questionnaire}.",
    "Choose another with --rubric: 'maturity list' shows what is bundled.",
)
OTHER_QUESTIONNAIRE = Kind(
    "I007",
    "error",
    "These answers are to questionnaire {found}, and {given} was named.",
    "Name the questionnaire that was answered, or leave -q out.{hint}",
)


NO_QUESTIONNAIRE_BESIDE = Kind(
    "I008",
    "error",
    "Questionnaire '{id}' ({versions}), which this rubric scores, is neither bundled nor in this folder.",
    "Name its file with -q.",
)


@dataclass(frozen=True, slots=True)
class Scored:
    """An assessment, whose it is, and what it scores."""

    organisation: Organisation
    assessment: Assessment
    scorecard: Scorecard

    @property
    def filed(self) -> FiledScorecard:
        """The scorecard with whose it is, as it is filed."""
        whose = self.organisation
        return FiledScorecard(whose.code, whose.name, self.assessment.status, self.scorecard)


def scorer_for(
    assessments: list[Collected],
    rubric_name: str | None,
    questionnaire_name: str | None,
    register: Register | None = None,
) -> Scorer:
    """The scorer of these assessments (at least one), whose organisations are in `register` (else Wales's). Raises
    MaturityError where no single one scores them all."""
    wanted = sorted({(c.held.questionnaire.id, c.held.questionnaire.version) for c in assessments})
    place = Place(assessments[0].source)
    if len(wanted) > 1:
        found = ", ".join(f"{name}@{version}" for name, version in wanted)
        newest = max((version for name, version in wanted if name == wanted[0][0]), key=version_key)
        same = len({name for name, _ in wanted}) == 1
        details = {"found": found, "hint": _migrate(newest) if same else ""}
        raise MaturityError(Problem(SEVERAL_QUESTIONNAIRES, place, details))
    name, version = wanted[0]
    questionnaire, asked = open_questionnaire(questionnaire_name or f"{name}@{version}")
    if (questionnaire.id, questionnaire.version) != (name, version):
        given = f"{questionnaire.id}@{questionnaire.version}"
        newer = questionnaire.id == name and version_key(questionnaire.version) > version_key(version)
        details = {
            "found": f"{name}@{version}",
            "given": given,
            "hint": _migrate(questionnaire.version) if newer else "",
        }
        raise MaturityError(Problem(OTHER_QUESTIONNAIRE, place, details))
    rubric, valued = open_rubric(rubric_name) if rubric_name else rubric_for(name, version)
    if not fits(rubric, name, version):
        details = {"rubric": f"{rubric.id}@{rubric.version}", "questionnaire": f"{name}@{version}"}
        raise MaturityError(Problem(RUBRIC_MISFIT, valued.document.place(("questionnaire",)), details))
    return _checked(questionnaire, asked, rubric, valued, register)


def _migrate(version: str) -> Phrase:
    return Phrase(
        " Or carry the older answers over first: 'maturity migrate PATH --to {version}'.", version=version
    )


def scorer_of(rubric_name: str, questionnaire_name: str | None = None) -> Scorer:
    """The scorer of a rubric (id, id@version or file) and the questionnaire named, or else its own: the newest that is
    bundled, or one in the folder of the rubric's file.

    Raises MaturityError.
    """
    rubric, valued = open_rubric(rubric_name)
    questionnaire, asked = open_questionnaire(questionnaire_name or _questionnaire_for(rubric, valued))
    return _checked(questionnaire, asked, rubric, valued)


def _questionnaire_for(rubric: Rubric, valued: Loaded) -> str:
    """The newest bundled questionnaire that a rubric scores, or else one in the folder of its file."""
    bundled = [str(e) for e in on_shelf("questionnaire") if fits(rubric, e.id, e.version)]
    if bundled:
        return bundled[-1]
    beside = []
    for path in sorted(valued.path.parent.glob("*.yaml")):
        found = load(path).model if path != valued.path else None
        if isinstance(found, Questionnaire) and fits(rubric, found.id, found.version):
            beside.append((version_key(found.version), str(path)))
    if beside:
        return max(beside)[1]
    wanted = rubric.questionnaire
    details = {"id": wanted.id, "versions": wanted.versions}
    raise MaturityError(valued.document.problem(NO_QUESTIONNAIRE_BESIDE, ("questionnaire",), **details))


def _checked(
    questionnaire: Questionnaire,
    asked: Loaded,
    rubric: Rubric,
    valued: Loaded,
    register: Register | None = None,
) -> Scorer:
    subject = ValuedSubject(valued.document, rubric, questionnaire)
    found = [
        p for rule in rules("questionnaires") for p in rule.check(AskedSubject(asked.document, questionnaire))
    ]
    found += [p for rule in rules("rubrics") for p in rule.check(subject)]
    errors = [problem for problem in found if problem.kind.severity == "error"]
    if errors:
        raise MaturityError(*errors)
    return Scorer.of(questionnaire, asked, rubric, valued, register)


@dataclass(frozen=True, slots=True)
class Scores:
    """Each assessment's scorecard, in the same order, made when it is come to and not held: scorecards of thousands of
    councils would take much memory. Whoever goes through them again has them made again."""

    scorer: Scorer
    assessments: Sequence[Collected]

    def __len__(self) -> int:
        return len(self.assessments)

    def __iter__(self) -> Iterator[Scored]:
        for one in self.assessments:
            assessment = one.assessment
            yield Scored(one.organisation, assessment, self.scorer.score(assessment, one.source, one.digest))


def score_all(scorer: Scorer, assessments: Sequence[Collected]) -> list[Scored]:
    """Each assessment's scorecard, in the same order."""
    return list(Scores(scorer, assessments))


def by_period(scored: list[Scored]) -> dict[str, dict[str, tuple[Assessment, Scorecard]]]:
    """Period → organisation's code → its answers and scorecard, earliest period first."""
    periods: dict[str, dict[str, tuple[Assessment, Scorecard]]] = defaultdict(dict)
    for one in scored:
        periods[one.assessment.period][one.organisation.code] = (one.assessment, one.scorecard)
    return dict(sorted(periods.items()))
