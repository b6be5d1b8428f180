"""Which questions wait for a person since a migration: what was answered before had no one successor, and nobody has said
yet what it is now."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.models.assessment import Assessment
from maturity.models.base import version_key
from maturity.models.problem import MaturityError
from maturity.versions.route import AtHand, travel


def awaited(
    assessment: Assessment, shelf: AtHand, attributes: Mapping[str, object] | None = None
) -> frozenset[str]:
    """The questions that a migrated file does not answer, although answers to an earlier version are there for them.

    What is kept aside tells that a file was migrated, and from where: carried back there and over again, its answers wait
    where they did. A file of which nothing was kept aside, and one whose earlier versions are not on the `shelf`, tells of
    none. `attributes` of the organisation say which questions are asked of it.
    """
    id_, now = assessment.questionnaire.id, assessment.questionnaire.version
    there = {one.version for entry in assessment.kept_aside.values() for one in entry.all}
    earlier = sorted((v for v in there if version_key(v) < version_key(now)), key=version_key)
    if not earlier:
        return frozenset()
    try:
        back = travel(assessment, shelf.route(id_, now, earlier[0]), attributes)
        forth = travel(back.assessment, shelf.route(id_, earlier[0], now), attributes)
    except MaturityError:
        return frozenset()
    waiting = {one.question for one in forth.waiting if one.why != "new"}
    return frozenset(waiting - assessment.answers.keys())
