"""What a family finds is added behind what is there, on a list of the Doc's own; a component bears its family's name."""

from __future__ import annotations

from typing import Any

import pytest

from docproc.extract import FormField, Match, PassageMatch, blank_doc
from docproc.model import Span, Status
from extractors import PIPELINE
from extractors.components import adds_claims, adds_fields, adds_passages

CLAIM = Match("company.name", "甲", {}, Status.ASSERTED, (Span(0, 1),))
FIELD = FormField("名称", "甲", Span(0, 1), Span(0, 1))
PASSAGE = PassageMatch("market", Status.ASSERTED, False, (Span(0, 1),))


@pytest.mark.parametrize(
    ("adds", "extension", "found"), [(adds_claims, "claims", CLAIM), (adds_fields, "fields", FIELD), (adds_passages, "passages", PASSAGE)]
)
def test_what_is_found_comes_behind_what_is_there(adds: Any, extension: str, found: Any) -> None:
    doc, other = blank_doc("甲"), blank_doc("乙")
    component = adds(lambda _: [found])
    assert component(component(doc)) is doc
    assert getattr(doc._, extension) == [found, found]
    assert getattr(other._, extension) == []


def test_a_component_bears_its_familys_name() -> None:
    families = [component.__module__ for component in PIPELINE]
    assert "extractors.components" not in families
    assert len(set(families)) == len(families)
