"""Fields of a change record (变更登记): what was registered before and what is registered now, in columns or in lines.

    变更事项 | 变更前 | 变更后          变更项目：住所
    住所     | A      | B              变更前内容：A
                                       变更后内容：B

    原住所：A
    现变更为：B

Each entry becomes two fields, 变更前住所 and 变更后住所, in the place of those that a reader of plain pairs makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
from extractors.forms.pairs import field_of_cell
from extractors.forms.pieces import Label, piece
from extractors.words.anchored import anchored

if TYPE_CHECKING:
    from spacy.tokens import Doc

BEFORE, AFTER = "变更前", "变更后"
_TOPIC = re.compile(r"(?:序号|变更(?:登记)?(?:事项|项目|内容)|登记事项|事项|项目)")
_BEFORE = re.compile(r"(?:变更前|原|修改前|调整前)(?:的)?(?:登记)?(?:内容|情况|事项|信息)?")
_AFTER = re.compile(r"(?:变更后|现|修改后|调整后)(?:的)?(?:登记)?(?:内容|情况|事项|信息)?")
_TOPIC_TAIL = re.compile(r"(?:的)?(?:变更|备案|登记)?(?:（[^（）]*）|\([^()]*\))?$")
_LINE = re.compile(
    rf"^[ 　]*(?P<label>变更(?:登记)?(?:事项|项目)|{_BEFORE.pattern}|{_AFTER.pattern})[：:][ 　]*(?P<value>[^\n\t]*[^\s])", re.MULTILINE
)
LONGEST_TOPIC = 16
_AND = re.compile("[、，,；;及和与]|以及")
_PART = re.compile(r"(?:[^，,；;\s]|[ 　](?=[^，,；;\s]))+")
# 原申报等级：A / 现变更为：B
_CHANGING = "(?:变更|调整|更正|修改|修正|更改|改|勘误)(?:后)?为"
_CHANGED_TO = anchored(_CHANGING)
_TWO_LINES = re.compile(
    r"(?m)^[ 　]*(?P<former>原(?:来)?的?(?P<topic>[一-龥]{2,16}))[：:\t ]+(?P<before>[^\n\t]*[^\s])[ 　]*\n[ 　]*"
    rf"(?P<now>(?:现|拟|应|申请|同意|后|本次|经核实)*(?:予以)?{_CHANGING})[：:\t ]+(?P<after>[^\n\t]*[^\s])[ 　]*$"
)


# 住所变更：变更前 A；变更后 B
_INLINE = re.compile(
    r"(?P<topic>[一-龥]{2,12})变更(?:情况|记录|登记|事项)?[：:]\s*变更前[：:为\s]*(?P<before>[^；;，,\n]+)[；;，,]\s*变更后[：:为\s]*(?P<after>[^；;。\n]+)"
)


# 住所变更前　A；变更后　B · 注册地址（变更前）A，（变更后）B
_BARE = re.compile(
    r"(?P<topic>(?:公司|企业|单位|登记|注册|工商)*(?:住所|地址|名称|法定代表人|注册资本))[：: 　]*[（(]?变更前[）)]?(?:内容)?[为是：: 　]*"
    r"(?P<before>[^；;，,。\n\t]+?)[；;，, 　]+[（(]?变更后[）)]?(?:内容)?[为是：: 　]*(?P<after>[^；;，,。\n\t]+)"
)


# 变更前：A　变更后：B　变更事项：住所
_NAMED_LAST = re.compile(
    r"变更前[：:]\s*(?P<before>[^；;，,\n\t]+?)[ 　；;，,\t]+变更后[：:]\s*(?P<after>[^；;，,\n\t]+?)"
    r"[ 　；;，,\t]+变更(?:登记)?(?:事项|项目)[：:]\s*(?P<topic>[一-龥]{2,16})"
)


def match(doc: Doc) -> list[FormField]:
    """The fields of all change records, by place."""
    return [*_of_tables(doc.text), *_of_lines(doc.text), *_of_inline(doc.text), *_of_two_lines(doc.text)]


def set_annotations(doc: Doc, matches: list[FormField]) -> None:
    taken = {field.label_span for field in matches} | {field.value_span for field in matches}
    kept = [field for field in doc._.fields if field.label_span not in taken and field.value_span not in taken]
    doc._.fields = sorted([*kept, *matches], key=lambda field: (field.label_span, field.value_span))


def component(doc: Doc) -> Doc:
    text = doc.text
    if BEFORE in text or "原登记" in text or "修改前" in text or "调整前" in text or ("原" in text and _CHANGED_TO.search(text)):
        found = match(doc)
        if found:
            set_annotations(doc, found)
    return doc


def _of_tables(text: str) -> Iterator[FormField]:
    columns: tuple[int, int, int] | None = None
    for line in re.finditer(r"[^\n\f]+", text):
        if "\t" not in line.group():
            columns = None
            continue
        cells = list(_cells(line.group(), line.start()))
        written = [text[cell.start : cell.end] for cell in cells]
        head = _columns(written)
        if head is not None:
            columns = head
        elif columns is not None and max(columns) < len(cells):
            topic, before, after = (cells[column] for column in columns)
            yield from _pair(text, topic, before, after)


def _columns(head: list[str]) -> tuple[int, int, int] | None:
    """The columns of the topic, the state before and the state after, where a row is the head of a change record."""
    before = next((place for place, cell in enumerate(head) if _BEFORE.fullmatch(cell)), None)
    after = next((place for place, cell in enumerate(head) if _AFTER.fullmatch(cell)), None)
    topic = next((place for place, cell in reversed(list(enumerate(head))) if _TOPIC.fullmatch(cell)), None)
    return None if before is None or after is None or topic is None else (topic, before, after)


def _of_lines(text: str) -> Iterator[FormField]:
    topic = ""
    for line in _LINE.finditer(text):
        label, value = line["label"], Span(*line.span("value"))
        if label.startswith(("变更事项", "变更项目", "变更登记")):
            topic = line["value"]
        elif topic and len(topic) <= LONGEST_TOPIC:
            when = AFTER if _AFTER.fullmatch(label) else BEFORE
            for name, entry in _entries(text, topic, value):
                yield FormField(when + name, text[slice(*entry)], Span(*line.span("label")), entry)


def _of_inline(text: str) -> Iterator[FormField]:
    for expression in (_INLINE, _BARE, _NAMED_LAST):
        for record in expression.finditer(text):
            yield from _pair(text, Span(*record.span("topic")), Span(*record.span("before")), Span(*record.span("after")))


def _of_two_lines(text: str) -> Iterator[FormField]:
    for record in _TWO_LINES.finditer(text):
        for when, label, value in ((BEFORE, "former", "before"), (AFTER, "now", "after")):
            yield FormField(when + record["topic"], record[value], Span(*record.span(label)), Span(*record.span(value)))


def _pair(text: str, topic: Span, before: Span, after: Span) -> Iterator[FormField]:
    name = text[topic.start : topic.end]
    if not name or len(name) > LONGEST_TOPIC:
        return
    for when, cell in ((BEFORE, before), (AFTER, after)):
        if cell.end > cell.start:
            for own, entry in _entries(text, name, cell):
                yield field_of_cell(text, Label(when + own, topic), piece(text, *entry), group="", unit="", heading="")


def _entries(text: str, topic: str, value: Span) -> Iterator[tuple[str, Span]]:
    """Each matter of a record with its own words: 名称、住所 changed from X公司，A to Y公司，B. One matter keeps all of them."""
    names = [name for name in _AND.split(topic) if name]
    words = list(_PART.finditer(text, *value))
    if len(names) == len(words):
        yield from ((_name(name), Span(*each.span())) for name, each in zip(names, words, strict=True))
    else:
        yield _name(topic), value


def _name(topic: str) -> str:
    return _TOPIC_TAIL.sub("", re.sub(r"\s", "", topic)) or topic


def _cells(line: str, start: int) -> Iterator[Span]:
    for part in line.split("\t"):
        lead = len(part) - len(part.lstrip())
        yield Span(start + lead, start + lead + len(part.strip()))
        start += len(part) + 1
