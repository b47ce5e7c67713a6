"""Levels among a firm's honours, which need no verb: 荣誉：绿色工厂（2022年）；先进级智能工厂（2024年）。

What leads the list (a label, the opening of its paragraph, the heading above its lines) says that its entries are held.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docproc.model import Span
from docproc.text.dates import find_dates
from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_GOES_ON = re.compile(r"。.")
_CHAPTER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部])"
)
_NUMBERED = re.compile(r"^[ 　]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳•·●◆■▪◇★\-—*]|第\d+)?[ 　]*")
_REACH = 600  # characters above an entry in which the heading of its list is looked for
_LONGEST_LIST = 16  # lines
LONGEST_ENTRY = 60


def is_honour(doc: Doc, statement: Statement, level: FactoryLevel) -> bool:
    """Whether a level stands as an entry of a list of honours, with nothing but the name of the honour, its year, its giver."""
    text: str = doc.text
    start, end = statement.span
    entry = text[start:end]
    if len(entry) > LONGEST_ENTRY or not patterns("levels", "honour_entry_patterns").match(text[level.span.end : end]):
        return False
    if statement.field is not None:
        return any(_heads(words) for words in (statement.field.label, statement.field.column, statement.field.group)) or below_honours(
            text, statement.field.label_span.start
        )
    opened = re.match(r"[^：:，。； 　]{2,16}[：: 　]", statement.before + entry)
    if opened and _heads(opened.group()[:-1]):
        return True
    return not statement.before and below_honours(text, start)


def _heads(words: str) -> bool:
    return bool(words) and patterns("levels", "honour_heads_patterns").search(words) is not None


def below_honours(text: str, start: int) -> bool:
    """Whether the lines above lead, over entries of the same kind, to the heading of a list of honours."""
    line = text.rfind("\n", 0, start) + 1
    for above in reversed(text[max(0, line - _REACH) : line].split("\n")[-_LONGEST_LIST:]):
        words = above.strip()
        if not words:
            continue
        title = _NUMBERED.sub("", words).rstrip("：:")
        if len(title) <= 16 and _heads(title):
            return True
        if _CHAPTER.match(words) or len(words) > LONGEST_ENTRY or _GOES_ON.search(words):
            return False
    return False


def year_beside(doc: Doc, statement: Statement) -> str | None:
    """The year that labels an honour's row: 2024 | 天津市先进级智能工厂."""
    if statement.field is None:
        return None
    label: Span = statement.field.label_span
    written = re.fullmatch(r"(?P<year>(?:19|20)\d\d)年?", statement.field.label.strip())
    if written:
        return written["year"]
    return next((mention.iso for mention in find_dates(doc.text, *label) if mention.possible and mention.span == label), None)
