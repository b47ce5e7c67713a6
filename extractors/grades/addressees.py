"""Whose programme a letter means that only says 本省 or 自治区: that of the authority that it is addressed to or that is asked in it."""

from __future__ import annotations

import re

from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.places import provinces
from extractors.grades.statements import Statement

_ASKED = re.compile(r"(?:向|报|请)(?P<body>[\u4e00-\u9fff]{4,16}?(?:厅|局|委员会|委))[^，。；]{0,8}(?:申报|申请|申评|认定|评定|备案)")
_ADDRESSEE = re.compile(r"(?m)^[ 　]*(?:致|尊敬的)?[ 　：:]?(?P<body>[\u4e00-\u9fff]{4,24}(?:厅|局|委员会|委))[ 　]*[：:][ 　]*$")
_OWN_PROVINCE = re.compile(r"(?:自治区|[本我]省|[本我]市|省级|市级)(?:(?:19|20)\d\d年度?)?(?:第[一二三四五六七八九十]批)?[“\"]?$")


def addressed_province(text: str, statement: Statement, level: FactoryLevel) -> str | None:
    """The province whose body is asked (向甘肃省工业和信息化厅申请), or addressed where the level is one of 自治区 or 本省."""
    bodies = [asked.span("body") for asked in _ASKED.finditer(text, statement.span.start, level.span.start)]
    if not bodies and _OWN_PROVINCE.search(text[max(statement.span.start, level.span.start - 16) : level.span.start]):
        bodies = [line.span("body") for line in _ADDRESSEE.finditer(text, 0, level.span.start)][-1:]
    return next((province for body in bodies for province, _ in provinces(text, *body)), None)
