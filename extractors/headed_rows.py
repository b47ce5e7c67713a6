"""Fields of a head of labels over rows of values where only blanks divide the columns, as text recognition and copying leave tables.

    企业名称 统一社会信用代码 从业人数
    天津某某模具有限公司 911201… 231

Counts only where every word of the head is a known label and a row has as many words as the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
from extractors.components import adds_fields
from extractors.measures.metrics import metric_of_label
from extractors.words.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_LINE = re.compile(r"[^\n\f]+")
_LINE_END = re.compile(r"[\n\f]")
_WORD = re.compile(r"\S+")
LEAST_KNOWN = 2
_OWN_HEAD = re.compile("[\u4e00-\u9fff]{2,6}")
_UNIT = re.compile(r"[（(]((?:人民币)?(?:百万|千|万|亿)?元|人|家|个|项|分)[）)]$")


def match(doc: Doc) -> list[FormField]:
    """The fields of all such tables, by place."""
    text = doc.text
    found: list[FormField] = []
    start = 0
    for line in _LINE_END.split(text) if "\f" in text else text.split("\n"):
        end = start + len(line)
        if "\t" in line:
            if not _is_open_corner(line[: line.index("\t")].strip()):
                found += _corner(text, start, end)
        elif len(heads := line.split()) > 1 and _is_head(heads):
            found += _rows(text, _words(text, start, end), (each.span() for each in _LINE.finditer(text, end)))
        start = end + 1
    return found


component = adds_fields(match)


def _is_head(head: list[str]) -> bool:
    """Whether all words are labels, but one at most that may be the office's own: 序号 申报单位 申报等级 推荐次序."""
    unknown = [word for word in head if not _is_label(word)]
    if not unknown:
        return True
    return len(unknown) == 1 and len(head) > LEAST_KNOWN and _OWN_HEAD.fullmatch(unknown[0]) is not None


def _rows(text: str, head: list[Span], lines: Iterable[tuple[int, int]]) -> Iterator[FormField]:
    """The fields of the rows below a head. Where several rows each name a firm, a row's label is its firm, as in a ledger."""
    rows: list[list[Span]] = []
    for start, end in lines:
        cells = _words(text, start, end)
        if len(cells) != len(head) or "\t" in text[start:end] or _is_label(text[cells[0].start : cells[0].end]):
            break
        rows.append(cells)
    names = [text[label.start : label.end] for label in head]
    firm = next((place for place, name in enumerate(names) if _names_firm(name)), None) if len(rows) > 1 else None
    for cells in rows:
        for place, (name, label, cell) in enumerate(zip(names, head, cells, strict=True)):
            unit = _UNIT.search(name)
            bare, value = name[: unit.start()] if unit else name, text[cell.start : cell.end]
            if firm is None:
                yield FormField(bare, value, label, cell, unit=unit[1] if unit else "")
            elif place != firm:
                owner = cells[firm]
                yield FormField(text[owner.start : owner.end], value, owner, cell, unit=unit[1] if unit else "", column=bare)


def _corner(text: str, start: int, end: int) -> Iterator[FormField]:
    """The first cell of a single record under heads (企业规模 · 职工人数 over 中型 · 412), which its table takes for the row's own head."""
    words, row = text[start:end].split("\t"), _LINE.match(text, min(end + 1, len(text)))
    if row is None or row[0].count("\t") + 1 != len(words) or not _is_head([word.strip() for word in words]):
        return
    head, cells = _cells(text, start, end), _cells(text, *row.span())
    below = _LINE.match(text, min(row.end() + 1, len(text)))
    alone = below is None or below[0].count("\t") != row[0].count("\t")
    value = text[slice(*cells[0])]
    if alone and value and not _is_label(value):
        name = text[slice(*head[0])]
        unit = _UNIT.search(name)
        yield FormField(name[: unit.start()] if unit else name, value, head[0], cells[0], unit=unit[1] if unit else "")


@lru_cache(maxsize=4096)
def _is_open_corner(name: str) -> bool:
    """Whether a table's first head only numbers or names its rows, or names the firm, whose family reads it there."""
    return not name or name in ("序号", "项目", "内容", "指标", "年度") or _names_firm(name) or not _is_label(name)


def _cells(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    for cell in text[start:end].split("\t"):
        bare = cell.strip()
        at = start + len(cell) - len(cell.lstrip())
        found.append(Span(at, at + len(bare)))
        start += len(cell) + 1
    return found


def _names_firm(name: str) -> bool:
    return name in words("identity", "name_labels")


def _words(text: str, start: int, end: int) -> list[Span]:
    return [Span(*found.span()) for found in _WORD.finditer(text, start, end)]


@lru_cache(maxsize=1024)
def _is_label(word: str) -> bool:
    plain = _BRACKETED.sub("", word)
    return plain in _labels() or plain.startswith("是否") or metric_of_label(plain) is not None


@cache
def _labels() -> frozenset[str]:
    found = {"序号", "项目", "内容"} | set(words("fields", "known_labels"))
    for name, keys in (
        ("identity", ("name_labels", "representative_labels", "established_labels", "kind_labels")),
        ("places", ("registration_labels", "factory_labels")),
        ("scale", ("size_labels",)),
    ):
        for key in keys:
            found |= set(words(name, key))
    return frozenset(found)
