"""What is owed for the changes: a version that rises far enough, and a migration for answers that no longer fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maturity.models.base import version_key
from maturity.models.judgements import Judgements
from maturity.models.migration import Migration
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.load import Loaded
from maturity.versions.changes import SIZES, Bump, Change, Compared, Effect, bump_between, bumped
from maturity.versions.compare import Pair, changes_of, judged_in
from maturity.versions.ranges import bounds

TOO_SMALL = Kind(
    "D001",
    "error",
    "From {old} to {new} is {given}, and what changed owes {owed}.",
    "Give it version {wanted}.",
)
BACKWARDS = Kind(
    "D002",
    "error",
    "The new version, {new}, is below the old one, {old}.",
    "Give it version {wanted}, or swap OLD and NEW.",
)
NO_MIGRATION = Kind(
    "D003",
    "error",
    "Answers to {old} do not fit {new}, and no migration carries them over.",
    "Write 'migration-{to}.yaml' beside the questionnaire: {entries}.",
)
NOT_CARRIED = Kind(
    "D004",
    "error",
    "The migration to {to} does not say what becomes of answers to {what}.",
    "Add an entry with 'from: [{question}]' that carries them over or says 'dropped: true'.",
)
NOT_JUDGED = Kind(
    "D005",
    "warning",
    "Nothing changed, or nothing that people judge, at '{change}'.",
    "Correct the address as 'maturity diff' writes it, or delete the entry.",
)
NOT_THESE = Kind(
    "D006",
    "warning",
    "What is judged here holds for {id} from {start} to {end}, and {compared} is compared: none of it counts.",
    "Correct 'id', 'from' and 'to', or give the file the name of the version that it is about.",
)
SAYS = {
    Bump.none: Phrase("no step"),
    Bump.patch: Phrase("a patch"),
    Bump.minor: Phrase("a minor version"),
    Bump.major: Phrase("a major version"),
}


def problems_of(
    pair: Pair, compared: Compared, migrations: Iterable[Migration], *, in_place: bool = False
) -> Iterator[Problem]:
    """A version that rises too little, answers that no migration carries, judgements of nothing.

    Where a published version changed `in_place`, nothing is owed but that it is put back.
    """
    if in_place:
        return
    yield from _bump(pair, compared)
    breaking = [c for c in compared.changes if c.effect is Effect.breaks_answers]
    if breaking and isinstance(pair.new, Questionnaire):
        yield from _carried(pair, breaking)
    elif isinstance(pair.new, Rubric) and isinstance(pair.old, Rubric):
        yield from _range_carried(pair, breaking, migrations)
    known = {c.address for c in compared.changes if c.judged or c.effect is Effect.different_bar}
    for judged, place in judged_in(pair):
        if judged.change.startswith(f"{pair.subject}/") and judged.change not in known:
            yield Problem(NOT_JUDGED, place, {"change": judged.change})


def passed_over(judgements: Iterable[Loaded], compared: Sequence[Compared]) -> Iterator[Problem]:
    """Judgements that lie beside a new version, by their name or by what stands in them, and are for others."""
    for file in judgements:
        noted = file.model
        if not isinstance(noted, Judgements):
            continue
        folder, _, name = file.document.file.rpartition("/")
        subjects = {judged.change.partition("/")[0] for judged in noted.judged}
        versions = (noted.id, noted.from_, noted.to)
        about = [
            one for one in compared if one.subject in subjects or not subjects & {"questionnaire", "rubric"}
        ]
        if any(versions == (one.id, one.old_version, one.new_version) for one in about):
            continue
        for one in about:
            meant = name.startswith(f"judged-{one.new_version}.") or noted.to == one.new_version
            if meant and one.new_file.rpartition("/")[0] == folder and one.old_version != one.new_version:
                name = f"{one.id} {one.old_version} → {one.new_version}"
                what = (
                    Phrase("rubric {name}", name=name)
                    if one.subject == "rubric"
                    else Phrase("questionnaire {name}", name=name)
                )
                details = {"id": noted.id, "start": noted.from_, "end": noted.to, "compared": what}
                yield file.document.problem(NOT_THESE, ("to",), **details)
                break


def _bump(pair: Pair, compared: Compared) -> Iterator[Problem]:
    given, owed = compared.given, compared.owed
    details = {
        "old": compared.old_version,
        "new": compared.new_version,
        "owed": SAYS[owed],
        "wanted": bumped(compared.old_version, max(owed, Bump.patch, key=SIZES.index)),
    }
    if given is None:
        yield pair.new_file.document.problem(BACKWARDS, ("version",), **details)
    elif SIZES.index(given) < SIZES.index(owed):
        yield pair.new_file.document.problem(TOO_SMALL, ("version",), given=SAYS[given], **details)


def _carried(pair: Pair, breaking: list[Change]) -> Iterator[Problem]:
    if pair.migration is None:
        questions = list(dict.fromkeys(c.question for c in breaking if c.question))
        names = ", ".join(questions[:3])
        more = len(questions) - 3
        shown = Phrase("{names} and {n} more", names=names, n=more) if more > 0 else names
        to = _owed_version(pair)
        details = {
            "id": pair.new.id,
            "old": f"{pair.old.id}@{pair.old.version}",
            "new": f"{pair.new.id}@{to}",
            "to": to,
            "entries": Phrase("an entry each for {questions}", questions=shown)
            if questions
            else Phrase("an entry for each question"),
        }
        yield pair.new_file.document.problem(NO_MIGRATION, ("version",), **details)
        return
    told = set()
    for change in breaking:
        what = (
            change.question
            if change.option is None
            else Phrase("{question}, option {option}", question=change.question, option=change.option)
        )
        if change.question is None or carries(pair.migration, change) or str(what) in told:
            continue
        told.add(str(what))
        details = {"to": pair.migration.to, "what": what, "question": change.question}
        place = change.old_place or pair.new_file.document.place()
        yield Problem(NOT_CARRIED, place, details)


def _owed_version(pair: Pair) -> str:
    """The version of the questionnaire that answers are to be carried to: its own where it rose far enough."""
    old, new = pair.old.version, pair.new.version
    return new if bump_between(old, new) is Bump.major else bumped(old, Bump.major)


def carries(migration: Migration, change: Change) -> bool:
    """Whether a migration says what becomes of the answers that a change makes unfit."""
    entries = [c for c in migration.changes if change.question in c.from_]
    if change.option is None or change.what not in ("gone", "renamed"):
        return bool(entries)
    return any(
        c.dropped or c.rules is not None or c.bands is not None or (c.options and change.option in c.options)
        for c in entries
    )


def migration_between(
    old: Questionnaire, new: Questionnaire, migrations: Iterable[Migration]
) -> Migration | None:
    """The migration that carries answers from one version to the other, or None."""
    for migration in migrations:
        low, high = bounds(migration.from_)
        fits = low <= version_key(old.version) < high
        if (migration.questionnaire, migration.to) == (new.id, new.version) and fits:
            return migration
    return None


def _range_carried(pair: Pair, breaking: list[Change], migrations: Iterable[Migration]) -> Iterator[Problem]:
    """A rubric that no longer scores answers which it scored needs a migration of these to a version that it scores."""
    if not any(change.address.startswith("rubric/questionnaire/") for change in breaking):
        return
    assert isinstance(pair.old, Rubric)
    assert isinstance(pair.new, Rubric)
    before, after = pair.old.questionnaire, pair.new.questionnaire
    (low, high), (lower, higher) = bounds(before.versions), bounds(after.versions)
    if before.id == after.id:
        if pair.asked is not None:
            # A range that only narrowed leaves no answer behind while the questions are the same.
            if all(c.effect is not Effect.breaks_answers for c in changes_of(pair.asked)):
                return
        elif lower <= low:
            return
    for migration in migrations:
        least, most = bounds(migration.from_)
        arrives = lower <= version_key(migration.to) < higher
        if migration.questionnaire == after.id and arrives and max(low, least) < min(high, most):
            return
    details = {
        "id": after.id,
        "old": f"{before.id} {before.versions}",
        "new": f"{after.id} {after.versions}",
        "to": _owed_version(pair.asked) if pair.asked else ".".join(map(str, lower)),
        "entries": Phrase("an entry for each question that changed"),
    }
    yield pair.new_file.document.problem(NO_MIGRATION, ("questionnaire", "versions"), **details)
