"""What a rubric's tags group, as far as the rubric is sound and its questionnaire at hand."""

from __future__ import annotations

from maturity.checks.subjects import ValuedSubject


def tags_carried(subject: ValuedSubject, of: str) -> dict[str, list[str]] | None:
    """Tag → its values, of what a measure or outcome is built `of`; None where that is not known."""
    there = subject.members.get(of)
    if not there:
        return None
    carried: dict[str, dict[str, None]] = {}
    for tags in there.values():
        for tag, value in tags.items():
            carried.setdefault(tag, {})[value] = None
    return {tag: list(values) for tag, values in carried.items()}


def groups_of(subject: ValuedSubject, of: str) -> list[str]:
    """Names of the items, or of a measure's groups, in order; empty where they are not known."""
    return list(subject.members.get(of, ()))
