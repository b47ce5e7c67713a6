"""Who the applicant is: company.name, .credit_code, .legal_representative, .established_on, .legal_person.

A name is claimed where a label or a governing construction gives it (申报单位：X, X成立于…, X（以下简称公司）, 审计了X财务报表);
a firm that is merely mentioned is none. Former names are superseded; parents, integrators, accountants and agencies are not the applicant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from docproc.text.credit_code import LENGTH, is_valid, organisation_holds
from docproc.text.dates import DateMention, find_dates
from extractors.assertion.standing import answers_of, field_status, marked, reading, settled, value_place
from extractors.components import adds_claims
from extractors.labelled import labelled_of
from extractors.names.applicant import names
from extractors.names.in_fields import plain_label
from extractors.names.representatives import representatives
from extractors.parties.clauses import clause_at, sentence_at
from extractors.parties.subjects import Parties, parties_in
from extractors.past_states import is_before, took_its_place
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, rules, vocabulary, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FOUNDING = re.compile("成立|创立|创建|创办|始建|设立|组建|注册")
NEXT_LINE = 24  # code points of the next line over which a date may go on
_CODE = re.compile(r"9(?<![0-9A-Za-z]9)[0-9A-Z]{17}(?![0-9A-Za-z])")
_TOKEN = re.compile(r"[\s：:为是“\"/注册号]{0,12}(?P<code>[0-9A-Za-z]+)")
_MORE_OF_CODE = re.compile(r"[ \n\-]([0-9A-Za-z]+)")
_GOES_ON = re.compile(r"[^，,。；;]{0,6}(?:设|有|负责|员工|提供)")
_WHOLE_CODE = re.compile(rf"(?!.*[Xx]{{3}})[0-9A-Za-z]{{{LENGTH - 2},{LENGTH + 2}}}")
_rule = rules("identity")


def match(doc: Doc) -> list[Match]:
    """All claims of who the applicant is, by place."""
    found = list(names(doc))
    own = [each.value for each in found if each.status is Status.ASSERTED]
    parties = parties_in(doc.text, frozenset([*own, *([doc._.applicant] if doc._.applicant else [])]))
    legal = list(_legal_person(doc, parties))
    if not any(each.status is Status.ASSERTED for each in legal):
        legal += _own_licence(doc, found)
    return [*found, *_codes(doc, parties), *representatives(doc, parties), *_founding(doc, parties), *legal]


component = adds_claims(match)


# --- company.credit_code -----------------------------------------------------------------------------------------------


def _codes(doc: Doc, parties: Parties) -> Iterator[Match]:
    text = doc.text
    taken: list[Span] = []
    for label in anchored(rf"(?:{_rule('code_labels').pattern})(?:[（(][^（()）]*[）)])?").finditer(text):
        span = _code_after(text, label.end())
        if span is None or any(each.start == span.start for each in taken):
            continue
        taken.append(span)
        yield _code(doc, parties, span, Span(label.start(), span.end))
    for field in labelled_of(doc).under(_is_code_label):  # in a row under heads: as it was written, whether its check holds or not
        span = field.value_span
        if not _WHOLE_CODE.fullmatch(field.value):
            continue
        if not any(each.start < span.end and span.start < each.end for each in taken):
            taken.append(span)
            yield replace(_code(doc, parties, span, span), status=field_status(field, parties, _rule("foreign")))
    for found in _CODE.finditer(text):
        span = Span(*found.span())
        if is_valid(found.group()) and not any(each.start <= span.start < each.end for each in taken):
            yield _code(doc, parties, span, span)


@lru_cache(maxsize=4096)
def _is_code_label(label: str) -> bool:
    return _rule("code_labels").fullmatch(plain_label(label)) is not None


def _code_after(text: str, position: int) -> Span | None:
    """The code that a label introduces. It may be broken over two lines or written in groups; letters that no code has are kept."""
    token = _TOKEN.match(text, position)
    if token is None:
        return None
    start, end = token.span("code")
    count = end - start
    while count < LENGTH:
        more = _MORE_OF_CODE.match(text, end)
        if more is None or count + len(more[1]) > LENGTH:
            break
        end, count = more.end(), count + len(more[1])
    if re.search(r"X{3}|x{3}", text[start:end]):  # masked
        return None
    return Span(start, end) if LENGTH - 2 <= count <= LENGTH + 2 else None


def _code(doc: Doc, parties: Parties, span: Span, evidence: Span) -> Match:
    code = re.sub(r"[\s\-]", "", doc.text[span.start : span.end])
    if is_valid(code.upper()):
        code = code.upper()
    status = reading(doc, parties, evidence.start, evidence.end).status
    if code.startswith("1") and is_valid(code):  # 机构编制: an authority or an institution, never the applicant
        status = Status.THIRD_PARTY
    return Match("company.credit_code", code, {"valid": is_valid(code) and organisation_holds(code)}, status, (evidence,))


# --- company.established_on -----------------------------------------------------------------------------------------------


def _founding(doc: Doc, parties: Parties) -> Iterator[Match]:
    text = doc.text
    for field in labelled_of(doc).under(_is_founding_label):
        date = next(find_dates(field.value), None)
        if date is not None and date.possible:
            yield Match("company.established_on", date.iso, {}, field_status(field, parties, _rule("foreign")), value_place(field))
    for date in _dates_near(text, _FOUNDING):
        if not date.possible:
            continue
        before = _rule("established_before").search(text[max(0, date.span.start - 12) : date.span.start])
        after = _rule("established_after").search(text[date.span.end : date.span.end + 40])
        if before or after:
            start = date.span.start - len(before.group()) if before else date.span.start
            end = date.span.end + (after.end() if after else 0)
            yield Match("company.established_on", date.iso, {}, reading(doc, parties, start, end).status, (Span(start, end),))


@lru_cache(maxsize=4096)
def _is_founding_label(label: str) -> bool:
    return plain_label(label) in words("identity", "established_labels")


def _dates_near(text: str, words_: re.Pattern[str]) -> Iterator[DateMention]:
    """The dates on the lines on which any of some words stand."""
    reached = 0
    for found in anchored(words_.pattern).finditer(text):
        if found.start() < reached:
            continue
        start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        reached = len(text) if end < 0 else end
        for date in find_dates(text[start : reached + 1 + NEXT_LINE]):
            yield date._replace(span=Span(start + date.span.start, start + date.span.end))


# --- company.legal_person ----------------------------------------------------------------------------------------------


_BRACKET_BEHIND = re.compile(r"[ 　]*[（(][^（()）\n]*[）)]")


def _legal_person(doc: Doc, parties: Parties) -> Iterator[Match]:
    covered: list[Span] = []
    for field in labelled_of(doc).under(_is_legal_label):
        value = _legal_person_of(doc, field)
        covered.append(Span(field.label_span.start, max(field.value_span.end, *(option.span.end for option in field.options), 0)))
        if value is not None:
            yield Match("company.legal_person", value, {}, field_status(field, parties, _rule("foreign")), value_place(field))
    labelled = labelled_of(doc)
    boxed = (labelled.fields[number] for number in labelled.boxed)
    for field in (each for each in boxed if len(each.options) > 1):  # □法人单位 ☑分公司, with any prompt and without one
        kinds = [_kind_of_option(option.text) for option in field.options]
        if not {True, False} <= {*kinds}:
            continue
        behind = _BRACKET_BEHIND.match(doc.text, field.value_span.end)  # what the last option means: □非独立法人（分公司、分厂）
        covered.append(Span(field.label_span.start, behind.end() if behind else field.value_span.end))
        if len(field.ticked) == 1 and _kind_of_option(field.ticked[0]) is not None and not _is_legal_label(field.label):
            yield Match(
                "company.legal_person",
                _kind_of_option(field.ticked[0]),
                {},
                field_status(field, parties, _rule("foreign")),
                (field.value_span,),
            )
    text = doc.text
    told: list[Match] = []
    for key, positive in (("legal_person", True), ("branch", False)):
        for found in anchored(str(vocabulary("identity")[key])).finditer(text):
            if any(each.start <= found.start() < each.end for each in covered):
                continue
            value = _stated(text, found, positive)
            if value is None or (not parties.branch and _of_branches(text, found)):
                continue
            mark = marked(text, found.end())
            value = value if mark is None else value is mark
            status = settled(reading(doc, parties, *found.span()), mark)
            status = Status.SUPERSEDED if status is Status.ASSERTED and is_before(text, found.start()) else status
            told.append(Match("company.legal_person", value, {}, status, (_from_clause(text, found),)))
    yield from (_unless_over(text, each, told) for each in told)


def _unless_over(text: str, each: Match, told: Sequence[Match]) -> Match:
    """A statement, superseded where the same sentence tells the contrary of a later year or of now."""
    place = each.spans[0]
    sentence = sentence_at(text, place.start)
    later = (
        other.spans[0]
        for other in told
        if other.value is not each.value and other.status is Status.ASSERTED and place.end <= other.spans[0].start < sentence.end
    )
    if each.status is Status.ASSERTED and any(took_its_place(text, place.end, other.end) for other in later):
        return replace(each, status=Status.SUPERSEDED)
    return each


def _of_branches(text: str, found: re.Match[str]) -> bool:
    """Whether a clause speaks of the applicant's branches: 下设三个分公司，均不具有…; 天津分公司为本公司所设非独立法人机构."""
    clause = clause_at(text, found.start())
    sentence = sentence_at(text, found.start())
    own = text[clause.start : found.start()]
    if _rule("branch_subject").match(own):
        return True
    return bool(_rule("all_of_them").match(own)) and bool(_rule("sets_up_branches").search(text[sentence.start : clause.start]))


def _own_licence(doc: Doc, found: list[Match]) -> Iterator[Match]:
    """A branch told by its paper: a name that ends with 分公司, beside a place of business or a person in charge instead of a seat."""
    name = next((each for each in found if each.name == "company.name" and each.status is Status.ASSERTED), None)
    if name is None or not str(name.value).endswith(("分公司", "分厂", "办事处")):
        return
    if labelled_of(doc).any(lambda label: plain_label(label) in words("identity", "branch_labels")):
        yield Match("company.legal_person", False, {}, Status.ASSERTED, name.spans)


@lru_cache(maxsize=4096)
def _is_legal_label(label: str) -> bool:
    label = plain_label(label)
    return label in words("identity", "kind_labels") or bool(
        _rule("legal_labels").search(label) and not _rule("not_legal_labels").search(label)
    )


def _kind_of_option(option: str) -> bool | None:
    """Whether an option names a legal person, or what is none; None where it names neither."""
    if _rule("branch_types").search(option):
        return False
    return True if _rule("legal_kinds").fullmatch(option) else None


def _legal_person_of(doc: Doc, field: FormField) -> bool | None:
    label = plain_label(field.label)
    answers = answers_of(field)
    if len(answers) != 1:
        return None
    answer: str = re.sub(r"\s", "", answers[0])
    if label in words("identity", "kind_labels"):
        if _rule("branch_types").search(answer):
            return False
        if re.search("独立法人|企业法人", answer):
            return True
        licence = doc._.kind is Kind.LICENCE and label in ("类型", "企业类型", "公司类型", "主体类型")
        return True if licence and _rule("company_types").search(answer) else None
    said = yes_or_no(answer)
    return not said if said is not None and _rule("no_legal_person").match(label) else said


def yes_or_no(answer: str) -> bool | None:
    """The meaning of a short answer to a question; None where it is neither yes nor no."""
    if re.match(alternatives(words("identity", "denying")), answer):
        return False
    return True if re.match(alternatives(words("identity", "affirming")), answer) else None


def _stated(text: str, found: re.Match[str], positive: bool) -> bool | None:
    """What a clause says of legal standing: every denial in it turns the sense round; a demand or a question says nothing."""
    clause = clause_at(text, found.start())
    before = text[clause.start : found.end()]
    if _rule("demands").search(before) or _demanded_before(text, clause.start):
        return None
    denials = len(_rule("negators").findall(before))
    if found.group().startswith("非"):
        denials += 0 if _rule("negators").search(found.group()) else 1
    if positive:
        return denials % 2 == 0
    copula = re.search(rf"(?:{_rule('copula').pattern})[^，,。；;]{{0,40}}$", text[clause.start : found.start()])
    if copula is None or denials % 2 or _GOES_ON.match(text, found.end()):
        return None
    return False


_ITSELF = re.compile("[我本](?:公司|企业|单位|厂|司)")


def _demanded_before(text: str, start: int) -> bool:
    """Whether a demand governs a clause that 、 adds to it: 申报企业应为在本市登记注册、具有独立法人资格的企业."""
    lead = text[max(text.rfind(mark, 0, start) for mark in "，。；：\n") + 1 : start]
    return lead.endswith("、") and _rule("demands").search(lead) is not None and _ITSELF.search(lead) is None


def _from_clause(text: str, found: re.Match[Any]) -> Span:
    clause = clause_at(text, found.start())
    start = clause.start + len(text[clause.start : found.start()]) - len(text[clause.start : found.start()].lstrip())
    return Span(start, found.end())
