"""A sample whose papers were printed and scanned comes to what the original came to, or is left to a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from docproc.demo import samples
from docproc.model import Outcome, PackageOutcome, Report
from docproc.review import review
from tests.readers.ocr.scanning import rendered, scanned_pdf

SAMPLES = {sample.id: sample for sample in samples()}


def reports(sample_id: str, scanned: tuple[str, ...], folder: Path) -> tuple[Report, Report]:
    """The sample's report, and that of a copy in which the files whose names begin so are scans."""
    sample = SAMPLES[sample_id]
    copy = folder / sample.path.name
    shutil.copytree(sample.path, copy)
    replaced = [path for path in sorted(copy.iterdir()) if path.name.startswith(scanned)]
    assert len(replaced) == len(scanned)
    for path in replaced:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
        document.close()
        path.write_bytes(scanned_pdf([rendered(path, number) for number in range(1, count + 1)]))
    original = review(sample.path, as_of=sample.as_of).report
    assert original.checklist is not None
    return original, review(copy, original.checklist.id, sample.as_of).report


@pytest.mark.slow
def test_a_clean_sample_with_scanned_papers_passes_or_is_for_a_person(tmp_path: Path) -> None:
    original, scanned = reports("tj-advanced-clean", ("02", "08", "09", "10"), tmp_path)
    assert original.outcome is PackageOutcome.PASS
    changed = {
        item.item: item for before, item in zip(original.findings, scanned.findings, strict=True) if before.outcome is not item.outcome
    }
    assert {item.outcome for item in changed.values()} <= {Outcome.REVIEW}
    assert set(changed) <= {"FORM-name"}
    assert all("识别" in item.message for item in changed.values())


@pytest.mark.slow
def test_a_sample_with_an_accident_on_a_scanned_page_does_not_pass(tmp_path: Path) -> None:
    original, scanned = reports("tj-advanced-accident", ("6",), tmp_path)
    assert original.outcome is not PackageOutcome.PASS
    assert scanned.outcome is not PackageOutcome.PASS
    worse = {before.item for before in original.findings if before.outcome in {Outcome.FAIL, Outcome.MISSING}}
    assert not worse & {item.item for item in scanned.findings if item.outcome is Outcome.PASS}
