"""Every pair of encodings: what was read with the wrong table is read as it was meant, or reported as lost."""

from __future__ import annotations

import random

import pytest

from docproc.text import normalise
from docproc.text.decode import undo_wrong_decoding
from tests.text.clean import sentences

SIMPLIFIED = ("utf-8", "gbk", "utf-16-le", "utf-16-be")
TRADITIONAL = ("utf-8", "big5", "gbk", "utf-16-le", "utf-16-be")
SHOWN = ("utf-8", "gbk", "gb18030", "big5", "latin-1", "cp1252", "utf-16-le", "utf-16-be")
PAIRS = [
    (script, meant, shown)
    for script, encodings in (("hans", SIMPLIFIED), ("hant", TRADITIONAL))
    for meant in encodings
    for shown in SHOWN
    if meant != shown and not (meant == "gbk" and shown == "gb18030")
]


@pytest.mark.parametrize(("script", "meant", "shown"), PAIRS)
def test_what_was_read_with_the_wrong_table(script: str, meant: str, shown: str) -> None:
    rng = random.Random(f"{script} {meant} {shown}")
    for _ in range(30):
        clean = sentences(rng, script)
        raw = clean.encode(meant, "ignore")
        clean = raw.decode(meant)
        seen = raw.decode(shown, "replace")
        nothing_lost = "\ufffd" not in seen and seen.encode(shown, "replace") == raw
        normal = normalise(seen)
        if nothing_lost:
            assert normal.text == normalise(clean).text, (clean, seen)
        else:
            assert normal.unrepaired or normal.text == normalise(clean).text, (clean, seen)


@pytest.mark.parametrize("script", ["hans", "hant"])
def test_what_was_read_rightly_stays(script: str) -> None:
    rng = random.Random(script)
    for _ in range(300):
        assert list(undo_wrong_decoding(sentences(rng, script))) == []


def test_places_are_kept_inside_a_long_run() -> None:
    clean = "公司建立智能工厂统筹规划机制" * 3
    seen = clean.encode("utf-8").decode("latin-1")
    normal = normalise(seen)
    assert normal.text == clean
    start = clean.index("智能")
    assert normal.source[slice(*normal.to_source(start, start + 2))].encode("latin-1").decode("utf-8") == "智能"
