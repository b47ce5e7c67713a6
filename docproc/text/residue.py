"""Step: what converters leave behind in the text: Word's bookmarks and field codes, HTML's character references, half a bracket."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from docproc.text.align import Edit

RESIDUE = r"[\[\\\"&〔]"
_BOOKMARK = re.compile(r"\[bookmark:\s*_?\w+\]")
# { PAGE \* MERGEFORMAT }, HYPERLINK "…", = 1 \* GB3 ① : the code goes, the result behind it stays
_FIELD = re.compile(
    r"(?:=\s?\d+\s?\\\*\s?(?:GB\d|[A-Za-z]+)\s?)|(?:(?:PAGE|NUMPAGES|PAGEREF|TOC|REF)(?:\s+_?\w+)?(?:\s+\\[\w*]+(?:\s+(?:MERGEFORMAT|\"[^\"\n]*\"))?)+\s?)"
    r"|(?:HYPERLINK\s+(?:\\[a-z]\s+)?\"[^\"\n]*\"\s?(?:\\[a-z]\s?)*)"
)
_REFERENCE = re.compile(
    r"&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|times|yen|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)


# 〔2025251号: sites of authorities drop the bracket that closes the year of a document number
_YEAR_BRACKET = re.compile(r"〔((?:19|20)\d\d)(?=\d{1,4}号)")


def drop_residue(text: str) -> Iterator[Edit]:
    edits = [Edit(found.start(), found.end(), "", "删去 Word 书签残留") for found in _BOOKMARK.finditer(text)]
    edits += (Edit(found.start(), found.end(), "", "删去 Word 域代码残留") for found in _FIELD.finditer(text))
    for found in _REFERENCE.finditer(text):
        new = html.unescape(found[0])
        edits.append(Edit(found.start(), found.end(), new, "网页字符引用还原"))
    for found in _YEAR_BRACKET.finditer(text):
        edits.append(Edit(found.end() - 1, found.end(), text[found.end() - 1] + "〕", "文号补上丢失的“〕”", "inferred"))
    reached = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= reached:
            reached = edit.end
            yield edit
