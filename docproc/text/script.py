"""Script: which one a text is written in, and its conversion.

OpenCC's `t2s` is one to one in code points and leaves mainland text alone; the configurations with phrases of Taiwan or Hong Kong do
neither, so they are not used (docs/decisions: OpenCC, t2s only). Two things `t2s` leaves are added, where they are certain: the
particle 著 after a verb (看著 → 看着) and 覆核 (复核).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docproc.model import Script
from docproc.text.align import Edit

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_MIXED_FROM, _MIXED_TO = 0.06, 0.94  # share of traditional characters among those that tell the scripts apart
_FEW = 3
_BIG5_FREQUENT_LAST, _GB2312_FREQUENT_LAST = 0xC6, 0xD7  # the first byte of the last frequently used character

_NEAR = 2  # unchanged characters that two changed ones may have between them to be told of in one repair
_PARTICLE = re.compile("(?<=[随沿接看有本朝向对跟绕味带存临藉借凭靠顺冒抱怀续按拿志系循依等装写藏放活试着走说笑])著(?![作名述称者])")
_RECHECK = re.compile("覆(?=[核审]|[查验](?!盖))")


def detect(text: str) -> Script:
    """The script of a text, from the characters that only one of them has."""
    counts = Counter(_HAN.findall(text))
    if not counts:
        return Script.NONE
    traditional = simplified = 0
    for character, count in counts.items():
        kind = _kind(character)
        if kind is Script.HANT:
            traditional += count
        elif kind is Script.HANS:
            simplified += count
    if traditional == 0:
        return Script.HANS
    share = traditional / (traditional + simplified)
    if share >= _MIXED_TO:
        return Script.HANT
    if share <= _MIXED_FROM or (traditional < _FEW and simplified > traditional):
        return Script.HANS
    return Script.MIXED


def to_simplified(text: str) -> str:
    """The text in simplified characters, as long as before."""
    converted = _converter("t2s").convert(text)
    # A dictionary of another OpenCC could break the promise that offsets rest on; then characters are converted one by one.
    return converted if len(converted) == len(text) else "".join(map(_simple_character, text))


def to_traditional(text: str) -> str:
    """The text in traditional characters, for output. It cannot know names (范, 叶): shield those (outgoing.py)."""
    # s2tw: what people write (核, 為, 裡); plain s2t gives OpenCC's etymological forms (覈, 爲, 裏), which look like mistakes in a letter.
    return str(_converter("s2tw").convert(text))


def simplify(text: str) -> Iterator[Edit]:
    """Step: traditional characters become simplified; one edit for a stretch of a line."""
    simple = to_simplified(text)
    if simple == text:
        return
    changed = [position for position, (old, new) in enumerate(zip(text, simple, strict=True)) if old != new]
    start = last = changed[0]
    for position in changed[1:]:
        if position - last > _NEAR + 1 or "\n" in text[last:position]:
            yield _converted(simple, start, last)
            start = position
        last = position
    yield _converted(simple, start, last)


def fold_variants(text: str) -> Iterator[Edit]:
    """Step: the particle 著 and the word 覆核, which `t2s` leaves as they are, and 旳, which document libraries put for 的."""
    edits = [Edit(found.start(), found.end(), "着", "助词“著”改为“着”", "inferred", parallel=True) for found in _PARTICLE.finditer(text)]
    edits += (Edit(at, at + 1, "的", "错字“旳”改为“的”", "inferred", parallel=True) for at, each in enumerate(text) if each == "旳")
    edits += (Edit(found.start(), found.end(), "复", "“覆核”改为“复核”", parallel=True) for found in _RECHECK.finditer(text))
    yield from sorted(edits, key=lambda edit: edit.start)


def _converted(simple: str, start: int, last: int) -> Edit:
    return Edit(start, last + 1, simple[start : last + 1], "繁体转简体", parallel=True)


@cache
def _converter(configuration: str) -> OpenCC:
    """One converter a process and configuration, made on first use."""
    from opencc import OpenCC

    return OpenCC(configuration)


@cache
def _simple_character(character: str) -> str:
    converted = str(_converter("t2s").convert(character))
    return converted if len(converted) == 1 else character


@cache
def _kind(character: str) -> Script:
    """Whether a character stands in one script only; NONE where in both.

    后, 里 and 干 are characters of both scripts, so a conversion that changes them proves nothing: a simplified one must also be
    missing from the frequent plane of Big5 (厂 and 体 stand in its rare plane), a traditional one from that of GB 2312.
    """
    if _simple_character(character) != character and not _frequent(character, "gb2312", _GB2312_FREQUENT_LAST):
        return Script.HANT
    if str(_converter("s2t").convert(character)) != character and not _frequent(character, "big5", _BIG5_FREQUENT_LAST):
        return Script.HANS
    return Script.NONE


def _frequent(character: str, encoding: str, last: int) -> bool:
    try:
        return character.encode(encoding)[0] <= last
    except UnicodeEncodeError:
        return False
