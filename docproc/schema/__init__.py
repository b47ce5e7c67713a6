"""The published JSON Schema of a report: made from the models, kept beside the code so that each release carries its own.

Make it anew after a change of the models:  python -m docproc.schema
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docproc.model import Report

SCHEMA_FILE = Path(__file__).parent / "report.schema.json"


def report_schema() -> dict[str, Any]:
    """The schema as the models give it now."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    return json.dumps(report_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
