"""The second letter tells only what is still open or newly caused; what the first left out is for a person."""

from __future__ import annotations

import pytest

from docproc.draft import draft_notice
from docproc.draft.word import paragraphs
from docproc.errors import DocprocError
from docproc.model import Outcome, Report
from docproc.rounds import second_round
from tests.rounds.made import FORM, Round, finding


def second(text: str, *now: object) -> Report:
    """The report of a second round in which FORM-complete and TJ-5 had been noticed."""
    one, two = Round(d1=FORM), Round(d1=text)
    first = one.report(
        finding("FORM-complete", Outcome.FAIL, title="申报书填写情况", evidence=(one.at("XXX"),)),
        finding("TJ-5", Outcome.MISSING, title="技术经济指标"),
        finding("TJ-7", Outcome.REVIEW),
    )
    made = two.report(*now)
    return made.model_copy(update={"second_round": second_round(first, made, one.texts, two.texts)})


def test_what_is_cured_is_named_and_what_is_open_is_told_again() -> None:
    made = second(
        FORM.replace("XXX", "2006年"), finding("FORM-complete", Outcome.PASS), finding("TJ-5", Outcome.MISSING, title="技术经济指标")
    )
    lines = paragraphs(draft_notice(made).data)
    assert [line for line in lines if line.startswith("（")] == ["（一）技术经济指标", "（盖章）"]
    assert "核对情况：前次已告知，尚未补正。" in lines
    assert "前次告知的下列内容已经补正：FORM-complete的审查内容。" not in lines
    assert "前次告知的下列内容已经补正：申报书填写情况。" in lines
    assert any("重新提交的" in line for line in lines)
    assert not any("一次性告知" in line for line in lines)


def test_what_the_new_materials_gave_rise_to_is_told() -> None:
    text = FORM.replace("XXX", "2006年13月")
    wrong = finding("FORM-date", Outcome.FAIL, title="日期", evidence=(Round(d1=text).at("2006年13月"),))
    lines = paragraphs(draft_notice(second(text, finding("FORM-complete", Outcome.PASS), finding("TJ-5", Outcome.PASS), wrong)).data)
    assert "（一）日期" in lines
    assert "核对情况：由本次提交的材料引起，前次未告知。" in lines


def test_what_the_first_letter_left_out_of_unchanged_materials_is_for_a_person() -> None:
    late = finding("TJ-7", Outcome.FAIL, title="培育内容", evidence=(Round(d1=FORM).at("占有率第一"),))
    made = second(FORM, finding("FORM-complete", Outcome.FAIL), finding("TJ-5", Outcome.PASS), late)
    drafted = draft_notice(made)
    assert not any("培育内容" in line for line in paragraphs(drafted.data))
    assert any("培育内容" in line and "不写入通知书" in line for line in drafted.to_decide)
    assert any("草稿" in line for line in paragraphs(drafted.data))
    with pytest.raises(DocprocError) as raised:
        draft_notice(second(FORM, finding("FORM-complete", Outcome.PASS), finding("TJ-5", Outcome.PASS), late))
    assert raised.value.code == "second_notice_empty"
    assert "培育内容" in raised.value.text


def test_silent_changes_are_told_to_the_person_not_to_the_firm() -> None:
    drafted = draft_notice(second(FORM.replace("第一", "第三"), finding("FORM-complete", Outcome.FAIL), finding("TJ-5", Outcome.PASS)))
    assert any("1处未要求而改动" in line for line in drafted.to_decide)
    assert not any("未要求" in line or "草稿" in line for line in paragraphs(drafted.data))


def test_what_is_cured_in_part_says_which_part() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM + "又。")
    first = one.report(finding("TJ-M-finance", Outcome.MISSING, points=("2024年", "2025年")))
    now = two.report(finding("TJ-M-finance", Outcome.MISSING, points=("2025年",)))
    made = now.model_copy(update={"second_round": second_round(first, now, one.texts, two.texts)})
    assert "核对情况：前次已告知，部分补正；已补正：2024年。" in paragraphs(draft_notice(made).data)
