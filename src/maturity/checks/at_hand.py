"""What scorecards were scored by: among the files that are checked with them, else on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maturity.checks.registry import rules
from maturity.checks.subjects import AskedSubject, AtHand, FiledSubject, ValuedSubject
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference
from maturity.scoring.compile import compile_plan
from maturity.sources.load import Loaded
from maturity.sources.scorecards import Filed
from maturity.sources.shelf import fits, on_shelf, open_questionnaire, open_rubric


def filed_subject(filed: Filed, opened: Sequence[Loaded], register: Register) -> FiledSubject:
    """The scorecards with the questionnaires and rubrics that they name; `opened` come before those on the shelf."""
    assert filed.model is not None
    cards = filed.model.scorecards
    named = dict.fromkeys((c.scorecard.questionnaire, c.scorecard.rubric) for c in cards)
    found = {pair: _at_hand(*pair, opened) for pair in named}
    return FiledSubject(filed.document, cards, register, found)


def _at_hand(asked: Reference, valued: Reference, opened: Sequence[Loaded]) -> AtHand:
    questionnaire, rubric = _questionnaire(asked, opened), _rubric(valued, opened)
    digests = [loaded.digest if loaded else None for loaded in (questionnaire, rubric)]
    if questionnaire is None or rubric is None or digests != [asked.digest, valued.digest]:
        return AtHand(digests[0], digests[1], None)
    assert isinstance(questionnaire.model, Questionnaire)
    assert isinstance(rubric.model, Rubric)
    if not fits(rubric.model, asked.id, asked.version) or _unsound(questionnaire, rubric):
        return AtHand(digests[0], digests[1], None)
    return AtHand(digests[0], digests[1], compile_plan(rubric.model, questionnaire.model))


def _unsound(questionnaire: Loaded, rubric: Loaded) -> bool:
    """Whether a rule finds an error, so that nothing can be scored by them."""
    assert isinstance(questionnaire.model, Questionnaire)
    assert isinstance(rubric.model, Rubric)
    asked = AskedSubject(questionnaire.document, questionnaire.model)
    valued = ValuedSubject(rubric.document, rubric.model, questionnaire.model)
    found = [p for rule in rules("questionnaires") for p in rule.check(asked)]
    found += [p for rule in rules("rubrics") for p in rule.check(valued)]
    return any(problem.kind.severity == "error" for problem in found)


def _questionnaire(wanted: Reference, opened: Iterable[Loaded]) -> Loaded | None:
    for one in opened:
        model = one.model
        if isinstance(model, Questionnaire) and (model.id, model.version) == (wanted.id, wanted.version):
            return one
    kept = [e for e in on_shelf("questionnaire") if (e.id, e.version) == (wanted.id, wanted.version)]
    return open_questionnaire(str(kept[0]))[1] if kept else None


def _rubric(wanted: Reference, opened: Iterable[Loaded]) -> Loaded | None:
    for one in opened:
        model = one.model
        if isinstance(model, Rubric) and (model.id, model.version) == (wanted.id, wanted.version):
            return one
    kept = [e for e in on_shelf("rubric") if (e.id, e.version) == (wanted.id, wanted.version)]
    return open_rubric(str(kept[0]))[1] if kept else None
