"""Vocabulary is read strictly, and every list of it compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.words import lexicon


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(lexicon, "VOCABULARY", tmp_path)
    lexicon.vocabulary.cache_clear()
    yield tmp_path
    lexicon.vocabulary.cache_clear()


def test_a_key_given_twice_is_refused(shelf: Path) -> None:
    (shelf / "twice.yaml").write_text("a: [x]\na: [y]\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError, match="duplicate"):
        lexicon.vocabulary("twice")


def test_a_list_of_words_holds_text_only(shelf: Path) -> None:
    (shelf / "bare.yaml").write_text("answers: [yes, 1]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not a list of words"):
        lexicon.words("bare", "answers")


def test_a_vocabulary_is_a_mapping(shelf: Path) -> None:
    (shelf / "list.yaml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="mapping"):
        lexicon.vocabulary("list")


def test_the_longest_word_wins_and_a_mask_hides_its_cue() -> None:
    assert lexicon.alternatives(["未", "未来", "从未"]).split("|") == ["从未", "未来", "未"]
    text = "无锡公司无事故，未来工厂未达产"
    assert [text[start:end] for start, end in lexicon.find_cues(text, "context", "negation")] == ["无", "未"]


@given(st.lists(st.text("未无发生", min_size=1, max_size=4), min_size=1, max_size=8), st.text("未无发生，", max_size=30))
def test_a_tree_of_words_finds_what_the_list_of_them_finds(words: list[str], text: str) -> None:
    for frame in ("{}", "(?:{})(?=，)", "生(?:{})$"):  # alone, and where what follows asks for a shorter word
        flat, tree = (re.compile(frame.format(each(words))) for each in (lexicon.alternatives, lexicon.tree_of))
        assert [match.span() for match in tree.finditer(text)] == [match.span() for match in flat.finditer(text)]


def test_a_rule_that_goes_on_over_a_line_holds_no_blank(shelf: Path) -> None:
    (shelf / "made.yaml").write_text("told: >-\n  停产|\n  停工\nplain: 在 建\n", "utf-8")
    rule = lexicon.rules("made")
    assert rule("told").fullmatch("停工")
    assert rule("plain").fullmatch("在 建")
    with pytest.raises(KeyError):
        rule("unsaid")


def test_a_shared_part_stands_in_the_expressions_that_name_it() -> None:
    assert lexicon.patterns("handling", "granted_labels_patterns").search("入选时间")
    every = [str(lexicon.vocabulary(file.stem)) for file in lexicon.VOCABULARY.glob("*.yaml") if file.stem != "shared"]
    assert not any(re.search("%[a-z_]+%", text) for text in every)


def test_a_shared_part_that_there_is_not_is_refused(shelf: Path) -> None:
    (shelf / "shared.yaml").write_text("granted: 获评\n", encoding="utf-8")
    (shelf / "made.yaml").write_text('told: ["(?:%granted%)级", "占比5%"]\nuntold: "%unknown%"\n', encoding="utf-8")
    with pytest.raises(KeyError, match="unknown"):
        lexicon.vocabulary("made")


def test_a_shared_list_gives_items_to_a_list_and_alternatives_to_an_expression(shelf: Path) -> None:
    (shelf / "shared.yaml").write_text("partners: [客商, 供方, 供货方]\n", encoding="utf-8")
    (shelf / "made.yaml").write_text('others: ["%partners%", 同行]\nheads: ["(?:%partners%)名称"]\n', encoding="utf-8")
    assert lexicon.words("made", "others") == ("客商", "供方", "供货方", "同行")
    assert lexicon.words("made", "heads") == ("(?:供货方|供方|客商)名称",)
