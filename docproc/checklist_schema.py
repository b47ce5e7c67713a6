"""The JSON Schemas of the files under checklists/, for editors: made from the same models that the files are read with.

Make them anew after a change of the models:  python -m docproc.checklist_schema
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docproc.checklist_file import FILES, ItemFile
from docproc.library import shelf
from docproc.predicates import PREDICATES

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Each kind of file with its schema. An item or a template may leave out what it inherits, and differ by level."""
    found = {}
    for kind, model in FILES.items():
        schema = model.model_json_schema(by_alias=True)
        schema["properties"]["kind"] = {"const": kind, "title": "Kind"}
        part = {"checklist": "items", "form": "items", "base": "templates"}.get(kind)
        if part is not None:
            item = _item_schema()
            schema.setdefault("$defs", {}).update(item.pop("$defs", {}))
            schema["$defs"]["Item"] = item
            reference = {"$ref": "#/$defs/Item"}
            schema["properties"][part] |= {"items": reference} if part == "items" else {"additionalProperties": reference}
        found[kind] = {"$schema": _DRAFT, **schema}
    return found


def _item_schema() -> dict[str, Any]:
    """An item as it is written: nothing required but what it does not inherit, each value for all levels or by level."""
    schema = ItemFile.model_json_schema(by_alias=True)
    schema.pop("required", None)
    schema["properties"]["predicate"] = {"enum": sorted(PREDICATES), "title": "Predicate"}
    schema["properties"] = {
        name: {"anyOf": [value, {"$ref": "#/$defs/ByLevel"}], "description": value.get("description", name)}
        for name, value in schema["properties"].items()
    }
    schema["properties"]["from"] = {"type": "string", "description": "the template that the item inherits from"}
    schema["$defs"]["ByLevel"] = {"type": "object", "properties": {"by_level": {"type": "object"}}, "required": ["by_level"]}
    return schema


def schema_text(kind: str) -> str:
    return json.dumps(schemas()[kind], ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def schema_file(kind: str) -> Path:
    return shelf("checklists") / "schema" / f"{kind}.json"


if __name__ == "__main__":
    for each in FILES:
        schema_file(each).parent.mkdir(exist_ok=True)
        schema_file(each).write_text(schema_text(each), encoding="utf-8")
