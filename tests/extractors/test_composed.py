"""Sentences put together of words that may stand for one another claim what their frame says, whichever words are chosen.

`corpora/composed.yaml` holds the words and the frames; of each frame a fixed choice of its sentences is read, the same in every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import yaml

from docproc.extract import extract_claims
from docproc.model import Status
from tests.extractors.corpus import HERE

_CORPUS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "composed.yaml").read_text(encoding="utf-8"))
_WORDS: dict[str, list[str]] = _CORPUS["words"]
_SLOT = re.compile(r"\{(\w+)\}")
READ = 60  # sentences of a frame


def _sentences(name: str, frame: str) -> Iterator[str]:
    """As many sentences as are read: each slot's word is chosen by the frame's name, the slot and the number of the sentence."""
    for number in range(READ):
        yield _SLOT.sub(lambda slot: _word(slot[1], f"{name}/{slot.start()}/{number}"), frame)  # noqa: B023  used at once


def _word(slot: str, choice: str) -> str:
    words = _WORDS[slot]
    return words[crc32(choice.encode()) % len(words)]


def _told(text: str) -> set[tuple[str, str]]:
    return {(claim.name, str(claim.value)) for claim in extract_claims(text) if claim.status is Status.ASSERTED} - _NAMES


_NAMES = {("company.name", "天津凌越机械有限公司"), ("company.name", "上海某机械有限公司")}  # who is named, beside what is told


@pytest.mark.parametrize("name", list(_CORPUS["frames"]))
def test_every_choice_of_words_claims_the_same(name: str) -> None:
    frame = _CORPUS["frames"][name]
    wanted = {(claim, str(value)) for claim, value in frame["claims"].items()}
    wrong = {text: told for text in _sentences(name, frame["text"]) if (told := _told(text)) != wanted}
    assert wrong == {}
