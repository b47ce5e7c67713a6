"""Specimens: stretches of a text that only show how a form is filled in, whatever family reads them.

A heading that says so (填写示例：) governs the lines under it, fields and prose, up to a blank line, a numbered heading or words that
head what the firm itself fills in. A form whose firm is a blank (企业名称：××有限公司) is nobody's: its paragraph is a specimen too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.model import Span
from extractors.words.lexicon import one_of, patterns
from extractors.words.scanning import scan

_WORDS = "moods"
LONGEST_LINE = 60  # code points of a line that heads a specimen or names its firm
_NUMBERED = re.compile(
    r"[ 　]*(?:第[一二三四五六七八九十\d]+[章节部分篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)


def specimens(text: str) -> Sequence[Span]:
    """The specimens of a text, in the order of what opens them."""
    found: list[Span] = []
    for sign in scan(one_of(_WORDS, "specimen_signs"), text):
        line = Span(text.rfind("\n", 0, sign.start()) + 1, _line_end(text, sign.end()))
        if line.end - line.start > LONGEST_LINE:
            continue
        words = text[slice(*line)].strip()
        if patterns(_WORDS, "specimen_headings").fullmatch(words):
            found.append(Span(line.end, _end_below(text, line.end)))
        elif patterns(_WORDS, "specimen_firms").match(words):
            found.append(_paragraph(text, line))
    return found


def _end_below(text: str, end: int) -> int:
    """Where the specimen ends whose heading's line ends here."""
    filled = False
    while end < len(text):
        stop = _line_end(text, end + 1)
        line = text[end + 1 : stop].strip()
        if filled and (not line or _NUMBERED.match(line)):
            break
        if line.startswith(("附件", "附录", "附表")) or patterns(_WORDS, "specimen_ends").fullmatch(line):
            break
        filled = filled or bool(line)
        end = stop
    return end


def _paragraph(text: str, line: Span) -> Span:
    """The lines around one, up to a blank line on either side."""
    start, end = text.rfind("\n\n", 0, line.start), text.find("\n\n", line.end)
    return Span(start + 1, len(text) if end < 0 else end)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
