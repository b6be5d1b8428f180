"""From paths to assessments: each file read by what it is, all problems together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.checks.validate import SUBMITTED_TWICE
from maturity.intake.findings import NO_ANSWERS
from maturity.intake.held import Held
from maturity.intake.other_sets import OTHER_ANSWERS, Unsound, rivalled, same_answers
from maturity.intake.reading import Asked, Manner, ToRead
from maturity.intake.workers import readings
from maturity.models.assessment import Assessment
from maturity.models.problem import Phrase, Place, Problem
from maturity.models.register import Organisation, Register
from maturity.scoring.score import answers_digest
from maturity.sources.search import find_files

if TYPE_CHECKING:
    from maturity.intake.tables import How


@dataclass(frozen=True, slots=True)
class Collected:
    """One sound assessment, whole or as scoring looks at it, and where it was read."""

    held: Assessment | Held
    organisation: Organisation
    source: str
    digest: str
    place: Place

    @property
    def assessment(self) -> Assessment:
        """The assessment; made anew each time where it is held small."""
        return self.held.assessment() if isinstance(self.held, Held) else self.held


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
    periods describe. `workers` is how many processes read; without it, as many as pay. Without `texts` nothing is kept
    at which scoring does not look, such as notes and evidence: ten thousand files take little memory then; digests are
    of the whole all the same. The result comes in the order of the paths, folders sorted by name, tables by row.

    Raises MaturityError where the mapping is not sound.
    """
    manner = Manner(register, asked, _how(asked, mapping, period, register), texts)
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
            for held, place in reading.answers:
                _add(held, place, register, collection, seen)
            progress(done, len(files))
    _leave_out_rivalled(collection)
    return collection


def _leave_out_rivalled(collection: Collection) -> None:
    """Where one of two sets of answers has errors, nobody knows that the other is the one that counts."""
    if not collection.unsound:
        return
    sets = ((one.organisation, one.held, one.place) for one in collection.assessments)
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
    held: Assessment | Held, place: Place, register: Register, collection: Collection, seen: _Seen
) -> None:
    """Keeps a sound assessment, unless it holds nothing or another file had this council's answers already.

    Where the two differ neither counts: which file comes first by name says nothing of whose answers are the council's.
    """
    organisation = register.find(held.organisation)
    if organisation is None:
        return
    if isinstance(held, Held):
        given, digest = held.given, held.digest
    else:
        given, digest = any(answer.given for answer in held.answers.values()), answers_digest([held])
    if not given:
        collection.problems.append(Problem(NO_ANSWERS, place))
        return
    one = Collected(held, organisation, str(place), digest, place)
    key = (organisation.code, held.period, held.questionnaire.id)
    other = seen.setdefault(key, one)
    if other is one:
        collection.assessments.append(one)
        return
    details = {"organisation": organisation.name, "period": held.period, "other": other.source}
    if same_answers(one.assessment, other.assessment):
        hint = Phrase(" Both say the same, and that one counts.")
        collection.problems.append(Problem(SUBMITTED_TWICE, place, {**details, "hint": hint}))
        return
    collection.problems.append(Problem(OTHER_ANSWERS, place, details))
    collection.unsound.append(Unsound(*key, place, OTHER_ANSWERS))
