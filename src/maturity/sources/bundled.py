"""Finds what ships with the package: questionnaires, templates, examples."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def bundled(kind: str) -> Path:
    """The folder of bundled `kind` ('questionnaires', 'templates', 'examples').

    Installed, it lies in the package; in a checkout, at the top of the tree. Raises FileNotFoundError naming both.
    """
    package = Path(str(files("maturity")))
    installed = package / "_bundled" / kind
    checkout = package.parent.parent / kind
    for folder in (installed, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"'{kind}' is neither at {installed} nor at {checkout}: install the package again."
    )
