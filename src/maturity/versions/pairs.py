"""What of OLD is compared with what of NEW: the newest versions of the same id, by ids and not by file names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.load import Loaded
from maturity.versions.changes import Subject
from maturity.versions.compare import Pair
from maturity.versions.editions import Edition, asked_file, rubric_file
from maturity.versions.owed import migration_between
from maturity.versions.renames import NONE, renames

NOTHING_COMMON = Kind(
    "D013",
    "error",
    "OLD and NEW have nothing in common: {old} and {new}.",
    "Name two versions of one questionnaire or of one rubric.",
)
SUBJECTS: tuple[Subject, ...] = ("questionnaire", "rubric")


@dataclass(frozen=True, slots=True)
class Match:
    """Two files to compare."""

    subject: Subject
    old: Loaded
    new: Loaded


def matches(before: Edition, after: Edition) -> list[Match]:
    """Questionnaires first. Where no id is on both sides, the only two of a kind are compared. Raises MaturityError."""
    found = [
        Match(key[0], old, new)
        for key in sorted(before.files, key=lambda key: (SUBJECTS.index(key[0]), key[1]))
        if (old := before.newest(key)) is not None and (new := after.newest(key)) is not None
    ] or list(_only_ones(before, after))
    if not found:
        details = {"old": _held(before), "new": _held(after)}
        raise MaturityError(Problem(NOTHING_COMMON, Place(after.name), details))
    return found


def _only_ones(before: Edition, after: Edition) -> Iterator[Match]:
    for subject in SUBJECTS:
        ours, theirs = ([key for key in side.files if key[0] == subject] for side in (before, after))
        if len(ours) == len(theirs) == 1:
            old, new = before.newest(ours[0]), after.newest(theirs[0])
            if old is not None and new is not None:
                yield Match(subject, old, new)


def pair_of(match: Match, before: Edition, after: Edition) -> Pair:
    """The models of a match, with the migration between their questionnaires and the rubrics that score them."""
    assert isinstance(match.old.model, Questionnaire | Rubric)
    assert isinstance(match.new.model, Questionnaire | Rubric)
    was, now = _questionnaire(match.old, before), _questionnaire(match.new, after)
    migration = migration_between(was, now, after.migrations) if was and now else None
    scoring = (rubric_file(match.old, before), rubric_file(match.new, after))
    rubrics = tuple(f.model for f in scoring if f is not None and isinstance(f.model, Rubric))
    return Pair(
        match.subject,
        match.old.model,
        match.new.model,
        match.old,
        match.new,
        names=renames(was, now, migration) if was and now else NONE,
        migration=migration,
        rubrics=rubrics,
        judgements=tuple(after.judgements),
    )


def _questionnaire(file: Loaded, side: Edition) -> Questionnaire | None:
    found = file if isinstance(file.model, Questionnaire) else asked_file(file, side)
    return found.model if found is not None and isinstance(found.model, Questionnaire) else None


def _held(side: Edition) -> str:
    return ", ".join(f"{subject} {name}" for subject, name in side.files)
