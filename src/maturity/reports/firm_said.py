"""What sensitivity ranges rest on, and what levels hang on, in words."""

from __future__ import annotations

from maturity.locale.words import Words
from maturity.models.firm import Firmness, OtherWeight
from maturity.models.text import Language
from maturity.reports.speech import fixed
from maturity.scoring.names import bands_of, group_text
from maturity.scoring.score import Scorer


def drawn_said(words: Words, firm: Firmness) -> str:
    """What was drawn, how often and from which seed."""
    return words(
        "From the {low}th to the {high}th percentile of {draws} draws, seed {seed}. Weights: each times {least} to {most}. "
        "Answers: each one option down or up, with a probability of {error}% either way.",
        low=firm.low,
        high=firm.high,
        draws=f"{firm.draws:,}",
        seed=firm.seed,
        least=f"{firm.weight_low:g}",
        most=f"{firm.weight_high:g}",
        error=f"{firm.answer_error * 50:g}",
    )


def no_interval_said(words: Words) -> str:
    """What a sensitivity range is not."""
    return words("This is no confidence interval: every council was asked, and nothing was sampled.")


def share_said(count: int, draws: int) -> str:
    """In per cent; 100 only where it is all, 0 only where it is none."""
    percent = fixed(100 * count / draws, 0)
    if percent == "100" and count < draws:
        return "99%"
    return "1%" if percent == "0" and count else f"{percent}%"


def weighted_name(scorer: Scorer, other: OtherWeight, language: Language) -> str:
    """What a weight is of: a question, or a group of the measure that another is built of."""
    questionnaire = scorer.questionnaire
    if other.source in questionnaire.questions:
        return questionnaire.questions[other.source].text.to(language)
    measures = {m.name: m for m in scorer.plan.measures}
    below = measures[measures[other.of].of]
    group = next(g.group for g in below.groups if g.name == other.source)
    return group_text(questionnaire, scorer.rubric.measures[below.name], group).to(language)


def level_name(scorer: Scorer, measure: str, level: str | None, words: Words) -> str:
    """A level's name; that there is none, where it is not scored."""
    names = {band.id: words.of(band.name) for band in bands_of(scorer.rubric, measure)}
    return names[level] if level else words("not scored")
