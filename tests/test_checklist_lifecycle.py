"""An item's life, a city's reasons for its own values, values that change with time, and a file's own examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from docproc.checklist import load, validate
from docproc.checklist_file import Example
from docproc.cli import main
from docproc.examples import failing, run
from docproc.model import Outcome
from docproc.predicates.predicate import Dated
from docproc.render.rules import checklist_text, item_text
from tests.office_folder import edit
from tests.office_folder import office as office

CREDIT = "  - id: TJ-6-2b\n    from: credit\n"


def test_a_retired_item_is_asked_of_nobody_and_still_explained(office: Path) -> None:
    edit(office / "tianjin.yaml", CREDIT, CREDIT + "    lifecycle: {state: retired, since: 2026-01-01, why: 办法修订后不再要求}\n")
    rules = load("tianjin-advanced")
    assert "TJ-6-2b" not in [item.id for item in rules.items]
    assert "已停用：办法修订后不再要求" in checklist_text(rules)
    item = rules.item("TJ-6-2b")
    assert item is not None
    assert "已停用：自2026-01-01起，办法修订后不再要求" in item_text(rules, item)


def test_a_rule_under_review_refuses_nobody(office: Path) -> None:
    edit(office / "tianjin.yaml", CREDIT, CREDIT + "    lifecycle: {state: under_review, since: 2026-01-01, why: 名单范围正在修订}\n")
    rules = load("tianjin-advanced")
    item = rules.item("TJ-6-2b")
    assert item is not None
    listed = {"name": "credit.record", "value": "listed", "qualifiers": {"lists": ["dishonest"]}, "in": "credit"}
    denied = {"name": "credit.record", "value": "none", "in": "credit"}
    case = {"name": "x", "outcome": "review", "documents": [{"kind": "credit"}]}
    finding = run(rules, item, Example.model_validate(case | {"claims": [listed]}))
    assert finding.outcome is Outcome.REVIEW
    assert "名单范围正在修订" in finding.message
    assert run(rules, item, Example.model_validate(case | {"claims": [denied]})).outcome is Outcome.PASS
    assert "正在修订" in checklist_text(rules)


def test_the_end_of_an_items_life_needs_a_day_and_a_reason(office: Path) -> None:
    line = edit(office / "tianjin.yaml", CREDIT, CREDIT + "    lifecycle: {state: retired}\n")
    (error, *_) = validate(office / "tianjin.yaml")
    assert f"第 {line + 2} 行" in error.text
    assert "since" in error.text
    assert "why" in error.text


def test_a_city_gives_its_reason_for_a_value_of_its_own(office: Path) -> None:
    edit(office / "tianjin.yaml", CREDIT, CREDIT + "    parameters: {lists: {dishonest: 严重失信主体名单}}\n")
    (error, *_) = validate(office / "tianjin.yaml")
    assert "TJ-6-2b 改了范本“credit”的lists，请用 because 写明依据" in error.text
    edit(office / "tianjin.yaml", CREDIT, CREDIT + "    because: 办法只提严重失信。\n")
    assert validate(office / "tianjin.yaml") == []
    rules = load("tianjin-basic")
    item = rules.item("TJ-6-2b")
    assert item is not None
    assert "本地取值：办法只提严重失信。" in item_text(rules, item)


def test_values_follow_one_another_in_time() -> None:
    levels = Dated[int].model_validate(
        [
            {"value": 2, "valid_to": date(2027, 6, 30), "source": "第六条（六）"},
            {"value": 3, "valid_from": date(2027, 7, 1), "source": "2027年修订"},
        ]
    )
    assert [levels.on(day) for day in (date(2026, 1, 1), date(2027, 6, 30), date(2027, 7, 1), date(2030, 1, 1))] == [2, 2, 3, 3]
    assert Dated[int].model_validate(2).on(date(1999, 1, 1)) == 2


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([], "至少要写一个取值"),
        ([{"value": 2, "valid_to": date(2027, 6, 30)}, {"value": 3, "valid_from": date(2027, 7, 1)}], "source"),
        ([{"value": 2, "source": "甲"}, {"value": 3, "source": "乙"}], "重叠"),
    ],
)
def test_values_that_do_not_follow_one_another(values: list[object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Dated[int].model_validate(values)


def test_a_level_that_rises_holds_from_its_day_on(office: Path) -> None:
    edit(
        office / "beijing.yaml",
        "    parameters: {required: 2}\n",
        "    parameters:\n      required:\n        - {value: 2, valid_to: 2027-06-30, source: 第五条（七）}\n"
        "        - {value: 3, valid_from: 2027-07-01, source: 修订稿}\n",
    )
    rules = load("beijing-basic")
    item = rules.item("BJ-5-7")
    assert item is not None
    told = {"name": "maturity.level", "value": 2, "in": "maturity"}
    case = {"name": "x", "outcome": "pass", "documents": [{"kind": "maturity"}], "claims": [told]}
    outcomes = [run(rules, item, Example.model_validate(case | {"as_of": day})).outcome for day in ("2027-06-30", "2027-07-01")]
    assert outcomes == [Outcome.PASS, Outcome.FAIL]
    assert "required = 3，自2027-07-01起，修订稿" in item_text(rules, item)


def test_a_files_own_examples_are_run(office: Path) -> None:
    path = office / "beijing.yaml"
    assert failing(path) == []
    address = "claims: [{name: registration.address, value: "
    line = edit(path, address + "河北省廊坊市1号", address + "河北省1号")
    edit(path, "qualifiers: {province: 河北省}, in: licence}]", "qualifiers: {province: 北京市}, in: licence}]")
    result = CliRunner().invoke(main, ["checklist", "validate", str(path)])
    assert result.exit_code == 1
    assert "BJ-5-1a 的示例“fail-a”：应为 fail，得到 pass" in result.output
    assert f"第 {line - 4} 行" in result.output


def test_the_term_of_the_regulation_is_in_the_report_and_on_the_terminal() -> None:
    from docproc.demo import samples
    from docproc.render.terminal import summary
    from docproc.review import check

    sample = next(sample for sample in samples() if sample.id == "bj-basic-clean")
    report = check(sample.path, sample.checklist, sample.as_of)
    assert report.checklist is not None
    assert (report.checklist.regulation, report.checklist.valid_to) == ("北京市智能工厂认定管理办法", date(2026, 12, 31))
    assert "有效期至2026-12-31" in summary(report, width=100, colour=False)
