"""Runs the components that read levels and scores over a text, and writes claims as the corpora do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docproc.extract import Match, language
from docproc.model import Kind, Status
from docproc.text import normalise
from extractors import context, fields, levels, maturity

NAMES = ("maturity.level", "maturity.score", "application.level", "recognition.level", "self_assessment.level")


def matches(text: str, kind: Kind | None = None, applicant: str | None = None) -> list[Match]:
    """Every match in a text, normalised first as the pipeline does."""
    doc = language().make_doc(normalise(text).text)
    doc._.kind, doc._.applicant = kind, applicant
    for component in (fields.component, context.component, maturity.component, levels.component):
        doc = component(doc)
    found: list[Match] = doc._.claims
    return found


def asserted(text: str, kind: Kind | None = None, applicant: str | None = None) -> list[tuple[Any, ...]]:
    """The asserted claims of a text as (name, value, sorted qualifiers), each once."""
    claims = {row(match.name, match.value, match.qualifiers) for match in matches(text, kind, applicant) if match.status is Status.ASSERTED}
    return sorted(claims, key=repr)


def expected(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted((row(claim[0], claim[1], claim[2] if len(claim) > 2 else {}) for claim in case["claims"]), key=repr)


def row(name: str, value: Any, qualifiers: Any) -> tuple[Any, ...]:
    return (
        name,
        float(value) if isinstance(value, Decimal | float) else value,
        tuple(sorted((key, entry) for key, entry in qualifiers.items() if entry)),
    )
