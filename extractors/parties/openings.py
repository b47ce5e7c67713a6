"""How a paper brings up the firm that it is about: as the subject of its first sentence, or as what a letter deals with.

天津…有限公司坚持智能化改造 and 近年来，X… open a body; 现就X申报材料有关问题说明如下 and 对X进行了现场核查 tell whose matter
a letter is; one that reports on 贵公司 is about the one it is addressed to.
"""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.parties.clauses import sentence_at
from extractors.parties.firms import find_firms
from extractors.words.lexicon import rules

LONGEST_HEADING = 40
LINES_ABOVE = 8
HEAD = 2 * LONGEST_HEADING * LINES_ABOVE  # code points of a paper in which its body begins
_rule = rules("openings")


def opens_body(text: str, firm: Span) -> bool:
    """Whether a firm is the subject of the paper's first body sentence; only headings and an address stand above, a time before it."""
    if firm.start > HEAD:
        return False
    sentence = sentence_at(text, firm.start)
    before = text[sentence.start : firm.start].strip(' 　“”"')
    after = text[firm.end : sentence.end]
    if not _rule("time_leads").fullmatch(before) or _rule("no_subject").match(after) or not _rule("predicate").match(after):
        return False
    if _rule("another_in_name").search(text, firm.start, firm.end):
        return False
    if _rule("about_another").search(after) or next(find_firms(after), None) is not None:
        return False
    return _only_headings(text[: sentence.start])


def _only_headings(above: str) -> bool:
    """Whether nothing stands above but titles, headings and whom a letter is addressed to."""
    lines = [line.strip() for line in above.split("\n") if line.strip()]
    return len(lines) <= LINES_ABOVE and all(
        len(line) <= LONGEST_HEADING
        and not re.search("[。；;，\t]|[：:].", line)
        and not _rule("own_words").search(line)
        and next(find_firms(line), None) is None
        for line in lines
    )


def is_subject_of_letter(text: str, firm: Span) -> bool:
    """Whether a letter says that it deals with the firm (现将X有关情况说明如下), or that the firm was examined (核查组对X进行了核查)."""
    sentence = sentence_at(text, firm.start)
    before, after = text[sentence.start : firm.start], text[firm.end : sentence.end]
    if _rule("letter_before").search(before):
        return bool(_rule("letter_after").search(after)) and not _rule("own_words").search(before)
    if _rule("recommending").search(before):
        return bool(_rule("recommended").match(after)) and next(find_firms(after), None) is None
    if _rule("examined_before").search(before):
        return bool(_rule("examined_after").match(after)) and not _rule("examiner_own").search(before)
    return False


def is_judged_addressee(text: str, firm: Span) -> bool:
    """Whether a letter is addressed to the firm on a line of its own and reports on it: X： 我们接受委托，对贵公司…进行了审计."""
    start = text.rfind("\n", 0, firm.start) + 1
    if not _rule("addressed").fullmatch(text, start, firm.start):
        return False
    closed = _rule("addressed_end").match(text, firm.end)
    if closed is None or _rule("your_words").search(text, closed.end()) is None:
        return False
    if not (closed["mark"] or text[start : firm.start].strip()):  # 致：X needs no mark behind it, X alone does
        return False
    return _rule("judging_you").search(text, closed.end()) is not None or _rule("own_words").search(text, closed.end()) is None
