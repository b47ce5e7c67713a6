"""Turns the words of a paper (YAML entries) into blocks, with what a sample leaves out, replaces or adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .blocks import Block, Break, Diagram, Signature, Space, Stamp, Text
from .facts import Case

TEXTS = ("cover", "title", "h1", "h2", "h3", "plain", "item", "right", "centre", "rule", "small")
Tables = Mapping[str, Callable[[Case], Sequence[Block]]]


def blocks(entries: Sequence[Mapping[str, Any]], case: Case, kind: str, tables: Tables | None = None) -> list[Block]:
    """The blocks of the entries that hold for the case's level and way of assessment, in order."""
    changes = case.of(kind)
    omitted, replaced, added = changes.get("omit") or (), changes.get("replace") or {}, changes.get("after") or {}
    found: list[Block] = []
    for entry in entries:
        name = entry.get("id")
        if "levels" in entry and case.level not in entry["levels"]:
            continue
        if "only" in entry and case.firm["method"] != entry["only"]:
            continue
        if name is None or name not in omitted:
            found += _blocks({**entry, "text": replaced[name]} if name in replaced else entry, case, tables or {})
        if name in added:
            found += blocks(added[name], case, kind, tables)
    return found


def _blocks(entry: Mapping[str, Any], case: Case, tables: Tables) -> Iterator[Block]:
    def fill(text: str) -> str:
        return text.format_map(case.values)

    if "text" in entry:
        yield Text(fill(entry["text"]))
        return
    for style in TEXTS:
        if style in entry:
            yield Text(fill(entry[style]), style)
            return
    if "space" in entry:
        yield Space(entry["space"])
    elif "break" in entry:
        yield Break()
    elif "stamp" in entry:
        yield Stamp(fill(entry["stamp"]["name"]), entry["stamp"]["right"], entry["stamp"]["up"])
    elif "sign" in entry:
        yield Signature(fill(entry["sign"]["name"]), entry["sign"]["right"], entry["sign"]["up"])
    elif "diagram" in entry:
        yield Diagram(tuple(tuple(layer) for layer in entry["diagram"]), fill(entry["caption"]))
    elif "table" in entry:
        yield from tables[entry["table"]](case)
    elif "scenes" in entry:
        yield from tables["scenes"](case)
    else:
        raise ValueError(f"an entry that says nothing: {entry}")
