"""From version to version: which migrations lead there, one after the other, and carrying an assessment along them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from maturity.models.assessment import Assessment
from maturity.models.base import version_key, within
from maturity.models.migration import Migration
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.shelf import on_shelf, open_migration, open_questionnaire
from maturity.versions.mapping import Way
from maturity.versions.migrate import Migrated, Waiting, migrate, migrate_back

NO_VERSION = Kind(
    "M001",
    "error",
    "There is no version {version} of questionnaire '{id}' here.",
    "These are at hand: {known}. Name files that are not bundled with --with.",
)
NO_WAY = Kind(
    "M002",
    "error",
    "No migration leads from {id} {start} to {end}.",
    "Write one that is said to lead to the later version (docs/migrations.md), and name it with --with.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One migration on the way; `migration` is None between versions that need none."""

    old: Questionnaire
    new: Questionnaire
    migration: Migration | None
    backwards: bool = False

    @property
    def versions(self) -> tuple[str, str]:
        """From which version to which."""
        pair = self.old.version, self.new.version
        return (pair[1], pair[0]) if self.backwards else pair


@dataclass(frozen=True, slots=True)
class Journey:
    """Where an assessment has come by its steps, what happened at each, and what awaits an answer at the end."""

    assessment: Assessment
    steps: tuple[tuple[Step, Migrated], ...]
    waiting: tuple[Waiting, ...]


@dataclass
class AtHand:
    """Questionnaires and migrations: those that were named, and those that are bundled.

    `files` are those of the questionnaires that were named, by id@version.
    """

    questionnaires: tuple[Questionnaire, ...] = ()
    migrations: tuple[Migration, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    _routes: dict[tuple[str, str, str], tuple[Step, ...]] = field(default_factory=dict)

    def versions(self, id_: str) -> list[str]:
        """The versions of a questionnaire, oldest first."""
        named = {q.version for q in self.questionnaires if q.id == id_}
        bundled = {entry.version for entry in on_shelf("questionnaire") if entry.id == id_}
        return sorted(named | bundled, key=version_key)

    def questionnaire(self, id_: str, version: str) -> Questionnaire:
        """Raises MaturityError where it is not at hand."""
        for one in self.questionnaires:
            if (one.id, one.version) == (id_, version):
                return one
        if version not in self.versions(id_):
            known = ", ".join(self.versions(id_)) or "none"
            raise MaturityError(
                Problem(NO_VERSION, Place(id_), {"id": id_, "version": version, "known": known})
            )
        return open_questionnaire(f"{id_}@{version}")[0]

    def migration(self, id_: str, start: str, end: str) -> Migration | None:
        """The one that carries answers to `start` over to the later `end`. Raises MaturityError if it is broken."""
        for one in self.migrations:
            if one.questionnaire == id_ and one.to == end and within(start, one.from_):
                return one
        if any((entry.id, entry.version) == (id_, end) for entry in on_shelf("migration")):
            one = open_migration(id_, end)[0]
            return one if within(start, one.from_) else None
        return None

    def route(self, id_: str, start: str, end: str) -> tuple[Step, ...]:
        """The fewest steps between two versions. Raises MaturityError where none lead there."""
        key = (id_, start, end)
        if key not in self._routes:
            for version in (start, end):
                self.questionnaire(id_, version)
            backwards = version_key(end) < version_key(start)
            first, last = (end, start) if backwards else (start, end)
            steps = self._steps(id_, first, last)
            if steps is None:
                raise MaturityError(Problem(NO_WAY, Place(id_), {"id": id_, "start": start, "end": end}))
            turned = [replace(step, backwards=True) for step in reversed(steps)] if backwards else steps
            self._routes[key] = tuple(turned)
        return self._routes[key]

    def _steps(self, id_: str, first: str, last: str) -> list[Step] | None:
        """Breadth first; of equally few steps, those by the latest versions."""
        versions = [
            v for v in self.versions(id_) if version_key(first) <= version_key(v) <= version_key(last)
        ]
        waiting: deque[tuple[str, list[Step]]] = deque([(first, [])])
        seen = {first}
        while waiting:
            here, steps = waiting.popleft()
            if here == last:
                return steps
            for there in reversed(versions):
                if there in seen or version_key(there) < version_key(here):
                    continue
                migration = self.migration(id_, here, there)
                if migration is not None or version_key(here)[0] == version_key(there)[0]:
                    seen.add(there)
                    pair = self.questionnaire(id_, here), self.questionnaire(id_, there)
                    waiting.append((there, [*steps, Step(*pair, migration)]))
        return None


def travel(
    assessment: Assessment, steps: Iterable[Step], attributes: Mapping[str, object] | None = None
) -> Journey:
    """Carries the assessment along the steps. What waits after one waits after the next, if that does not answer it."""
    taken: list[tuple[Step, Migrated]] = []
    waiting: tuple[Waiting, ...] = ()
    for step in steps:
        go = migrate_back if step.backwards else migrate
        migrated = go(assessment, step.old, step.new, step.migration, attributes)
        taken.append((step, migrated))
        assessment = migrated.assessment
        waiting = (*_still(waiting, step, migrated), *migrated.waiting)
    return Journey(assessment, tuple(taken), waiting)


def _still(waiting: tuple[Waiting, ...], step: Step, migrated: Migrated) -> Iterable[Waiting]:
    """What waited before this step, by the ids after it."""
    way = Way.of(step.old, step.new, step.migration)
    way = way.back if step.backwards else way
    told = {one.question for one in migrated.waiting}
    for one in waiting:
        for question in way.links.get(one.question, ()):
            if question not in migrated.assessment.answers and question not in told:
                there = {o.id for o in way.end.questions[question].choices}
                yield replace(
                    one, question=question, candidates=tuple(c for c in one.candidates if c in there)
                )
