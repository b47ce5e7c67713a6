"""Addresses that sentences give: by a noun (工厂由A迁至B) or a verb (注册于…), with moves, plans and former seats told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from docproc.model import Kind, Span, Status
from extractors.addresses.divisions import division_of, may_lie_somewhere
from extractors.addresses.extent import FACTORY, REGISTRATION, address_at, anywhere
from extractors.assertion.standing import reading
from extractors.parties.clauses import clause_at, sentence_at
from extractors.parties.subjects import Parties
from extractors.parties.words import other_words
from extractors.words.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOUNS = {REGISTRATION: "registration_nouns", FACTORY: "factory_nouns"}
# where an address may begin in a sentence, behind what leads to one
_MAY_FOLLOW = re.compile(r"(?<=[于在至为是由从自入到往：:，,、\s位区)）”“「『‘])[^于在至位到]")
_AND = re.compile(r"\s?[及和与、暨同]\s?(?:其|主要|实际|现)*")
_OF_WHOM = re.compile("(?:的|之)(?:其|某|一家|该|各|新|原){0,2}")
_STREET_AND_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}(?:路|道|大街|街)\d+号")
_OPENING_QUOTES = '“"「『‘'
LEAD_REACH = 40
HEAD = 24  # characters of an address in which it says where it lies
_rule = rules("places")


@dataclass(frozen=True, slots=True)
class Stated:
    """An address that a sentence gives: what it is the address of, its place, and how it is to be read."""

    name: str
    span: Span
    evidence: Span
    status: Status
    moved: bool = False  # it takes the place of what was said before


def of_sentences(doc: Doc, parties: Parties) -> list[Stated]:
    """The addresses that sentences give; where a sentence tells of a move, what it gives before is superseded."""
    text = doc.text
    found: list[Stated] = []
    for name, key in NOUNS.items():
        for noun in anywhere(key).finditer(text):
            found += _after_noun(doc, parties, name, noun)
    for verb in anywhere("registered_verbs").finditer(text):
        span = address_at(text, verb.end())
        if span is not None and doc._.kind is not Kind.AUDIT:
            found += _registered_at(doc, parties, verb, span)
    found += _seats_that_follow(doc, parties)
    moves = [each for each in found if each.moved and each.status is Status.ASSERTED]
    return [replace(each, status=Status.SUPERSEDED) if any(_before_move(text, each, move) for move in moves) else each for each in found]


def _registered_at(doc: Doc, parties: Parties, verb: re.Match[str], span: Span) -> Iterator[Stated]:
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


def _seats_that_follow(doc: Doc, parties: Parties) -> Iterator[Stated]:
    """The seat of a firm that moved and took its registration with it: 由A迁至B，注册地址同步变更."""
    text = doc.text
    for said in anywhere("seat_follows").finditer(text):
        sentence = sentence_at(text, said.start())
        if _rule("planned").search(text[said.start() - 4 : said.end()]) or re.search("未|不", text[said.start() : said.end()]):
            continue
        for move in reversed(list(_rule("moves").finditer(text, sentence.start, said.start()))):
            span = address_at(text, move.end(), said.start())
            if span is not None and not _rule("planned").search(text[sentence.start : move.start()]):
                yield replace(_read(doc, parties, REGISTRATION, Span(span.start, said.end()), span), moved=True)
                break


def _before_move(text: str, each: Stated, move: Stated) -> bool:
    same_sentence = sentence_at(text, each.span.start) == sentence_at(text, move.span.start)
    return same_sentence and each.name == move.name and each.span.end <= move.span.start and each.status is Status.ASSERTED


def _after_noun(doc: Doc, parties: Parties, name: str, noun: re.Match[str]) -> list[Stated]:
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
    found: list[Stated] = []
    going = False
    while position < stop and (step := _next_address(text, position, stop)) is not None:
        span, lead = step
        if not _joins(lead, first=not found) or (not lead.strip() and _AUTHORITY.fullmatch(text, *span)):
            break
        if before is None:
            before = text[clause_at(text, noun.start()).start : noun.start()]
        stated = _read(doc, parties, name, Span(noun.start(), span.end), span, noun.end())
        if stated.status is Status.ASSERTED and _rule("built_for").search(before):
            stated = replace(stated, status=Status.THIRD_PARTY)  # 公司为客户建设的工厂位于A
        moved = bool(re.search(_rule("moves").pattern + r"\s?$", lead))
        if moved and stated.status is Status.SUPERSEDED:  # 误写为A，正确地址为B: what takes back A stands before it
            stated = _read(doc, parties, name, span, span)
        leaving = lead.endswith(("由", "从", "自"))  # 即将由A迁往B: A still holds
        if leaving and _rule("moves").search(text, span.start, stop) is None:
            break  # 智能工厂由天津市工信局认定: an agent, no place that is left
        going = going or (leaving and bool(_rule("planned").search(lead) or _rule("planned").search(re.sub("[将把]$", "", before))))
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
            and not _rule("planned").search(lead if found else f"{before}{lead}")
        ):
            stated = replace(stated, status=Status.ASSERTED)  # 拟将注册地址迁至A，现注册地址仍为B
        found.append(replace(stated, moved=moved or bool(found)))
        position = span.end
    return found


# 先进级智能工厂天津市工业和信息化局授牌: a plaque in one line
_AUTHORITY = re.compile(r"[\u4e00-\u9fff]{4,20}(?:局|厅|委员会|政府)(?:授牌|颁发?|颁授|授予|认定|公布|备案|批准)?[^，。；]{0,12}")


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
        if _rule("moves").match(text, start):
            continue  # ，应为天津市…
        division = division_of(text[start : min(stop, start + HEAD)])
        if division.province is None and not (
            start > position and text[start] not in "由从自" and _STREET_AND_NUMBER.match(text, start, stop)
        ):
            continue
        span = address_at(text, start, stop)
        if span is not None:
            return span, text[position:start].rstrip(_OPENING_QUOTES)
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
            and not re.search(r"[，,](?!仍|现|目前|则|拟|将|一直|均|也|由|从|自)(?![^，,]{0,8}(?:未|不|没有)变)", lead)
        )
    return bool(re.search(rf"(?:{_rule('moves').pattern}|(?:现|目前|仍|至今)[^，]{{0,4}}(?:{_rule('links').pattern}))\s?$", lead))


def _read(doc: Doc, parties: Parties, name: str, evidence: Span, span: Span, about: int | None = None) -> Stated:
    status = reading(doc, parties, evidence.start, evidence.end, about).status
    of_whom = _OF_WHOM.match(doc.text, span.end)
    if status is Status.ASSERTED and of_whom is not None and other_words().match(doc.text, of_whom.end()):
        status = Status.THIRD_PARTY  # 注册地址位于X的银行, 註冊於X之母公司
    return Stated(name, span, evidence, status)
