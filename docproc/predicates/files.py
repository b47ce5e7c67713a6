"""The files themselves: do they open, is their text read, are traces of editing left in them (FORM-readable, FORM-draft)."""

from __future__ import annotations

from collections.abc import Iterator

from docproc.evidence import locate, whole_document, whole_documents
from docproc.model import Document, Evidence, PageQuality, Residue
from docproc.predicates.case import HIDING_LOSSES, Case, unread
from docproc.predicates.place import file_name, unread_parts
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation

#: Losses of pages whose pictures hold text that no recognition read: for a person, not the applicant's fault as such.
_UNRECOGNISED = frozenset({"unread_page"})
#: Losses that make a file useless as it is, even where some of its text was read.
_USELESS = frozenset({"damaged", "encrypted"})


class ReadableParameters(Parameters):
    """No parameters."""


def judge_readable(case: Case, parameters: ReadableParameters) -> Verdict:
    files = {document.file.path: document for document in case.documents}
    broken = [document for document in files.values() if _broken(document)]
    whole = {document.file.path for document in broken}
    scans = [document for document in case.documents if document.file.path not in whole and any(True for _ in unread(document))]
    trace = [f"共{len(files)}个文件", f"打不开或读不出的{len(broken)}个", f"有扫描页未识别的{len({scan.file.path for scan in scans})}个"]
    package_problems = "；".join(problem.message for problem in case.problems)
    if broken or case.problems:
        listed = [f"{file_name(document)}（{_why(document)}）" for document in broken]
        fills = {"files": "；".join([*listed, *([package_problems] if package_problems else [])])}
        return Verdict("unreadable", fills, evidence=whole_documents(broken), trace=tuple(trace))
    if scans:
        fills = {"files": "；".join(words for document in scans for words in unread_parts(document))}
        return Verdict("unrecognised", fills, evidence=tuple(_unread_pages(scans)), trace=tuple(trace))
    return Verdict("pass", {"count": str(len(files))}, evidence=whole_documents(files.values()), trace=tuple(trace))


def _unread_pages(documents: list[Document]) -> Iterator[Evidence]:
    """The pages that were not read, each as a place of its own; the document as a whole where its format has no pages."""
    for document in documents:
        pages = [page for part in unread(document) for page in part]
        yield from (Evidence(document=document.id, page=page) for page in pages)
        if not pages:
            yield whole_document(document)


def _broken(document: Document) -> bool:
    content = document.file.content
    codes = {loss.code for loss in content.losses}
    if codes & _USELESS:
        return True
    return not content.text.strip() and not _scanned(document) and bool(content.problems or codes & HIDING_LOSSES - _UNRECOGNISED)


def _scanned(document: Document) -> bool:
    return any(page.quality is PageQuality.PICTURE for page in document.file.content.pages)


def _why(document: Document) -> str:
    content = document.file.content
    return "、".join(dict.fromkeys([problem.message for problem in content.problems] or [loss.message for loss in content.losses])).rstrip(
        "。"
    )


class DraftParameters(Parameters):
    """The formats that can hold traces of editing, and the traces' names."""

    formats: tuple[str, ...]
    residue_names: dict[Residue, str]


def judge_draft(case: Case, parameters: DraftParameters) -> Verdict:
    files = {document.file.path: document for document in case.documents if document.file.content.format in parameters.formats}
    if not files:
        return Verdict("no_word_file", trace=("没有 Word 文件",))
    found: list[str] = []
    evidence: list[Evidence] = []
    for document in files.values():
        counts: dict[Residue, int] = {}
        shown = len(evidence)
        for trace in document.file.content.traces:
            counts[trace.residue] = counts.get(trace.residue, 0) + 1
            if len(evidence) < 10 and trace.span.end > trace.span.start:
                evidence += locate(document, [trace.span])
        if counts and len(evidence) == shown:  # what was deleted stands nowhere any more
            evidence.append(whole_document(document))
        if counts:
            words = "、".join(f"{parameters.residue_names[residue]}{count}处" for residue, count in counts.items())
            found.append(f"{file_name(document)}有{words}")
    steps = (f"检查了{len(files)}个 Word 文件",)
    if found:
        return Verdict("traces", {"traces": "；".join(found)}, evidence=tuple(dict.fromkeys(evidence)), trace=steps)
    return Verdict("pass", {"count": str(len(files))}, evidence=whole_documents(files.values()), trace=steps)


READABLE = Predicate(
    name="readable",
    meaning="Every file opens and its text can be read.",
    parameters=ReadableParameters,
    situations={
        "pass": situation("pass", "all read", "count"),
        "unreadable": situation("fail", "damaged, encrypted, empty or unsupported files", "files"),
        "unrecognised": situation("review", "scanned pages that no text recognition read", "files"),
    },
    judge=judge_readable,
    papers=True,
)

DRAFT = Predicate(
    name="draft",
    meaning="No tracked change, comment or hidden text is left in a word-processor file.",
    parameters=DraftParameters,
    situations={
        "pass": situation("pass", "none found", "count"),
        "traces": situation("fail", "traces of editing", "traces"),
        "no_word_file": situation("not_applicable", "there is no word-processor file"),
    },
    judge=judge_draft,
)
