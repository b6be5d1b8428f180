"""A process that reads files for another one: asked on stdin, it answers on stdout, and ends when that is closed."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from typing import IO

from maturity.intake.parcels import parcel
from maturity.intake.reading import Manner, ToRead, read


def main() -> None:
    """Takes the manner first and says that it is ready, then takes lists of (number, file) and gives (number, parcel)
    of each; None for a parcel where the one who asked must see for itself what is wrong."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever else is printed here must not come between the parcels.
    os.dup2(2, 1)
    gc.set_threshold(200_000, 50, 100)
    try:
        manner: Manner = pickle.load(asked)
        _tell(told, "ready")
        while True:
            for number, file in pickle.load(asked):
                _tell(told, (number, _parcel(file, manner)))
    except (EOFError, OSError):
        # The one who asked is gone.
        return


def _parcel(file: ToRead, manner: Manner) -> bytes | None:
    try:
        return parcel(read(file, manner))
    except Exception:
        return None


def _tell(told: IO[bytes], what: object) -> None:
    pickle.dump(what, told, pickle.HIGHEST_PROTOCOL)
    told.flush()
