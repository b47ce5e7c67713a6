from __future__ import annotations

from typing import Any

import pytest

from docproc.text import normalise
from docproc.text.slip import restore_slipped
from tests.text.corpus import cases
from tests.text.slipping import slipped

LOST = "\ufffd"


@pytest.mark.parametrize("case", cases("slip"), ids=lambda case: case["source"][:20])
def test_slipped_lines_are_restored(case: dict[str, Any]) -> None:
    assert [[edit.new, edit.certainty] for edit in restore_slipped(case["source"])] == case["originals"]
    if "text" in case:
        assert normalise(case["source"]).text == case["text"].strip()


@pytest.mark.parametrize("case", cases("slip"), ids=lambda case: case["source"][:20])
def test_the_original_damaged_again_gives_what_is_seen(case: dict[str, Any]) -> None:
    """The forward model: without one byte and without the pairs that stand for nothing, the original's bytes read as the source."""
    for edit in restore_slipped(case["source"]):
        if LOST in edit.new:
            continue
        seen = case["source"][edit.start + 1 : edit.end].translate(str.maketrans(";,:!", "；，：！"))
        assert slipped(edit.new) == seen


def test_hostile_text_is_left_in_time() -> None:
    assert list(restore_slipped("?。ㄒ唬┥" * 500)) == []
