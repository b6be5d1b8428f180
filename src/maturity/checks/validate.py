"""Checks files of every kind: each as a file, then by the rules for what it is, against what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.checks.among import same_version
from maturity.checks.at_hand import filed_subject
from maturity.checks.by_rules import by_rules
from maturity.checks.open_register import beside, check_register
from maturity.checks.registry import rules
from maturity.checks.whose import NOTHING_OF_OURS, is_none_of_ours
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, Place, Problem
from maturity.models.register import Register
from maturity.sources.load import Loaded, load
from maturity.sources.published import LOCK_NAME, check_published
from maturity.sources.register_file import is_register
from maturity.sources.scorecards import Filed, is_scorecards, load_scorecards
from maturity.sources.search import TABLE_SUFFIXES, TEXT_SUFFIXES, find_files

SUBMITTED_TWICE = Kind(
    "I004",
    "error",
    "{organisation} has answered for {period} in another file too: {other}.{hint}",
    "Keep the one that counts, or move the other out of the folder.",
)

FileReader = Callable[[Path, str, Register], tuple[bool, list[Problem]]]


@dataclass(slots=True)
class Validation:
    """What was checked, what is wrong, and which files in folders are none of ours."""

    checked: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)
    incomplete: list[Path] = field(default_factory=list)
    """Files in which more may be found once what was found is corrected: nothing is said of what hangs on that."""
    rest_checked: list[Path] = field(default_factory=list)
    """Those of them of which all else was checked by the rules."""


def validate(paths: Sequence[Path], register: Register, read_other: FileReader | None = None) -> Validation:
    """Every problem of every questionnaire, rubric, assessment, workbook and table of answers, register and file of
    scorecards under `paths`, in order.

    `read_other` reads a workbook or table (path, name, register), says whether it can be one of answers, and gives its problems;
    without it these are left aside. A rubric or assessment is checked against its questionnaire among `paths`, else against the bundled one;
    an assessment's organisation is looked for in `register`, and in the sound registers among `paths` too.
    """
    found = find_files(paths)
    validation = Validation(problems=list(found.problems), left_aside=list(found.left_aside))
    opened: list[Loaded] = []
    filed: list[Filed] = []
    lists = {
        path: check_register(path)
        for path in found.files
        if path.suffix.lower() == ".csv" and is_register(path)
    }
    register = beside(register, [sound for sound, _ in lists.values() if sound])
    for path in found.files:
        if path in lists:
            validation.checked.append(path)
            validation.problems += lists[path][1]
            continue
        if path.suffix.lower() not in TEXT_SUFFIXES:
            ours, problems = read_other(path, str(path), register) if read_other else (False, [])
            if read_other is None or (
                not ours and path not in found.named and path.suffix.lower() in TABLE_SUFFIXES
            ):
                validation.left_aside.append(path)
            else:
                validation.checked.append(path)
                validation.problems += problems
            continue
        if is_scorecards(path):
            validation.checked.append(path)
            filed.append(load_scorecards(path))
            continue
        loaded = load(path)
        if path not in found.named and loaded.is_output:
            validation.left_aside.append(path)
            continue
        if path not in found.named and is_none_of_ours(loaded):
            validation.left_aside.append(path)
            continue
        validation.checked.append(path)
        validation.problems += loaded.problems
        opened.append(loaded)
    for ruled in by_rules(opened, register):
        validation.problems += ruled.problems
        validation.incomplete += [ruled.path] if ruled.waits or ruled.checked != "whole" else []
        validation.rest_checked += [ruled.path] if ruled.checked == "rest" else []
    validation.problems += same_version(opened)
    for cards in filed:
        validation.problems += cards.problems
        if cards.model is not None:
            subject = filed_subject(cards, opened, register)
            validation.problems += [p for rule in rules("scorecards") for p in rule.check(subject)]
    validation.problems += _twice([one for one in opened if isinstance(one.model, Assessment)], register)
    validation.problems += check_published(paths, opened)
    validation.left_aside = [path for path in validation.left_aside if path.name != LOCK_NAME]
    if not validation.checked and not validation.problems:
        validation.problems = [Problem(NOTHING_OF_OURS, Place(str(path))) for path in paths]
    validation.problems.sort(key=lambda problem: problem.order)
    return validation


def _twice(opened: Sequence[Loaded], register: Register) -> Iterator[Problem]:
    """Two files of answers of one organisation for one period; several people's are told apart by who answered."""
    seen: dict[tuple[object, ...], Loaded] = {}
    for one in opened:
        assert isinstance(one.model, Assessment)
        organisation = register.find(one.model.organisation)
        if organisation is not None:
            key = (organisation.code, one.model.period, one.model.questionnaire.id, one.model.respondent)
            first = seen.setdefault(key, one)
            if first is not one:
                details = {
                    "organisation": organisation.name,
                    "period": key[1],
                    "other": str(first.path),
                    "hint": "",
                }
                yield Problem(SUBMITTED_TWICE, Place(str(one.path), 1, 1), details)
