"""Which findings may be told of a file with errors in its keys and values, or of one that hangs on such a file.

A rule looks at a file that was mended (``sources.mend``), and a finding may be no more than a consequence of that. It is
told only where it stays, whatever will be written into the holes: it stands in none, names nothing of which something is
missing, and does not hang on all of a part that has a hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter

from maturity.models.problem import Kind, Problem
from maturity.sources.mend import Hole, MendedDocument
from maturity.sources.mending import FILLED, entry_of
from maturity.sources.yaml_reader import STOPPED, Document, Loc

OF_ITS_PLACE = {
    "A003",
    "Q001",
    "Q006",
    "Q007",
    "Q008",
    "Q013",
    "R005",
    "R047",
    "T001",
    "T002",
    "T004",
    "T005",
}
"""Rules that look at what stands at one place, or at two that are there: what is wrong beside these changes nothing."""

ASKED = "asked."
"""Before a top key of the questionnaire of which something is checked."""
_QUESTIONS = f"{ASKED}dimensions"

_NAMES: dict[str, tuple[str, ...]] = {
    "A002": (_QUESTIONS,),
    "A035": (_QUESTIONS,),
    "M013": (_QUESTIONS,),
    "M031": (_QUESTIONS,),
    "Q010": ("dimensions",),
    "Q020": ("dimensions",),
    "R002": (_QUESTIONS,),
    "R003": (_QUESTIONS, "items", "not_scored"),
    "R012": ("scales",),
    "R031": ("measures",),
    "R035": ("bands",),
    "R045": (_QUESTIONS,),
    "R046": (_QUESTIONS,),
    "R050": ("measures",),
    "R051": ("items",),
    "R060": (_QUESTIONS,),
    "R070": (_QUESTIONS,),
    "R080": ("measures",),
}
"""Says that a name is nowhere → where it would stand: where a name is lost, it may be that one."""

_GROUPS = ("items", "measures", _QUESTIONS)
_WORTHS = (*_GROUPS, "scales", "policy", "limits", "outcomes")
_WHOLE: dict[str, tuple[str, ...]] = {
    "A024": ("answers", "respondent", _QUESTIONS),
    "A030": ("answers", "merged"),
    "A031": ("answers", "merged"),
    "A032": ("merged",),
    "A033": ("answers", "merged"),
    "A034": ("merged",),
    "M011": ("from", "to"),
    "M034": ("changes", _QUESTIONS),
    "M035": ("changes", _QUESTIONS),
    "Q024": ("dimensions",),
    "Q025": ("dimensions",),
    "R013": ("scales",),
    "R018": ("scales",),
    "R020": ("items",),
    "R032": ("measures",),
    "R033": ("measures",),
    "R034": ("items",),
    "R036": _GROUPS,
    "R042": ("measures",),
    "R043": (*_WORTHS, "bands"),
    "R054": _GROUPS,
    "R055": _WORTHS,
    "R056": _WORTHS,
    "R057": _WORTHS,
    "R061": ("bands",),
    "R062": ("bands",),
    "R064": ("bands", "measures", "recommendations", _QUESTIONS),
    "R072": _GROUPS,
    "R073": ("limits", "measures"),
    "R075": _GROUPS,
    "R078": _WORTHS,
    "R081": _GROUPS,
    "R083": _WORTHS,
    "R084": _WORTHS,
    "R085": (*_GROUPS, "outcomes"),
    "R087": ("outcomes",),
    "R094": _WORTHS,
    "R095": _GROUPS,
    "R096": _GROUPS,
    "R099": _GROUPS,
    "R100": _GROUPS,
    "R102": _WORTHS,
    "R104": ("headline", "measures"),
    "R105": ("items", "scales", _QUESTIONS),
    "T001": ("languages", f"{ASKED}languages"),
    "T002": ("languages", "same_in_both"),
}
"""Says something of the whole of these parts, so that any of their values may change it."""

_EVEN_WORDS = {"A025", "A032", "R046", "T003"}
"""Compares all that stands in the file, to the letter, or looks for texts."""


def founded(
    problems: Iterable[Problem], document: Document, asked: Iterable[MendedDocument] = ()
) -> Iterator[Problem]:
    """Those of a file's findings that stand, whatever should stand in its holes, and in those of its questionnaires."""
    own = document.holes if isinstance(document, MendedDocument) else ()
    theirs = tuple(hole for one in asked for hole in one.holes)
    locs = document.locs if isinstance(document, MendedDocument) else {}
    last: Problem | None = None
    for problem in problems:
        if problem.kind is STOPPED:
            stands = last is not None and problem.place == last.place
        else:
            stands = problem.place.line is not None and not any(
                FILLED in str(found) for found in problem.details.values()
            )
            stands = stands and not any(_hangs_on(problem, locs.get(problem.place), hole, "") for hole in own)
            stands = stands and not any(_hangs_on(problem, None, hole, ASKED) for hole in theirs)
        if stands:
            last = problem
            yield problem


def _hangs_on(problem: Problem, loc: Loc | None, hole: Hole, whose: str) -> bool:
    """Whether what should stand in a hole, of this file or of `whose`, may change that this is found."""
    code = problem.kind.code
    if loc is not None and loc == hole.loc[:-1]:
        return True
    if hole.lost == "words":
        return code in _EVEN_WORDS
    if code in _EVEN_WORDS and not whose:
        return True
    sections = {whose + section for section in hole.sections}
    if not sections.isdisjoint(_WHOLE.get(code, ())):
        return True
    if hole.lost == "name" and not sections.isdisjoint(_NAMES.get(code, ())):
        return True
    if code in OF_ITS_PLACE:
        return False
    if loc is not None and hole.entry and entry_of(loc) == hole.entry:
        return True
    return any(str(problem.details.get(name)) in hole.names for name in _said(problem.kind))


@cache
def _said(kind: Kind) -> tuple[str, ...]:
    """The details that a finding is about; others only help to correct it."""
    return tuple(name for _, name, _, _ in Formatter().parse(kind.wording) if name)
