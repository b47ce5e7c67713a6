"""A label that stands over lines of years: each line is the label's value of that year.

营业收入（万元）          职工人数
2023年：6,845             2023年 305人
2024年：7,002             2024年 312人
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.extract import FormField
from extractors.forms.cells import PERIOD, reads_like_label
from extractors.forms.pieces import Piece, label_of, piece, value_of
from extractors.words.anchors import compiled

LONGEST_LABEL_LINE = 30
_FIGURE = (
    r"(?:[约近超]?[-\d][\d,，.]*[ ]?[\u4e00-\u9fff%]{0,5}(?:[（(][^（()）]*[）)])?|(?:均)?(?:无|零|没有|未发生|未受到|未列入)"
    r"|(?:[\u4e00-\u9fff]{0,8}\d{1,2}[ ]?[起次件宗条](?:[，（(][^。；\n]{1,24})?))"
)
_NUMBER_OF_LINE = r"[（(]?\d?[)）、.]?[ 　]*"
# 附：2022—2024年安全事故统计
_TITLE = re.compile(r"(?:附(?:件|表|录)?[ ]?\d{0,2}[：: 　])?(?P<title>[^，。；：:]{2,24}(?:统计|汇总|台账|一览|登记|数据|记录)表?)")
YEAR_LINE = compiled(rf"{_NUMBER_OF_LINE}(?P<year>{PERIOD.pattern})[ 　]*[：:为]?[ 　]*(?P<value>{_FIGURE})[；;。，,]?")


def yearly_fields(text: str, lines: Sequence[Piece], position: int, found: Sequence[FormField]) -> tuple[list[FormField], int] | None:
    """The fields of the lines of years under the label on this line, and the lines taken; None where there are fewer than two."""
    line = lines[position]
    if position + 2 >= len(lines) or YEAR_LINE.fullmatch(lines[position + 1].text) is None:
        return None
    titled = _TITLE.fullmatch(line.text)
    if (found and not titled and (len(found) > 1 or found[0].value or found[0].options)) or len(line.text) > LONGEST_LABEL_LINE:
        return None
    label = label_of(piece(text, line.span.start + titled.start("title"), line.span.end) if titled else line)
    if re.search(r"[，。；]", line.text) or not (titled or reads_like_label(label.text) or label.unit):
        return None
    fields: list[FormField] = []
    for below in lines[position + 1 :]:
        match = YEAR_LINE.fullmatch(below.text)
        if match is None:
            break
        start = below.start
        value = piece(text, start + match.start("value"), start + match.end("value"))
        year = below.text[slice(*match.span("year"))]
        field = FormField(label.text, value_of(value.text), label.span, value.span, unit=label.unit, column=year, required=label.required)
        fields.append(field)
    return (fields, 1 + len(fields)) if len(fields) > 1 else None
