"""Damages to a case in memory: one operation each, as tests/data/mutations.yaml names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docproc.evidence import locate
from docproc.model import (
    Claim,
    DateRole,
    Document,
    DocumentDate,
    Evidence,
    Extraction,
    Kind,
    Loss,
    Page,
    Problem,
    Residue,
    SourceFile,
    Span,
    Status,
    Trace,
)
from docproc.predicates.case import Case

ANOTHER = "河北恒远纺织机械制造实业发展"


def damaged(case: Case, steps: Sequence[Mapping[str, Any]]) -> Case:
    """The case after all the steps of one damage."""
    for step in steps:
        case = _OPERATIONS[next(iter(step))](case, step)
    return case


def _having(case: Case, documents: Sequence[Document], change: Callable[[Claim], Claim | None] = lambda claim: claim) -> Case:
    """The case with these documents and with each claim changed, or left out."""
    kept = {document.id for document in documents}
    claims = tuple(
        changed
        for claim in case.claims
        if all(entry.document in kept for entry in claim.evidence) and (changed := change(claim)) is not None
    )
    by_id = {claim.id: claim for claim in claims}
    extractions = {
        id_: replace(found, claims=tuple(by_id[claim.id] for claim in found.claims if claim.id in by_id))
        for id_, found in case.extractions.items()
        if id_ in kept
    }
    return replace(case, documents=tuple(documents), claims=claims, extractions=extractions)


def _chosen(case: Case, step: Mapping[str, Any], kind: str) -> list[Document]:
    year = step.get("year")
    return [d for d in case.of_kind(Kind(kind)) if year is None or year in (d.years or (d.year,))]


def _drop(case: Case, step: Mapping[str, Any]) -> Case:
    gone = {document.id for document in _chosen(case, step, step["drop"])}
    return _having(case, [document for document in case.documents if document.id not in gone])


def _meant(case: Case, claim: Claim, told: Mapping[str, Any], name: str) -> bool:
    source = case.source_of(claim)
    return (
        claim.name == name
        and ("year" not in told or claim.qualifiers.get("year") == told["year"])
        and ("in" not in told or (source is not None and source.kind is Kind(told["in"])))
    )


def _forget(case: Case, step: Mapping[str, Any]) -> Case:
    return _having(case, case.documents, lambda claim: None if _meant(case, claim, step, step["forget"]) else claim)


def _set(case: Case, step: Mapping[str, Any]) -> Case:
    told = step["set"]

    def change(claim: Claim) -> Claim:
        if not _meant(case, claim, told, told["name"]):
            return claim
        value = told.get("value", claim.value)
        if "times" in told:
            assert isinstance(claim.value, int | float)
            value = claim.value * told["times"]
        qualifiers = told.get("qualifiers")
        update: dict[str, Any] = {"value": value}
        if qualifiers is not None:
            update["qualifiers"] = {**claim.qualifiers, **qualifiers}
        if "quoted" in told:
            update["evidence"] = tuple(entry.model_copy(update={"quote": told["quoted"]}) for entry in claim.evidence[:1])
        return claim.model_copy(update=update)

    return _having(case, case.documents, change)


def _add(case: Case, step: Mapping[str, Any]) -> Case:
    told = step["add"]
    wanted = case.of_kind(Kind(told["in"])) or case.of_kind(Kind.FORM)
    document = wanted[0]
    place = locate(document, [Span(document.span.start, document.span.start + 12)])[:1]
    if "quote" in told:
        place = (Evidence(document=document.id, page=place[0].page, quote=told["quote"]),)
    claim = Claim(
        id=f"added{len(case.claims)}", name=told["name"], value=told["value"], qualifiers=told.get("qualifiers", {}), evidence=place
    )
    old = case.extractions.get(document.id, Extraction())
    return replace(
        case,
        claims=(*case.claims, claim),
        extractions={**case.extractions, document.id: replace(old, claims=(*old.claims, claim))},
    )


def _passages(case: Case, topic: str, verbatim: bool) -> Case:
    found = {}
    for id_, extraction in case.extractions.items():
        about = [passage for passage in extraction.passages if passage.topic.startswith(topic)]
        kept = tuple(passage for passage in extraction.passages if passage not in about)
        copied = tuple(replace(passage, verbatim=True) for passage in about) if verbatim else ()
        found[id_] = replace(extraction, passages=(*kept, *copied))
    return replace(case, extractions=found)


def _silence(case: Case, step: Mapping[str, Any]) -> Case:
    return _passages(case, step["silence"], verbatim=False)


def _copy(case: Case, step: Mapping[str, Any]) -> Case:
    return _passages(case, step["copy"], verbatim=True)


def _blank(case: Case, step: Mapping[str, Any]) -> Case:
    found = {}
    for id_, extraction in case.extractions.items():
        fields = list(extraction.fields)
        places = [number for number, entry in enumerate(fields) if step["blank"] in entry.label]
        for number in places[step["nth"] : step["nth"] + 1] if "nth" in step else places:
            fields[number] = replace(fields[number], value="")
        found[id_] = replace(extraction, fields=tuple(fields))
    return replace(case, extractions=found)


def _refiled(case: Case, kind: str, change: Callable[[Document], Document]) -> Case:
    return replace(case, documents=tuple(change(d) if d.kind is Kind(kind) else d for d in case.documents))


def _with_content(document: Document, **changes: Any) -> Document:
    return replace(document, file=replace(document.file, content=replace(document.file.content, **changes)))


def _unseal(case: Case, step: Mapping[str, Any]) -> Case:
    def bare(document: Document) -> Document:
        pages = tuple(replace(page, colour=True) for page in document.file.content.pages) or (Page(1, 0, 0, 595, 842, colour=True),)
        return _with_content(document, seals=(), signatures=(), pages=pages)

    return _refiled(case, step["unseal"], bare)


def _date(case: Case, step: Mapping[str, Any]) -> Case:
    role = DateRole(step["role"])
    stated = DocumentDate(role, step["iso"], Span(0, 4), step["iso"] != "2026-02-30")
    return _refiled(case, step["date"], lambda d: replace(d, dates=(*(old for old in d.dates if old.role is not role), stated)))


def _trace(case: Case, step: Mapping[str, Any]) -> Case:
    trace = Trace(Residue.COMMENT, Span(0, 0), "")
    return _refiled(case, step["trace"], lambda d: _with_content(d, format="docx", traces=(trace,)))


def _damage(case: Case, step: Mapping[str, Any]) -> Case:
    """A further file that does not open: what the others say stays."""
    content = replace(
        case.documents[0].file.content,
        text="",
        pages=(),
        blocks=(),
        seals=(),
        losses=(Loss("damaged", "文件已损坏"),),
        problems=(Problem("damaged", "文件已损坏"),),
    )
    extra = Document(f"extra-{step['damage']}", SourceFile(f"{step['damage']}.pdf", "", content), Kind(step["damage"]))
    return replace(case, documents=(*case.documents, extra))


def _scan(case: Case, step: Mapping[str, Any]) -> Case:
    """A further page of that kind that no text recognition read."""
    content = replace(case.documents[0].file.content, text="", blocks=(), seals=(), pages=(), losses=(Loss("unread_page", "", 1, (1,)),))
    extra = Document(f"extra-{step['scan']}", SourceFile(f"{step['scan']}.pdf", "", content), Kind(step["scan"]))
    return replace(case, documents=(*case.documents, extra))


def _said(document: Document, name: str, applicant: str) -> Document:
    """The document with another name wherever the applicant's stood; offsets stay, since the names are padded to one length."""
    content = document.file.content
    first, last = document.span
    padded = name[: len(applicant)].ljust(len(applicant))
    text = content.text[:first] + content.text[first:last].replace(applicant, padded) + content.text[last:]
    return _with_content(document, text=text)


def _owner(case: Case, step: Mapping[str, Any]) -> Case:
    meant = {document.id for document in _chosen(case, step, step["owner"])}
    return _renamed(case, meant, ANOTHER[: len(case.applicant()) - 4] + "有限公司")


def _rename(case: Case, step: Mapping[str, Any]) -> Case:
    applicant = case.applicant()
    slip = applicant[:3] + "曦" + applicant[4:]
    return _renamed(case, {document.id for document in case.of_kind(Kind(step["rename"]))[:1]}, slip)


def _renamed(case: Case, meant: set[str], name: str) -> Case:
    applicant = case.applicant()
    written = {
        str(entry.quote)
        for claim in case.asserted("company.name")
        for entry in claim.evidence
        if entry.document in meant and entry.quote and len(entry.quote) == len(applicant)
    }
    documents = []
    for document in case.documents:
        if document.id in meant:
            for form in sorted({applicant, *written}):
                document = _said(document, name, form)
        documents.append(document)

    def change(claim: Claim) -> Claim:
        named = claim.name == "company.name" and claim.status in (Status.ASSERTED, Status.THIRD_PARTY)
        return claim.model_copy(update={"value": name}) if named and any(e.document in meant for e in claim.evidence) else claim

    return _having(case, documents, change)


def _write(case: Case, step: Mapping[str, Any]) -> Case:
    """A sentence more at the form's end. Only the form's own offsets stay true, which is all that is looked at."""

    def more(document: Document) -> Document:
        content = document.file.content
        text = content.text[: document.span.end] + "\n" + step["write"] + "\n"
        last = document.page_range[1] if document.page_range else len(content.pages)
        pages = tuple(replace(page, end=len(text)) if page.number == last else page for page in content.pages)
        return _with_content(document, text=text + content.text[document.span.end :], pages=pages)

    return _refiled(case, "form", more)


_OPERATIONS: Mapping[str, Callable[[Case, Mapping[str, Any]], Case]] = {
    "drop": _drop,
    "forget": _forget,
    "set": _set,
    "add": _add,
    "silence": _silence,
    "copy": _copy,
    "blank": _blank,
    "unseal": _unseal,
    "date": _date,
    "trace": _trace,
    "damage": _damage,
    "scan": _scan,
    "owner": _owner,
    "rename": _rename,
    "write": _write,
}
