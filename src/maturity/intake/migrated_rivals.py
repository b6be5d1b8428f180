"""Questionnaires and migrations that say different things under one name, so that either could be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from maturity.models.migration import Migration
from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.shelf import on_shelf, open_migration, open_questionnaire
from maturity.versions.ranges import bounds

OTHER_QUESTIONNAIRE = Kind(
    "M008",
    "error",
    "This is {name}, and so is '{other}', which says something else.",
    "Name one of them with --with; give the other another version. What is bundled is always at hand.",
)
OTHER_MIGRATION = Kind(
    "M009",
    "error",
    "This leads from versions {from_} of {name}, and so does '{other}', which says something else.",
    "Name one of them with --with; or let their ranges not overlap. What is bundled is always at hand.",
)

Named = tuple[Path, Questionnaire | Migration]


def rivals(named: Sequence[Named]) -> list[Problem]:
    """A finding for each that says otherwise than one named before it, or than one that is bundled. A copy of the
    same content is none."""
    found: list[Problem] = []
    for number, (path, model) in enumerate(named):
        known = [*((str(p), m) for p, m in named[:number]), *_bundled(model)]
        other = next((name for name, one in known if one != model and _same_name(one, model)), None)
        if other is not None and isinstance(model, Migration):
            name = Phrase("{questionnaire} to {version}", questionnaire=model.questionnaire, version=model.to)
            details = {"from_": model.from_, "name": name, "other": other}
            found.append(Problem(OTHER_MIGRATION, Place(str(path)), details))
        elif other is not None and isinstance(model, Questionnaire):
            details = {"name": f"{model.id}@{model.version}", "other": other}
            found.append(Problem(OTHER_QUESTIONNAIRE, Place(str(path)), details))
    return found


def _same_name(one: Questionnaire | Migration, other: Questionnaire | Migration) -> bool:
    """Whether both would be taken for one pair of id and version, or for one way between versions."""
    if isinstance(one, Questionnaire) and isinstance(other, Questionnaire):
        return (one.id, one.version) == (other.id, other.version)
    if not (isinstance(one, Migration) and isinstance(other, Migration)):
        return False
    (low, high), (least, beyond) = bounds(one.from_), bounds(other.from_)
    overlap = max(low, least) < min(high, beyond)
    return overlap and (one.questionnaire, one.to) == (other.questionnaire, other.to)


def _bundled(model: Questionnaire | Migration) -> Iterator[tuple[str, Questionnaire | Migration]]:
    """What is bundled under the same id and version, with its file."""
    if isinstance(model, Migration):
        if any((e.id, e.version) == (model.questionnaire, model.to) for e in on_shelf("migration")):
            migration, loaded = open_migration(model.questionnaire, model.to)
            yield str(loaded.path), migration
    elif any((e.id, e.version) == (model.id, model.version) for e in on_shelf("questionnaire")):
        questionnaire, loaded = open_questionnaire(f"{model.id}@{model.version}")
        yield str(loaded.path), questionnaire
