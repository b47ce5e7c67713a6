"""Damages clean text as real files are damaged, one class a function, seeded; each text keeps what it was, character for character.

A damaged text is a list of pieces: what is seen, and the range of the clean text that it was. So a span of the repaired text can be
followed to the source and from there to the clean text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docproc.text.script import to_traditional
from tests.text.slipping import slipped_run

Piece = tuple[str, int, int]  # what is seen, and clean[start:end] that it stands for

_KANGXI = dict(
    zip(
        "一人入八刀力十又口土士大女子小山工己干心手文日月木水火田目立立行衣言車金門青非食高",
        "⼀⼈⼊⼋⼑⼒⼗⼜⼝⼟⼠⼤⼥⼦⼩⼭⼯⼰⼲⼼⼿⽂⽇⽉⽊⽔⽕⽥⽬⽴⽴⾏⾐⾔⾞⾦⾨⾭⾮⾷⾼",
        strict=True,
    )
)
_READINGS = {
    "发": "fā", "区": "qū", "数": "shù", "统": "tǒng", "规": "guī", "现": "xiàn", "环": "huán", "优": "yōu", "联": "lián", "态": "tài",
    "节": "jié", "监": "jiān", "执": "zhí", "业": "yè", "展": "zhǎn", "过": "guò", "设": "shè", "评": "píng", "质": "zhì", "实": "shí",
}  # fmt: skip
_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔù", "aaaaeeeeiiiioooouuuu")
_MARKS = "，。；、：）%"
_NOTHING = "\u200b\u200c\u200d\ufeff\u00ad\u2060"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text with the clean text it was made of."""

    clean: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(seen for seen, _, _ in self.pieces)

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the clean text that text[start:end] was."""
        position, touched = 0, []
        for seen, first, last in self.pieces:
            if position < end and position + len(seen) > start:
                touched += [first, last]
            position += len(seen)
        return (min(touched), max(touched)) if touched else (0, 0)


def whole(clean: str) -> Damaged:
    return Damaged(clean, tuple((character, at, at + 1) for at, character in enumerate(clean)))


def traditional(damaged: Damaged, rng: random.Random) -> Damaged:
    return _seen(damaged, to_traditional(damaged.text))


def full_width(damaged: Damaged, rng: random.Random) -> Damaged:
    return _seen(damaged, "".join(chr(ord(each) + 0xFEE0) if each.isascii() and each.isalnum() else each for each in damaged.text))


def radicals(damaged: Damaged, rng: random.Random) -> Damaged:
    return _seen(damaged, "".join(_KANGXI.get(each, each) if rng.random() < 0.7 else each for each in damaged.text))


def invisible(damaged: Damaged, rng: random.Random) -> Damaged:
    return _inserted(damaged, lambda before, after: rng.choice(_NOTHING) if rng.random() < 0.1 else "")


def pinyin(damaged: Damaged, rng: random.Random) -> Damaged:
    """With tone marks or without, with a blank in the bracket or not."""
    toned, blank = rng.random() < 0.7, rng.random() < 0.2

    def bracket(before: str, after: str) -> str:
        if before not in _READINGS or rng.random() < 0.3:
            return ""
        reading = _READINGS[before] if toned else _READINGS[before].translate(_PLAIN)
        return f"({reading}{' ' if blank else ''})"

    return _inserted(damaged, bracket)


def spaced_out(damaged: Damaged, rng: random.Random) -> Damaged:
    """A blank between any two Chinese characters of a heading or a licence."""
    return _inserted(damaged, lambda before, after: " " if _han(before) and (_han(after) or after == "") else "")


def wrapped(damaged: Damaged, rng: random.Random) -> Damaged:
    """Lines as wide as the page: no mark begins one (the character before it goes down with it), none is broken
    inside a word of letters or digits, and a break behind a full stop parts two lines."""
    width = rng.choice((18, 24, 30, 38))
    pieces: list[Piece] = []
    reached = 0.0
    for at, piece in enumerate(damaged.pieces):
        pieces.append(piece)
        reached += 1 if _wide(piece[0]) else 0.5
        two, three = ((damaged.pieces[at + step][0] if at + step < len(damaged.pieces) else "") for step in (1, 2))
        letters = next((count for count, each in enumerate(damaged.pieces[at + 1 :]) if _wide(each[0])), 0)
        full = reached >= width or (reached >= width - 1 and three in _MARKS) or (letters > 0 and reached + letters / 2 > width)
        if full and _wide(piece[0]) and piece[0] not in "。；" and two and two not in _MARKS and (_wide(two) or letters):
            pieces.append(("\n", piece[2], piece[2]))
            reached = 0
    return Damaged(damaged.clean, tuple(pieces))


def paged(damaged: Damaged, rng: random.Random) -> Damaged:
    """Lines as wide as the page, in which pages end: their numbers, and the header that every page repeats, stand in the sentence."""
    broken = wrapped(damaged, rng).pieces
    breaks = [at for at, piece in enumerate(broken) if piece[0] == "\n" and "，" in _last_sentence(broken[: at + 1])]
    ends = set(rng.sample(breaks, min(len(breaks), rng.randint(1, 3))))
    header, page = "天津市先进级智能工厂申报书\n" if len(ends) > 1 else "", rng.randint(2, 40)
    form = rng.choice(("- {} -", "— {} —", "第{}页", "第 {} 页 共 41 页"))
    pieces: list[Piece] = []
    for at, piece in enumerate(broken):
        pieces.append(piece)
        if at in ends:
            pieces.append((f"{form.format(page)}\n{header}", piece[2], piece[2]))
            page += 1
    return Damaged(damaged.clean, tuple(pieces))


def residue(damaged: Damaged, rng: random.Random) -> Damaged:
    """What Word and web pages leave: a bookmark, a field's code, references for characters."""

    def left(before: str, after: str) -> str:
        return (
            rng.choice(("[bookmark: _GoBack]", "= 1 \\* GB3 ", "PAGE \\* MERGEFORMAT "))
            if before in "，。；" and rng.random() < 0.3
            else ""
        )

    quoted = tuple(
        ({"，": "&#65292;", "。": "&#12290;"}.get(seen, seen) if rng.random() < 0.3 else seen, *at) for seen, *at in damaged.pieces
    )
    return _inserted(Damaged(damaged.clean, quoted), left)  # type: ignore[arg-type]


def bold(damaged: Damaged, rng: random.Random) -> Damaged:
    """Runs of characters between marks printed twice or three times, as fake bold comes out of a PDF."""
    times = rng.choice((2, 3))
    runs = [found.span() for found in re.finditer("[\u3400-\u9fff]{5,}", damaged.text) if rng.random() < 0.5]
    doubled = {place for start, end in runs if len(set(damaged.text[start:end])) >= 5 for place in range(start, end)}
    return Damaged(
        damaged.clean,
        tuple((seen * times if place in doubled else seen, start, end) for place, (seen, start, end) in enumerate(damaged.pieces)),
    )


def vertical(damaged: Damaged, rng: random.Random) -> Damaged:
    """The marks of a page set in columns."""
    return _seen(damaged, damaged.text.translate(str.maketrans("，。；：（）", "︐︒︔︓︵︶")))


def utf8_as_latin(damaged: Damaged, rng: random.Random) -> Damaged:
    return Damaged(damaged.clean, tuple((seen.encode("utf-8").decode("latin-1"), start, end) for seen, start, end in damaged.pieces))


def gbk_as_latin(damaged: Damaged, rng: random.Random) -> Damaged:
    return Damaged(damaged.clean, tuple((seen.encode("gbk").decode("latin-1"), start, end) for seen, start, end in damaged.pieces))


def slipped(clean: str) -> Damaged | None:
    """An indented line in GBK that lost its first byte; None where the line never comes back in step."""
    run = slipped_run("　" + clean)
    if run is None:
        return None
    shown, length = run
    rest = whole(clean).pieces[length - 1 :]
    return Damaged(clean, (("?" + shown, 0, length - 1), *rest))


NOTHING_LOST: tuple[Callable[[Damaged, random.Random], Damaged], ...] = (
    traditional,
    full_width,
    radicals,
    invisible,
    pinyin,
    spaced_out,
    wrapped,
    utf8_as_latin,
    gbk_as_latin,
    paged,
    residue,
    bold,
    vertical,
)


def _last_sentence(pieces: Sequence[Piece]) -> str:
    """What is seen since the last full stop."""
    return re.split("[。；]", "".join(piece[0] for piece in pieces[-120:]))[-1]


def _seen(damaged: Damaged, text: str) -> Damaged:
    """The same pieces with other characters, one for one."""
    return Damaged(damaged.clean, tuple((new, start, end) for new, (_, start, end) in zip(text, damaged.pieces, strict=True)))


def _inserted(damaged: Damaged, between: Callable[[str, str], str]) -> Damaged:
    """What `between` says of a character and the next is seen behind it, and stands for nothing."""
    pieces: list[Piece] = []
    for at, (seen, start, end) in enumerate(damaged.pieces):
        after = damaged.pieces[at + 1][0] if at + 1 < len(damaged.pieces) else ""
        new = between(seen, after) if after else ""
        pieces += [(seen, start, end), (new, end, end)] if new else [(seen, start, end)]
    return Damaged(damaged.clean, tuple(pieces))


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _wide(character: str) -> bool:
    return character > "\u2e7f"
