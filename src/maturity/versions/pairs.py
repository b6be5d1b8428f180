"""What of OLD is compared with what of NEW: each version that is new with the one before it, by ids and not by file names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maturity.models.base import version_key
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.load import Loaded
from maturity.versions.changes import Subject
from maturity.versions.compare import Pair
from maturity.versions.editions import Edition, Key, Version, asked_file, rubric_file
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
    """Two files to compare, each with the side that it is from: a version's predecessor can be on its own side.

    `in_place` is set where they are one version, which was published and says something else now.
    """

    subject: Subject
    old: Loaded
    new: Loaded
    old_side: Edition
    new_side: Edition
    in_place: bool = False


def matches(before: Edition, after: Edition) -> list[Match]:
    """Questionnaires first. Where no id is on both sides, the only two of a kind are compared. Raises MaturityError.

    Of two folders or revisions every version that is new, or changed in place, is compared; else the newest on each side.
    """
    found: list[Match] = []
    for key in sorted(before.files, key=lambda key: (SUBJECTS.index(key[0]), key[1])):
        several = list(_versions(key, before, after)) if before.folder and after.folder else []
        found += several or _newest(key, key, before, after)
    found = found or list(_only_ones(before, after))
    if not found:
        details = {"old": _held(before), "new": _held(after)}
        raise MaturityError(Problem(NOTHING_COMMON, Place(after.name), details))
    return found


def _versions(key: Key, before: Edition, after: Edition) -> Iterator[Match]:
    """What NEW changed in place, and what it adds, each with its predecessor; oldest first."""
    ours, theirs = before.files[key], after.files.get(key, {})
    for version, new in sorted(theirs.items()):
        old, side = ours.get(version), before
        if old is not None and old.digest == new.digest:
            continue
        in_place = old is not None and not max(ours) == max(theirs) == version
        if old is None:
            known = theirs | ours
            predecessor = _predecessor(version, new, known)
            if predecessor is None:
                continue
            old, side = known[predecessor], before if predecessor in ours else after
        yield Match(key[0], old, new, side, after, in_place)


def _predecessor(version: Version, new: Loaded, known: dict[Version, Loaded]) -> Version | None:
    """The version that it says it supersedes, where that is at hand, else the next lower one; None where there is none."""
    if isinstance(new.model, Rubric) and new.model.supersedes:
        said = version_key(new.model.supersedes)
        if said in known and said != version:
            return said
    return max((v for v in known if v < version), default=None)


def _newest(old_key: Key, new_key: Key, before: Edition, after: Edition) -> list[Match]:
    old, new = before.newest(old_key), after.newest(new_key)
    return [Match(old_key[0], old, new, before, after)] if old is not None and new is not None else []


def _only_ones(before: Edition, after: Edition) -> Iterator[Match]:
    for subject in SUBJECTS:
        ours, theirs = ([key for key in side.files if key[0] == subject] for side in (before, after))
        if len(ours) == len(theirs) == 1:
            yield from _newest(ours[0], theirs[0], before, after)


def pair_of(match: Match) -> Pair:
    """The models of a match, with the migration between their questionnaires and the rubrics that score them."""
    assert isinstance(match.old.model, Questionnaire | Rubric)
    assert isinstance(match.new.model, Questionnaire | Rubric)
    before, after = match.old_side, match.new_side
    was, now = _questionnaire(match.old, before), _questionnaire(match.new, after)
    asked = _between(was, now, after) if was and now else None
    scoring = (rubric_file(match.old, before), rubric_file(match.new, after))
    return Pair(
        match.subject,
        match.old.model,
        match.new.model,
        match.old,
        match.new,
        names=asked.names if asked else NONE,
        migration=asked.migration if asked else None,
        rubrics=tuple(f.model for f in scoring if f is not None and isinstance(f.model, Rubric)),
        judgements=tuple(after.judgements),
        asked=asked if match.subject == "rubric" else None,
    )


def _between(was: Loaded, now: Loaded, after: Edition) -> Pair:
    """The questionnaires that belong to two files, which can be these files themselves."""
    old, new = was.model, now.model
    assert isinstance(old, Questionnaire)
    assert isinstance(new, Questionnaire)
    migration = migration_between(old, new, after.migrations)
    return Pair("questionnaire", old, new, was, now, names=renames(old, new, migration), migration=migration)


def _questionnaire(file: Loaded, side: Edition) -> Loaded | None:
    return file if isinstance(file.model, Questionnaire) else asked_file(file, side)


def _held(side: Edition) -> str:
    return ", ".join(f"{subject} {name}" for subject, name in side.files)
