"""The words and figures of a chart in an Office file (ISO/IEC 29500-1 §21.2), from what the file keeps of its data for display.

A chart's part holds its titles, and for each series its name, categories and values as last drawn. Newer kinds of chart (waterfall,
funnel, treemap …: [MS-ODRAWXML] 2.24) have a part of another make. Both become a title and tables: a row a category, a column a series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from docproc.readers.word_parts import A, C, Parts

_CX: Final = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_MOST_POINTS: Final = 20_000  # of one chart: nobody reads more than that off a picture
_CATEGORIES: Final = ("cat", "xVal")
_VALUES: Final = ("val", "yVal", "bubbleSize")
_DATED: Final = re.compile(r"(?<![\\\w])(?:y{2,4}|m{1,4}\W*d{1,4})", re.IGNORECASE)
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH: Final = datetime(1899, 12, 30)  # day 0 of Excel's calendar
_LAST_DAY: Final = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says: its titles and labels, and its figures as tables (rows of cells, the first one of headings)."""

    lines: tuple[str, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(slots=True)
class _Series:
    name: str = ""
    categories: dict[int, str] = field(default_factory=dict)
    values: list[dict[int, str]] = field(default_factory=list)


def read_chart(parts: Parts, name: str) -> Chart | None:
    """The chart in this part, and what is drawn over it; None where there is no such part, nothing in it, or too much.

    Raises Unreadable on a damaged part.
    """
    root = parts.xml(name)
    if root is None or sum(1 for _ in root.iter(f"{C}pt", f"{_CX}pt")) > _MOST_POINTS:
        return None
    series = list(_newer(root) if root.tag.startswith(_CX) else map(_series, root.iter(f"{C}ser")))
    lines = list(_lines(root))
    over = parts.related(name, "chartUserShapes")
    drawn = None if over is None else parts.xml(over)
    lines += [] if drawn is None else paragraphs(drawn)
    found = Chart(tuple(dict.fromkeys(lines)), tuple(_tables(series)))
    return found if found.lines or found.tables else None


def paragraphs(element: etree._Element) -> Iterator[str]:
    """The words of DrawingML text, a paragraph each, blank ones left out."""
    for paragraph in element.iter(f"{A}p"):
        words = "".join(str(run.text or "") for run in paragraph.iter(f"{A}t"))
        if words.strip():
            yield _one_line(words)


def _lines(root: etree._Element) -> Iterator[str]:
    """Titles of the chart and of its axes, labels with words of their own: typed in, or kept from the cell that they show."""
    for holder in root.iter(f"{C}tx", f"{_CX}tx"):
        parent = holder.getparent()
        if parent is None or parent.tag in {f"{C}ser", f"{_CX}series"}:
            continue
        yield from paragraphs(holder)
        yield from (_one_line(str(each.text)) for each in holder.iter(f"{C}v", f"{_CX}v") if str(each.text or "").strip())


def _series(element: etree._Element) -> _Series:
    name = element.find(f"{C}tx")
    words = [] if name is None else [str(each.text or "").strip() for each in name.iter(f"{C}v")]
    found = _Series(_one_line(" ".join(filter(None, words))))
    for kind in _CATEGORIES:
        holder = element.find(f"{C}{kind}")
        if holder is not None and not found.categories:
            found.categories = _points(holder)
    for kind in _VALUES:
        holder = element.find(f"{C}{kind}")
        if holder is not None:
            found.values.append(_points(holder))
    return found


def _points(holder: etree._Element) -> dict[int, str]:
    """The points by number. Of categories in several levels the outer one comes first and holds until the next."""
    levels = [_level(level) for level in holder.iter(f"{C}lvl")]
    if not levels:
        return _level(holder)
    joined: dict[int, str] = {}
    for index in sorted(levels[0]):
        outer = [level[max(at for at in level if at <= index)] for level in reversed(levels[1:]) if any(at <= index for at in level)]
        joined[index] = " ".join([*outer, levels[0][index]])
    return joined


def _level(holder: etree._Element) -> dict[int, str]:
    code = next((str(each.text or "") for each in holder.iter(f"{C}formatCode")), "")
    numeric = next(holder.iter(f"{C}numCache", f"{C}numLit"), None) is not None
    found: dict[int, str] = {}
    for point in holder.iter(f"{C}pt"):
        value = str(point.findtext(f"{C}v") or "")
        found[_number(point.get("idx"), len(found))] = _figure(value, str(point.get("formatCode") or code)) if numeric else _one_line(value)
    return found


def _newer(root: etree._Element) -> Iterator[_Series]:
    names = {
        str(data.get("val")): " ".join(str(each.text or "").strip() for each in series.iterfind(f"{_CX}tx//{_CX}v"))
        for series in root.iter(f"{_CX}series")
        for data in series.iter(f"{_CX}dataId")
    }
    for data in root.iter(f"{_CX}data"):
        found = _Series(_one_line(names.get(str(data.get("id")), "")))
        for kind, numeric in (("strDim", False), ("numDim", True)):
            for dimension in data.iterfind(f"{_CX}{kind}"):
                levels = [_newer_level(level, numeric) for level in dimension.iterfind(f"{_CX}lvl")]
                if numeric:
                    found.values += levels
                elif levels:
                    found.categories = levels[0]
        yield found


def _newer_level(level: etree._Element, numeric: bool) -> dict[int, str]:
    code = str(level.get("formatCode") or "")
    words = ((_number(point.get("idx"), 0), str(point.text or "")) for point in level.iterfind(f"{_CX}pt"))
    return {index: _figure(value, code) if numeric else _one_line(value) for index, value in words}


def _tables(series: list[_Series]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Series over the same categories stand side by side in one table."""
    groups: list[list[_Series]] = []
    for each in series:
        if groups and groups[-1][0].categories == each.categories:
            groups[-1].append(each)
        else:
            groups.append([each])
    for group in groups:
        columns = [(each.name if number == 0 else "", values) for each in group for number, values in enumerate(each.values or [{}])]
        places = sorted(set(group[0].categories).union(*(values for _, values in columns)))
        rows = [("", *(name for name, _ in columns))]
        rows += [(group[0].categories.get(place, ""), *(values.get(place, "") for _, values in columns)) for place in places]
        if any(cell for row in rows for cell in row):
            yield tuple(rows)


def _figure(value: str, code: str) -> str:
    """A stored number as its format shows it as far as the meaning goes: per cent, a date; else its digits without binary noise."""
    try:
        number = Decimal(repr(float(value))) if value.strip() else None
    except (ValueError, InvalidOperation):
        number = None
    if number is None or not number.is_finite():
        return _one_line(value)
    shape = _LITERAL.sub("", code.split(";")[0])
    if _DATED.search(shape) and 0 < number <= _LAST_DAY:
        return (_EPOCH + timedelta(days=float(number))).date().isoformat()
    shown, sign = (number * 100, "%") if "%" in shape else (number, "")
    return f"{float(shown):.15g}{sign}" if abs(shown) < Decimal(10) ** 15 else _one_line(value)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _number(text: object, default: int) -> int:
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else default
