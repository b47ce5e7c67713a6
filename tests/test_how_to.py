"""The how-to pages, done as it is written there."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.extract import language
from docproc.library import ENVIRONMENT_VARIABLE, shelf
from docproc.review import check
from docproc.text import normalise
from extractors import fields

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "how-to" / "new-city.md"
FORM = """海州市先进级智能工厂申报书
申报单位：海州某某机械有限公司
企业名称：海州某某机械有限公司
统一社会信用代码：911201127Q6833092B
注册地址：海州市东区1号
申报级别：先进级
智能制造能力成熟度等级：一级
一、企业情况
公司未被列入严重失信主体名单。
公司近三年未发生重大及以上安全事故。
公司设立智能制造部，负责智能工厂的规划、建设和运营，配备智能制造专业人员12人。
"""


def blocks() -> dict[str, str]:
    """The page's files, by name."""
    return dict(re.findall(r"^```(?:text|yaml) (\S+)\n(.*?)^```$", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(shelf("checklists"), tmp_path / "checklists")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    for name, text in blocks().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    regulation = tmp_path / "checklists" / "regulations" / "haizhou-2027.yaml"
    result = CliRunner().invoke(main, ["regulation", "parse", str(tmp_path / "海州办法.txt"), "--out", str(regulation)])
    assert result.exit_code == 0, result.output
    return tmp_path


def test_the_page_has_the_files_it_speaks_of() -> None:
    assert set(blocks()) == {"海州办法.txt", "checklists/notices/haizhou-2027.yaml", "checklists/haizhou.yaml"}


def test_the_checklist_is_valid_and_its_examples_come_out(office: Path) -> None:
    result = CliRunner().invoke(main, ["checklist", "validate", str(office / "checklists" / "haizhou.yaml")])
    assert result.exit_code == 0, result.output


def test_it_is_shown_and_explained(office: Path) -> None:
    shown = CliRunner().invoke(main, ["checklist", "show", "haizhou-advanced"]).output
    assert "海工信〔2027〕3号，有效期 2027-01-01 至 2029-12-31" in shown
    assert "HZ-M-licence" in shown
    explained = CliRunner().invoke(main, ["checklist", "explain", "HZ-2-2"]).output
    assert "本地取值：第二条（二）只限重大及以上，只提安全。" in explained
    assert "较大" not in explained


def test_a_package_is_reviewed_by_it(office: Path) -> None:
    package = office / "样例"
    package.mkdir()
    (package / "申报书.txt").write_text(FORM, encoding="utf-8")
    report = check(package, "haizhou-advanced", date(2027, 6, 1))
    outcomes = {finding.item: finding.outcome.value for finding in report.findings}
    assert {item: outcomes[item] for item in outcomes if item.startswith("HZ")} == {
        "HZ-2-1": "pass",
        "HZ-2-2": "pass",
        "HZ-2-3": "pass",
        "HZ-2-4": "pass",
        "HZ-2-5": "pass",
        "HZ-M-form": "pass",
        "HZ-M-licence": "missing",
    }
    assert check(package, None, date(2027, 6, 1)).checklist == report.checklist


def test_the_claim_of_the_page_is_found_where_it_is_stated() -> None:
    page = (PAGE.parent / "new-claim.md").read_text("utf-8")
    (code,) = re.findall(r"```python \S+\n(.*?)```", page, flags=re.DOTALL)
    (lines,) = re.findall(r"```json cases\n(.*?)```", page, flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(textwrap.dedent(code), names)  # the page's own example
    for case in map(json.loads, textwrap.dedent(lines).splitlines()):
        doc = fields.component(language().make_doc(normalise(case["text"]).text))
        claims = [claim.value for claim in names["component"](doc)._.claims if claim.name == names["NAME"]]
        assert claims == ([] if case["value"] is None else [case["value"]]), case["id"]


@pytest.mark.parametrize("name", ["new-city", "new-claim", "new-letter", "new-format"])
def test_what_the_pages_name_is_there(name: str) -> None:
    text = (PAGE.parent / f"{name}.md").read_text("utf-8")
    paths = re.findall(r"`((?:docproc|extractors|checklists|templates|tests)/[\w./-]+\.(?:py|yaml|md))`", text)
    made = {"extractors/capital.py", "checklists/haizhou.yaml"}
    assert [path for path in paths if path not in made and not (ROOT / path).exists()] == []
