"""The reference page of the predicates, made from the predicates themselves and from the bundled items' own examples.

Make it anew after a change:  python -m docproc.reference
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docproc.checklist import Item, known, load
from docproc.checklist_file import Example
from docproc.predicates import PREDICATES
from docproc.predicates.predicate import Predicate

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "predicates.md"
_HEAD = """# Predicates

The closed list of tests that an item of a checklist may use. Each decides for one of its situations; what a situation says stands in the
checklist. Made by `python -m docproc.reference`: change the predicates, not this page.
"""


def reference() -> str:
    """The page, one section a predicate."""
    used = _used()
    sections = [section for predicate in PREDICATES.values() for section in _section(predicate, used[predicate.name])]
    return "\n".join([_HEAD, *sections])


def _used() -> dict[str, tuple[Item, Example]]:
    """For each predicate an item that uses it, with an example that shows most: one that does not pass, where there is one."""
    found: dict[str, tuple[Item, Example]] = {}
    for name, _ in known():
        for item in load(name).items:
            if item.examples and item.predicate not in found:
                found[item.predicate] = (item, max(item.examples, key=_telling))
    return found


def _telling(example: Example) -> tuple[bool, int]:
    told = len(example.claims) + len(example.passages) + len(example.fields) + sum(bool(d.text or d.dates) for d in example.documents)
    return example.outcome.value not in ("pass", "not_applicable"), told


def _section(predicate: Predicate[Any], used: tuple[Item, Example]) -> Iterator[str]:
    item, example = used
    yield f"## `{predicate.name}`\n\n{predicate.meaning}\n"
    if predicate.parameters.model_fields:
        words = inspect.cleandoc(predicate.parameters.__doc__ or "")
        yield f"Parameters: {', '.join(_parameter(name, field) for name, field in predicate.parameters.model_fields.items())}.\n\n{words}\n"
    yield "| situation | outcome | when | fills |\n| --- | --- | --- | --- |"
    for name, situation in predicate.situations.items():
        fills = " ".join(f"`{{{fill}}}`" for fill in sorted(situation.fills))
        yield f"| `{name}` | {situation.outcome.value} | {situation.meaning} | {fills} |"
    yield f"\nExample ({item.id}, {example.name}): {_case(example)} → **{example.outcome.value}**\n"


def _parameter(name: str, field: Any) -> str:
    return f"`{name}`" + ("" if field.is_required() else " (optional)")


def _case(example: Example) -> str:
    """The example in a line: its papers and what stands in them."""
    papers = []
    for document in example.documents:
        traits = [str(document.year)] if document.year else []
        traits += [word for word in ("sealed", "signed", "scanned", "damaged") if getattr(document, word)]
        traits += [f"{date.role} {date.iso}" for date in document.dates] + list(document.traces)
        traits += [document.format] if document.format != "pdf" else []
        papers.append(
            document.kind.value + (f" ({', '.join(traits)})" if traits else "") + (f" “{document.text}”" if document.text else "")
        )
    told = [
        f"`{claim.name}` {claim.value}" + "".join(f", {key} {value}" for key, value in claim.qualifiers.items()) for claim in example.claims
    ]
    told += [f"passage `{passage.topic}`" for passage in example.passages]
    told += [f"field {field.label}: “{field.value}”" for field in example.fields]
    return "; ".join([", ".join(papers) or "no paper", *told]).replace("|", "/").replace("\n", " ")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
