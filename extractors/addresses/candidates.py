"""Where an address may lie: each province and district with the words that say so, and never a silent pick.

和平区南京路 lies in 天津市 or in 沈阳市; a zone that spans districts (北京经济技术开发区) may lie in any of them. What is certain is one
candidate; several are for a person, or for another document, to choose from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.addresses.divisions import Division, division_of
from extractors.words.lexicon import tree_of, vocabulary

NAMED, LISTED, ZONE, SEVERAL, SPANS = "named", "listed", "zone", "several", "spans"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an address. `reason`: how its words say so; `words`: the words that do."""

    division: Division
    reason: str
    words: str


def candidates_of(address: str) -> tuple[Candidate, ...]:
    """The readings of an address in simplified characters, the certain one alone; empty where nothing in it tells a place.

    Reasons: `named` its province or city is written; `listed` its district or county city has a name of its own; `zone` a development
    zone lies there; `several` the district's name occurs in several provinces; `spans` the zone spans these districts.
    """
    text = re.sub(r"\s+", "", address)
    found = division_of(text)
    if found.district is not None:
        return (Candidate(found, _reason(text, found), found.district),)
    spanned = _spanned(text)
    if spanned is not None:
        province, zone, districts = spanned
        named = tuple(district for district in districts if district.removesuffix("区") in text)  # …开发区（通州部分）
        districts = named or districts
        return tuple(Candidate(_listed(province, district), SPANS, zone) for district in districts)
    if found.province is not None:
        return (Candidate(found, _reason(text, found), found.province),)
    shared = _shared_pattern().match(text)
    if shared is None:
        return ()
    return tuple(Candidate(_listed(province, shared.group()), SEVERAL, shared.group()) for province in _shared()[shared.group()])


def _reason(text: str, found: Division) -> str:
    if found.district is not None and text.startswith(found.district):
        return LISTED
    if found.province is not None and (text.startswith(found.province[:2]) or re.match(r"[一-龥]{2,6}(?:市|地区|州|盟)[一-龥]", text)):
        return NAMED
    return ZONE


def _listed(province: str, district: str) -> Division:
    entry = vocabulary("divisions")["provinces"].get(province, {})
    return Division(province, district, entry.get("districts", {}).get(district))


@cache
def _shared() -> dict[str, tuple[str, ...]]:
    """Districts whose name occurs in several provinces."""
    return {district: tuple(provinces) for district, provinces in vocabulary("divisions")["shared"].items()}


@cache
def _shared_pattern() -> re.Pattern[str]:
    return re.compile(tree_of(_shared()))


def _spanned(text: str) -> tuple[str, str, tuple[str, ...]] | None:
    """The zone named near the start of an address that spans several districts."""
    for zone, entry in vocabulary("divisions")["spanning"].items():
        if zone in text[:24]:
            return str(entry["province"]), zone, tuple(entry["districts"])
    return None
