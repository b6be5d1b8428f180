"""From paths to assessments: each file read by what it is, all problems together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

from maturity.checks.validate import SUBMITTED_TWICE
from maturity.intake.findings import NO_ANSWERS
from maturity.intake.other_sets import OTHER_ANSWERS, Unsound, rivalled, same_answers
from maturity.intake.reading import Asked, Manner, ToRead
from maturity.intake.workers import readings
from maturity.models.assessment import Answer, Assessment
from maturity.models.problem import Phrase, Place, Problem
from maturity.models.register import Organisation, Register
from maturity.scoring.score import answers_digest
from maturity.sources.search import find_files

if TYPE_CHECKING:
    from maturity.intake.tables import How


@dataclass(frozen=True, slots=True)
class Collected:
    """One sound assessment and where it was read."""

    assessment: Assessment
    organisation: Organisation
    source: str
    digest: str
    place: Place


_Seen = dict[tuple[str, str, str], Collected]
"""Whose answers were read already: by the council's code, the period and the questionnaire's id."""


@dataclass(slots=True)
class Collection:
    """All that was read, all that is wrong, the files in folders that are not answers at all, and whose answers have
    errors."""

    assessments: list[Collected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)
    unsound: list[Unsound] = field(default_factory=list)


def collect(
    paths: Sequence[Path],
    register: Register,
    asked: Asked | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    mapping: Path | None = None,
    period: str | None = None,
    workers: int | None = None,
    texts: bool = True,
) -> Collection:
    """Reads every assessment under `paths`; problems are collected over all files, none is raised.

    `asked` is a questionnaire, with the file it was loaded from, that stands in for the bundled ones. `progress` is told how many files
    of how many are read. `mapping` is a file that says how to read tables, `period` what tables without a column of
    periods describe. `workers` is how many processes read; without it, as many as pay. Without `texts` no notes and
    no evidence are kept, at which scoring does not look: ten thousand files take little memory then; digests are of the
    whole all the same. The result comes in the order of the paths, folders sorted by name, tables by row.

    Raises MaturityError where the mapping is not sound.
    """
    manner = Manner(register, asked, _how(asked, mapping, period, register))
    found = find_files(paths)
    files = [ToRead(path, path in found.named) for path in found.files]
    collection = Collection(problems=list(found.problems), left_aside=list(found.left_aside))
    seen: _Seen = {}
    progress(0, len(files))
    with closing(readings(files, manner, workers)) as read:
        for done, (file, reading) in enumerate(zip(files, read, strict=True), 1):
            collection.problems += reading.problems
            collection.unsound += reading.unsound
            collection.left_aside += [file.path] if reading.left_aside else []
            for assessment, place in reading.answers:
                _add(assessment, place, register, collection, seen, texts)
            progress(done, len(files))
    _leave_out_rivalled(collection)
    return collection


def _leave_out_rivalled(collection: Collection) -> None:
    """Where one of two sets of answers has errors, nobody knows that the other is the one that counts."""
    sets = [(one.organisation, one.assessment, one.place) for one in collection.assessments]
    left = dict(rivalled(sets, collection.unsound))
    collection.problems += left.values()
    collection.assessments = [one for n, one in enumerate(collection.assessments) if n not in left]


def _how(asked: Asked | None, mapping: Path | None, period: str | None, register: Register) -> How:
    from maturity.intake.tables import How

    questionnaire = asked[0] if asked else None
    if mapping is None:
        return How(questionnaire, period)
    from maturity.intake.mapping import open_mapping

    return How(questionnaire, period, open_mapping(mapping, register, questionnaire))


def _add(
    assessment: Assessment,
    place: Place,
    register: Register,
    collection: Collection,
    seen: _Seen,
    texts: bool,
) -> None:
    """Keeps a sound assessment, unless it holds nothing or another file had this council's answers already.

    Where the two differ neither counts: which file comes first by name says nothing of whose answers are the council's.
    """
    organisation = register.find(assessment.organisation)
    if organisation is None:
        return
    if not any(answer.given for answer in assessment.answers.values()):
        collection.problems.append(Problem(NO_ANSWERS, place))
        return
    digest = answers_digest([assessment])
    one = Collected(assessment if texts else _bare(assessment), organisation, str(place), digest, place)
    key = (organisation.code, assessment.period, assessment.questionnaire.id)
    other = seen.setdefault(key, one)
    if other is one:
        collection.assessments.append(one)
        return
    details = {"organisation": organisation.name.to("en"), "period": assessment.period, "other": other.source}
    if same_answers(assessment, other.assessment):
        hint = Phrase(" Both say the same, and that one counts.")
        collection.problems.append(Problem(SUBMITTED_TWICE, place, {**details, "hint": hint}))
        return
    collection.problems.append(Problem(OTHER_ANSWERS, place, details))
    collection.unsound.append(Unsound(*key, place, OTHER_ANSWERS))


def _bare(assessment: Assessment) -> Assessment:
    """Without notes and evidence. The same answer of thousands of councils is one thing in memory then."""
    answers = {
        intern(question): _bare_answer(answer.value, answer.not_applicable, answer.reason)
        for question, answer in assessment.answers.items()
    }
    return assessment.model_copy(update={"answers": answers})


@lru_cache(maxsize=5_000)
def _bare_answer(value: Any, not_applicable: bool, reason: str | None) -> Answer:
    return Answer(value=value, not_applicable=not_applicable, reason=reason)
