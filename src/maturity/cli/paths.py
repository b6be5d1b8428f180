"""Paths as services that look at a whole repository want them: from its top, with slashes."""

from __future__ import annotations

import os
from pathlib import Path


def from_here(file: str) -> str:
    """The path from the working directory, or as it is where it lies elsewhere; with slashes on every system."""
    absolute = Path(os.path.normpath(Path.cwd() / file))
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()
