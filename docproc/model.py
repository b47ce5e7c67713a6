"""The nouns of the house: what a package, a document, a claim, a finding and a report are.

Two kinds of type live here. What crosses the border to a user (Claim, Finding, Report and their parts) is a frozen pydantic
model: `model_dump(mode="json")` of it is what `--json` writes, and the published schema is made from it. What only travels
between rooms (Content, Page, Block, Document) is a frozen dataclass: cheap to make, picklable, compared by value.

Offsets are half-open, in code points, into a document's *source text*: what the reader yields before any repair.
Boxes are (x0, y0, x1, y1) in PDF points from the page's top left.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, JsonValue

SCHEMA_VERSION = 1

Box = tuple[float, float, float, float]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


# --- words of a fixed vocabulary ---------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What one item of a checklist came to (CHECKLISTS: outcomes)."""

    PASS = "pass"
    FAIL = "fail"
    MISSING = "missing"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"


class PackageOutcome(StrEnum):
    """What a whole package came to."""

    PASS = "pass"
    DEFICIENT = "deficient"
    INELIGIBLE = "ineligible"
    REVIEW = "review"


class Status(StrEnum):
    """Whether a claim is the applicant's own, now; or why it is not one."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    QUOTED = "quoted"
    THIRD_PARTY = "third_party"
    SUPERSEDED = "superseded"


class Kind(StrEnum):
    """What a document is in the package."""

    FORM = "form"  # 申报书
    LICENCE = "licence"  # 营业执照
    AUDIT = "audit"  # 审计报告, 财务报表
    MATURITY = "maturity"  # 成熟度评估报告
    CREDIT = "credit"  # 信用报告
    COMMITMENT = "commitment"  # 承诺书
    SAFETY = "safety"  # 安全环保证明, 无事故证明
    RECOMMENDATION = "recommendation"  # 推荐函
    FILING = "filing"  # 备案表, 认定文件
    PATENT = "patent"  # 知识产权证书
    ANNEX = "annex"  # part of the package, none of these
    UNKNOWN = "unknown"


class Script(StrEnum):
    """The script a document is written in."""

    HANS = "hans"
    HANT = "hant"
    MIXED = "mixed"
    NONE = "none"


class Stage(StrEnum):
    """Who checks: the district, which is itself the one to recommend, or the city."""

    DISTRICT = "district"
    CITY = "city"


# --- what a reader yields ----------------------------------------------------------------------------------------------


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


class PageQuality(StrEnum):
    """Whether a page's text can be used."""

    TEXT = "text"
    PICTURE = "picture"  # a scan: no text layer to speak of
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


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a table cell stands. A merged cell is one block, with its spans."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
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

    @property
    def span(self) -> Span:
        """The document's range in its file's source text."""
        pages = self.file.content.pages
        if self.page_range is None or not pages:
            return Span(0, len(self.file.content.text))
        first, last = self.page_range
        return Span(pages[first - 1].start, pages[last - 1].end)


# --- what extraction yields for one document ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """The applicant's words on a judgement topic. `verbatim`: only a copy of the rule's own words."""

    topic: str
    status: Status
    verbatim: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of a form as the applicant left it. `required` where the form itself marks it, else null."""

    label: str
    value: str
    evidence: tuple[Evidence, ...]
    required: bool | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document."""

    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()
    fields: tuple[FilledField, ...] = ()


# --- what a user sees --------------------------------------------------------------------------------------------------


class Public(BaseModel):
    """A frozen model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Public):
    """A place in the package. `quote == source_text[start:end]`; all three are null for a document as a whole."""

    document: str
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    box: Box | None = None
    boxes: tuple[Box, ...] | None = None
    confidence: float | None = None  # of recognised text (OCR); null for text that was read


class Cue(Public):
    """A word that decided a claim's reading (negation, plan, quotation …), with its place in the source text."""

    role: str
    text: str
    start: int | None = None
    end: int | None = None


class Claim(Public):
    """One row of CLAIMS: what is claimed, by whom it counts, and where it stands."""

    id: str = ""
    name: str
    value: JsonValue
    qualifiers: Mapping[str, JsonValue] = Field(default_factory=dict)
    status: Status = Status.ASSERTED
    evidence: tuple[Evidence, ...] = ()
    cues: tuple[Cue, ...] = ()


class Basis(Public):
    """The article that a finding rests on, with the words quoted from it."""

    regulation: str
    article: str
    quote: str
    note: str = ""  # e.g. 惯例，以当年申报通知为准


class Finding(Public):
    """One item's outcome for one package."""

    item: str
    title: str
    outcome: Outcome
    message: str
    remedy: str = ""
    correctable: bool | None = None
    basis: Basis | None = None
    claims: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    judgement: bool = False
    trace: tuple[str, ...] = ()


class ProblemEntry(Public):
    code: str
    message: str


class LossEntry(Public):
    code: str
    message: str
    count: int = 1
    pages: tuple[int, ...] = ()


class SealEntry(Public):
    page: int
    box: Box
    confidence: float
    shape: str
    text: str | None = None


class DocumentEntry(Public):
    """A document as the report lists it."""

    id: str
    path: str
    kind: Kind
    pages: int | None = None
    page_range: tuple[int, int] | None = None
    script: Script = Script.NONE
    year: int | None = None
    title: str = ""
    owner: str | None = None
    reason: str = ""
    sha256: str = ""
    text_sha256: str = ""
    problems: tuple[ProblemEntry, ...] = ()
    losses: tuple[LossEntry, ...] = ()
    seals: tuple[SealEntry, ...] = ()


class Mention(Public):
    """A fact as one document states it."""

    document: str
    claim: str
    value: JsonValue
    rank: int  # 1 strongest: authority; see facts.py
    speaker: str  # authority, auditor, assessor, self_assessment, form, other


class Fact(Public):
    """The same fact across documents: every mention, whether they agree, and which source is the stronger."""

    name: str
    qualifiers: Mapping[str, JsonValue] = Field(default_factory=dict)
    value: JsonValue = None  # of the strongest source
    mentions: tuple[Mention, ...] = ()
    conflict: bool = False
    stronger: str | None = None  # document id


class PackageEntry(Public):
    name: str
    path: str
    applicant: str | None = None
    sha256: str = ""
    problems: tuple[ProblemEntry, ...] = ()
    skipped: tuple[str, ...] = ()


class ChecklistEntry(Public):
    id: str
    title: str
    as_of: date
    in_force: bool
    window: tuple[date, date] | None = None
    stage: Stage = Stage.CITY
    note: str = ""  # plain words where the regulation is not in force on that day


class MadeBy(Public):
    docproc: str
    code: str = ""
    checklist: str = ""
    notice_list: str = ""
    vocabulary: str = ""
    opencc: str = ""


class Report(Public):
    """What `docproc check --json` writes for one package."""

    schema_version: int = SCHEMA_VERSION
    package: PackageEntry
    checklist: ChecklistEntry | None
    outcome: PackageOutcome
    documents: tuple[DocumentEntry, ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    made_by: MadeBy

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, ready for `json.dump`."""
        return self.model_dump(mode="json")
