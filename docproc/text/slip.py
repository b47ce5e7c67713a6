"""Step: text in GBK that slipped by one byte: `?。ㄒ唬┥陥笾黧w應為` is `　（一）申報主體應為`.

One byte of a character was lost and became `?`; every pair that follows was then read one byte off, until a character whose second byte
is ASCII brought the stream back in step (體 ends in 0x77, w). Pairs that stand for nothing in GBK were dropped. So the repair runs the
damage forwards: it looks for the original whose bytes, with one lost, give exactly what is seen (slip_search.py). Where nothing was dropped
the bytes prove it. Where pairs were dropped, the words decide (lexicon.py): the document's own, those of official papers, general ones,
and the order of the enumeration. Such a repair is `inferred`. Where two originals are about as likely, what they agree in is restored and
U+FFFD stands where they differ, which is reported as lost: 近三年 and 近年 show the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docproc.model import Script
from docproc.text.align import Edit
from docproc.text.lexicon import Lexicon, of_document
from docproc.text.pinyin import BRACKET
from docproc.text.script import detect, to_simplified
from docproc.text.slip_search import Original, Search

_MOST_PLACES = 150  # different ones of a text that are searched for: what has more of them is no document
_LONGEST = 40  # seen characters from the lost byte to the one that is back in step
_CANDIDATE = re.compile(r"\?(?=[^\x00-\x7f]|[;,:!])([^\x00-\x7f\n]?[;,:!]?[^\x00-\x3f\n]{0,40}?)([@-~])")
_RESIDUE = re.compile(r"\?[^\x00-\x7f\n][^\x00-\x7f\n]{0,40}[@-~]?")
_BROKEN = re.compile(_RESIDUE.pattern + "[\u3400-\u9fff]{0,4}")  # with what is left of the word behind it
_HALF_TO_FULL = {";": "；", ",": "，", ":": "：", "!": "！"}
_MARKS = tuple("；，：！。、;,:!")  # a mark right after a question mark is odd in itself
_NUMERALS = "一二三四五六七八九十"
_ENUMERATORS = tuple(_NUMERALS) + tuple("十" + numeral for numeral in _NUMERALS[:9]) + ("二十",)
_ENUMERATOR = re.compile(f"[（(]([{_NUMERALS}]{{1,3}})[）)]")
_ENUMERATED = re.compile(f"（([{_NUMERALS}]{{1,3}})）")
_ENUMERATOR_BITS = 10.0
_HALF_PINYIN = re.compile(r".*[^a-z]")  # a tone mark: the bracket belongs to a character, not to a Latin letter
_DAMAGE = re.compile(r"[?\n]")
_INDENT = "　"
_INDENT_REACH, _ENUMERATION_REACH = 20, 2000  # characters
_AT_LINE_START = re.compile(r"(?:^|\n)\s*$")
_INDENT_BYTE = b"\xa1"
_AROUND, _AROUND_REACH = 5, 24  # characters beside the damage that tell what it was; with their pinyin
_MOST_BITS = 12.0  # a character: what costs more is no text
_MARGIN = 5.0  # bits: an original that is 32 times as likely as the next is taken
_MARGIN_OF_MARKS = 3.0
_MOST_DIFFERING, _LEAST_AGREED = 3, 3  # characters in which likely originals may differ, and how many times as many they must share
_LOST = "\ufffd"
_IN_ORDER, _UNMATCHED, _AT_MARK = 9.0, 9.0, 6.0  # bits
_LOST_AT = "　。，、；：《“（"  # where the byte is mostly lost


@dataclass(frozen=True, slots=True)
class _Place:
    """A slipped run as it is seen, and what stands around it."""

    seen: str
    reading: str  # of the last character, from the pinyin bracket behind it, or nothing
    at_line_start: bool
    expected: str  # the numeral that an enumeration would go on with
    before: str
    after: str


def restore_slipped(text: str) -> Iterator[Edit]:
    search: Search | None = None
    solved: dict[_Place, Original | None] = {}  # the same damage has the same repair
    repaired: list[tuple[int, str]] = []  # where earlier repairs stand and what they say: the enumeration goes on from them
    for found in _CANDIDATE.finditer(text):
        reading = BRACKET.match(text, found.end())
        seen = found[1] + found[2]
        proof = reading is not None and _HALF_PINYIN.match(reading[1]) is not None
        if not proof and not is_odd(found[1]) and found[1][:1] not in _MARKS:
            continue
        if search is None:
            search = Search(_lexicon(text))
        place = _Place(
            seen=seen,
            reading=reading[1] if reading else "",
            at_line_start=_AT_LINE_START.search(text, max(0, found.start() - _INDENT_REACH), found.start()) is not None,
            expected=_next_enumerator(text, found.start(), repaired),
            before=_before(text, found.start()),
            after=_after(text, found.end()),
        )
        if place not in solved and len(solved) == _MOST_PLACES:
            return
        if place not in solved:
            solved[place] = _solve(place, search)
        solution = solved[place]
        if solution is None:
            continue
        repaired.append((found.start(), solution.text))
        exact = solution.dropped == 0 and place.at_line_start and solution.text.startswith(_INDENT)
        reason = "GBK 错位一个字节，按字节还原" if exact else f"GBK 错位一个字节，丢失 {solution.dropped} 对字节，按词语推断"
        yield Edit(found.start(), found.end(), solution.text, reason, "exact" if exact else "inferred")


def _lexicon(text: str) -> Lexicon:
    """The words of the text, as far as it is sound, and of the lists."""
    sound = _BROKEN.sub(" ", BRACKET.sub("", text))
    script = Script.HANT if detect(sound) is Script.HANT else Script.MIXED  # the damage befalls traditional text most
    enumerators = {f"（{numeral}）": _ENUMERATOR_BITS + place / 2 for place, numeral in enumerate(_ENUMERATORS)}
    return of_document(sound, script, enumerators)


def find_slipped(text: str) -> Iterator[re.Match[str]]:
    """Where slipped text stands as it was received: what `restore_slipped` could not put right."""
    for found in _RESIDUE.finditer(text):
        if is_odd(found[0]):
            yield found


def is_odd(seen: str) -> bool:
    """Whether what is seen has characters that running Chinese text does not: Bopomofo, box lines, rare ideographs."""
    simple = to_simplified(seen)
    return any(not _is_ordinary(character) for character in simple)


def _next_enumerator(text: str, position: int, repaired: list[tuple[int, str]]) -> str:
    """The numeral that an enumeration would go on with here; 一 where none is under way."""
    last_place, last = -1, ""
    line = max(text.rfind("\n", 0, max(0, text.rfind("\n", 0, position))), position - _ENUMERATION_REACH)
    for found in _ENUMERATOR.finditer(text, max(0, line), position):
        last_place, last = found.start(), found[1]
    for place, original in reversed(repaired):
        if place < max(line, last_place):
            break
        numeral = _ENUMERATOR.search(original)
        if numeral:
            last = numeral[1]
            break
    if last not in _ENUMERATORS:
        return _ENUMERATORS[0]
    return _ENUMERATORS[min(_ENUMERATORS.index(last) + 1, len(_ENUMERATORS) - 1)]


def _solve(place: _Place, search: Search) -> Original | None:
    """The likeliest original; None where there is none, where another is about as likely, or where none is likely at all."""
    seen = [_HALF_TO_FULL.get(character, character) for character in place.seen]
    indented = place.at_line_start and seen[0].encode("gbk", "ignore")[:1] == _INDENT_BYTE
    leads = _INDENT_BYTE if indented else range(0x81, 0xFF)
    around = ("" if place.at_line_start else place.before, place.after)
    found = sorted(
        (
            Original(each.text, each.dropped, each.cost + _oddness(each.text, place))
            for each in search.originals(seen, leads, place.reading, around)
            if (each.text[0] == _INDENT) == indented
        ),
        key=lambda each: (each.cost, each.text),
    )
    if not found or found[0].cost > _MOST_BITS * len(found[0].text + place.after):
        return None
    return _agreed([found[0], *(each for each in found[1:] if each.cost < found[0].cost + _least(found[0].text, each.text))])


def _least(likely: str, other: str) -> float:
    """The bits by which an original must be likelier than another: fewer where it has only a mark instead, which no claim hangs on."""
    head, tail = _shared([likely, other])
    return _MARGIN_OF_MARKS if likely[head : len(likely) - tail] in ("，", "、") else _MARGIN


def _agreed(likely: list[Original]) -> Original | None:
    """What originals that are about as likely agree in; U+FFFD stands where they do not. None where that is more than a word."""
    first, texts = likely[0], [each.text for each in likely]
    if len(texts) == 1:
        return first
    head, tail = _shared(texts)
    differing = max(map(len, texts)) - head - tail
    if differing > _MOST_DIFFERING or head + tail < _LEAST_AGREED * differing:
        return None
    return Original(first.text[:head] + _LOST + first.text[len(first.text) - tail :], first.dropped, first.cost)


def _shared(texts: Sequence[str]) -> tuple[int, int]:
    """How many characters texts share at their beginnings, and how many of the rest at their ends."""
    shortest = min(map(len, texts))
    head = next((place for place in range(shortest) if len({text[place] for text in texts}) > 1), shortest)
    tail = next((back for back in range(shortest - head) if len({text[-1 - back] for text in texts}) > 1), shortest - head)
    return head, tail


def _oddness(original: str, place: _Place) -> float:
    """What the marks and the order of the enumeration add to an original's cost."""
    numeral = _ENUMERATED.search(original)
    order = _IN_ORDER if numeral is not None and numeral[1] == place.expected else 0.0
    unmatched = abs(original.count("（") - original.count("）"))
    return _UNMATCHED * unmatched - order - (_AT_MARK if original[0] in _LOST_AT else 0.0)


def _before(text: str, position: int) -> str:
    """The characters before the damage in its line, without pinyin brackets."""
    return BRACKET.sub("", text[max(0, position - _AROUND_REACH) : position]).rsplit("\n", 1)[-1][-_AROUND:]


def _after(text: str, position: int) -> str:
    """The characters behind the damage in its line, without pinyin brackets, up to further damage."""
    return _DAMAGE.split(BRACKET.sub("", text[position : position + _AROUND_REACH]))[0][:_AROUND]


def _is_ordinary(character: str) -> bool:
    """Whether running Chinese text, simplified, has the character: not Bopomofo, box lines or rare ideographs."""
    if character in "　、。·—～…‘’“”〔〕〈〉《》「」『』【】！（），．：；？％〇①②③④⑤⑥⑦⑧⑨⑩" or character < "\x80":
        return True
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7 or lead == 0xA3
