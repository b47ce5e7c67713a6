"""Anchors are a superset: where an expression matches, the sieve has said that it may. A led expression finds what the bare one finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.words.anchors import Sieve, anchors, compiled, narrowed
from extractors.words.lexicon import VOCABULARY, vocabulary

OWN = Path(__file__).resolve().parents[2] / "cases" / "own"


@cache
def expressions() -> tuple[str, ...]:
    """Every string of the vocabularies that is an expression in itself."""
    found: list[str] = []
    for path in sorted(VOCABULARY.glob("*.yaml")):
        for text in _strings(vocabulary(path.stem)):
            try:
                re.compile(text)
            except re.error:
                continue
            found.append(text)
    return tuple(dict.fromkeys(found))


def _strings(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for value in entry.values():
            yield from _strings(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _strings(value)


@cache
def sentences() -> tuple[str, ...]:
    texts = [json.loads(line)["text"] for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(dict.fromkeys(part for text in texts for part in re.split(r"(?<=[。；\n])", text) if part))[::5]


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        ("市场份额|占有率", {"市场份额", "占有率"}),
        ("(?:已|均)?建成[^，。]{0,4}网", {"已建成", "均建成", "建成"}),
        ("[一二三]级", {"一级", "二级", "三级"}),
        ("第[一二]*级水平", {"级水平"}),
        ("(?:智能|智慧)制造(?=工厂)", {"智能制造", "智慧制造"}),
        ("(?:ab)+c", {"ab"}),
        (r"\d+万元", {"万元"}),
        (r"\d|首位", set()),
        ("(?i:mes)系统", {"系统"}),
        ("(?i)mes", set()),
        ("(?:甲|乙?)", set()),
        ("", set()),
    ],
)
def test_what_an_expression_needs(expression: str, needed: set[str]) -> None:
    assert anchors(expression) == needed


def test_no_expression_of_the_vocabularies_matches_where_the_sieve_says_it_cannot() -> None:
    known = expressions()
    patterns = [re.compile(expression) for expression in known]
    texts = sentences()
    ends = [sum(map(len, texts[: place + 1])) for place in range(len(texts))]
    sifted = Sieve(known).sift("".join(texts), ends)
    missed = [
        (pattern.pattern, text)
        for text, bits in zip(texts, sifted, strict=True)
        for number, pattern in enumerate(patterns)
        if not bits >> number & 1 and (found := pattern.search(text)) and found.group()
    ]
    assert missed == []


def test_led_expressions_find_what_the_bare_ones_find() -> None:
    texts = "".join(sentences())[:20_000]
    for expression in expressions():
        bare, led = re.compile(expression), compiled(expression)
        found = [match.span() for match in bare.finditer(texts)]
        assert [match.span() for match in led.finditer(texts)] == found, expression
        assert led.groupindex == bare.groupindex
        assert [match.span() for match in narrowed(expression).finditer(texts)] == found, expression


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["无", "未发生", "事故", "重大事故", "近三年", "，", "公司"]), min_size=1, max_size=12), st.data())
def test_stretches_hold_the_words_that_end_in_them(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=4)) | {len(text)})
    asked = ["事故", "重大事故", "未发生"]
    for (start, end), bits in zip(zip([0, *cuts], cuts, strict=False), Sieve(asked).sift(text, cuts), strict=True):
        for number, word in enumerate(asked):
            if word in text[start:end]:
                assert bits >> number & 1


def test_a_sieve_of_nothing() -> None:
    assert Sieve([]).sift("文字", [1, 2]) == [0, 0]
    assert Sieve([r"\d"]).sift("文字", [2]) == [1]
    assert Sieve(["字"]).sift("文字", []) == []
