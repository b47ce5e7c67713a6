"""What a text claims does not depend on which of two words of the same meaning it uses.

Each of the project's own texts that uses a word of `corpora/words_exchanged.yaml` has one word exchanged, by its name: the same
words, the same way, in each run. A known difference is listed there with its reason, and fails the test when it is none any more.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from zlib import crc32

import pytest
import yaml

from docproc.extract import extract_claims
from docproc.model import Status
from tests.extractors.corpus import HERE
from tests.extractors.labelled import CASES, texts

_CORPUS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "words_exchanged.yaml").read_text(encoding="utf-8"))


@cache
def _told(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((claim.name, str(claim.value)) for claim in extract_claims(text) if claim.status is Status.ASSERTED)


def _exchanged(name: str, text: str) -> tuple[str, str] | None:
    """The word of a text that is exchanged, and the one that takes its place; None where it uses none of them."""
    used = [word for word in _CORPUS["words"] if word in text]
    if not used:
        return None
    number = crc32(name.encode())
    word = used[number % len(used)]
    others = [other for other in _CORPUS["words"][word] if other not in text]
    return (word, others[number // 7 % len(others)]) if others else None


def _parameters() -> list[Any]:
    parameters = []
    for file in sorted((CASES / "own").glob("*.jsonl")):
        for case in texts(file):
            pair = _exchanged(case.id, case.text)
            if pair is not None:
                known = _CORPUS["known"].get(case.id)
                marks = (pytest.mark.xfail(reason=known, strict=True),) if known else ()
                parameters.append(pytest.param(case.text, *pair, id=case.id, marks=marks))
    return parameters


@pytest.mark.parametrize(("text", "word", "other"), _parameters())
def test_the_same_is_claimed(text: str, word: str, other: str) -> None:
    exchanged = {(name, value.replace(word, other)) for name, value in _told(text)}
    assert _told(text.replace(word, other)) == exchanged
