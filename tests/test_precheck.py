"""The pre-check: what to mend first, where, how, with words that would be right; no promise, and what nobody checked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc import check
from docproc.checklist import known as known_checklists
from docproc.checklist import load
from docproc.cli import main
from docproc.model import Finding, Kind, Outcome, PackageOutcome, PreCheck, Report, Script, Urgency
from docproc.precheck import precheck
from docproc.render.html import report_html
from docproc.render.precheck import precheck_text
from tests.reports import deficient, finding, report

PROMISE = re.compile("(?:会|能|可以|可|必|保证|一定|有望|预计)(?:够|将)?(?:获得?)?(?:通过|认定|获批|入选)|通过率|恭喜|成功率")


def checked(made: Report) -> Report:
    return made.model_copy(update={"precheck": precheck(made)})


def steps(*findings: Finding) -> PreCheck:
    return precheck(report(PackageOutcome.DEFICIENT, *findings))


def test_the_most_urgent_comes_first() -> None:
    found = steps(
        finding("TJ-2", Outcome.REVIEW),
        finding("TJ-5", Outcome.MISSING, looks_at=(Kind.FORM,)),
        finding("FORM-name", Outcome.FAIL, evidence=deficient().findings[2].evidence),
        finding("TJ-M-finance", Outcome.MISSING, papers=(Kind.AUDIT,)),
        finding("TJ-6-6", Outcome.FAIL, correctable=False),
        finding("TJ-6-2b", Outcome.PASS),
    )
    assert [(step.number, step.urgency, step.items) for step in found.steps] == [
        (1, Urgency.CONDITION, ("TJ-6-6",)),
        (2, Urgency.HAND_IN, ("TJ-M-finance",)),
        (3, Urgency.MEND, ("FORM-name",)),
        (4, Urgency.ADD, ("TJ-5",)),
        (5, Urgency.CLARIFY, ("TJ-2",)),
    ]
    assert found.steps[2].places[0].path == "1.申报书/申报书.pdf"
    assert found.steps[3].look_in == ("1.申报书/申报书.pdf",)
    assert "在本市同行业中处于领先水平" in found.steps[3].example
    assert found.steps[0].example == ""  # a condition is no matter of words


def test_what_was_not_checked_is_said() -> None:
    lines = "\n".join(precheck(deficient()).not_checked)
    for words in ("是否真实", "印章", "申报通知", "专家评判的内容，这里只看材料中有没有说明：主要技术经济指标", "第1页是扫描图像"):
        assert words in lines


@pytest.mark.parametrize("made", [deficient(), report(PackageOutcome.PASS, finding("TJ-5", Outcome.PASS, judgement=True))])
@pytest.mark.parametrize("script", [Script.HANS, Script.HANT])
def test_no_word_foretells_the_outcome(made: Report, script: Script) -> None:
    both = precheck_text(checked(made), width=100, colour=False, script=script) + report_html(checked(made), script)
    assert not PROMISE.search(both.replace("過", "过").replace("認", "认"))
    closing = {Script.HANS: "由主管部门决定", Script.HANT: "由主管部門決定"}[script]
    assert closing in both


def test_the_page_of_an_enterprise_shows_steps_and_no_verdict() -> None:
    page = report_html(checked(deficient()))
    assert "<h1>申报材料自查</h1>" in page
    assert 'class="outcome ' not in page
    assert "怎样改" in page


def test_an_enterprise_gets_no_papers_of_the_office(tmp_path: Path) -> None:
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "申报书.txt").write_text("天津市先进级智能工厂申报书\n申报单位：天津范氏数控机床有限公司\n", encoding="utf-8")
    out = tmp_path / "自查"
    arguments = ["check", str(tmp_path / "材料"), "--checklist", "tianjin-advanced", "--as-of", "2026-11-22", "--audience", "enterprise"]
    result = CliRunner().invoke(main, [*arguments, "--out", str(out)])
    assert "申报材料自查" in result.output
    assert "结论：" not in result.output
    assert {path.name for path in out.iterdir()} == {"report.html", "report.json", "text"}


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Finding]]:
    """A form a checklist that says each item's right words and nothing else of it."""
    found = {}
    for id_, _ in known_checklists():
        rules = load(id_)
        lines = [f"{rules.province}{rules.level_name}智能工厂申报书", "申报单位：天津范氏数控机床有限公司"]
        lines += [item.right_words for item in rules.items if item.right_words]
        folder = tmp_path_factory.mktemp(id_)
        (folder / "申报书.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        found[id_] = {entry.item: entry for entry in check(folder, id_, date(2026, 11, 22)).findings}
    return found


@pytest.mark.parametrize("id_", [id_ for id_, _ in known_checklists()])
def test_each_item_passes_on_the_words_that_are_held_up_as_right(id_: str, stated: dict[str, dict[str, Finding]]) -> None:
    items = [item.id for item in load(id_).items if item.right_words]
    assert len(items) > 8
    wrong = {item: stated[id_][item].message for item in items if stated[id_][item].outcome is not Outcome.PASS}
    assert wrong == {}
