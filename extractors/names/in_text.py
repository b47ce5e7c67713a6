"""The applicant's name in running text: by the words around it (X（以下简称公司）, 审计了X财务报表), or by its place.

Places are the subject of a sentence, the head of a report, a signature below a statement in the first person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Span, Status
from extractors.parties.clauses import clause_at, sentence_at
from extractors.parties.firms import find_firms
from extractors.parties.openings import is_judged_addressee, is_subject_of_letter, opens_body
from extractors.parties.words import names_own
from extractors.words.lexicon import alternatives, one_of, rules, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_TITLE = 60  # code points of a line that may be a title
REACH_BEFORE, REACH_BEHIND = 16, 60  # code points beside a name in which words say what it is
_CLOSING = re.compile(r"\s*(?:[（(](?:盖章|公章|章)[）)])?\s*(?:\n\s*(?:日期[：:])?\s*(?:20\d\d|二[〇零○])[^\n]{0,16})?\s*$")
_SAID_ON_BOTH_SIDES = (  # what stands before a name, and what must stand behind it
    ("speaking_before", "speaking_after"),
    ("recognising", "recognised_as"),
    ("handling", "handled"),
    ("spoken_for", "spoken_after"),
    ("acting_for", "acting_after"),
)
_rule = rules("identity")


def speaks_of_itself(text: str, firm: Span) -> bool:
    """Whether the paper speaks in the first person above a name: 我公司承诺…."""
    return one_of("identity", "first_person").search(text, 0, firm.start) is not None


def names_by_words(doc: Doc) -> Iterator[Match]:
    """The names that the words around them make the applicant's: its own, its former one (superseded), the one it will bear (planned)."""
    text = doc.text
    for firm in find_firms(text):
        name = text[firm.start : firm.end]
        if _rule("placeholder").search(name):
            continue
        before, after = text[max(0, firm.start - REACH_BEFORE) : firm.start], text[firm.end : firm.end + REACH_BEHIND]
        if _rule("former_before").search(before) or _rule("former_after").search(after):
            yield Match("company.name", name, {}, Status.SUPERSEDED, (firm,))
            continue
        if _lends_its_name(text, firm, before, after):
            yield Match("company.name", name, {}, Status.ASSERTED, (firm,))
            continue
        said = names_own(text, firm)
        if said is False or _rule("professions").search(name) or _rule("parent_after").search(after):
            continue
        clause = clause_at(text, firm.start)
        if _rule("renaming").search(before) and _rule("not_renamed").search(text[clause.start : firm.start]):
            yield Match("company.name", name, {}, Status.PLANNED, (firm,))
            continue
        if said or _is_introduced(doc, firm, before, after):
            yield Match("company.name", name, {}, Status.ASSERTED, (firm,))


def _lends_its_name(text: str, firm: Span, before: str, after: str) -> bool:
    """Whether the application is made in a firm's name: 现以总公司X名义申报."""
    if not _rule("name_lent").match(after) or not _rule("name_lent_before").search(before):
        return False
    return _rule("name_not_lent").search(text, clause_at(text, firm.start).start, firm.start) is None


def _is_introduced(doc: Doc, firm: Span, before: str, after: str) -> bool:
    """Whether the words around a name make it the paper's own: a short name of its own, a title, its credit code, 审计了X财务报表."""
    nickname = _rule("nickname").search(after)
    if nickname and not _rule("nickname_other").search(nickname.group()):
        return not _another_applies(doc, doc.text[firm.start : firm.end])
    if _rule("introducing").search(before) and not _rule("commending").search(before):
        return True
    if any(_rule(near).search(before) and _rule(behind).match(after) for near, behind in _SAID_ON_BOTH_SIDES):
        return True
    if (
        _rule("judging_before").search(before)
        and _rule("judged_after").match(after)
        and _rule("commissioned").search(doc.text, sentence_at(doc.text, firm.start).start, firm.start)
    ):
        return True
    return (
        _is_titled(before, after)
        or is_subject_of_letter(doc.text, firm)
        or is_judged_addressee(doc.text, firm)
        or _in_title(doc.text, firm)
        or _beside_code(doc.text, firm, after)
        or bool(re.match(r"\s?[（(](?:曾用名|原名称?|原企业名称|更名前)", after))
        or after.startswith(words("identity", "addressees"))
    )


def _another_applies(doc: Doc, name: str) -> bool:
    """Whether the text says of another firm that it is the one to apply: X（以下简称集团） … 申报主体为Y."""
    settled = getattr(getattr(doc._.context, "speakers", None), "settled", None)
    return settled is not None and settled.stated and not doc._.applicant and not settled.is_named(name)


def _is_titled(before: str, after: str) -> bool:
    """Whether a paper is about the firm by its own words: 关于X申报…的函, 受X委托."""
    if _rule("matter_before").search(before) and re.match(r"申报|申请|创建|的", after):
        return True
    return before.endswith("受") and after.startswith("委托")


def _in_title(text: str, firm: Span) -> bool:
    """Whether a name stands in a line that is a paper's title: 关于X无事故的证明, X先进级智能工厂申报书."""
    start = text.rfind("\n", 0, firm.start) + 1
    end = text.find("\n", firm.end)
    line, before, after = (
        text[start : len(text) if end < 0 else end],
        text[start : firm.start],
        text[firm.end : len(text) if end < 0 else end],
    )
    if len(list(find_firms(line[:LONGEST_TITLE]))) > 1:
        return False
    if re.search(r"(?:申报书|申报表|申报材料|报告|承诺书|自查表|声明|说明)\s?[（(]$", before) and after.strip() in ("）", ")"):
        return True
    if _rule("title_before").search(before.strip()):
        return bool(_rule("title_after").match(after))
    return (
        len(line) <= LONGEST_TITLE
        and bool(re.fullmatch(r"[《“ 　]*|[^：:\n，。]{2,8}[：:]", before))
        and bool(_rule("titled_after").match(after))
    )


def _beside_code(text: str, firm: Span, after: str) -> bool:
    """Whether a name opens its sentence with its credit code beside it, as papers name whose they are."""
    clause = clause_at(text, firm.start)
    return bool(_rule("credit_code_after").match(after)) and not text[clause.start : firm.start].strip(' “”"') and _opens(text, clause)


def names_by_place(doc: Doc) -> Iterator[Span]:
    """Firms that are the subject of their sentence, and the applicant's name where it is known already."""
    text = doc.text
    predicates = re.compile(alternatives(words("identity", "predicates")))
    found: list[Span] = []
    openings: list[Span] = []  # any verb may follow these, so they count only where no other name does
    for firm in find_firms(text):
        name = text[firm.start : firm.end]
        after = text[firm.end : firm.end + 30]
        if (
            names_own(text, firm) is False
            or _rule("professions").search(name)
            or _rule("placeholder").search(name)
            or _rule("parent_after").search(after)
            or _rule("sent_to").search(text, text.rfind("\n", 0, firm.start) + 1, firm.start)
        ):
            continue
        if _rule("former_before").search(text[max(0, firm.start - REACH_BEFORE) : firm.start]) or _rule("former_after").search(after):
            continue
        clause = clause_at(text, firm.start)
        if (
            name == doc._.applicant
            or _signs(text, firm)
            or _heads(text, firm)
            or (not text[clause.start : firm.start].strip(' “”"') and predicates.match(after) and _opens(text, clause))
        ):
            found.append(firm)
        elif opens_body(text, firm) and not _another_applies(doc, name):
            openings.append(firm)
    yield from found or openings


def _signs(text: str, firm: Span) -> bool:
    """Whether a name signs a statement in the first person: alone on its line, then the date or the end."""
    line_start = text.rfind("\n", 0, firm.start) + 1
    if text[line_start : firm.start].strip() or _CLOSING.match(text, firm.end) is None:
        return False
    return speaks_of_itself(text, firm)


def _heads(text: str, firm: Span) -> bool:
    """Whether a name stands alone on a line beside the title of a report, as on its cover."""
    start = text.rfind("\n", 0, firm.start) + 1
    end = text.find("\n", firm.end)
    end = len(text) if end < 0 else end
    if text[start : firm.start].strip() or text[firm.end : end].strip():
        return False
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    below = text[end + 1 :].partition("\n")[0]
    return bool(_rule("report_titles").search(above.strip()) or _rule("report_titles").search(below.strip()))


def _opens(text: str, clause: Span) -> bool:
    """Whether a clause is its sentence's first, or follows only words about how something came about (经初审，)."""
    sentence = sentence_at(text, clause.start)
    before = text[sentence.start : clause.start].strip()
    if re.fullmatch(r"[^，,；;。：:]{2,14}[：:]", before):  # 企业概况：X成立于…
        return True
    return clause.start - sentence.start <= 1 or bool(
        re.search(r"(?:审|核|查|申报|说明|安排|如下)[，,：:]$", text[sentence.start : clause.start].rstrip())
    )
