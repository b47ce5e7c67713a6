"""registration.address and factory.address, each with province, district and division code.

By label (注册地址, 住所 of a licence; 工厂地址, 项目建设地点) or by a sentence whose subject is the registered seat or the factory.
Of a move, the address that holds now is claimed and the former one is superseded; a planned move changes nothing.
同注册地址 repeats the registered address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.addresses.candidates import candidates_of
from extractors.addresses.divisions import division_of
from extractors.addresses.extent import FACTORY, REGISTRATION, address_of_value
from extractors.addresses.sentences import of_sentences
from extractors.assertion.standing import field_status, parties_of, reading, value_place
from extractors.changes import AFTER, BEFORE
from extractors.components import adds_claims
from extractors.labelled import labelled_of
from extractors.parties.subjects import Parties
from extractors.words.anchored import anchored
from extractors.words.lexicon import rules, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HOUSE = re.compile(r"(?:号|楼|室|层|座|栋|幢|院|单元)(?=$|[（(])")
_PART = r"\u4e00-\u9fffA-Za-z0-9（）()\-—－#"
_GOES_ON = re.compile(rf"[ 　]*\n[ 　]*(?P<line>[{_PART}](?:[{_PART} ]{{0,38}}[{_PART}])?)[ 　。]*(?=\n|$)")
_ROOM = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[\dA-Za-z甲乙丙丁一二三四五六七八九十增附\-—－]{1,12}(?:号楼|号|楼|室|层|座|栋|幢|院|单元|门)[\dA-Za-z\-号楼室层座栋幢单元门]*"
)
_UNSAID = re.compile(r"不|[□☐○]|[\[【（(][ 　]?[\]】）)]")  # 与注册地址不一致, □同注册地址
_REMARK = re.compile(r"[（(，,；;][ 　]*(?P<said>[^（()），,；;。]{2,16})[）)]?[ 　。]*$")
_NUMBERED = re.compile(r"(?:^|[；;，,。\s])\s*(?:[（(][1-9][）)]|[1-9][.、．](?!\d)|[①-⑨])\s*")
_NEXT_NUMBERED = re.compile(r"[ 　]*\n[ 　]*(?P<line>(?:[（(][2-9][）)]|[2-9][.、．](?!\d)|[②-⑨])[^\n\t：:]{4,60})")
# 天津市东丽区 / 军粮城示范工业园区: no more than a district, and a place in it below
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:省|市|自治区)?[\u4e00-\u9fff]{1,8}[区县市]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,16}(?:园区|工业园|产业园|科技园|开发区|工业区|示范区|基地|街道|镇|乡|村|大街|路|道)")
LINES_OF_ADDRESS = 3
_rule = rules("places")


def match(doc: Doc) -> list[Match]:
    """All addresses of the applicant and its factory, by place."""
    parties = parties_of(doc)
    found = [*_of_fields(doc, parties)]
    covered = [Span(span.start, min(span.end, span.start + len(str(each.value)) + 24)) for each in found for span in each.spans]
    for stated in of_sentences(doc, parties):
        if not any(span.start <= stated.span.start < span.end for span in covered):
            address = re.sub(r"\s+", "", doc.text[stated.span.start : stated.span.end])
            found.append(_claim(stated.name, address, stated.status, (stated.evidence,)))
    return [*found, *_same_as(doc, parties, found)]


component = adds_claims(match)


def _claim(name: str, address: str, status: Status, spans: tuple[Span, ...]) -> Match:
    qualifiers: dict[str, Any] = dict(division_of(address).qualifiers())
    readings = candidates_of(address)
    if len(readings) > 1:  # never a silent pick: what the words leave open is listed
        qualifiers["candidates"] = [f"{each.division.province}{each.division.district}" for each in readings]
    return Match(name, address, qualifiers, status, spans)


# --- fields ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _name_of_label(label: str) -> tuple[str, bool] | None:
    """The claim that a label is about, and whether it is about a former address; None where it is about neither."""
    plain = re.sub(r"[\s：:*＊]", "", re.sub(r"[（(][^（()）]*[）)]?", "", label))
    former = plain.startswith(BEFORE)
    plain = plain.removeprefix(BEFORE).removeprefix(AFTER)
    for name, key in ((REGISTRATION, "registration_labels"), (FACTORY, "factory_labels")):
        if plain in words("places", key):
            return name, former
    if plain in words("places", "former_labels"):
        return (REGISTRATION if "注册" in plain or "住所" in plain else FACTORY), True
    if _rule("both_labels").fullmatch(re.sub(r"[\s：:*＊]", "", label)):
        return REGISTRATION, False
    asked = re.search(r"[（(]([^（()）]*)[）)]", label)
    if asked and plain in words("places", "plain_labels"):  # 企业地址（生产）
        return (
            (REGISTRATION, former)
            if re.search("注册|工商|登记", asked[1])
            else (FACTORY, former)
            if re.search("生产|工厂|车间|厂区", asked[1])
            else None
        )
    return None


def _of_fields(doc: Doc, parties: Parties) -> Iterator[Match]:
    for field in labelled_of(doc).under(_name_of_label):
        named = _name_of_label(field.label)
        if named is None or not field.value or (field.options and len(field.ticked) != 1):
            continue
        value, span = _with_rest(doc.text, field)
        first, *more = [part for part in _NUMBERED.split(value) if part] if _NUMBERED.match(value) else [value]
        address = address_of_value(first)
        if address is None:
            continue
        name, former = named
        status = field_status(field, parties, _rule("foreign"))
        if former:
            status = Status.SUPERSEDED
        yield _claim(name, address, status, value_place(field._replace(value_span=span)))
        for another in filter(None, map(address_of_value, more)):  # 1.…；2.…
            yield _claim(name, another, status, value_place(field._replace(value_span=span)))
        if name == REGISTRATION and _rule("both_labels").fullmatch(re.sub(r"[\s：:*＊]", "", field.label)):
            yield _claim(FACTORY, address, status, value_place(field._replace(value_span=span)))
        elif (other := _also_of(field.label, name) or _also_said(value, name)) is not None and not _is_stated(doc, other):
            yield _claim(other, address, status, value_place(field._replace(value_span=span)))


def _also_of(label: str, name: str) -> str | None:
    """The other address that a label's bracket says is the same: 工厂地址（与注册地址相同）."""
    for bracket in re.findall(r"[（(]([^（()）]+)[）)]", label):
        said = re.sub(r"\s+", "", bracket)
        if name == FACTORY and _rule("same_as").search(said) and re.search("注册|住所|登记", said):
            return REGISTRATION
        if name == REGISTRATION and _rule("same_as_factory").search(said):
            return FACTORY
    return None


def _also_said(value: str, name: str) -> str | None:
    """The other address that a remark behind an address says is the same: …2号（与注册地址一致）, …30号（生产地址同）."""
    remark = _REMARK.search(value)
    if remark is None:
        return None
    said = re.sub(r"\s+", "", remark["said"])
    if name == FACTORY and ((_rule("same_as").search(said) and re.search("注册|住所|登记", said)) or _rule("seat_is_here").fullmatch(said)):
        return REGISTRATION
    if name == REGISTRATION and (_rule("same_as_factory").search(said) or _rule("factory_is_here").fullmatch(said)):
        return FACTORY
    return None


def _is_stated(doc: Doc, name: str) -> bool:
    """Whether a field of its own gives an address."""
    fields = labelled_of(doc).under(lambda label: _name_of_label(label) == (name, False))
    return any(address_of_value(field.value) is not None for field in fields)


def _with_rest(text: str, field: FormField) -> tuple[str, Span]:
    """A field's value with the lines that go on with it, where an address was broken before its house number (… 杨柳青镇柳 / 口路26号)."""
    value, end = field.value, field.value_span.end
    said = re.sub(r"\s+", "", value)
    if _rule("same_as").search(said) or _rule("same_as_factory").search(said):
        return value, field.value_span
    if field.options or "\t" in text[text.rfind("\n", 0, field.label_span.start) + 1 : end]:
        return value, field.value_span
    if _NUMBERED.match(value):
        return _with_numbered_below(text, value, field.value_span)
    joined, reached = value, end
    for _ in range(LINES_OF_ADDRESS - 1):
        line = _GOES_ON.match(text, reached)
        if line is None or _rule("line_of_its_own").match(line["line"]) or (_HOUSE.search(joined) and not _ROOM.fullmatch(line["line"])):
            break
        joined, reached = joined + line["line"].replace(" ", ""), line.end("line")
        if _HOUSE.search(joined) or (_DISTRICT.fullmatch(value) and _PLACE.fullmatch(line["line"])):
            value, end = joined, reached
    return value, Span(field.value_span.start, end)


def _with_numbered_below(text: str, value: str, span: Span) -> tuple[str, Span]:
    """The first of numbered addresses with those on the lines below: （1）A / （2）B."""
    end = span.end
    while (below := _NEXT_NUMBERED.match(text, end)) and address_of_value(_NUMBERED.sub("", below["line"])) is not None:
        value, end = f"{value}；{below['line'].strip()}", below.end()
    return value, Span(span.start, end)


def _same_as(doc: Doc, parties: Parties, found: list[Match]) -> Iterator[Match]:
    """Addresses given by reference: 生产地址 同注册地址; 工厂地址与注册地址一致."""
    yield from _seats_same_as(doc, parties, found)
    yield from _as_above(doc, parties)
    registered = next((each for each in found if each.name == REGISTRATION and each.status is Status.ASSERTED), None)
    if registered is None:
        return
    for field in labelled_of(doc).under(lambda label: _name_of_label(label) == (FACTORY, False)):
        if _rule("same_as").search(re.sub(r"\s+", "", field.value)):
            yield Match(
                FACTORY, registered.value, registered.qualifiers, field_status(field, parties, _rule("foreign")), value_place(field)
            )
    factory, seat = _rule("factory_nouns").pattern, _rule("registration_nouns").pattern
    pattern = rf"(?:{factory})(?:地址)?[^，。；\n]{{0,4}}(?:与|同|即)(?:[^，。；\n]{{0,4}})(?:{seat})(?:一致|相同|同址|为同一|所在地)?"
    for said in anchored(pattern).finditer(doc.text):
        status = reading(doc, parties, *said.span())
        if not status.negated and not _UNSAID.search(said.group()):
            yield Match(FACTORY, registered.value, registered.qualifiers, status.status, (Span(*said.span()),))


def _seat_by_words(doc: Doc, parties: Parties, factory: Match) -> Iterator[Match]:
    """注册地址同厂址, in running text."""
    plant, seat = _rule("factory_nouns").pattern, _rule("registration_nouns").pattern
    ends = r"(?:一致|相同|同址|为同一|一样|同)?(?=[，。；、）)\s]|$)"
    pattern = rf"(?:{seat})(?:地址)?[^，。；\n]{{0,4}}?(?:与|同|即)(?:上述|前述|该|其)?(?:{plant})(?:地址)?{ends}"
    for said in anchored(pattern).finditer(doc.text):
        status = reading(doc, parties, *said.span())
        if not status.negated and not _UNSAID.search(said.group()):
            yield Match(REGISTRATION, factory.value, factory.qualifiers, status.status, (Span(*said.span()),))


def _as_above(doc: Doc, parties: Parties) -> Iterator[Match]:
    """注册地址：同上 below 通讯地址：…: the address of the nearest field above, where that is of a kind that is no claim itself."""
    labelled = labelled_of(doc)
    for index in labelled.numbers(_name_of_label):
        field = labelled.fields[index]
        named = _name_of_label(field.label)
        if named is None or named[1] or re.sub(r"[\s。（）()]", "", field.value) != "同上":
            continue
        above = next((each for each in reversed(labelled.fields[:index]) if _rule("above_labels").search(each.label.rstrip("：: "))), None)
        address = address_of_value(above.value) if above is not None and _name_of_label(above.label) is None else None
        if address is not None:
            yield _claim(named[0], address, field_status(field, parties, _rule("foreign")), value_place(field))


def _seats_same_as(doc: Doc, parties: Parties, found: list[Match]) -> Iterator[Match]:
    """The registered seat given by the factory's address: 住所 同上 behind 工厂地址, 注册地址 同工厂地址."""
    factories = [each for each in found if each.name == FACTORY and each.status is Status.ASSERTED]
    if factories and not any(each.name == REGISTRATION and each.status is Status.ASSERTED for each in found):
        told = list(_seat_by_words(doc, parties, factories[0]))
        yield from told
        if told:
            return
    for field in labelled_of(doc).under(lambda label: _name_of_label(label) == (REGISTRATION, False)) if factories else ():
        said = re.sub(r"\s+", "", field.value).rstrip("。；")
        by_name = _rule("same_as_factory").search(said)
        if not (by_name or said in ("同上", "（同上）")):
            continue
        above = [each for each in found if each.spans[0].start < field.label_span.start]
        meant = factories[0] if by_name else max(above, key=lambda each: each.spans[0].start, default=None)
        if meant in factories:
            yield Match(REGISTRATION, meant.value, meant.qualifiers, field_status(field, parties, _rule("foreign")), value_place(field))
