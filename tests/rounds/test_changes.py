"""What was changed without being asked for is found; what was asked for is not held against the firm."""

from __future__ import annotations

from docproc.model import DocumentState, Kind, Outcome
from tests.rounds.made import FORM, Round, compared, finding

FAULT = "成立日期：XXX"


def rounds(text: str, *, fault: str = FAULT, mended: str = "成立日期：2006年8月3日") -> list[tuple[str, str | None, str | None]]:
    """The silent changes of a second form where the first was found fault with in `fault`."""
    one, two = Round(d1=FORM), Round(d1=text)
    first = one.report(
        finding("FORM-complete", Outcome.FAIL, evidence=(one.at(fault),)),
        claims=(one.claim("c1", "scale.revenue", 138860600, "13886.06万元", year=2025),),
    )
    claims = [two.claim("c1", "scale.revenue", 188860600, "18886.06万元", year=2025)] if "18886.06" in text else []
    claims += [two.claim("c1", "scale.revenue", 138860600, "13886.06万元", year=2025)] if "13886.06" in text else []
    claims += [two.claim("c2", "company.established_on", "2006-08-03", "2006年8月3日")] if "2006年8月3日" in text else []
    second = two.report(finding("FORM-complete", Outcome.PASS), claims=tuple(claims))
    return [(change.what, change.before, change.now) for change in compared((one, first), (two, second)).changes]


def test_what_was_asked_for_is_no_silent_change() -> None:
    assert rounds(FORM.replace("XXX", "2006年8月3日")) == []


def test_a_figure_changed_unasked_is_told_with_both_values() -> None:
    text = FORM.replace("XXX", "2006年8月3日").replace("13886.06", "18886.06")
    assert rounds(text) == [("scale.revenue", "138860600", "188860600")]


def test_a_sentence_changed_unasked_is_shown_side_by_side() -> None:
    text = FORM.replace("XXX", "2006年8月3日").replace("占有率第一", "占有率第三")
    assert rounds(text) == [("text", "公司产品在华北市场占有率第一。", "公司产品在华北市场占有率第三。")]


def test_a_sentence_added_and_one_taken_out_are_shown() -> None:
    text = FORM.replace("XXX", "2006年8月3日").replace("设备联网率达到百分之九十。\n", "公司计划上市。\n")
    assert rounds(text) == [("text", "设备联网率达到百分之九十。", "公司计划上市。")]


def test_lines_broken_otherwise_are_no_change() -> None:
    assert rounds(FORM.replace("XXX", "2006年8月3日").replace("在华北市场", "在华\n北市 场")) == []


def test_where_something_was_lacking_only_what_is_added_was_asked_for() -> None:
    """Two years' figures were lacking: adding them was asked for, changing the third year's was not."""
    added = FORM.replace("2025年营业收入：13886.06万元", "2024年营业收入：12000万元\n2025年营业收入：18886.06万元")
    one, two = Round(d1=FORM), Round(d1=added)
    old = one.claim("c1", "scale.revenue", 138860600, "13886.06万元", year=2025)
    new = two.claim("c1", "scale.revenue", 188860600, "18886.06万元", year=2025)
    more = two.claim("c2", "scale.revenue", 120000000, "12000万元", year=2024)
    first = one.report(finding("TJ-6-2a", Outcome.MISSING, claims=("c1",)), claims=(old,))
    second = two.report(finding("TJ-6-2a", Outcome.PASS, claims=("c1", "c2")), claims=(new, more))
    changes = compared((one, first), (two, second)).changes
    assert [(change.what, change.qualifiers, change.now) for change in changes] == [("scale.revenue", {"year": 2025}, "188860600")]


def test_a_figure_that_only_vanished_is_told() -> None:
    assert ("scale.revenue", "138860600", None) in rounds(FORM.replace("2025年营业收入：13886.06万元\n", ""))


def test_a_paper_to_be_handed_in_anew_may_read_otherwise_everywhere() -> None:
    one, two = Round(d1=FORM, d2="2024年审计报告。另一企业。"), Round(d1=FORM, d2="2024年审计报告。本企业。利润一千万元。")
    first = one.report(finding("TJ-M-finance", Outcome.MISSING, papers=(Kind.AUDIT,), evidence=(one.at("另一企业", "d2"),)))
    found = compared((one, first), (two, two.report(finding("TJ-M-finance", Outcome.PASS))))
    assert found.changes == ()
    assert all(pair.asked for pair in found.documents)


def test_a_document_added_unasked_is_told() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM, d2="审计报告")
    first = one.report(finding("FORM-complete", Outcome.FAIL, evidence=(one.at(FAULT),)))
    found = compared((one, first), (two, two.report(finding("FORM-complete", Outcome.FAIL))))
    assert [(pair.now, pair.state, pair.asked) for pair in found.documents] == [
        ("d1.txt", DocumentState.UNCHANGED, True),
        ("d2.txt", DocumentState.ADDED, False),
    ]


def test_every_quote_stands_in_its_text() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM.replace("第一", "第二").replace("九十", "八十"))
    found = compared((one, one.report()), (two, two.report()))
    assert len(found.changes) == 2
    for change in found.changes:
        for place, text in (*((p, FORM) for p in change.before_places), *((p, two.texts["d1"]) for p in change.now_places)):
            assert place.quote == text[place.start : place.end]


def test_more_changes_than_a_report_lists_are_counted() -> None:
    many = "".join(f"第{n}条内容{n}。" for n in range(200))
    one, two = Round(d1=many), Round(d1=many.replace("内容", "另写").replace("第5条另写5。第6", "第5条内容5。第6"))
    lines = "".join(f"甲{n}。同。" for n in range(150))
    three, four = Round(d1=lines), Round(d1=lines.replace("甲", "乙"))
    assert compared((one, one.report()), (two, two.report())).changes
    found = compared((three, three.report()), (four, four.report()))
    assert len(found.changes) <= 60
    assert len(found.changes) + found.changes_left_out >= 1
