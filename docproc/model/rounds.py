"""The second round: what became of what was asked for, what is new, and what was changed without being asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field, JsonValue

from docproc.model.findings import Public
from docproc.model.words import Kind, Outcome, PackageOutcome


class RoundState(StrEnum):
    """What became of a deficiency that the first notice named."""

    CURED = "cured"
    PARTLY = "partly"
    OPEN = "open"
    REVIEW = "review"  # a person must judge whether it is cured


class DocumentState(StrEnum):
    """What became of a document between the rounds."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Place(Public):
    """A place in the package of one round, by path: document ids count anew in each round. `quote` is source text, never repaired."""

    path: str
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


class DocumentPair(Public):
    """A document of the first round beside its successor."""

    kind: Kind
    state: DocumentState
    before: str | None = None  # path
    now: str | None = None
    before_id: str | None = None
    now_id: str | None = None
    asked: bool = True  # whether the notice gave reason to add, change or withdraw it


class RoundEntry(Public):
    """A deficiency that the first notice named, then and now, side by side."""

    item: str
    title: str
    state: RoundState
    before_outcome: Outcome
    now_outcome: Outcome | None = None  # null where the checklist has the item no more
    before: str
    now: str
    cured: tuple[str, ...] = ()  # of what was asked for one by one, what is there now
    still_open: tuple[str, ...] = ()
    before_places: tuple[Place, ...] = ()
    now_places: tuple[Place, ...] = ()


class NewProblem(Public):
    """A deficiency that the first notice did not name. `caused` by what was handed in since; else a person must decide what to do."""

    item: str
    title: str
    outcome: Outcome
    before_outcome: Outcome | None = None
    message: str
    caused: bool
    places: tuple[Place, ...] = ()


class SilentChange(Public):
    """Something that reads otherwise than in the first round though nobody asked for it, side by side."""

    what: str  # name of the claim, or `text`
    qualifiers: Mapping[str, JsonValue] = Field(default_factory=dict)
    kind: Kind
    before: str | None = None
    now: str | None = None
    before_places: tuple[Place, ...] = ()
    now_places: tuple[Place, ...] = ()


class SecondRound(Public):
    """A report against the one before it."""

    previous_as_of: date | None = None
    previous_sha256: str = ""
    previous_outcome: PackageOutcome
    notes: tuple[str, ...] = ()  # what could not be compared, in Chinese
    documents: tuple[DocumentPair, ...] = ()
    noticed: tuple[RoundEntry, ...] = ()
    new: tuple[NewProblem, ...] = ()
    changes: tuple[SilentChange, ...] = ()
    changes_left_out: int = 0  # found beyond the number that a report lists
