"""The pictures beside the evidence show the place, with the words marked."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from docproc.demo import samples
from docproc.readers.page_crops import DPI, Place, crop_pdf, crop_picture, dump
from docproc.render.crops import AT_MOST, evidence_pictures
from docproc.render.html import report_html
from docproc.review import review
from tests.readers.drawing import lines, pdf

BOX = (72.0, 120.0, 200.0, 140.0)


def opened(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)


def marked(pixels: np.ndarray) -> tuple[int, int, int, int]:
    """The yellow rectangle of a crop, in pixels."""
    yellow = np.argwhere((pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 170) & (pixels[:, :, 0] - pixels[:, :, 2] > 80))
    (y0, x0), (y1, x1) = yellow.min(axis=0), yellow.max(axis=0)
    return int(x0), int(y0), int(x1) + 1, int(y1) + 1


def test_a_pdf_s_place_is_shown_with_its_surroundings_and_marked() -> None:
    (picture,) = crop_pdf(dump([Place(1, (BOX,))]), pdf(lines("一", "成熟度等级：一级", "三")))
    pixels = opened(picture)
    x0, y0, x1, y1 = marked(pixels)
    assert abs((x1 - x0) - 128 * DPI / 72) <= 3
    assert abs((y1 - y0) - 20 * DPI / 72) <= 3
    assert y0 > 20
    assert pixels[y0:y1, x0:x1].min() < 60  # the words under the colour stay black


def test_a_picture_s_place_is_found_at_its_own_resolution() -> None:
    page = Image.new("RGB", (1654, 2339), "white")
    buffer = io.BytesIO()
    page.save(buffer, "PNG", dpi=(200, 200))
    x0, _, x1, _ = marked(opened(crop_picture(dump([Place(1, (BOX,))]), buffer.getvalue())[0]))
    assert abs((x1 - x0) - 128 * DPI / 72) <= 3


def test_a_place_that_cannot_be_drawn_costs_its_own_picture_alone() -> None:
    wide = Place(1, ((10.0, 700.0, 10_000.0, 20_000.0),))
    first, second, third = crop_pdf(dump([Place(7, (BOX,)), wide, Place(1, (BOX,))]), pdf(lines("一")))
    assert (first, bool(second), bool(third)) == (b"", True, True)


@pytest.mark.parametrize("name", ["tj-basic-careless"])
def test_what_needs_attention_is_shown_in_the_report(name: str) -> None:
    sample = next(sample for sample in samples() if sample.id == name)
    done = review(sample.path, sample.checklist, sample.as_of)
    pictures = evidence_pictures(done.report, done.package)
    assert 0 < len(pictures) <= AT_MOST
    for finding in done.report.findings:
        placed = [evidence for evidence in done.report.evidence_of(finding) if evidence.boxes]
        if finding.outcome in ("fail", "missing", "review") and placed:
            assert placed[0] in pictures
    page = report_html(done.report, pictures=pictures)
    assert page.count('<img class="crop"') >= len(pictures)
    assert json.dumps(page) == json.dumps(report_html(done.report, pictures=evidence_pictures(done.report, done.package)))
