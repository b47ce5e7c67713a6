"""What a line of a document looks like: where something new begins, where a sentence ends, how wide it is.

Used by the step that joins broken lines and by the view that joins blocks. Nothing here knows what the words mean.
"""

from __future__ import annotations

import re
import unicodedata

_NUMERAL = "一二三四五六七八九十百零〇"
BOXES = "□■☐☑☒▢◻◼⬜⬛√✓✔●○◎◆◇▪▫•★☆※►▶"

_BEGINS = re.compile(
    rf"""[ 　]*(?:
      [（(][{_NUMERAL}\d]{{1,3}}[)）]
    | [{_NUMERAL}]{{1,4}}[、.．]
    | \d{{1,3}}(?:[、．]|\.(?!\d)|[)）])
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ 　、]*[^\d\s.%％分万亿元年月，。；]
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ 　]+[年月分][末度均初底平产產公厂廠支析]
    | Q\d{{1,2}}[ 　.．、：:]
    | [①-⒛㈠-㈩❶-❿ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][、.．\s]?
    | 第[ ]?[{_NUMERAL}\d]{{1,4}}[ ]?[编編篇章节節条條款项項部页頁]
    | 附[ 　]?[件表录錄图圖][ 　]?[\d{_NUMERAL}]*(?![，。；])[：:\s．.]?
    | [表图圖][ ]?\d
    | [{BOXES}]
    | [^\s{BOXES}，。；]{{2,24}}[ 　]+[{BOXES}]
    | [-—–－·][ ]?(?=[^\d\s])
    | [—–·][ ](?=(?:19|20)\d\d[年.])
    | [备備]?[注註][ 　]?[：:\d]
    | (?:19|20)\d\d[ ]?[年./-][ ]?\d{{1,2}}[ ]?[月./-](?:[ ]?\d{{1,2}}[ ]?日?)?[ 　]*$
    | [二][〇○零][〇○零一二三四五六七八九]{{2}}年[{_NUMERAL}廿]{{1,3}}月(?:[{_NUMERAL}廿]{{1,3}}日)?[ 　]*$
    | [\u3400-\u9fff]{{2,10}}[〔〈（(\[](?:19|20)\d\d[〕〉）)\]][ ]?第?[ ]?\d{{1,4}}[ ]?[号號][ 　]*$
    | Q\d{{0,2}}[ 　：:.．、]
    | [【\[]
    )""",
    re.VERBOSE,
)
# 标签：值 · 标　签　值 · Legal Representative 法定代表人：值
_LABEL = re.compile(r"[ 　]*(?:[A-Z][A-Za-z./ ]{2,40}[ ])?[^，。；：:、！？\n\t“”]{1,18}(?:[（(][^）)\n]{1,12}[）)])?[ 　]?[：:＝=]")
# 近三年安全、环保事故：无
_LISTING_LABEL = re.compile(
    r"[ 　]*[^，。；：:、！？\s“”]{1,14}(?:、[^，。；：:、！？\s“”]{1,10}){1,4}(?:[（(][^）)\n]{1,12}[）)])?[ 　]?[：:＝=][ 　]?\S"
)
_GAP_LABEL = re.compile(r"[ 　]*(?:[\u3400-\u9fff]{2,10}|(?:[\u3400-\u9fff][ 　]+){1,7}[\u3400-\u9fff]{1,2})(?:　|[ ]{2,})[ 　]*[^\s]")
_SPACED_LABEL = re.compile(
    r"[ 　]*(?:\d{1,3}[ ])?(?:[\u3400-\u9fff]{2,8}|(?:[\u3400-\u9fff][ 　]){1,6}[\u3400-\u9fff](?=[ ](?:[\u3400-\u9fff]{2}|\d{2}))"
    r"|[\u3400-\u9fff]{2}[\u3400-\u9fff/／（）()]{1,11})[ ][^\s]"
)
_ENUMERATOR = re.compile(rf"^[ 　]*(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}})、")
_FIGURE = r"[(（]?[-－]?\d[\d,.]*%?[)）]?"
_ROW = re.compile(rf"[ 　]*[^\d\s，。；][^\n，。；]*[ 　](?:{_FIGURE}[ 　]+{_FIGURE}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+\.\d{{2}})[ 　]*$")
_PIPED = re.compile(r"[ 　]*\|[^\n]*\|[ 　]*$")  # | 指标 | 2023年 |
_COLUMN_GAP = re.compile("[ 　\u00a0]*　[ 　\u00a0]*|[ \u00a0]{2,}")
_CLAUSE_INSIDE = re.compile("[，。；]")
_SPACED_CHARACTER = re.compile("[\u3400-\u9fff]$")
_ENDS, _MAY_FOLLOW_THE_END = tuple("。！？；!?;：:…"), "”’」』）)》"
# A comma between digits parts thousands; 、 alone may stand in a title (登记、备案信息).
_CLAUSE_MARK = re.compile(r"[，；]|(?<!\d),|,(?!\d)|、$")
_LAST_REMARK = re.compile(r"[（(][^（()）]*[）)][ 　]*$")  # 营业执照（扫描识别结果，未校对）
_LISTING = re.compile("、")
_SENTENCE_END = re.compile(r"[。！？；!?]")
_OPENERS, _CLOSERS = "（(《〈“「『【〔", "）)》〉”」』】〕"
_BOX, _OPENER = re.compile(rf"[{BOXES}]|\[[ 　xX]\]|[（(][ 　]{{1,2}}[）)]"), re.compile(f"[{_OPENERS}]")


def begins(line: str) -> bool:
    """Whether a line starts something of its own: an enumerator, a heading, a label, a box, a date that stands alone."""
    return bool(_BEGINS.match(line) or _LABEL.match(line) or _GAP_LABEL.match(line))


def begins_like_label(line: str) -> bool:
    """Whether a line may be a short label and its value with one space between (总分 1.97)."""
    return _SPACED_LABEL.match(line) is not None


def begins_with_list_label(line: str) -> bool:
    """Whether a line may be a label that lists what it asks for, with its value; a sentence goes on in the same words."""
    return _LISTING_LABEL.match(line) is not None


def ends_clause(line: str) -> bool:
    """Whether a line stops at a mark inside a sentence of several statements: a semicolon."""
    return line.rstrip(" 　").endswith(("；", ";"))


def ends_sentence(line: str) -> bool:
    return line.rstrip(" 　").rstrip(_MAY_FOLLOW_THE_END).endswith(_ENDS)


def is_open(paragraph: str) -> bool:
    """Whether a paragraph stops inside a sentence: after its last full stop there is a clause mark, or a bracket stays open."""
    if ends_sentence(paragraph):
        return False
    last = 0
    for found in _SENTENCE_END.finditer(paragraph):
        last = found.end()
    rest = paragraph[last:]
    rest = _LAST_REMARK.sub("", _ENUMERATOR.sub("", rest, count=1))
    return _CLAUSE_MARK.search(rest) is not None or open_bracket(paragraph)


def may_be_open(paragraph: str) -> bool:
    """Whether a paragraph lists something with 、 and has no end: weaker than `is_open`."""
    return not ends_sentence(paragraph) and _LISTING.search(_ENUMERATOR.sub("", paragraph, count=1)) is not None


def is_row(line: str) -> bool:
    """Whether a line is a row of a table set with blanks: words, then figures (货币资金 9,189,856.00 7,951,320.00), or bars."""
    return _ROW.match(line) is not None or _PIPED.match(line) is not None


def columns(line: str) -> int:
    """How many columns a line shows that was set with wide blanks (an ideographic one, or two and more): 1 for prose.

    A word spaced out letter by letter (名　　称) is one column. Where a clause ends before the last gap, the blanks are stray.
    """
    shown = line.strip(" 　\u00a0")
    if "　" not in shown and "  " not in shown and "\u00a0" not in shown:
        return 1  # most lines
    cells = [cell for cell in _COLUMN_GAP.split(shown) if cell]
    if any(_CLAUSE_INSIDE.search(cell) for cell in cells[:-1]):
        return 1
    spaced = [_SPACED_CHARACTER.match(cell) is not None for cell in cells]
    return sum(not (here and before) for before, here in zip([False, *spaced], spaced, strict=False))


def holds_box(line: str) -> bool:
    """Whether a line has a box to tick."""
    return _BOX.search(line) is not None


def is_numbered(line: str) -> bool:
    """Whether a line begins with an enumerator or the number of a heading."""
    return _BEGINS.match(line) is not None


def open_bracket(paragraph: str) -> bool:
    """Whether a bracket or quotation opened in the paragraph's last part is not closed."""
    rest = paragraph[-120:]
    if _OPENER.search(rest) is None:
        return False
    for opener, closer in zip(_OPENERS, _CLOSERS, strict=True):
        if rest.count(opener) > rest.count(closer) and rest.rfind(opener) > rest.rfind(closer):
            return True
    return False


def width(line: str) -> int:
    """How wide a line is, in half characters, without its outer blanks."""
    shown = line.strip(" 　")
    try:
        return len(shown.encode("gbk"))  # what GBK has in two bytes is two half characters wide
    except UnicodeEncodeError:
        return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in shown)


def glue(before: str, after: str) -> str:
    """What stands between two parts of one sentence: nothing, or a blank between Latin words."""
    one, two = before[-1:], after[:1]
    return " " if one.isascii() and two.isascii() and one.isalpha() and two.isalpha() else ""
