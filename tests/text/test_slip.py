from __future__ import annotations

from typing import Any

import pytest

from docproc.text import normalise
from docproc.text.slip import restore_slipped
from tests.text.corpus import cases


@pytest.mark.parametrize("case", cases("slip"), ids=lambda case: case["source"][:20])
def test_slipped_lines_are_restored(case: dict[str, Any]) -> None:
    assert [[edit.new, edit.certainty] for edit in restore_slipped(case["source"])] == case["originals"]
    if "text" in case:
        assert normalise(case["source"]).text == case["text"].strip()


@pytest.mark.parametrize("case", cases("slip"), ids=lambda case: case["source"][:20])
def test_the_original_damaged_again_gives_what_is_seen(case: dict[str, Any]) -> None:
    """The forward model: without one byte and without the pairs that stand for nothing, the original's bytes read as the source."""
    for edit in restore_slipped(case["source"]):
        seen = case["source"][edit.start + 1 : edit.end].translate(str.maketrans(";,:!", "；，：！"))
        assert slipped(edit.new) == seen


def slipped(original: str) -> str:
    """What a decoder shows of the original after its first byte is lost."""
    data = original.encode("gbk")[1:]
    shown, position = "", 0
    while position < len(data):
        if data[position] < 0x80:
            shown += chr(data[position])
            position += 1
        else:
            shown += data[position : position + 2].decode("gbk", "ignore")
            position += 2
    return shown


def test_hostile_text_is_left_in_time() -> None:
    assert list(restore_slipped("?。ㄒ唬┥" * 500)) == []
