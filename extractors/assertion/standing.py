"""How a found value is to be read: the assertion engine's verdict and whose statement it is, brought together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.extract import Assertion, CueSpan, FormField
from docproc.model import Span, Status
from extractors.parties.clauses import clause_at, sentence_at
from extractors.parties.contracts import is_of_counterparty
from extractors.parties.subjects import Parties, parties_in
from extractors.parties.words import own_words
from extractors.words.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OF_THE_WORKS = re.compile("工厂|生产|项目|工程|建设|施工|交付")  # what a contract is about, whichever party stands above it
_ASKED = ("要求", "请求", "敦促")  # right before the applicant's designation: 要求申报企业…
_EXAMPLE = re.compile(vocabulary("parties")["example"])
_SPECIMEN = re.compile(r"样表|示例|样例|范本|范例|填写说明|填报说明|填表说明|模板")


def parties_of(doc: Doc) -> Parties:
    """The parties of a Doc: the applicant's known name and the names that identity.py has found are its own."""
    names = [match.value for match in doc._.claims if match.name == "company.name" and match.status is Status.ASSERTED]
    return parties_in(doc.text, frozenset([*names, *([doc._.applicant] if doc._.applicant else [])]))


def reading(doc: Doc, parties: Parties, start: int, end: int, about: int | None = None) -> Assertion:
    """How the words at start:end are to be read. An explicit subject goes before the engine's guess about whose statement it is.

    `about`: the place whose party counts, where that is not the start (behind the noun: the customer's factory).
    """
    context = doc._.context
    found = context.assertion(start, end) if context is not None else Assertion(Status.ASSERTED)
    if found.status is Status.QUOTED and found.cues and all(in_title(doc.text, cue.span) for cue in found.cues):
        found = Assertion(Status.ASSERTED, found.negated, found.cues)
    if found.status is Status.PLANNED and found.cues and all(_misread(doc.text, cue.span) for cue in found.cues):
        found = Assertion(Status.ASSERTED, found.negated, found.cues)
    if found.status is Status.HYPOTHETICAL and found.cues and all(cue.role == "exercise" for cue in found.cues):
        found = Assertion(Status.ASSERTED, found.negated, found.cues)  # a drill is about accidents, not about who one is and what one runs
    if found.status is Status.ASSERTED and _is_waived(doc.text, end - 1):
        return Assertion(Status.QUOTED, found.negated, found.cues)
    if found.status is Status.ASSERTED and (made_up := _made_up(doc.text, start)) is not None:
        return Assertion(Status.HYPOTHETICAL, found.negated, (*found.cues, CueSpan("condition", made_up)))
    party = parties.at(start if about is None else about)
    roles = {cue.role for cue in found.cues}
    if found.status is Status.QUOTED and "quotation" in roles and "modal" not in roles:
        own_here = party is not None and party.own and clause_at(doc.text, start).start <= party.span.start
        own_here = own_here and not (party is not None and doc.text.endswith(_ASKED, 0, party.span.start))
        if own_here or "double_negation" in roles:  # 公司是首批…的企业之一; 不存在不属于…的情形
            found = Assertion(Status.ASSERTED, found.negated, found.cues)
    if party is not None and not party.own:
        if found.status in (Status.ASSERTED, Status.PLANNED):
            return Assertion(Status.THIRD_PARTY, found.negated, (*found.cues, CueSpan("party", party.span)))
        return found
    if party is not None and not party.plain and found.status is Status.THIRD_PARTY:
        return Assertion(Status.ASSERTED, found.negated, found.cues)
    return found


_DOES_NOT_APPLY = re.compile(r"\s*(?:不涉及|未涉及|不适用|无此项|无此情形|无此情况|本项不适用|[—－-]{1,2}|/|N/A)[ 　。]*(?:[\t\n]|$)")


def _is_waived(text: str, position: int) -> bool:
    """Whether a place stands in a cell beside which a row says that it does not apply: 企业规模为大型 | 不涉及."""
    tab = text.find("\t", position)
    if tab < 0 or text.find("\n", position, tab) >= 0 or _DOES_NOT_APPLY.match(text, tab + 1) is None:
        return False
    return re.search("[一-龥]", text[position:tab]) is not None


def _made_up(text: str, position: int) -> Span | None:
    """The words before a place in its sentence that bring a made-up firm (以企业甲为例：), the applicant unnamed behind them."""
    found = _EXAMPLE.search(text, sentence_at(text, position).start, position)
    if found is None or own_words().search(text, found.end(), position) is not None:
        return None
    return Span(*found.span())


def in_title(text: str, span: Span) -> bool:
    """Whether a cue is part of a document's title: 按照《中小企业划型标准规定》，公司属中型企业 demands nothing."""
    opening = text.rfind("《", max(0, span.start - 40), span.start)
    return opening >= 0 and "》" not in text[opening : span.start] and "》" in text[span.end : span.end + 40]


def _misread(text: str, span: Span) -> bool:
    """统计划型 holds no 计划."""
    return text[span.start - 1 : span.start] == "统" and text[span.start : span.start + 2] == "计划"


def field_status(field: FormField, parties: Parties, foreign: re.Pattern[str]) -> Status:
    """Whose a form's field is: the applicant's, another party's, or a specimen's."""
    where = f"{field.group} {field.heading}"
    if _SPECIMEN.search(f"{field.label} {field.value} {where}"):
        return Status.QUOTED
    if _is_of_others(foreign, where) or parties.other_at(field.label_span.start) is not None:
        return Status.THIRD_PARTY
    if not _OF_THE_WORKS.search(field.label) and is_of_counterparty(parties.text, field.label_span.start, parties.own_names):
        return Status.THIRD_PARTY
    return Status.ASSERTED


@lru_cache(maxsize=1024)
def _is_of_others(foreign: re.Pattern[str], where: str) -> bool:
    """Whether a group and a heading are another party's (`foreign`), and not the application's."""
    return foreign.search(where) is not None and not re.search("申报|申请", where)


_MARKED = re.compile(r"[^\n；;，,]{0,12}?[（(【\[]\s*(?:(?P<tick>√|✓|✔|☑|符合|是)|×|✗|✘|╳|不符合|否)\s*[）)】\]]")


def marked(text: str, position: int) -> bool | None:
    """What a mark behind a statement makes of it: 具有独立法人资格。（√） is asserted, 已投入使用。（×） denied; None without a mark."""
    found = _MARKED.match(text, position)
    return None if found is None else found["tick"] is not None


def settled(said: Assertion, mark: bool | None) -> Status:
    """The status of a statement with its mark: a rule's words that were ticked or crossed are the applicant's answer."""
    return Status.ASSERTED if mark is not None and said.status in (Status.QUOTED, Status.HYPOTHETICAL) else said.status


def answers_of(field: FormField) -> tuple[str, ...]:
    """What was answered: the words of the ticked boxes, or the value that was written; empty where nothing was."""
    if field.options:
        return field.ticked
    return (field.value,) if field.value else ()


def value_place(field: FormField) -> tuple[Span, ...]:
    """The evidence of a field: its label and its value, one place where they stand side by side."""
    first, last = sorted((field.label_span, field.value_span))
    if first.end <= last.start <= first.end + 4:
        return (Span(first.start, last.end),)
    return (first, last) if first.start < first.end else (last,)
