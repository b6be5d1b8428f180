"""Problems as SARIF 2.1.0 (OASIS), which code-scanning services read."""

from __future__ import annotations

import json
import re
import sys
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import maturity
from maturity.cli.paths import from_here
from maturity.locale.words import Words
from maturity.models.problem import Kind, Place, Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""What relative addresses start from: the directory that the program ran in."""


def write_sarif(problems: list[Problem], words: Words) -> None:
    """One SARIF log, and nothing else, to stdout."""
    sys.stdout.write(json.dumps(sarif(problems, words), indent=1) + "\n")


def sarif(problems: list[Problem], words: Words) -> dict[str, Any]:
    """The SARIF log of a run: the kinds of problem that were met as rules, each problem as a result.

    Columns count characters, so the run says 'unicodeCodePoints'.
    """
    kinds = sorted({p.kind.code: p.kind for p in problems}.values(), key=lambda kind: kind.code)
    number = {kind.code: i for i, kind in enumerate(kinds)}
    driver = {
        "name": "maturity validate",
        "semanticVersion": maturity.__version__,
        "language": words.language,
        "rules": [_rule(kind, words) for kind in kinds],
    }
    run = {
        "tool": {"driver": driver},
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, number[problem.kind.code], words) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(kind: Kind, words: Words) -> dict[str, Any]:
    what, remedy = _general(words(kind.wording)), _general(words(kind.remedy))
    return {
        "id": kind.code,
        "shortDescription": {"text": what},
        "help": {"text": remedy},
        "defaultConfiguration": {"level": kind.severity},
    }


def _result(problem: Problem, rule: int, words: Words) -> dict[str, Any]:
    place = problem.place
    said = f"{problem.message(words)} {problem.remedy(words)}"
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(place.file)}}
    if place.line is not None:
        region = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
        location["physicalLocation"]["region"] = region
    if place.sheet is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": _cell(place)}]
    return {
        "ruleId": problem.kind.code,
        "ruleIndex": rule,
        "level": problem.kind.severity,
        "message": {"text": said.encode("utf-8", "backslashreplace").decode()},
        "locations": [location],
    }


def _artifact(file: str) -> dict[str, str]:
    """A relative address from where the program ran; a file elsewhere has its whole one."""
    path = from_here(file)
    address = quote(path.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{address}"}
    if path[1:2] == ":":  # A drive of Windows.
        return {"uri": f"file:///{address.replace('%3A', ':', 1)}"}
    return {"uri": address, "uriBaseId": BASE}


def _cell(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.cell else str(place.sheet)


def _general(wording: str) -> str:
    """A wording without a file's details: dots for what stands in braces, whose names are English; doubled braces single."""
    plain = wording.replace("{hint}", "").replace("{{", "\0").replace("}}", "\1")
    return re.sub(r"\{\w+(:[^}]*)?\}", "…", plain).replace("\0", "{").replace("\1", "}").strip()
