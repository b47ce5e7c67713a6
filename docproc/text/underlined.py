"""Answers written on a form's line: 发生事故__0__起 is 0起, __无__ is 无. For searching only; the line stays where the text is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_LINE = "[_＿]"
_FIGURE = r"(?:\d[\d,.]*\d|\d|[零〇一二两三四五六七八九十百]{1,4}|[０-９]{1,6})"
_WORD = "无|没有|未发生|否|是|有|零"
# A run of the line beside a figure, or on both sides of a word that answers; inside a file's name (v_2, A__1) it is no line.
_WRITTEN = re.compile(
    rf"(?<![A-Za-z_＿])(?P<before>{_LINE}+)[ ]?(?P<on>{_FIGURE}|{_WORD})[ ]?(?P<behind>{_LINE}+)(?![A-Za-z])"
    rf"|(?<![A-Za-z_＿])(?P<lead>{_LINE}{{2,}})(?={_FIGURE}[起次宗件人名万元条项])"
    rf"|(?<=[\d零〇一二两三四五六七八九十])(?P<tail>{_LINE}{{2,}})(?=[起次宗件人名万元条项])"
)


def without_lines(text: str) -> Iterator[Edit]:
    """The lines on which figures and short answers are written, taken away."""
    if "_" not in text and "＿" not in text:
        return
    for found in _WRITTEN.finditer(text):
        for name in ("before", "behind", "lead", "tail"):
            if found[name]:
                yield Edit(*found.span(name), "", "填空线")
