"""What a record's denial covers in time: the statement's own date, a number of years, a period, or words such as 从未."""

from __future__ import annotations

import re
from datetime import date

from docproc.compare import fold
from docproc.model import Claim, DateRole, Document
from docproc.predicates.case import Case
from docproc.predicates.periods import Interval, first_of_month, interval, months_before, period

_SENTENCE_ENDS = "。；;\n\f"
_LONG_AGO = date(1900, 1, 1)


def stated_on(case: Case, claim: Claim) -> date:
    """The date of the statement: its document's own signing or query date; the day of the check where it has none."""
    document = case.source_of(claim)
    return (dated(document) if document else None) or case.as_of


def dated(document: Document) -> date | None:
    """The latest day on which the document says it was signed or queried."""
    days = [
        span[1]
        for stated in document.dates
        if stated.role in (DateRole.SIGNED, DateRole.QUERIED) and stated.possible and (span := interval(stated.iso))
    ]
    return max(days, default=None)


def covers(case: Case, claim: Claim, always: tuple[re.Pattern[str], ...], since: tuple[re.Pattern[str], ...]) -> Interval | None:
    """The stretch of time that a denial covers; None where it names no time.

    近三年 and longer covers the whole window, as do words that reach back to the beginning (`always`); a shorter number of years
    counts back from the statement; a period is closed by the statement's date where it is open; `since` finds a year to begin with.
    """
    spoken, (start, as_of) = stated_on(case, claim), case.window
    years = claim.qualifiers.get("years")
    named = period(claim.qualifiers.get("period"), spoken)
    if isinstance(years, int | float) and not isinstance(years, bool):
        if years >= 3:
            return min(named[0], first_of_month(start)) if named else first_of_month(start), as_of
        return months_before(spoken, int(years * 12)), spoken
    if named is not None:
        return named
    words = sentence_around(case, claim)
    for pattern in since:
        if (match := pattern.search(words)) and (begun := interval("-".join(part for part in match.groups() if part))):
            return begun[0], spoken
    return (_LONG_AGO, as_of) if any(pattern.search(words) for pattern in always) else None


def sentence_around(case: Case, claim: Claim) -> str:
    """The folded sentence (to the nearest full stop, semicolon or line) that holds the claim's first place."""
    document = case.source_of(claim)
    entry = claim.evidence[0] if claim.evidence else None
    if document is None or entry is None or entry.start is None or entry.end is None:
        return fold(entry.quote or "") if entry else ""
    text = document.file.content.text
    start, end = entry.start, entry.end
    while start > 0 and text[start - 1] not in _SENTENCE_ENDS and entry.start - start < 200:
        start -= 1
    while end < len(text) and text[end] not in _SENTENCE_ENDS and end - entry.end < 200:
        end += 1
    return fold(text[start:end])
