"""docproc eval: counts of claims and of their qualifiers, comparison with a saved run, bad input."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.errors import DocprocError
from docproc.evaluation import Score, changes, evaluate, read_cases, written
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (482306775.10, "482306775.1"),
        (Decimal("455918004.66"), "455918004.66"),
        (1e9, "1000000000"),
        (1_291_000_000, "1291000000"),
        (2.960, "2.96"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (100, "100"),
        (True, "true"),
        (float("inf"), "infinity"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_numbers_are_written_in_full(value: object, expected: str) -> None:
    assert written(value) == expected


def test_a_figure_that_differs_by_a_cent_is_another(tmp_path: Path) -> None:
    path = tmp_path / "figures.jsonl"
    claim = {"name": "scale.assets", "value": 482306775.1, "qualifiers": {}}
    path.write_text(
        json.dumps({"id": "SCL-1", "text": "资产总额482306775.20元。", "claims": [claim]}, ensure_ascii=False), encoding="utf-8"
    )
    found = evaluate(read_cases([path]), extract_claims)
    assert found.found["SCL-1"] == ("scale.assets = 482306775.2",)
    assert found.claims[""] == Score(wrong=1, lost=1)


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
