"""The command line as a user meets it: exit statuses, clear sentences, outputs; above all on bad input."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from docproc.cli import main

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def pdf(*lines: str, password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    canvas.setFont("STSong-Light", 14)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 26 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


COMMITMENT = ("承诺书", "天津恒岭机床有限公司承诺申报材料真实、准确。", "承诺单位（盖章）：天津恒岭机床有限公司", "2026年10月20日")


def form(path: Path) -> Path:
    document = docx.Document()
    for line in ("天津市先进级智能工厂申报书", "申报单位：天津恒岭机床有限公司", "近三年未发生较大及以上安全、环保等事故。"):
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "申报材料"
    folder.mkdir()
    form(folder / "先进级智能工厂申报书.docx")
    (folder / "承诺书.pdf").write_bytes(pdf(*COMMITMENT))
    return folder


def report_of(folder: Path, *arguments: object) -> dict:
    result = run("check", folder, "--as-of", "2026-11-22", "--json", "-", *arguments)
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def problems(report: dict) -> dict[str, list[str]]:
    return {document["path"]: [problem["code"] for problem in document["problems"]] for document in report["documents"]}


def test_the_checklist_is_chosen_from_the_package_itself(package: Path) -> None:
    assert report_of(package)["checklist"]["id"] == "tianjin-advanced"


def test_out_leaves_what_a_reviewer_opens(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    result = run("check", package, "--as-of", "2026-11-22", "--out", out)
    assert result.exit_code == 1
    assert {"report.html", "sheet.docx", "report.json", "notice.docx"} <= {path.name for path in out.iterdir()}
    assert "需补正" in result.stdout
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    for owner in (*report["claims"], *report["findings"]):
        for evidence in owner["evidence"]:
            if evidence["quote"] is not None:
                text = (out / "text" / f"{evidence['document']}.txt").read_text(encoding="utf-8")
                assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_package_that_names_nobody_gets_everything_but_a_letter(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("这里没有说是谁。", encoding="utf-8")
    result = run("check", tmp_path / "说明.txt", "--checklist", "tianjin-advanced", "--out", tmp_path / "结果")
    assert result.exit_code == 1
    assert "主送单位" in result.stderr
    assert {path.name for path in (tmp_path / "结果").iterdir()} == {"report.html", "sheet.docx", "sheet.xlsx", "report.json", "text"}


def test_the_same_package_gives_the_same_report(package: Path) -> None:
    assert report_of(package) == report_of(package)


def test_a_missing_path(tmp_path: Path) -> None:
    result = run("check", tmp_path / "没有.zip")
    assert result.exit_code == 2
    assert "没有.zip" in result.stderr
    assert "请检查路径" in result.stderr


def test_an_unknown_checklist_names_those_there_are(package: Path) -> None:
    result = run("check", package, "--checklist", "shanghai-basic")
    assert result.exit_code == 2
    assert "tianjin-advanced" in result.stderr


def test_a_date_that_is_none(package: Path) -> None:
    result = run("check", package, "--as-of", "2026-02-30")
    assert result.exit_code == 2
    assert "不是日期" in result.stderr


def test_an_empty_folder_is_named_in_a_report(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "Thumbs.db").write_bytes(b"\xd0\xcf")
    result = run("check", tmp_path / "空", "--json", tmp_path / "report.json")
    assert result.exit_code == 3
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["outcome"], report["package"]["problems"][0]["code"]) == ("review", "package_empty")


def test_one_bad_package_does_not_stop_the_rest(package: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    result = run("check", tmp_path / "空", package, "--as-of", "2026-11-22", "--json", tmp_path / "reports.json")
    assert result.exit_code == 3
    reports = json.loads((tmp_path / "reports.json").read_text(encoding="utf-8"))
    assert [bool(report["findings"]) for report in reports] == [False, True]


def test_a_package_whose_checklist_cannot_be_told(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("这里没有说申报什么。", encoding="utf-8")
    result = run("check", tmp_path / "说明.txt")
    assert result.exit_code == 2
    assert "--checklist" in result.stderr
    assert "beijing-basic" in result.stderr


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("加密.pdf", pdf(*COMMITMENT, password="secret"), "encrypted"),
        ("截断.pdf", pdf(*COMMITMENT)[:200], "damaged"),
        ("旧版.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported"),
        ("空文件.docx", b"", "empty"),
    ],
)
def test_an_unreadable_file_is_reported_and_the_rest_is_checked(package: Path, name: str, data: bytes, code: str) -> None:
    (package / name).write_bytes(data)
    report = report_of(package)
    assert code in problems(report)[name]
    readable = next(finding for finding in report["findings"] if finding["item"] == "FORM-readable")
    assert readable["outcome"] == "fail"
    assert name in readable["message"]
    assert any(claim["name"] == "accident.record" for claim in report["claims"])


def test_a_word_file_that_is_a_renamed_pdf_is_read_by_content(package: Path) -> None:
    (package / "承诺书.pdf").rename(package / "承诺书.docx")
    report = report_of(package)
    assert problems(report)["承诺书.docx"] == ["wrong_extension"]
    assert next(document["kind"] for document in report["documents"] if document["path"] == "承诺书.docx") == "commitment"


def test_extract_and_normalise_one_file(package: Path, tmp_path: Path) -> None:
    result = run("extract", package / "先进级智能工厂申报书.docx", "--json", "-")
    assert result.exit_code == 0
    assert {"company.name", "accident.record"} <= {claim["name"] for claim in json.loads(result.stdout)}
    (tmp_path / "办法.txt").write_text("天 津 市，２０２４年，規(guī)模以上工業(yè)企業(yè)", encoding="utf-8")
    assert run("normalise", tmp_path / "办法.txt").stdout.strip() == "天津市，2024年，规模以上工业企业"
    assert "處" not in run("normalise", tmp_path / "办法.txt", "--explain").stdout
    assert "處" not in run("normalise", tmp_path / "办法.txt", "--to", "hant").stdout


def test_notice_refuses_and_drafts(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    run("check", package, "--as-of", "2026-11-22", "--out", out)
    result = run(
        "notice",
        out / "report.json",
        "--out",
        tmp_path / "通知.docx",
        "--agency",
        "天津市工业和信息化局",
        "--date",
        "2026-11-25",
        "--due-in",
        "10",
    )
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "通知.docx").is_file()
    assert run("notice", out / "report.json", "--kind", "passed").exit_code == 2
    assert run("notice", out / "report.json", "--due-in", "10").exit_code == 2
    assert run("notice", tmp_path / "没有.json").exit_code == 2


def test_a_report_whose_quotes_no_longer_stand_is_refused(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    run("check", package, "--as-of", "2026-11-22", "--out", out)
    for text in (out / "text").iterdir():
        text.write_text("改过的文字" * 50, encoding="utf-8")
    result = run("notice", out / "report.json")
    assert result.exit_code == 2
    assert "引文与原文不符" in result.stderr


def test_rules_are_listed_shown_explained_and_validated(tmp_path: Path) -> None:
    assert "beijing-advanced" in run("checklist", "list").stdout
    assert "TJ-6-2c" in run("checklist", "show", "tianjin-advanced").stdout
    explained = run("checklist", "explain", "TJ-6-2c").stdout
    assert "第六条（二）" in explained
    assert "无较大及以上安全、环保等事故" in explained
    assert run("checklist", "explain", "TJ-99").exit_code == 2
    from docproc.library import shelf

    folder = tmp_path / "checklists"
    shutil.copytree(shelf("checklists"), folder)
    assert run("checklist", "validate", folder / "tianjin.yaml").exit_code == 0
    broken = folder / "tianjin.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("article: 第二条", "article: 第九十九条", 1), encoding="utf-8")
    result = run("checklist", "validate", broken)
    assert result.exit_code == 1
    assert "第九十九条" in result.stderr


def test_a_second_round_follows_up_the_first(tmp_path: Path) -> None:
    """What the first report noticed is cured, what changed unasked is told, the second letter names the first."""
    text = "申报书\n申报单位：天津范氏数控机床有限公司\n统一社会信用代码：91120114000140839A\n2025年营业收入：13886.06万元\n成立日期：XXX\n"
    for name, content in (("甲", text), ("乙", text.replace("XXX", "2006年8月3日").replace("13886", "18886"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "申报书.txt").write_text(content, encoding="utf-8")
    common = ["--checklist", "tianjin-advanced", "--as-of", "2026-11-22"]
    run("check", str(tmp_path / "甲"), *common, "--out", str(tmp_path / "一"))
    result = run("check", str(tmp_path / "乙"), *common, "--previous", str(tmp_path / "一" / "report.json"), "--out", str(tmp_path / "二"))
    assert "第二轮" in result.output
    assert "未要求而改动　营业收入（元）（2025年）" in result.output
    found = json.loads((tmp_path / "二" / "report.json").read_text(encoding="utf-8"))["second_round"]
    assert [change["what"] for change in found["changes"]] == ["scale.revenue"]
    assert "第二轮：前次告知的内容" in (tmp_path / "二" / "report.html").read_text(encoding="utf-8")
    refused = run("check", str(tmp_path / "甲"), str(tmp_path / "乙"), "--previous", str(tmp_path / "一" / "report.json"))
    assert refused.exit_code == 2
