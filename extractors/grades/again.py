"""Applications that came back and are made again: …备案申请被退回，现补齐材料，重新申请备案 applies for the level before.

One that was refused in its round is over: which level is asked for again in the next one is left open.
"""

from __future__ import annotations

import re

_AGAIN = re.compile(
    r"[，,；;](?P<clause>[^，。；;]{0,14}?(?:重新|再次|再度|二次|再行)(?:提出|提交|递交|报送|上报|申报|申请|报名)[^，。；;]{0,10})(?=[，。；;]|$)"
)
_CAME_BACK = re.compile("退回|退件|驳回|补正|补齐")
_NOT_NOW = re.compile(
    "待|未|尚|没|拟(?!申)|将|计划|准备|打算|明年|后年|来年|下一?年|下一?批|择机|条件|可以?|须|应|方可|届时|不|再(?=考虑|定)|若|如|(?<!申)请|(?<![我本])(?:企业|单位)|贵|你|申报主体|建议|要求|通知"
)


def applied_again(after: str) -> bool:
    """Whether what follows a level says that its application came back and is now made again, and not that it may be."""
    again = _AGAIN.search(after)
    if again is None:
        return False
    back = _CAME_BACK.search(after, 0, again.start())
    if back is None:
        return False
    clauses = re.split("[，,；;]", after[back.end() : again.end()])
    return not any(_NOT_NOW.search(clause) for clause in clauses[1:])
