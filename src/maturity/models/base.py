"""What every model of a file shares: frozen, no unknown keys, no silent coercion of text to numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=60),
]
"""A short speaking id: lower case, digits, hyphens or underscores."""

DottedIdentifier = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)*$", max_length=120
    ),
]
"""Ids joined by dots, as in ``leadership.strategy.in-place``."""

VERSION_PATTERN = r"^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$"
Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
"""A semantic version ``major.minor.patch``."""

RANGE_PATTERN = (
    r"^(>=|<=|<|>|==)[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}(,(>=|<=|<|>|==)[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6})*$"
)
VersionRange = Annotated[str, StringConstraints(pattern=RANGE_PATTERN, max_length=200)]
"""Which versions: bounds that all hold, as in ``>=1.0.0,<2.0.0``."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number written as a number (``"3"`` in quotes is text and is refused)."""

Integer = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]


class Model(BaseModel):
    """Base of all models read from files."""

    # Built when first used: a sitting uses two of the five sorts of file, and starts a fifth sooner for it.
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, regex_engine="rust-regex", defer_build=True
    )


def version_key(version: str) -> tuple[int, int, int]:
    """``"1.10.0"`` → ``(1, 10, 0)``, which sorts as versions do."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)
