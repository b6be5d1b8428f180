"""What lies between two periods, in sentences: who joined, who left, and where the series breaks."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.locale.words import Words
from maturity.models.register import sort_key
from maturity.models.series import Break, Transition


def members_said(
    words: Words, transition: Transition, names: Mapping[str, str], *, named: bool = True
) -> list[str]:
    """Who submitted in one of the two periods alone; `names` are by organisation's code. Of those who may not be named
    nothing is said, nor, unless all are `named`, that nobody did."""
    if any(code not in names for code in (*transition.entered, *transition.left)):
        return []

    def listed(codes: tuple[str, ...]) -> str:
        found = (names[code] for code in codes)
        return ", ".join(sorted(found, key=lambda name: sort_key(name, words.language)))

    found = []
    if transition.entered:
        found.append(words("Joined: {councils}.", councils=listed(transition.entered)))
    if transition.left:
        found.append(words("Left: {councils}.", councils=listed(transition.left)))
    return found or [words("The same councils submitted in both.")] * named


def break_said(words: Words, found: Break | None) -> list[str]:
    """By what versions the series breaks, and what is left out of the split."""
    if found is None:
        return []
    sentences = []
    for one in found.differs:
        details = {
            "before": f"{one.before.id}@{one.before.version}",
            "after": f"{one.after.id}@{one.after.version}",
        }
        sentences.append(
            words("The series breaks: questionnaire {before}, then {after}.", **details)
            if one.what == "questionnaire"
            else words("The series breaks: rubric {before}, then {after}.", **details)
        )
    if found.why == "no_migration":
        return [
            *sentences,
            words("No migration leads from one to the other: the change cannot be split."),
        ]
    if found.why == "nothing_shared":
        return [*sentences, words("No question is scored by both: the change cannot be split.")]
    alone = len(found.only_before) + len(found.only_after)
    told = (
        words.count(
            "Change counts {n} question that both score; {alone} that one alone scores are left out.",
            "Change counts {n} questions that both score; {alone} that one alone scores are left out.",
            found.shared,
            alone=alone,
        )
        if alone
        else words.count(
            "Change counts {n} question, which both score.",
            "Change counts {n} questions, which both score.",
            found.shared,
        )
    )
    if not found.not_carried:
        return [*sentences, told]
    lost = words.count(
        "{n} of those that both score is left out for councils whose answers cannot be carried over.",
        "{n} of those that both score are left out for councils whose answers cannot be carried over.",
        len(found.not_carried),
    )
    return [*sentences, f"{told} {lost}"]
