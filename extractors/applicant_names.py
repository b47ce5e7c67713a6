"""company.name: by label, by the words around a name, by its place in the sentence; never an accountant, an agency or a parent.

Labels and explicit words (申报单位：X, X（以下简称公司）, 审计了X财务报表) go first. A name that is only its sentence's subject, signs a
statement in the first person or stands beside a report's title counts where these give no other name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from extractors.firms import find_firms, whole_firm
from extractors.lexicon import alternatives, vocabulary, words
from extractors.parties import Parties, clause_at, names_own, sentence_at
from extractors.standing import field_status, value_place

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BRACKETED = re.compile(r"[（(][^（()）]*[）)]?")


@cache
def _rule(key: str) -> re.Pattern[str]:
    return re.compile(str(vocabulary("identity")[key]))


def plain_label(label: str) -> str:
    """A label without brackets, blanks and colons: 申报单位（盖章）： is 申报单位."""
    return re.sub(r"[\s：:*＊]", "", _BRACKETED.sub("", label))


def names(doc: Doc) -> Iterator[Match]:
    """Names by label and by explicit words first; a sentence's bare subject counts only where these give no other name."""
    strong = [*_names_of_fields(doc), *_names_by_words(doc)]
    yield from strong
    known = {each.value for each in strong if each.status is Status.ASSERTED}
    if doc._.applicant:
        known.add(doc._.applicant)
    former = {each.value for each in strong if each.status is Status.SUPERSEDED}
    for span in _names_by_place(doc):
        name = doc.text[span.start : span.end]
        if name in former or (known and name not in known):
            continue
        known.add(name)
        yield Match("company.name", name, {}, Status.ASSERTED, (span,))


def _names_of_fields(doc: Doc) -> Iterator[Match]:
    parties = Parties(doc.text)
    rows = _ledger_names(doc)
    for field in doc._.fields:
        label = plain_label(field.label)
        name = re.sub(r"\s+", "", re.split(r"\s{2,}|\s(?=\d{4}年|单位)", field.value)[0])
        if label in words("identity", "former_labels") and whole_firm(name):
            yield Match("company.name", name, {}, Status.SUPERSEDED, value_place(field))
            continue
        own_bracket = re.search(r"[（(][^（()）]*(?:申报单位|申报主体|申请单位|本公司|我公司)[^（()）]*[）)]", field.label)
        named = (
            label in words("identity", "name_labels")
            or bool(own_bracket)
            or (label in words("identity", "statement_labels") and _by_statement(doc, field))
        )
        name = re.sub(r"^[（(](?:公章|盖章|签章|章)[）)]", "", name)
        if not named or not _is_name(name):
            continue
        name = _first_name(_name_alone(name))
        if field in rows and name != doc._.applicant:
            continue
        foreign = _rule("foreign").search(label) and not own_bracket
        status = Status.THIRD_PARTY if foreign else field_status(field, parties, _rule("foreign"))
        if own_bracket or _rule("names_own_label").search(label):
            status = Status.ASSERTED if status is Status.THIRD_PARTY else status
        yield Match("company.name", name, {}, status, value_place(field))


def _ledger_names(doc: Doc) -> list[FormField]:
    """Fields of a list of firms: the same head over several names. A recommendation's list is no statement about the applicant."""
    columns: dict[tuple[int, str], list[FormField]] = {}
    for field in doc._.fields:
        if plain_label(field.label) in words("identity", "name_labels") and field.value:
            columns.setdefault((field.label_span.start, field.label), []).append(field)
    return [field for fields in columns.values() if len({each.value for each in fields}) > 1 for field in fields]


def _is_name(name: str) -> bool:
    return (
        bool(name)
        and not _rule("placeholder").search(name)
        and (whole_firm(_name_alone(name)) or bool(re.search(r"(?:公司|厂|集团|研究院|合作社|中心)(?:[（(].*[）)])?$", name)))
    )


def _name_alone(name: str) -> str:
    """A field's value without what was added to the name: （盖章）, （公章）, 曾用名."""
    return re.sub(r"[（(](?!(?:特殊)?普通合伙|有限合伙|个人独资|集团)[^（()）]*[）)]$", "", name)


def _first_name(name: str) -> str:
    """The first of several firms in one field (申报单位：甲公司、乙公司): the one that leads the application."""
    firms = list(find_firms(name))
    return name[firms[0].start : firms[0].end] if len(firms) > 1 and re.search("[、，,；;/]", name) else name


def _by_statement(doc: Doc, field: FormField) -> bool:
    """Whether 编制单位 is the head of a financial statement, which names whose it is; a report's 编制单位 is who wrote it."""
    around = doc.text[max(0, field.label_span.start - 60) : field.value_span.end + 60]
    return doc._.kind is Kind.AUDIT or bool(_rule("statement_near").search(around))


def _names_by_words(doc: Doc) -> Iterator[Match]:
    text = doc.text
    for firm in find_firms(text):
        name = text[firm.start : firm.end]
        if _rule("placeholder").search(name):
            continue
        before, after = text[max(0, firm.start - 16) : firm.start], text[firm.end : firm.end + 30]
        if _rule("former_before").search(before) or _rule("former_after").search(after):
            yield Match("company.name", name, {}, Status.SUPERSEDED, (firm,))
            continue
        said = names_own(text, firm)
        if said is False or _rule("professions").search(name) or _rule("parent_after").search(after):
            continue
        nickname = _rule("nickname").search(after)
        introduced = _rule("introducing").search(before) and not re.search(r"(?:推荐|同意)$", before)
        if (
            said
            or (nickname and not _rule("nickname_other").search(nickname.group()))
            or introduced
            or _is_titled(before, after)
            or after.startswith(("全体股东", "董事会", "股东会", "股东大会", "管理层"))
        ):
            yield Match("company.name", name, {}, Status.ASSERTED, (firm,))


def _is_titled(before: str, after: str) -> bool:
    """Whether a paper is about the firm by its own words: 关于X申报…的函, 受X委托."""
    if re.search(r"关于(?:推荐|同意|支持|报送)?$", before) and re.match(r"申报|申请|创建|的", after):
        return True
    return before.endswith("受") and after.startswith("委托")


def _names_by_place(doc: Doc) -> Iterator[Span]:
    """Firms that are the subject of their sentence, and the applicant's name where it is known already."""
    text = doc.text
    predicates = re.compile(alternatives(words("identity", "predicates")))
    for firm in find_firms(text):
        name = text[firm.start : firm.end]
        after = text[firm.end : firm.end + 30]
        if (
            names_own(text, firm) is False
            or _rule("professions").search(name)
            or _rule("placeholder").search(name)
            or _rule("parent_after").search(after)
        ):
            continue
        if _rule("former_before").search(text[max(0, firm.start - 16) : firm.start]) or _rule("former_after").search(after):
            continue
        clause = clause_at(text, firm.start)
        if (
            name == doc._.applicant
            or _signs(text, firm)
            or _heads(text, firm)
            or (not text[clause.start : firm.start].strip(' “”"') and predicates.match(after) and _opens(text, clause))
        ):
            yield firm


def _signs(text: str, firm: Span) -> bool:
    """Whether a name signs a statement in the first person: alone on its line, then the date or the end."""
    line_start = text.rfind("\n", 0, firm.start) + 1
    alone = not text[line_start : firm.start].strip()
    closing = re.match(
        r"\s*(?:[（(](?:盖章|公章|章)[）)])?\s*(?:\n\s*(?:日期[：:])?\s*(?:20\d\d|二[〇零○])[^\n]{0,16})?\s*$", text[firm.end :]
    )
    return alone and closing is not None and bool(re.search("本公司|我公司|我单位|本单位|本企业|我企业|我厂|本厂|我司", text[: firm.start]))


def _heads(text: str, firm: Span) -> bool:
    """Whether a name stands alone on a line beside the title of a report, as on its cover."""
    start = text.rfind("\n", 0, firm.start) + 1
    end = text.find("\n", firm.end)
    end = len(text) if end < 0 else end
    if text[start : firm.start].strip() or text[firm.end : end].strip():
        return False
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    below = text[end + 1 :].split("\n", 1)[0]
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
