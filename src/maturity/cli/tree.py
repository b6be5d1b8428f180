"""An explanation drawn as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maturity.cli.parts import PARTS, REASONS, STEPS, part_text, step_state, suggestion, value_text
from maturity.cli.terminal import number
from maturity.locale.words import Words

if TYPE_CHECKING:
    from rich.tree import Tree

    from maturity.intake.scored import Scored
    from maturity.models.scorecard import Score
    from maturity.scoring.explain import Explanation, Part, Reaching
    from maturity.scoring.score import Scorer


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
        answer = suggestion(scorer.questionnaire.questions[one.item], one.answer, words)
        yield f"  {one.item}: {answer} ({one.published:.{places}f}, {levels[one.level]})"


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
        self._limit(branch, explanation)
        if explanation.reduce == "sum" and explanation.base:
            branch.add(Text(words("starts from {base}", base=f"{explanation.base:g}"), style="dim"))
        if explanation.reduce == "ladder":
            self._ladder(branch, explanation)
            return
        for part in explanation.parts:
            self._part(branch, explanation, part)

    def _limit(self, branch: Tree, explanation: Explanation) -> None:
        """The limit that holds: what it took off, or that it took off nothing."""
        from rich.text import Text

        score, words, places = explanation.score, self.words, self.scorer.plan.places
        limit = next((limit for limit in self.scorer.rubric.limits if limit.id == score.limit), None)
        if limit is None:
            return
        because = limit.because.to(words.language)
        if score.capped and score.uncapped is not None:
            uncapped = number(score.uncapped, places)
            said = words("capped from {uncapped}: {because}", uncapped=uncapped, because=because)
        else:
            at_most = number(limit.at_most, places)
            said = words(
                "a limit of {at_most} holds, and it is not above that: {because}",
                at_most=at_most,
                because=because,
            )
        branch.add(Text(said, style="yellow" if score.capped else "dim"))

    def _ladder(self, branch: Tree, explanation: Explanation) -> None:
        """A branch a step, from the bottom: passed, begun or not, and what it holds."""
        from rich.text import Text

        rule = next(m for m in self.scorer.plan.measures if m.name == explanation.score.measure)
        group = next(g for g in rule.groups if g.group == explanation.score.group)
        steps = {source: step for (source, _), step in zip(group.inputs, group.steps, strict=True)}
        assert rule.ladder is not None
        for position, name in enumerate(rule.ladder.steps):
            here = [part for part in explanation.parts if steps[part.source] == position]
            state = self.words(STEPS[step_state(rule, here)])
            step = branch.add(Text(f"{position + 1} {name}: {state}", style="cyan"))
            for part in here:
                self._part(step, explanation, part)

    def _part(self, branch: Tree, explanation: Explanation, part: Part) -> None:
        from rich.text import Text

        how = part_text(explanation, part, self.words)
        if part.of is not None:
            self.add(branch, part.of, f"{how}; ")
            return
        answer = self.scored.assessment.answers.get(part.source)
        line = Text(part.source)
        if answer is not None and answer.value is not None:
            line.append(f" = {value_text(answer.value)}", style="bold")
        counts = part.value is not None and part.state == "answered"
        line.append(f"  {how}", style="dim" if counts else "yellow")
        if answer is not None and answer.reason:
            line.append(f" ({answer.reason})", style="dim")
        self._question(branch.add(line), part.source, answer.value if answer is not None else None)

    def _question(self, leaf: Tree, item: str, value: object) -> None:
        """What was asked, and the sentence of the level chosen."""
        from rich.text import Text

        question, language = self.scorer.questionnaire.questions[item], self.words.language
        leaf.add(Text(question.text.to(language), style="dim italic"))
        for option in question.choices if question.type in ("level", "yes_no") else ():
            if option.id == value:
                leaf.add(Text(option.text.to(language), style="dim"))

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
