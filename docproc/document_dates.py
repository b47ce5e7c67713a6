"""The dates that a document gives about itself: when it was signed, when it was queried, until when it is valid; and a report's years.

Only what a document says about *itself* counts: a founding date, a period of construction or the date of an accident is no such date.
A form's blank date line gives none, so that it is seen to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from docproc.model import DateRole, DocumentDate, Kind, Span
from docproc.recognise import DateWords, vocabulary
from docproc.text.dates import DateMention, find_dates

if TYPE_CHECKING:
    from docproc.text.view import View

_YEAR = r"(?:(?:19|20)\d\d|二[〇零○O0][〇零○一二三四五六七八九0]{2})"
_REPORT_YEAR = re.compile(rf"({_YEAR})\s*(?:年度|会计年度|年\s*(?:12|十二)\s*月\s*(?:31|三十一)\s*日)")
_REPORT_YEARS = re.compile(rf"((?:{_YEAR}\s*(?:年度?)?\s*[、,，和及与至到\-—－~～]\s*){{1,4}}{_YEAR})\s*年度?")
_NAME_YEAR = re.compile(r"((?:19|20)\d\d)(?=\s*年)|(?<!\d)(?:19|20)\d\d(?!\d)")
_SINGLE_YEAR = re.compile(_YEAR)
_RANGE = re.compile(r"[至到\-—－~～]")
_CHINESE_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_TITLE_REACH = 400  # a report that covers several years says so in its title
_NEARBY = 3  # lines above a date on its own line in which a seal or a signature stands
_COVER_LINES, _CLOSING_LINES = 16, 6
_BLANK = " \t　"


def report_year(text: str) -> int | None:
    """The year that an audit report or a statement is about: 2023年度, 2023年12月31日; not the year of its number 〔2024〕."""
    found = _REPORT_YEAR.search(text)
    return int(found.group(1).translate(_CHINESE_DIGITS)) if found else None


def report_years(text: str) -> tuple[int, ...]:
    """All years that a report covers by its own title (2022—2024年度, 2023、2024年度); else the one year it is about."""
    found = _REPORT_YEARS.search(text, 0, _TITLE_REACH)
    if found:
        years = [int(year.translate(_CHINESE_DIGITS)) for year in _SINGLE_YEAR.findall(found.group(1))]
        if len(years) == 2 and _RANGE.search(found.group(1)) and 0 < years[1] - years[0] < 10:
            return tuple(range(years[0], years[1] + 1))
        if all(later > earlier for earlier, later in pairwise(years)):
            return tuple(years)
    year = report_year(text)
    return () if year is None else (year,)


def year_in_name(name: str) -> int | None:
    """The year in a file's name or a catalogue's line (2023年审计报告, 审计报告2023): weaker than what the report itself says."""
    found = _REPORT_YEAR.search(name) or _NAME_YEAR.search(name)
    return int((found.group(1) or found.group()).translate(_CHINESE_DIGITS)) if found else None


def dates_of(view: View, kind: Kind) -> tuple[DocumentDate, ...]:
    """The dates of a document in reading order, with their places in the source text."""
    found = []
    for mention, role in _roles(view.text, kind):
        spans = view.spans(*mention.span)
        if spans:
            found.append(DocumentDate(role, mention.iso, Span(spans[0].start, spans[-1].end), mention.possible))
    return tuple(found)


def _roles(text: str, kind: Kind) -> Iterator[tuple[DateMention, DateRole]]:
    words = vocabulary().dates
    signed = words.signed_form if kind is Kind.FORM else words.signed
    lines = _lines(text)
    for index, (start, end) in enumerate(lines):
        mentions = [mention for mention in find_dates(text, start, end) if mention.iso.count("-")]
        if not mentions:
            continue
        line = text[start:end]
        limit = _validity(words, line) if kind in words.dated_validity else None
        if limit is not None:
            later = [mention for mention in mentions if mention.span.start - start >= limit]
            if later and not _only_begins(text, later, end):
                yield later[-1], DateRole.VALID_UNTIL
            mentions = [mention for mention in mentions if mention not in later]
        for mention in mentions:
            before, after = text[start : mention.span.start], text[mention.span.end : end].strip(_BLANK)
            alone = not (before + after).strip(_BLANK + "()（）") and _may_stand_alone(text, lines, index, kind)
            if _labelled(words.queried, before):
                yield mention, DateRole.QUERIED
            elif alone or _labelled(signed, before) or (not after and _signs(words, before)):
                yield mention, DateRole.SIGNED


def _lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _validity(words: DateWords, line: str) -> int | None:
    """Where the words for a term of validity end on the line; None where there are none, or the term is without end."""
    found = words.valid_until.search(line)
    squeezed = found or words.valid_until.search(re.sub(rf"[{_BLANK}]", "", line))
    if squeezed is None or words.endless.search(line):
        return None
    return found.end() if found else 0


def _only_begins(text: str, mentions: list[DateMention], end: int) -> bool:
    """Whether the one date beside a term of validity is its beginning (自2026年5月19日起三年)."""
    if len(mentions) > 1:
        return False
    (mention,) = mentions
    before, after = text[: mention.span.start].rstrip(_BLANK), text[mention.span.end : end].lstrip(_BLANK)
    return after.startswith(("起", "始", "开始")) or before.endswith(("自", "从", "自从"))


def _labelled(label: re.Pattern[str], before: str) -> bool:
    """Whether the words right before a date are its label: 查询时间：, 日 期. 成立日期 is no 日期."""
    plain = before.rstrip(_BLANK + ":：")
    cell = re.split(r"[\t:：()（）,，。;；]|[ 　]{2,}", plain)[-1]
    return bool(label.fullmatch(re.sub(rf"[{_BLANK}]", "", cell)) or label.fullmatch(cell.split()[-1] if cell.split() else ""))


def _signs(words: DateWords, before: str) -> bool:
    """Whether a date at a line's end stands behind a signature: 某某局（盖章） 2026年11月15日."""
    plain = before.rstrip(_BLANK + ":：")
    return bool(plain) and bool(re.search(rf"(?:{words.seal.pattern})[)）]?$", plain) or vocabulary().organisation.search(plain))


def _may_stand_alone(text: str, lines: list[tuple[int, int]], index: int, kind: Kind) -> bool:
    """Whether a date that fills its line signs the paper: in a form only on its cover, at its end or below a seal."""
    if kind is not Kind.FORM or index < _COVER_LINES or index >= len(lines) - _CLOSING_LINES:
        return True
    above = "".join(text[start:end] for start, end in lines[max(0, index - _NEARBY) : index])
    return bool(vocabulary().dates.seal.search(above))
