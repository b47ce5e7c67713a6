"""Words that options carry: 是, 符合, 先进级, 二级（规范级）. What stands beside a box without being one of them may be anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from extractors.forms.pieces import KEPT
from extractors.words.lexicon import vocabulary, words

_KNOWN = frozenset(words("fields", "options"))
_LEVEL = re.compile(r"(?:第?[一二三四五1-5ⅠⅡⅢⅣⅤ]级|[规划范集成优化引领]{2}级)(?:[（(][^（()）]*[）)])?")
_PARTNERS: Mapping[str, list[str]] = vocabulary("fields")["partners"]
_RUNGS = tuple(
    re.compile(rung)
    for rung in (
        "[\u4e00-\u9fff]{2}级",
        "第?[一二三四五1-5ⅠⅡⅢⅣⅤ]级",
        "[大中小微]型",
        "在建|拟建|停产|试(?:运行|生产|产)|(?:已)?(?:建成|投产|投入)[\u4e00-\u9fff]{0,10}",
    )
)
_PARTED = re.compile(r"[ 　、/／|｜,，;；或]+")
# beside the options: what chooses none of them, and how to choose one
_NEITHER = re.compile("不(?:涉及|适用|清楚|知道|确定)|无法判断|其他|其它")
_HOW_TO = re.compile(r"[ 　]*[（(][^（()）]{0,6}?(?:[勾选填]|打[√✓]|划[√✓])[^（()）]{0,6}[）)]$")
# 是 否, whose blank was taken for one inside a word, with what else is offered behind it
_CLOSED_UP = re.compile("[是否有无](?:(?<=是)否|(?<=否)是|(?<=有)无|(?<=无)有)(?=$|[ 　、/／|｜，,;；])")
LONGEST_LIST = 40
_OF_FACTORY = re.compile(r"(?<=级)(?:智能|智慧)工厂$|(?<=型)企业$")


@lru_cache(maxsize=KEPT)
def is_option(text: str) -> bool:
    """Whether a cell, or the words beside a box, is a word that options carry: 是, 符合, a level."""
    return text in _KNOWN or _LEVEL.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def names_option(text: str) -> bool:
    """The same, with the noun that levels and sizes may bear: 先进级智能工厂, 中型企业."""
    return is_option(text) or is_option(_OF_FACTORY.sub("", text))


@lru_cache(maxsize=KEPT)
def parted_options(answer: str) -> tuple[tuple[int, int], ...]:
    """Where the options stand that an answer lists without a mark on any: 基础级　先进级, 是　否. Empty where it is no such list."""
    answer = _HOW_TO.sub("", answer)
    closed = _CLOSED_UP.match(answer) is not None
    if len(answer) > LONGEST_LIST or not (closed or _PARTED.search(answer)):
        return ()
    bracketed = answer[0] in "（(" and answer[-1] in "）)"  # （是、否）
    inner = (1, len(answer) - 1) if bracketed else (0, len(answer))
    edges = [
        inner[0],
        *((1, 1) if closed else ()),
        *(edge for found in _PARTED.finditer(answer, *inner) for edge in found.span()),
        inner[1],
    ]
    places = tuple((first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last)
    return places if are_alternatives([answer[first:last] for first, last in places]) else ()


def are_alternatives(options: Sequence[str]) -> bool:
    """Whether words are what one question offers: two partners, or rungs of one ladder, none of them twice."""
    options = [option for option in options if not _NEITHER.fullmatch(option)]
    bare = [_OF_FACTORY.sub("", option) for option in options]
    if len(bare) < 2 or len(set(bare)) < len(bare) or not all(map(names_option, options)):
        return False
    if len(bare) == 2 and (bare[0] in _PARTNERS.get(bare[1], ()) or bare[1] in _PARTNERS.get(bare[0], ())):
        return True
    return any(all(rung.fullmatch(option) for option in bare) for rung in _RUNGS)
