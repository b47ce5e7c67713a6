"""Step: pinyin in brackets after a character, as some web converters leave it: 發(fā), 區(qū), 通過(guò), 会(huì ), 发(fa).

A bracket goes only where its content is a reading of the character before it; so 系统(MES), 企业(gong), (a) and （二） stay. Readings are
those of pypinyin's character table (heteronyms included). With a tone mark the reading is proof; without one it is `inferred`, and one
letter is too little. The same bracket may stand twice (上(shang)(shang)).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from docproc.text.align import Edit

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêế"
BRACKET = re.compile(rf"[(（]\s?([a-zɡ{_TONED}]{{1,6}})\s?[)）]")
_HAN = re.compile("[\u3400-\u9fff]")
_TONES = str.maketrans("", "", "\u0304\u0301\u030c\u0300")


def drop_pinyin(text: str) -> Iterator[Edit]:
    before = 0  # where the bracket before ended, and the character it stood behind
    base = ""
    for found in BRACKET.finditer(text):
        base = base if found.start() == before and base else text[max(0, found.start() - 1) : found.start()]
        before = found.end()
        syllable = found[1]
        if not _HAN.match(base) or not reads(base, syllable):
            base = ""
            continue
        toned = plain(syllable) != syllable.replace("ü", "v")
        if toned or len(syllable) > 1:
            yield Edit(found.start(), found.end(), "", f"删去“{base}”后的注音", "exact" if toned else "inferred")


def reads(character: str, syllable: str) -> bool:
    """Whether a syllable, with or without its tone, is a reading of the character."""
    return plain(syllable) in _readings(character)


def plain(syllable: str) -> str:
    """A syllable without its tone; ü as v."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", syllable.replace("ɡ", "g")).translate(_TONES))
    return bare.replace("ü", "v").replace("ê", "e")


@cache
def _readings(character: str) -> frozenset[str]:
    from pypinyin.pinyin_dict import pinyin_dict

    readings: str = pinyin_dict.get(ord(character), "")
    return frozenset(plain(reading) for reading in readings.split(",") if reading)
