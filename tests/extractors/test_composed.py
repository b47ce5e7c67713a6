"""Sentences put together of words that may stand for one another claim what their frame says, whichever words are chosen.

`corpora/composed.yaml` holds the words and the frames, `corpora/composed_records.yaml` more of both; of each frame a fixed choice of its
sentences is read, the same in every run. A frame of the latter may say what its claims hold besides (`qualifiers`; * stands for any end).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any
from zlib import crc32

import pytest
import yaml

from docproc.extract import extract_claims
from docproc.model import Claim, Status
from tests.extractors.corpus import HERE


def _corpus(file: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return found


_CORPUS, _RECORDS = _corpus("composed.yaml"), _corpus("composed_records.yaml")
_WORDS: dict[str, list[str]] = _CORPUS["words"] | _RECORDS["words"]
_SLOT = re.compile(r"\{(\w+)\}")
READ = 60  # sentences of a frame
READ_RECORDS = 24  # … of those in the second file, of which there are many


def _sentences(name: str, frame: str, read: int) -> Iterator[str]:
    """As many sentences as are read: each slot's word is chosen by the frame's name, the slot and the number of the sentence."""
    for number in range(read):
        yield _SLOT.sub(lambda slot: _word(slot[1], f"{name}/{slot.start()}/{number}"), frame)  # noqa: B023  used at once


def _word(slot: str, choice: str) -> str:
    words = _WORDS[slot]
    return words[crc32(choice.encode()) % len(words)]


def _told(text: str) -> list[Claim]:
    """What a sentence claims of the applicant, beside its name."""
    return [claim for claim in extract_claims(text) if claim.status is Status.ASSERTED and (claim.name, str(claim.value)) not in _NAMES]


_NAMES = {("company.name", "天津凌越机械有限公司"), ("company.name", "上海某机械有限公司")}  # who is named, beside what is told


@pytest.mark.parametrize("name", list(_CORPUS["frames"]))
def test_every_choice_of_words_claims_the_same(name: str) -> None:
    frame = _CORPUS["frames"][name]
    wanted = {(claim, str(value)) for claim, value in frame["claims"].items()}
    told = {text: {(claim.name, str(claim.value)) for claim in _told(text)} for text in _sentences(name, frame["text"], READ)}
    assert {text: claims for text, claims in told.items() if claims != wanted} == {}


def _differs(claim: Claim, qualifiers: dict[str, Any]) -> dict[str, Any]:
    """The qualifiers of a claim that are not what is wanted."""
    return {key: claim.qualifiers.get(key) for key, value in qualifiers.items() if not _is(claim.qualifiers.get(key), value)}


def _is(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return isinstance(found, (list, tuple)) and sorted(found) == sorted(wanted)
    return fnmatchcase(str(found), wanted) if isinstance(wanted, str) else bool(found == wanted)


@pytest.mark.parametrize("name", list(_RECORDS["frames"]))
def test_every_choice_of_words_keeps_the_record(name: str) -> None:
    frame = _RECORDS["frames"][name]
    qualifiers = frame.get("qualifiers", {})
    wanted = sorted((claim, str(value)) for claim, values in frame["claims"].items() for value in _listed(values))
    wrong: dict[str, Any] = {}
    for text in _sentences(name, frame["text"], READ_RECORDS):
        told = _told(text)
        if (claims := sorted((claim.name, str(claim.value)) for claim in told)) != wanted:
            wrong[text] = claims
        elif differing := [found for claim in told if (found := _differs(claim, qualifiers.get(claim.name, {})))]:
            wrong[text] = differing
    assert wrong == {}


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]
