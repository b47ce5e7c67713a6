"""Documents that a package holds twice: the same file, or the same text in another file or another part of a bound one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docproc.model import Document

if TYPE_CHECKING:
    from docproc.text.view import View

_TELLING = 60  # characters without spaces: a divider's few words are alike without being a document twice


def repeated(documents: Sequence[Document], views: Mapping[str, View]) -> dict[str, str]:
    """For each document that an earlier one already is, that one's id. By the file's bytes where both are whole files, else by the text."""
    files: dict[str, str] = {}
    texts: dict[str, str] = {}
    found: dict[str, str] = {}
    for document in documents:
        text = "".join(views[document.id].text.split())
        earlier = None
        if document.page_range is None and document.file.sha256:
            earlier = files.setdefault(document.file.sha256, document.id)
        if earlier in {None, document.id} and len(text) >= _TELLING:
            earlier = texts.setdefault(text, document.id)
        if earlier not in {None, document.id}:
            found[document.id] = str(earlier)
    return found


def in_words(documents: Sequence[Document], found: Mapping[str, str]) -> list[str]:
    """A sentence for each of them."""
    by_id = {document.id: document for document in documents}
    sentences = []
    for later, earlier in found.items():
        one, other = by_id[later], by_id[earlier]
        same_file = one.page_range is None and other.page_range is None and one.file.sha256 == other.file.sha256
        what = "是同一份文件" if same_file else "文字完全相同"
        sentences.append(f"{place(one)}与{place(other)}{what}，请核对是否重复提交或放错。")
    return sentences


def place(document: Document) -> str:
    """A document in words: its file, and its pages where it is a part of it."""
    name = f"“{document.file.path}”"
    if document.page_range is None:
        return name
    first, last = document.page_range
    return f"{name}第 {first} 页" if first == last else f"{name}第 {first}–{last} 页"
