"""Memory does not grow with the length of a document: it is read piece by piece, and of each piece only what was found is kept."""

from __future__ import annotations

import tracemalloc

import pytest

from docproc import extract
from extractors.words import per_text

PIECE = 6_000
PARAGRAPH = "公司持续推进数字化改造，车间设备联网率稳步提高，生产计划由系统排定并下达到工位，质量数据逐批归档。\n"


def _peak(pieces: int) -> int:
    """Bytes at the peak of reading a text of so many pieces, beyond the text itself."""
    text = PARAGRAPH * (pieces * PIECE // len(PARAGRAPH))
    tracemalloc.start()
    try:
        assert [claim for found in extract._docs(text, None, None) for claim in found.claims] == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_peak_memory_is_that_of_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "LONGEST_DOC", PIECE)
    _peak(2)  # patterns and vocabularies are loaded once
    short, long = _peak(4), _peak(16)
    assert long < 1.3 * short


def test_nothing_of_a_text_is_kept_when_it_has_been_read() -> None:
    extract.process("天津甲有限公司位于天津市东丽区。\n近三年\t事故\t0\n2023年\t无\t0\n" * 20)
    assert [cached for cached in per_text._KEPT if cached.cache_info().currsize] == []
    assert len(per_text._KEPT) > 15
