"""The reference page of the predicates is what the predicates say now."""

from __future__ import annotations

from docproc.predicates import PREDICATES
from docproc.reference import PAGE, reference


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()  # else: python -m docproc.reference


def test_each_predicate_has_its_section_and_an_example() -> None:
    page = reference()
    sections = page.split("\n## ")[1:]
    assert [section.split("`")[1] for section in sections] == list(PREDICATES)
    assert all("\nExample (" in section for section in sections)
