"""The knowledge: one file a family of claims, each a component over a spaCy `Doc`, with its words in `vocabulary/*.yaml`.

`PIPELINE` lists the components in running order: first what others read (fields, context), then the families.
`docproc` finds this package by the entry-point group `docproc.extractors`, never by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extractors import (
    accident,
    changes,
    context,
    coverage,
    credit,
    fields,
    figures,
    governed,
    headed_rows,
    identity,
    levels,
    maturity,
    operation,
    passages,
    places,
    scale,
    violation,
)
from extractors.words import per_text

PIPELINE: Sequence[Callable[[Any], Any]] = (
    fields.component,
    headed_rows.component,
    changes.component,
    context.component,
    identity.component,
    places.component,
    figures.component,
    scale.component,
    operation.component,
    accident.component,
    credit.component,
    violation.component,
    maturity.component,
    levels.component,
    governed.component,
    passages.component,
    coverage.component,
    per_text.component,
)

READS_TOKENS = False  # places are offsets into the text
