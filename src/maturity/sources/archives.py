"""What opening a damaged archive can raise."""

from __future__ import annotations

import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,  # the directory, or a checksum
    zlib.error,  # a compressed stream
    EOFError,  # cut off
    KeyError,  # a part that is not there
    NotImplementedError,  # a compression that Python does not know
    RuntimeError,  # encrypted
    ValueError,  # offsets that lead nowhere
    OSError,  # the same, and what the system cannot read
)
"""zipfile has no one error for it: each of these came from some file that was cut, changed or made on purpose."""
