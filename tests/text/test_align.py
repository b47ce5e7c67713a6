from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.model import Span
from docproc.text.align import Alignment, Edit, apply, rewrite


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text and a few rounds of edits, each round valid for the text of the round before."""
    text = draw(st.text(alphabet="天津市abc 1\n", max_size=30))
    rounds: list[list[Edit]] = []
    current = text
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(current)), max_size=8)))
        edits = [Edit(start, end, draw(st.text(alphabet="xyz", max_size=3))) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
        rounds.append(edits)
        current = rewrite(current, edits)
    return text, rounds


@given(texts_and_edits())
def test_every_span_leads_back_to_the_source(drawn: tuple[str, list[list[Edit]]]) -> None:
    source, rounds = drawn
    text, alignment = source, Alignment.identity(len(source))
    for edits in rounds:
        text, alignment = apply(text, alignment, edits)
    assert len(alignment) == len(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            place = alignment.to_source(start, end)
            assert 0 <= place.start <= place.end <= len(source)
            assert place.start < place.end or not source
            inner = alignment.to_source(start, start + 1)
            assert place.start == inner.start
            if text[start:end] and source:
                back = alignment.to_normal(*place)
                assert back.start <= start < end <= back.end


@given(texts_and_edits())
def test_characters_that_no_edit_touched_keep_their_place(drawn: tuple[str, list[list[Edit]]]) -> None:
    source, rounds = drawn
    text, alignment = source, Alignment.identity(len(source))
    for edits in rounds:
        text, alignment = apply(text, alignment, edits)
    for position, character in enumerate(text):
        place = alignment.to_source(position, position + 1)
        if character not in "xyz" and place.end - place.start == 1:
            assert source[place.start] == character


def test_a_replaced_region_maps_to_the_whole_region() -> None:
    text, alignment = apply("甲乙丙丁", Alignment.identity(4), [Edit(1, 3, "西")])
    assert text == "甲西丁"
    assert alignment.to_source(1, 2) == Span(1, 3)
    assert alignment.to_source(0, 3) == Span(0, 4)
    assert alignment.to_normal(2, 3) == Span(1, 2)


def test_a_deleted_region_is_left_out_at_the_borders_and_covered_inside() -> None:
    text, alignment = apply("發(fā)展", Alignment.identity(6), [Edit(1, 5, "")])
    assert text == "發展"
    assert alignment.to_source(0, 1) == Span(0, 1)
    assert alignment.to_source(0, 2) == Span(0, 6)


def test_an_insertion_maps_to_its_neighbour() -> None:
    _, alignment = apply("甲乙", Alignment.identity(2), [Edit(1, 1, "+")])
    assert alignment.to_source(1, 2) == Span(0, 1)
    _, alignment = apply("甲", Alignment.identity(1), [Edit(0, 0, "+")])
    assert alignment.to_source(0, 1) == Span(0, 1)


def test_a_parallel_edit_keeps_each_character_s_place() -> None:
    _, alignment = apply("營業", Alignment.identity(2), [Edit(0, 2, "营业", parallel=True)])
    assert alignment.to_source(1, 2) == Span(1, 2)


def test_alignments_compose() -> None:
    inner = Alignment.identity(6).edited([Edit(0, 2, "")])
    outer = Alignment.identity(4).edited([Edit(1, 3, "x")])
    assert outer.through(inner).to_source(1, 2) == Span(3, 5)


@pytest.mark.parametrize("edits", [[Edit(2, 3, ""), Edit(0, 1, "")], [Edit(0, 9, "")], [Edit(0, 2, "abc", parallel=True)]])
def test_edits_out_of_order_or_place_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        rewrite("天津市", edits)
