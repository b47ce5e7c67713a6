"""Rows that are heads: over a ledger's rows, over one row of answers, or behind a running number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.forms.boxes import boxes
from extractors.forms.cells import FIGURE, INDEX_HEADS, NUMBER, NUMBER_HEADS, Row, boxed, is_period, reads_like_label
from extractors.forms.pieces import KEPT, Piece, label_of
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, patterns, words

_BRACKETED = re.compile(r"[（(][^（()）]*[）)]|\s")
_LETTER = re.compile("[甲乙丙丁戊A-Z1-9一二三]$")
_SERIAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?|[①-⑳]")
_COUNTED = re.compile(r"[（(]?(\d{1,2})[）)]?[.、．]?")
_OWN_HEAD = re.compile("[\u4e00-\u9fff]{2,6}")
_DAY_LABEL = re.compile(r".(?:日期|时间|日)$")
_DATED = re.compile(r"\d[月日]")
_NAMES_ROWS = re.compile(r"日期|时间|名称|单位|企业|公司|姓名|科目")
LONGEST_HEAD = 8
_ASKS_OVER = re.compile(
    r"(?!.*(?:公司|厂|集团)$)(?=.*[\u4e00-\u9fff]{2})[\u4e00-\u9fffA-Za-z（）()/、，]{2,24}|(?:19|20)\d\d年[\u4e00-\u9fff（）()/]{2,20}"
)
_PARTY_HEADS = frozenset(("单位", "主体", "公司", "企业", "对象", "责任主体", "责任单位", "所属单位"))


CODE_HEAD = re.compile("(?:指标|科目|项目|统计)?(?:代码|编码)|行次|栏次")
MARK_OF_LABELS = "甲"  # how a statistical form numbers the column of labels; the others follow
_MARK_OF_COLUMN = re.compile(r"[乙丙丁戊]|\d{1,2}|[（(]\d{1,2}[）)]|[A-Z]")
AIM_ENDS = frozenset("标值数划")
_ANSWERS = compiled(rf"(?:{alternatives([*words('prompts', 'agrees'), *words('prompts', 'denies')])}|列入后移出|已移出)[。]?$")
_OF_A_RECORD = re.compile(
    "序号|日期|时间|机关|事由|金额|文号|编号|原因|地点|部门|人数|损失|经过|类别|类型"
)  # 处罚日期 | 处罚机关 over 无 | 无
_AIM = re.compile(
    r"(?:(?:19|20)\d\d年度?|年度|全年|本年)?(?:安全|控制|考核|管理|管控)*(?:目标|指标|计划|控制|考核|预期)(?:值|数|指标|目标)?"
)


@lru_cache(maxsize=KEPT)
def is_aim(text: str) -> bool:
    """Whether a head says that what stands below it is only aimed at: 目标值, 2024年目标."""
    return text[-1:] in AIM_ENDS and _AIM.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def is_party(text: str, *, own: bool = False) -> bool:
    """Whether a row's first cell names whose row it is: 本公司, 外协单位甲; `own`: the applicant itself."""
    if patterns("parties", "heads_own").fullmatch(text):
        return True
    plain = _LETTER.sub("", text)
    return not own and any(patterns("parties", key).fullmatch(plain) for key in ("heads_related", "heads_other"))


def is_marks_of_columns(cells: Sequence[Piece]) -> bool:
    """Whether a row only numbers the columns: 甲 | 乙 | 1 | 2."""
    return len(cells) > 2 and cells[0].text == MARK_OF_LABELS and all(_MARK_OF_COLUMN.fullmatch(cell.text) for cell in cells[1:])


@lru_cache(maxsize=KEPT)
def tells_change(head: str) -> bool:
    """Whether a head says that what stands below it is a change, a share, a rate or a rank: 同比增长（%）, 占比, 完成率."""
    return patterns("fields", "change_heads").fullmatch(_BRACKETED.sub("", head)) is not None


@lru_cache(maxsize=KEPT)
def _tells_state(head: str) -> bool:
    """Whether a head says of which state the cells below it are: 现状（自评）, 2027年目标."""
    bare = _BRACKETED.sub("", head)
    return patterns("fields", "state_heads").fullmatch(bare) is not None or _tells_whose(bare)


def _tells_whose(head: str) -> bool:
    """Whether a head says whose the cells below it are, that they are demanded, or that they are before or after a change."""
    keys = ("heads_own", "heads_related", "heads_other", "heads_limit", "heads_former", "heads_present")
    return any(patterns("parties", key).fullmatch(head) for key in keys)


def states_over_rows(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """指标 | 现状（自评） | 2027年目标 over 成熟度等级 | 二级 | 三级: columns of states, of which one at least is no bare year."""
    if len(cells) < 3 or len(below) != len(cells) or cells[0].text not in INDEX_HEADS or below[0].text in INDEX_HEADS:
        return False
    states = [_tells_state(cell.text) for cell in cells[1:]]
    return any(states) and all(told or is_period(cell.text) for told, cell in zip(states, cells[1:], strict=True))


def is_heads(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    filled = [cell.text for cell in cells if cell.text]
    if states_over_rows(cells, below):
        return True
    if len(cells) > 2 and cells[0].text in NUMBER_HEADS and len(below) == len(cells) and _SERIAL.fullmatch(below[0].text):
        return not any(boxed(cell) for cell in cells)
    if words_over_figures(cells, below) or (len(cells) == len(below) == 2 and is_aim(cells[1].text) and FIGURE.match(below[1].text)):
        return True
    own = [text for text in filled if not reads_like_label(text)]
    if len(own) == 1 and len(filled) == len(cells) == len(below) > 2 and filled[0] in INDEX_HEADS and _OWN_HEAD.fullmatch(own[0]):
        own = [] if reads_like_label(below[0].text) else own  # 条件 | 要求 | 实际: one head of the office's own words
    if len(filled) < 2 or own:
        return False
    periods = sum(is_period(text) for text in filled)
    if len(cells) == 2 and periods == 1 and _DAY_LABEL.search(filled[0]) and _DATED.search(filled[1]):
        return False  # 评估时间 | 2025年3月8日 over 总体得分 | 2.37: a pair
    if periods and periods >= len(filled) - 3 and not is_period(cells[0].text):
        return periods > 1 or (bool(below) and len(below) == len(cells) and bool(NUMBER.fullmatch(below[-1].text)))
    if not below or abs(len(below) - len(cells)) > 1:
        return False
    if len(cells) == 2:
        if CODE_HEAD.fullmatch(filled[1]):
            return True
        if filled[0] in _PARTY_HEADS and is_party(below[0].text):
            return True  # 单位 | 近三年安全事故 over 本公司 | 无
        return filled[0] in INDEX_HEADS and (is_period(below[0].text) or not reads_like_label(below[0].text))
    pairs = len(below) % 2 == 0 and all(reads_like_label(cell.text) for cell in below[::2])
    return not pairs or filled[0] in NUMBER_HEADS


def words_over_answers(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """严重失信主体名单 | 经营异常名录 over 否 | 否: what is answered by yes or no is asked in the row above."""
    if len(cells) != len(below) or len(cells) < 2 or not (0 < len(below[-1].text) <= LONGEST_HEAD and _ANSWERS.match(below[-1].text)):
        return False
    if any(not cell.text or _OF_A_RECORD.search(cell.text) for cell in cells):
        return False
    return all(_ANSWERS.match(cell.text) for cell in below) and not any(_ANSWERS.match(cell.text) or boxed(cell) for cell in cells)


def heads_of_one(cells: Sequence[Piece], below: Row) -> Sequence[Piece] | None:
    """The heads of a table's last two rows, the first of which asks what the second answers; without the one over a running number."""
    if words_over_answers(cells, below):
        return cells
    if len(cells) > 2 and len(cells) == len(below) and cells[0].text in NUMBER_HEADS and _COUNTED.fullmatch(below[0].text):
        heads, answers = cells[1:], below[1:]
        named = any(_NAMES_ROWS.search(head.text) or _OF_A_RECORD.search(head.text) or head.text in INDEX_HEADS for head in heads)
        return heads if not named and is_record(heads, answers, ()) else None
    return cells if len(cells) == 2 and is_record(cells, below, ()) else None


def words_over_figures(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """能力要素 | 人员 | 技术 | 总分 over 得分 | 2.10 | 2.35 | 2.29: heads that are no labels by their ending."""
    if len(cells) < 3 or len(below) != len(cells) or not reads_like_label(below[0].text) or not reads_like_label(cells[0].text):
        return False
    if not all(FIGURE.fullmatch(cell.text) for cell in below[1:]) or (is_period(cells[0].text) and is_period(below[0].text)):
        return False  # 2022年 | 无 | 无 over 2023年 | 0 | 1: two rows of one table
    return all(_plain_head(cell) for cell in cells[1:])


def _plain_head(cell: Piece) -> bool:
    head = cell.text
    if not 0 < len(head) <= LONGEST_HEAD or re.search(r"\d", head) or boxed(cell) or FIGURE.fullmatch(head):
        return False
    return _ANSWERS.fullmatch(head) is None  # 无 answers a head


def is_numbered(rows: Sequence[Row], position: int) -> bool:
    """Whether a row of label and value begins with its number, as the row above or below does with the next: 3 | 成立时间 | 2012-08-30."""
    cells = rows[position]
    own = _COUNTED.fullmatch(cells[0].text)
    if own is None or len(cells) < 3 or not reads_like_label(cells[1].text) or is_period(cells[1].text):
        return False
    near = [_COUNTED.fullmatch(rows[other][0].text) for other in (position - 1, position + 1) if 0 <= other < len(rows)]
    return any(found is not None and abs(int(found[1]) - int(own[1])) == 1 for found in near)


def _ask_over(cells: Sequence[Piece], below: Row) -> bool:
    """规上企业 | 目前已获等级 over 是 | 先进级: heads of which some are no labels by their ending, over what is no label."""
    if len(cells) == 2 and _only_label(cells[0]) and not _only_label(cells[1]):
        return False
    if not any(_only_label(cell) for cell in cells[1::2]) or any(_only_label(cell) for cell in below):
        return False
    return all(_ASKS_OVER.fullmatch(cell.text) and not boxed(cell) and not _ANSWERS.fullmatch(cell.text) for cell in cells)


def is_number_alone(rows: Sequence[Row], position: int) -> bool:
    """Whether a row holds its number and a label only, under a head that numbers the rows of a table of three columns and more."""
    if rows[0][0].text not in NUMBER_HEADS or len(rows[0]) < 3 or _COUNTED.fullmatch(rows[position][0].text) is None:
        return False
    return not FIGURE.match(rows[position][1].text)


def is_record(cells: Sequence[Piece], below: Row, rest: Sequence[Row], again: bool = False) -> bool:
    """Heads over one row of values, each the answer to its head: 现有级别 | 申报级别 over 先进级 | 卓越级.

    Lists and ledgers, whose first head numbers, names or dates their rows, are none, unless heads follow again or have stood above
    (`again`): a form whose every second row is one of labels.
    """
    if len(cells) < 2 or len(cells) != len(below) or not all(cell.text for cell in below) or states_over_rows(cells, below):
        return False
    if rest and len(rest[0]) == len(cells) and (not reads_like_label(rest[0][0].text) or _goes_on_by_periods(below, rest[0])):
        return False
    if not all(reads_like_label(cell.text) and not is_period(cell.text) for cell in cells) and (rest or not _ask_over(cells, below)):
        return False
    first = label_of(cells[0]).text
    again = again or (len(rest) > 1 and len(rest[0]) > 1 and all(_only_label(cell) for cell in rest[0]))
    if (
        first in NUMBER_HEADS
        or (not again and (first in INDEX_HEADS or _NAMES_ROWS.search(first)))
        or any(boxed(cell) and not _chooses(cell) for cell in below)
    ):
        return False
    alike = sum(_only_label(cell) for cell in below)  # 中型企业 reads like a label
    return not alike or (again and 2 * alike < len(below))


def _chooses(cell: Piece) -> bool:
    """Whether a cell holds a whole choice, one of its words ticked: □有 ☑无."""
    found = boxes(cell.text, 0, len(cell.text))
    return len(found) > 1 and sum(box.ticked for box in found) == 1 and re.search("[\u4e00-\u9fff]", cell.text) is not None


def _goes_on_by_periods(first: Row, second: Row) -> bool:
    """Whether two rows open with a year each: 2022 | 一级 over 2024 | 二级 is a ledger, however its head is called."""
    return is_period(first[0].text) and is_period(second[0].text)


def _only_label(cell: Piece) -> bool:
    return bool(cell.text) and reads_like_label(cell.text) and not is_period(cell.text) and not boxed(cell)
