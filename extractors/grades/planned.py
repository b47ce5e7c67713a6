"""Whether a line stands in a plan (智能工厂建设路线图 / 2026年 申报先进级), or a cell in a year that is still to come."""

from __future__ import annotations

import re

from extractors.grades.statements import Statement, line_end
from extractors.words.lexicon import patterns, vocabulary

FARTHEST = 8  # lines below a plan's title
LONGEST_TITLE = 24
FAR = 4  # years between two columns of which the second is aimed at
SERIES = 3  # years that make a series
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_STAGE = re.compile(
    r"[ \u3000]*[（(]?(?:(?:到|至)?20\d\d年|第[一二三四五六]阶段|[近中远]期|[①-⑨]|[1-9一二三四五六][、.．）)]|[一二三四五六][是要])"
)


def in_plan(text: str, position: int) -> bool:
    """Whether the line opens as a plan (工作安排：…), stands right under a plan's title, or is one of the stages under it.

    A line that says what is so now (已, 现, 我公司) is no entry of a plan.
    """
    start = text.rfind("\n", 0, position) + 1
    line = text[start : line_end(text, position)]
    if patterns("levels", "told_now_patterns").search(line):
        return False
    if patterns("levels", "plan_line_patterns").match(line):
        return True
    staged = _STAGE.match(line) is not None
    for _ in range(FARTHEST):
        if not start:
            return False
        start, end = text.rfind("\n", 0, start - 1) + 1, start - 1
        above = text[start:end].strip(" \u3000：:")
        if len(above) <= LONGEST_TITLE and patterns("levels", "plan_title_patterns").search(above):
            return True  # also one that is dated as a stage is: 2026年工作计划
        if not staged or _STAGE.match(above) is None:
            return False
    return False


def beyond_series(statement: Statement) -> bool:
    """2023年 | 2024年 | 2027年 over 一级 | 二级 | 三级: a year after a gap behind years in a row is one that is aimed at.

    Behind one year alone (2024年 | 2030年) the gap must be wide, or the year one at which plans end: assessments are renewed every three.
    """
    field = statement.field
    own = _YEAR.fullmatch(field.column) if field is not None else None
    if own is None:
        return False
    told = {other.label for other in statement.near if other.label == other.column and other.label_span == other.value_span}
    years = sorted({int(own[1]), *(int(found[1]) for label in told if (found := _YEAR.fullmatch(label)))})
    if len(years) < 2 or years[-1] != int(own[1]) or years[-1] - years[-2] < 2:
        return False
    if len(years) < SERIES:
        return years[1] - years[0] >= FAR or years[1] in vocabulary("grades")["plan_horizons"]
    return years[-2] - years[0] == len(years) - 2
