"""The benchmark workbook's Explore sheets with pictures: medians, levels, heatmap. Native charts, each with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from maturity.intake.xlsx import (
    BLUE,
    FONT,
    HEADER,
    INK,
    NAVY,
    PAPER,
    PLUM,
    QUIET,
    SKY,
    TEAL,
    WASH,
    Look,
    fit_row,
    letters,
    put,
    wide_enough,
)
from maturity.models.disclosure import NOT_SCORED
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import HEAD, head, to_print

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.worksheet.worksheet import Worksheet

# From the lowest level to the highest: one hue, darker as it rises, the ends told apart by their order too.
LEVEL_COLOURS = ("DCE9F5", SKY, BLUE, "1F5795", NAVY)
_EDGE = "D5D8DB"
CELL = Look(edge=_EDGE, up="center")


@dataclass(slots=True)
class Explorer:
    """Where charts' text alternatives are gathered, a list for each sheet that has charts."""

    drawn: Drawn
    back: str
    contents: str
    alternatives: list[list[str]] = field(default_factory=list)

    def begin(self, sheet: Worksheet, title: str, about: str) -> None:
        """Title, what to do here, and the way back."""
        head(sheet, title, about, self.back, self.contents)
        sheet.sheet_properties.tabColor = TEAL
        to_print(sheet, wide=True, pages=1)


def write_medians(sheet: Worksheet, explorer: Explorer) -> None:
    """A bar for every dimension's median, and one for the own score where the workbook is a council's."""
    from openpyxl.chart import BarChart, Reference

    drawn = explorer.drawn
    w = drawn.words
    rows = [c for c in (drawn.benchmark.overall, *drawn.benchmark.dimensions) if c is not None]
    explorer.begin(
        sheet, w("Medians by dimension"), w("The median of the councils' scores, with the number scored.")
    )
    own = (w("Own score"),) if drawn.council else ()
    _headings(
        sheet, (w("Measure"), *own, w("Median"), w("Councils scored (n)")), (34, *(12 for _ in own), 12, 14)
    )
    for number, c in enumerate(rows, HEAD + 1):
        put(sheet, number, 1, drawn.speech.name(c), CELL)
        figures = [(drawn.number(c.summary.median), drawn.told_format), (c.summary.n, "General")]
        if drawn.council:
            figures.insert(0, (drawn.score(c.of(drawn.council)), drawn.score_format))
        for column, (value, form) in enumerate(figures, 2):
            put(sheet, number, column, value, replace(CELL, across="right", format=form))
        sheet.row_dimensions[number].height = 20
    last, shown = HEAD + len(rows), 1 + len(own)
    chart = BarChart()
    chart.add_data(
        Reference(sheet, min_col=2, max_col=1 + shown, min_row=HEAD, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=HEAD + 1, max_row=last))
    dress_chart(chart, [PLUM, BLUE][-shown:], 2 + (0.4 + 0.75 * shown) * len(rows))
    if not own:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position = "b"
    low, high = drawn.scale
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = low, high
    chart.y_axis.number_format = "0.0"
    for series, form in zip(chart.series, (drawn.score_format, drawn.told_format)[-shown:], strict=True):
        series.dLbls = _labels(form)
    sheet.add_chart(chart, f"{letters(4 + shown)}4")
    said = [f"{drawn.speech.name(c)} {drawn.speech.told(c.summary.median)}" for c in rows]
    alternatives = [w("Bar chart of medians: {figures}.", figures="; ".join(said))]
    if drawn.council:
        mine = [f"{drawn.speech.name(c)} {drawn.speech.score(c.of(drawn.council).published)}" for c in rows]
        alternatives.append(w("Own scores beside them: {figures}.", figures="; ".join(mine)))
    explorer.alternatives.append([" ".join(alternatives)])


def write_levels(sheet: Worksheet, explorer: Explorer) -> None:
    """A stacked bar for every dimension: how many councils at each level."""
    from openpyxl.chart import BarChart, Reference

    drawn = explorer.drawn
    w, speech = drawn.words, drawn.speech
    rows = [c for c in (drawn.benchmark.overall, *drawn.benchmark.dimensions) if c is not None and c.levels]
    levels = speech.levels(rows[0].measure)
    rows = [c for c in rows if [x for x, _ in c.levels] == [level.band.id for level in levels]]
    explorer.begin(
        sheet, w("Levels by dimension"), w("How many councils are at each level, lowest level first.")
    )
    names = tuple(f"{level.number}. {level.name}" for level in levels)
    _headings(sheet, (w("Measure"), *names), (34, *(13 for _ in names)))
    for number, c in enumerate(rows, HEAD + 1):
        put(sheet, number, 1, speech.name(c), CELL)
        for column, (_, count) in enumerate(c.levels, 2):
            told = drawn.count(count) if drawn.tells(c.summary.n) else NOT_SCORED
            put(sheet, number, column, told, replace(CELL, across="right"))
        sheet.row_dimensions[number].height = 20
    last, wide = HEAD + len(rows), len(levels) + 1
    chart = BarChart()
    chart.grouping, chart.overlap = "stacked", 100
    chart.add_data(
        Reference(sheet, min_col=2, max_col=wide, min_row=HEAD, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=HEAD + 1, max_row=last))
    dress_chart(chart, level_colours(len(levels)), 3.2 + 1.15 * len(rows))
    if chart.legend is not None:
        chart.legend.position = "b"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, drawn.benchmark.n_members
    chart.y_axis.number_format = "0"
    sheet.add_chart(chart, f"A{last + 3}")
    said = []
    for c in rows:
        if not drawn.tells(c.summary.n):
            continue
        counts = ", ".join(f"{name} {drawn.count(n)}" for name, (_, n) in zip(names, c.levels, strict=True))
        said.append(f"{speech.name(c)}: {counts}")
    explorer.alternatives.append(
        [w("Stacked bar chart of councils by level. {figures}.", figures="; ".join(said))]
    )


def write_heatmap(sheet: Worksheet, explorer: Explorer) -> None:
    """Councils by dimensions, coloured by score, the numbers in the cells; dark ink on light colours only."""
    from openpyxl.formatting.rule import ColorScaleRule

    drawn = explorer.drawn
    w, speech = drawn.words, drawn.speech
    columns = [c for c in (*drawn.benchmark.dimensions, drawn.benchmark.overall) if c is not None]
    explorer.begin(
        sheet,
        w("Heatmap"),
        w("Every council's score in every dimension: the higher, the darker. Sort or filter by any column."),
    )
    names = [speech.name(c) for c in columns]
    _headings(sheet, (w("Council"), *names), (26, *(16 for _ in names)))
    for number, organisation in enumerate(drawn.organisations, HEAD + 1):
        own = organisation.code == drawn.council
        look = replace(CELL, bold=own, fill=WASH if own else None)
        put(sheet, number, 1, speech.to(organisation.name), look)
        for column, c in enumerate(columns, 2):
            value = drawn.score(c.of(organisation.code))
            missing = isinstance(value, str)
            shown = replace(
                CELL, across="center", format=drawn.score_format, bold=own, ink=QUIET if missing else INK
            )
            put(sheet, number, column, value, shown)
        sheet.row_dimensions[number].height = 19
    last = HEAD + len(drawn.organisations)
    area = f"B{HEAD + 1}:{sheet.cell(last, len(columns) + 1).coordinate}"
    low, high = drawn.scale
    rule: Any = ColorScaleRule(  # type: ignore[no-untyped-call] # openpyxl's stubs say nothing of it
        start_type="num",
        start_value=low,
        start_color="FFF7FBFF",
        end_type="num",
        end_value=high,
        end_color="FF" + SKY,
    )
    sheet.conditional_formatting.add(area, rule)
    sheet.auto_filter.ref = f"A{HEAD}:{sheet.cell(last, len(columns) + 1).coordinate}"
    sheet.freeze_panes = f"B{HEAD + 1}"


def level_colours(count: int) -> list[str]:
    """A colour for each of `count` levels."""
    if count == 1:
        return [BLUE]
    most = len(LEVEL_COLOURS) - 1
    return [LEVEL_COLOURS[round(n * most / (count - 1))] for n in range(count)]


def dress_chart(chart: BarChart, colours: Sequence[str], height: float) -> None:
    """Horizontal bars in our colours, the first category on top, with both axes drawn (openpyxl hides them)."""
    from openpyxl.chart.shapes import GraphicalProperties

    chart.type, chart.gapWidth = "bar", 45
    chart.width, chart.height = 24, height
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses = "max"
    if chart.y_axis.majorGridlines is not None:
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_line(_EDGE))
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=_line("949494"))
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "949494" if colour == LEVEL_COLOURS[0] else PAPER
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = _text()


def _line(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour, w=9525)


def _text() -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    look = CharacterProperties(latin=Font(typeface=FONT), sz=1000, solidFill=INK)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def _labels(number_format: str) -> DataLabelList:
    from openpyxl.chart.label import DataLabelList

    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = number_format
    labels.txPr = _text()
    return labels


def _headings(sheet: Worksheet, headings: Sequence[str], widths: Sequence[float]) -> None:
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        put(sheet, HEAD, column, heading, replace(HEADER, across="left" if column == 1 else "center"))
        sheet.column_dimensions[letters(column)].width = wide_enough(heading, width)
    fit_row(sheet, HEAD, [(h, w, HEADER) for h, w in zip(headings, widths, strict=True)], least=34)
