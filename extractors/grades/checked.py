"""Rows of a self-check on one line: the rule's words, the applicant's own answer behind a blank or in a bracket, then the boxes.

5 智能制造能力成熟度二级及以上 自评估二级，得分2.05 ☑符合 □不符合
"""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.model import Span
from extractors.grades.maturity_scale import bare_level
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

# Blanks between Han characters may have been taken out with the line's other breaks: then the answer's first word divides.
_DIVIDED = re.compile(r"(?:[ 　\t]+|[（(])(?=[\u4e00-\u9fff])|(?=自评|自我|自诊断|自测|自查|(?:已?经|通过)?第三方|现为|实际|目前)")


def own_answer(text: str, statement: Statement) -> Statement | None:
    """The applicant's answer that stands in the label of a ticked row, as a statement of its own; None where the row has none."""
    field = statement.field
    if field is None or not field.ticked:
        return None
    start, end = field.label_span
    bound = re.search(
        r"[一二三四五1-5Ⅰ-Ⅴ]级[^，。；\s（(]{0,4}以上|(?:不低于|达到|具备)[^，。；\s（(]{0,12}[一二三四五1-5Ⅰ-Ⅴ]级", text[start:end]
    )
    divided = _DIVIDED.search(text, start + bound.end(), end) if bound else None
    if bound is None or divided is None:
        return None
    own = Span(divided.end(), end)
    if (
        bare_level(text[slice(*own)].strip()) is None
        and not any(patterns("maturity", key).search(text, *own) for key in ("self_patterns", "third_patterns"))
        and not re.search(r"得分|等级", text[slice(*own)])
    ):
        return None
    return replace(statement, span=own, field=None, before=text[start : divided.start()])
