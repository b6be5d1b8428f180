"""A process that reads files for another one: asked on stdin, it answers on stdout, and ends when that is closed."""

from __future__ import annotations

import pickle

from maturity.intake.parcels import parcel
from maturity.intake.processes import streams, tell
from maturity.intake.reading import Manner, ToRead, read


def main() -> None:
    """Takes the manner first and says that it is ready, then takes lists of (number, file) and gives (number, parcel)
    of each; None for a parcel where the one who asked must see for itself what is wrong."""
    asked, told = streams()
    try:
        manner: Manner = pickle.load(asked)
        tell(told, "ready")
        while True:
            for number, file in pickle.load(asked):
                tell(told, (number, _parcel(file, manner)))
    except (EOFError, OSError):
        # The one who asked is gone.
        return


def _parcel(file: ToRead, manner: Manner) -> bytes | None:
    try:
        return parcel(read(file, manner))
    except Exception:
        return None
