"""Tables that set the applicant beside others: columns (or rows) headed 本企业 and 集团, 申报单位 and 母公司, 我公司 and 行业平均.

What stands under another's head is not the applicant's, whatever family reads it. A relative (集团, 母公司, 合并) is another only
where the applicant has a head of its own: in 合并 | 母公司 alone both are the applicant's statements. A head that sets a limit
(门槛值, 标准值) says what is demanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache

from docproc.extract import FormField
from docproc.model import Span
from extractors.lines.enumerators import number_at
from extractors.parties.firms import whole_firm
from extractors.words.lexicon import alternatives, patterns, words
from extractors.words.nouns import lines_with

_BRACKET = re.compile(r"[（(]([^（()）]*)[）)]|\s")
_LETTER = re.compile("(?<=[\u4e00-\u9fff])[甲乙丙丁戊A-Z1-9一二三]$")  # 外协单位甲
_PARTED = re.compile("[；;]")
_PROSE = re.compile("[。；，]")
_VALUE = re.compile(r"[^；;，,。\n]{4,60}")
_WORDS = "parties"
LONGEST_PARTY = 4


class _Head(Enum):
    OWN = 1
    RELATIVE = 2
    OTHER = 3
    LIMIT = 4


_OTHERS = (_Head.RELATIVE, _Head.OTHER)


def cells_of_others(fields: Sequence[FormField]) -> frozenset[Span]:
    """The values that stand under a head of somebody else than the applicant."""
    headed = [field for field in fields if field.column]
    found: set[Span] = set()
    if any(_head(column) in _OTHERS for column in {field.column for field in headed}):
        found.update(_others((field, field.label_span, field.column) for field in headed))
    if any(_head(label) in _OTHERS for label in {field.label for field in headed}):
        found.update(_others((field, field.column, field.label) for field in headed))
    return frozenset(found)


def labels_of_others(fields: Sequence[FormField]) -> frozenset[Span]:
    """The values of labels that open with another party (供应商经营异常情况), and those below a line about one (母公司情况)."""
    return frozenset(
        field.value_span
        for field in fields
        if (_opens_with_other(field.label) and not _PROSE.search(field.value)) or (field.group and _tells_of_other(field.group))
    )


@lru_cache(maxsize=4096)
def _opens_with_other(label: str) -> bool:
    return len(label) > LONGEST_PARTY and patterns(_WORDS, "label_opens_other").match(label) is not None


@lru_cache(maxsize=1024)
def _tells_of_other(group: str) -> bool:
    return patterns(_WORDS, "group_of_other").fullmatch(_BRACKET.sub("", group).rstrip("：:")) is not None


def lines_of_others(text: str, applicant: str | None = None) -> Iterable[Span]:
    """What follows on a line that opens with another party's label, up to the applicant's return (供应商：X；员工86人；本公司…)."""
    for line in lines_with(_PARTED, text):
        head = patterns(_WORDS, "line_heads").match(text, number_at(text, *line), line.end)
        named_firm = _VALUE.match(text, head.end()) if head else None
        if head is None or named_firm is None or not whole_firm(named_firm.group().strip(" 　")):
            continue  # 客户：主要为汽车行业；员工86人
        end = line.end
        back = patterns(_WORDS, "line_ends").search(text, head.end(), end)
        named = text.find(applicant, head.end(), end) if applicant else -1
        yield Span(head.end(), min(end, back.start() if back else end, named if named >= 0 else end))


def is_limit(column: str) -> bool:
    """Whether a column's head says that what stands below is demanded, not reached."""
    return _head(column) is _Head.LIMIT


def _others(headed: Iterable[tuple[FormField, object, str]]) -> Iterable[Span]:
    """Of fields with what they share with their neighbours (the row, the column) and a head each: those under another's head."""
    kept: list[tuple[FormField, object, _Head]] = []
    own: set[object] = set()
    for field, shared, name in headed:
        head = _head(name)
        if head is _Head.OWN:
            own.add(shared)
        elif head is not None and head in _OTHERS:
            kept.append((field, shared, head))
    return (field.value_span for field, shared, head in kept if head is _Head.OTHER or shared in own)


@lru_cache(maxsize=4096)
def _head(name: str) -> _Head | None:
    """Whose a head is; None where it names nobody."""
    if any(re.search(f"(?:{alternatives(words(_WORDS, 'own'))})", inner) for inner in _BRACKET.findall(name)):
        return _Head.OWN
    plain = _BRACKET.sub("", name)
    for key, head in (
        ("heads_own", _Head.OWN),
        ("heads_related", _Head.RELATIVE),
        ("heads_other", _Head.OTHER),
        ("heads_limit", _Head.LIMIT),
    ):
        if patterns(_WORDS, key).fullmatch(plain) or patterns(_WORDS, key).fullmatch(_LETTER.sub("", plain)):
            return head
    return None
