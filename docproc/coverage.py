"""Which links and typical scenes the form describes: a table for the reader, with the places; never a verdict.

The names are data (checklists/coverage.yaml); where an office's library has no such file, there is no table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from docproc.library import shelf
from docproc.model import CoverageEntry, Document, Evidence, Extraction, Kind, SceneEntry, Status
from docproc.strict_yaml import read_yaml

PLACES = 3  # shown for each link and scene
_LINK, _SCENE = "coverage.link.", "coverage.scene."


def cover(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> tuple[CoverageEntry, ...]:
    """Each link with its scenes and the places where the form or its annexes tell of them; empty where there is no form.

    A link counts as told where its own name stands, or one of its scenes is told of."""
    path = shelf("checklists") / "coverage.yaml"
    if not path.is_file() or not any(document.kind is Kind.FORM for document in documents):
        return ()
    told = _told(documents, extractions)
    data = _table(path)
    entries = []
    for link in data["links"]:
        scenes = tuple(
            SceneEntry(name=scene["name"], group=group["name"], evidence=told.get(_SCENE + scene["name"], ())[:PLACES])
            for group in data["groups"]
            if group["link"] == link["id"]
            for scene in group["scenes"]
        )
        own = told.get(_LINK + link["id"], ())
        places = dict.fromkeys([*own, *(place for scene in scenes for place in scene.evidence)])
        entries.append(CoverageEntry(link=link["id"], name=link["name"], evidence=tuple(places)[:PLACES], scenes=scenes))
    return tuple(entries)


def _told(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> dict[str, tuple[Evidence, ...]]:
    """The places of each topic, the form's before the annexes'; only what is asserted."""
    told: dict[str, tuple[Evidence, ...]] = {}
    for document in sorted(documents, key=lambda document: document.kind is not Kind.FORM):
        for passage in extractions[document.id].passages if document.id in extractions else ():
            if passage.topic.startswith((_LINK, _SCENE)) and passage.status is Status.ASSERTED:
                told[passage.topic] = (*told.get(passage.topic, ()), *passage.evidence[:1])
    return told


@lru_cache(maxsize=4)
def _table(path: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_yaml(path).data
    return data
