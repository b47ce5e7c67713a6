"""The copies of a package's own files: every place is annotated at its words, originals stay, names are safe, what cannot be is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from docproc.demo import Sample, samples
from docproc.model import Evidence, Residue
from docproc.readers.package import originals
from docproc.readers.word import read
from docproc.render import annotate_pdf, annotate_word
from docproc.render.annotations import Note, dump, notes_of
from docproc.render.copies import annotated_copies
from docproc.review import Review, review

SAMPLES = {sample.id: sample for sample in samples()}


def reviewed(name: str) -> Review:
    sample: Sample = SAMPLES[name]
    return review(sample.path, sample.checklist, sample.as_of)


@pytest.fixture(scope="module")
def accident() -> Review:
    return reviewed("tj-advanced-accident")


def test_every_place_of_every_claim_is_annotated_at_its_words(accident: Review) -> None:
    """All evidence of a package, not only that of its defects: at least 99 % at the exact words, nothing elsewhere."""
    report = accident.report
    paths = {document.id: document.path for document in report.documents}
    places: dict[str, list[Evidence]] = {}
    for evidence in dict.fromkeys(each for claim in report.claims for each in claim.evidence):
        places.setdefault(paths[evidence.document], []).append(evidence)
    total = exact = 0
    for path, data in originals(accident.package, places):
        notes = [Note("注", "fail", e.start, e.end, e.quote, e.page, e.boxes or ()) for e in places[path]]
        writer = annotate_word if path.endswith("docx") else annotate_pdf
        copy = writer.annotate(dump(notes), data)
        total += copy.notes
        exact += copy.placed
        if writer is annotate_word:
            content = read(copy.data)
            found = Counter(content.text[t.span.start : t.span.end] for t in content.traces if t.residue is Residue.COMMENT)
            assert found == Counter(note.quote for note in notes)
    assert total > 100
    assert exact >= 0.99 * total


def test_originals_stay_and_copies_have_safe_names(accident: Review) -> None:
    folder = Path(accident.package.path)
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    copies = list(annotated_copies(accident.report, accident.package))
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
    assert copies
    for copy in copies:
        assert copy.annotated is not None
        assert "/" not in copy.name
        assert copy.annotated.data not in before.values()


def test_each_defect_with_a_place_has_its_note(accident: Review) -> None:
    notes = [note for each in notes_of(accident.report).values() for note in each]
    noted = "\n".join(note.text for note in notes)
    for finding in accident.report.findings:
        if finding.outcome in ("fail", "review") and accident.report.evidence_of(finding):
            assert f"（{finding.item}）" in noted
    assert all(note.quote is None or note.start is not None for note in notes)


def test_a_file_that_has_changed_since_the_review_gets_no_notes(accident: Review) -> None:
    files = tuple(replace(file, sha256="0" * 64) for file in accident.package.files)
    assert not list(annotated_copies(accident.report, replace(accident.package, files=files)))
