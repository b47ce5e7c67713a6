"""What the annotated copies say and where: one note a place, from the findings that ask for something."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from docproc.model import Box, Evidence, Finding, Outcome, Report, Script
from docproc.render.words import word
from docproc.text.outgoing import finish, names_of, shield_within

#: The findings that an applicant has to do something about, or a person has to decide; what passes needs no note.
NOTED: Final = (Outcome.FAIL, Outcome.MISSING, Outcome.REVIEW)
AUTHOR: Final = "形式审查"
INITIALS: Final = "审"


@dataclass(frozen=True, slots=True)
class Note:
    """A note at a place of a file: the range of its source text, and on paged files the page and its rectangles.

    `start` and `page` are None for a note to the file as a whole. `quote` is what stands at the place, to be checked before writing.
    """

    text: str
    outcome: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy with its notes: how many of them stand at the very words, of how many."""

    data: bytes
    placed: int
    notes: int


def notes_of(report: Report, script: Script = Script.HANS) -> dict[str, tuple[Note, ...]]:
    """The notes for each file of the package, by its path; files without any are left out.

    A finding without a place of its own goes to the file in which the thing was looked for: to its first page, as a note to the whole.
    """
    paths = {document.id: document.path for document in report.documents}
    names = tuple(names_of(report))
    found: dict[tuple[str, Evidence], list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome in NOTED:
            for evidence in _places(report, finding):
                found.setdefault((paths[evidence.document], evidence), []).append(finding)
    notes: dict[str, list[Note]] = {}
    for (path, evidence), findings in found.items():
        text = "\n\n".join(finish(shield_within(_words(finding), names), script) for finding in findings)
        notes.setdefault(path, []).append(_note(text, findings, evidence))
    return {path: tuple(_merged(each)) for path, each in notes.items()}


def dump(notes: Sequence[Note]) -> str:
    """Notes as JSON, for the child process that writes them."""
    return json.dumps([asdict(note) for note in notes], ensure_ascii=True)


def load(text: str) -> tuple[Note, ...]:
    """Notes as `dump` wrote them."""
    return tuple(Note(**{**entry, "boxes": tuple(tuple(box) for box in entry["boxes"])}) for entry in json.loads(text))


def _places(report: Report, finding: Finding) -> tuple[Evidence, ...]:
    evidence = report.evidence_of(finding)
    if evidence:
        return evidence
    looked_at = [document for kind in finding.looks_at for document in report.documents if document.kind is kind]
    return tuple(Evidence(document=document.id, page=document.page_range[0] if document.page_range else None) for document in looked_at[:1])


def _words(finding: Finding) -> str:
    """The note itself: what was found, what to do, by which article."""
    lines = [f"【{word('outcomes', finding.outcome)}】{finding.title}（{finding.item}）", finding.message]
    if finding.remedy:
        lines.append(f"要求：{finding.remedy}")
    if finding.basis is not None:
        lines.append(f"依据：《{finding.basis.regulation.strip('《》')}》{finding.basis.article}")
    return "\n".join(line for line in lines if line)


def _note(text: str, findings: Sequence[Finding], evidence: Evidence) -> Note:
    return Note(
        text=text,
        outcome=min((finding.outcome for finding in findings), key=NOTED.index).value,
        start=evidence.start,
        end=evidence.end,
        quote=evidence.quote,
        page=evidence.page,
        boxes=evidence.boxes or (),
    )


def _merged(notes: Iterable[Note]) -> Iterator[Note]:
    """In the order of the file; the notes to a file as a whole in one, before the others."""
    placed = sorted((note for note in notes if note.start is not None), key=lambda note: (note.start or 0, note.end or 0))
    whole = [note for note in notes if note.start is None]
    if whole:
        text = "\n\n".join(dict.fromkeys(note.text for note in whole))
        first = min((note.page for note in whole if note.page is not None), default=None)
        yield Note(text=text, outcome=min((note.outcome for note in whole), key=[each.value for each in NOTED].index), page=first)
    yield from placed
