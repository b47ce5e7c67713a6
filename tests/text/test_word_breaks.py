"""What a break inside a word saves is told without weighing runs that no word joins: weighing all of them gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text import lexicon
from docproc.text.lexicon import bits_saved

_SAID = "近三年未发生安全生产事故，未被列入经营异常名录，智能制造能力成熟度自评估等级为二级，职工三百二十人"
_RUN = st.one_of(
    st.text("公司安全生产事故列入经营异常名录有限住所评估等级二", max_size=12), st.builds(lambda at: _SAID[at : at + 9], st.integers(0, 40))
)


def _weighed(run: str) -> float:
    """The least that the words of a run cost, every way of parting it tried."""
    words = lexicon._simple_words()
    cheapest = [0.0]
    for end in range(1, len(run) + 1):
        ways = (
            cheapest[start] + words.get(run[start:end], lexicon._UNKNOWN_BITS if end - start == 1 else lexicon._NEVER)
            for start in range(max(0, end - lexicon._LONGEST_RUN), end)
        )
        cheapest.append(min(ways))
    return cheapest[-1]


@given(_RUN, _RUN)
def test_words_that_stand_on_both_sides_are_all_that_counts(before: str, after: str) -> None:
    one, two = before[-lexicon._LONGEST_RUN :], after[: lexicon._LONGEST_RUN]
    assert bits_saved(before, after) == pytest.approx(_weighed(one) + _weighed(two) - _weighed(one + two), abs=1e-6)


def test_a_parted_word_tells_and_a_label_does_not() -> None:
    assert bits_saved("被列入经营异", "常名录") > 10
    assert bits_saved("天津某某有限公司", "住所") == 0
