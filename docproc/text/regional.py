"""Words of Taiwan and Hong Kong: where a text comes from, and the view of it that is searched (软体 is 软件, 资讯系统 is 信息系统).

The words are data (regional.yaml), as they stand after t2s. They are never rewritten in the normal form and never in a quote: this step
comes last and only for searching, so that extractors and recognisers find in Taiwan's Chinese what they know from the mainland's. It does
nothing to a text that does not show where it comes from; OpenCC's tw2sp, which would, makes 进程正当 of 程序正当.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docproc.library import load_yaml
from docproc.model import Span
from docproc.text.align import Edit
from docproc.text.script import to_simplified

_FILE = Path(__file__).with_name("regional.yaml")
_FEWEST_TELLING = 2
_NEAR = 1500  # characters from a telling word within which the others are read as there
# 〇〇资讯股份有限公司, 资讯路: names keep their words
_NAME = re.compile("[^\\W由本该我贵的之与和及为是在]{0,10}(?:公司|集团|事业部|企业社|大厦|[路街道]\\d)|[路街]")


@dataclass(frozen=True, slots=True)
class Region:
    """A region's words, each with what the mainland says."""

    name: str
    certain: Mapping[str, str]
    telling: Mapping[str, str]
    shared: Mapping[str, str]
    unlike: tuple[str, ...]


def regional_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Where a text seems to come from (台湾, 香港, or nothing) and the words, as they stand in it, that say so."""
    region, places = _region_of(to_simplified(text))
    return (region.name, tuple(dict.fromkeys(text[place.start : place.end] for place in places))) if region else ("", ())


def regional_passages(text: str) -> list[tuple[Span, str]]:
    """The stretches of lines that show where they come from, in a document that has several origins."""
    found: list[tuple[Span, str]] = []
    start = 0
    for line in to_simplified(text).splitlines(keepends=True):
        region, _ = _region_of(line)
        end = start + len(line)
        if region and found and found[-1][1] == region.name and found[-1][0].end == start:
            found[-1] = (Span(found[-1][0].start, end), region.name)
        elif region:
            found.append((Span(start, end), region.name))
        start = end
    return found


def fold_regional(text: str) -> Iterator[Edit]:
    """Step, for searching only: the words of the region that the text comes from, as the mainland says them."""
    region, places = _region_of(text)
    if region is None:
        return
    starts = [place.start for place in places]
    meant = {**region.shared, **region.telling, **region.certain}
    for found in _found(region, text, shared=True):
        at = bisect_left(starts, found.start())
        near = any(abs(start - found.start()) <= _NEAR for start in starts[max(0, at - 1) : at + 1])
        if near and not _NAME.match(text, found.end()):
            new = meant[found[0]]
            yield Edit(found.start(), found.end(), new, f"{region.name}用语", parallel=len(new) == len(found[0]))


def _region_of(simple: str) -> tuple[Region | None, list[Span]]:
    """The region that most telling words speak for, and the places of all of them."""
    places = {region.name: [Span(*hit.span()) for hit in _found(region, simple, shared=False)] for region in _regions()}
    words = {name: {simple[place.start : place.end] for place in each} for name, each in places.items()}
    best = max(_regions(), key=lambda region: (len(words[region.name] & region.certain.keys()), len(words[region.name])))
    if len(words[best.name]) < _FEWEST_TELLING and not words[best.name] & best.certain.keys():
        return None, []
    return best, places[best.name]


def _found(region: Region, text: str, *, shared: bool) -> Iterator[re.Match[str]]:
    for found in _pattern(region.name, shared=shared).finditer(text):
        if found[0] not in region.unlike:
            yield found


@cache
def _regions() -> tuple[Region, ...]:
    return tuple(
        Region(name, words["certain"], words["telling"], words["shared"], tuple(words["unlike"]))
        for name, words in load_yaml(_FILE).items()
    )


@cache
def _pattern(name: str, *, shared: bool) -> re.Pattern[str]:
    """The words, the longest first; where none is meant the whole of it is taken, so that no word inside it is."""
    region = next(region for region in _regions() if region.name == name)
    words = [*region.unlike, *region.certain, *region.telling, *(region.shared if shared else ())]
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))
