"""Regulations: parsed from the texts as they were received, looked up by article, and the source of every quote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from docproc.checklist import known, load
from docproc.cli import main
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.regulation import dump, from_data, numeral_of, parse, parse_file, read, to_data, value_of
from docproc.text import normalise

RECEIVED = Path(__file__).parent / "data" / "regulations"
HELD = shelf("checklists") / "regulations"


@pytest.mark.parametrize("name", ["tianjin-2025", "beijing-2025"])
def test_the_data_is_what_parsing_the_received_text_gives(name: str) -> None:
    parsed = parse_file(RECEIVED / f"{name}.txt")
    held = read(HELD / f"{name}.yaml")
    assert parsed.articles == held.articles
    assert (parsed.title, parsed.number, parsed.valid_from, parsed.valid_to) == (held.title, held.number, held.valid_from, held.valid_to)
    assert (parsed.id, parsed.source, parsed.source_sha256) == (held.id, held.source, held.source_sha256)


def test_terms() -> None:
    beijing, tianjin = read(HELD / "beijing-2025.yaml"), read(HELD / "tianjin-2025.yaml")
    assert (beijing.valid_from, beijing.valid_to) == (date(2025, 4, 29), date(2026, 12, 31))
    assert (tianjin.valid_from, tianjin.valid_to) == (None, date(2028, 12, 31))
    assert not beijing.in_force(date(2027, 1, 1))
    assert not beijing.in_force(date(2025, 4, 28))
    assert beijing.in_force(date(2026, 12, 31))
    assert tianjin.in_force(date(2020, 1, 1))
    assert len(beijing.articles) == 15
    assert len(tianjin.articles) == 14


@pytest.mark.parametrize("checklist", [name for name, _ in known()])
def test_each_quote_stands_word_for_word_in_the_received_text(checklist: str) -> None:
    rules = load(checklist)
    text = "".join(normalise((RECEIVED / rules.regulation.source).read_text(encoding="utf-8")).text.split())
    for item in rules.items:
        if item.basis is None:
            assert item.id.startswith("FORM-")
            continue
        assert "".join(item.basis.quote.split()) in text, item.id
        assert item.basis.quote in (rules.regulation.find(item.basis.article) or ""), item.id
        assert bool(item.basis.note) == ("-M-" in item.id), item.id


@pytest.mark.parametrize(
    ("reference", "begins"),
    [
        ("第五条（三）", "企业近三年经营"),
        ("第五条(三)", "企业近三年经营"),
        ("第5条（三）", "企业近三年经营"),
        ("第五條（三）", "企业近三年经营"),
        ("第五条第三项", "企业近三年经营"),
        ("第五条第（三）项", "企业近三年经营"),
        ("第六条", "企业对照基础级"),
        ("第十二条（二）", "被依法终止"),
        ("第十二条第一款", "基础级和先进级智能工厂所在企业"),
    ],
)
def test_find(reference: str, begins: str) -> None:
    words = read(HELD / "beijing-2025.yaml").find(reference)
    assert words is not None
    assert words.startswith(begins)


@pytest.mark.parametrize("reference", ["第五条（九）", "第九十条", "第六条（一）", "第六条第三款", "第五章", "第五条三", ""])
def test_find_nothing(reference: str) -> None:
    assert read(HELD / "beijing-2025.yaml").find(reference) is None


def test_items_numbered_in_one_character() -> None:
    regulation = parse("第一条 应当符合：\n㈠ 在本市登记；\n⑵未发生事故。\n③另行规定。")
    assert regulation.find("第一条（一）") == "在本市登记；"
    assert regulation.find("第一条（二）") == "未发生事故。"
    assert regulation.find("第一条第二款") == "③另行规定。"


def test_a_regulation_in_many_notations() -> None:
    text = (
        "某某管理办法\n第1章 总则\n第一条 目的。\n[bookmark: _GoBack]第2条　条件：\n(一) 甲；\n（二）乙。\n"
        "另有规定的除外。\n第二章附则\n第三条 有效期至2030年1月2日。"
    )
    regulation = parse(text)
    assert regulation.title == "某某管理办法"
    assert regulation.find("第二条（二）") == "乙。"
    assert regulation.find("第二条第二款") == "另有规定的除外。"
    assert regulation.articles[2].chapter == "附则"
    assert regulation.valid_to == date(2030, 1, 2)
    assert from_data(to_data(regulation)) == regulation
    assert "第" not in dump(regulation).split("articles:")[0]


def test_an_article_that_another_is_named_in_is_no_article() -> None:
    assert len(parse("办法\n第一条 依照第二条办理。\n第二条第一款所称事故。").articles) == 1


def test_no_regulation(tmp_path: Path) -> None:
    file = tmp_path / "信.txt"
    file.write_text("没有条款的一封信。", encoding="utf-8")
    with pytest.raises(DocprocError, match="没有找到"):
        parse_file(file)
    with pytest.raises(DocprocError, match="找不到"):
        parse_file(tmp_path / "无.txt")


@given(st.integers(min_value=1, max_value=99))
def test_numerals_go_both_ways(value: int) -> None:
    assert value_of(numeral_of(value)) == value


@given(st.text(alphabet="第一二三十百章条款项（）()\n 甲乙：1。", max_size=80))
def test_any_text_parses(text: str) -> None:
    regulation = parse(text)
    assert from_data(to_data(regulation)) == regulation


def test_the_command_writes_what_can_be_read_back(tmp_path: Path) -> None:
    file = tmp_path / "某市办法.txt"
    file.write_text(
        "某市智能工厂管理办法\n第一章 总则\n第一条 为了规范认定，制定本办法。\n第二条 条件：\n（一）甲；\n（二）乙。", encoding="utf-8"
    )
    out = tmp_path / "库" / "某市-2026.yaml"
    written = CliRunner().invoke(main, ["regulation", "parse", str(file), "--out", str(out)])
    assert (written.exit_code, "2 条" in written.stdout) == (0, True)
    assert read(out).find("第二条（二）") == "乙。"
    printed = CliRunner().invoke(main, ["regulation", "parse", str(file)])
    assert printed.stdout_bytes == out.read_bytes()
    missing = CliRunner().invoke(main, ["regulation", "parse", str(tmp_path / "无.txt")])
    assert (missing.exit_code, "找不到" in missing.stderr) == (2, True)
