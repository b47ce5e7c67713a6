"""company.name: by label, by the words around a name, by its place in the sentence; never an accountant, an agency or a parent.

Labels and explicit words (申报单位：X, X（以下简称公司）, 审计了X财务报表) go first. A name that is only its sentence's subject, signs a
statement in the first person or stands beside a report's title counts where these give no other name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from extractors.anchors import anchors
from extractors.changes import AFTER, BEFORE
from extractors.clauses import clause_at, sentence_at
from extractors.firms import find_firms, legal_form, starts_with_place, whole_firm
from extractors.labelled import labelled_of
from extractors.lexicon import alternatives, rules, tree_of, words
from extractors.openings import is_subject_of_letter, opens_body
from extractors.parties import parties_in
from extractors.party_words import names_own, own_letters
from extractors.standing import field_status, value_place

if TYPE_CHECKING:
    from spacy.tokens import Doc

# papers that another signs: the accountants, the assessor, the authority
_NOT_SELF_SIGNED = (Kind.AUDIT, Kind.MATURITY, Kind.CREDIT, Kind.RECOMMENDATION, Kind.FILING, Kind.LICENCE, Kind.PATENT)
LONGEST_TITLE = 60
_CLOSING = re.compile(r"\s*(?:[（(](?:盖章|公章|章)[）)])?\s*(?:\n\s*(?:日期[：:])?\s*(?:20\d\d|二[〇零○])[^\n]{0,16})?\s*$")
_FIRST_PERSON = re.compile("本公司|我公司|我单位|本单位|本企业|我企业|我厂|本厂|我司")
_OWN_BRACKET = re.compile(r"[（(][^（()）]*(?:申报单位|申报主体|申请单位|本公司|我公司)[^（()）]*[）)]")
_LINE_BELOW = re.compile(r"[ \u3000]*\n[ \u3000]*(?P<rest>[\u4e00-\u9fff（）()]{1,24})[ \u3000]*(?=\n|\Z)")
_FIRMS_WORDS = ("公司", "厂", "集团", "研究院", "合作社", "中心")
_PERSON_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,12}(?:[（(][^（()）]{1,12}[）)])?")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]?")
_rule = rules("identity")


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """A label without brackets, blanks and colons: 申报单位（盖章）： is 申报单位."""
    return re.sub(r"[\s：:*＊]", "", _BRACKETED.sub("", label))


def names(doc: Doc) -> Iterator[Match]:
    """Names by label, by explicit words and by sign-off first; a sentence's bare subject counts only where these give no other name."""
    strong = _last_renaming(doc.text, [*_names_of_fields(doc), *_names_by_words(doc)])
    strong += _sign_offs(doc, strong)
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


def _last_renaming(text: str, found: list[Match]) -> list[Match]:
    """Of several renamings the last holds: 2008年更名为A，2019年又更名为B; an A that was later changed as well is no name any more."""
    renamed = [each for each in found if _rule("renaming").search(text, max(0, each.spans[0].start - 8), each.spans[0].start)]
    last = max((each.spans[0].start for each in renamed), default=-1)

    def holds(each: Match) -> bool:
        end = each.spans[-1].end
        return each.spans[0].start == last and not _rule("renamed_later").search(text, end, sentence_at(text, end).end)

    over = [each for each in renamed if not holds(each)]
    return [replace(each, status=Status.SUPERSEDED) if each in over else each for each in found]


def _sign_offs(doc: Doc, strong: list[Match]) -> list[Match]:
    """The name that signs a paper: alone on its line, sealed or before the date; not of one who attests something about another firm.

    It is told also where it is not the applicant's: whose paper it is, is for others to judge.
    """
    known = [each.value for each in strong if each.status is Status.ASSERTED]
    found: list[Match] = []
    for firm in find_firms(doc.text):
        signed = _signed_by(doc.text, firm)
        if signed is None or _rule("professions").search(signed) or _rule("placeholder").search(signed) or doc._.kind in _NOT_SELF_SIGNED:
            continue
        if not known or signed in known or _speaks_of_itself(doc.text, firm) or any(_alike(signed, each) for each in known):
            found.append(Match("company.name", signed, {}, Status.ASSERTED, (firm,)))
    return found


def _signed_by(text: str, firm: Span) -> str | None:
    """The name on a sign-off line; its beginning may stand on the line above where the line was broken."""
    start = text.rfind("\n", 0, firm.start) + 1
    lead = text[start : firm.start].strip(" 　")
    after = firm.end + (lead in ("（", "(") and text[firm.end : firm.end + 1] in ("）", ")"))
    closes = _rule("seal").match(text[after : after + 12]) or _rule("date_line").match(text[after : after + 40])
    if (lead not in ("", "（", "(") and not _rule("seal").fullmatch(lead)) or not closes:
        return None
    name = text[firm.start : firm.end]
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip()
    if 2 <= len(above) <= 12 and firm.start > 0 and starts_with_place(above) and not starts_with_place(name):
        return above + name if whole_firm(above + name) else name
    return name


def _speaks_of_itself(text: str, firm: Span) -> bool:
    return bool(re.search("本公司|我公司|我单位|本单位|本企业|我企业|我厂|本厂|我司", text[: firm.start]))


def _alike(one: str, other: str) -> bool:
    """Whether two names differ in a character or two, as a slip of the pen makes them."""
    return len(one) == len(other) and 0 < sum(a != b for a, b in zip(one, other, strict=True)) <= 2


def _names_of_fields(doc: Doc) -> Iterator[Match]:
    parties = parties_in(doc.text, frozenset())
    rows: list[FormField] | None = None
    own = own_letters(doc.text)
    for field in doc._.fields if own else labelled_of(doc).under(_may_name):
        if not _may_be_firm(field.value) and _LINE_BELOW.match(doc.text, field.value_span.end) is None:
            continue
        label = _label(field.label).removeprefix(AFTER)
        name = re.sub(r"\s+", "", re.split(r"\s{2,}|\s(?=\d{4}年|单位)", re.split(r"[；;。](?=\S)", field.value)[0])[0])
        if (label in words("identity", "former_labels") or label.startswith(BEFORE)) and whole_firm(name):
            yield Match("company.name", name, {}, Status.SUPERSEDED, value_place(field))
            continue
        own_bracket = _OWN_BRACKET.search(field.label)
        place = value_place(field)
        if _rule("person_labels").search(label):
            name = _of_whom(name)
        if not _is_name(name) and (rest := _rest_below(doc.text, field, name)):
            name, place = name + doc.text[slice(*rest)], (*place, rest)
        named = (
            label in words("identity", "name_labels")
            or label in own
            or bool(_rule("name_label").match(label) and find_one(name) and not _inside_word(doc.text, field))
            or bool(own_bracket)
            or (label in words("identity", "statement_labels") and _by_statement(doc, field))
        )
        name = re.sub(r"^[（(](?:公章|盖章|签章|章)[）)]", "", name)
        if not named or not _is_name(name):
            continue
        name = _first_name(_name_alone(name))
        rows = _ledger_names(doc) if rows is None else rows
        if field in rows and name != doc._.applicant:
            continue
        foreign = _rule("foreign").search(label) and not own_bracket
        status = Status.THIRD_PARTY if foreign else field_status(field, parties, _rule("foreign"))
        if own_bracket or label in own or _rule("names_own_label").search(label):
            status = Status.ASSERTED if status is Status.THIRD_PARTY else status
        yield Match("company.name", name, {}, status, place)


def _rest_below(text: str, field: FormField, begun: str) -> Span | None:
    """The end of a name that the line's end breaks: 名称 天津某某精密铸 / 造有限公司. The line below is that end and nothing else."""
    end = _LINE_BELOW.match(text, field.value_span.end)
    if end is None or not begun or not whole_firm(begun + end["rest"]):
        return None
    if whole_firm(end["rest"]) and not (starts_with_place(begun) and not starts_with_place(end["rest"])):
        return None  # a firm of its own
    return Span(*end.span("rest"))


@lru_cache(maxsize=4096)
def _may_name(label: str) -> bool:
    """Whether a field's label is one of those behind which a firm is named."""
    plain = _label(label).removeprefix(AFTER)
    listed = any(plain in words("identity", key) for key in ("former_labels", "name_labels", "statement_labels"))
    return listed or plain.startswith(BEFORE) or bool(_rule("name_label").match(plain) or _OWN_BRACKET.search(label))


def _is_name_label(label: str) -> bool:
    return plain_label(label) in words("identity", "name_labels")


def _label(label: str) -> str:
    """A field's label; of several words on a title line (核查问答记录 受访企业：X) the last, where it is a label by itself."""
    last = plain_label(re.split(r"[ 　]", label.strip())[-1])
    return last if _rule("name_label").match(last) else plain_label(label)


def _inside_word(text: str, field: FormField) -> bool:
    """Whether a label is only the end of a longer one: 技术支持单位 is no 单位."""
    return "\u4e00" <= text[max(0, field.label_span.start - 1) : field.label_span.start] <= "\u9fff"


def _ledger_names(doc: Doc) -> list[FormField]:
    """Fields of a list of firms: the same head over several names. A recommendation's list is no statement about the applicant."""
    columns: dict[tuple[int, str], list[FormField]] = {}
    for field in labelled_of(doc).under(_is_name_label):
        if field.value:
            columns.setdefault((field.label_span.start, field.label), []).append(field)
    return [field for fields in columns.values() if len({each.value for each in fields}) > 1 for field in fields]


def _is_name(name: str) -> bool:
    return (
        bool(name)
        and not _rule("placeholder").search(name)
        and (whole_firm(_name_alone(name)) or bool(re.search(rf"(?:{'|'.join(_FIRMS_WORDS)})(?:[（(].*[）)])?$", name)))
    )


@cache
def _firms_word() -> re.Pattern[str]:
    return re.compile(tree_of([*anchors(legal_form().pattern), *_FIRMS_WORDS]))


@lru_cache(maxsize=4096)
def _may_be_firm(value: str) -> bool:
    """Whether a value holds a word without which nothing is a firm's name (`_is_name`)."""
    return _firms_word().search("".join(value.split())) is not None


def find_one(name: str) -> bool:
    """Whether a value is one firm's name: 单位：万元 names nobody."""
    return whole_firm(_name_alone(name))


def _name_alone(name: str) -> str:
    """A field's value without what was added to the name: （盖章）, （公章）, 曾用名."""
    return re.sub(r"[（(](?!(?:特殊)?普通合伙|有限合伙|个人独资|集团)[^（()）]*[）)]$", "", name)


def _of_whom(person: str) -> str:
    """The firm of a person who is spoken to: 访谈对象：X有限公司张总."""
    firm = next(iter(find_firms(person)), None)
    return person[: firm.end] if firm is not None and firm.start == 0 and _PERSON_BEHIND.fullmatch(person, firm.end) else person


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
        before, after = text[max(0, firm.start - 16) : firm.start], text[firm.end : firm.end + 60]
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
    if _rule("introducing").search(before) and not re.search(r"(?:推荐|同意)$", before):
        return True
    if _rule("recognising").search(before) and _rule("recognised_as").match(after):
        return True
    if _rule("handling").search(before) and _rule("handled").match(after):
        return True
    if _rule("speaking_before").search(before) and _rule("speaking_after").match(after):
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
        or _in_title(doc.text, firm)
        or _beside_code(doc.text, firm, after)
        or bool(re.match(r"\s?[（(](?:曾用名|原名称?|原企业名称|更名前)", after))
        or after.startswith(("全体股东", "董事会：", "股东会：", "股东大会：", "管理层："))
    )


def _another_applies(doc: Doc, name: str) -> bool:
    """Whether the text says of another firm that it is the one to apply: X（以下简称集团） … 申报主体为Y."""
    settled = getattr(getattr(doc._.context, "speakers", None), "settled", None)
    return settled is not None and settled.stated and not doc._.applicant and not settled.is_named(name)


def _is_titled(before: str, after: str) -> bool:
    """Whether a paper is about the firm by its own words: 关于X申报…的函, 受X委托."""
    if re.search(r"关于(?:推荐|同意|支持|报送)?$", before) and re.match(r"申报|申请|创建|的", after):
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


def _names_by_place(doc: Doc) -> Iterator[Span]:
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
        if _rule("former_before").search(text[max(0, firm.start - 16) : firm.start]) or _rule("former_after").search(after):
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
    return _FIRST_PERSON.search(text, 0, firm.start) is not None


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
