"""Finds firms' names in running text: where a registered name begins and ends, brackets and branches included.

A registered name is place, trade name, trade and form (企业名称登记管理规定, art. 6). Its end is told by the form; its beginning is where
no word that introduces names stands any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from docproc.model import Span
from extractors.words.anchored import anchored
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, tree_of, vocabulary, words
from extractors.words.per_text import once_a_text

SHORTEST, LONGEST = 6, 45


_LETTER = re.compile(r"[\u4e00-\u9fff·×A-Za-z0-9]")
_BRACKET = re.compile(r"[（(][\u4e00-\u9fffA-Za-z]{2,8}[）)]")
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|盖公章|加盖公章|章)[）)]\s?")
_TITLE = re.compile(r"(?:申报|申请)(?:单位|主体|企业)")
_LONGEST_BRACKET = 10
WHOLE_TEXT = 500  # code points from which on the firms of a stretch are remembered
_SHORTEST_STEM = 2
_OF_ITSELF = re.compile(
    r"(?:兹|现|特|今)*(?:本|我)(?:公司|单位|企业|集团|厂|司|人|方)?(?:们)?(?:谨|特|现|郑重|作为|依法|全权|原|曾){0,2}(?:代表|系|是|为)"
)
# 近三年天津凌越机械有限公司: a time before a name
_WHEN = re.compile(
    "(?:最近|近|过去|前|这)[0-9一二两三四五六七八九十]{1,3}个?[年月](?:以来|之内|来|内|间|里|中)?|[0-9一二两三四五六七八九十]{1,3}个?[年月](?:以来|之内|来|内|间)"
)
# a legal form alone is nobody's name: 变更为股份有限公司
_STEMLESS = re.compile(r"(?:股份|集团|控股|实业|投资|责任|有限|总|独资|一人|国有|民营|外商|合资|的|[（(][^（()）]*[）)])+公司")


@cache
def legal_form() -> re.Pattern[str]:
    """What a registered name ends with: 有限公司, 制造厂, with its branch where it names one."""
    return compiled(rf"(?:{'|'.join(words('firms', 'endings'))})(?:{vocabulary('firms')['branch']})?")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(alternatives(words("firms", "lead")))


@cache
def _authority() -> re.Pattern[str]:
    return re.compile(vocabulary("firms")["authority"])


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
    return re.compile(tree_of(name for name in names if len(name) > 1))


def find_firms(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The places of firms' names in text[start:end], in order."""
    stop = len(text) if end is None else end
    yield from _found(text, start, stop) if stop - start < WHOLE_TEXT else _found_in_text(text, start, stop)


@once_a_text
@lru_cache(maxsize=4)  # a whole text is asked for by each that looks for names
def _found_in_text(text: str, start: int, stop: int) -> tuple[Span, ...]:
    return tuple(_found(text, start, stop))


def _found(text: str, start: int, stop: int) -> list[Span]:
    found: list[Span] = []
    reached = start
    whole = stop - start == len(text)
    for ending in anchored(legal_form().pattern).finditer(text) if whole else legal_form().finditer(text, start, stop):
        first = _stem(text, ending.start(), reached)
        if ending.start() - first < _SHORTEST_STEM:
            continue
        reached = ending.end()
        first = _beginning(text, first, ending.end())
        said = _OF_ITSELF.match(text, first, ending.end())  # 我单位系总公司派出机构, 本人代表X: who speaks is no part of a name
        first = said.end() if said else first
        when = _WHEN.match(text, first, ending.start())
        first = when.end() if when else first
        titled = list(_TITLE.finditer(text, first, ending.start()))  # 母公司持有申报企业X: a title stands before a name, never in it
        first = titled[-1].end() if titled else first
        seal = _SEAL.match(text, first, ending.start())  # （盖章）X有限公司
        first = seal.end() if seal else first
        if ending.end() - first >= SHORTEST and not _STEMLESS.fullmatch(text, first, ending.end()):
            found.append(Span(first, ending.end()))
    return found


def _stem(text: str, position: int, earliest: int) -> int:
    """How far the characters of a name reach back from its legal form; a bracket inside (（天津）) counts as one of them."""
    first, letters = position, 0
    while first > earliest and letters < LONGEST:
        if _LETTER.match(text, first - 1):
            first -= 1
        elif text[first - 1] in "）)" and (opening := _opening(text, first, earliest)) is not None:
            first = opening
        else:
            break
        letters += 1
    return first


def _opening(text: str, end: int, earliest: int) -> int | None:
    if not "\u4e00" <= text[end : end + 1] <= "\u9fff":
        return None
    window = max(earliest, end - _LONGEST_BRACKET)
    opening = max(text.rfind("（", window, end), text.rfind("(", window, end))
    return opening if opening >= 0 and _BRACKET.fullmatch(text, opening, end) else None


def starts_with_place(text: str) -> bool:
    """Whether words begin with a province or a city, as most registered names do."""
    return _places().match(text) is not None


@lru_cache(maxsize=4096)
def whole_firm(text: str) -> bool:
    """Whether a text is a firm's name and nothing else."""
    last = list(legal_form().finditer(text))
    return len(text) >= SHORTEST and bool(last) and last[-1].end() == len(text) and _is_run(text, last[0].start())


def _is_run(text: str, first_form: int) -> bool:
    return first_form >= _SHORTEST_STEM and _stem(text, first_form, 0) == 0 and not _STEMLESS.fullmatch(text)


def _beginning(text: str, start: int, end: int) -> int:
    """Where the name begins in a match that may have swallowed the words before it."""
    acting = _authority().match(text, start, end - SHORTEST)
    start = acting.end() if acting else start
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
    if (lead := _lead().match(text, position, end)) is not None and len(lead.group()) > 1:
        position = lead.end()  # 委托赛迪研究院: what is left is too short for a name
    position = max(position, text.rfind("的", position, end) + 1)  # no firm's name holds a 的
    for lead in _lead().finditer(text, position, end - SHORTEST):
        if len(lead.group()) > 1 or lead.group() in "为是由系":
            position = lead.end()
    return position
