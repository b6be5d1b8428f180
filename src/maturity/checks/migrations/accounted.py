"""No answer is forgotten: what the later version asks otherwise, or no longer, has an entry."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.needed import Unaccounted, unaccounted
from maturity.checks.subjects import MovedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem

NO_ENTRY = Kind(
    "M034",
    "error",
    "'{question}' of {version} {what}, and no entry says what becomes of its answers.",
    "Add an entry with 'from: [{question}]' and 'to', or 'dropped: true'.",
)
OPEN = Kind(
    "M035",
    "error",
    "'{question}' of {version} {what}, and its entry does not say what becomes of that.",
    "Add it under 'options', or write 'rules' or 'bands'.",
)
WORDS = {
    "gone": Phrase("is not asked any more"),
    "type": Phrase("is answered otherwise now"),
    "options": Phrase("no longer offers {options}"),
    "exclusive": Phrase("now has {options} rule out all others"),
    "number": Phrase("takes fewer numbers now, or 'dont_know' no longer"),
    "not_applicable": Phrase("can no longer be said not to apply"),
}


def check(subject: MovedSubject) -> Iterator[Problem]:
    if subject.new is None:
        return
    changes = subject.migration.changes
    told: set[Unaccounted] = set()
    for old in subject.olds:
        for one in unaccounted(old, subject.new, subject.migration):
            if one in told:
                continue
            told.add(one)
            entry = next((i for i, change in enumerate(changes) if one.question in change.from_), None)
            what = Phrase(WORDS[one.why].words, options=listed(one.options))
            about = {"question": one.question, "version": old.version, "what": what}
            if entry is None:
                yield subject.document.key_problem(NO_ENTRY, ("changes",), **about)
            else:
                yield subject.document.problem(OPEN, ("changes", entry), **about)
