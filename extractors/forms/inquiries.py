"""An inquiry and its result as two labels: 查询事项：近三年火灾事故记录 over 查询结果：无.

What was asked after is the prompt of the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.extract import FormField
from extractors.words.anchors import compiled

SHORTEST = 4  # characters of what is asked after
REACH = 3  # fields over which a result looks back for what was asked after
_ASKED_AFTER = compiled(
    r"(?:查询|检索|核查|核实|核验|调查|证明|搜索|查证|审核|检查|申请查询)(?:的)?(?:事项|内容|项目|范围|信息|类别|名录|名单|类型|主题)"
)
_RESULT = compiled(
    r"(?:查询|检索|核查|核实|核验|调查|证明|搜索|查证|审核|检查|反馈)?(?:的)?(?:结果|结论|意见|情况|内容)|(?:证明|出证|反馈|回复)(?:意见|内容|结论)"
)
_ENDS = frozenset(("结果", "结论", "意见", "情况", "内容"))


def inquiries(fields: Sequence[FormField]) -> Iterator[FormField]:
    """A field of what was asked after with its result, for each result whose question stands right above."""
    for number, field in enumerate(fields):
        if field.column or field.label[-2:] not in _ENDS or not _RESULT.fullmatch(field.label):
            continue
        for earlier in reversed(fields[max(0, number - REACH) : number]):
            if not earlier.column and _ASKED_AFTER.fullmatch(earlier.label) and len(earlier.value) >= SHORTEST and not earlier.options:
                if earlier.label != field.label:
                    yield field._replace(label=earlier.value, label_span=earlier.value_span, required=None)
                break
