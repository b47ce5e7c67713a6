"""Script: which one a text is written in, and its conversion.

OpenCC's `t2s` is one to one in code points and leaves mainland text alone; the configurations with phrases of Taiwan or Hong Kong do
neither, so they are not used (docs/decisions: OpenCC, t2s only). Two things `t2s` leaves are added, where they are certain: the
particle 著 after a verb (看著 → 看着) and 覆核 (复核).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, count
from operator import ne
from typing import TYPE_CHECKING

from docproc.model import Script, Span
from docproc.text.align import Edit

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_CHANGING_IN_WORDS = "瞭"  # 瞭解 is 了解, 瞭 stays
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2EBEF), (0x30000, 0x323AF))
_MIXED_FROM, _MIXED_TO = 0.06, 0.94  # share of traditional characters among those that tell the scripts apart
_FEW = 3
_BIG5_FREQUENT_LAST, _GB2312_FREQUENT_LAST = 0xC6, 0xD7  # the first byte of the last frequently used character

_NEAR = 8  # unchanged characters that two changed ones may have between them to be told of in one repair
VARIANTS = "[著旳覆]"
_READ_AS = {"著": "着", "旳": "的", "覆": "复", "瞭": "了"}
_PARTICLE = re.compile("(?<=[随沿接看有本朝向对跟绕味带存临藉借凭靠顺冒抱怀续按拿志系循依等装写藏放活试着走说笑])著(?![作名述称者])")
_RECHECK = re.compile("覆(?=[核审]|[查验](?!盖))")

# Characters that simplified Chinese writes in two ways, by their meaning: the converter chooses by the word around them, names fare worst.
_TWO_WAYS = {
    "乾": "干/乾", "著": "着/著", "瞭": "了/瞭", "藉": "借/藉", "覆": "复/覆", "徵": "征/徵", "餘": "余/馀", "鍾": "钟/锺",
    "昇": "升/昇", "夥": "伙/夥", "於": "于/於", "甯": "宁/甯", "閒": "闲/间", "黏": "粘/黏", "剋": "克/剋", "託": "托/讬",
    "彷": "仿/彷", "陞": "升/陞", "沈": "沈/沉", "砲": "炮/砲", "鉅": "巨/钜",
}  # fmt: skip


def passages(text: str) -> list[tuple[Span, Script]]:
    """The script of each stretch of lines, for mixed documents; lines without a script of their own go with those before."""
    stretches: list[tuple[Span, Script]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        script = detect(line)
        end = start + len(line)
        if stretches and script in (stretches[-1][1], Script.NONE):
            stretches[-1] = (Span(stretches[-1][0].start, end), stretches[-1][1])
        elif stretches and stretches[-1][1] is Script.NONE:
            stretches[-1] = (Span(stretches[-1][0].start, end), script)
        else:
            stretches.append((Span(start, end), script))
        start = end
    return stretches


def two_ways(character: str) -> str:
    """The two simplified forms of a traditional character whose conversion depends on the meaning (乾: 干/乾); nothing for others."""
    return _TWO_WAYS.get(character, "")


def detect(text: str) -> Script:
    """The script of a text, from the characters that only one of them has."""
    counts = Counter(_HAN.findall(text))
    if not counts:
        return Script.NONE
    traditional = simplified = 0
    for character, times in counts.items():
        kind = _kind(character)
        if kind is Script.HANT:
            traditional += times
        elif kind is Script.HANS:
            simplified += times
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


def is_form_of(character: str, simple: str) -> bool:
    """Whether a character as it stood in a source is one that this step, or `fold_variants`, makes that simplified one of."""
    return len(character) == 1 and (character == simple or _simple_character(character) == simple or simple in _READ_AS.get(character, ""))


def to_traditional(text: str) -> str:
    """The text in traditional characters, for output. It cannot know names (范, 叶): shield those (outgoing.py)."""
    # s2tw: what people write (核, 為, 裡); plain s2t gives OpenCC's etymological forms (覈, 爲, 裏), which look like mistakes in a letter.
    return str(_converter("s2tw").convert(text))


def simplify(text: str) -> Iterator[Edit]:
    """Step: traditional characters become simplified; one edit for a stretch of a line."""
    simple = to_simplified(text)
    if simple == text:
        return
    start = 0
    for old, new in zip(text.split("\n"), simple.split("\n"), strict=True):
        if old != new:
            for first, end in _stretches(list(compress(count(), map(ne, old, new)))):
                yield Edit(start + first, start + end, new[first:end], "繁体转简体", parallel=True)
        start += len(old) + 1


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places near one another as half-open ranges."""
    first = last = places[0]
    for place in places:
        if place - last > _NEAR + 1:
            yield first, last + 1
            first = place
        last = place
    yield first, last + 1


def fold_variants(text: str) -> Iterator[Edit]:
    """Step: the particle 著 and the word 覆核, which `t2s` leaves as they are, and 旳, which document libraries put for 的."""
    edits: list[Edit] = []
    if "著" in text:
        edits += (Edit(*found.span(), "着", "助词“著”改为“着”", "inferred", parallel=True) for found in _PARTICLE.finditer(text))
    if "旳" in text:
        edits += (Edit(*found.span(), "的", "错字“旳”改为“的”", "inferred", parallel=True) for found in re.finditer("旳", text))
    if "覆" in text:
        edits += (Edit(*found.span(), "复", "“覆核”改为“复核”", parallel=True) for found in _RECHECK.finditer(text))
    yield from sorted(edits, key=lambda edit: edit.start)


def changing() -> str:
    """The class of the characters without which the conversion changes nothing."""
    every = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last + 1)]
    simple = str(_converter("t2s").convert("\n".join(every))).split("\n")
    return f"[{''.join(old for old, new in zip(every, simple, strict=True) if old != new)}{_CHANGING_IN_WORDS}]"


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
