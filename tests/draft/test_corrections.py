"""What one correction cures is asked for once, ordered by the material it concerns; nothing is dropped."""

from __future__ import annotations

from itertools import chain

from docproc.draft import draft_notice
from docproc.draft.corrections import corrections, open_findings
from docproc.draft.word import paragraphs
from docproc.model import Evidence, Finding, Kind, Outcome, PackageOutcome
from tests.reports import deficient, finding, report


def groups(*findings: Finding) -> list[list[str]]:
    made = report(PackageOutcome.DEFICIENT, *findings)
    found = corrections(made, open_findings(made))
    assert sorted(chain.from_iterable([f.item for f in each] for each in found)) == sorted(f.item for f in findings)
    return [[f.item for f in each] for each in found]


def at(document: str, start: int | None = None, end: int | None = None, page: int | None = None) -> Evidence:
    quote = None if start is None or end is None else "字" * (end - start)
    return Evidence(document=document, page=page, start=start, end=end, quote=quote)


def test_a_paper_not_handed_in_cures_what_only_it_could_show() -> None:
    form = finding("TJ-M-form", Outcome.MISSING, papers=(Kind.FORM,))
    said = [finding(f"TJ-{n}", Outcome.MISSING, looks_at=(Kind.FORM,), cured_by=Kind.FORM) for n in (5, 7)]
    blank = finding("FORM-complete", Outcome.MISSING, cured_by=Kind.FORM)
    credit = finding("TJ-6-2b", Outcome.MISSING, looks_at=(Kind.FORM, Kind.CREDIT), cured_by=Kind.CREDIT)
    assert groups(*said, form, blank, credit) == [["TJ-M-form", "TJ-5", "TJ-7", "FORM-complete"], ["TJ-6-2b"]]


def test_a_paper_that_is_there_cures_nothing_by_being_asked_for_again() -> None:
    """The form is there, what it should say is not: each statement is a correction of its own."""
    said = [finding(f"TJ-{n}", Outcome.MISSING, looks_at=(Kind.FORM,), cured_by=Kind.FORM) for n in (5, 7)]
    assert groups(*said) == [["TJ-5"], ["TJ-7"]]


def test_a_paper_exchanged_takes_its_own_faults_with_it() -> None:
    anothers = finding("TJ-M-finance", Outcome.MISSING, papers=(Kind.AUDIT,), evidence=(at("d2"),))
    owner = finding("FORM-owner", Outcome.FAIL, papers=(Kind.AUDIT,), evidence=(at("d2", 0, 4, 1),))
    both = finding("FORM-name", Outcome.FAIL, evidence=(at("d1", 0, 4, 1), at("d2", 0, 4, 1)))
    assert groups(owner, anothers, both) == [["TJ-M-finance", "FORM-owner"], ["FORM-name"]]


def test_faults_found_in_the_same_words_are_one_correction() -> None:
    one = finding("FORM-figures", Outcome.FAIL, evidence=(at("d1", 10, 20, 2), at("d2", 5, 9, 1)))
    other = finding("TJ-6-6", Outcome.FAIL, evidence=(at("d1", 12, 18, 2),))
    apart = finding("FORM-date", Outcome.FAIL, evidence=(at("d1", 30, 40, 2),))
    assert groups(one, other, apart) == [["FORM-figures", "TJ-6-6"], ["FORM-date"]]


def test_the_same_remedy_is_asked_for_once() -> None:
    same = "请提交由所在区主管部门出具的推荐函。"
    assert groups(finding("TJ-9-2a", Outcome.MISSING, remedy=same), finding("TJ-9-2b", Outcome.MISSING, remedy=same)) == [
        ["TJ-9-2a", "TJ-9-2b"]
    ]


def test_papers_come_first_then_material_by_material() -> None:
    licence = finding("FORM-address", Outcome.FAIL, evidence=(at("d2", 0, 4, 1),))
    later, sooner = (finding(f"FORM-{n}", Outcome.FAIL, evidence=(at("d1", p, p + 4, p),)) for n, p in (("code", 9), ("date", 2)))
    credit = finding("TJ-M-credit", Outcome.MISSING, papers=(Kind.CREDIT,))
    assert groups(licence, later, sooner, credit) == [["TJ-M-credit"], ["FORM-date"], ["FORM-code"], ["FORM-address"]]


def test_a_merged_entry_keeps_every_problem_citation_and_remedy() -> None:
    form = finding(
        "TJ-M-form", Outcome.MISSING, title="申报书", papers=(Kind.FORM,), message="材料中没有找到申报书。", remedy="请提交申报书。"
    )
    said = finding("TJ-5", Outcome.MISSING, cured_by=Kind.FORM, message="没有申报书，无从查到说明。", remedy="请在其中说明。", basis=None)
    lines = paragraphs(draft_notice(report(PackageOutcome.DEFICIENT, said, form)).data)
    start = lines.index("（一）申报书")
    assert lines[start + 1 : start + 8] == [
        "问题：材料中没有找到申报书。",
        "问题：没有申报书，无从查到说明。",
        "位置：全部申报材料中均未见",
        "依据：《天津市智能工厂梯度培育管理办法》第六条（二）（“无不良信用记录”）",
        "依据：形式要求",
        "补正要求：请提交申报书。",
        "补正要求：请在其中说明。",
    ]
    assert not any(line.startswith("（二）") for line in lines)


def test_what_a_paper_that_is_there_lacks_is_looked_for_in_it() -> None:
    lacking = finding("TJ-5", Outcome.MISSING, looks_at=(Kind.FORM,))
    assert "位置：1.申报书/申报书.pdf中未见" in paragraphs(draft_notice(report(PackageOutcome.DEFICIENT, lacking)).data)


def test_the_order_does_not_hang_on_the_order_of_findings() -> None:
    made = deficient()
    wrong = open_findings(made)
    assert corrections(made, wrong) == corrections(made, tuple(reversed(wrong)))
