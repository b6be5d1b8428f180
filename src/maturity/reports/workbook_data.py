"""The benchmark workbook's data tables. Values only: everything that computes stands in the Explore sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from maturity.benchmark.council import against_peers
from maturity.intake.xlsx import Value
from maturity.locale.words import N_
from maturity.models.benchmark import AnswerCounts, Benchmark, Comparison, Standing
from maturity.models.questionnaire import NumberQuestion
from maturity.models.register import Organisation, sort_key
from maturity.reports.sheets import NOT_APPLICABLE, NOT_SCORED, Field, Table
from maturity.reports.speech import Speech
from maturity.scoring.score import Scorer


@dataclass(frozen=True)
class Drawn:
    """What is drawn, and the words for it."""

    scorer: Scorer
    benchmark: Benchmark
    speech: Speech
    council: str | None = None

    def words(self, message: str, /, **places: object) -> str:
        return self.speech.words(message, **places)

    @property
    def score_format(self) -> str:
        """The number format of published scores."""
        places = self.speech.places
        return "0." + "0" * places if places else "0"

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The register's organisations by their names, in the order of the reader's alphabet."""
        language = self.speech.language
        found = [m.organisation for m in self.benchmark.members]
        return tuple(sorted(found, key=lambda o: sort_key(o.name.to(language), language)))

    def name(self, code: str) -> str:
        return next(self.speech.to(o.name) for o in self.organisations if o.code == code)

    def score(self, standing: Standing) -> Value:
        """The published score, or the symbol or words that say why there is none."""
        if standing.published is not None:
            return standing.published
        if standing.reason is None:
            return self.words("not submitted")
        return NOT_APPLICABLE if standing.reason == "nothing_applies" else NOT_SCORED

    def number(self, value: float | None) -> Value:
        """A statistic, or the symbol where too few were scored for it."""
        return NOT_SCORED if value is None else value

    def kind(self, comparison: Comparison) -> str:
        """What sort of measure: the whole, a dimension, a theme, or the rubric's own name for it."""
        if not comparison.by:
            return self.words("Overall")
        names = {("dimension",): N_("Dimension"), ("dimension", "theme"): N_("Theme")}
        if comparison.by in names:
            return self.words(names[comparison.by])
        return self.speech.to(self.scorer.rubric.measures[comparison.measure].name)

    def pair(self, comparison: Comparison) -> tuple[str, str]:
        """A comparison's dimension and theme, as far as it has them."""
        by = dict(zip(comparison.by, comparison.group, strict=True))
        dimension = (
            self.speech.dimension(by["dimension"]) if "dimension" in by else self.words("All dimensions")
        )
        theme = (
            self.speech.name(comparison)
            if comparison.by == ("dimension", "theme")
            else self.words("All themes")
        )
        return dimension, theme


def data_tables(drawn: Drawn) -> list[Table]:
    """Every data sheet, in order; those that have nothing to show are left out."""
    makers: Sequence[Callable[[Drawn], Table | None]] = (
        _own,
        _overall,
        _dimensions,
        _themes,
        _statistics,
        _levels,
        _findings,
        _answers,
        _numbers,
        _change,
        _change_by_council,
        _missing,
    )
    return [table for maker in makers if (table := maker(drawn)) is not None]


def _standing_fields(drawn: Drawn, *first: Field) -> tuple[Field, ...]:
    w = drawn.words
    return (
        Field(w("Council"), 24),
        *first,
        Field(w("Score"), 14, drawn.score_format),
        Field(w("Level"), 24),
        Field(w("Rank"), 14),
        Field(w("Position"), 16),
        Field(w("Coverage"), 12, "0%"),
        Field(w("Questions answered"), 14),
        Field(w("Questions that apply"), 14),
        Field(w("Limited by"), 40),
    )


def _standing_row(
    drawn: Drawn, comparison: Comparison, organisation: Organisation, *first: str
) -> tuple[Value, ...]:
    speech = drawn.speech
    standing = comparison.of(organisation.code)
    member = next(m for m in drawn.benchmark.members if m.organisation.code == organisation.code)
    score = member.scorecard.score(comparison.measure, *comparison.group) if member.scorecard else None
    absent = drawn.words("not submitted") if score is None else NOT_SCORED
    level = speech.level(comparison.measure, standing.level)
    # A measure without levels has none for anybody; that is no gap in a council's answers.
    level_words: Value = (
        level.name if level else absent if standing.published is None else drawn.words("no level")
    )
    rank = speech.rank(standing, comparison.summary.n) if standing.rank is not None else absent
    unplaced = drawn.words("not assigned") if standing.published is not None else absent
    position = speech.position(standing.position) if standing.position else unplaced
    coverage: Value = (
        absent if score is None else NOT_APPLICABLE if score.coverage is None else score.coverage
    )
    counts: tuple[Value, Value] = (score.answered, score.applicable) if score else (absent, absent)
    limit = next((x for x in drawn.scorer.rubric.limits if x.id == standing.capped), None)
    because = speech.to(limit.because) if limit else drawn.words("no limit")
    if standing.published is None:
        because = absent
    name = speech.to(organisation.name)
    return (name, *first, drawn.score(standing), level_words, rank, position, coverage, *counts, because)


def _strong(drawn: Drawn, rows: Sequence[tuple[Value, ...]], column: int = 0) -> frozenset[int]:
    own = drawn.name(drawn.council) if drawn.council else None
    return frozenset(n for n, row in enumerate(rows) if own is not None and row[column] == own)


def _overall(drawn: Drawn) -> Table | None:
    overall = drawn.benchmark.overall
    if overall is None:
        return None
    rows = tuple(_standing_row(drawn, overall, o) for o in drawn.organisations)
    w = drawn.words
    return Table(
        w("Overall"),
        "Overall",
        w("Overall scores, {period}", period=drawn.benchmark.period),
        w("One row a council, in alphabetical order. Equal scores share a rank."),
        _standing_fields(drawn),
        rows,
        _strong(drawn, rows),
    )


def _dimensions(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(
        _standing_row(drawn, c, o, drawn.speech.name(c))
        for c in drawn.benchmark.dimensions
        for o in drawn.organisations
    )
    if not rows:
        return None
    return Table(
        w("Dimensions"),
        "Dimensions",
        w("Scores by dimension, {period}", period=drawn.benchmark.period),
        w("One row a council and dimension. Filter by either."),
        _standing_fields(drawn, Field(w("Dimension"), 26)),
        rows,
        _strong(drawn, rows),
    )


def _themes(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(
        _standing_row(drawn, c, o, *drawn.pair(c))
        for c in drawn.benchmark.themes
        for o in drawn.organisations
    )
    if not rows:
        return None
    return Table(
        w("Themes"),
        "Themes",
        w("Scores by theme, {period}", period=drawn.benchmark.period),
        w("One row a council and theme. A theme has few questions: read its scores with care."),
        _standing_fields(drawn, Field(w("Dimension"), 26), Field(w("Theme"), 26)),
        rows,
        _strong(drawn, rows),
    )


def _statistics(drawn: Drawn) -> Table:
    w = drawn.words
    rows = []
    for c in drawn.benchmark.comparisons:
        s = c.summary
        quartiles = (drawn.number(s.median), drawn.number(s.q1), drawn.number(s.q3))
        rows.append((drawn.kind(c), *drawn.pair(c), s.n, *quartiles))
    form = drawn.score_format if drawn.speech.places > 1 else "0.00"
    return Table(
        w("Statistics"),
        "Statistics",
        w("Summary statistics, {period}", period=drawn.benchmark.period),
        w(
            "Over the councils that are scored. The median needs 5 of them, the quartiles 8; [x] where there are fewer."
        ),
        (
            Field(w("Measure"), 16),
            Field(w("Dimension"), 28),
            Field(w("Theme"), 28),
            Field(w("Councils scored (n)"), 14),
            Field(w("Median"), 12, form),
            Field(w("Lower quartile (Q1)"), 14, form),
            Field(w("Upper quartile (Q3)"), 14, form),
        ),
        tuple(rows),
    )


def _levels(drawn: Drawn) -> Table | None:
    w = drawn.words
    banded = [c for c in drawn.benchmark.comparisons if c.levels]
    rows: list[tuple[Value, ...]] = []
    for c in banded:
        start = (drawn.kind(c), *drawn.pair(c))
        for level, (_, count) in zip(drawn.speech.levels(c.measure), c.levels, strict=True):
            rows.append((*start, level.number, level.name, count))
        unscored = sum(s.published is None and s.reason is not None for s in c.standings)
        missing = sum(s.published is None and s.reason is None for s in c.standings)
        rows.append((*start, NOT_APPLICABLE, w("not scored"), unscored))
        rows.append((*start, NOT_APPLICABLE, w("not submitted"), missing))
    if not rows:
        return None
    return Table(
        w("Levels"),
        "Levels",
        w("How many councils are at each level, {period}", period=drawn.benchmark.period),
        w("One row a measure and level, lowest level first."),
        (
            Field(w("Measure"), 16),
            Field(w("Dimension"), 28),
            Field(w("Theme"), 28),
            Field(w("Level number"), 10),
            Field(w("Level"), 24),
            Field(w("Councils"), 12),
        ),
        tuple(rows),
    )


def _findings(drawn: Drawn) -> Table | None:
    w, language = drawn.words, drawn.speech.language
    rows = tuple(
        (drawn.speech.dimension(f.dimension), f.sentence(language), f.count, f.answered, f.question)
        for f in drawn.benchmark.findings
    )
    if not rows:
        return None
    return Table(
        w("Findings"),
        "Findings",
        w("What councils said, in sentences that can be quoted, {period}", period=drawn.benchmark.period),
        w("Counted over the councils that answered the question."),
        (
            Field(w("Dimension"), 26),
            Field(w("Finding"), 80),
            Field(w("Councils"), 12),
            Field(w("Councils that answered"), 14),
            Field(w("Question's id"), 40),
        ),
        rows,
    )


def _answers(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(_answer_rows(drawn))
    if not rows:
        return None
    return Table(
        w("Answers"),
        "Answers",
        w("How many councils gave each answer, {period}", period=drawn.benchmark.period),
        w(
            "One row a question and answer, for every question with choices. Where several can be chosen, shares add up to more than 100%."
        ),
        (
            Field(w("Dimension"), 22),
            Field(w("Theme"), 22),
            Field(w("Question"), 46),
            Field(w("Question's id"), 34),
            Field(w("Answer"), 60),
            Field(w("Councils"), 11),
            Field(w("Councils that answered"), 13),
            Field(w("Share of those who answered"), 14, "0%"),
        ),
        rows,
    )


def _answer_rows(drawn: Drawn) -> Iterator[tuple[Value, ...]]:
    w, speech = drawn.words, drawn.speech
    counts = {a.question: a for a in drawn.benchmark.answers}
    for dimension, theme, question in drawn.scorer.questionnaire.walk():
        found = counts.get(question.id)
        if found is None or not question.choices:
            continue
        start = (speech.to(dimension.name), speech.to(theme.name), speech.to(question.text), question.id)
        chosen = dict(found.options)
        for option in question.choices:
            count = chosen[option.id]
            share = count / found.answered if found.answered else NOT_APPLICABLE
            yield (*start, speech.to(option.text), count, found.answered, share)
        for label, count in _without(found):
            yield (*start, w(label), count, found.answered, NOT_APPLICABLE)


def _without(found: AnswerCounts) -> Iterator[tuple[str, int]]:
    """Those who gave no answer, each kind as itself."""
    yield N_("[not applicable]"), found.not_applicable
    yield N_("[not answered]"), found.unanswered


def _numbers(drawn: Drawn) -> Table | None:
    w, speech = drawn.words, drawn.speech
    counts = {a.question: a for a in drawn.benchmark.answers}
    rows: list[tuple[Value, ...]] = []
    for dimension, theme, question in drawn.scorer.questionnaire.walk():
        found = counts.get(question.id)
        if not isinstance(question, NumberQuestion) or found is None or found.numbers is None:
            continue
        s = found.numbers
        statistics = (s.n, drawn.number(s.median), drawn.number(s.q1), drawn.number(s.q3))
        start = (speech.to(dimension.name), speech.to(theme.name), speech.to(question.text), question.id)
        rest = (found.dont_know, found.not_applicable, found.unanswered)
        rows.append((*start, speech.to(question.number.unit), *statistics, *rest))
    if not rows:
        return None
    return Table(
        w("Numbers"),
        "Numbers",
        w("Questions that are answered with a number, {period}", period=drawn.benchmark.period),
        w(
            "The median needs 5 answers, the quartiles 8; [x] where there are fewer. 'Don't know' is not zero."
        ),
        (
            Field(w("Dimension"), 22),
            Field(w("Theme"), 22),
            Field(w("Question"), 50),
            Field(w("Question's id"), 34),
            Field(w("Unit"), 14),
            Field(w("Answers (n)"), 11),
            Field(w("Median"), 11, "0.##"),
            Field(w("Lower quartile (Q1)"), 11, "0.##"),
            Field(w("Upper quartile (Q3)"), 11, "0.##"),
            Field(w("Don't know"), 11),
            Field(w("Not applicable"), 12),
            Field(w("Not answered"), 12),
        ),
        tuple(rows),
    )


def _change(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    rows: list[tuple[Value, ...]] = []
    for c in b.comparisons:
        if (change := c.change) is not None:
            step: Value = NOT_SCORED if change.step is None else change.step
            median = drawn.number(change.median_difference)
            moved = (change.up, change.no_clear_change, change.down)
            rows.append((drawn.kind(c), *drawn.pair(c), change.n, median, step, *moved))
    if not rows:
        return None
    form = "+0.00;-0.00;0.00"
    return Table(
        w("Change"),
        "Change",
        w("Change from {previous} to {period}", previous=b.previous, period=b.period),
        w(
            "Only councils scored in both periods. A difference smaller than one answer moved by one option is no clear change."
        ),
        (
            Field(w("Measure"), 16),
            Field(w("Dimension"), 28),
            Field(w("Theme"), 28),
            Field(w("Councils in both (n)"), 12),
            Field(w("Median difference"), 12, form),
            Field(w("Smallest clear difference"), 12, "0.000"),
            Field(w("Clearly up"), 10),
            Field(w("No clear change"), 10),
            Field(w("Clearly down"), 10),
        ),
        tuple(rows),
    )


def _change_by_council(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    order = {o.code: n for n, o in enumerate(drawn.organisations)}
    rows: list[tuple[Value, ...]] = []
    for c in b.comparisons:
        if c.change is None or len(c.by) > 1:
            continue
        for d in sorted(c.change.differences, key=lambda d: order[d.organisation]):
            clear = w("yes") if d.clear else w("no clear change")
            rows.append(
                (drawn.name(d.organisation), drawn.speech.name(c), d.before, d.after, d.difference, clear)
            )
    if not rows:
        return None
    form = drawn.score_format
    return Table(
        w("Change by council"),
        "Change_by_council",
        w("Change of each council from {previous} to {period}", previous=b.previous, period=b.period),
        w("Overall and by dimension, for councils scored in both periods."),
        (
            Field(w("Council"), 24),
            Field(w("Measure"), 28),
            Field(w("Score in {period}", period=b.previous), 14, form),
            Field(w("Score in {period}", period=b.period), 14, form),
            Field(w("Difference"), 14, f"+{form};-{form};{form}"),
            Field(w("Clear change"), 18),
        ),
        tuple(rows),
        _strong(drawn, rows),
    )


def _missing(drawn: Drawn) -> Table:
    w, b = drawn.words, drawn.benchmark
    missing = [o for o in drawn.organisations if any(m.organisation.code == o.code for m in b.missing)]
    rows: list[tuple[Value, ...]] = [
        (drawn.speech.to(o.name), drawn.speech.to(o.title), drawn.speech.to(o.region), o.code)
        for o in missing
    ]
    none = (w("All councils submitted"), NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE)
    return Table(
        w("Not submitted"),
        "Not_submitted",
        w("Councils that did not submit answers for {period}", period=b.period),
        w("They are part of no figure in this workbook."),
        (Field(w("Council"), 26), Field(w("Full name"), 44), Field(w("Region"), 26), Field(w("Code"), 14)),
        tuple(rows) or (none,),
    )


def _own(drawn: Drawn) -> Table | None:
    if drawn.council is None:
        return None
    w, speech = drawn.words, drawn.speech
    rows: list[tuple[Value, ...]] = []
    for a in against_peers(drawn.scorer, drawn.benchmark, drawn.council):
        c = a.comparison
        missing = drawn.score(a.own)
        rows.append(
            (
                drawn.kind(c),
                *drawn.pair(c),
                missing,
                drawn.number(a.peers.median),
                drawn.number(a.difference),
                a.peers.n,
                speech.rank(a.own, c.summary.n) if a.own.rank is not None else missing,
                speech.others(a.own) if a.own.rank is not None else missing,
            )
        )
    form = drawn.score_format
    return Table(
        w("Own position"),
        "Own_position",
        w(
            "{council} beside the other councils, {period}",
            council=drawn.name(drawn.council),
            period=drawn.benchmark.period,
        ),
        w("The peers' median leaves {council} out.", council=drawn.name(drawn.council)),
        (
            Field(w("Measure"), 16),
            Field(w("Dimension"), 28),
            Field(w("Theme"), 28),
            Field(w("Own score"), 12, form),
            Field(w("Peers' median"), 12, "0.00"),
            Field(w("Difference"), 12, f"+{form};-{form};{form}"),
            Field(w("Peers scored (n)"), 12),
            Field(w("Rank"), 14),
            Field(w("Other councils"), 34),
        ),
        tuple(rows),
    )
