"""Entries of a list of papers: 附件1 智能制造能力成熟度三级证书 names an enclosed paper, and says of nobody that it holds a level."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.statements import line_end
from extractors.words.anchors import widest
from extractors.words.lexicon import patterns

_LONGEST_LIST = 20  # lines of a list above an entry
_REACH = 600  # characters in which its heading is looked for


def _piece(text: str, start: int, span: Span) -> str:
    """The entry of a list on one line that holds a place, without its number."""
    opening = max(text.rfind(mark, start, span.start) for mark in "：:；;")
    end = min((found for mark in "；;。\n" if (found := text.find(mark, span.end)) >= 0), default=len(text))
    return re.sub(r"^[ 　]*(?:[（(]?\d{1,2}[）)、.．]|[①-⑳])[ ]?", "", text[opening + 1 : end]).strip()


def in_list_of_papers(text: str, span: Span) -> bool:
    """Whether a grade stands in such an entry: a line that opens as an enclosure, or an item under the heading of a list of papers."""
    start = text.rfind("\n", 0, span.start) + 1
    line = text[start : line_end(text, span.end)].strip()
    if patterns("grades", "paper_names_patterns").fullmatch(line):
        return True
    if patterns("grades", "paper_openings_patterns").match(line) and (piece := _piece(text, start, span)):
        return patterns("grades", "paper_entry_patterns").fullmatch(piece) is not None and not patterns(
            "grades", "paper_verbs_patterns"
        ).search(piece)
    entry = patterns("grades", "paper_entry_patterns")
    if len(line) > widest(entry.pattern) or patterns("grades", "paper_verbs_patterns").search(line) or not entry.fullmatch(line):
        return False
    if patterns("grades", "enclosure_patterns").match(line):
        return True
    for above in reversed(text[max(0, start - _REACH) : start].split("\n")[-_LONGEST_LIST:]):
        if patterns("grades", "paper_lists_patterns").search(above.strip()):
            return True
        if re.search(r"[。，\t]|[：:].", above):
            return False
    return False
