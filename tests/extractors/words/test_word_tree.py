"""All places of all words, overlapping ones too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.words.word_tree import WordTree

_CHARACTERS = "甲乙公司12 \n\uffff\U0001f600"
_WORDS = st.lists(st.text(alphabet=_CHARACTERS, min_size=1, max_size=4), max_size=8, unique=True)


def _slowly(words: list[str], text: str) -> set[tuple[int, str]]:
    return {(place, word) for word in words for place in range(len(text)) if text.startswith(word, place)}


@given(_WORDS, st.text(alphabet=_CHARACTERS + "其", max_size=40))
def test_the_same_is_found_as_word_by_word(words: list[str], text: str) -> None:
    places, numbers = WordTree(words).find(text)
    found = [(place, words[number]) for place, number in zip(places.tolist(), numbers.tolist(), strict=True)]
    assert set(found) == _slowly(words, text)
    assert len(found) == len(set(found))
    assert found == sorted(found, key=lambda entry: (entry[0], len(entry[1])))


def test_words_in_words_and_words_that_overlap() -> None:
    words = ["重大事故", "大事", "事故", "故"]
    places, numbers = WordTree(words).find("无重大事故")
    assert [(place, words[number]) for place, number in zip(places.tolist(), numbers.tolist(), strict=True)] == [
        (1, "重大事故"),
        (2, "大事"),
        (3, "事故"),
        (4, "故"),
    ]


def test_no_words_and_no_text() -> None:
    assert WordTree([]).find("文字")[0].size == 0
    assert WordTree(["字"]).find("")[0].size == 0
    assert WordTree(["字"]).find("\ud800字")[0].tolist() == [1]
