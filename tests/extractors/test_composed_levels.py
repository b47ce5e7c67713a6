"""Levels of factories and of maturity in sentences put together of words claim what their frame says, whichever words are chosen.

`corpora/composed_levels.yaml` holds the frames and words of its own beside those of `corpora/composed.yaml`; of each frame a fixed choice
of its sentences is read, the same in every run. A frame may say which qualifiers each of its claims has, and which sentences (a pattern)
are known to be read wrong, with the reason: at least one of them is, or the entry has to go.
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


def _corpus(file: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return found


_LEVELS = _corpus("composed_levels.yaml")
_WORDS: dict[str, list[str]] = _corpus("composed.yaml")["words"] | _LEVELS["words"]
_FRAMES: dict[str, dict[str, Any]] = _LEVELS["frames"]
_SLOT = re.compile(r"\{(\w+)\}")
READ = 30  # sentences of a frame


def _sentences(name: str, frame: str) -> Iterator[str]:
    """As many sentences as are read: each slot's word is chosen by the frame's name, the slot and the number of the sentence."""
    for number in range(READ):
        yield _SLOT.sub(lambda slot: _word(slot[1], f"{name}/{slot.start()}/{number}"), frame)  # noqa: B023  used at once


def _word(slot: str, choice: str) -> str:
    words = _WORDS[slot]
    return words[crc32(choice.encode()) % len(words)]


def _wrong(text: str, frame: dict[str, Any]) -> set[tuple[str, str]] | None:
    """What is claimed, where it is not what the frame says."""
    claims = [claim for claim in extract_claims(text) if claim.status is Status.ASSERTED]
    told = {(claim.name, str(claim.value)) for claim in claims} - _NAMES
    if told != {(name, str(value)) for name, value in frame["claims"].items()}:
        return told
    narrowed: dict[str, dict[str, Any]] = frame.get("qualifiers", {})
    unlike = {
        (f"{claim.name}.{key}", str(claim.qualifiers.get(key)))
        for claim in claims
        for key, value in narrowed.get(claim.name, {}).items()
        if str(claim.qualifiers.get(key)) != str(value)
    }
    return unlike or None


_NAMES = {("company.name", "天津凌越机械有限公司"), ("company.name", "上海某机械有限公司")}  # who is named, beside what is told


@pytest.mark.parametrize("name", list(_FRAMES))
def test_every_choice_of_words_claims_the_same_levels(name: str) -> None:
    frame = _FRAMES[name]
    known: dict[str, str] = frame.get("known", {})
    wrong = {text: told for text in _sentences(name, frame["text"]) if (told := _wrong(text, frame)) is not None}
    assert [pattern for pattern in known if not any(re.search(pattern, text) for text in wrong)] == []
    assert {text: told for text, told in wrong.items() if not any(re.search(pattern, text) for pattern in known)} == {}
