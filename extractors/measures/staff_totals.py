"""The head count that a sentence adds up from its parts: 男职工192人，女职工61人，全厂合计253人. Believed where the parts make the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.measures.figure_years import Figure
from extractors.measures.metrics import STAFF
from extractors.measures.years import years_in
from extractors.words.anchored import anchored
from extractors.words.lexicon import rules

_NUMBER = r"[\d,]+|[零〇一二两三四五六七八九十百千]+"
_SIGN = anchored("[人名][，,；;、 ][^。；;\n]{0,12}?(?:合计|共|总计)")
_SENTENCE_MARKS = "。；;\n\t"
LONGEST = 160  # code points of a list of parts
TOTAL_REACH = 24  # code points behind the word for a total in which it stands
_rule = rules("figures")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"(?P<kind>{_rule('staff_kinds').pattern})(?:有|为|共)?\s?(?P<number>{_NUMBER})\s?[人名]")


@cache
def _listed() -> re.Pattern[str]:
    part = rf"(?:{_rule('staff_kinds').pattern})(?:有|为|共)?\s?(?:{_NUMBER})\s?[人名]"
    return re.compile(
        rf"(?P<parts>{part}(?:[，,、和及 ]{{1,2}}(?:另有|另|还有|有)?{part})+)[，,；;、 ]{{0,2}}"
        rf"(?:{_rule('whole_staff').pattern})?(?P<word>合计|共计|总计|合共|总共|共)(?:有|为|职工|员工)*\s?(?P<total>{_NUMBER})\s?[人名]"
    )


def staff_totals(text: str) -> Iterator[Figure]:
    """The totals of all sentences that list the whole staff by its parts."""
    for found in (listed for sign in _SIGN.finditer(text) for listed in _listed().finditer(text, *_around(text, sign))):
        parts = list(_part().finditer(text, *found.span("parts")))
        counts = [parse_number(part["number"]) for part in parts]
        total = parse_number(found["total"])
        if total is None or None in counts or sum(count for count in counts if count is not None) != total:
            continue
        start = max(text.rfind(mark, 0, found.start()) for mark in _SENTENCE_MARKS) + 1
        before = text[start : found.start()]
        if not _is_whole("、".join(part["kind"] for part in parts), found.group()) or not _rule("staff_listed").fullmatch(before):
            continue
        years = years_in(text, start, found.start())
        span = Span(found.start("word"), found.end())
        yield Figure(STAFF, total, years[-1].year if years else None, None, span, span, True, False)


def _around(text: str, sign: re.Match[str]) -> tuple[int, int]:
    """Where the list stands to whose end a sign points: from the start of its sentence."""
    start = max(text.rfind(mark, max(0, sign.start() - LONGEST), sign.start()) for mark in _SENTENCE_MARKS) + 1
    return max(start, sign.start() - LONGEST), min(len(text), sign.end() + TOTAL_REACH)


def _is_whole(kinds: str, listed: str) -> bool:
    """Whether the parts make a staff: men and women, those who make and those who manage; or the sum is said to be the firm's."""
    whole = re.search(rf"(?:{_rule('whole_staff').pattern})(?:合计|共计|总计|合共|总共|共)", listed)
    return (
        whole is not None
        or ("男" in kinds and "女" in kinds)
        or bool(re.search("生产|一线|工人|操作", kinds) and re.search("管理|行政", kinds))
    )
