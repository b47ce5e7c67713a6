"""Identity and mobile numbers are hidden in everything that is written; every quote stays provable; nothing else is touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from docproc.cli import main
from docproc.mask import mask_report, mask_text
from docproc.model import Evidence, Outcome, PackageOutcome
from docproc.outputs import load_report
from tests.reports import finding, report

IDENTITY, MOBILE = "110105199003071234", "13812345678"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"身份证号：{IDENTITY}。", "身份证号：110*************34。"),
        ("身份证号11010519900307123X", "身份证号110*************3X"),
        ("110105 19900307 123x", "110*** ******** **3x"),
        ("１１０１０５１９９００３０７１２３４", "１１０*************３４"),
        ("身份证：110105900307123", "身份证：110**********23"),
        (f"联系人手机：{MOBILE}", "联系人手机：138****5678"),
        ("+86 138-1234-5678", "+86 138-****-5678"),
        ("138 1234 5678，139 8765 4321", "138 **** 5678，139 **** 4321"),
        ("8613812345678", "86138****5678"),
    ],
)
def test_numbers_of_persons_are_masked_one_for_one(text: str, masked: str) -> None:
    assert mask_text(text) == masked
    assert len(mask_text(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码 91120114000140839A",
        "911201140001408397",  # a credit code of digits alone
        "营业收入13812345678元",
        "营业收入13812345678.50元",
        "138,123,456.78",
        "电话022-28371234",
        "专利号 ZL202310123456.7",
        "110105199013071234",  # no thirteenth month
        "合同编号1381234567890",
        "2023年1月1日至2025年12月31日",
        "银行账号 6222021234567890123",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_text(text) == text


@given(st.text(st.sampled_from("0123456789Xx- 身份证手机：，a\n１２"), max_size=60))
def test_a_masked_text_is_as_long_and_masking_again_changes_nothing(text: str) -> None:
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert mask_text(masked) == masked
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))


def test_a_quote_that_cuts_a_number_is_masked_by_the_text_around_it() -> None:
    text = f"联系人：张三，手机{MOBILE}，身份证{IDENTITY}。"
    start = text.index(MOBILE)
    cut = Evidence(document="d1", start=0, end=start + 7, quote=text[: start + 7])
    wrong = finding("TJ-5", Outcome.FAIL, evidence=(cut,), message=f"见“手机{MOBILE[:9]}…”和“…{IDENTITY[6:]}”。")
    masked = mask_report(report(PackageOutcome.DEFICIENT, wrong), {"d1": text})
    assert masked.masked
    quote = masked.findings[0].evidence[0]
    assert quote.quote == mask_text(text)[quote.start : quote.end] == "联系人：张三，手机138****"
    assert MOBILE[:9] not in masked.findings[0].message
    assert IDENTITY[6:] not in masked.findings[0].message


def test_digests_are_not_taken_for_numbers_of_persons() -> None:
    made = report(PackageOutcome.PASS)
    made = made.model_copy(update={"package": made.package.model_copy(update={"sha256": IDENTITY.ljust(64, "a")})})
    assert mask_report(made, {}).package.sha256 == made.package.sha256


def test_everything_that_check_writes_is_masked_and_provable(tmp_path: Path) -> None:
    folder = tmp_path / f"材料{MOBILE}"
    folder.mkdir()
    lines = ["天津市先进级智能工厂申报书", "申报单位：天津范氏数控机床有限公司", "法定代表人：范某，身份证号：" + IDENTITY]
    lines += [f"联系人手机：{MOBILE}", "成立日期：XXX", f"2025年营业收入：13886.06万元（联系 {MOBILE}）"]
    (folder / "申报书.txt").write_text("\n".join(lines), encoding="utf-8")
    document = docx.Document()
    document.add_paragraph(f"承诺书：本单位承诺材料真实。联系电话{MOBILE}，{IDENTITY}")
    document.save(str(folder / "承诺书.docx"))
    out = tmp_path / "结果"
    arguments = [
        "check",
        str(folder),
        "--checklist",
        "tianjin-advanced",
        "--as-of",
        "2026-11-22",
        "--mask",
        "--out",
        str(out),
        "--json",
        "-",
    ]
    result = CliRunner().invoke(main, arguments)
    secret = re.compile(f"{MOBILE}|{IDENTITY}|{IDENTITY[6:14]}")
    assert not secret.search(result.output)
    for path in out.rglob("*"):
        if path.is_file() and path.suffix in (".docx", ".xlsx"):
            assert not secret.search(_inside(path)), path.name
        elif path.is_file():
            assert not secret.search(path.read_text(encoding="utf-8")), path.name
    assert not (out / "annotated").exists() or not list((out / "annotated").iterdir())
    loaded = load_report(out / "report.json")  # looks up every quote in the masked texts
    assert loaded.masked
    assert any(entry.quote and "*" in entry.quote for claim in loaded.claims for entry in claim.evidence) or loaded.findings
    plain = json.loads(CliRunner().invoke(main, [argument for argument in arguments if argument != "--mask"]).stdout)
    masked = json.loads((out / "report.json").read_text(encoding="utf-8"))
    places = [[(e["start"], e["end"]) for f in each["findings"] for e in f["evidence"]] for each in (plain, masked)]
    assert places[0] == places[1]
    assert [d["sha256"] for d in plain["documents"]] == [d["sha256"] for d in masked["documents"]]


def test_a_letter_from_an_unmasked_report_is_masked_on_request(tmp_path: Path) -> None:
    text = f"成立日期：XXX，联系人手机{MOBILE}"
    wrong = finding("FORM-complete", Outcome.FAIL, evidence=(Evidence(document="d1", start=0, end=len(text), quote=text),))
    (tmp_path / "report.json").write_text(report(PackageOutcome.DEFICIENT, wrong).model_dump_json(), encoding="utf-8")
    CliRunner().invoke(main, ["notice", str(tmp_path / "report.json"), "--out", str(tmp_path / "a.docx"), "--mask"])
    assert "138****5678" in _inside(tmp_path / "a.docx")
    assert MOBILE not in _inside(tmp_path / "a.docx")


def _inside(path: Path) -> str:
    from zipfile import ZipFile

    with ZipFile(path) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
