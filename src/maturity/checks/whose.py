"""Whose a file is that does not say so: ours, because of its name, its keys, its modeline, or a value, or another
program's."""

from __future__ import annotations

import re

from maturity.models.problem import Kind, MaturityError
from maturity.sources.files import read_bytes
from maturity.sources.load import NO_FORMAT, Loaded
from maturity.sources.yaml_reader import MAX_BYTES, NOT_A_MAPPING

NOTHING_OF_OURS = Kind(
    "F039",
    "error",
    "Nothing was checked: no file here is a questionnaire, rubric, migration, register, or answers.",
    "Name the file itself, or its folder; one of ours starts with 'format:'.",
)

_NAME = re.compile(r"(questionnaire|rubric|migration)-\d+\.\d+\.\d+")
_MODELINE = re.compile(
    rb"#\s*yaml-language-server:\s*\$schema=\S*(?<![a-z-])(questionnaire|rubric|migration|assessment|judgements|mapping)-1\.json"
)
_HEAD = 2000
_OUR_KEYS = ("answers", "dimensions", "measures", "changes")
_TYPICAL = ({"questionnaire", "organisation"}, {"questionnaire", "items"}, {"questionnaire", "period"})


def is_none_of_ours(loaded: Loaded) -> bool:
    """Whether a file in a folder is somebody else's YAML, rather than ours without its 'format:'."""
    if not any(p.kind in (NO_FORMAT, NOT_A_MAPPING) for p in loaded.problems):
        return False
    return not (
        _NAME.fullmatch(loaded.path.stem) or _has_our_keys(loaded.document.data) or _has_modeline(loaded)
    )


def _has_our_keys(data: object) -> bool:
    if not isinstance(data, dict):
        return False
    # 'fromat: maturity-rubric/1' is misspelt, and says nevertheless what the file is.
    says_so = any(
        isinstance(value, str) and value.startswith("maturity-") and "/" in value for value in data.values()
    )
    return says_so or any(key in data for key in _OUR_KEYS) or any(keys <= data.keys() for keys in _TYPICAL)


def _has_modeline(loaded: Loaded) -> bool:
    """Whether the first lines name one of our schemas for editors."""
    try:
        return _MODELINE.search(read_bytes(loaded.path, at_most=MAX_BYTES)[:_HEAD]) is not None
    except MaturityError:
        return False
