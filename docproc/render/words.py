"""The Chinese words for the fixed vocabulary of a report (templates/words.yaml), used wherever a report is shown to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.library import load_yaml, shelf
from docproc.model import Outcome

if TYPE_CHECKING:
    from docproc.model import ChecklistEntry, Claim

# What needs attention comes first.
OUTCOME_ORDER = (Outcome.FAIL, Outcome.MISSING, Outcome.REVIEW, Outcome.PASS, Outcome.NOT_APPLICABLE)


def word(section: str, key: str) -> str:
    """The word for a key of a section (outcomes, package_outcomes, kinds, statuses, scripts, speakers, claims).

    The key itself where none is set.
    """
    return _words().get(section, {}).get(key, key)


def value_words(value: object) -> str:
    """A claim's value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    return word("values", str(value))


def term_words(checklist: ChecklistEntry) -> str:
    """The regulation's own term in words: （自2025-04-29起施行，有效期至2026-12-31）; empty where it states none."""
    parts = [
        f"自{checklist.valid_from}起施行" if checklist.valid_from else "",
        f"有效期至{checklist.valid_to}" if checklist.valid_to else "",
    ]
    said = "，".join(part for part in parts if part)
    return f"（{said}）" if said else ""


def particulars(qualifiers: Mapping[str, object]) -> str:
    """What narrows a claim's value, in words: 2023年，近3年，较大 …"""
    patterns = _words().get("qualifiers", {})
    shown: list[str] = []
    for name, pattern in patterns.items():
        value = qualifiers.get(name)
        if value is None or value == [] or value == ():
            continue
        items = value if isinstance(value, list | tuple) else [value]
        # Plain digits: a year is no amount.
        shown.append(pattern.format("、".join(str(item) if isinstance(item, int) else value_words(item) for item in items)))
    return "，".join([*shown, *_doubts(qualifiers)])


def doubts(claims: Iterable[Claim]) -> dict[str, str]:
    """What speaks against claims in their own papers, in words, by the claim's id; those without a doubt are left out."""
    return {claim.id: "，".join(said) for claim in claims if (said := _doubts(claim.qualifiers))}


def _doubts(qualifiers: Mapping[str, object]) -> list[str]:
    return [said for name, said in _words().get("denied_qualifiers", {}).items() if qualifiers.get(name) is False]


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return dict(load_yaml(shelf("templates") / "words.yaml"))
