"""What belongs to a held level: the day it was granted or filed, its number, the province whose programme it is.

They are looked for in the statement itself up to the application or the other level beside it, then in the fields around, then where the
paper signs itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docproc.model import Kind, Span
from docproc.text.dates import find_dates
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels, granted_on, number_of, province_of
from extractors.grades.places import provinces
from extractors.grades.statements import Statement, line_end
from extractors.words.lexicon import patterns

LONGEST_CERTIFICATE = 300
LONGEST_PLAQUE = 120
FILING_HEAD = 200  # code points of a filing in which it names its programme or its body
_BODY_OR_PROGRAMME = re.compile(
    r"(?:(?!公司|集团|[厂路号街])[\u4e00-\u9fff]){0,14}?(?:[局厅](?![\u4e00-\u9fff]{0,8}公司)|委员会|管委会|政府|(?:基础级|先进级|卓越级|领航级)?智能工厂|智能制造)"
)
_SIGNED = re.compile(
    r"\n[ 　]*(?P<body>[\u4e00-\u9fff]{2,24}(?:局|厅|委员会|委|政府|部))(?:[（(][^（()）\n]{1,8}[）)])?[ 　\n]*"
    r"(?:(?P<day>(?:(?<=[ 　\n])[^\n]|[12][09]\d\d|二[〇○零O0])[^\n]{4,13})(?=\n|$)|(?:颁发|授牌|颁授|颁|授予|立)[ 　]*(?=\n|$))"
)
# 2024年由基础级晋升为先进级: one step, one day
_SAME_STEP = re.compile(
    r"(?:智能工厂|智慧工厂)?(?:水平|资格|称号)?(?:直接|顺利|成功)?(?:升级|晋升|晋级|提升|升|跃升|升格)(?:为|至|到|成)?[^，。；]{0,8}"
)
_OWN_NOTE = re.compile(r"(?:智能工厂|智慧工厂)?(?:备案|认定|称号|证书|牌匾)?[ ]?[（(](?![^（()）]*(?:申报|申请))[^（()）]*[）)]")

if TYPE_CHECKING:
    from spacy.tokens import Doc

_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")


def particulars(doc: Doc, statement: Statement, level: FactoryLevel) -> dict[str, str | None]:
    """`granted_on`, `number` and `province` of a held level, null where the text does not tell them."""
    text = doc.text
    stretch = _reach(text, statement, level)
    day = granted_on(text, *stretch, level.span) or near_date(text, statement)
    number = number_of(text, *stretch, level.span) or _near_number(statement)
    province = province_of(text, *stretch, level.span)
    if doc._.kind is Kind.FILING or _grants(text, statement):
        day, number = day or _signed_on(text), number or _paper_number(text)
    signed_by, signed_day, own_number = _signature(text, statement, level)
    day, number = day or signed_day, number or own_number
    if not province:
        province = _issuer(doc, statement) or signed_by
    return {"granted_on": day, "number": number, "province": province}


def _grants(text: str, statement: Statement) -> bool:
    """Whether the statement is the title of a letter that grants the level: what signs the letter is the level's."""
    return patterns("levels", "granting_titles_patterns").fullmatch(text[slice(*statement.span)].strip()) is not None


def _reach(text: str, statement: Statement, level: FactoryLevel) -> Span:
    """The stretch in which day, number and province of this level are looked for: up to the application or the other level beside it."""
    end = statement.span.end
    for other in find_factory_levels(text, level.span.end, statement.span.end):
        if other.value == level.value:
            continue
        end = min(end, _clause_start(text, level.span.end, other.span.start))
    applying = re.search(r"(?<!备案)(?<!认定)(?:申报|申请)(?!书|表|材料|编号)", text[level.span.end : end])
    if applying:
        end = _clause_start(text, level.span.end, level.span.end + applying.start())
    note = _OWN_NOTE.match(text, level.span.end, statement.span.end)  # ☑先进级（认定时间：2024-12）　□卓越级
    end = max(end, note.end()) if note else end
    start = statement.span.start
    for other in find_factory_levels(text, statement.span.start, level.span.start):
        if other.value != level.value and not _SAME_STEP.fullmatch(text, other.span.end, level.span.start):
            noted = _OWN_NOTE.match(text, other.span.end, level.span.start)  # 曾获评基础级（2024年2月备案），2025年1月升级为先进级
            start = max(start, noted.end() if noted else other.span.end)
    more = (
        re.match(
            r"[；;]?[^。；]{0,6}(?:证书|备案|认定)?(?:编号|备案号|证书号|文号)[^。；]{0,40}",
            text[statement.span.end : statement.span.end + 60],
        )
        if end == statement.span.end
        else None
    )
    return Span(start, end + (more.end() if more else 0))


def _clause_start(text: str, start: int, position: int) -> int:
    """Where the clause of a place begins, not before `start`."""
    return max(start, *(text.rfind(mark, start, position) + 1 for mark in "，,）)"))


def _near_number(statement: Statement) -> str | None:
    for field in statement.near:
        if patterns("levels", "number_labels_patterns").search(field.label) and re.search(r"\d", field.value):
            return field.value
    return None


def near_date(text: str, statement: Statement) -> str | None:
    """A date field beside, or the day under a plaque's or a certificate's words."""
    for field in statement.near:
        if patterns("levels", "date_labels_patterns").search(field.label):
            for mention in find_dates(text, *field.value_span):
                if mention.possible:
                    return mention.iso
            if _YEAR_ALONE.fullmatch(field.value.strip()):
                return field.value.strip()  # 认定年度 2024
    below = re.compile(
        r"(?:[。\s]|特此[^。\n]{0,8}|(?:证书|认定|本证书?)?(?:有效期限?|编号|证号|证书号)[^\n]{0,28}\n|[^\n。]{0,30}(?:局|厅|委员会|政府|部)\s*\n)*"
    ).match(text, statement.span.end)
    start = below.end() if below else statement.span.end
    line = text[start : start + 24].split("\n")[0]
    for mention in find_dates(text, start, start + len(line)):
        if mention.possible and mention.span.start - start <= 1 and len(line.strip()) - (mention.span.end - mention.span.start) <= 1:
            return mention.iso
    return None


def _signed_on(text: str) -> str | None:
    """The day that a filing is signed with: a date alone on its line, the first of them."""
    for line in re.finditer(r"^[ 　]*([^\n]{6,14})[ 　]*$", text, re.MULTILINE):
        for mention in find_dates(text, *line.span(1)):
            if mention.possible and mention.span == line.span(1):
                return mention.iso
    return None


def _paper_number(text: str) -> str | None:
    """The filing's own number, alone on its line: 天智工备〔2025〕146号."""
    found = re.search(r"^[ 　]*([\u4e00-\u9fff]{2,8}[〔\[（(]20\d\d[〕\]）)]第?\d+号?)[ 　]*$", text, re.MULTILINE)
    return found[1] if found else None


def _not_addressed(lines: str) -> str:
    """Lines without those that address a letter: 天津市工业和信息化局："""
    return re.sub(r"(?m)^[^\n]*[：:][ 　]*\n", "", lines)


def _signature(text: str, statement: Statement, level: FactoryLevel) -> tuple[str | None, str | None, str | None]:
    """The province and the day with which an authority signs the certificate whose title or words this statement is, and its number."""
    line = text[text.rfind("\n", 0, statement.span.start) + 1 : line_end(text, statement.span.end)]
    worded = patterns("levels", "certificate_words_patterns").search(line) or patterns("levels", "plaque_patterns").fullmatch(line.strip())
    signed = _SIGNED.search(text, statement.span.end, statement.span.end + LONGEST_CERTIFICATE) if worded else None
    if signed is None or statement.field is not None:
        return None, None, None
    province = next((name for name, _ in provinces(signed["body"], 0, len(signed["body"]))), None)
    day = next((mention.iso for mention in find_dates(text, *signed.span("day")) if mention.possible), None) if signed["day"] else None
    return province, day, number_of(text, statement.span.end, signed.start(), level.span)


def signed_day(text: str, start: int, end: int) -> str | None:
    """The day with which an authority signs text[start:end]."""
    signed = _SIGNED.search(text, start, end)
    return (
        None
        if signed is None or not signed["day"]
        else next((mention.iso for mention in find_dates(text, *signed.span("day")) if mention.possible), None)
    )


def is_signed(text: str, position: int) -> bool:
    """Whether an authority's name and a day stand close below a place, as on a plaque."""
    signed = _SIGNED.search(text, position, position + LONGEST_PLAQUE)
    return signed is not None and len(text[position : signed.start()].strip().split("\n")) <= 2


def _issuer(doc: Doc, statement: Statement) -> str | None:
    """The province of the body that a filing names in its paragraph, or of the programme in the heading or the title."""
    text = doc.text
    lead = statement.before[-120:]
    stretch = text[max(0, statement.span.start - 160) : statement.span.start] if statement.field else lead
    for words_ in (
        _not_addressed(stretch),
        _not_addressed(statement.heading + "\n"),
        statement.field.group if statement.field else "",
        statement.field.heading if statement.field else "",
    ):
        for province, place in provinces(words_, 0, len(words_)):
            if re.match(
                r"[\u4e00-\u9fff]{0,8}?(?:工业和信息化|经济和信息化|工信|经信|(?:基础级|先进级|卓越级|领航级)?智能工厂(?:梯度|培育|名单|认定|备案|管理|平台|系统|申报|公共服务))",
                words_[place.end :],
            ):
                return province
    signature = re.compile(r"\s*(?:特此[^\n]{0,10}\s*)?([\u4e00-\u9fff]{4,20}(?:局|厅|委员会))\s*(?:\n|$)")
    signed = signature.match(text, statement.span.end)
    if signed:
        for province, _ in provinces(signed[1], 0, len(signed[1])):
            return province
    for field in statement.near:
        if re.search(r"机关|部门|机构|平台|系统|来源|渠道|(?:授予|认定|发证|备案|批准|颁发|公布|发文)(?:单位|者)", field.label):
            for province, _ in provinces(field.value, 0, len(field.value)):
                return province
    if doc._.kind is Kind.FILING:
        for province, place in provinces(text, 0, min(len(text), FILING_HEAD)):
            if _BODY_OR_PROGRAMME.match(text, place.end):  # no firm's name, no address, no letters of a number
                return province
    return None
