"""Office programs print a blank between Chinese words and figures: what a text claims does not change with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docproc import extract_claims
from docproc.model import Status

CASES = Path(__file__).parents[2] / "cases" / "shared"
COLUMNS = {"SCL-022"}  # columns that only blanks divide: one blank more is one column more
SPACED = re.compile(r"(?<=[一-龥])(?=\d)|(?<=\d)(?=[一-龥])")


def texts() -> list[Any]:
    lines = [json.loads(line) for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [
        pytest.param(line["text"], id=line["id"])
        for line in lines
        if "\t" not in line["text"] and SPACED.search(line["text"]) and line["id"] not in COLUMNS
    ]


def told(text: str) -> list[tuple[str, str, str]]:
    return sorted(
        (claim.name, json.dumps(claim.value), re.sub(r"\s", "", json.dumps(claim.qualifiers, ensure_ascii=False, sort_keys=True)))
        for claim in extract_claims(text)
        if claim.status is Status.ASSERTED
    )


@pytest.mark.parametrize("text", texts())
def test_a_blank_around_figures_changes_no_claim(text: str) -> None:
    assert told(SPACED.sub(" ", text)) == told(text)


def test_deaths_and_houses_behind_blanks() -> None:
    (claim,) = extract_claims("2025 年 3 月 14 日，铸件工段发生煤气中毒，造成 3 人死亡、2 人受伤。")
    assert (claim.qualifiers["deaths"], claim.qualifiers["severity"]) == (3, "larger")


def test_rows_of_a_report_that_only_blanks_divide() -> None:
    report = (
        "行政许可 5 详见附表\n严重失信主体名单（含失信被执行人） 1 尚未移出\n经营异常名录 1 2024-07-10列入，2024-09-02移出\n"
        "重大税收违法失信主体 0 —\n行政处罚 1 津南市监罚〔2025〕88号，2025-06-03，罚款2万元"
    )
    found = {(claim.name, claim.value, *claim.qualifiers.get("lists", [])): claim.qualifiers for claim in extract_claims(report)}
    assert found["violation.record", "occurred"]["date"] == "2025-06-03"
    assert "removed" not in found["credit.record", "listed", "dishonest"]
    assert found["credit.record", "listed", "abnormal"]["removed_on"] == "2024-09-02"
    assert ("credit.record", "none", "tax") in found


def test_a_remark_on_the_next_line_belongs_to_the_penalty_above() -> None:
    (claim,) = extract_claims("行政处罚明细：津辰市监罚〔2024〕55号，处罚日期2024-06-12，罚款5000元，修复\n状态：已修复（2025-01-09）")
    assert claim.qualifiers == {"date": "2024-06-12", "remedied": True}
