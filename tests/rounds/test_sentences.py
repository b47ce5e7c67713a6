"""Sentence by sentence: every difference is found, nothing equal is called different, in bounded time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.rounds.sentences import differences, page_at

PIECES = ["甲公司。", "乙公司。", "产量提高；", "营收\t100\n", "第二页\f", " 空 白 。", "丙", "\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_putting_the_new_words_in_place_of_the_old_gives_the_new_text(before: str, now: str) -> None:
    pieces, at = [], 0
    for change in differences(before, now):
        assert 0 <= change.before[0] <= change.before[1] <= len(before)
        assert 0 <= change.now[0] <= change.now[1] <= len(now)
        assert bare(before[slice(*change.before)]) != bare(now[slice(*change.now)])
        pieces += [before[at : change.before[0]], now[slice(*change.now)]]
        at = change.before[1]
    assert bare("".join([*pieces, before[at:]])) == bare(now)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself_however_it_is_broken(text: str) -> None:
    assert list(differences(text, text)) == []
    assert list(differences(text, text.replace("公司", "公\n司"))) == []


def test_a_long_text_of_equal_lines_is_compared_in_bounded_steps() -> None:
    lines = "同一行。" * 6000
    found = list(differences(lines + "甲。" + lines, lines + "乙。" + lines))
    assert len(found) == 1
    many = "".join(f"第{n}行。" for n in range(9000))
    assert len(list(differences(many, many.replace("行", "列")))) == 1


def test_pages_are_counted_by_form_feeds() -> None:
    assert [page_at("一\f二\f三", position) for position in (0, 2, 4)] == [1, 2, 3]
    assert page_at("一二", 1) is None
