"""Fields of a head of labels over rows of values where only blanks divide the columns, as text recognition and copying leave tables.

    企业名称 统一社会信用代码 从业人数
    天津某某模具有限公司 911201… 231

Counts only where every word of the head is a known label and a row has as many words as the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
from extractors.lexicon import words
from extractors.metrics import metric_of_label

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"\S+")
_UNIT = re.compile(r"[（(]((?:人民币)?(?:百万|千|万|亿)?元|人|家|个|项|分)[）)]$")


def match(doc: Doc) -> list[FormField]:
    """The fields of all such tables, by place."""
    lines = [found.span() for found in re.finditer(r"[^\n\f]+", doc.text)]
    found: list[FormField] = []
    for index, (start, end) in enumerate(lines):
        head = _words(doc.text, start, end)
        if len(head) > 1 and "\t" not in doc.text[start:end] and all(_is_label(doc.text[span.start : span.end]) for span in head):
            found += _rows(doc.text, head, lines[index + 1 :])
    return found


def set_annotations(doc: Doc, matches: list[FormField]) -> None:
    doc._.fields = [*doc._.fields, *matches]


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


def _rows(text: str, head: list[Span], lines: list[tuple[int, int]]) -> Iterator[FormField]:
    for start, end in lines:
        cells = _words(text, start, end)
        if len(cells) != len(head) or "\t" in text[start:end] or _is_label(text[cells[0].start : cells[0].end]):
            return
        for label, cell in zip(head, cells, strict=True):
            written = text[label.start : label.end]
            unit = _UNIT.search(written)
            name = written[: unit.start()] if unit else written
            yield FormField(name, text[cell.start : cell.end], label, cell, unit=unit[1] if unit else "")


def _words(text: str, start: int, end: int) -> list[Span]:
    return [Span(*found.span()) for found in _WORD.finditer(text, start, end)]


def _is_label(word: str) -> bool:
    plain = re.sub(r"[（(][^（()）]*[）)]", "", word)
    return plain in _labels() or metric_of_label(plain) is not None


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
