"""Whose the lines of a form are that name no party themselves: those of the firm that a line above them names.

检测机构：X            X's, and so are the particulars on the lines below it
统一社会信用代码：…
受检单位：Y            from here on the applicant's
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from docproc.model import Span
from extractors.parties.words import own_words
from extractors.words.anchors import compiled
from extractors.words.lexicon import patterns, rules, table, words

LINES_BELOW = 12  # lines over which the particulars of a firm may go on
LINES_ABOVE = 12  # lines over which a form may list its firms before their particulars
_LEAD = r"[ 　|]*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．][ 　]*)?"
_OPENING = re.compile(rf"\n{_LEAD}(?P<words>[\u4e00-\u9fffA-Z]{{2,}}+)(?=[（(：:\t| 　\n]|\Z)")
_LABEL = re.compile(
    rf"{_LEAD}(?P<label>[\u4e00-\u9fffA-Z]{{2,16}}?)(?:名称|全称)?(?P<bracket>[（(][^（()）\n]{{1,12}}[）)])?[ 　]*[：:\t|]"
)
_VALUE = re.compile(
    r"[ 　\t|]*(?P<firm>[\u4e00-\u9fffA-Za-z·（）()]{4,45}?(?:公司|集团|厂|[支分]行|银行|事务所|院|所|中心|社|局))(?=[\s，,；;。|（(]|$)"
)
_PIECE = re.compile(r"[；;\t|]+|[ 　]{2,}")
_ITEM = re.compile(r"[ 　]*(?P<label>[\u4e00-\u9fff]{2,16}?)[ 　]*[：:]")
_WHO = frozenset(("code", "seat", "representative", "founded", "capital"))  # of the particulars those that say who a firm is
_LETTER = re.compile("[甲乙丙丁]方")
_WORDS = "parties"
_rule = rules("identity")


class _Line(NamedTuple):
    span: Span
    label: str = ""  # empty where the line has none
    firm: str = ""  # the firm that is its value, or nothing
    bracket: str = ""
    value: int = 0  # where the value ends that is a firm


def lines_of_others_below(text: str, own: Collection[str], applicant: str | None) -> Iterator[Span]:
    """The lines (or parts of one) that hold particulars of another firm than the applicant, whose part in the matter a label above tells.

    Below a supplier or a subsidiary all that the lines say is its own; below an assessor or an auditor only who it is (its code, its seat),
    for the level and the figures that it found are the applicant's. Where the applicant is named further above and its own line of the kind
    has not come yet, the form only lists its firms before it, and the line is the applicant's. `own`: names of the applicant; `applicant`:
    the one known beforehand.
    """
    taken = -1
    for found in _heads_of(text):
        head = _line_at(text, found.start())
        if head.span.start < taken:
            continue
        if found["about"] is not None:
            yield from _below_heading(text, head, applicant)
        elif _is_another(head, own):
            wholly = patterns(_WORDS, "partner_labels").fullmatch(head.label) is not None
            yield from _on_line(text, head, wholly)
            taken = yield from _below(text, head, own, wholly)


def _below_heading(text: str, head: _Line, applicant: str | None) -> Iterator[Span]:
    """What stands below 检测机构信息: the name that a generic label gives is the other's as well."""
    line = head
    for number in range(LINES_BELOW):
        if line.span.end >= len(text):
            break
        line = _line_at(text, line.span.end + 1)
        generic = patterns(_WORDS, "any_name").fullmatch(line.label) is not None
        if not line.label or (line.firm and (number or not generic)) or (line.firm and line.firm == applicant):
            break
        if generic or _particular(line.label) in _WHO:
            yield line.span


def _on_line(text: str, head: _Line, wholly: bool) -> Iterator[Span]:
    """The particulars behind the firm on its own line: 检测机构：X；统一社会信用代码：…；住所：…."""
    start = head.value
    for mark in (*_PIECE.finditer(text, head.value, head.span.end), None):
        end = mark.start() if mark is not None else head.span.end
        item = _ITEM.match(text, start, end)
        if item is not None and patterns(_WORDS, "of_the_matter").search(item["label"]):
            return
        if item is not None and ((kind := _particular(item["label"])) in _WHO or (wholly and kind is not None)):
            yield Span(start, end)
        start = mark.end() if mark is not None else end


def _below(text: str, head: _Line, own: Collection[str], wholly: bool) -> Generator[Span, None, int]:
    """The lines below a head; returns where the last of them begins that was looked at."""
    due: frozenset[str | None] | None = None
    line = head
    for _ in range(LINES_BELOW):
        if line.span.end >= len(text):
            break
        line = _line_at(text, line.span.end + 1)
        if not line.label or line.firm or patterns(_WORDS, "of_the_matter").search(line.label):
            break
        kind = _particular(line.label)
        if kind not in _WHO and not wholly:
            continue
        if due is None:
            due = _kinds_due(text, head.span.start, own)
        if kind in due and not _is_named_after(line.label, head.label):
            due = due - {kind}  # the next one of the kind is the other's
            continue
        due = frozenset()
        yield line.span
    return line.span.start


def _is_named_after(label: str, head: str) -> bool:
    """Whether a label says whose it is by the end of the head's: 机构统一社会信用代码 under 检测机构."""
    ends = (head[start:] for start in range(len(head) - 1))
    return any(label.startswith(end) and end not in words(_WORDS, "plain_nouns") for end in ends)


def _kinds_due(text: str, position: int, own: Collection[str]) -> frozenset[str | None]:
    """The particulars of the applicant that are still to come at the line at a position, where the lines above it name the applicant."""
    told: set[str] = set()
    start = position
    for _ in range(LINES_ABOVE):
        if start <= 0:
            break
        line = _line_at(text, text.rfind("\n", 0, start - 1) + 1)
        start = line.span.start
        if not line.label:
            break
        if line.firm:
            if _is_own(line, own):
                return frozenset({*table(_WORDS, "particulars")} - told)
            continue
        kind = _particular(line.label)
        if kind is not None:
            told.add(kind)
    return frozenset()


def _line_at(text: str, start: int) -> _Line:
    end = text.find("\n", start)
    span = Span(start, len(text) if end < 0 else end)
    label = _LABEL.match(text, *span)
    if label is None:
        return _Line(span)
    value = _VALUE.match(text, label.end(), span.end)
    firm, reached = (value["firm"], value.end()) if value is not None else ("", label.end())
    return _Line(span, label["label"], firm, label["bracket"] or "", reached)


def _heads_of(text: str) -> Iterator[re.Match[str]]:
    """Where heads begin: most lines begin with no words that are a label, or with a row's label, which is judged once."""
    for opening in _OPENING.finditer("\n" + text):  # a line's break is sought faster than a line's beginning; both stand at one offset then
        if _may_be_head(opening["words"]) and (head := _heads().match(text, opening.start())) is not None:
            yield head


@lru_cache(maxsize=4096)
def _may_be_head(opening: str) -> bool:
    """Whether the words that a line begins with, up to a mark or its end, may be a label of another party: a glance before `_heads`."""
    labels, about = patterns(_WORDS, "other_labels").pattern, patterns(_WORDS, "about_them").pattern
    return compiled(rf"(?:{labels})(?:{about}|名称|全称)?").fullmatch(opening) is not None


@cache
def _heads() -> re.Pattern[str]:
    """Where a line begins with a label of another party: before its name, or in a heading over its particulars."""
    labels, about = patterns(_WORDS, "other_labels").pattern, patterns(_WORDS, "about_them").pattern
    return re.compile(rf"^{_LEAD}(?:{labels})(?:(?P<about>{about})$|(?:名称|全称)?(?=[（(：:\t| 　]))", re.MULTILINE)


def _is_another(line: _Line, own: Collection[str]) -> bool:
    if not line.firm or _is_own(line, own):
        return False
    if _LETTER.fullmatch(line.label):
        return patterns(_WORDS, "roles_of_own").search(line.bracket) is None
    return patterns(_WORDS, "other_labels").fullmatch(line.label) is not None


def _is_own(line: _Line, own: Collection[str]) -> bool:
    plain = _plain(line.firm)
    if any(plain == _plain(name) for name in own):
        return True
    return not patterns(_WORDS, "other_labels").fullmatch(line.label) and (
        line.label in words("identity", "name_labels")
        or _rule("name_label").match(line.label) is not None
        or own_words().fullmatch(line.label) is not None
    )


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")


@lru_cache(maxsize=4096)
def _particular(label: str) -> str | None:
    """What a label asks of a firm that any firm has: its code, its seat …; None where it asks for something else."""
    return next((kind for kind in table(_WORDS, "particulars") if patterns(_WORDS, f"particulars.{kind}").search(label)), None)
