"""What is claimed and what is found, as a user sees it: evidence, claims, findings. Frozen models that refuse unknown fields."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from docproc.model.content import Box
from docproc.model.words import Kind, Outcome, Status


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
    """A word that decided a claim's reading (negation, plan …) or the clause judged (scope), with its place in the source text."""

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
    looks_at: tuple[Kind, ...] = ()  # kinds of document that could show the condition
    papers: tuple[Kind, ...] = ()  # kinds of document that must be handed in (anew) to put it right; empty where changing one suffices
    cured_by: Kind | None = None  # the kind of document whose handing in puts it right by itself
    points: tuple[str, ...] = ()  # what the remedy asks for, one by one: 2024年; 2025年
