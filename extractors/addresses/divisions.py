"""Reads province and district out of an address, after the table of GB/T 2260 and, for districts that it does not list, by rule.

Never guesses: a development zone that spans districts (北京经济技术开发区) gives its province alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.words.anchors import narrowed
from extractors.words.lexicon import alternatives, tree_of, vocabulary, words

_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:自治县|自治旗|特区|新区|林区|区|县|市|旗)")
_INSIDE = re.compile(r"路|街道|大道|大街|村|\d|镇(?!海|江|安|原|平|坪|巴|康|雄|远|赉|宁|沅|赍)(?=.{2,})|乡(?=.{2,}市?$)(?!宁)")


@dataclass(frozen=True, slots=True)
class Division:
    """Where an address lies. `code` is the six digits of GB/T 2260, where the table has them."""

    province: str | None = None
    district: str | None = None
    code: str | None = None

    def qualifiers(self) -> dict[str, str]:
        """The division as a claim's qualifiers; what is unknown is left out."""
        named = {"province": self.province, "district": self.district, "division_code": self.code}
        return {name: value for name, value in named.items() if value}


@cache
def _by_short() -> dict[str, str]:
    """Every name of a province, long and short, to its full name."""
    names: dict[str, str] = {}
    for province, entry in vocabulary("divisions")["provinces"].items():
        names |= dict.fromkeys([province, *entry["short"]], province)
    return names


@cache
def _province_pattern() -> re.Pattern[str]:
    return re.compile(rf"({alternatives(_by_short())})(?:省|市)?")


@cache
def _cities() -> dict[str, str]:
    """Every city of prefecture rank, to its province."""
    return {city: province for province, entry in vocabulary("divisions")["provinces"].items() for city in entry.get("cities", ())}


@cache
def _city_pattern() -> re.Pattern[str]:
    short = [re.sub(r"(?:市|地区)$", "", city) for city in _cities()]
    return re.compile(rf"({tree_of(_cities())})|({tree_of(name for name in short if len(name) > 1)})(?=[\u4e00-\u9fff]{{1,6}}?[区县市旗])")


@cache
def _counties() -> dict[str, str]:
    """Every city of county rank, to its province: the name alone tells it."""
    return {name: province for province in vocabulary("county_cities") for name in words("county_cities", province)}


@cache
def _county_pattern() -> re.Pattern[str]:
    return re.compile(tree_of(_counties()))


@cache
def _districts() -> dict[str, str]:
    """Every listed district, old ones included, to its province; those that occur twice are left out."""
    ambiguous = set(words("divisions", "ambiguous"))
    found: dict[str, str] = {}
    for province, entry in vocabulary("divisions")["provinces"].items():
        found |= {name: province for name in (*entry.get("districts", ()), *entry.get("retired", ())) if name not in ambiguous}
    return found


@cache
def _any_name() -> re.Pattern[str]:
    """Every name by which an address may begin that lies anywhere."""
    cities = [re.sub(r"(?:市|地区)$", "", city) for city in _cities()]
    zones = [zone for _, named in _zones().values() for zone in named]
    return narrowed(tree_of(name for name in (*_by_short(), *_cities(), *cities, *_counties(), *_districts(), *zones) if len(name) > 1))


def may_lie_somewhere(words: str) -> bool:
    """Whether words hold the name of a place; of any part of words that hold none, `division_of` tells nothing."""
    return _any_name().search("".join(words.split())) is not None


@lru_cache(maxsize=4096)
def division_of(address: str) -> Division:
    """Province and district of an address in simplified characters."""
    text = re.sub(r"\s+", "", address)
    text = re.sub(r"^(?:中华人民共和国|中国)[·・]?(?=[\u4e00-\u9fff]{2})", "", text)
    start = _province_pattern().match(text)
    if start is not None and not text.startswith(("吉林市", "海南藏族")) and not _is_district_name(text, start.group(1)):
        province = _by_short()[start.group(1)]
        return _in_province(province, text, start.end())
    city = _city_pattern().match(text)
    if city is not None:
        return _by_rule(_province_of_city(city), text, city.end())
    county = _county_pattern().match(text)
    if county is not None:
        return Division(_counties()[county.group()], county.group())
    listed = _district_pattern().match(text)
    if listed is not None:
        return _in_province(_districts()[listed.group()], text, 0)
    for province in _zones():
        zone = _zone(province, text)
        if zone is not None and re.match(rf"天津|北京|上海|{re.escape(zone[0])}", text):
            return _listed(province, zone[1])
    return Division()


def _is_district_name(text: str, name: str) -> bool:
    """河北区 is a district of Tianjin, 河北省 a province."""
    return text.startswith(f"{name}区")


def _province_of_city(found: re.Match[str]) -> str:
    if found[1]:
        return _cities()[found[1]]
    return next(province for city, province in _cities().items() if re.sub(r"(?:市|地区)$", "", city) == found[2])


def _in_province(province: str, text: str, position: int) -> Division:
    entry = vocabulary("divisions")["provinces"][province]
    listed = {**{name: name for name in entry.get("districts", ())}, **entry.get("retired", {})}
    if listed:
        again = re.compile(rf"(?:{alternatives([province, *entry['short']])})市?").match(text, position)
        position = again.end() if again else position
        found = re.search(alternatives(listed), text[position : position + 24])
        if found is not None:
            return _listed(province, listed[found.group()])
        zone = _zone(province, text)
        return _listed(province, zone[1] if zone else _by_stem(entry, text, position))
    return _by_rule(province, text, position)


def _by_stem(entry: dict[str, dict[str, str]], text: str, position: int) -> str | None:
    """A district named without 区 right behind its city: 天津武清, 北京大兴; not a street of that name."""
    stems = {name[:-1]: name for name in entry.get("districts", ()) if len(name) > 2 and name[:-1] not in _by_short()}
    found = re.compile(rf"({alternatives(stems)})(?!路|道|大街|街|里|大学|桥|新)").match(text, position)
    return stems[found[1]] if found else None


@cache
def _district_pattern() -> re.Pattern[str]:
    return re.compile(tree_of(_districts()))


@cache
def _zones() -> dict[str, tuple[re.Pattern[str], dict[str, str | None]]]:
    """The development zones of each province that lists any: a pattern that finds them, and the district of each."""
    provinces = vocabulary("divisions")["provinces"].items()
    return {province: (re.compile(tree_of(zones)), zones) for province, entry in provinces if (zones := entry.get("zones"))}


def _zone(province: str, text: str) -> tuple[str, str | None] | None:
    """The first development zone named near the start of the address, and its district."""
    if province not in _zones():
        return None
    pattern, zones = _zones()[province]
    found = pattern.findall(re.sub(r"(?<=天津|北京|上海)市", "", text)[:24])
    certain = next((zone for zone in found if zones[zone]), found[0] if found else None)
    return (certain, zones[certain]) if certain else None


def _listed(province: str, district: str | None) -> Division:
    entry = vocabulary("divisions")["provinces"][province]
    return Division(province, district, entry.get("districts", {}).get(district) if district else None)


def _by_rule(province: str, text: str, position: int) -> Division:
    """The first county-level name behind province and city: 宁波市北仑区, 沧州市黄骅市, 义乌市."""
    entry = vocabulary("divisions")["provinces"][province]
    city = _city_pattern().match(text, position)
    if city is not None and _province_of_city(city) == province:
        position = city.end()
    special = re.match(alternatives(entry.get("special", ())), text[position:]) if entry.get("special") else None
    if special:
        return Division(province, special.group())
    found = _DISTRICT.match(text, position)
    if found is None:
        return Division(province)
    name = found.group()
    county = re.match(r"(自治县|县|市)", text[found.end() :])
    if name.endswith("区") and county and len(name) < 4:
        name += county.group()
    if (
        name in words("divisions", "not_districts")
        or name.endswith(tuple(words("divisions", "not_district_endings")))
        or _INSIDE.search(name)
        or name in _cities()
    ):
        return Division(province)
    return Division(province, name)
