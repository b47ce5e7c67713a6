"""Notices: what they say, how they are laid out, when they are refused."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest

from docproc.draft import Drafted, Office, draft_notice
from docproc.draft import notice as notice_module
from docproc.draft.deficiencies import chinese_number
from docproc.draft.word import paragraphs, render
from docproc.errors import DocprocError
from docproc.model import Evidence, Outcome, PackageOutcome, Report, Script
from tests.draft.letters import OFFICE
from tests.reports import APPLICANT, deficient, finding, report


def lines(drafted: Drafted) -> list[str]:
    return paragraphs(drafted.data)


def test_a_correction_notice_says_who_what_where_why_and_what_to_hand_in() -> None:
    drafted = draft_notice(deficient(), OFFICE)
    text = "\n".join(lines(drafted))
    assert drafted.filename == "补正通知书.docx"
    assert f"{APPLICANT}：" in lines(drafted)
    assert "（一）近三年审计报告或财务报表" in lines(drafted)
    assert "问题：材料中未见2025年度的审计报告或财务报表。" in lines(drafted)
    assert "惯例，以当年申报通知为准" in text
    assert "位置：1.申报书/申报书.pdf第2页" in text
    assert "依据：形式要求" in lines(drafted)
    assert "《优化营商环境条例》（国务院令第722号）第三十六条" in text
    assert "行政许可法" not in text
    assert "2026年12月9日前" in text  # ten working days after 25 November
    assert "TJ-5" not in text


def test_missing_materials_come_before_faults_of_documents() -> None:
    titles = [line for line in lines(draft_notice(deficient())) if re.match("（[一二三]）", line)]
    assert titles == ["（一）近三年审计报告或财务报表", "（二）申报单位名称"]


def test_without_a_number_of_days_the_deadline_stays_blank() -> None:
    text = "\n".join(lines(draft_notice(deficient(), Office(issued=date(2026, 11, 25)))))
    assert "请于　　　　年　　月　　日前" in text


def test_a_deadline_in_a_year_without_published_holidays_is_marked() -> None:
    drafted = draft_notice(deficient(), Office(issued=date(2026, 12, 28), due_in=10))
    assert drafted.provisional
    assert any("暂定日期" in line for line in lines(drafted))


@pytest.mark.parametrize(
    ("outcome", "findings", "title"),
    [
        (PackageOutcome.PASS, [finding("TJ-5", Outcome.PASS, judgement=True)], "形式审查通过通知书"),
        (
            PackageOutcome.INELIGIBLE,
            [finding("TJ-6-6", Outcome.FAIL, correctable=False), finding("TJ-5", Outcome.MISSING)],
            "不符合申报条件告知书",
        ),
    ],
)
def test_each_outcome_has_its_own_notice(outcome: PackageOutcome, findings: list, title: str) -> None:
    drafted = draft_notice(report(outcome, *findings))
    assert title in lines(drafted)
    assert not any("请于" in line for line in lines(drafted))


def test_an_ineligible_package_is_told_its_bars_first_and_the_rest_beside() -> None:
    drafted = draft_notice(
        report(PackageOutcome.INELIGIBLE, finding("TJ-5", Outcome.MISSING), finding("TJ-6-6", Outcome.FAIL, correctable=False))
    )
    titles = [line for line in lines(drafted) if re.match("（[一二]）", line)]
    assert titles == ["（一）TJ-6-6的审查内容", "（二）TJ-5的审查内容"]


def test_a_report_to_be_reviewed_gets_no_notice_and_is_told_what_to_decide() -> None:
    with pytest.raises(DocprocError) as raised:
        draft_notice(report(PackageOutcome.REVIEW, finding("TJ-2", Outcome.REVIEW, title="属地")))
    assert raised.value.code == "notice_refused"
    assert "TJ-2 属地" in raised.value.text


def test_open_review_items_make_a_marked_draft_and_never_enter_it() -> None:
    with_review = deficient()
    with_review = with_review.model_copy(update={"findings": (*with_review.findings, finding("TJ-2", Outcome.REVIEW, title="属地"))})
    drafted = draft_notice(with_review)
    assert drafted.to_decide == ("TJ-2 属地：TJ-2的情况说明。",)
    assert any("待核" in line for line in lines(drafted))
    assert not any("属地" in line for line in lines(drafted))


def test_a_kind_that_the_outcome_does_not_support_is_refused() -> None:
    with pytest.raises(DocprocError) as raised:
        draft_notice(deficient(), kind="passed")
    assert raised.value.code == "notice_kind_mismatch"


def test_without_an_addressee_no_notice() -> None:
    nameless = report(PackageOutcome.DEFICIENT, finding("TJ-5", Outcome.MISSING), applicant=None)
    with pytest.raises(DocprocError) as raised:
        draft_notice(nameless)
    assert raised.value.code == "notice_incomplete"


@pytest.mark.parametrize("name", ["甲<公司>&乙", "{{ 公司 }}有限公司", "天津“一重”装备 有限公司", "锅\x07炉厂", "范\ue0fe仲\ue0ff厂"])
@pytest.mark.parametrize("script", [Script.HANS, Script.HANT])
def test_hostile_names_survive(name: str, script: Script) -> None:
    drafted = draft_notice(deficient(package=deficient().package.model_copy(update={"applicant": name})), script=script)
    shown = " ".join(name.replace("\x07", " ").translate(str.maketrans("", "", "\ue0fe\ue0ff")).split())
    assert f"{shown}：" in lines(drafted)


def test_traditional_notices_keep_names_and_quotes_as_they_stand() -> None:
    text = "\n".join(lines(draft_notice(deficient(), script=Script.HANT)))
    assert "補正通知書" in text
    assert f"{APPLICANT}：" in text  # 范, not 範
    assert "依據：形式要求" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert draft_notice(deficient()).data == draft_notice(deficient()).data


def test_a_quote_stands_in_the_notice_once_and_shortened_where_long() -> None:
    long = "安全生产事故" * 30
    changed = report(
        PackageOutcome.DEFICIENT,
        finding("TJ-6-2c", Outcome.MISSING, evidence=(Evidence(document="d1", page=3, start=0, end=len(long), quote=long),)),
    )
    where = next(line for line in lines(draft_notice(changed)) if line.startswith("位置："))
    assert where.startswith("位置：1.申报书/申报书.pdf第3页，原文：“安全生产事故")
    assert where.endswith("…”")


def test_a_notice_whose_text_was_lost_is_not_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template from which somebody deleted the remedies must not produce a letter."""

    def without_remedies(template: str, context: dict, script: Script) -> bytes:
        document = docx.Document(io.BytesIO(render(template, context, script)))
        for paragraph in document.paragraphs:
            if paragraph.text.startswith("补正要求："):
                paragraph._p.getparent().remove(paragraph._p)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    monkeypatch.setattr(notice_module, "render", without_remedies)
    with pytest.raises(DocprocError) as raised:
        draft_notice(deficient())
    assert raised.value.code == "notice_unproved"
    assert "补正要求" in raised.value.text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")]
)
def test_numbers_of_headings(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_report_round_trips_through_json() -> None:
    assert Report.model_validate_json(deficient().model_dump_json()) == deficient()


@pytest.mark.parametrize(
    ("office", "why"),
    [
        (Office(due_in=10), "没有发文日期"),
        (Office(issued=date(2026, 11, 25), due_in=0), "工作日数应为正数"),
        (Office(issued=date(2026, 11, 25), due_in=-3), "工作日数应为正数"),
        (Office(issued=date(9999, 12, 30), due_in=10), "超出了历法的范围"),
        (Office(issued=date(2026, 11, 25), received=date(2026, 11, 26)), "晚于发文日期"),
        (Office(issued=date(2026, 11, 25), due_in=10), "晚于申报通知（某市2026年度申报通知）规定的截止日期2026年12月1日"),
    ],
)
def test_an_impossible_deadline_is_refused(office: Office, why: str) -> None:
    made = deficient()
    assert made.checklist is not None
    limits = {"deadline": date(2026, 12, 1), "notice_list": "某市2026年度申报通知"}
    with pytest.raises(DocprocError) as raised:
        draft_notice(made.model_copy(update={"checklist": made.checklist.model_copy(update=limits)}), office)
    assert raised.value.code == "deadline_impossible"
    assert why in raised.value.text
