"""The analyst sheet: what weighs most, how hard items are, how they and the dimensions hang together."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.benchmark.analysis import LEAST, TIMES_EVEN
from maturity.intake.xlsx import Value
from maturity.locale.words import N_
from maturity.models.analysis import Analysis
from maturity.models.benchmark import Comparison
from maturity.models.disclosure import NOT_APPLICABLE
from maturity.models.scorecard import Group
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import Field, Table

KINDS = {"theme": N_("Share of weight: theme"), "item": N_("Share of weight: question")}


def analysis(drawn: Drawn) -> Table | None:
    w, found = drawn.words, drawn.benchmark.analysis
    if found is None:
        return None
    return Table(
        w("Analysis"),
        w("For analysts: weight, difficulty and consistency, {period}", period=drawn.benchmark.period),
        w(
            "One row a figure, with the councils that it is of; [x] where they are fewer than {least}, or it is not defined. Dominates: at least {times} times its even share.",
            least=LEAST,
            times=TIMES_EVEN,
        ),
        (
            Field(w("Figure"), 38),
            Field(w("Dimension"), 28),
            Field(w("Of or with"), 44),
            Field(w("Question's id"), 34),
            Field(w("Councils (n)"), 12),
            Field(w("Value"), 12, "0.000"),
            Field(w("Even share"), 12, "0.000"),
            Field(w("Dominates"), 12),
        ),
        tuple(_Rows(drawn, found)()),
    )


class _Rows:
    def __init__(self, drawn: Drawn, found: Analysis) -> None:
        self.drawn, self.found = drawn, found
        self.comparisons = {(c.measure, c.group): c for c in drawn.benchmark.comparisons}
        questionnaire = drawn.scorer.questionnaire
        self.questions = {q.id: drawn.speech.to(q.text) for q in questionnaire.questions.values()}
        self.themes = {f"{d.id}.{t.id}": drawn.speech.to(t.name) for d, t, _ in questionnaire.walk()}

    def __call__(self) -> Iterator[tuple[Value, ...]]:
        yield from self._alphas()
        yield from self._correlations()
        yield from self._difficulties()
        yield from self._shares()

    def _shares(self) -> Iterator[tuple[Value, ...]]:
        w = self.drawn.words
        for one in self.found.shares:
            theme = one.kind == "theme"
            name = self.themes[one.name] if theme else self.questions[one.name]
            where = self._name(one.measure, one.group)
            said = w("yes") if one.dominates else w("no")
            item = NOT_APPLICABLE if theme else one.name
            yield w(KINDS[one.kind]), where, name, item, NOT_APPLICABLE, one.share, one.even, said

    def _difficulties(self) -> Iterator[tuple[Value, ...]]:
        figure = self.drawn.words("Mean share attained (low is hard)")
        for one in self.found.difficulties:
            dimension = self.drawn.speech.dimension(self.drawn.scorer.questionnaire.tags[one.item].dimension)
            start = (figure, dimension, self.questions[one.item], one.item)
            yield *start, one.n, self.drawn.number(one.mean), NOT_APPLICABLE, NOT_APPLICABLE

    def _alphas(self) -> Iterator[tuple[Value, ...]]:
        w = self.drawn.speech.words
        for one in self.found.alphas:
            start = (w("Cronbach's alpha"), self._name(one.measure, one.group))
            items = w.count("{n} question", "{n} questions", one.items)
            value = self.drawn.number(one.alpha)
            yield *start, items, NOT_APPLICABLE, one.n, value, NOT_APPLICABLE, NOT_APPLICABLE

    def _correlations(self) -> Iterator[tuple[Value, ...]]:
        figure = self.drawn.words("Spearman's rank correlation")
        for one in self.found.correlations:
            pair = (self._name(one.measure, one.one), self._name(one.measure, one.other))
            value = self.drawn.number(one.rho)
            yield figure, *pair, NOT_APPLICABLE, one.n, value, NOT_APPLICABLE, NOT_APPLICABLE

    def _name(self, measure: str, group: Group) -> str:
        comparison: Comparison = self.comparisons[measure, group]
        return self.drawn.speech.name(comparison)
