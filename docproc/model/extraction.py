"""What extraction yields for one document."""

from __future__ import annotations

from dataclasses import dataclass

from docproc.model.findings import Claim, Evidence
from docproc.model.words import Status


@dataclass(frozen=True, slots=True)
class Passage:
    """The applicant's words on a judgement topic. `verbatim`: only a copy of the rule's own words; `unclear`: words under a heading that
    asks for the topic, of which it is not known whether they state it."""

    topic: str
    status: Status
    verbatim: bool
    evidence: tuple[Evidence, ...]
    unclear: bool = False


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
