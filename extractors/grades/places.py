"""Which province a programme or a recognising body names, in full: 天津市, 内蒙古自治区."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from docproc.model import Span
from extractors.words.lexicon import tree_of, vocabulary


@cache
def _names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for province, entry in vocabulary("divisions")["provinces"].items():
        names[province] = province
        names.update({short: province for short in entry["short"] if len(short) > 1})
    return names


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(tree_of(_names()))


def provinces(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The provinces named in text[start:end], with their places."""
    for found in _pattern().finditer(text, start, end):
        yield _names()[found.group()], Span(*found.span())
