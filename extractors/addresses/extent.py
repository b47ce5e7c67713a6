"""What is an address: where one begins in running prose and ends, what of a field's value it is, and what only looks like one."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.addresses.divisions import division_of
from extractors.parties.firms import whole_firm
from extractors.words.anchored import Anchored, anchored
from extractors.words.lexicon import rules, vocabulary

REGISTRATION, FACTORY = "registration.address", "factory.address"
_BRACKET_LAST = re.compile(r"[（(][^（()）]*[）)]$")
_CHARACTERS = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9]|[-—–－~～#·.](?=[\u4e00-\u9fffA-Za-z0-9])|、(?=[\dA-Za-z甲乙丙丁])"
    r"|[（(][^（()）\n]{1,24}[）)]| (?=[\dA-Za-z甲]{1,6} ?[号楼室层栋幢座院])|(?<=\d) (?=[号楼室层栋幢座院]))+"
)
SHORTEST = 4
LONGEST = 80
_rule = rules("places")


def anywhere(key: str) -> Anchored:
    """A rule that is looked for in a whole text."""
    return anchored(str(vocabulary("places")[key]))


def address_of_value(value: str) -> str | None:
    """The address in a field's value, without remarks; None where it holds none (同注册地址, 示例, 无)."""
    flat = re.sub(r"\s+", "", value).rstrip("。；;，,")
    flat = _without_comment(_rule("next_label").split(flat, maxsplit=1)[0])
    if not flat or _rule("placeholder").search(flat) or _rule("same_as").search(flat) or _rule("of_anybody").search(flat):
        return None
    if (
        enclosed := re.fullmatch(r"[（(]([^（()）]+)[）)]", flat)
    ) is not None:  # （请精确到门牌号）, （省、市、区、街道）: the form's own words
        flat = enclosed[1]
        if division_of(flat).province is None:
            return None
    moved = re.search(_rule("moves").pattern + r"(?P<to>.+)$", flat)
    if moved and not _rule("planned").search(flat[: moved.start()]):
        flat = moved["to"] if _holds_address(moved["to"]) else flat  # （原X路，2020年更名为Y路）
    elif moved and _rule("planned").match(flat):  # 拟变更为X
        return None
    found = _CHARACTERS.match(flat)
    if found is None:
        return None
    address = _without_comment(found.group())
    return address if _is_address(address) else None


def _holds_address(value: str) -> bool:
    """Whether a value begins with an address that says where it lies."""
    found = _CHARACTERS.match(value)
    return found is not None and _is_address(found.group()) and division_of(found.group()).province is not None


def _without_comment(address: str) -> str:
    """An address without a bracket that only remarks on it: （即天津经济技术开发区）, （原厂区）."""
    while (last := _BRACKET_LAST.search(address)) is not None and _rule("comments").match(last.group()):
        address = address[: last.start()]
    return address


def _is_address(address: str) -> bool:
    if not SHORTEST <= len(address) <= LONGEST or _rule("authorities").match(address) or whole_firm(address):
        return False
    division = division_of(address)
    return division.province is not None or (
        bool(re.search(_rule("address_words").pattern, address)) and bool(re.search(r"\d|号|路|道|街|镇", address))
    )


def address_at(text: str, start: int, stop: int | None = None) -> Span | None:
    """The place of the address that begins at a position in running prose; None where none begins there."""
    found = _CHARACTERS.match(text, start, len(text) if stop is None else stop)
    if found is None:
        return None
    address = found.group()[:LONGEST]
    if _rule("allowed").search(address) is not None:
        return None  # 注册地在天津市的规模以上工业企业可申报: whoever lies there
    for ends in ("ends_before", "moves"):
        cut = _rule(ends).search(address, SHORTEST)
        if cut is not None:
            address = address[: cut.start()]
    address = _without_comment(address)
    return Span(start, start + len(address)) if _is_address(address) else None
