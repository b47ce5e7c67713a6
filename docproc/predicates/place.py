"""Places in words for people: which file, which part of a bound file, which page, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from docproc.library import load_yaml, shelf
from docproc.model import Claim, Document, Evidence, Kind
from docproc.predicates.case import HIDING_PROBLEMS, Case, unread

_QUOTE = 60  # code points of a quote that are shown


def file_name(document: Document) -> str:
    """The document's file name for people, in 《》."""
    return f"《{PurePosixPath(document.file.path).name or document.id}》"


def name_of(document: Document, page: int | None = None) -> str:
    """The file, its page and, where several papers are bound into one file, which paper: 《全套材料.pdf》第11页（营业执照）."""
    name = file_name(document)
    if document.page_range is None:
        return name + (f"第{page}页" if page is not None else "")
    first, last = document.page_range if page is None else (page, page)
    pages = f"第{first}页" if first == last else f"第{first}—{last}页"
    return f"{name}{pages}（{kind_names().get(document.kind.value, document.kind.value)}）"


@lru_cache(maxsize=1)
def kind_names() -> dict[str, str]:
    """What each kind of paper is called."""
    return dict(load_yaml(shelf("templates") / "words.yaml")["kinds"])


def unread_parts(document: Document) -> Iterator[str]:
    """What of the document was not read, in words."""
    for pages in unread(document):
        listed = f"第{'、'.join(map(str, pages[:6]))}页"
        if not pages or document.page_range is None:
            yield file_name(document) + (listed if pages else "")
        else:
            yield f"{file_name(document)}{listed}（{kind_names()[document.kind.value]}）"


def losses_in(case: Case, kinds: Iterable[Kind]) -> tuple[str, ...]:
    """What was not read in documents of these kinds or of unknown kind, in words; empty where everything was read."""
    wanted = {*kinds, Kind.UNKNOWN}
    skipped = ("材料包中没有读取的文件",) if any(problem.code in HIDING_PROBLEMS for problem in case.problems) else ()
    return (*(words for document in case.documents if document.kind in wanted for words in unread_parts(document)), *skipped)


def place(case: Case, entries: Sequence[Evidence]) -> str:
    """A place for people: file, page and the words that stand there; pieces of one page (a label and its value) are joined."""
    first = entries[0]
    document = case.document(first.document)
    if first.quote is None:
        return name_of(document)
    pieces = [entry.quote for entry in entries if entry.quote and (entry.document, entry.page) == (first.document, first.page)]
    quote = " ".join(" ".join(pieces[:4]).split())
    return f"{name_of(document, first.page)}“{quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + '…'}”"


def places(case: Case, claims: Sequence[Claim] = (), evidence: Sequence[Evidence] = (), most: int = 3) -> str:
    """Where the claims and the evidence stand, at most `most` places; the rest are counted."""
    seen: list[str] = []
    for entries in [*(claim.evidence for claim in claims if claim.evidence), *((entry,) for entry in evidence)]:
        words = place(case, entries)
        if words not in seen:
            seen.append(words)
    more = f"等{len(seen)}处" if len(seen) > most else ""
    return "、".join(seen[:most]) + more


def stated_at(case: Case, claim: Claim) -> str:
    """The claim's place and words; for a name, a code or an address the value itself."""
    document = case.source_of(claim)
    if document is None:
        return f"“{claim.value}”"
    if not isinstance(claim.value, str):
        return place(case, claim.evidence)
    page = next((entry.page for entry in claim.evidence if entry.page is not None), None)
    return f"{name_of(document, page)}“{claim.value}”"
