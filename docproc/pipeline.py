"""Runs the installed extractors over one normalised text.

An extractor is a spaCy pipeline component over a `Doc` whose text is *normalised* text. It reads what earlier components left
(`doc._.fields`, `doc._.context`) and appends `Match` objects to `doc._.claims`. The package that provides extractors is found
by the entry-point group `docproc.extractors`; it names a `PIPELINE`: a sequence of callables `Doc -> Doc` in running order. Where none of
its components reads tokens it says `READS_TOKENS = False`, and is given Docs that hold only the text: making tokens takes longer than most
families of claims do.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from docproc.errors import DocprocError
from docproc.model import Kind, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Component = Callable[["Doc"], "Doc"]

ENTRY_POINT_GROUP = "docproc.extractors"
LONGEST_DOC = 100_000  # code points; a longer text is cut at line breaks, so that memory stays bounded


class PlainTokenizer:
    """Numbers, Latin words, single blanks, else one character a token, so that `doc.text == text` and characters are tokens."""

    _token = re.compile(r"\d+(?:[,.]\d+)*|[A-Za-z]+|\s|.", re.DOTALL)

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = self._token.findall(text)
        doc: Doc = _doc_class()(self.vocab, words=words, spaces=[False] * len(words))
        doc.joined_text = text  # type: ignore[attr-defined]
        return doc

    def untokenized(self, text: str) -> Doc:
        """A Doc that holds the text and what components hang on it, and no tokens."""
        doc: Doc = _doc_class()(self.vocab)
        doc.joined_text = text  # type: ignore[attr-defined]
        return doc


@cache
def _doc_class() -> Any:
    """A Doc that remembers its text: spaCy joins it anew from the tokens at each look, which takes longer than the rules themselves."""
    from spacy.tokens import Doc

    class PlainDoc(Doc):  # type: ignore[misc, unused-ignore]
        joined_text: str

        @property
        def text(self) -> str:
            return self.joined_text

    return PlainDoc


def register_extensions() -> None:
    """Names what components hang on a Doc. Safe to call more than once."""
    from spacy.tokens import Doc

    for name, default in (
        ("claims", []),
        ("fields", []),
        ("passages", []),
        ("context", None),
        ("kind", None),
        ("applicant", None),
        ("ends_page", None),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


@cache
def language() -> Language:
    """The blank Chinese language with the own tokenizer and the Doc extensions; made once a process."""
    import spacy

    register_extensions()
    nlp = spacy.blank("zh")
    nlp.tokenizer = PlainTokenizer(nlp.vocab)
    nlp.max_length = LONGEST_DOC + 1
    return nlp


@cache
def pipeline() -> tuple[Component, ...]:
    """The components of every installed package of extractors, in running order.

    Raises DocprocError `extractors_missing` where none is installed: silence would look like a package without claims.
    """
    components = tuple(component for package in _packages() for component in package.PIPELINE)
    if not components:
        raise DocprocError("extractors_missing", group=ENTRY_POINT_GROUP)
    return components


def _packages() -> list[Any]:
    return [import_module(point.module) for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)]


@cache
def _reads_tokens() -> bool:
    return any(getattr(package, "READS_TOKENS", True) for package in _packages())


def blank_doc(text: str) -> Doc:
    """The Doc that the installed components are run on: with tokens where one of them reads any."""
    nlp = language()
    return nlp.make_doc(text) if _reads_tokens() else PlainTokenizer(nlp.vocab).untokenized(text)


EndsPage = Callable[[Span], bool]  # whether a stretch of the text is the last of its page; what stands there may be the page's number


def process(text: str, kind: Kind | None = None, applicant: str | None = None, ends_page: EndsPage | None = None) -> Doc:
    """Runs the pipeline over one normalised text of at most LONGEST_DOC code points."""
    doc = blank_doc(encodable(text))
    doc._.kind = kind
    doc._.applicant = applicant
    doc._.ends_page = ends_page
    for component in pipeline():
        doc = component(doc)
    _keep_what_is_loaded()
    return doc


@cache
def _keep_what_is_loaded() -> None:
    """Once a process, behind the first text: vocabularies and libraries stay, so the collector need not walk over them again and again.

    With them it takes a tenth of the time of a text. What a later text leaves behind is collected as ever.
    """
    gc.freeze()


def encodable(text: str) -> str:
    """Lone surrogates (broken decoding) as U+FFFD, one to one: spaCy stores its strings as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text
