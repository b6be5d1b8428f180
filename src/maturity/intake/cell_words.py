"""The words that people write into cells for Yes, No, that nobody knows, and the like, in both languages."""

from __future__ import annotations

from collections.abc import Iterable


def beside(english: Iterable[str], welsh: Iterable[str]) -> set[str]:
    """Words of both languages, one after the other, as forms in both have them: either comes first."""
    return {f"{one} {other}" for e in english for w in welsh for one, other in ((e, w), (w, e))}


YES = {"y", "yes", "x", "true", "ie", "ydy", "oes", "1", "✓", "✔", "☑"}
YES |= beside(["yes"], ["ie", "ydy", "oes", "do"])
NO = {"n", "no", "false", "nage", "naddo", "nac ydy", "nac oes", "0", "✗", "✘", "☐"}
NO |= beside(["no"], ["na", "nage", "naddo", "nac ydy", "nac oes"])
# English has "do" as well, and "NA" means something else there: read only where the workbook speaks Welsh.
YES_IN_WELSH = {"do"}
NO_IN_WELSH = {"na"}
DONT_KNOW = {
    "dont know",
    "don t know",
    "dont_know",
    "ddim yn gwybod",
    "dim yn gwybod",
    "not known",
    "ddim yn hysbys",
    "unknown",
    "anhysbys",
}

SHORT_IN_WELSH = {
    "status.draft": "drafft",
    "status.submitted": "cyflwynwyd",
    "sure.sure": "siŵr",
    "sure.fairly": "gweddol",
    "sure.unsure": "ansicr",
}
