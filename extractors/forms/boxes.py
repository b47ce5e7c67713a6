"""Boxes and the words they belong to: `☑是 □否`, `是□ 否☑`, `（ ）是 （√）否`, `【√】`, `[x]`, and an old symbol font's R and £.

Whether a box stands before or after its word is told by how the prompt ends: with a word, or with a box. A mark counts as a box
only in company (another box, a word that boxes carry), since ■ and ● are bullets too and ○ is a numeral.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from docproc.extract import Option
from docproc.model import Span
from extractors.forms.lone_ticks import lone_tick
from extractors.forms.option_words import names_option
from extractors.forms.pieces import BLANKS, KEPT, Piece, piece
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, vocabulary, words

_TICKS, _EMPTIES, _CROSSES = words("fields", "ticks"), words("fields", "empties"), words("fields", "crosses")
_OPEN, _CLOSE = r"[（(【\[［〔〖『「〈]", r"[）)】\]］〕〗』」〉]"
_STOPPED = re.compile(r"[。！？]")
_PROMPTED = re.compile("？[ 　]*[^？。！]{0,4}$")  # the next question of the line, and the word of its first box
_PARTING = re.compile(r"[\s　；;，,]+")
_BLANK = r"[ 　\u00a0_]*"
_RINGS = "○◯"
_HAN_DIGIT = "一二三四五六七八九十零〇○"
# 口 and 〇, which recognition and typists put for an empty box: only beside a word that options carry, never inside a word (进口, 二〇).
_SQUARES = "口囗〇"
_SQUARE = (
    rf"[{_SQUARES}](?:(?<![\u4e00-\u9fffA-Za-z0-9][{_SQUARES}])(?={_BLANK}(?:{alternatives(words('fields', 'options'))}))"
    rf"|(?<=[级是否无有合足][{_SQUARES}])(?=[\s　；;。，、）)]|$))"
)
# 请打“√”, 在□内划√: the words of an instruction, whose marks are no boxes
_INSTRUCTED = "(?<![打划画])(?<![打划画][“\"‘'「『（(])(?<![加填标注][“\"‘'「『])(?<![（(][加填标注点])"
_INSTRUCTING = "(?![内中里处]?[打划画])"
_REMARK = r"(?:[，,；;][^（()）\n]{1,20})?"  # 否（√，情况见附件）
_BOX = compiled(
    rf"(?<![打划画加]){_OPEN}{_BLANK}(?P<tick_in>{alternatives(words('fields', 'tick_in_brackets'))}){_BLANK}{_REMARK}{_CLOSE}"
    rf"|{_OPEN}{_BLANK}(?P<cross_in>{alternatives(_CROSSES)}){_BLANK}{_CLOSE}"
    rf"|(?P<empty_in>{_OPEN}{_BLANK}(?:[○◯□☐]{_BLANK})?{_CLOSE})"
    rf"|(?P<tick>{_INSTRUCTED}(?:[□☐](?=[√✓✔]))?(?:{alternatives(_TICKS)}))"
    rf"|(?P<empty>(?:{alternatives(_EMPTIES)}){_INSTRUCTING}|{_SQUARE})|(?P<cross>{_INSTRUCTED}(?:{alternatives(_CROSSES)}))"
    rf"|(?P<font_tick>(?<![A-Za-z]){vocabulary('fields')['font_tick']}(?![A-Za-z&0-9]))|(?P<font_empty>{vocabulary('fields')['font_empty']})"
)
_MARKS = "".join(mark[0] for mark in (*_TICKS, *_EMPTIES, *_CROSSES, vocabulary("fields")["font_empty"]))
_FONT_TICK = vocabulary("fields")["font_tick"]
_INSIDE = "".join(mark[0] for mark in (*words("fields", "tick_in_brackets"), *_CROSSES))
# What a box begins with: a mark, or a bracket and what may stand in it. Most stretches hold neither, and need no closer look.
BEGINS_BOX = re.compile(
    rf"[{_MARKS}{_SQUARES}{_FONT_TICK}（(【\[［〔〖『「〈]"
    rf"(?:(?<=[{_MARKS}{_SQUARES}])|(?<=[（(【\[［〔〖『「〈])[ 　\u00a0_{_INSIDE}）)】\]］〕〗』」〉]|(?<={_FONT_TICK})(?![A-Za-z&0-9]))"
)
_KNOWN = frozenset(words("fields", "options"))
_FIRST_KNOWN = re.compile(alternatives(words("fields", "options")))
_PARTNERS: Mapping[str, list[str]] = vocabulary("fields")["partners"]
_ASKED = re.compile(r"(?P<asked>[^？?]{3,})[？?][ 　]*(?=[^？?\s])")
_NOTE = re.compile(r"[（(][^（()）]*[）)]?$")
_SURE = re.compile(r"[☑☒☐□]|[（(\[【]")
_REMARKED = re.compile(rf"(?:{alternatives(words('fields', 'options'))})(?=[，,；;](?!.*\d[.．]\d))")  # ☑否，详见第6页 but □三级，得分1.99
# 是（　）否（√）如选否，请另附说明: what a form asks further belongs to no box
_ASKED_FURTHER = re.compile(
    r"[\s　。；;，,（(]*(?:如果?|若|凡)(?:勾选|选择|选|填|为|属|有)?[“\"‘]?(?:是|否|有|无|存在|不符合)?[”\"’]?"
    r"(?:的|者|情形)?[，,：:]?(?:请|需|须|应)"
)
LONGEST_OPTION = 60


class Box(NamedTuple):
    """One box, ticked or not."""

    span: Span
    ticked: bool


class Choice(NamedTuple):
    """A prompt's own words (may be empty) and its boxes."""

    prompt: Piece
    options: tuple[Option, ...]

    @property
    def span(self) -> Span:
        return Span(self.options[0].span.start, self.options[-1].span.end)


def boxes(text: str, start: int, end: int) -> list[Box]:
    """All boxes of a stretch, in order. A cross is an empty box beside a tick, else a mark."""
    if not BEGINS_BOX.search(text, start, end):
        return []
    found = [match for match in _BOX.finditer(text, start, end) if text[match.start()] not in _RINGS or not _is_numeral(text, match)]
    names = {match.lastgroup for match in found}
    if not names & {"empty", "empty_in", "tick", "tick_in", "cross_in", "font_empty"}:
        return []
    ticked = {"tick", "tick_in"} | ({"font_tick"} if "font_empty" in names else set())
    if not names & ticked:
        ticked |= {"cross", "cross_in"}
    known = {"empty", "empty_in", "tick", "tick_in", "cross", "cross_in", "font_empty"} | ticked
    return [Box(Span(*match.span()), match.lastgroup in ticked) for match in found if match.lastgroup in known]


def _is_numeral(text: str, match: re.Match[str]) -> bool:
    """Whether a ring is a zero behind a Chinese digit: 二○二五."""
    return text[max(0, match.start() - 1) : match.start()] in _HAN_DIGIT and match.start() > 0


_LEADING_WORDS = re.compile(r"^.*[：:？?\s]")  # the prompt before the first box's word


def choices(text: str, start: int, end: int) -> Iterator[Choice]:
    """The prompts with boxes in a stretch of one line or cell. Bullets and lone marks in prose yield nothing."""
    if not BEGINS_BOX.search(text, start, end):
        return
    lead = max(0, start - 1)  # what stands before a ring or an R tells what it is
    for prompt, options in _choices(text[lead:end], start - lead):
        yield Choice(
            Piece(prompt.text, prompt.start + lead, prompt.end + lead),
            tuple(Option(each.text, each.ticked, Span(each.span.start + lead, each.span.end + lead)) for each in options),
        )


@lru_cache(maxsize=KEPT)  # a form has the same boxes over and over
def _choices(text: str, start: int) -> tuple[Choice, ...]:
    return tuple(_read(text, start, len(text)))


def _read(text: str, start: int, end: int) -> Iterator[Choice]:
    found = boxes(text, start, end)
    if not found:
        return
    asked_further = _ASKED_FURTHER.search(text, found[-1].span.end, end)
    end = asked_further.start() if asked_further else end
    alone = lone_tick(text, start, end, found[0].span) if len(found) == 1 and found[0].ticked else None
    if alone is not None:
        yield Choice(*alone)
        return
    edges = [start, *(edge for box in found for edge in box.span), end]
    gaps = [piece(text, edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    if any(len(gap.text) > LONGEST_OPTION for gap in gaps[1:]):
        return
    if _STOPPED.search(text, start, end) and any(_STOPPED.search(_PROMPTED.sub("", gap.text.rstrip("。"))) for gap in gaps[1:]):
        return
    if word_of(gaps[-1]).text and not _next_field_follows(gaps):
        yield from _boxes_first(text, found, gaps)
    else:
        yield from _words_first(text, found, gaps)


def _next_field_follows(gaps: Sequence[Piece]) -> bool:
    """Whether the words behind the last box are unlike those before each box, which are alike: 1级[ ] 2级[√] 3级[ ] 自评总分."""
    shapes = [(len(word), word[-1:]) for word in (_LEADING_WORDS.sub("", gaps[0].text), *(gap.text.strip(BLANKS) for gap in gaps[1:]))]
    return len(gaps) > 2 and shapes[0][0] > 0 and len(set(shapes[:-1])) == 1 and shapes[-1] != shapes[0]


def _boxes_first(text: str, found: list[Box], gaps: list[Piece]) -> Iterator[Choice]:
    prompt, options = gaps[0], list[Option]()
    for position, (box, gap) in enumerate(zip(found, gaps[1:], strict=True)):
        word, rest = _cut(text, gap) if position + 1 < len(found) else (word_of(gap), None)
        options.append(Option(word.text, box.ticked, Span(box.span.start, max(word.end, box.span.end))))
        if rest is not None:
            if _believable(options, text):
                yield Choice(prompt, tuple(options))
            prompt, options = rest, []
    if options and _believable(options, text):
        yield Choice(prompt, tuple(options))


def _cut(text: str, gap: Piece) -> tuple[Piece, Piece | None]:
    """A gap between two boxes is a word, or a word and the next prompt: 否 是否上市."""
    blank = _PARTING.search(gap.text)
    if blank and len(gap.text) - blank.end() >= 2:
        head = piece(text, gap.start, gap.start + blank.start())
        if len(head.text) <= 12:
            return word_of(head), piece(text, gap.start + blank.end(), gap.end)
    known = _FIRST_KNOWN.match(gap.text) if gap.text.endswith(("：", ":", "？", "?")) else None
    if known and len(gap.text) - known.end() > 2:
        middle = gap.start + known.end()
        return piece(text, gap.start, middle), piece(text, middle, gap.end)
    return word_of(gap), None


def _words_first(text: str, found: list[Box], gaps: list[Piece]) -> Iterator[Choice]:
    prompt, first = _split_prompt(text, gaps[0], gaps[1].text if len(found) > 1 else "")
    heads = [first, *gaps[1 : len(found)]]
    options: list[Option] = []
    for head, box in zip(heads, found, strict=True):
        blank = re.search(r"[\s　；;]+", head.text)
        if options and blank and _unmarked(head.text, blank, options):  # 基础级✔　先进级　卓越级✔
            options.append(Option(head.text[: blank.start()], False, Span(head.start, head.start + blank.start())))
            head = piece(text, head.start + blank.end(), head.end)
        elif options and blank and len(head.text) - blank.end() >= 1 and blank.start() >= 2:
            # 否☑　独立法人 是☑: the words before the blank open the next prompt
            if _believable(options, text):
                yield Choice(prompt, tuple(options))
            prompt, options = piece(text, head.start, head.start + blank.start()), []
            head = piece(text, head.start + blank.end(), head.end)
        elif options and (asked := _ASKED.match(head.text)):  # 否☑　是否发生…？是□
            if _believable(options, text):
                yield Choice(prompt, tuple(options))
            prompt, options = piece(text, head.start, head.start + asked.end("asked")), []
            head = piece(text, head.start + asked.end(), head.end)
        options.append(Option(word_of(head).text, box.ticked, Span(head.start, box.span.end)))
    if _believable(options, text):
        yield Choice(prompt, tuple(options))


def _unmarked(words_: str, blank: re.Match[str], options: Sequence[Option]) -> bool:
    """Whether the words before a blank are one more option, which has no mark: they and those behind are words of options, new ones."""
    first, second = words_[: blank.start()], words_[blank.end() :]
    return len(first) > 1 and names_option(first) and names_option(second) and all(option.text not in (first, second) for option in options)


def _split_prompt(text: str, gap: Piece, second: str) -> tuple[Piece, Piece]:
    """Divides what stands before the first box into the prompt and the first box's word."""
    partners = _PARTNERS.get(second.strip(BLANKS), ())
    opened = max(gap.text.rfind("（"), gap.text.rfind("("))
    if opened > 0 and gap.text[opened + 1 :].strip(BLANKS) in partners:  # 承诺：近三年未发生…（是□ 否☑）
        return piece(text, gap.start, gap.start + opened), piece(text, gap.start + opened + 1, gap.end)
    for mark in (r"[：:]", r"[？?]", r"[\s　]+"):
        places = list(re.finditer(mark, gap.text))
        if places and places[-1].end() < len(gap.text):
            cut = gap.start + places[-1].end()
            return piece(text, gap.start, gap.start + places[-1].start()), piece(text, cut, gap.end)
    for partner in partners:
        if gap.text.endswith(partner):
            cut = gap.end - len(partner)
            return piece(text, gap.start, cut), piece(text, cut, gap.end)
    bracket = re.search(r"[）)](?=[^）)]+$)", gap.text)
    if bracket:
        cut = gap.start + bracket.end()
        return piece(text, gap.start, cut), piece(text, cut, gap.end)
    return piece(text, gap.start, gap.start), gap


def word_of(gap: Piece) -> Piece:
    """A box's word without a trailing note in brackets, colon or comma, nor a remark that goes on behind it."""
    bare = _NOTE.sub("", gap.text) if "（" in gap.text or "(" in gap.text else gap.text
    text = bare.strip(BLANKS + "：:；;，,。、/／|）)】]")
    remarked = _REMARKED.match(text)
    text = text if remarked is None else remarked.group()
    return Piece(text, gap.start, gap.start + gap.text.find(text) + len(text) if text else gap.start)


def _believable(options: list[Option], text: str) -> bool:
    """Two boxes are boxes; one is, where its word is one that boxes carry, or where the mark can be no bullet."""
    sure = len(options) == 1 and _SURE.search(text, *options[0].span) is not None
    return len(options) > 1 or options[0].text in _KNOWN or (sure and 0 < len(options[0].text) <= 12)
