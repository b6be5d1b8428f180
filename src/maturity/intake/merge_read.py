"""Reads what several respondents of one council answered: each file sound, and all of them about the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.intake.findings import IS_AGENDA, NO_ANSWERS, REPORT
from maturity.intake.merge_findings import (
    ALREADY_AGREED,
    COUNCILS_IN_TABLE,
    OTHER_COUNCIL,
    OTHER_PERIOD,
    OTHER_VERSION,
    PERIODS_IN_TABLE,
    SAME_RESPONDENT,
    VERSION_OF_TABLE,
)
from maturity.intake.reading import OTHER_FORMAT, Asked, questionnaire_of, read_assessment
from maturity.models.assessment import Assessment, Merged, MergedRespondent
from maturity.models.problem import Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register, fold
from maturity.models.text import LANGUAGES, Text
from maturity.scoring.score import answers_digest
from maturity.sources.register_file import is_register
from maturity.sources.search import TEXT_SUFFIXES, find_files
from maturity.sources.shelf import open_questionnaire
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One respondent's answers, perhaps a part of them, and the file, or row of a table, that they were read from."""

    assessment: Assessment
    place: Place

    @property
    def source(self) -> str:
        """As messages name it."""
        return str(self.place)


@dataclass(slots=True)
class Respondents:
    """What was read; `problems` that are errors stand in the way of merging."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)
    questionnaire: Questionnaire | None = None
    digest: str = ""

    @property
    def sound(self) -> bool:
        return bool(self.sheets) and not any(p.kind.severity == "error" for p in self.problems)


def read_respondents(
    paths: Sequence[Path],
    register: Register,
    asked: Asked | None = None,
    *,
    agreed: Path | None = None,
    period: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Respondents:
    """Reads assessments, filled-in templates and tables under `paths`; all problems are in the result, none is raised.

    `asked` is a questionnaire, with its file, that stands in for the bundled ones; `agreed` the agreed file, which may
    lie in a folder among them and is not read; `period` what tables without a column of periods describe. That files differ in council,
    period or questionnaire is a problem of each that differs from the first.
    """
    found = find_files(paths)
    read = Respondents(problems=list(found.problems), left_aside=list(found.left_aside))
    for done, path in enumerate(found.files, 1):
        if agreed is not None and path not in found.named and path.resolve() == agreed.resolve():
            continue
        _read(path, path in found.named, register, asked, period, read)
        progress(done, len(found.files))
    if read.sheets:
        differences = _differences(read.sheets, register)
        first = read.sheets[0].assessment
        read.questionnaire = questionnaire_of(first, asked[0] if asked else None)
        opened = asked if asked and asked[0] is read.questionnaire else None
        wanted = first.questionnaire
        loaded = opened[1] if opened else open_questionnaire(f"{wanted.id}@{wanted.version}")[1]
        read.digest = loaded.digest
        read.problems += differences or _twice(read.sheets)
    return read


def _read(
    path: Path, named: bool, register: Register, asked: Asked | None, period: str | None, read: Respondents
) -> None:
    if path.suffix.lower() in TEXT_SUFFIXES:
        assessment, problems = read_assessment(path, register, asked[0] if asked else None)
        answers = [] if assessment is None else [(assessment, Place(str(path)))]
    elif not named and path.suffix.lower() == ".csv" and is_register(path):
        read.left_aside.append(path)
        return
    else:
        from maturity.intake.tables import How, read_file

        def opener(name: str) -> Asked:
            return (
                asked if asked and name == f"{asked[0].id}@{asked[0].version}" else open_questionnaire(name)
            )

        taken = read_file(path, str(path), register, How(asked[0] if asked else None, period), opener)
        answers, problems = taken.answers, taken.problems
        if not named and taken.no_answers:
            read.left_aside.append(path)
            return
    if not named and any(p.kind in (OTHER_FORMAT, REPORT, IS_AGENDA) for p in problems):
        read.left_aside.append(path)
        return
    read.problems += problems
    if any(p.kind.severity == "error" for p in problems):
        return
    for assessment, place in answers:
        if assessment.merged is not None:
            read.problems.append(Problem(ALREADY_AGREED, place))
        elif not any(answer.given for answer in assessment.answers.values()):
            read.problems.append(Problem(NO_ANSWERS, place))
        else:
            read.sheets.append(Sheet(assessment, place))


def _differences(sheets: Sequence[Sheet], register: Register) -> list[Problem]:
    """What is about something else than the first: each file, or the rows of a table as one."""
    problems: list[Problem] = []
    for one, several, of in (
        (OTHER_COUNCIL, COUNCILS_IN_TABLE, lambda a: _council(a, register)),
        (OTHER_PERIOD, PERIODS_IN_TABLE, lambda a: a.period),
        (OTHER_VERSION, VERSION_OF_TABLE, lambda a: f"{a.questionnaire.id}@{a.questionnaire.version}"),
    ):
        wanted = of(sheets[0].assessment)
        files: dict[str, list[Sheet]] = {}
        for sheet in sheets[1:]:
            if of(sheet.assessment) != wanted:
                files.setdefault(sheet.place.file, []).append(sheet)
        for differing in files.values():
            names: list[str | Text] = []
            for sheet in differing:
                name = of(sheet.assessment)
                names += [] if name in names else [name]
            more = len(names) - MOST_NAMED
            shown = _listed(names[:MOST_NAMED])
            found = Phrase("{names} and {n} more", names=shown, n=more) if more > 0 else shown
            details = {"found": found, "wanted": wanted, "first": sheets[0].source, "n": len(differing)}
            problems.append(Problem(several if len(differing) > 1 else one, differing[0].place, details))
    return problems


def _listed(names: Sequence[str | Text]) -> Text:
    """The names with commas, in each reader's language."""
    said = {k: ", ".join(one.to(k) if isinstance(one, Text) else one for one in names) for k in LANGUAGES}
    return Text.model_validate(said)


def _council(assessment: Assessment, register: Register) -> str | Text:
    found = register.find(assessment.organisation)
    return found.name if found else assessment.organisation


Identity = tuple[str, str]


def identity(name: str | None, role: str | None) -> Identity:
    """Name and role as they are compared: in any case, with accents or without."""
    return fold(name or ""), fold(role or "")


def _same_person(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Files that are one respondent's: of one name and role; or of nobody in particular, and with the same answers."""
    groups: dict[tuple[object, ...], list[Sheet]] = {}
    for sheet in sheets:
        who = sheet.assessment.respondent
        name, role = identity(who.name if who else None, who.role if who else None)
        key = (name, role) if name else (name, role, answers_digest([sheet.assessment]))
        groups.setdefault(key, []).append(sheet)
    return list(groups.values())


def _twice(sheets: Sequence[Sheet]) -> list[Problem]:
    """Parts of one respondent may lie in several files; no question may be answered in two of them."""
    problems: list[Problem] = []
    for group in _same_person(sheets):
        first: dict[str, Sheet] = {}
        for sheet in group:
            answered = [q for q, answer in sheet.assessment.answers.items() if answer.given]
            again = [q for q in answered if q in first]
            if again:
                who = sheet.assessment.respondent
                said = " / ".join(part for part in (who.name, who.role) if part) if who else ""
                listed = ", ".join(again[:3]) + (f" (+{len(again) - 3})" if len(again) > 3 else "")
                details = {"who": said or Phrase("Somebody without a name"), "other": first[again[0]].source}
                problems.append(Problem(SAME_RESPONDENT, sheet.place, details | {"questions": listed}))
            for question in answered:
                first.setdefault(question, sheet)
    return problems


def respondents(sheets: Sequence[Sheet]) -> tuple[MergedRespondent, ...]:
    """Each person once, with the answers of all their files, in an order that does not depend on that of the files."""
    people = []
    for group in _same_person(sheets):
        # What is given counts before a note alone in another part.
        parts = sorted(group, key=lambda s: answers_digest([s.assessment]))
        answers = {
            q: a
            for given in (False, True)
            for s in parts
            for q, a in s.assessment.answers.items()
            if a.given == given
        }
        aside = {q: kept for s in parts for q, kept in s.assessment.kept_aside.items()}
        whole = _as_a_file_has_it(parts[0].assessment.model_copy(update={"answers": answers}))
        people.append((whole, answers_digest([whole]), dict(sorted(whole.answers.items())), aside))
    found = [
        MergedRespondent(
            name=whole.respondent.name if whole.respondent else None,
            role=whole.respondent.role if whole.respondent else None,
            digest=digest,
            answers=answers,
            kept_aside=aside,
        )
        for whole, digest, answers, aside in people
    ]
    return tuple(sorted(found, key=_place))


def _place(person: MergedRespondent) -> tuple[object, ...]:
    """By role, then by name; those without one last."""
    role, name = person.role or "", person.name or ""
    return (not role, fold(role), role, not name, fold(name), name, person.digest)


def _as_a_file_has_it(assessment: Assessment) -> Assessment:
    """Without characters that a workbook can bring along and no file of ours can hold: digests are of what is kept."""
    return Assessment.model_validate(read_yaml(to_yaml(assessment).encode("utf-8"), "").data)


def gone(earlier: Merged, now: Sequence[MergedRespondent]) -> list[MergedRespondent]:
    """Those of an earlier merge who are not among the respondents of this one, so that their answers would be lost.

    One whose answers are others now counts as there where name and role, or the role alone, say who it is.
    """
    digests = {person.digest for person in now}
    left = Counter(
        identity(p.name, p.role) for p in now if p.digest not in {e.digest for e in earlier.respondents}
    )
    lost = []
    for person in earlier.respondents:
        who = identity(person.name, person.role)
        if person.digest in digests:
            continue
        if any(who) and left[who]:
            left[who] -= 1
        else:
            lost.append(person)
    return lost
