"""A reading comes back from its record as it went in; whatever else is in a record is no reading."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.model import (
    Block,
    CellPlace,
    Content,
    Loss,
    OutlineEntry,
    Page,
    PageQuality,
    PictureLook,
    Problem,
    Recognised,
    Residue,
    Role,
    Seal,
    Signature,
    Span,
    Trace,
)
from docproc.readers.record import NoReadingError, packed, unpacked
from docproc.readers.table import read_bytes

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "packages" / "tj-advanced-accident"
FULL = Content(
    format="pdf",
    text="申报书\n\ud800𠮷",
    pages=(Page(1, 0, 6, 595.0, 841.9, PageQuality.RECOGNISED, "扫描", array("f", [0.1] * 24), True, "ab"), Page(2, 6, 6, 595, 842)),
    blocks=(Block(Role.CELL, (Span(0, 2), Span(4, 6)), 1, CellPlace(1, 2, 3)), Block(Role.HEADING, (Span(0, 3),), level=1)),
    losses=(Loss("hidden_text", "有隐藏文字", 2, (1, 2)),),
    problems=(Problem("wrong_extension", "后缀"),),
    traces=(Trace(Residue.DELETION, Span(3, 3), "删", "某"),),
    seals=(Seal(1, (1.0, 2.0, 3.5, 4.0), 0.75, "round", "某某公司", None, b"\xff\xd8"),),
    signatures=(Signature("某", 2),),
    outline=(OutlineEntry("一", 1),),
    recognised=(Recognised(0, array("f", [0.9, 0.25])),),
    pictures=(PictureLook(1, 3, "0f"),),
)


def test_everything_a_reading_can_hold_comes_back() -> None:
    assert unpacked(packed(FULL)) == FULL
    assert unpacked(packed(Content("txt"))) == Content("txt")


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_real_files_come_back(path: Path) -> None:
    content = read_bytes(path.name, path.read_bytes())
    assert unpacked(packed(content)) == content


@given(st.integers(0, len(packed(FULL)) - 1), st.integers(0, 255))
def test_a_changed_byte_is_another_reading_or_none(place: int, byte: int) -> None:
    data = bytearray(packed(FULL))
    data[place] = byte
    try:
        found = unpacked(bytes(data))
    except NoReadingError:
        return
    assert isinstance(found, Content)
    for block in found.blocks:
        assert all(0 <= span.start <= span.end <= len(found.text) for span in block.spans)


@given(st.integers(0, len(packed(FULL)) - 1))
def test_a_record_cut_short_is_none(length: int) -> None:
    with pytest.raises(NoReadingError):
        unpacked(packed(FULL)[:length])


def changed(field: int, value: object) -> bytes:
    """A record whose field of that place is something else."""
    data = packed(FULL)
    head = data.index(b"\n") + 17
    size = int.from_bytes(data[head - 16 : head - 8], "big")
    plain = json.loads(data[head : head + size])
    plain[field] = value
    words = json.dumps(plain).encode()
    return data[: head - 16] + len(words).to_bytes(8, "big") + data[head - 8 : head] + words + data[head + size :]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (0, 1),
        (1, None),
        (1, ["申"]),
        (3, [["cell", [[0, 99]], None, None, None]]),
        (3, [["cell", [[2, 1]], None, None, None]]),
        (3, [["drawing", [[0, 1]], None, None, None]]),
        (3, [["cell", [[0, True]], None, None, None]]),
        (3, [["cell", [[0, 1]], None, None]]),
        (4, "a"),
        (4, [{"code": "x"}]),
        (7, [[1, [1, 2, 3], 1, "round", None, None, ""]]),
        (7, [[1, [1, 2, 3, 4], 1, "round", None, None, "?"]]),
        (10, [[0, 3]]),
        (10, [[5, 2]]),
        (10, [[0, -2]]),
        (10, []),
        (11, [[4, 99, "0f"]]),
    ],
)
def test_what_the_model_does_not_hold_is_refused(field: int, value: object) -> None:
    with pytest.raises(NoReadingError):
        unpacked(changed(field, value))


def test_deep_nesting_is_refused() -> None:
    words = b"[" * 200_000
    data = packed(FULL)
    head = data.index(b"\n") + 1
    with pytest.raises(NoReadingError):
        unpacked(data[:head] + len(words).to_bytes(8, "big") + bytes(8) + words)


def test_what_is_no_plain_value_is_not_packed() -> None:
    with pytest.raises(TypeError):
        packed(replace(FULL, outline=({},)))  # type: ignore[arg-type]
