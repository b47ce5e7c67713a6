"""The project's own labelled texts: the scored claims with their scored qualifiers, and no claim besides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docproc.evaluation import Case
from tests.extractors.labelled import CASES, assert_claims, parameters, texts

_NUMBER = re.compile(r"[\d一二三四五六七八九十]+")
_NAME = re.compile("(?:天津|北京)市?[\u4e00-\u9fff]{2,8}?(?:股份有限公司|有限公司|集团|厂)")
FILES = sorted((CASES / "own").glob("*.jsonl"))


@pytest.mark.parametrize("case", [parameter for file in FILES for parameter in parameters(file)])
def test_a_text_asserts_what_it_is_labelled_with(case: Case) -> None:
    assert_claims(case)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nearly_a_third_of_a_file_claims_nothing(file: Path) -> None:
    assert sum(not case.claims for case in texts(file)) >= 0.3 * len(texts(file))


def test_a_third_of_all_claims_nothing() -> None:
    every = [case for file in FILES for case in texts(file)]
    assert sum(not case.claims for case in every) * 3 >= len(every) >= 400


def test_no_two_texts_differ_only_in_names_or_numbers() -> None:
    every = [case for file in FILES for case in texts(file)]
    shapes: dict[str, str] = {}
    for case in every:
        assert shapes.setdefault(_NAME.sub("某公司", _NUMBER.sub("0", case.text)), case.id) == case.id
    assert len({case.id for case in every}) == len(every)
