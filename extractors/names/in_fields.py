"""The applicant's name as forms give it: behind a label that asks for it, in one line or over two, without seals and former names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from extractors.assertion.standing import field_status, value_place
from extractors.changes import AFTER, BEFORE
from extractors.labelled import labelled_of
from extractors.parties.firms import find_firms, legal_form, starts_with_place, whole_firm
from extractors.parties.subjects import parties_in
from extractors.parties.words import own_letters
from extractors.words.anchors import anchors
from extractors.words.lexicon import alternatives, rules, tree_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ADDED = re.compile(r"[（(](?!(?:特殊)?普通合伙|有限合伙|个人独资|集团)[^（()）]*[）)]$")
_OWN_BRACKET = re.compile(r"[（(][^（()）]*(?:申报单位|申报主体|申请单位|本公司|我公司)[^（()）]*[）)]")
_LINE_BELOW = re.compile(r"[ \u3000]*\n[ \u3000]*(?P<rest>[\u4e00-\u9fff（）()]{1,24})[ \u3000]*(?=\n|\Z)")
_PERSON_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,12}(?:[（(][^（()）]{1,12}[）)])?")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]?")
_rule = rules("identity")
_RENAMED = re.compile(r"[（(][^（()）拟将申请待]{0,16}?(?:更名|改名|变更|改制)为(?P<now>[^，。；]+?)[）)]$")


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """A label without brackets, blanks and colons: 申报单位（盖章）： is 申报单位."""
    return re.sub(r"[\s：:*＊]", "", _BRACKETED.sub("", label))


def names_of_fields(doc: Doc) -> Iterator[Match]:
    """The names in a form's fields: former ones superseded, another party's third_party; a list of firms tells of no applicant."""
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
        renamed = _RENAMED.search(name)  # 天津腾越锅炉厂（2022年更名为天津腾越热能设备有限公司）
        if renamed and whole_firm(renamed["now"]):
            name = renamed["now"]
        own_bracket = _OWN_BRACKET.search(field.label)
        place = value_place(field)
        if _rule("person_labels").search(label):
            name = _of_whom(name)
        if not _is_name(name) and (rest := _rest_below(doc.text, field, name)):
            name, place = name + doc.text[slice(*rest)], (*place, rest)
        named = (
            label in words("identity", "name_labels")
            or label in own
            or bool(_rule("name_label").match(label) and _names_one(name) and not _inside_word(doc.text, field))
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
        and (whole_firm(_name_alone(name)) or _ends_with_noun().search(name) is not None)
    )


@cache
def _ends_with_noun() -> re.Pattern[str]:
    """What a firm's name ends with where its legal form is not written."""
    nouns = alternatives(words("identity", "firm_nouns"))
    return re.compile(rf"(?:{nouns})(?:[（(].*[）)])?$")


@cache
def _firms_word() -> re.Pattern[str]:
    return re.compile(tree_of([*anchors(legal_form().pattern), *words("identity", "firm_nouns")]))


@lru_cache(maxsize=4096)
def _may_be_firm(value: str) -> bool:
    """Whether a value holds a word without which nothing is a firm's name (`_is_name`)."""
    return _firms_word().search("".join(value.split())) is not None


def _names_one(name: str) -> bool:
    """Whether a value is one firm's name: 单位：万元 names nobody."""
    return whole_firm(_name_alone(name))


def _name_alone(name: str) -> str:
    """A field's value without what was added to the name: （盖章）, （公章）, 曾用名."""
    return _ADDED.sub("", name)


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
