"""What only travels between rooms: what a reader yields from a file, and a package's documents. Cheap, picklable, compared by value."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from docproc.model.words import Kind

Box = tuple[float, float, float, float]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


as_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)  # of a pair: texts hold thousands, and this takes half the time


class Role(StrEnum):
    """What a block is on its page. The last five are not part of the running text."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    TEXTBOX = "textbox"
    NOTE = "note"  # footnote, endnote
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    WATERMARK = "watermark"
    HIDDEN = "hidden"

    @property
    def in_running_text(self) -> bool:
        return self not in (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.WATERMARK, Role.HIDDEN)


class PageQuality(StrEnum):
    """Whether a page's text can be used."""

    TEXT = "text"
    PICTURE = "picture"  # a scan: no text layer to speak of
    RECOGNISED = "recognised"  # a scan whose text was recognised
    GARBLED = "garbled"  # a text layer that is not sound (no ToUnicode, private-use glyphs …)
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `start:end` is its text in the source; `char_boxes` holds four floats a code point of that range, or nothing."""

    number: int
    start: int
    end: int
    width: float
    height: float
    quality: PageQuality = PageQuality.TEXT
    reason: str = ""
    char_boxes: array[float] = field(default_factory=lambda: array("f"))
    colour: bool | None = None  # whether the page shows any colour; None where it was not looked at
    look: str = ""  # of a page that is a picture: a digest by which the same picture is known again


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of the source text that was recognised from a picture: how sure each code point is, from `start` on (0-1)."""

    start: int
    confidences: array[float]

    @property
    def end(self) -> int:
        return self.start + len(self.confidences)


class PictureLook(NamedTuple):
    """A picture of a page in a file that has no pages: where its words stand in the source, and its look (as of a page)."""

    start: int
    end: int
    look: str


class CellPlace(NamedTuple):
    """Where a table cell stands. A merged cell is one block, with its spans. A tuple, as Block: a file has tens of thousands of them."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Block(NamedTuple):
    """A piece of text with one role, in reading order. Its text is the join of its source spans (one a line) with LF."""

    role: Role
    spans: tuple[Span, ...]
    page: int | None = None
    cell: CellPlace | None = None
    level: int | None = None  # of a heading, where known


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a document that was not read. Forbids the word «missing» where it could hide the thing."""

    code: str  # unread_page, encrypted, unsupported, damaged, revisions, hidden_text, picture, too_large, timeout …
    message: str  # Chinese: what was not read
    count: int = 1
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, in words for a person."""

    code: str
    message: str


class Residue(StrEnum):
    """Traces of editing that a final Word file must not hold (FORM-draft)."""

    INSERTION = "insertion"
    DELETION = "deletion"
    COMMENT = "comment"
    HIDDEN_TEXT = "hidden_text"


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace of editing. `span` where it stands in the source text (a deletion stands between characters)."""

    residue: Residue
    span: Span
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A red stamp found on a page. «Found» is never «genuine»."""

    page: int
    box: Box
    confidence: float  # 0–1
    shape: str = "round"  # round, oval, edge (cut by the page's edge)
    text: str | None = None  # the ring's text where it was read
    text_confidence: float | None = None  # of recognised text
    picture: bytes = field(default=b"", repr=False)  # JPEG, small


@dataclass(frozen=True, slots=True)
class Signature:
    """An electronic signature in a PDF or OFD, as the file states it; not verified."""

    signer: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of a PDF or a heading of the same use."""

    title: str
    page: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader yields from one file."""

    format: str  # docx, pdf, txt, xlsx, image, unsupported …
    text: str = ""
    pages: tuple[Page, ...] = ()  # empty where the format has no pages
    blocks: tuple[Block, ...] = ()
    losses: tuple[Loss, ...] = ()
    problems: tuple[Problem, ...] = ()
    traces: tuple[Trace, ...] = ()
    seals: tuple[Seal, ...] = ()
    signatures: tuple[Signature, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    recognised: tuple[Recognised, ...] = ()  # in the order of the text
    pictures: tuple[PictureLook, ...] = ()  # of a file without pages, those that may be papers


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a package after reading. `path` is relative to the package, with `/`."""

    path: str
    sha256: str
    content: Content


@dataclass(frozen=True, slots=True)
class SourcePackage:
    """A package after reading. `skipped` counts the system files passed over (Thumbs.db, ~$… )."""

    name: str
    path: str
    sha256: str
    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()


class DateRole(StrEnum):
    """What a date on a document says about the document."""

    SIGNED = "signed"  # 落款日期, 填报日期, 出具日期
    QUERIED = "queried"  # 查询时间 of a credit report
    VALID_UNTIL = "valid_until"  # 营业期限至, 有效期至
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """A date that a document gives about itself. `iso` may be impossible (2025-02-30): then `possible` is false."""

    role: DateRole
    iso: str
    span: Span  # in the source text
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a package, or one part of a bound file with its page range (inclusive, from 1)."""

    id: str
    file: SourceFile
    kind: Kind
    page_range: tuple[int, int] | None = None
    year: int | None = None  # of an audit report or statement; the last where it covers several
    title: str = ""
    dates: tuple[DocumentDate, ...] = ()
    reason: str = ""  # why it was taken for this kind, in Chinese
    years: tuple[int, ...] = ()  # all the years that an audit report or statement covers
    speaker: str = ""  # who speaks in it: authority, auditor, assessor, self_assessment, form, other
    by_name: bool = False  # only its name or its place in a bound file tells the kind: nothing that was read shows it

    @property
    def span(self) -> Span:
        """The document's range in its file's source text."""
        pages = self.file.content.pages
        if self.page_range is None or not pages:
            return Span(0, len(self.file.content.text))
        first, last = self.page_range
        return Span(pages[first - 1].start, pages[last - 1].end)
