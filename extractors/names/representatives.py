"""company.legal_representative: by label, and by what is said of the office: 由A变更为B, X系我公司法定代表人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.assertion.standing import field_status, reading, value_place
from extractors.changes import AFTER, BEFORE
from extractors.labelled import labelled_of
from extractors.names.in_fields import plain_label
from extractors.parties.clauses import clause_at
from extractors.parties.firms import find_firms
from extractors.parties.subjects import Parties
from extractors.words.lexicon import alternatives, rules, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "company.legal_representative"
OFFICE = ("法定代表人", "法人代表")
_PERSON = re.compile(r"[\u4e00-\u9fff]{1,4}·?[\u4e00-\u9fff]{1,6}|[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)+")
_IN_PROSE = r"[\u4e00-\u9fff]{2,4}?(?=[，,。；;、）)\s]|先生|女士|同志|担任|接任|出任|继任|兼任|系|为|是|任|现|变更|更换|调整|改|$)"
_SAID = re.compile(r"法定代表人(?:为|是|系|：|:)?\s?([\u4e00-\u9fff]{2,4})(?=[。，；、,;）)\s]|$)")
_FOREIGN_WORDS = re.compile(r"^[A-Za-z ./]+(?=[\u4e00-\u9fff])")
_NOTED = re.compile(r"(?P<name>[^（(]+?)[ 　]*[（(](?![^（()）]*(?:代|授权|委托))[^（()）]*[）)]")
_FIRST = re.compile(r"[^/／、，,；;（(\d]+")
_FIRM = r"[\u4e00-\u9fff（）()]{4,40}?(?:公司|厂|集团)"
_SIGN = re.compile("变更|更换|调整|改选|更改|改为|担任|接任|出任|继任|兼任|现[为是]|后为|系|任|先生|女士|同志|[为是]")
REACH = 70  # code points around the office's name in which is said who holds it
_rule = rules("identity")


def representatives(doc: Doc, parties: Parties) -> Iterator[Match]:
    """Who represents the firm in law, by place; a name in several ways of saying it once."""
    labelled = labelled_of(doc)
    told: list[Span] = []
    for field in labelled.under(_is_label):
        name = _of_value(field)
        if name:
            told.append(field.value_span)
            yield Match(NAME, name, {}, field_status(field, parties, _rule("foreign")), value_place(field))
    if not any(office in doc.text for office in OFFICE):
        return
    for each in _of_changes(doc, parties):
        if not any(span.start <= each.spans[-1].start < span.end for span in told):
            told.append(each.spans[-1])
            yield each
    recorded = {field.label_span.start for field in labelled.under(lambda label: label.startswith((BEFORE, AFTER)))}
    labels = {field.label_span.start for field in doc._.fields}  # the next head of a row of heads is nobody's name
    for found in _SAID.finditer(doc.text):
        if _is_person(found[1]) and found.start() not in recorded and found.start(1) not in labels:
            status = reading(doc, parties, *found.span()).status
            yield Match(NAME, found[1], {}, status, (Span(*found.span()),))


@lru_cache(maxsize=4096)
def _is_label(label: str) -> bool:
    own = _FOREIGN_WORDS.sub("", label.strip())
    return plain_label(own).removeprefix(AFTER) in words("identity", "representative_labels") or (
        _rule("representative_first").match(own) is not None
    )


def _of_value(field: FormField) -> str:
    """The person that a field names, also before a telephone number or an office; empty where it names none."""
    several = _rule("representative_first").match(_FOREIGN_WORDS.sub("", field.label.strip())) is not None
    first = _FIRST.match(field.value) if several else None
    name = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", (first.group() if first else field.value).strip())
    if not several and not _is_person(name) and (noted := _NOTED.fullmatch(name)) is not None:
        name = noted["name"]  # 顾长宁（身份证号略）
    if several and not _is_person(name) and first is not None:
        name = first.group().split()[0] if first.group().split() else ""
    return name if _is_person(name) else ""


def _is_person(name: str) -> bool:
    return bool(_PERSON.fullmatch(name)) and not _rule("no_representative").search(name) and not _rule("placeholder").search(name)


@cache
def _sayings() -> tuple[re.Pattern[str], ...]:
    own = alternatives(words("parties", "own"))
    filled = (
        saying.replace("{person}", _IN_PROSE).replace("{firm}", f"(?:{own}|{_FIRM})").replace("{own}", f"(?:{own})")
        for saying in words("identity", "representative_said")
    )
    return tuple(map(re.compile, filled))


def _to_try(text: str) -> Iterator[tuple[re.Pattern[str], int, int]]:
    """The sayings with the stretches around the office's name in which they may stand."""
    reached = 0
    for office in re.finditer(OFFICE[0], text):
        start, end = max(reached, text.rfind("\n", 0, office.start()), office.start() - REACH), text.find("\n", office.end())
        end = min(len(text) if end < 0 else end + 1, office.end() + REACH)
        if _SIGN.search(text, start, end):
            yield from ((saying, start, end) for saying in _sayings())
        reached = office.end()


def _of_changes(doc: Doc, parties: Parties) -> Iterator[Match]:
    """What sentences say of the office: who holds it now, who held it before."""
    for saying, start, end in _to_try(doc.text):
        for found in saying.finditer(doc.text, start, end):
            groups = found.groupdict()
            status = _status(doc, parties, found, groups.get("whose"))
            if groups.get("former") and _is_person(groups["former"]):
                over = Status.SUPERSEDED if status is Status.ASSERTED else status
                yield Match(NAME, groups["former"], {}, over, (Span(*found.span("former")),))
            if _is_person(groups["name"]):
                yield Match(NAME, groups["name"], {}, status, (Span(*found.span("name")),))


def _status(doc: Doc, parties: Parties, found: re.Match[str], whose: str | None) -> Status:
    if _rule("to_come").search(doc.text, clause_at(doc.text, found.start("name")).start, found.start("name")):
        return Status.PLANNED
    if whose and whose not in words("parties", "own"):
        firm = next(find_firms(doc.text, found.start("whose"), found.end("whose")), None)
        named = doc.text[slice(*firm)] if firm else whose
        if parties.own_names and named not in parties.own_names:
            return Status.THIRD_PARTY
    return reading(doc, parties, found.start("name"), found.end("name")).status
