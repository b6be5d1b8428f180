"""A process that makes councils' reports for another one (see pack_workers)."""

from __future__ import annotations

import pickle

from maturity.intake.processes import streams, tell
from maturity.reports.pack import Files, Pack, pack_council


def main() -> None:
    """Takes the pack first, then councils' codes one by one, and gives the reports of each; None where the one who asked
    must see for itself what is wrong."""
    asked, told = streams()
    try:
        pack: Pack = pickle.load(asked)
        while True:
            tell(told, _made(pack, pickle.load(asked)))
    except (EOFError, OSError):
        # The one who asked is gone.
        return


def _made(pack: Pack, code: str) -> Files | None:
    try:
        return pack_council(pack.job(code))
    except Exception:
        return None
