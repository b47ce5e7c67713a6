"""Choices by letter or number: the options are named, the answer is one of their signs.

    申报等级：A.基础级 B.先进级 C.卓越级　答：B          企业规模（ C ）：A.大型 B.中型 C.小型
    是否规上（1.是 2.否）：1

Letters and circled figures are signs wherever an answer is given; plain figures only before words that options carry, since lists are
numbered too. An exam's questions are no form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.pieces import BLANKS, Piece, label_of, piece
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, words
from extractors.words.per_text import once_a_text
from extractors.words.scanning import scan

MOST_OPTIONS = 8
MOST_LINES = MOST_OPTIONS + 2
STATEMENT = 6  # characters of an option that say something by themselves
WIDEST_FIRST = 60  # code points within which the second option's sign follows the first's
_SERIES = ("ABCDEFGH", "abcdefgh", "①②③④⑤⑥⑦⑧", "12345678")
_KNOWN = frozenset(words("fields", "options"))
_LEVEL = re.compile(r"[一二三四五]级")
_QUICK = re.compile(r"[Aa①1][.．、:：)） 　—–－=＝-]*[\u4e00-\u9fff]")
_TICKS = frozenset("☑☒■√✓✔")
_TICK = "[☑☒■√✓✔]"
_NO_WORD = r"\s　；;，,。：:A-Ha-h①-⑧1-8（()）☑☒■√✓✔□"
_WORD = rf"[^{_NO_WORD}]{{1,16}}?(?:[（(](?![ 　]*[A-Ha-h①-⑧1-8]?[ 　]*[）)])[^（()）]{{1,12}}[）)])?"
# What the first of the options begins with; its own character leads, which is looked for first.
SIGN_OF_CHOICE = re.compile(rf"[Aa①1](?<![A-Za-z0-9.．].)[)）]?(?:[.．、:：]|[—–－=＝-]{{1,2}})?[ 　]?[^{_NO_WORD}]")
_GAP = r"[\s　；;，,、/。]{0,8}"
# 答案, 您的选择是, 企业填报结果：what leads to the answer, and a few words of whose it is before it
_CUE = rf"[一-龥]{{0,4}}?(?:{alternatives(words('fields', 'choice_cues'))})+(?:项|栏|为|是|情况)*"
_ASKS = re.compile("是否|有无|有没有|曾否|[？?]")
_COLON = re.compile("[：:]")
_OPEN_NOTE = re.compile(r"[（(][^（()）]{1,8}$")  # 申报等级（填序号：1—基础级；2—先进级）
_OPEN_BRACKET = re.compile(r"[：:？?][ 　]*[（(【][ 　_＿]*[）)】][ 　]*$|^[（(【][ 　_＿]*[）)】]$")  # 申报等级：（ ）A.基础级 B.先进级
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_EXAM = re.compile(alternatives(words("fields", "exam_words")))


@dataclass(frozen=True, slots=True)
class Lettered:
    """The options of a stretch, one of them chosen or none; `prompt` is what stands before them, `end` where the answer ends."""

    prompt: Piece
    options: tuple[Option, ...]
    end: int
    left_open: bool = False  # the answer is asked for behind the options, and not given

    @property
    def chosen(self) -> bool:
        """Whether one of the options is the answer; of an unfilled choice none is."""
        return any(option.ticked for option in self.options)


@cache
def _series(signs: str) -> re.Pattern[str]:
    tick = rf"(?:{_TICK}[ 　]?)?"  # before the sign, or right behind the word
    parts = [
        rf"{tick}[（(]?{re.escape(sign)}[)）]?(?:[.．、:：]|[—–－=＝-]{{1,2}})?[ 　]?({_WORD}){_TICK}?" for sign in signs[:MOST_OPTIONS]
    ]
    body = ""
    for part in reversed(parts[2:]):
        body = rf"(?:{_GAP}{part}{body})?"
    return compiled(rf"(?<![A-Za-z0-9.．]){parts[0]}{_GAP}{parts[1]}{body}(?=[\s　；;，,。（()）]|{_CUE}|$)")


@cache
def _left_open() -> re.Pattern[str]:
    """What asks for the answer behind the options, where none is written: 选择：, 答：（　）."""
    return re.compile(rf"[\s　；;，,。、]*{_CUE}[ 　]*[：:]?[ 　_＿]*(?:[（(【][ 　_＿]*[）)】])?[ 　_＿。]*(?=\n|$)")


@once_a_text
@lru_cache(maxsize=2)
def _choices_begin(text: str) -> tuple[int, ...]:
    """The signs of a text with which the options of a choice begin: most of its lines are near none."""
    places = (found.start() for found in scan(SIGN_OF_CHOICE, text))
    return tuple(place for place in places if _begins_choice(text, place))


def _begins_choice(text: str, place: int) -> bool:
    signs = next(signs for signs in _SERIES if signs[0] == text[place])
    return text.find(signs[1], place, place + WIDEST_FIRST) >= 0 and _series(signs).match(text, place) is not None


def may_be_lettered(text: str) -> bool:
    """Whether a text holds what a choice by signs begins with."""
    return _QUICK.search(text) is not None


def lettered(text: str, start: int, end: int) -> Lettered | None:
    """The choice by signs in text[start:end], or None."""
    if not _QUICK.search(text, start, end):
        return None
    for signs in _SERIES:
        first = text.find(signs[0], start, end)
        found = _series(signs).search(text, start, end) if 0 <= first < text.rfind(signs[1], start, end) else None
        if found is None:
            continue
        options = [(signs[place], Span(*found.span(place + 1))) for place in range(len(found.groups())) if found[place + 1]]
        known = all(is_known_option(text[slice(*span)]) for _, span in options)
        prompt = piece(text, start, found.start())
        chosen, after = _answer(text, prompt, found.end(), end, signs[: len(options)])
        if chosen is None:
            chosen = _ticked(text, found.start(), options)
        if chosen is None and _COLON.search(text, found.end(), end):
            chosen, after = _answer_in_words(text, found.end(), end, {_bare(text[slice(*span)]): sign for sign, span in options})
        left_open = chosen is None and (_left_open().match(text, found.end(), end) or _OPEN_BRACKET.search(prompt.text)) is not None
        if _EXAM.search(prompt.text) or not (known if signs.isdecimal() else known or chosen or left_open):
            continue
        if signs.isdecimal() and chosen is None and not _ASKS.search(prompt.text):
            continue
        ticks = tuple(Option(_bare(text[slice(*span)]), sign == chosen, span) for sign, span in options)
        return Lettered(_without_answer(prompt), ticks, after, left_open)
    return None


def lettered_lines(text: str, lines: Sequence[Piece], position: int) -> tuple[FormField, int] | None:
    """The choice that begins on a line and may go on over the next ones, and how many lines it takes."""
    line = lines[position]
    begins = _choices_begin(text)
    near = bisect_left(begins, line.start)
    if near == len(begins) or begins[near] >= lines[min(position + MOST_LINES, len(lines)) - 1].end:
        return None
    if not line.text or not _QUICK.search(text, line.start, lines[min(position + 1, len(lines) - 1)].end):
        return None
    reach = list(_reach(lines, position))
    if not any(_QUICK.search(piece_.text) for piece_ in reach[:2]):
        return None
    found = lettered(text, line.start, reach[-1].end)
    if found is None or not (found.chosen or found.left_open or _ASKS.search(found.prompt.text)):
        return None
    if not found.prompt.text and min(len(option.text) for option in found.options) < STATEMENT:
        return None  # A.近三年发生… B.近三年未发生…　选择：B: options that speak for themselves need no prompt
    if "\n" in found.prompt.text.strip(BLANKS) or len(found.prompt.text) > 70 or re.search(r"[。；！]", found.prompt.text):
        return None
    used = 1 + sum(piece_.start < found.end for piece_ in reach[1:])
    return field_of(found), used


def field_of(found: Lettered) -> FormField:
    """The field of a choice by signs; of a line with several prompts the last one asks."""
    last = max((mark.end() for mark in re.finditer(r"[；;。\s　]", found.prompt.text)), default=0)
    start = found.prompt.start + last * bool(re.search(r"[：:]", found.prompt.text))
    label = label_of(Piece(found.prompt.text[start - found.prompt.start :], start, found.prompt.end))
    ticked = "、".join(option.text for option in found.options if option.ticked)
    span = Span(found.options[0].span.start, max(found.end, found.options[-1].span.end))
    return FormField(label.text, ticked, label.span, span, found.options, "", label.unit, "", "", label.required)


def _reach(lines: Sequence[Piece], position: int) -> Iterator[Piece]:
    for line in lines[position : position + MOST_LINES]:
        if "\t" in line.text or len(line.text) > 120:
            return
        yield line


def is_known_option(word: str) -> bool:
    """Whether a word is one that options carry."""
    bare = _bare(word)
    return bare in _KNOWN or _LEVEL.fullmatch(bare) is not None


def _bare(word: str) -> str:
    return (_LAST_BRACKET.sub("", word) if word.endswith(("）", ")")) else word).strip(BLANKS)


def _answer(text: str, prompt: Piece, position: int, end: int, signs: str) -> tuple[str | None, int]:
    """The sign that was chosen and where the answer ends: in a bracket before the options, or behind them in a bracket or after a cue."""
    before = re.search(rf"(?:[（(【][ 　]*([{signs}])[ 　]*[）)】][ 　]*[：:]?|[：:？?][ 　]*([{signs}]))[ 　]*[（(]?[ 　]*$", prompt.text)
    if before:
        return before[1] or before[2], position
    cue = (
        rf"[\s　；;，,。、]*(?:[（(]?[ 　]*{_CUE}[ 　]*[：:]?|[^（()）：:\d]{{0,8}}[）)][ 　]*[：:]?|[（(【])"
        rf"[\s　]*[（(]?[ 　]*([{signs}])(?![A-Za-z0-9])"
    )
    alone = rf"[ 　]*\n[ 　]*([{signs}])[ 　]*(?=\n|$)"
    behind = re.compile(cue).match(text, position, end) or re.compile(alone).match(text, position, end)
    return (behind[1], behind.end()) if behind else (None, position)


def _ticked(text: str, start: int, options: Sequence[tuple[str, Span]]) -> str | None:
    """The sign of the one option that a tick stands before or right behind: A.基础级 ☑B.先进级."""
    edges = [start, *(span.end + (text[span.end : span.end + 1] in _TICKS) for _, span in options)]
    chosen = [
        sign
        for edge, (sign, span) in zip(edges, options, strict=False)
        if any(mark in _TICKS for mark in text[edge : span.start]) or text[span.end : span.end + 1] in _TICKS
    ]
    return chosen[0] if len(chosen) == 1 else None


def _answer_in_words(text: str, position: int, end: int, signs: Mapping[str, str]) -> tuple[str | None, int]:
    """The sign of the option that is written out behind a cue (填报结果：否), and where the answer ends."""
    written = re.compile(rf"[\s　；;，,。、]*{_CUE}[ 　]*[：:][ 　]*({alternatives(signs)})(?=[\s　；;，,。）)]|$)").match(
        text, position, end
    )
    return (signs[written[1]], written.end()) if written else (None, position)


def _without_answer(prompt: Piece) -> Piece:
    bare = re.sub(r"(?:[（(【][ 　]*[A-Ha-h①-⑧1-8]?[ 　]*[）)】]|(?<=[：:？?])[ 　]*[A-Ha-h①-⑧1-8])(?=[ 　]*[：:（(]?$)", "", prompt.text)
    bare = _OPEN_NOTE.sub("", bare.rstrip(BLANKS + "：:（(【"))
    return Piece(bare, prompt.start, prompt.start + len(prompt.text))
