"""Objects of keys and values, as systems export forms: {"企业名称": "某某有限公司", "规上企业": true, "职工人数": 327}.

A key is a label, its value the answer; true and false are 是 and 否. Values of an object inside another are in the group of its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.cells import is_period
from extractors.forms.pairs import field_of_cell
from extractors.forms.pieces import Piece, label_of, label_parts, piece, value_of

_KEY = r"[\"'“](?P<key>[^\"'“”\n{}\[\]]{1,60})[\"'”][ ]*[:：][ ]*"
_TOKEN = re.compile(
    rf"{_KEY}(?:\"(?P<double>(?:[^\"\\\n]|\\.)*)\"|'(?P<single>[^'\n]*)'|“(?P<curly>[^“”\n]*)”"
    rf"|(?P<bare>-?\d+(?:\.\d+)?|[Tt]rue|[Ff]alse|null|None)(?=[\s,，}}\]]|$)|(?P<list>\[[^\[\]{{}}\n]*\])|(?P<inner>[{{\[]))|(?P<bracket>[{{}}\[\]])"
)
_ANY_KEY = _KEY.replace("?P<key>", "?:")
_BEGINS = re.compile(rf"[{{\[][ ]*(?:$|[{{\[]*[ ]*{_ANY_KEY})|{_ANY_KEY}")
_GOES_ON = re.compile(rf"[ {{}}\[\],，]*(?:$|{_ANY_KEY}|[\"'“][^\n]*[\"'”][,，]?$|-?\d+(?:\.\d+)?,?$)")
_OPENING = "{[\"'“"
_PAIR = re.compile(r'"[^"\n{}]{1,60}"[ ]?[:：][ ]?(?:"|-?\d|true|false|null|\{|\[)')  # behind words: 导出结果：{"职工人数":120}
_ELEMENT = re.compile(r"<(?P<name>[^<>/\s]{2,30})>(?P<value>[^<>\n]*)</(?P=name)>")
_HAN = re.compile("[\u4e00-\u9fff]")
_ANSWERS = {"true": "是", "false": "否"}


def keyed_fields(text: str, lines: Sequence[Piece], position: int, heading: str) -> tuple[list[FormField], int] | None:
    """The fields of the object that begins on this line, and the line behind it; None where none begins."""
    first = lines[position].text
    if "</" in first and (tagged := list(_tagged(text, lines[position], heading))):
        return tagged, position + 1
    begins = first[0] in _OPENING and _BEGINS.match(first) is not None
    if not begins and ('"' not in first or _PAIR.search(first) is None):
        return None
    last = position + 1
    while last < len(lines) and lines[last].text and _GOES_ON.match(lines[last].text):
        last += 1
    found = [field._replace(heading=heading) for field in _fields(text, lines[position].start, lines[last - 1].end) if field.label]
    return (found, last) if found else None


def _tagged(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """<职工人数>258</职工人数>: an element whose name is the label."""
    for found in _ELEMENT.finditer(text, *line.span):
        label, value = label_of(piece(text, *found.span("name"))), piece(text, *found.span("value"))
        if label.text and _HAN.search(label.text):
            yield FormField(label.text, value_of(value.text), label.span, value.span, (), "", label.unit, "", heading, label.required)


def _fields(text: str, start: int, end: int) -> list[FormField]:
    groups: list[str] = []
    found: list[FormField] = []
    for token in _TOKEN.finditer(text, start, end):
        if token["bracket"]:
            if token["bracket"] in "{[":
                groups.append("")
            elif groups:
                groups.pop()
            continue
        if token["inner"]:
            groups.append(token["key"])
            continue
        group = next((name for name in reversed(groups) if name), "")
        field = _field(text, token, group)
        if group and is_period(field.label):  # "营业收入": {"2023年": 3.1}: the group says what, the key when
            field = field._replace(label=label_parts(group)[0], unit=field.unit or label_parts(group)[1], column=field.label)
        found.append(field)
    return found


def _field(text: str, token: re.Match[str], group: str) -> FormField:
    label = label_of(piece(text, *token.span("key")))
    kind = next(name for name in ("double", "single", "curly", "bare", "list") if token[name] is not None)
    span, words = Span(*token.span(kind)), token[kind]
    if kind == "bare" and (answer := _ANSWERS.get(words.lower())):
        return FormField(label.text, answer, label.span, span, (Option(answer, True, span),), group, label.unit, "", "", label.required)
    if kind == "list":
        words = "、".join(re.findall(r"[\"'“]([^\"'“”]*)[\"'”]", words))
    if kind in ("double", "single", "curly"):
        return field_of_cell(text, label, piece(text, *span), group=group, unit=label.unit, heading="")
    if kind == "bare" and words in ("null", "None"):
        words = ""
    return FormField(label.text, value_of(words), label.span, span, (), group, label.unit, "", "", label.required)
