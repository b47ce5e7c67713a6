"""Words that tell of something which nobody claimed: a net under the items where a thing overlooked would be a wrong pass.

A passage of one sentence that holds such words, that no claim accounts for and that nothing in the sentence explains away, is for a
person to read. It never decides anything by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from docproc.evidence import locate
from docproc.model import Claim, Document, Evidence, Kind, Span
from docproc.predicates.case import Case
from docproc.predicates.naming import Plain, plain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Parameters

_ENDS = re.compile(r"[。；;！!？?]")
_REACH = 45  # code points to either side at which a sentence without an end is cut (tables have none)


class Telltale(Parameters):
    """In papers of these kinds, words that tell (compared without white space, in simplified characters), and words of the same
    sentence that explain them away."""

    kinds: tuple[Kind, ...]
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    qualifiers: tuple[str, ...] = ()  # a claim accounts for the words only where it has one of these (deaths told, deaths claimed)


def untold(case: Case, telltales: Collection[Telltale], name: str = "", values: Collection[object] = ()) -> tuple[Evidence, ...]:
    """The places of telling words in sentences where no claim of the name with one of the values stands, of whatever status."""
    found: list[Evidence] = []
    for telltale in telltales:
        for document in case.of_kind(*telltale.kinds):
            if belongs_to_another(case, document):
                continue
            claims = [claim for claim in case.claims if claim.name == name and claim.value in values]
            telling = [
                claim for claim in claims if not telltale.qualifiers or any(claim.qualifiers.get(key) for key in telltale.qualifiers)
            ]
            found += _in_document(document, telltale, telling)
    return tuple(dict.fromkeys(found))[:5]


def _in_document(document: Document, telltale: Telltale, claims: list[Claim]) -> list[Evidence]:
    body = plain(document)
    found: list[Evidence] = []
    for match in telltale.words.finditer(body.text):
        start, end = _sentence(body, match.start(), match.end())
        if telltale.unless is not None and telltale.unless.search(body.text[start:end]):
            continue
        around = Span(document.span.start + body.at[start], document.span.start + body.at[end - 1] + 1)
        if any(_stands_in(claim, document, around) for claim in claims):
            continue
        place = Span(document.span.start + body.at[match.start()], document.span.start + body.at[match.end() - 1] + 1)
        found += locate(document, [place])
    return found


def _sentence(body: Plain, start: int, end: int) -> tuple[int, int]:
    before = [found.end() for found in _ENDS.finditer(body.text, max(0, start - _REACH), start)]
    after = _ENDS.search(body.text, end, end + _REACH)
    return before[-1] if before else max(0, start - _REACH), after.start() if after else min(len(body.text), end + _REACH)


def _stands_in(claim: Claim, document: Document, around: Span) -> bool:
    return any(
        entry.document == document.id
        and entry.start is not None
        and entry.end is not None
        and entry.start < around.end
        and around.start < entry.end
        for entry in claim.evidence
    )
