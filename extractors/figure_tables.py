"""Tables whose columns are years or periods: a head of years, then rows of a metric each; note columns and empty cells count as columns.

The same for tables laid the other way: a head of metrics, then a row a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from docproc.model import Span
from docproc.text.amounts import unit_factor
from extractors.metrics import Metric, metric_of_label
from extractors.years import base_year, rule, year_of_column

_UNIT = re.compile(r"(?:单位|金额单位)\s?[:：]?\s?((?:人民币)?(?:百万|千|万|亿)?元)|[（(]\s?((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]")
_NUMBER = re.compile(r"-?[\d,，.\s]*\d[\d,，.\s]*(?:万|亿|千|百)*(?:元|人|名)?")
_UNIT_CELL = re.compile(r"[（(]?\s?((?:人民币)?(?:百万|千|万|亿)?元|人|名)\s?[）)]?")
CAPTION_LINES = 4
LONGEST_TABLE = 60  # rows over which a caption governs


@dataclass(frozen=True, slots=True)
class GridFigure:
    """One cell: its metric, the year of its column, its text and the unit that governs it."""

    metric: Metric
    year: int | None
    value: str
    unit: str
    column: str
    label_span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span


def grid_rows(text: str) -> Iterator[GridFigure]:
    """The figures of all tables with years or periods as heads, in order."""
    lines = list(_lines(text))
    head: list[tuple[int, _Cell]] = []
    metrics: list[tuple[int, _Cell, Metric]] = []
    unit = ""
    units: dict[int, str] = {}  # by column, from a second head line: （亿元） （人）
    for index, (line, span) in enumerate(lines):
        if "\t" not in line:
            head, metrics = (head, metrics) if _within(lines, index) else ([], [])
            continue
        cells = list(_cells(line, span))
        columns = [(place, cell) for place, cell in enumerate(cells) if _is_period(cell.text)]
        named = [(place, cell, metric) for place, cell in enumerate(cells) if (metric := metric_of_label(cell.text))]
        if (
            columns
            and not any(_NUMBER.fullmatch(cell.text) for cell in cells if not _is_period(cell.text))
            and (len(columns) > 1 or not named)
        ) and (len(columns) > 1 or _is_period_head(cells)):
            head, metrics, units, unit = columns, [], {}, _unit_of(cells) or _caption_unit(lines, index)
            continue
        if len(named) > 1 and not any(_NUMBER.fullmatch(cell.text) for cell in cells):
            head, metrics, units, unit = [], named, {}, _unit_of(cells[:1]) or _caption_unit(lines, index)
            continue
        single = _captioned_metric(lines, index) if len(cells) == 2 and _is_period(cells[0].text) else None
        if single is not None and _NUMBER.fullmatch(cells[1].text):
            yield GridFigure(
                single[0], year_of_column(cells[0].text, None), cells[1].text, single[2], cells[0].text, single[1], cells[1].span
            )
            continue
        paired = list(_pairs(cells))
        if paired and _is_period(cells[0].text):
            period = year_of_column(cells[0].text, None)
            given = _caption_unit(lines, index) or unit
            for name, metric, value in paired:
                yield GridFigure(metric, period, value.text, _unit_of([name]) or given, cells[0].text, name.span, value.span)
            continue
        if head:
            yield from _by_years(text, cells, head, unit)
        elif metrics and all(not cell.text or _UNIT_CELL.fullmatch(cell.text) for cell in cells):
            units = {place: found[1] for place, cell in enumerate(cells) if (found := _UNIT_CELL.fullmatch(cell.text))}
        elif metrics and len(cells) >= len(metrics):
            yield from _by_metrics(cells, metrics, unit, units)


def _captioned_metric(lines: list[tuple[str, Span]], index: int) -> tuple[Metric, Span, str] | None:
    """The metric that the line over a column of years names: 营业收入（单位：万元）, then 2022年 | 21,340."""
    while index > 0 and "\t" in lines[index][0]:
        index -= 1
    line, span = lines[index]
    metric = metric_of_label(line) if len(line) <= 30 else None
    found = re.search(r"((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]?\s?$", line)
    return (metric, span, found[1] if found else "") if metric else None


def _by_years(text: str, cells: list[_Cell], head: list[tuple[int, _Cell]], unit: str) -> Iterator[GridFigure]:
    label = next(
        ((place, cell, metric) for place, cell in enumerate(cells[: head[0][0] or 1]) if (metric := metric_of_label(cell.text))), None
    )
    if label is None:
        return
    place, cell, metric = label
    own_unit = _unit_of([cell]) or next((found[1] for each in cells if (found := _UNIT_CELL.fullmatch(each.text))), "")
    shift = len(cells) - 1 - head[-1][0] if len(cells) - 1 < head[-1][0] else 0
    base = base_year(text, cell.span.start)
    for column, name in head:
        if not place < column + shift < len(cells):
            continue
        value = cells[column + shift]
        if value.text and _NUMBER.fullmatch(value.text):
            yield GridFigure(metric, year_of_column(name.text, base), value.text, own_unit or unit, name.text, cell.span, value.span)


def _by_metrics(cells: list[_Cell], metrics: list[tuple[int, _Cell, Metric]], unit: str, units: Mapping[int, str]) -> Iterator[GridFigure]:
    period = next((cell for cell in cells[:2] if _is_period(cell.text)), None)
    if period is None:
        return
    for place, name, metric in metrics:
        if place < len(cells) and _NUMBER.fullmatch(cells[place].text):
            yield GridFigure(
                metric,
                year_of_column(period.text, None),
                cells[place].text,
                _unit_of([name]) or units.get(place, unit),
                period.text,
                name.span,
                cells[place].span,
            )


def _pairs(cells: list[_Cell]) -> Iterator[tuple[_Cell, Metric, _Cell]]:
    """Labels with their values side by side in one row: 2023年度 | 营业收入 | 26,885 | 职工人数 | 341."""
    for name, value in pairwise(cells[1:]):
        metric = metric_of_label(name.text)
        if metric is not None and _NUMBER.fullmatch(value.text):
            yield name, metric, value


@lru_cache(maxsize=4096)
def _is_period(text: str) -> bool:
    """Whether a cell is a column's head that names a year or a period, and nothing else."""
    plain = re.sub(r"[（(][^（()）]*[）)]|\s", "", text)
    if re.fullmatch(
        r"(?:20\d\d|二[〇零○]{1}[〇零○一二三四五六七八九]{2}|二千零?[一二三四五六七八九十]{1,3})(?:年(?:度|末|底)?(?:12月31日|12月)?|[.\-/]12[.\-/]31)?(?:实际|（实际）|预计|计划|目标|审定数?|数|金额|（万元）)?",
        plain,
    ):
        return True
    return bool(re.fullmatch(rf"(?:{rule('column_now').pattern}|{rule('column_before').pattern})", plain))


def _is_period_head(cells: list[_Cell]) -> bool:
    return any(
        re.fullmatch(r"(?:项目|指标|科目|名称|内容|序号|年度|年份|)", re.sub(r"[（(][^（()）]*[）)]|\s", "", cell.text))
        for cell in cells[:1]
    )


def _unit_of(cells: list[_Cell]) -> str:
    for cell in cells:
        found = _UNIT.search(cell.text)
        if found:
            return found[1] or found[2]
    return ""


def _caption_unit(lines: list[tuple[str, Span]], index: int) -> str:
    top = index
    while top > 0 and index - top < LONGEST_TABLE and "\t" in lines[top - 1][0]:
        top -= 1
    near = [*lines[max(0, top - 1) : top], *lines[max(top, index - CAPTION_LINES) : index]]
    for line, _ in (*reversed(lines[max(0, index - CAPTION_LINES) : index]), *near):
        found = re.search(r"单位\s?[:：]?\s?(?:为)?((?:人民币)?(?:百万|千|万|亿)?元)|[（(]((?:人民币)?(?:百万|千|万|亿)?元)[）)]\s?$", line)
        given = (found[1] or found[2]) if found else ""
        if given and unit_factor(given) is not None:
            return given
    return ""


def _within(lines: list[tuple[str, Span]], index: int) -> bool:
    """Whether a line without tabs stands between two rows of one table (an empty line, a short group line)."""
    following = next((line for line, _ in lines[index + 1 : index + 3] if line.strip()), "")
    return "\t" in following and len(lines[index][0]) <= 30 and not re.search("表$|年度", lines[index][0])


def _lines(text: str) -> Iterator[tuple[str, Span]]:
    start = 0
    for line in re.split(r"[\n\f]", text):
        yield line, Span(start, start + len(line))
        start += len(line) + 1


def _cells(line: str, span: Span) -> Iterator[_Cell]:
    start = span.start
    for part in line.split("\t"):
        bare = part.strip()
        lead = part.find(bare) if bare else len(part)
        yield _Cell(bare, Span(start + lead, start + lead + len(bare)))
        start += len(part) + 1
