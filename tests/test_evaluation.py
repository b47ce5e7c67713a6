"""docproc eval: counts of claims and of their qualifiers, comparison with a saved run, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.errors import DocprocError
from docproc.evaluation import Score, changes, evaluate, read_cases
from docproc.extract import extract_claims

CASES = (
    {
        "id": "ACC-1",
        "text": "公司近三年未发生安全事故。",
        "claims": [{"name": "accident.record", "value": "none", "qualifiers": {"kinds": ["safety"], "severity": "general", "years": 3}}],
    },
    {"id": "ACC-2", "text": "供应商2023年发生火灾事故一起。", "claims": []},
    {"id": "ACC-3", "text": "风和日丽。", "claims": [{"name": "credit.record", "value": "none", "qualifiers": {}}]},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in CASES) + "\n", encoding="utf-8")
    return path


def test_claims_and_qualifiers_are_counted_apart(file: Path) -> None:
    found = evaluate(read_cases([file]), extract_claims)
    assert found.claims["accident.record"] == Score(right=1)
    assert found.claims["credit.record"] == Score(lost=1)
    assert found.claims[""] == Score(right=1, lost=1)
    assert found.qualifiers["accident.record"] == Score(right=3)
    assert (found.exact, found.cases) == (2, 3)


def test_a_run_is_compared_with_a_saved_one(file: Path) -> None:
    cases = read_cases([file])
    before = evaluate(cases, lambda text: [])
    now = evaluate(cases, extract_claims)
    (change,) = changes(now, before.to_json())
    assert (change.id, change.gained, change.lost) == ("ACC-1", ("accident.record = none",), ())
    (back,) = changes(before, now.to_json())
    assert (back.gained, back.lost) == ((), ("accident.record = none",))


def test_the_command_prints_a_table_and_writes_json(file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run.json"
    first = CliRunner().invoke(main, ["eval", str(file), "--json", str(saved)])
    assert first.exit_code == 0, first.output
    assert "accident.record" in first.output
    again = CliRunner().invoke(main, ["eval", str(file), "--against", str(saved), "--json", "-"])
    assert json.loads(again.output)["changes"] == []


@pytest.mark.parametrize("line", ["[]", "{}", "no json", '{"id": "A", "text": "t", "claims": [1]}', "null"])
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DocprocError) as raised:
        read_cases([path])
    assert raised.value.code == "cases_invalid"


def test_a_file_that_is_no_run_is_refused(file: Path) -> None:
    outcome = CliRunner().invoke(main, ["eval", str(file), "--against", str(file)])
    assert outcome.exit_code == 2
