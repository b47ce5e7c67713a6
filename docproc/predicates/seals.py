"""Whether what must be sealed bears a seal, and whose name is on it (FORM-seal). Found is never genuine: a person looks at the original."""

from __future__ import annotations

from collections.abc import Iterator

from docproc.compare import fold
from docproc.evidence import whole_documents
from docproc.model import Document, Kind, Page, Seal
from docproc.predicates.case import Case
from docproc.predicates.place import name_of
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation

_RING_SURE = 0.8  # confidence below which the words on a seal say nothing
_ALIKE = 80.0  # of 100: two or three characters of a firm's name may be misread
_STATES = ("sealed", "anothers", "unclear", "absent")
_WORDS = {
    "sealed": "有印章或电子签章",
    "anothers": "有印章，印文与申报单位名称不符",
    "unclear": "无法判断（非彩色扫描件或 Word 文件）",
    "absent": "彩色页面上没有印章",
}


class SealParameters(Parameters):
    """The documents that must bear a seal, with the words that name the sealed page in a notice."""

    places: dict[Kind, str]


def judge_seal(case: Case, parameters: SealParameters) -> Verdict:
    states: list[tuple[str, str, Document]] = []
    for kind, words in parameters.places.items():
        found = [(_state(case, document, kind), words, document) for document in case.of_kind(kind)]
        if found:
            states.append(min(found, key=lambda state: _STATES.index(state[0])))
    trace = tuple(f"{name_of(document)}{words}：{_WORDS[state]}{''.join(_read_on(document))}" for state, words, document in states)
    evidence = whole_documents(document for _, _, document in states)
    if not states:
        return Verdict("nothing_to_look_at", trace=("没有申报书，也没有承诺书",))
    for state in ("absent", "unclear"):
        named = [f"{name_of(document)}{words}" for found, words, document in states if found == state]
        if named:
            return Verdict(state, {"papers": "、".join(named)}, evidence=evidence, trace=trace)
    papers = [(name_of(document) + words, document) for found, words, document in states if found == "anothers"]
    others = [f"{paper}的印文识别为“{another_name(case, document)}”" for paper, document in papers]
    if others:
        return Verdict("anothers", {"papers": "；".join(others)}, evidence=evidence, trace=trace)
    sealed = "、".join(f"{name_of(document)}{words}" for _, words, document in states)
    return Verdict("pass", {"papers": sealed}, evidence=evidence, trace=trace)


def alike(words: str, name: str) -> bool:
    """Whether the words read on a seal are a firm's name, but for what recognition may get wrong."""
    from rapidfuzz import fuzz

    return fuzz.ratio(fold(words), fold(name)) >= _ALIKE


def another_name(case: Case, document: Document) -> str:
    """The names on the seals of the pages to be sealed, where all were read surely and none is the applicant's; else empty."""
    applicant = case.applicant()
    seals = _seals(document)
    if not applicant or not seals or not all(_sure(seal) for seal in seals):
        return ""
    return "" if any(alike(seal.text or "", applicant) for seal in seals) else "、".join(dict.fromkeys(seal.text or "" for seal in seals))


def _sure(seal: Seal) -> bool:
    """Whether the words on a seal were read, and so surely that they may be held against a name. A cut seal shows a part of them."""
    return seal.text is not None and seal.shape != "edge" and (seal.text_confidence or 0.0) >= _RING_SURE


def _state(case: Case, document: Document, kind: Kind) -> str:
    """Whether the page bears a seal, and the applicant's; unclear for a Word file, a copy without colour, or a page not looked at."""
    content = document.file.content
    pages = pages_to_seal(document, kind)
    first, last = document.page_range or (1, len(content.pages))
    if any(signature.page is None or first <= signature.page <= last for signature in content.signatures):
        return "sealed"
    if _seals(document):
        return "anothers" if another_name(case, document) else "sealed"
    return "absent" if pages and all(page.colour is True for page in pages) else "unclear"


def _seals(document: Document) -> list[Seal]:
    numbers = {page.number for page in pages_to_seal(document, document.kind)}
    return [seal for seal in document.file.content.seals if seal.page in numbers]


def _read_on(document: Document) -> Iterator[str]:
    """What was read on the document's seals, for the trace."""
    for seal in _seals(document):
        if seal.text:
            sure = "" if seal.text_confidence is None else f"（识别把握{seal.text_confidence:.0%}）"
            yield f"；第{seal.page}页印文“{seal.text}”{sure}"


def pages_to_seal(document: Document, kind: Kind) -> tuple[Page, ...]:
    """The form's cover: its first page that is not blank; of a commitment every page."""
    content = document.file.content
    first, last = document.page_range or (1, len(content.pages))
    pages = tuple(page for page in content.pages if first <= page.number <= last)
    if kind is not Kind.FORM:
        return pages
    return next(((page,) for page in pages if content.text[page.start : page.end].strip() or page.quality != "blank"), pages[:1])


SEAL = Predicate(
    name="sealed",
    meaning="The form's cover and the commitment each bear a seal, and no other name than the applicant's can be read on it.",
    parameters=SealParameters,
    situations={
        "pass": situation("pass", "sealed", "papers"),
        "absent": situation("fail", "a page in colour without a seal", "papers"),
        "anothers": situation("review", "a seal whose words, as recognised, are not the applicant's name", "papers"),
        "unclear": situation("review", "a Word file or a copy without colour", "papers"),
        "nothing_to_look_at": situation("not_applicable", "neither form nor commitment"),
    },
    judge=judge_seal,
)
