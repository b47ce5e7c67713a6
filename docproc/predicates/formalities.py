"""What makes a form and a commitment formally good: filled in, dated (FORM-complete, FORM-date); sealed: seals.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.compare import fold
from docproc.evidence import locate, whole_document, whole_documents
from docproc.model import DateRole, Document, Evidence, FilledField, Kind, Span
from docproc.predicates.case import Case, unread
from docproc.predicates.periods import chinese, interval
from docproc.predicates.place import name_of
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation

_LABEL = 20  # code points of the longest label


class RequiredField(Parameters):
    """A field that a form must fill in: its name, how forms label it, and the claims that show it filled where no label is found."""

    name: str
    labels: tuple[re.Pattern[str], ...]
    claims: tuple[str, ...] = ()
    each_year: bool = False  # one figure for each of the three years
    if_asked: bool = False  # required where the form asks for it; a form that does not ask lacks nothing


class CompleteParameters(Parameters):
    """What must be filled in, and what a prompt or a placeholder looks like in a field and in the running text."""

    required: tuple[RequiredField, ...]
    value_prompts: tuple[re.Pattern[str], ...]
    text_prompts: tuple[re.Pattern[str], ...]
    blank_values: tuple[re.Pattern[str], ...]


def judge_complete(case: Case, parameters: CompleteParameters) -> Verdict:
    forms = case.of_kind(Kind.FORM)
    if not forms:
        return Verdict("no_form", trace=("没有申报书",))
    prompts = _outermost([entry for form in forms for entry in _prompts(case, form, parameters)])
    blank: dict[str, tuple[Evidence, ...]] = {}
    unfound: list[str] = []
    marked = [entry for form in forms for entry in _fields(case, form) if entry.required]
    for required in () if marked else parameters.required:
        verdict, evidence = _filled(case, forms, required, parameters)
        if verdict == "blank":
            blank[required.name] = evidence
        elif verdict == "unfound":
            unfound.append(required.name)
    for entry in marked:
        if _is_blank(entry.value, parameters):
            blank.setdefault(entry.label, entry.evidence[:1])
    trace = (f"必填项空缺{len(blank)}处，残留提示语{len(prompts)}处，未找到栏目{len(unfound)}处",)
    evidence = tuple(dict.fromkeys([*prompts, *(entry for entries in blank.values() for entry in entries)]))
    fills = {
        "blank": "、".join(blank),
        "prompts": "、".join(dict.fromkeys(f"“{entry.quote}”" for entry in prompts if entry.quote)),
        "unfound": "、".join(unfound),
    }
    if prompts:
        gaps = [*(f"{name}（空缺）" for name in blank), *(f"{name}（没有找到这一栏）" for name in unfound)]
        return Verdict("prompts_and_gaps" if gaps else "prompts", fills | {"gaps": "、".join(gaps)}, evidence=evidence, trace=trace)
    if blank:
        return Verdict("blank", fills, evidence=evidence or whole_documents(forms), trace=trace)
    if unfound:
        return Verdict("unfound", fills, evidence=whole_documents(forms), trace=trace)
    return Verdict(
        "pass",
        {"count": str(len(marked) or sum(not field.if_asked for field in parameters.required))},
        evidence=whole_documents(forms),
        trace=trace,
    )


def _fields(case: Case, form: Document) -> tuple[FilledField, ...]:
    return case.extractions[form.id].fields if form.id in case.extractions else ()


def _filled(
    case: Case, forms: tuple[Document, ...], required: RequiredField, parameters: CompleteParameters
) -> tuple[str, tuple[Evidence, ...]]:
    """Whether the field is filled, blank, or not to be found in any form.

    A field that is there and blank is blank, whatever the prose or another label says (企业名称 blank, the cover's 申报单位 filled);
    claims show it filled only where no such label was found.
    """
    claims = [claim for form in forms for claim in case.claims_in(form, *required.claims)] if required.claims else []
    entries = [(entry, fold(entry.label)) for form in forms for entry in _fields(case, form)]
    labelled = [entry for entry, label in entries if any(pattern.search(label) for pattern in required.labels)]
    blank = [entry for entry in labelled if _is_blank(entry.value, parameters)]
    filled = len(labelled) - len(blank)
    wanted = len(case.years) if required.each_year else 1
    if blank and filled < wanted:
        return "blank", _places(blank)
    filled_labels = {fold(entry.label) for entry in labelled if entry not in blank}
    if alone := [entry for entry in blank if fold(entry.label) not in filled_labels and "(" not in fold(entry.label)]:
        return "blank", _places(alone)
    if required.if_asked:
        return ("blank", _places(labelled)) if 1 < filled == wanted - 1 else ("filled", ())
    years = {claim.qualifiers.get("year") for claim in claims}
    shown = set(case.years) <= years if required.each_year else bool(claims)
    if shown or filled >= wanted:
        return "filled", ()
    empty = tuple(place for form in forms for place in _empty_cells(form, required)) if not labelled else ()
    return ("blank", empty) if empty else ("unfound", ())


def _empty_cells(form: Document, required: RequiredField) -> Iterator[Evidence]:
    """The cells that bear the field's label in a row that holds nothing else."""
    content, reach = form.file.content, form.span
    cells = [block for block in content.blocks if block.cell and block.spans and reach.start <= block.spans[0].start < reach.end]
    for block in cells:
        label = fold("".join(content.text[span.start : span.end] for span in block.spans))
        if len(label) > _LABEL or not any(pattern.search(label) for pattern in required.labels):
            continue
        row = [
            other
            for other in cells
            if other.cell and block.cell and (other.cell.table, other.cell.row) == (block.cell.table, block.cell.row)
        ]
        if all(other is block or not "".join(content.text[s.start : s.end] for s in other.spans).strip() for other in row):
            yield from locate(form, block.spans[:1])


def _places(entries: list[FilledField]) -> tuple[Evidence, ...]:
    return tuple(entry.evidence[0] for entry in entries if entry.evidence)[:3]


def _is_blank(value: str, parameters: CompleteParameters) -> bool:
    plain = fold(value)
    return not plain or any(pattern.fullmatch(plain) for pattern in parameters.blank_values)


def _prompts(case: Case, form: Document, parameters: CompleteParameters) -> Iterator[Evidence]:
    for entry in _fields(case, form):
        if any(pattern.search(fold(entry.value)) for pattern in parameters.value_prompts):
            yield from entry.evidence[:1]
    text = form.file.content.text[form.span.start : form.span.end]
    for pattern in parameters.text_prompts:
        for match in pattern.finditer(text):
            yield from locate(form, [Span(form.span.start + match.start(), form.span.start + match.end())])


def _outermost(entries: list[Evidence]) -> list[Evidence]:
    """The places without those that lie inside another: XXXX年XX月XX日 is one placeholder, not four."""
    found = list(dict.fromkeys(entries))
    return [entry for entry in found if not any(other is not entry and _holds(other, entry) for other in found)]


def _holds(outer: Evidence, inner: Evidence) -> bool:
    if None in (outer.start, outer.end, inner.start, inner.end) or outer.document != inner.document:
        return False
    return (outer.start or 0) <= (inner.start or 0) and (inner.end or 0) <= (outer.end or 0)


class DateParameters(Parameters):
    """Kinds that must bear a date of their own."""

    must_be_dated: tuple[Kind, ...]


def judge_dates(case: Case, parameters: DateParameters) -> Verdict:
    wrong: list[str] = []
    doubtful: list[str] = []
    evidence: list[Evidence] = []
    looked_at = 0
    for document in case.documents:
        for stated in document.dates:
            looked_at += 1
            why = _wrong(case, stated.role, stated.iso, stated.possible)
            if why:
                wrong.append(f"{name_of(document)}{why}")
                evidence += locate(document, [stated.span])
        own = [stated for stated in document.dates if stated.role in (DateRole.SIGNED, DateRole.QUERIED)]
        if document.kind in parameters.must_be_dated and not own:
            incomplete = any(True for _ in unread(document)) or not document.file.content.text.strip()
            (doubtful if incomplete else wrong).append(f"{name_of(document)}没有写明日期")
            evidence.append(whole_document(document))
    trace = (f"检查了{looked_at}个日期", *wrong, *doubtful)
    if wrong:
        return Verdict("wrong", {"dates": "；".join(dict.fromkeys(wrong))}, evidence=tuple(dict.fromkeys(evidence)), trace=trace)
    if doubtful:
        return Verdict("unread", {"dates": "；".join(doubtful)}, evidence=tuple(evidence), trace=trace)
    return Verdict("pass", {"count": str(looked_at)}, trace=trace)


def _wrong(case: Case, role: DateRole, iso: str, possible: bool) -> str:
    """What is wrong with a date, in words; empty where nothing is."""
    span = interval(iso) if possible else None
    if span is None:
        return f"的日期{iso}不存在"
    if role in (DateRole.SIGNED, DateRole.QUERIED) and span[0] > case.as_of:
        return f"的日期{chinese(span[0])}晚于审查日期{chinese(case.as_of)}"
    if role is DateRole.VALID_UNTIL and span[1] < case.as_of:
        return f"的有效期至{chinese(span[1])}，已经届满"
    return ""


COMPLETE = Predicate(
    name="complete",
    meaning="Every required field of the form is filled in, and no prompt or placeholder is left.",
    parameters=CompleteParameters,
    situations={
        "pass": situation("pass", "filled in", "count"),
        "prompts": situation("fail", "prompts or placeholders are left", "prompts"),
        "prompts_and_gaps": situation("fail", "prompts are left, and required fields are blank or not to be found", "prompts", "gaps"),
        "blank": situation("missing", "a required field is blank", "blank"),
        "unfound": situation("review", "a required field was not found in the form", "unfound"),
        "no_form": situation("missing", "there is no form"),
    },
    judge=judge_complete,
)

DATES = Predicate(
    name="dated",
    meaning="Dates are given, possible and not after the day of the check; nothing has expired by its own words.",
    parameters=DateParameters,
    situations={
        "pass": situation("pass", "nothing wrong", "count"),
        "wrong": situation("fail", "a date is absent, impossible, in the future, or over", "dates"),
        "unread": situation("review", "a date may stand where the text was not read", "dates"),
    },
    judge=judge_dates,
)
