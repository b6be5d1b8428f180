"""A file's meaning as SHA-256: comments, line endings and the order of keys do not change it."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(data: Any) -> str:
    """Hexadecimal SHA-256 of plain data in one canonical JSON form (sorted keys, UTF-8, no spaces)."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
