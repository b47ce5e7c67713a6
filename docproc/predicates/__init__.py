"""The closed set of tests that an item may use, by name. A checklist that names another is refused."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from docproc.predicates import (
    accident,
    agreement,
    calendar,
    figures,
    files,
    formalities,
    judgement,
    materials,
    maturity,
    prior_level,
    recommendation,
    record,
    region,
    scale,
    seals,
    standing,
)
from docproc.predicates.predicate import Predicate

_ALL: tuple[Predicate[Any], ...] = (
    accident.PREDICATE,
    record.CREDIT,
    record.VIOLATION,
    scale.SCALE,
    scale.FINANCE,
    scale.FINANCE_REPORTS,
    maturity.PREDICATE,
    region.PREDICATE,
    standing.LEGAL_PERSON,
    standing.OPERATION,
    prior_level.PREDICATE,
    materials.DOCUMENT,
    materials.SELF_ASSESSMENT,
    recommendation.PREDICATE,
    judgement.PREDICATE,
    calendar.PREDICATE,
    files.READABLE,
    files.DRAFT,
    agreement.NAME,
    agreement.CODE,
    agreement.ADDRESS,
    figures.PREDICATE,
    agreement.OWNER,
    formalities.COMPLETE,
    seals.SEAL,
    formalities.DATES,
)

PREDICATES = MappingProxyType({predicate.name: predicate for predicate in _ALL})
