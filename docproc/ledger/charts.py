"""The overview's two charts: which deficiencies are the most frequent, and how each district's packages came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docproc.model import PackageOutcome

if TYPE_CHECKING:
    from openpyxl.chart import BarChart

COLOURS: Final = {
    PackageOutcome.PASS.value: "4E9A6B",
    PackageOutcome.DEFICIENT.value: "E0A13A",
    PackageOutcome.INELIGIBLE.value: "C4514A",
    PackageOutcome.REVIEW.value: "8C6BB1",
}
_HEIGHT_A_BAR, _LEAST_HEIGHT, _WIDTH = 0.85, 6.0, 21.0  # centimetres


def deficiencies_chart(sheet: Any, first: int, last: int) -> BarChart:
    """Bars to the right, the most frequent on top, from two columns (name, number) in the rows first:last."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = "最常见的补正项（套数）"
    chart.add_data(Reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.series[0].graphicalProperties.solidFill = COLOURS["deficient"]
    chart.x_axis.scaling.orientation = "maxMin"
    _finish(chart, last - first + 1)
    chart.gapWidth = 60
    return chart


def districts_chart(sheet: Any, head: int, last: int) -> BarChart:
    """Stacked bars, a district each, from a table with its titles in row `head`: the name, then a column an outcome."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.style = "bar", "stacked", 100, 10
    chart.title = "各区审查结论（套数）"
    for column, outcome in enumerate(PackageOutcome, start=2):
        chart.add_data(Reference(sheet, min_col=column, min_row=head, max_row=last), titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = COLOURS[outcome.value]
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.legend.position = "b"
    _finish(chart, last - head)
    chart.gapWidth = 60
    return chart


def _finish(chart: BarChart, bars: int) -> None:
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart.width, chart.height = _WIDTH, max(_LEAST_HEIGHT, 3.0 + _HEIGHT_A_BAR * bars)  # type: ignore[assignment]
    chart.y_axis.majorUnit = None
    chart.y_axis.number_format = "0"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="D5D9DF")))
    chart.y_axis.crosses = "max"  # the numbers below, though the order of the names is turned round
