"""Everything that `maturity diff` says: what changed between OLD and NEW, what is owed for it, and whom it moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maturity.checks.rubrics.questions import NOT_AT_HAND
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.scoring.score import Scorer
from maturity.sources.load import Loaded
from maturity.versions.changes import Change, Compared
from maturity.versions.compare import Pair, changes_of
from maturity.versions.editions import Edition, asked_file, edition, errors_in, rubric_file
from maturity.versions.owed import NO_MIGRATION, passed_over, problems_of
from maturity.versions.pairs import Match, matches, pair_of
from maturity.versions.replay import Replay, Stored, replay
from maturity.versions.route import AtHand

CHANGED_UNDER_VERSION = Kind(
    "D030",
    "error",
    "Version {version} of the {subject} '{id}' says something else than in {old}: a published version never changes.",
    "Put back what it said, and give the change a version of its own.",
)
GONE = Kind(
    "D031",
    "error",
    "Version {version} of the {subject} '{id}' was in {old} and is gone: old answers need it.",
    "Put the file back.",
)
NOTHING_TO_SCORE = Kind(
    "D032",
    "error",
    "The answers cannot be scored with this: no {missing} that goes with it is at hand.",
    "Put the {missing} into the folder of the file, or name a folder that holds both.",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, what is owed, what became of stored answers.

    `not_replayed` says which rubrics could score no answers, and why; `notes` are for the person, no findings.
    """

    old: str
    new: str
    compared: tuple[Compared, ...]
    problems: tuple[Problem, ...]
    replays: tuple[Replay, ...] = ()
    not_replayed: tuple[Phrase, ...] = ()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    notes: tuple[Said, ...] = ()

    @property
    def findings(self) -> tuple[Problem, ...]:
        """What makes the versions wrong: a bump that is too small, a migration that is missing."""
        return tuple(p for p in self.problems if p.kind.severity == "error")

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, of questionnaires first."""
        return tuple(change for one in self.compared for change in one.changes)


@dataclass(frozen=True, slots=True)
class Sides:
    """OLD and NEW, opened and matched. `problems` are errors of rubrics, which do not keep them from being compared."""

    before: Edition
    after: Edition
    matched: tuple[Match, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def asked(self) -> tuple[Questionnaire, Loaded] | None:
        """The old questionnaire, against which stored answers are read; None where none is at hand."""
        for match in self.matched:
            file = match.old if match.subject == "questionnaire" else asked_file(match.old, match.old_side)
            if file is not None and isinstance(file.model, Questionnaire):
                return file.model, file
        return None


def open_sides(old: str, new: str, folder: Path | None = None) -> Sides:
    """Opens what OLD and NEW name: files, folders, ``ID@VERSION``, or git revisions (``REV`` or ``REV:PATH``).

    `folder` is where git is asked. Raises MaturityError with all that keeps the two from being compared.
    """
    before, after = _both(old, new, folder)
    matched = matches(before, after)
    wrong = _unsound(matched)
    if any(isinstance(file.model, Questionnaire) for file, _ in wrong):
        raise MaturityError(*_sorted(p for _, problems in wrong for p in problems))
    return Sides(before, after, tuple(matched), _sorted(p for _, problems in wrong for p in problems))


def diff(
    sides: Sides,
    stored: Sequence[Stored] | None = None,
    register: Register | None = None,
) -> Difference:
    """Every change, what is owed for it, and with `stored` answers whom it moves.

    `register` knows who gave the answers. They are carried over where there is a migration.
    """
    before, after, matched = sides.before, sides.after, sides.matched
    compared = []
    for match in matched:
        pair = pair_of(match)
        changes = tuple(replace(c, answers=_answers(c, pair, stored)) for c in changes_of(pair))
        found = Compared(
            pair.subject,
            pair.new.id,
            pair.old.version,
            pair.new.version,
            pair.old_file.document.file,
            pair.new_file.document.file,
            changes,
        )
        told = tuple(problems_of(pair, found, after.migrations, in_place=match.in_place))
        compared.append(replace(found, problems=told))
    problems = _one_migration(p for one in compared for p in one.problems)
    problems += [*passed_over(after.judgements, compared), *_published(sides), *sides.problems]
    replays: tuple[Replay, ...] = ()
    not_replayed: list[Phrase] = []
    if stored is not None and register is not None:
        replays, not_replayed, missing = _replays(sides, stored, register)
        problems += [problem for problem in missing if problem not in problems]
    return Difference(
        old=before.name,
        new=after.name,
        compared=tuple(compared),
        problems=tuple(problems),
        replays=replays,
        not_replayed=tuple(not_replayed),
        only_old=tuple(_alone(before, after, matched)),
        only_new=tuple(_alone(after, before, matched)),
        notes=tuple(note for note in (before.note, after.note) if note),
    )


def _both(old: str, new: str, folder: Path | None) -> tuple[Edition, Edition]:
    """Both sides, or the problems of both together."""
    found: list[Edition] = []
    problems: list[Problem] = []
    for name in (old, new):
        try:
            found.append(edition(name, folder))
        except MaturityError as error:
            problems += error.problems
    if problems:
        raise MaturityError(*_once(problems))
    before, after = found
    before.elsewhere, after.elsewhere = after.all_files, before.all_files
    before.migrations_elsewhere, after.migrations_elsewhere = after.migrations, before.migrations
    return before, after


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Each problem once: both sides can name the same file."""
    return [*{(p.kind.code, p.place, p.message()): p for p in problems}.values()]


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(_once(list(problems)), key=lambda problem: problem.order))


def _one_migration(problems: Iterable[Problem]) -> list[Problem]:
    """One migration that is missing is told once, though questionnaire and rubric both want it."""
    found: dict[object, Problem] = {}
    for problem in problems:
        wanted = (
            (problem.details["id"], problem.details["to"]) if problem.kind is NO_MIGRATION else len(found)
        )
        found.setdefault(wanted, problem)
    return list(found.values())


def _unsound(matched: Sequence[Match]) -> list[tuple[Loaded, list[Problem]]]:
    """The files in which `validate` finds errors. A questionnaire's questions must be told apart by their ids; a rubric
    can be compared though it does not follow its questionnaire yet."""
    wrong = []
    for match in matched:
        for file, side in ((match.old, match.old_side), (match.new, match.new_side)):
            asked = asked_file(file, side)
            found = errors_in(file, asked.model if asked and isinstance(asked.model, Questionnaire) else None)
            # What a rubric says can be compared without its questionnaire.
            found = [p for p in found if p.kind is not NOT_AT_HAND]
            wrong += [(file, found)] if found else []
    return wrong


def _answers(change: Change, pair: Pair, stored: Sequence[Stored] | None) -> int | None:
    """How many stored answers a change of a question concerns: those to it, or those that chose the option."""
    if stored is None or change.question is None:
        return None
    given = [
        answer.value
        for one in stored
        if one.assessment.questionnaire.id == pair.old.id
        and (answer := one.assessment.answers.get(change.question)) is not None
        and answer.given
    ]
    if change.option is None:
        return len(given)
    return sum(change.option == v or (isinstance(v, tuple) and change.option in v) for v in given)


def _published(sides: Sides) -> Iterator[Problem]:
    """Versions that were published and say something else, and those that a revision had and that are gone."""
    before, after = sides.before, sides.after
    for (subject, name), versions in before.files.items():
        others = after.files.get((subject, name), {})
        for version, file in sorted(versions.items()):
            shown = ".".join(map(str, version))
            details = {"version": shown, "subject": subject, "id": name, "old": before.name}
            other = others.get(version)
            compared = max(versions) == version == max(others, default=None)
            if other is not None and other.digest != file.digest and not compared:
                yield other.document.problem(CHANGED_UNDER_VERSION, ("version",), **details)
            elif other is None and others and before.revision and (after.revision or len(others) > 1):
                yield Problem(GONE, Place(after.name), details)


def _replays(
    sides: Sides, stored: Sequence[Stored], register: Register
) -> tuple[tuple[Replay, ...], list[Phrase], list[Problem]]:
    """For each rubric that is compared, or else for each questionnaire: what it does to the answers.

    With the rubrics that could not be replayed, each with the reason, and what is missing for that.
    """
    found: list[Replay] = []
    why_not: list[Phrase] = []
    problems: list[Problem] = []
    rubrics = [m for m in sides.matched if m.subject == "rubric"]
    for match in rubrics or sides.matched:
        scorers: list[Scorer] = []
        for file, side in ((match.old, match.old_side), (match.new, match.new_side)):
            try:
                scorers.append(_scorer(file, side))
            except MaturityError as error:
                problems += [p for p in error.problems if p not in problems]
                why_not.append(_not_replayed(file.document.file, error.problems))
        if len(scorers) == 2:
            at_hand = _at_hand(match.old_side), _at_hand(match.new_side)
            found.append(replay(scorers[0], scorers[1], stored, register, at_hand))
    return tuple(found), list({str(why): why for why in why_not}.values()), problems


def _not_replayed(file: str, wrong: Sequence[Problem]) -> Phrase:
    first = wrong[0].as_phrase()
    if len(wrong) == 1:
        return Phrase("Not replayed, because there is an error in {file}: {first}", file=file, first=first)
    return Phrase(
        "Not replayed, because there are {n} errors in {file}: {first}", n=len(wrong), file=file, first=first
    )


def _at_hand(side: Edition) -> AtHand:
    """The questionnaires and migrations by which answers come to a side; its own first."""
    files = [*side.all_files, *side.elsewhere]
    questionnaires = tuple(f.model for f in files if isinstance(f.model, Questionnaire))
    return AtHand(questionnaires, (*side.migrations, *side.migrations_elsewhere))


def _scorer(file: Loaded, side: Edition) -> Scorer:
    """Raises MaturityError where there is no rubric for a questionnaire or the other way round, or it is unsound."""
    valued = file if isinstance(file.model, Rubric) else rubric_file(file, side)
    asked = file if isinstance(file.model, Questionnaire) else asked_file(file, side)
    if valued is None or asked is None:
        missing = Phrase("rubric") if valued is None else Phrase("questionnaire")
        raise MaturityError(file.document.problem(NOTHING_TO_SCORE, ("id",), missing=missing))
    assert isinstance(valued.model, Rubric)
    assert isinstance(asked.model, Questionnaire)
    wrong = [*errors_in(asked, None), *errors_in(valued, asked.model)]
    if wrong:
        raise MaturityError(*wrong)
    return Scorer.of(asked.model, asked, valued.model, valued)


def _alone(side: Edition, other: Edition, matched: Sequence[Match]) -> Iterator[str]:
    """What only one side has, where it is not compared with something else."""
    used = {id(file) for m in matched for file in (m.old, m.new)}
    for (subject, name), versions in side.files.items():
        if (subject, name) not in other.files and id(side.newest((subject, name))) not in used:
            yield f"{subject} {name}@{'.'.join(map(str, max(versions)))}"
