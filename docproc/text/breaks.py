"""Step: line breaks inside sentences, words and numbers are removed; other breaks become one LF.

A break is inside a sentence where the line before says so (an open bracket, a comma at its end, an open sentence), where the line after
says so (it begins with a mark), or where the lines are as wide as the page lets them be. What begins something of its own (an enumerator,
a label, a box), table rows and blank lines are kept apart; lines whose wide blanks form columns are rows too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docproc.text.align import Edit
from docproc.text.lexicon import bits_saved, is_official_word
from docproc.text.lines import (
    begins,
    begins_like_label,
    begins_with_list_label,
    columns,
    ends_clause,
    ends_sentence,
    glue,
    holds_box,
    is_numbered,
    is_open,
    is_row,
    may_be_open,
    open_bracket,
    width,
)
from docproc.text.running import running_lines
from docproc.text.separated import FARTHEST, is_row_below

_BLANKS = " 　\u00a0"
_CONTINUES = tuple("，。、；！？）》”’」』】〕％%,;")
_EXPECTS_MORE = tuple("，、（(《〈“「『【〔,")
_CODE_HEAD = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{3,17}$")
_CODE_TAIL = re.compile(r"[0-9A-Z]{1,15}$")
_CODE_LENGTHS = (15, 18)  # identity numbers and unified credit codes
_HEAD = re.compile("[\u3400-\u9fff]{2}[^\\d，。；、！？]{0,28}")
_FIGURE_FIRST = re.compile(r"[\d,.]{3,} ")
_NUMBER_GOES_ON = re.compile(r"[年月日%％万亿元级級人家起台件项項名分]")
_TITLE_ENDS = tuple("表书書告明况況法则則录錄单單介图圖章知函见見绍紹述程料结結据據标標目)）》〉：:")
# a firm's name and nothing else on its line; a line that no such name goes on with
_ENDS_NAME = re.compile("(?!关于|關於|兹|茲|经|經|根据|根據|委托|委託|受)[\u3400-\u9fff（）()]{6,40}(?:公司|集团|集團|事务所|事務所)")
_SHORT_LINE = re.compile("(?![的之近未无無已于於自在和及与與为為是系被将將有不全等])[\u3400-\u9fff]{2,8}")
_ADDRESS = re.compile(
    "[\u3400-\u9fff]{2,4}(?:省|市|自治区|自治區)[\u3400-\u9fff]{1,30}[\\dA-Za-z\u3400-\u9fff（）()-]{0,30}(?:号|號|室|层|層|座|栋|棟|楼|樓|幢|院)"
)
_OWN_FIGURE = re.compile("[\\d,.，]+[ ]?(?:[人名]|[百千]?[万萬亿億]?元)[。]?")
_ANSWERS = frozenset("是否无無有√×对對男女")
_ASKS = re.compile("是否|有无|有無|曾否|是不是|有没有|有沒有")
_UNIT_OF_MONEY = re.compile("[百千]?[万亿]元|元")
_HAN_TAIL, _HAN_START = re.compile("[\u3400-\u9fff]+$"), re.compile("[\u3400-\u9fff]+")
# Bits, see `bits_saved`: of 1,315 breaks set inside sentences 46 in a hundred reach it, of 509 ends of real lines three, all inside words.
_INSIDE_A_WORD = 6.0
_LABEL_AT_END = re.compile(r"[；;。，,][^，。；：:;,]{2,14}[：:]$")
# …的，应具备以下条件： leads in a list; its items stand on lines of their own
_LEADS_IN = re.compile(r"(?:以下|下列|如下|下述)[^，。；：:;,]{0,10}[：:]$")
# a title that says of what its paper is a part: 《…管理办法》（节选）
_PAPER = re.compile(r"《[^《》]{2,40}》")
_EXCERPT = re.compile(r"[^，。；：:]{2,40}[（(](?:节[选選]|摘[录錄要编編选選]|[选選][编編登])[）)]")
_LABEL_BEGUN = re.compile(r"[；;。]\s?[\u3400-\u9fff]{1,5}$")  # …；评估 / 得分：3.92
_LABEL_ENDED = re.compile(r"[\u3400-\u9fff]{1,6}[：:]")
# what a heading or a title does not say, and a sentence does; and what is no beginning of another statement
_TELLS = re.compile("[已被因未没系拟曾尚均了须]|将(?!军)|经(?![济营开])|由(?!于)|于(?:19|20)")
_STARTS_ANEW = re.compile("近|截至|自(?!动)|(?:19|20)\\d\\d|报告期|[我本该贵]|公司|企业|单位|上述|以上|以下|经|根据|按照|为|无|未|没有")
_SENTENCE_GOES_ON = re.compile(r"[^，。；\n]{1,60}[，。；]")
# a label and its whole value at the end of a line, short enough to be no prose
_ANSWERED = re.compile(r"(?:^|[。；;：:　 ])[^，。；：:]{1,24}[：:＝=][^。；：:]{1,40}$")
_ENDED = re.compile("[。；][^。；]*$")
_CLAUSE_MARK = re.compile("[，。；]")
# words that lean on what follows them at a line's end, or on what stands before them at its beginning
_LEANS_ON = re.compile("[\u3400-\u9fff，。；](?:[和与及或由将被从把已未曾均尚另]|(?<!目)的|(?<=[定评视属称列])为)$")
_LEANS_BACK = re.compile(
    "的(?![士确])|[已并](?:于|被|经|已|取得|完成|通过|获)|和(?![平谐])|及(?!格|时)|到期|有误|不符|不实|其(?![他它中次余])"
    "|[一二三四五]级[，。；]|认定[（(为]"
    "|为[一二三四五\\d“]|[（(](?:[^（）()\\n]{2,40}[）)][，。；、]|统一社会|信用代|以下简|以下称|下称|简称)"
)
_PROSE_WIDTH = 38  # half characters: shorter lines may be headings and values
_NEIGHBOURHOOD = 8
_SLACK = 2  # a line is full when not one Chinese character more had room
_FIRST_LINE_SLACK = 6  # the first line of a paragraph is two characters shorter, whether or not the indent is in the text
_HEADING = 0.5  # of the width of the line below: a numbered line so short is a heading, also with a comma in it
_NARROW = 44
_CHAIN = 20  # lines that one sentence may take where it is set narrow
_PAGE_BREAK = 6  # lines that a page number and the blanks around it may take
_MEMORY = 400  # characters of a paragraph that tell whether it is open
_WIDE = 60
_FEWEST_COLUMNS, _TABLE_COLUMNS = 2, 3
_NARROWEST = 24


class _Line:
    __slots__ = ("_width", "end", "start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self._width = -1

    @property
    def width(self) -> int:
        """In half characters; measured when asked for."""
        if self._width < 0:
            self._width = width(self.text)
        return self._width

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(_BLANKS))


def join_lines(text: str) -> Iterator[Edit]:
    lines = _lines(text)
    running = running_lines([line.text for line in lines])
    paragraph = ""
    before: int | None = None  # the last line that is not blank
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.text.strip(_BLANKS):
            position += 1
            continue
        if before is None:
            if line.start:
                yield Edit(0, line.start, "", "删去开头的空行")
            paragraph, before = line.text, position
        else:
            following = _after_running(lines, position, paragraph, running)
            head = lines[following]
            between = head.start - lines[before].end
            apart = following == position and position - before > 1 and not _parts_a_word(paragraph, head.text)
            if not apart and before not in running and following not in running and _joins(lines, before, following, paragraph):
                last = lines[before].end - (len(lines[before].text) - len(lines[before].text.rstrip(_BLANKS)))
                first = head.start + head.indent
                new = glue(paragraph.rstrip(_BLANKS), head.text.lstrip(_BLANKS))
                yield Edit(last, first, new, "句中断行接回" if following == position else "句中断行接回，略去页眉页码")
                paragraph = (paragraph.rstrip(_BLANKS) + new + head.text.lstrip(_BLANKS))[-_MEMORY:]
            else:
                following = position
                if between > 1 and line.start - lines[before].end > 1:
                    yield Edit(lines[before].end, line.start, "\n", "连续空行合并")
                paragraph = line.text
            position = before = following
        position += 1
    if before is not None and lines[before].end < len(text):
        yield Edit(lines[before].end, len(text), "", "删去末尾的空行")


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(start, line))
        start += len(line) + 1
    return lines


def _after_running(lines: Sequence[_Line], position: int, paragraph: str, running: frozenset[int]) -> int:
    """Past a page number and a header that stand in the middle of a sentence."""
    if not is_open(paragraph):
        return position
    ahead = position
    while ahead < min(position + _PAGE_BREAK, len(lines) - 1) and (ahead in running or not lines[ahead].text.strip(_BLANKS)):
        ahead += 1
    return position if ahead in running or not lines[ahead].text.strip(_BLANKS) else ahead


def _may_be_rows(last: str, first: str) -> bool:
    """Whether commas may divide two lines into as many cells each, half-width ones or full-width ones."""
    return ("," in last and "," in first) or (last.count("，") == first.count("，") > 1 and "。" not in last)


def _joins(lines: Sequence[_Line], before: int, after: int, paragraph: str) -> bool:
    one, two = lines[before], lines[after]
    last, first = one.text.rstrip(_BLANKS), two.text.lstrip(_BLANKS)
    if "\t" in one.text or "\t" in two.text or 0 < one.text.count("|") == two.text.count("|"):
        return False
    if _may_be_rows(last, first) and is_row_below([line.text for line in lines[max(0, before - FARTHEST) : before + 1]], two.text):
        return False
    if ends_sentence(last):
        return (_is_open_label(last) and not begins(two.text)) or (ends_clause(last) and _goes_on(one, two))
    if " " in last and " " in first and _is_under_heads(last, first):
        return False
    if _is_one_code(last, first) or (re.search(r"\d\.$", last) and first[0].isdigit()):
        return True
    if (first.startswith(_CONTINUES) and not begins(first)) or (last[-1].isdigit() and _UNIT_OF_MONEY.match(first)):
        return True
    if _are_rows(lines, before, after, paragraph):
        return False
    if not is_numbered(two.text) and (_parts(last, first) or _runs_into(one, first, paragraph)):
        return True
    if begins(two.text) or is_row(one.text) or is_row(two.text) or (two.indent >= 2 and two.indent > one.indent):
        return False
    if (first.isdigit() and not is_open(paragraph)) or _is_title(paragraph, first):
        return False
    if last.endswith(_EXPECTS_MORE) or open_bracket(paragraph):
        return True
    if first.rstrip("。") in _ANSWERS and _ASKS.search(one.text):  # 是否发生安全、环保等事故 / 否: a question and its answer
        return False
    if holds_box(one.text) or (_ADDRESS.fullmatch(last) and _OWN_FIGURE.fullmatch(first)):
        return False  # 天津市…18号 / 263人: two values
    if _LEANS_ON.search(last):
        return True
    label = begins_like_label(two.text)
    if (label and begins_like_label(one.text)) or _is_answered(paragraph, first):
        return False
    loose = paragraph == one.text or is_official_word(last[-1] + first[0])
    full = _is_full(lines, before, _FIRST_LINE_SLACK if loose else _SLACK)
    told = begins(one.text) or begins_with_list_label(one.text)
    if begins_with_list_label(two.text) and not is_open(paragraph) and (told or not full):
        return False  # 地址：某市某区 / 近三年安全、环保事故：无
    if is_open(paragraph):
        heading = is_numbered(one.text) and one.width <= _HEADING * two.width
        return not heading and (full or not label)
    if last[-1].isdigit() and _NUMBER_GOES_ON.match(first):
        return True
    if len(first) == 1 and first not in _ANSWERS and _is_han(first) and _is_han(last[-1]):
        return True  # the last character of a line that had no room for it
    if _ENDS_NAME.fullmatch(last) and (_SHORT_LINE.fullmatch(first) or _ADDRESS.fullmatch(first)):
        return False  # 某某认证有限公司 / 评估得分: a value, and the label below it; or the next value, an address
    if full and not (label and two.width < one.width):
        return True
    if may_be_open(paragraph) and two.width <= one.width + _SLACK and not label:
        return True
    if _goes_on(one, two) and not label and _is_prose(paragraph, first):
        return True
    return _is_narrow_prose(lines, before, after)


def _parts(last: str, first: str) -> bool:
    """Whether a break stands inside a word: 被列入经营异 / 常名录."""
    one, two = _HAN_TAIL.search(last), _HAN_START.match(first)
    return one is not None and two is not None and bits_saved(one[0], two[0]) >= _INSIDE_A_WORD


def _runs_into(one: _Line, first: str, paragraph: str) -> bool:
    """Whether a line, though it looks like a label or says little, can only go on with the one before.

    It leans on it (有误，…), it holds the end of a label (…；评估 / 得分：3.92) or of a bracket, or a comma in prose stands before it.
    """
    last = one.text.rstrip(_BLANKS)
    if one.width >= _PROSE_WIDTH and _LEANS_BACK.match(first):
        return True
    if not _LABEL_ENDED.match(first):
        return False
    if _LABEL_BEGUN.search(last) or (open_bracket(paragraph) and first.find("）") > max(first.find("（"), 0)):
        return True
    return last.endswith(("，", ",")) and not begins(paragraph)


def _is_prose(paragraph: str, first: str) -> bool:
    """Whether what stands before a break is a sentence that has not ended: it follows another on its line, or tells as no heading does."""
    behind = _ENDED.search(paragraph)
    if behind and len(behind[0].rstrip(_BLANKS)) > 1:
        return _CLAUSE_MARK.search(first) is not None
    return _TELLS.search(paragraph) is not None and not _STARTS_ANEW.match(first) and _SENTENCE_GOES_ON.match(first) is not None


def _is_answered(paragraph: str, first: str) -> bool:
    """Whether a paragraph ends with a field's whole answer, and a sentence of its own follows: 住所：…36号 / 以上内容由填报人员核对。"""
    if not (_STARTS_ANEW.match(first) and _CLAUSE_MARK.search(first)):
        return False
    if begins_like_label(paragraph) and not _CLAUSE_MARK.search(paragraph):
        return True
    answered = _ANSWERED.search(paragraph.rstrip(_BLANKS))
    return answered is not None and _TELLS.search(answered[0]) is None


def _is_open_label(last: str) -> bool:
    """…友谊北路51号；注册地址： a label at the end of a line that holds more, with its value on the line below."""
    return _LABEL_AT_END.search(last) is not None and _LEADS_IN.search(last) is None


def _goes_on(one: _Line, two: _Line) -> bool:
    """Whether a line is as long as lines of prose, and the next one begins nothing of its own."""
    return one.width >= _PROSE_WIDTH and not (begins(two.text) or holds_box(one.text) or is_row(one.text) or is_row(two.text) or two.indent)


def _is_under_heads(heads: str, row: str) -> bool:
    """Whether a line of heads, words without figures and marks, stands over as many words: 人数 名称 住所 over 98 天津… 天津…9号.

    Two words are a row only where the lower line begins with a figure of its own.
    """
    words = heads.split()
    fewest = _FEWEST_COLUMNS if _FIGURE_FIRST.match(row) else _TABLE_COLUMNS
    return len(words) >= fewest and len(words) == len(row.split()) and all(map(_HEAD.fullmatch, words)) and "，" not in row


def _are_rows(lines: Sequence[_Line], before: int, after: int, paragraph: str) -> bool:
    """Whether one of two lines is a row of a table set with wide blanks, so that the other cannot go on with it.

    Two lines in columns are two rows, whatever stands at the end of the first: a row that ran into the next would hide it. A line in
    columns beside one without is a row where it has three of them: a label, its value and more; the last row may still wrap.
    """
    one, two = columns(lines[before].text), columns(lines[after].text)
    if one >= _FEWEST_COLUMNS and two >= _FEWEST_COLUMNS:
        return True
    if two >= _TABLE_COLUMNS:
        return not is_open(paragraph)
    above = next((line for line in reversed(lines[max(0, before - _PAGE_BREAK) : before]) if line.text.strip(_BLANKS)), None)
    return one >= _TABLE_COLUMNS and above is not None and columns(above.text) == one and not is_open(paragraph)


def _parts_a_word(paragraph: str, line: str) -> bool:
    """Whether a blank line fell inside a word of an open sentence: …安全、环 / (nothing) / 保等事故."""
    last, first = paragraph.rstrip(_BLANKS)[-1:], line.lstrip(_BLANKS)[:1]
    return _is_han(last) and _is_han(first) and (is_open(paragraph) or may_be_open(paragraph)) and is_official_word(last + first)


def _is_title(paragraph: str, first: str) -> bool:
    """Whether a line is a title as 关于安全、环保情况的说明, an excerpt's, or a paper's name over what begins anew."""
    words = paragraph.strip(_BLANKS)
    if _EXCERPT.fullmatch(words) or (_PAPER.fullmatch(words) and _STARTS_ANEW.match(first)):
        return True
    return paragraph.lstrip(_BLANKS).startswith(("关于", "關於")) and paragraph.rstrip(_BLANKS).endswith(_TITLE_ENDS)


def _is_one_code(last: str, first: str) -> bool:
    head, tail = _CODE_HEAD.search(last), _CODE_TAIL.match(first)
    return head is not None and tail is not None and len(head[0]) + len(tail[0]) in _CODE_LENGTHS


def _is_full(lines: Sequence[_Line], position: int, slack: int) -> bool:
    """Whether a line is as wide as the widest around it, and not the only one of that width (or very wide)."""
    around = lines[max(0, position - _NEIGHBOURHOOD) : position + _NEIGHBOURHOOD + 1]
    widest = max((line.width for line in around if "\t" not in line.text), default=0)
    if widest < _NARROWEST:
        return False
    if lines[position].width < widest - slack:
        return False
    return widest >= _WIDE or sum(line.width >= widest - slack for line in around) > 1


def _is_narrow_prose(lines: Sequence[_Line], before: int, after: int) -> bool:
    """Whether a line without a mark begins prose that was set very narrow: several short lines up to a full stop, with marks among them
    or with breaks inside words (未发 / 生, 事 / 故)."""
    if lines[before].text.rstrip(_BLANKS).endswith(_TITLE_ENDS) or begins_like_label(lines[before].text):
        return False
    marked = False
    last = lines[before].text.rstrip(_BLANKS)[-1:]
    in_word = is_official_word(last + lines[after].text.lstrip(_BLANKS)[:1])
    for chain, line in enumerate(lines[after : after + _CHAIN]):
        if not line.text.strip(_BLANKS) or "\t" in line.text or line.width > _NARROW or (chain and begins(line.text)):
            return False
        marked = marked or is_open(line.text) or any(mark in line.text for mark in "，、")
        marked = marked or is_official_word(last + line.text.lstrip(_BLANKS)[:1])
        last = line.text.rstrip(_BLANKS)[-1:]
        if ends_sentence(line.text):
            return (chain > 0 or in_word) and marked and line.text.rstrip(_BLANKS).endswith("。")
    return False


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
