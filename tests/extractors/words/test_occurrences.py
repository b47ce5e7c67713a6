"""Where something stands in a text, by stretch and by place."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from docproc.model import Span
from extractors.words.occurrences import Covered, Occurrences

_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1])), max_size=8)


def test_a_stretch_holds_what_reaches_into_it() -> None:
    found = Occurrences(re.compile("基础级|先进级"), "申报先进级，已获基础级")
    assert found.places == [Span(2, 5), Span(8, 11)]
    assert found.any_in(4, 6)
    assert found.any_in(0, 3)
    assert not found.any_in(5, 8)
    assert not found.any_in(11, 20)


@given(_SPANS, st.integers(0, 60))
def test_a_place_is_covered_where_one_of_the_stretches_holds_it(stretches: list[Span], position: int) -> None:
    assert Covered(stretches).holds(position) is any(stretch.start <= position < stretch.end for stretch in stretches)
