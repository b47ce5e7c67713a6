"""Finds firms' names in running text: where a registered name begins and ends, brackets and branches included.

A registered name is place, trade name, trade and form (企业名称登记管理规定, art. 6). Its end is told by the form; its beginning is where
no word that introduces names stands any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docproc.model import Span
from extractors.lexicon import alternatives, vocabulary, words

SHORTEST, LONGEST = 6, 45


@cache
def _raw() -> re.Pattern[str]:
    letter = r"(?:[\u4e00-\u9fff·×]|[A-Za-z0-9]|[（(][\u4e00-\u9fffA-Za-z]{2,8}[）)](?=[\u4e00-\u9fff]))"
    return re.compile(rf"{letter}{{2,{LONGEST}}}?(?:{'|'.join(words('firms', 'endings'))})(?:{vocabulary('firms')['branch']})?")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(alternatives(words("firms", "lead")))


@cache
def _places() -> re.Pattern[str]:
    """Names of provinces and cities, long and short."""
    names: list[str] = []
    for province, entry in vocabulary("divisions")["provinces"].items():
        names += [
            province,
            *entry["short"],
            *(city for city in entry.get("cities", ())),
            *(city.removesuffix("市") for city in entry.get("cities", ())),
        ]
    return re.compile(alternatives(name for name in names if len(name) > 1))


def find_firms(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The places of firms' names in text[start:end], in order."""
    stop = len(text) if end is None else end
    for found in _raw().finditer(text, start, stop):
        first = _beginning(text, found.start(), found.end())
        if found.end() - first >= SHORTEST:
            yield Span(first, found.end())


def whole_firm(text: str) -> bool:
    """Whether a text is a firm's name and nothing else."""
    found = _raw().fullmatch(text)
    return found is not None and len(text) >= SHORTEST


def _beginning(text: str, start: int, end: int) -> int:
    """Where the name begins in a match that may have swallowed the words before it."""
    first = start
    for place in _places().finditer(text, start, end - 4):
        before = text[start : place.start()]
        if not before or text[place.start() - 1] in "（(":
            first = start if not before else first
            if not before:
                return start
            continue
        leads = [lead for lead in _lead().finditer(text, start, place.start()) if lead.end() == place.start()]
        if (
            leads
            or re.search(rf"(?:{vocabulary('firms')['nouns_before_place']})$", before)
            or before[-1] in vocabulary("firms")["function_words"]
        ):
            return place.start()
    position = first
    while (lead := _lead().match(text, position, end - SHORTEST)) is not None:
        position = lead.end()
    for lead in _lead().finditer(text, position, end - SHORTEST):
        if len(lead.group()) > 1 or lead.group() in "为是由系":
            position = lead.end()
    return position
