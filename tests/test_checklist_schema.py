"""The published schemas of the rule files are those of the models, and the bundled files hold to them."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
import yaml

from docproc.checklist_file import FILES
from docproc.checklist_schema import schema_file, schema_text, schemas
from docproc.library import shelf

BUNDLED = [path for path in sorted(shelf("checklists").rglob("*.yaml")) if "kind:" in path.read_text("utf-8")]


def _plain(path: Any) -> Any:
    return json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))


RULES = [path for path in BUNDLED if isinstance(_plain(path), dict) and _plain(path).get("kind") in FILES]


@pytest.mark.parametrize("kind", sorted(FILES))
def test_the_published_schema_is_current(kind: str) -> None:
    assert schema_file(kind).read_text("utf-8") == schema_text(kind)
    jsonschema.Draft202012Validator.check_schema(schemas()[kind])


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_the_bundled_files_hold_to_it_and_name_it(path: Any) -> None:
    data = _plain(path)
    jsonschema.validate(data, schemas()[data["kind"]])
    first = path.read_text("utf-8").splitlines()[0]
    assert first.endswith(f"schema/{data['kind']}.json")


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("checklist", {"titel": "x"}),
        ("checklist", {"items": [{"id": "X", "predicat": "scale"}]}),
        ("checklist", {"items": [{"id": "X", "predicate": "nothing"}]}),
        ("checklist", {"items": [{"id": "X", "looks_at": ["licens"]}]}),
        ("form", {"items": [{"id": "X", "says": {"pass": {"mesage": "x"}}}]}),
        ("notice", {"year": "next"}),
        ("base", {"templates": {"x": {"judgement": "perhaps"}}}),
    ],
)
def test_a_mistake_is_told_by_it(kind: str, change: dict[str, Any]) -> None:
    data = copy.deepcopy(next(_plain(path) for path in RULES if _plain(path)["kind"] == kind))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | change, schemas()[kind])
