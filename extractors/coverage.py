"""Passages `coverage.link.<id>` and `coverage.scene.<name>`: the links and typical scenes that a form says it has built, by their names.

Which names, and which other words mean the same, is data beside the checklists (coverage.yaml). A name that is only planned, quoted or
somebody else's keeps that status; what they are worth is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.extract import PassageMatch
from docproc.library import shelf
from docproc.model import Kind, Span
from docproc.strict_yaml import read_yaml
from extractors.components import adds_passages
from extractors.words.lexicon import alternatives

if TYPE_CHECKING:
    from spacy.tokens import Doc

LINK, SCENE = "coverage.link.", "coverage.scene."
REACH = 60  # code points of the sentence around a name that are shown, to either side
_ENDS = re.compile(r"[。！？；\n\t\f]")


def match(doc: Doc) -> list[PassageMatch]:
    """One passage for each place of a name, in the order of the text."""
    if doc._.kind not in (Kind.FORM, Kind.ANNEX):
        return []
    path = shelf("checklists") / "coverage.yaml"
    if not path.is_file():
        return []
    pattern, meanings = _names(path)
    return [_passage(doc, topic, Span(*found.span())) for found in pattern.finditer(doc.text) for topic in meanings[found.group()]]


component = adds_passages(match)


def _passage(doc: Doc, topic: str, place: Span) -> PassageMatch:
    status = doc._.context.assertion(place.start, place.end).status
    return PassageMatch(topic, status, False, (_around(doc.text, place),))


def _around(text: str, place: Span) -> Span:
    """The sentence, cell or line that holds a place, cut where it is long."""
    before = [found.end() for found in _ENDS.finditer(text, max(0, place.start - REACH), place.start)]
    after = _ENDS.search(text, place.end, place.end + REACH)
    start = before[-1] if before else max(0, place.start - REACH)
    end = after.start() if after else min(len(text), place.end + REACH)
    while start < place.start and text[start].isspace():
        start += 1
    return Span(start, end)


@lru_cache(maxsize=4)
def _names(path: Path) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """All names with the topics that each tells of, and words that hold a name and tell of none; the longer go first."""
    data = read_yaml(path).data
    meanings: dict[str, tuple[str, ...]] = dict.fromkeys(data.get("not_names", ()), ())
    for words, topic in _listed(data):
        meanings[words] = (*meanings.get(words, ()), topic)
    return re.compile(alternatives(meanings)), meanings


def _listed(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for link in data["links"]:
        yield from ((words, LINK + link["id"]) for words in (link["name"], *link["aliases"]))
    for group in data["groups"]:
        for scene in group["scenes"]:
            yield from ((words, SCENE + scene["name"]) for words in (scene["name"], *scene["aliases"]))
