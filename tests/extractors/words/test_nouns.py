"""Lines that hold a sign are those in which it is found, in order, each once."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.words.nouns import lines_with


@given(st.text("ab□\n", max_size=40))
def test_lines_with_a_sign(text: str) -> None:
    sign = re.compile("□|ab")
    found = [text[line.start : line.end] for line in lines_with(sign, text)]
    assert found == [line for line in text.split("\n") if sign.search(line)]
