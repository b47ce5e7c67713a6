"""The report: `model_dump(mode="json")` of it is what `--json` writes, and the published schema is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, JsonValue

from docproc.model.content import Box, DateRole
from docproc.model.findings import Claim, Evidence, Finding, Public
from docproc.model.precheck import PreCheck
from docproc.model.rounds import SecondRound
from docproc.model.words import Kind, PackageOutcome, Script, Stage

SCHEMA_VERSION = 1


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
    text_confidence: float | None = None  # of recognised text; null where the file states it
    picture: str = ""  # base64 of a small JPEG, empty where there is none


class SignatureEntry(Public):
    """An electronic signature as the file states it; not verified."""

    signer: str
    page: int | None = None


class DateEntry(Public):
    """A date that a document gives about itself. `date` is ISO 8601 and may be impossible (2025-02-30): then `possible` is false."""

    role: DateRole
    date: str
    possible: bool = True


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
    owner: str | None = None  # the firm that it names as its own
    dates: tuple[DateEntry, ...] = ()
    same_as: str | None = None  # the id of an earlier document that it repeats
    reason: str = ""
    sha256: str = ""
    text_sha256: str = ""
    problems: tuple[ProblemEntry, ...] = ()
    losses: tuple[LossEntry, ...] = ()
    seals: tuple[SealEntry, ...] = ()
    signatures: tuple[SignatureEntry, ...] = ()


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


class SceneEntry(Public):
    """A typical scene by its name, and where the form tells of it (nowhere: empty)."""

    name: str
    group: str
    evidence: tuple[Evidence, ...] = ()


class CoverageEntry(Public):
    """A link of the factory with its scenes, and where the form tells of it. For the reader; no verdict rests on it."""

    link: str
    name: str
    evidence: tuple[Evidence, ...] = ()
    scenes: tuple[SceneEntry, ...] = ()


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
    deadline: date | None = None  # the year's notice list's own last day
    notice_list: str = ""  # what that list is called
    note: str = ""  # plain words where the regulation is not in force on that day
    regulation: str = ""
    valid_from: date | None = None  # the regulation's own term
    valid_to: date | None = None


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
    coverage: tuple[CoverageEntry, ...] = ()
    made_by: MadeBy
    masked: bool = False  # identity and mobile numbers masked; offsets are those of the unmasked texts (mask.py)
    precheck: PreCheck | None = None  # for the enterprise, where asked for
    second_round: SecondRound | None = None  # against the report of the first round, where one was given

    def evidence_of(self, finding: Finding) -> tuple[Evidence, ...]:
        """Where a finding stands: its own evidence, else the first place of each claim that it rests on."""
        if finding.evidence:
            return finding.evidence
        claims = {claim.id: claim for claim in self.claims}
        return tuple(dict.fromkeys(claims[id_].evidence[0] for id_ in finding.claims if id_ in claims and claims[id_].evidence))

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, ready for `json.dump`."""
        return self.model_dump(mode="json")
