"""An explanation drawn as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maturity.locale.words import N_, Words

if TYPE_CHECKING:
    from rich.tree import Tree

    from maturity.intake.scored import Scored
    from maturity.models.scorecard import Score
    from maturity.scoring.explain import Explanation, Part, Reaching
    from maturity.scoring.score import Scorer

REASONS = {
    "nothing_applies": N_("nothing in it applies"),
    "nothing_answered": N_("none of its questions is answered"),
    "low_coverage": N_("too few of its questions are answered"),
    "answer_missing": N_("an answer that the rubric demands is missing"),
    "undefined": N_("its values cannot be reduced to a number"),
}
PARTS = {
    "nothing_answered": N_("none of its parts is scored"),
    "low_coverage": N_("too few of its parts are scored"),
}
STATES = {
    "unanswered": N_("left out: unanswered"),
    "dont_know": N_("left out: don't know"),
    "not_applicable": N_("left out: not applicable"),
    "not_asked": N_("left out: not asked"),
    "answered": N_("left out: no score"),
}


def explanation_tree(scorer: Scorer, scored: Scored, explanation: Explanation, words: Words) -> Tree:
    """The score at the top, below it what it was built of, down to the answers."""
    from rich.text import Text
    from rich.tree import Tree

    drawing = _Drawing(scorer, scored, words)
    organisation = scored.organisation.name.to(words.language)
    top = Tree(Text(f"{organisation} {scored.assessment.period}", style="bold"), guide_style="dim")
    drawing.add(top, explanation, "")
    return top


def reaching_lines(
    scorer: Scorer, explanation: Explanation, reach: Sequence[Reaching], words: Words
) -> Iterator[str]:
    """How far the next level is, and which single answers would reach it."""
    if explanation.next_at is None or explanation.missing is None:
        return
    places = scorer.plan.places
    levels = _levels(scorer, words)
    level = levels.get(explanation.next_level or "", "")
    distance, start = f"{explanation.missing:.{places}f}", f"{explanation.next_at:.{places}f}"
    if explanation.score.capped:
        yield words("{level} starts at {start}; the limit stands before it.", level=level, start=start)
    else:
        yield words(
            "{distance} more reaches {level}, which starts at {start}.",
            distance=distance,
            level=level,
            start=start,
        )
    yield words("Any one of these answers would:") if reach else words("No single answer would.")
    for one in reach:
        yield f"  {one.item}: {_answer(one.answer)} ({one.published:.{places}f}, {levels[one.level]})"


class _Drawing:
    def __init__(self, scorer: Scorer, scored: Scored, words: Words) -> None:
        self.scorer, self.scored, self.words = scorer, scored, words
        self.levels = _levels(scorer, words)

    def add(self, tree: Tree, explanation: Explanation, before: str) -> None:
        """A branch for one score, with a branch for each thing that it was built of."""
        from rich.text import Text

        words, score, places = self.words, explanation.score, self.scorer.plan.places
        line = Text(f"{self._name(explanation)}  ")
        if score.published is not None:
            line.append(f"{score.published:.{places}f}", style="bold")
            line.append(f" {self.levels.get(score.level or '', '')}", style="cyan")
        elif score.counts:
            line.append(", ".join(f"{value:g}: {n}" for value, n in score.counts), style="bold")
        else:
            line.append(
                words("not scored: {reason}", reason=self._why(score)),
                style="yellow",
            )
        line.append(f"  {before}{self._how(explanation)}", style="dim")
        branch = tree.add(line)
        if score.capped:
            limit = next(limit for limit in self.scorer.rubric.limits if limit.id == score.capped)
            uncapped = f"{score.uncapped:.{places}f}"
            because = limit.because.to(words.language)
            branch.add(
                Text(
                    words("capped from {uncapped}: {because}", uncapped=uncapped, because=because),
                    style="yellow",
                )
            )
        for part in explanation.parts:
            self._part(branch, part)

    def _part(self, branch: Tree, part: Part) -> None:
        from rich.text import Text

        words = self.words
        if part.value is None:
            how = words(STATES[part.state])
        elif part.share is None:
            how = words("worth {value}, and does not count here", value=f"{part.value:.4g}")
        else:
            how = words(
                "{value} × {weight}, {share} of the weight",
                value=f"{part.value:.4g}",
                weight=f"{part.weight:g}",
                share=f"{part.share:.1%}",
            )
            if part.adds is not None:
                how += ", " + words("adds {adds}", adds=f"{part.adds:.4f}")
        if part.of is not None:
            self.add(branch, part.of, f"{how}; ")
            return
        question = self.scorer.questionnaire.questions[part.source]
        answer = self.scored.assessment.answers.get(part.source)
        line = Text(part.source)
        if answer is not None and answer.value is not None:
            line.append(f" = {_answer(answer.value)}", style="bold")
        line.append(f"  {how}", style="dim" if part.share is not None else "yellow")
        if answer is not None and answer.reason:
            line.append(f" ({answer.reason})", style="dim")
        leaf = branch.add(line)
        leaf.add(Text(question.text.to(words.language), style="dim italic"))
        if answer is not None and isinstance(answer.value, str):
            for option in question.choices:
                if option.id == answer.value and question.type == "level":
                    leaf.add(Text(option.text.to(words.language), style="dim"))

    def _why(self, score: Score) -> str:
        """Why there is no number; what is built of measures has parts, not questions."""
        reason = score.reason or "undefined"
        of_items = self.scorer.rubric.measures[score.measure].of == "items"
        return self.words(REASONS[reason] if of_items else PARTS.get(reason, REASONS[reason]))

    def _name(self, explanation: Explanation) -> str:
        from maturity.scoring.names import group_text

        score = explanation.score
        rule = self.scorer.rubric.measures[score.measure]
        return group_text(self.scorer.questionnaire, rule, score.group).to(self.words.language)

    def _how(self, explanation: Explanation) -> str:
        from maturity.scoring.names import reduce_text

        words, score = self.words, explanation.score
        rule = self.scorer.rubric.measures[score.measure]
        how = reduce_text(rule, words)
        if score.coverage is not None and score.coverage < 1:
            how += ", " + words("{share} covered", share=f"{score.coverage:.0%}")
        return how


def _levels(scorer: Scorer, words: Words) -> dict[str, str]:
    return {band.id: band.name.to(words.language) for bands in scorer.rubric.bands.values() for band in bands}


def _answer(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
