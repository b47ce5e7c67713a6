"""Grades with which the present one is compared, of before or of others: 二级，较上年的一级有所进步; 高于行业水平（一级）."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.statements import Statement, clause_before

_COMPARED = re.compile(
    r"(?P<with>较|相?比|比起|对比|高于|低于|优于|好于|超过|高出|与|同(?!意))[^，。；]{0,6}?"
    r"(?:上一?年度?|去年|前年|往年|上一?[次轮期]|前一?[次轮期]|初次|首次|此前|先前|原先|原有|改造前|建设前|(?:19|20)\d\d年)[^，。；]{0,10}$"
)
_OF_OTHERS = re.compile(
    r"(?:较|比|高于|低于|优于|好于|超过|超出|高出|领先于?)[^，。；我本]{0,4}(?:行业|同行|同业|标杆|业内|区域|全[国省市区县]|[本我][省市区县]|国内)"
    r"(?![^，。；]{0,4}(?:先进|领先)级)[^，。；]{0,12}[（(]?$"
)
_SET_BESIDE = re.compile("[^，。；]{0,4}相[比较]|[^，。；]{0,4}比较")


def is_compared_with(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is the one of before that the sentence holds the present one against."""
    found = _COMPARED.search(clause_before(text, statement, span.start))
    if found is None:
        return False
    return found["with"] not in ("与", "同") or _SET_BESIDE.match(text, span.end) is not None


def is_of_others(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is what others have, with whom the sentence compares: 二级，高于行业平均水平（一级）."""
    return _OF_OTHERS.search(clause_before(text, statement, span.start)) is not None
