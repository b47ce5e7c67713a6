"""Each letter's manifest: what it fits, what it rests on, which names its template may use; mistakes are told with their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docxtpl import DocxTemplate

from docproc.draft import draft_notice
from docproc.draft.manifest import manifest
from docproc.draft.notice import KINDS
from docproc.draft.word import paragraphs, render, unknown_fields
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.model import Outcome, PackageOutcome, Script
from tests.draft.letters import OFFICE, letter, report_for
from tests.reports import deficient, finding, report


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder with templates in it."""
    folder = tmp_path / "templates"
    folder.mkdir()
    shutil.copy(shelf("templates") / "words.yaml", folder)
    monkeypatch.setenv("DOCPROC_LIBRARY", str(tmp_path))
    return folder


TEMPLATES = [*(f"notice-{kind}" for kind in KINDS), "sheet"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_manifest_names_exactly_what_its_template_uses(name: str) -> None:
    about = manifest(name)
    assert unknown_fields(f"{name}.docx", about.fields) == ()
    assert DocxTemplate(str(shelf("templates") / f"{name}.docx")).get_undeclared_template_variables() == set(about.fields)
    assert set(about.sample) == set(about.fields)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_sample_context_makes_a_paper(name: str) -> None:
    about = manifest(name)
    lines = paragraphs(render(f"{name}.docx", about.sample, Script.HANS))
    assert about.title in lines
    assert not any("{{" in line or "{%" in line for line in lines)


def test_each_outcome_has_one_letter_by_default() -> None:
    outcomes = [outcome for kind in KINDS for outcome in manifest(f"notice-{kind}").default_for]
    assert sorted(outcomes) == sorted(set(PackageOutcome) - {PackageOutcome.REVIEW})


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_cites_the_act_on_licences_or_asks_for_other_materials(kind: str) -> None:
    text = "\n".join(paragraphs(letter(kind).data))
    assert "行政许可" not in text
    assert "其他有关材料" not in text
    assert "逾期" not in text


def test_a_correction_rests_on_the_duty_to_tell_all_at_once() -> None:
    basis = manifest("notice-correction").basis
    assert basis is not None
    assert basis.citation == "《优化营商环境条例》（国务院令第722号）第三十六条"
    assert basis.citation in "".join(paragraphs(letter("correction").data))


def test_rectification_rests_on_the_regulation_s_own_words() -> None:
    text = "".join(paragraphs(letter("rectification").data))
    assert "《天津市智能工厂梯度培育管理办法》第十二条（“先进级智能工厂认定有效期三年" in text
    assert "请于2026年12月9日前完成整改" in text


@pytest.mark.parametrize("checklist", ["tianjin-basic", "beijing-advanced"])
def test_where_the_regulation_provides_for_no_rectification_there_is_none(checklist: str) -> None:
    made = deficient()
    assert made.checklist is not None
    other = made.model_copy(update={"checklist": made.checklist.model_copy(update={"id": checklist})})
    with pytest.raises(DocprocError) as raised:
        draft_notice(other, kind="rectification")
    assert raised.value.code == "notice_without_basis"
    assert "限期整改" in raised.value.text


def test_the_receipt_lists_what_the_letter_asks_for_with_room_for_the_answer() -> None:
    lines = paragraphs(letter("receipt").data)
    assert "补正通知书" in lines
    assert "（一）近三年审计报告或财务报表" in lines
    assert "提交的材料（文件名、页码）" in lines
    assert "随本回执提交的材料（由收件单位逐项填写）" not in paragraphs(draft_notice(report_for("passed"), OFFICE, kind="receipt").data)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("请于{{ nobody_knows }}前", "正文第1段“请于{{ nobody_knows }}前”用了没有的字段“nobody_knows”"),
        ("{%p for entry in deficiencies %}|{{ entry.colour }}|{%p endfor %}", "用了没有的字段“colour”"),
        ("{% for entry in deficiencies %}", "notice-correction.docx"),
        ("{{ addressee.__class__.__mro__ }}", "notice-correction.docx"),
    ],
)
def test_a_template_with_what_nobody_fills_is_refused_with_name_and_place(own: Path, text: str, place: str) -> None:
    document = docx.Document()
    for line in text.split("|"):
        document.add_paragraph(line)
    document.save(str(own / "notice-correction.docx"))
    with pytest.raises(DocprocError) as raised:
        draft_notice(deficient())
    assert raised.value.code == "template_invalid"
    assert place in raised.value.text


def test_a_template_that_is_no_word_file_is_refused(own: Path) -> None:
    (own / "notice-correction.docx").write_bytes(b"PK but not really")
    with pytest.raises(DocprocError) as raised:
        draft_notice(deficient())
    assert raised.value.code == "template_invalid"


def test_a_manifest_with_a_wrong_key_is_refused_with_its_line(own: Path) -> None:
    bundled = Path(__file__).parents[2] / "templates" / "notice-correction.yaml"
    (own / "notice-correction.yaml").write_text(bundled.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    with pytest.raises(DocprocError) as raised:
        draft_notice(deficient())
    assert "notice-correction.yaml" in raised.value.text
    assert "colour" in raised.value.text


def test_an_office_s_own_template_goes_first_and_the_others_stay(own: Path) -> None:
    bundled = Path(__file__).parents[2] / "templates"
    document = docx.Document(str(bundled / "notice-correction.docx"))
    document.add_paragraph("本局地址：某路1号")
    document.save(str(own / "notice-correction.docx"))
    assert "本局地址：某路1号" in paragraphs(draft_notice(deficient(), OFFICE).data)
    assert "形式审查通过通知书" in paragraphs(draft_notice(report_for("passed"), OFFICE).data)


def test_a_letter_without_an_addressee_names_the_template() -> None:
    nameless = report(PackageOutcome.DEFICIENT, finding("TJ-5", Outcome.MISSING), applicant=None)
    with pytest.raises(DocprocError) as raised:
        draft_notice(nameless)
    assert "申报单位的全称" in raised.value.text
    assert "notice-correction.docx" in raised.value.text
