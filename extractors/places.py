"""registration.address and factory.address, each with province, district and division code.

By label (注册地址, 住所 of a licence; 工厂地址, 项目建设地点) or by a sentence whose subject is the registered seat or the factory.
Of a move, the address that holds now is claimed and the former one is superseded; a planned move changes nothing.
同注册地址 repeats the registered address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from extractors.anchored import Anchored, anchored
from extractors.anchors import compiled
from extractors.changes import AFTER, BEFORE
from extractors.division_candidates import candidates_of
from extractors.divisions import division_of, may_lie_somewhere
from extractors.firms import whole_firm
from extractors.labelled import labelled_of
from extractors.lexicon import vocabulary, words
from extractors.parties import Parties, clause_at, sentence_at
from extractors.standing import field_status, parties_of, reading, value_place

if TYPE_CHECKING:
    from spacy.tokens import Doc

REGISTRATION, FACTORY = "registration.address", "factory.address"
NOUNS = {REGISTRATION: "registration_nouns", FACTORY: "factory_nouns"}
_CHARACTERS = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9]|[-—–－~～#·.](?=[\u4e00-\u9fffA-Za-z0-9])|、(?=[\dA-Za-z甲乙丙丁])"
    r"|[（(][^（()）\n]{1,24}[）)]| (?=[\dA-Za-z甲]{1,6} ?[号楼室层栋幢座院])|(?<=\d) (?=[号楼室层栋幢座院]))+"
)
_HOUSE = re.compile(r"(?:号|楼|室|层|座|栋|幢|院|单元)(?=$|[（(])")
_PART = r"\u4e00-\u9fffA-Za-z0-9（）()\-—－#"
_GOES_ON = re.compile(rf"[ 　]*\n[ 　]*(?P<line>[{_PART}](?:[{_PART} ]{{0,38}}[{_PART}])?)[ 　。]*(?=\n|$)")
_ROOM = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[\dA-Za-z甲乙丙丁一二三四五六七八九十增附\-—－]{1,12}(?:号楼|号|楼|室|层|座|栋|幢|院|单元|门)[\dA-Za-z\-号楼室层座栋幢单元门]*"
)
# where an address may begin in a sentence, behind what leads to one
_MAY_FOLLOW = re.compile(r"(?<=[于在至为是由从自入到往：:，,、\s位区)）”])[^于在至位到]")
_AND = re.compile(r"\s?[及和与、暨同]\s?(?:其|主要|实际|现)*")
_NUMBERED = re.compile(r"(?:^|[；;，,。\s])\s*(?:[（(][1-9][）)]|[1-9][.、．](?!\d)|[①-⑨])\s*")
_STREET_AND_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}(?:路|道|大街|街)\d+号")
# 天津市东丽区 / 军粮城示范工业园区: no more than a district, and a place in it below
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:省|市|自治区)?[\u4e00-\u9fff]{1,8}[区县市]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,16}(?:园区|工业园|产业园|科技园|开发区|工业区|示范区|基地|街道|镇|乡|村|大街|路|道)")
LINES_OF_ADDRESS = 3
LEAD_REACH = 40
HEAD = 24  # characters of an address in which it says where it lies
SHORTEST = 4
LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Stated:
    """An address that a sentence gives: what it is the address of, its place, and how it is to be read."""

    name: str
    span: Span
    evidence: Span
    status: Status
    moved: bool = False  # it takes the place of what was said before


def match(doc: Doc) -> list[Match]:
    """All addresses of the applicant and its factory, by place."""
    parties = parties_of(doc)
    found = [*_of_fields(doc, parties)]
    covered = [Span(span.start, min(span.end, span.start + len(str(each.value)) + 24)) for each in found for span in each.spans]
    for stated in _of_sentences(doc, parties):
        if not any(span.start <= stated.span.start < span.end for span in covered):
            address = re.sub(r"\s+", "", doc.text[stated.span.start : stated.span.end])
            found.append(_claim(stated.name, address, stated.status, (stated.evidence,)))
    return [*found, *_same_as(doc, parties, found)]


def set_annotations(doc: Doc, matches: list[Match]) -> None:
    doc._.claims = [*doc._.claims, *matches]


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


@cache
def _rule(key: str) -> re.Pattern[str]:
    return compiled(str(vocabulary("places")[key]))


def _anywhere(key: str) -> Anchored:
    """A rule that is looked for in a whole text."""
    return anchored(str(vocabulary("places")[key]))


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
        elif (other := _also_of(field.label, name)) is not None:
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


def _with_rest(text: str, field: FormField) -> tuple[str, Span]:
    """A field's value with the lines that go on with it, where an address was broken before its house number (… 杨柳青镇柳 / 口路26号)."""
    value, end = field.value, field.value_span.end
    said = re.sub(r"\s+", "", value)
    if _rule("same_as").search(said) or _rule("same_as_factory").search(said):
        return value, field.value_span
    if field.options or "\t" in text[text.rfind("\n", 0, field.label_span.start) + 1 : end]:
        return value, field.value_span
    joined, reached = value, end
    for _ in range(LINES_OF_ADDRESS - 1):
        line = _GOES_ON.match(text, reached)
        if line is None or _rule("line_of_its_own").match(line["line"]) or (_HOUSE.search(joined) and not _ROOM.fullmatch(line["line"])):
            break
        joined, reached = joined + line["line"].replace(" ", ""), line.end("line")
        if _HOUSE.search(joined) or (_DISTRICT.fullmatch(value) and _PLACE.fullmatch(line["line"])):
            value, end = joined, reached
    return value, Span(field.value_span.start, end)


def address_of_value(value: str) -> str | None:
    """The address in a field's value, without remarks; None where it holds none (同注册地址, 示例, 无)."""
    flat = re.sub(r"\s+", "", value).rstrip("。；;，,")
    flat = _without_comment(_rule("next_label").split(flat, maxsplit=1)[0])
    if not flat or _rule("placeholder").search(flat) or _rule("same_as").search(flat) or _rule("of_anybody").search(flat):
        return None
    moved = re.search(_rule("moves").pattern + r"(?P<to>.+)$", flat)
    if moved and not _rule("planned").search(flat[: moved.start()]):
        flat = moved["to"]
    elif moved and _rule("planned").match(flat):  # 拟变更为X
        return None
    found = _CHARACTERS.match(flat)
    if found is None:
        return None
    address = _without_comment(found.group())
    return address if _is_address(address) else None


def _without_comment(address: str) -> str:
    """An address without a bracket that only remarks on it: （即天津经济技术开发区）, （原厂区）."""
    while (last := re.search(r"[（(][^（()）]*[）)]$", address)) is not None and _rule("comments").match(last.group()):
        address = address[: last.start()]
    return address


def _is_address(address: str) -> bool:
    if not SHORTEST <= len(address) <= LONGEST or _rule("authorities").match(address) or whole_firm(address):
        return False
    division = division_of(address)
    return division.province is not None or (
        bool(re.search(_rule("address_words").pattern, address)) and bool(re.search(r"\d|号|路|道|街|镇", address))
    )


def _same_as(doc: Doc, parties: Parties, found: list[Match]) -> Iterator[Match]:
    """Addresses given by reference: 生产地址 同注册地址; 工厂地址与注册地址一致."""
    yield from _seats_same_as(doc, parties, found)
    yield from _as_above(doc, parties, found)
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
        if not status.negated and not re.search("不", said.group()):
            yield Match(FACTORY, registered.value, registered.qualifiers, status.status, (Span(*said.span()),))


def _seat_by_words(doc: Doc, parties: Parties, factory: Match) -> Iterator[Match]:
    """注册地址同厂址, in running text."""
    plant, seat = _rule("factory_nouns").pattern, _rule("registration_nouns").pattern
    ends = r"(?:一致|相同|同址|为同一|一样|同)?(?=[，。；、）)\s]|$)"
    pattern = rf"(?:{seat})(?:地址)?[^，。；\n]{{0,4}}?(?:与|同|即)(?:上述|前述|该|其)?(?:{plant})(?:地址)?{ends}"
    for said in anchored(pattern).finditer(doc.text):
        status = reading(doc, parties, *said.span())
        if not status.negated and "不" not in said.group():
            yield Match(REGISTRATION, factory.value, factory.qualifiers, status.status, (Span(*said.span()),))


def _as_above(doc: Doc, parties: Parties, found: list[Match]) -> Iterator[Match]:
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


# --- sentences ---------------------------------------------------------------------------------------------------------


def _of_sentences(doc: Doc, parties: Parties) -> list[_Stated]:
    """The addresses that sentences give; where a sentence tells of a move, what it gives before is superseded."""
    text = doc.text
    found: list[_Stated] = []
    for name, key in NOUNS.items():
        for noun in _anywhere(key).finditer(text):
            found += _after_noun(doc, parties, name, noun)
    for verb in _anywhere("registered_verbs").finditer(text):
        span = address_at(text, verb.end())
        if span is not None and doc._.kind is not Kind.AUDIT:
            found += _registered_at(doc, parties, verb, span)
    found += _seats_that_follow(doc, parties)
    moves = [each for each in found if each.moved and each.status is Status.ASSERTED]
    return [replace(each, status=Status.SUPERSEDED) if any(_before_move(text, each, move) for move in moves) else each for each in found]


def _registered_at(doc: Doc, parties: Parties, verb: re.Match[str], span: Span) -> Iterator[_Stated]:
    """公司注册于A; of 原注册于A，2023年迁入B the former seat is superseded, and what it moved to is the seat now."""
    text = doc.text
    said = _read(doc, parties, REGISTRATION, Span(verb.start(), span.end), span)
    if not re.search(rf"(?:{_rule('former').pattern}|最初|起初|初始|早期)$", text[clause_at(text, verb.start()).start : verb.start()]):
        yield said
        return
    yield replace(said, status=Status.SUPERSEDED if said.status is Status.ASSERTED else said.status)
    for move in _rule("moves").finditer(text, span.end, sentence_at(text, span.end).end):
        to = address_at(text, move.end())
        if to is not None and not _rule("planned").search(text[span.end : move.start()]):
            yield replace(_read(doc, parties, REGISTRATION, Span(move.start(), to.end), to), moved=True)


def _seats_that_follow(doc: Doc, parties: Parties) -> Iterator[_Stated]:
    """The seat of a firm that moved and took its registration with it: 由A迁至B，注册地址同步变更."""
    text = doc.text
    for said in _anywhere("seat_follows").finditer(text):
        sentence = sentence_at(text, said.start())
        if _rule("planned").search(text[said.start() - 4 : said.end()]) or re.search("未|不", text[said.start() : said.end()]):
            continue
        for move in reversed(list(_rule("moves").finditer(text, sentence.start, said.start()))):
            span = address_at(text, move.end(), said.start())
            if span is not None and not _rule("planned").search(text[sentence.start : move.start()]):
                yield replace(_read(doc, parties, REGISTRATION, Span(span.start, said.end()), span), moved=True)
                break


def _before_move(text: str, each: _Stated, move: _Stated) -> bool:
    same_sentence = sentence_at(text, each.span.start) == sentence_at(text, move.span.start)
    return same_sentence and each.name == move.name and each.span.end <= move.span.start and each.status is Status.ASSERTED


def _after_noun(doc: Doc, parties: Parties, name: str, noun: re.Match[str]) -> list[_Stated]:
    """What a sentence says after its noun: 注册地址为A · 由A迁至B · 未变，仍为A. Looks on until the next noun of either kind."""
    text = doc.text
    if not _address_ahead(text, noun.end()):
        return []
    sentence = sentence_at(text, noun.end())
    following = sorted(each.start() for key in NOUNS.values() for each in _rule(key).finditer(text, noun.end(), sentence.end))
    while following and _AND.fullmatch(text, noun.end(), following[0]):  # 注册地及生产厂房均位于…
        following.pop(0)
    stop = following[0] if following else sentence.end
    before: str | None = None  # the words of the clause before the noun, cut only where an address follows
    position = noun.end()
    found: list[_Stated] = []
    going = False
    while position < stop and (step := _next_address(text, position, stop)) is not None:
        span, lead = step
        if not _joins(lead, first=not found):
            break
        if before is None:
            before = text[clause_at(text, noun.start()).start : noun.start()]
        stated = _read(doc, parties, name, Span(noun.start(), span.end), span, noun.end())
        moved = bool(re.search(_rule("moves").pattern + r"\s?$", lead))
        leaving = lead.endswith(("由", "从", "自"))  # 即将由A迁往B: A still holds
        going = going or (leaving and bool(_rule("planned").search(lead)))
        if leaving and going:
            stated = replace(stated, status=Status.ASSERTED if stated.status is Status.PLANNED else stated.status)
        elif _rule("planned").search(lead) or (going and not leaving):
            stated = replace(stated, status=Status.PLANNED)
        elif (not moved and _former_before().search(before)) or re.search(rf"(?:{_rule('former').pattern})[^，]{{0,4}}$", lead):
            stated = replace(stated, status=Status.SUPERSEDED)
        elif moved and stated.status is Status.PLANNED and before.endswith(("将", "把")) and not _rule("planned").search(before[:-1]):
            stated = replace(stated, status=Status.ASSERTED)  # 2022年将注册地址变更至B: 将 takes the object, it tells no future
        elif (
            stated.status is Status.PLANNED
            and (re.search("现$|目前|仍", f"{before}{lead}") or noun.group().startswith(("现", "目前")))
            and not _rule("planned").search(f"{before}{lead}")
        ):
            stated = replace(stated, status=Status.ASSERTED)  # 拟将注册地址迁至A，现注册地址仍为B
        found.append(replace(stated, moved=moved or bool(found)))
        position = span.end
    return found


@cache
def _former_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_rule('former').pattern})(?:的|公司|企业)?$")


def _address_ahead(text: str, position: int) -> bool:
    """Whether `_next_address` may find any: a place has a name, or a street its number."""
    ahead = text[position : position + LEAD_REACH + HEAD]
    return may_lie_somewhere(ahead) or _STREET_AND_NUMBER.search(ahead) is not None


def _next_address(text: str, position: int, stop: int) -> tuple[Span, str] | None:
    """The next address after a position in the sentence, and the words that lead to it."""
    reach = min(stop, position + LEAD_REACH)
    for start in (position, *(each.start() for each in _MAY_FOLLOW.finditer(text, position + 1, reach))):
        division = division_of(text[start : min(stop, start + HEAD)])
        if division.province is None and not (start > position and _STREET_AND_NUMBER.match(text, start, stop)):
            continue
        span = address_at(text, start, stop)
        if span is not None:
            return span, text[position:start]
    return None


def _joins(lead: str, first: bool) -> bool:
    """Whether the words between a noun (or an address) and the next address say that the address is the noun's."""
    if first:
        unchanged, links = _rule("unchanged").pattern, _rule("links").pattern
        pattern = rf"(?:[（(][^（()）]*[）)])?[^。；;\n]{{0,24}}?(?:{unchanged}[，,])?(?:{links}|由|从|自|：|:|\s)\s?$"
        if not lead.strip():  # 注册地址天津市…，生产地址天津市…
            return True
        return (
            len(lead) <= 34
            and bool(re.match(pattern, lead))
            and not re.search(r"[，,](?!仍|现|目前|则|拟|将|一直|均|也)(?![^，,]{0,8}(?:未|不|没有)变)", lead)
        )
    return bool(re.search(rf"(?:{_rule('moves').pattern}|(?:现|目前|仍|至今)[^，]{{0,4}}(?:{_rule('links').pattern}))\s?$", lead))


def _read(doc: Doc, parties: Parties, name: str, evidence: Span, span: Span, about: int | None = None) -> _Stated:
    return _Stated(name, span, evidence, reading(doc, parties, evidence.start, evidence.end, about).status)


def address_at(text: str, start: int, stop: int | None = None) -> Span | None:
    """The place of the address that begins at a position in running prose; None where none begins there."""
    found = _CHARACTERS.match(text, start, len(text) if stop is None else stop)
    if found is None:
        return None
    address = found.group()[:LONGEST]
    if _rule("allowed").search(address) is not None:
        return None  # 注册地在天津市的规模以上工业企业可申报: whoever lies there
    cut = _rule("ends_before").search(address, SHORTEST)
    if cut is not None:
        address = address[: cut.start()]
    address = _without_comment(address)
    return Span(start, start + len(address)) if _is_address(address) else None
