"""What the readers of names, places and records pass over at a glance holds nothing: with the glance put off they find the same."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.extract import process
from extractors.addresses import sentences as address_sentences
from extractors.addresses.divisions import Division, division_of, may_lie_somewhere
from extractors.names import in_fields as names_in_fields
from extractors.parties import subjects as parties
from extractors.words.lexicon import vocabulary
from tests.extractors.corpus import cases
from tests.extractors.test_field_signs import texts

PLACES = [
    "天津市",
    "天 津",
    "北京",
    "武清区",
    "蓟 县",
    "吉林",
    "义乌市",
    "昆山",
    "滨海新区",
    "中国",
    "经济技术开发区",
    "河北",
    "路",
    "12号",
    "某地",
    " ",
    "\n",
    "镇",
]


@cache
def corpora() -> tuple[str, ...]:
    kept = [case.values[0] for name in ("identity", "places", "operation", "records") for case in cases(name)]
    return (*(str(entry["text"]) for entry in kept if isinstance(entry, dict) and "text" in entry), *texts()[::3])


def _found(text: str) -> list[Any]:
    doc = process(text)
    return [doc._.claims, doc._.passages]


def _slowly(text: str) -> list[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parties, "any_party_word", lambda: re.compile(""))
        patch.setattr(address_sentences, "_address_ahead", lambda text, position: True)
        patch.setattr(names_in_fields, "_may_be_firm", lambda value: True)
        parties.parties_in.cache_clear()
        found = _found(text)
    parties.parties_in.cache_clear()
    return found


def test_nothing_is_lost_in_the_projects_own_cases() -> None:
    assert len(corpora()) > 500
    assert [text for text in corpora() if _found(text) != _slowly(text)] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PLACES), max_size=10).map("".join), st.integers(0, 12), st.integers(0, 30))
def test_no_part_of_words_that_hold_no_place_lies_anywhere(text: str, start: int, length: int) -> None:
    assert may_lie_somewhere(text) or division_of(text[start : start + length]) == Division()


def test_every_name_of_a_place_is_known() -> None:
    for province, entry in vocabulary("divisions")["provinces"].items():
        names = [
            province,
            *entry["short"],
            *entry.get("cities", ()),
            *entry.get("districts", ()),
            *entry.get("retired", ()),
            *entry.get("zones", ()),
        ]
        assert [name for name in names if division_of(f"{name}东路1号") != Division() and not may_lie_somewhere(name)] == []
