"""Tables whose columns are years or periods: a head of years, then rows of a metric each; note columns and empty cells count as columns.

The same for tables laid the other way: a head of metrics, then a row a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from docproc.model import Span
from docproc.text.amounts import unit_factor
from extractors.measures.metrics import Metric, label_sign, metric_of_label, with_gaps
from extractors.measures.years import base_year, year_of, year_of_column
from extractors.words.anchors import anchors
from extractors.words.lexicon import rules

_HEAD_OF_LABELS = re.compile(r"(?:项目|指标|科目|名称|内容|序号|年度|年份|)")
_UNIT_GIVEN = re.compile(
    r"单位\s?[:：]?\s?(?:为)?((?:人民币)?(?:百万|千|万|亿)?元)|[（(]((?:人民币)?(?:百万|千|万|亿)?元)(?:[，,、；;][^（()）]{2,18})?[）)]\s?$"
)
_UNIT = re.compile(r"(?:单位|金额单位)\s?[:：]?\s?((?:人民币)?(?:百万|千|万|亿)?元)|[（(]\s?((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]")
_NUMBER = re.compile(r"-?[\d,，.\s]*\d[\d,，.\s]*(?:万|亿|千|百)*(?:元|人|名)?")
_BRACKET_OR_BLANK = re.compile(r"[（(][^（()）]*[）)]|\s")
_UNIT_CELL = re.compile(r"[（(]?\s?((?:人民币)?(?:百万|千|万|亿)?元|人|名)\s?[）)]?")
_LINE_END = re.compile(r"[\n\f]")
_ALONE = re.compile("(?:母|本)?公司|单体|个别")
_STATEMENT = re.compile("(?:资产负债|利润|损益)表")
CAPTION_LINES = 4
LONGEST_TABLE = 60  # rows over which a caption governs
_rule = rules("figures")


class GridFigure(NamedTuple):
    """One cell: its metric, the year of its column, its text and the unit that governs it."""

    metric: Metric
    year: int | None
    value: str
    unit: str
    column: str
    label_span: Span
    value_span: Span
    head: int = 0  # the place of its column among the heads
    parent: bool = False  # of the firm alone, where consolidated figures stand beside it or in a statement of their own


class _Cell(NamedTuple):
    text: str
    span: Span


def grid_rows(text: str) -> Iterator[GridFigure]:
    """The figures of all tables with years or periods as heads, in order."""
    lines = _LINE_END.split(text) if "\f" in text else text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    head: list[tuple[int, _Cell]] = []
    metrics: list[tuple[int, _Cell, Metric]] = []
    spanning: tuple[int, _Cell] | None = None  # a row's label beside the heads, over the rows of figures below it
    unit = ""
    parents: frozenset[int] = frozenset()
    units: dict[int, str] = {}  # by column, from a second head line: （亿元） （人）
    for index, line in enumerate(lines):
        if "\t" not in line:
            if (head or metrics) and not _within(lines, index):
                head, metrics = [], []
            continue
        below = spanning is not None and spanning[0] == index - 1
        if not metrics and not below and _sign_of_row().search(line) is None:
            continue
        parts = line.split("\t")
        bare = [part.strip() for part in parts]
        periods = [place for place, words in enumerate(bare) if _is_period(words)]
        measured = [(place, metric) for place, words in enumerate(bare) if (metric := metric_of_label(words)) is not None]
        if not periods and not measured:  # most rows name neither: of them only units below heads count
            if metrics and all(not words or _UNIT_CELL.fullmatch(words) for words in bare):
                units = _units(bare)
            elif below and spanning is not None and not bare[0] and all(map(_NUMBER.fullmatch, filter(None, bare))):
                yield from _by_years(text, [spanning[1], *_cells(parts, bare, starts[index])[1:]], head, unit)
            continue
        cells = _cells(parts, bare, starts[index])
        numbers = any(_NUMBER.fullmatch(words) for place, words in enumerate(bare) if place not in periods)
        if periods and not numbers and (len(periods) > 1 or (not measured and _is_period_head(cells))):
            head, metrics, units = [(place, cells[place]) for place in periods], [], {}
            unit = _unit_of(cells) or _caption_unit(lines, index)
            parents = _parent_columns(lines, index, periods)
            spanning = (index, cells[0]) if [place for place, _ in measured] == [0] else None
            continue
        if len(measured) > 1 and not numbers and not any(_NUMBER.fullmatch(bare[place]) for place in periods):
            head, metrics, units = [], [(place, cells[place], metric) for place, metric in measured], {}
            unit = _unit_of(cells[:1]) or _caption_unit(lines, index)
            continue
        single = _captioned_metric(lines, starts, index) if len(cells) == 2 and 0 in periods else None
        if single is not None and _NUMBER.fullmatch(bare[1]):
            yield GridFigure(single[0], year_of_column(bare[0], None), bare[1], single[2], bare[0], single[1], cells[1].span)
            continue
        paired = list(_pairs(cells)) if 0 in periods else []
        if paired:
            period = year_of_column(bare[0], None)
            given = _caption_unit(lines, index) or unit
            for name, metric, value in paired:
                yield GridFigure(metric, period, value.text, _unit_of([name]) or given, bare[0], name.span, value.span)
            continue
        if head:
            for figure in _by_years(text, cells, head, unit):
                yield figure._replace(parent=True) if figure.head in parents else figure
        elif metrics and len(cells) >= len(metrics):
            yield from _by_metrics(cells, metrics, unit, units)


def _parent_columns(lines: Sequence[str], index: int, places: Sequence[int]) -> frozenset[int]:
    """The columns that give the firm alone: in the half of the table under 公司 beside 合并, or in a statement titled 母公司利润表."""
    above = lines[index - 1].split("\t") if index and "\t" in lines[index - 1] else []
    groups = list(dict.fromkeys(re.sub(r"[（(][^（()）]*[）)]|\s|数|报表", "", cell) for cell in above if cell))
    groups = [group for group in groups if group == "合并" or _ALONE.fullmatch(group)]
    if len(groups) == 2 and "合并" in groups and len(places) % 2 == 0:
        half = len(places) // 2
        return frozenset(places[half:] if groups[0] == "合并" else places[:half])
    top = index
    while top > 0 and "\t" in lines[top - 1]:
        top -= 1
    titles = [line for line in lines[max(0, top - CAPTION_LINES) : top] if len(line) <= 30 and _STATEMENT.search(line)]
    alone = bool(titles) and "母公司" in titles[-1] and "合并" not in titles[-1]
    return frozenset(places) if alone else frozenset()


def _units(cells: Sequence[str]) -> dict[int, str]:
    return {place: found[1] for place, words in enumerate(cells) if (found := _UNIT_CELL.fullmatch(words))}


def _captioned_metric(lines: Sequence[str], starts: Sequence[int], index: int) -> tuple[Metric, Span, str] | None:
    """The metric that the line over a column of years names: 营业收入（单位：万元）, then 2022年 | 21,340."""
    while index > 0 and "\t" in lines[index]:
        index -= 1
    line, start = lines[index], starts[index]
    metric = metric_of_label(line) if len(line) <= 30 else None
    found = re.search(r"((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]?\s?$", line)
    return (metric, Span(start, start + len(line)), found[1] if found else "") if metric else None


def _by_years(text: str, cells: list[_Cell], head: list[tuple[int, _Cell]], unit: str) -> Iterator[GridFigure]:
    label = next(
        ((place, cell, metric) for place, cell in enumerate(cells[: head[0][0] or 1]) if (metric := metric_of_label(cell.text))), None
    )
    if label is None:
        return
    place, cell, metric = label
    own_unit = _unit_of([cell]) or next((found[1] for each in cells if (found := _UNIT_CELL.fullmatch(each.text))), "")
    # a row shorter than its heads has lost cells before the figures; heads that begin with a period have none over the labels
    shift = len(cells) - 1 - head[-1][0] if len(cells) - 1 < head[-1][0] or head[0][0] == 0 else 0
    base = None if all(year_of(name.text) for _, name in head) else base_year(text, cell.span.start)
    for column, name in head:
        if not place < column + shift < len(cells):
            continue
        value = cells[column + shift]
        if value.text and _NUMBER.fullmatch(value.text):
            year = year_of_column(name.text, base)
            yield GridFigure(metric, year, value.text, own_unit or unit, name.text, cell.span, value.span, column)


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


@cache
def _words_of_period() -> frozenset[str]:
    """What every head that names a period holds one of."""
    return frozenset(("20", "二")) | anchors(_rule("column_now").pattern) | anchors(_rule("column_before").pattern)


@cache
def _sign_of_period() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words_of_period())))


@cache
def _sign_of_row() -> re.Pattern[str]:
    """What every row holds that has a period or a metric among its cells: most rows hold none."""
    return re.compile(f"{with_gaps(_words_of_period(), _BRACKET_OR_BLANK.pattern)}|{label_sign().pattern}")


@lru_cache(maxsize=4096)
def _is_period(text: str) -> bool:
    """Whether a cell is a column's head that names a year or a period, and nothing else."""
    plain = _BRACKET_OR_BLANK.sub("", text)
    if _sign_of_period().search(plain) is None:
        return False
    if re.fullmatch(
        r"(?:20\d\d|二[〇零○]{1}[〇零○一二三四五六七八九]{2}|二千零?[一二三四五六七八九十]{1,3})(?:年(?:度|末|底)?(?:12月31日|12月)?|[.\-/]12[.\-/]31)?(?:实际|（实际）|预计|计划|目标|审定数?|数|金额|（万元）)?",
        plain,
    ):
        return True
    return bool(re.fullmatch(rf"(?:{_rule('column_now').pattern}|{_rule('column_before').pattern})", plain))


def _is_period_head(cells: list[_Cell]) -> bool:
    return any(_HEAD_OF_LABELS.fullmatch(_BRACKET_OR_BLANK.sub("", cell.text)) for cell in cells[:1])


def _unit_of(cells: list[_Cell]) -> str:
    for cell in cells:
        found = _UNIT.search(cell.text)
        if found:
            return found[1] or found[2]
    return ""


def _caption_unit(lines: Sequence[str], index: int) -> str:
    top = index
    while top > 0 and index - top < LONGEST_TABLE and "\t" in lines[top - 1]:
        top -= 1
    near = [*lines[max(0, top - 1) : top], *lines[max(top, index - CAPTION_LINES) : index]]
    for line in (*reversed(lines[max(0, index - CAPTION_LINES) : index]), *near):
        found = _UNIT_GIVEN.search(line)
        given = (found[1] or found[2]) if found else ""
        if given and unit_factor(given) is not None:
            return given
    return ""


def _within(lines: Sequence[str], index: int) -> bool:
    """Whether a line without tabs stands between two rows of one table (an empty line, a short group line)."""
    following = next((line for line in lines[index + 1 : index + 3] if line.strip()), "")
    return "\t" in following and len(lines[index]) <= 30 and not re.search("表$|年度", lines[index])


def _cells(parts: Sequence[str], bare: Sequence[str], start: int) -> list[_Cell]:
    """The cells of a row that begins at `start`."""
    cells: list[_Cell] = []
    for part, words in zip(parts, bare, strict=True):
        lead = start + (part.find(words) if words else len(part))
        cells.append(_Cell(words, Span(lead, lead + len(words))))
        start += len(part) + 1
    return cells
