"""Checklists as data: strict, with inheritance, and every mistake told with its file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from docproc.checklist import Checklist, find_item, known, load, validate
from docproc.checklist_file import for_level, merged
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.model import Kind, Outcome
from docproc.predicates import PREDICATES
from docproc.predicates.predicate import COMMON
from tests.office_folder import edit
from tests.office_folder import office as office

SIXTH = "TJ-6-1a TJ-6-1b TJ-6-2a TJ-6-2b TJ-6-2c TJ-6-2d TJ-6-3a TJ-6-3b TJ-6-4 TJ-6-5 TJ-6-6"
FIFTH = "BJ-5-1a BJ-5-1b BJ-5-1c BJ-5-2a BJ-5-2b BJ-5-3a BJ-5-3b BJ-5-3c BJ-5-3d BJ-5-4 BJ-5-5a BJ-5-5b BJ-5-6 BJ-5-7 BJ-5-8"
TABLES = {
    "tianjin-basic": f"TJ-2 TJ-5 {SIXTH} TJ-7 TJ-9-1",
    "tianjin-advanced": f"TJ-2 TJ-5 {SIXTH} TJ-7 TJ-9-2a TJ-9-2b",
    "tianjin-excellent": f"TJ-2 TJ-5 {SIXTH} TJ-7 TJ-9-3a TJ-9-3b TJ-9-3c",
    "tianjin-leading": f"TJ-2 TJ-5 {SIXTH} TJ-7 TJ-9-4a TJ-9-4b",
    "beijing-basic": f"{FIFTH} BJ-6a BJ-6b",
    "beijing-advanced": f"{FIFTH} BJ-7a BJ-7b",
}
MATERIALS = ("form", "licence", "finance", "maturity", "credit", "commitment")
FORMAL = "readable complete name code address figures seal date owner draft"
NEVER_CORRECTED = {
    "TJ-2": {"outside"},
    "TJ-6-1a": {"below"},
    "TJ-6-2b": {"listed"},
    "TJ-6-2c": {"occurred"},
    "TJ-6-2d": {"occurred"},
    "TJ-6-6": {"below", "denied"},
    "TJ-9-3a": {"not_completed"},
    "TJ-9-3b": {"expired", "not_held"},
    "TJ-9-4a": {"expired", "not_held"},
    "BJ-5-1a": {"outside"},
    "BJ-5-1b": {"branch"},
    "BJ-5-1c": {"below"},
    "BJ-5-2a": {"not_completed"},
    "BJ-5-3b": {"listed"},
    "BJ-5-3c": {"occurred"},
    "BJ-5-3d": {"occurred"},
    "BJ-5-7": {"below", "denied"},
    "BJ-7a": {"expired", "not_held"},
}


def all_checklists() -> list[Checklist]:
    return [load(name) for name, _ in known()]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_condition_once_in_the_tables_order(name: str) -> None:
    prefix = "TJ" if name.startswith("tianjin") else "BJ"
    wanted = [*TABLES[name].split(), *(f"{prefix}-M-{key}" for key in MATERIALS), *(f"FORM-{key}" for key in FORMAL.split())]
    assert [item.id for item in load(name).items] == wanted


def test_known_ids() -> None:
    assert {name for name, _ in known()} == set(TABLES)


def test_what_ends_an_application() -> None:
    for checklist in all_checklists():
        for item in checklist.items:
            assert set(item.final) == NEVER_CORRECTED.get(item.id, set()), item.id


def test_which_items_are_for_the_experts() -> None:
    judged = {item.id for checklist in all_checklists() for item in checklist.items if item.judgement}
    wanted = "TJ-5 TJ-6-1b TJ-6-3a TJ-6-3b TJ-6-4 TJ-6-5 TJ-7 BJ-5-2b BJ-5-4 BJ-5-5a BJ-5-5b BJ-5-6 BJ-5-8"
    assert judged == set(wanted.split())


def test_the_four_sentences_are_four() -> None:
    for checklist in all_checklists():
        for item in checklist.items:
            assert set(item.says) == set(PREDICATES[item.predicate].situations)
            for name, says in item.says.items():
                sentences = [item.requirement, item.check, says.message, *([says.remedy] if says.remedy else [])]
                assert len(set(sentences)) == len(sentences), (item.id, name)
                assert all(sentence.strip() for sentence in sentences), (item.id, name)
                settled = item.outcome_of(name) in (Outcome.PASS, Outcome.NOT_APPLICABLE)
                assert bool(says.remedy) != settled, (item.id, name)


def test_materials_are_cited_as_usual_practice() -> None:
    for checklist in all_checklists():
        for item in checklist.items:
            if "-M-" in item.id:
                assert item.basis is not None
                assert item.basis.note == "惯例，以当年申报通知为准"


def test_no_condition_invents_a_basis() -> None:
    """Neither regulation of Tianjin names a legal person or a place of registration; neither names days to put things right."""
    words = "".join(item.requirement for name in TABLES if name.startswith("tianjin") for item in load(name).items)
    assert "独立法人" not in words
    assert "工作日" not in words


def test_out_of_force_is_said_plainly() -> None:
    rules = load("beijing-basic")
    assert rules.note_on(date(2026, 11, 22)) == ""
    note = rules.note_on(date(2027, 1, 1))
    assert "2026-12-31" in note
    assert "2027-01-01" in note


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_title_names_the_matter_and_not_the_state_wished_for(name: str) -> None:
    """It heads a fault in a notice, where 没有修订 or 名称一致 would read as its contrary."""
    wished = re.compile(r"^(?:没有|无|未|已|具有|愿意|符合|达到|在)|(?:一致|完整|有效|可控|先进|合格|领先)$|(?<!没)有无")
    assert [item.title for item in load(name).items if wished.search(item.title)] == []


def test_find_item() -> None:
    checklist, item = find_item("TJ-9-3b")
    assert (checklist.id, item.title) == ("tianjin-excellent", "先进级智能工厂认定及其有效期")
    with pytest.raises(DocprocError, match="TJ-99"):
        find_item("TJ-99")
    with pytest.raises(DocprocError, match="tianjin-basic"):
        load("shanghai-basic")


def test_the_machine_names_no_city() -> None:
    words = re.compile("天津|北京|上海|tianjin|beijing", re.IGNORECASE)
    folder = Path(load.__code__.co_filename).parent
    own = ["checklist", "checklist_file", "checklist_items", "choose", "evaluate", "examples", "regulation", "strict_yaml"]
    for path in [*(folder / f"{name}.py" for name in own), *(folder / "predicates").glob("*.py")]:
        assert not words.search(path.read_text(encoding="utf-8")), path.name


def test_predicates_document_their_situations() -> None:
    for predicate in PREDICATES.values():
        assert predicate.meaning.endswith(".")
        for situation in predicate.situations.values():
            assert situation.meaning
            assert not situation.fills & COMMON


@pytest.mark.parametrize("name", ["national", "tianjin", "beijing", "form", "notices/tianjin-2026", "notices/beijing-2026"])
def test_the_bundled_files_are_valid(name: str) -> None:
    assert validate(shelf("checklists") / f"{name}.yaml") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "why", "shift"),
    [
        ("tianjin", "    from: scale\n", "    from: scale\n    colour: red\n", "没有这个键", 1),
        ("tianjin", "    quote: 无不良信用记录\n", "    quote: 没有不良信用记录\n", "没有这句原文", 0),
        ("tianjin", "    article: 第六条（一）\n", "    article: 第六条（九）\n", "没有第六条（九）", 0),
        ("tianjin", "    from: scale\n", "    from: scales\n", "没有名为“scales”的范本", 0),
        ("tianjin", "  - id: TJ-5\n", "  - id: TJ-5\n    id: TJ-6\n", "重复出现", 1),
        ("tianjin", "  - id: TJ-6-1a\n", "  - id: TJ-5\n", "编号“TJ-5”重复", 0),
        ("tianjin", "predicate: self_assessment", "predicate: exec", "没有名为“exec”的判定方法", 0),
        (
            "tianjin",
            "required: {by_level: {basic: 2, advanced: 2, excellent: 3, leading: 4}}",
            "required: {by_level: {basic: 2}}",
            "by_level",
            None,
        ),
        ("tianjin", "province: 天津市, factory_counts: true", "province: 天津市, factory_counts: often", "factory_counts", 0),
        ("tianjin", 'pass: {message: "已有自评估结果，见{found}。"}', 'pass: {message: "已有{nothing}。"}', "占位符“{nothing}”", 0),
        ("tianjin", "extends: national", "extends: nowhere", "找不到“nowhere”", 0),
        ("tianjin", "regulation: tianjin-2025", "regulation: tianjin-1925", "找不到规定", 0),
        ("tianjin", "then: form", "then: forms", "找不到“forms”", 0),
        ("form", "    predicate: sealed\n", "    predicate: stamped\n", "没有名为“stamped”的判定方法", 0),
        ("form", "      nothing_to_look_at: {message: 没有申报书和承诺书可看。}\n", "", "缺少情形“nothing_to_look_at”", None),
        ("form", "kind: form", "kind: list", "kind 应为", 0),
        ("notices/beijing-2026", "year: 2026", "year: soon", "year", 0),
        ("national", "level_names:\n", "level_names: &names\n", "", None),
        ("tianjin", "title: 天津市智能工厂梯度培育申报形式审查\n", "", "缺少这个键，请补上", None),
        ("tianjin", "then: form", "than: form", "没有这个键，请删去或者改正拼写", 0),
        ("tianjin", "looks_at: [maturity, form]", "looks_at: [maturity, from]", "应为下列之一", 0),
        ("tianjin", "looks_at: [maturity, form]", "looks_at: maturity", "应写列表", 0),
        ("tianjin", "final: [expired, not_held]", "final: [expired, lapsed]", "没有情形“lapsed”", 0),
        ("tianjin", "      valid_years: 3\n", "      valid_years: three\n", "应写整数", 0),
        ("tianjin", "    article: 第二条\n", "", "没有写明条款（article）和引文（quote）", None),
        ("tianjin", "  province: 天津市\n", "", "缺少这个键", None),
        (
            "tianjin",
            "outcome: pass\n        documents: [{kind: licence}]",
            "outcome: passed\n        documents: [{kind: licence}]",
            "应为下列之一",
            0,
        ),
        ("beijing", "      branch_words: [", "      branch_words: ['(', ", "不是有效的正则表达式", 0),
        ("beijing", "parameters: {day: 15, months: [3, 6, 9, 12]}", "parameters: {day: 中旬, months: [3, 6, 9, 12]}", "应写整数", 0),
        ("form", "    predicate: draft\n", "", "缺少这个键", None),
        ("form", "parameters: {must_be_dated: [form, commitment]}", "parameters: {must_be_dated: [form, commitmnt]}", "应为下列之一", 0),
        ("form", '      pass: {message: "检查了{count}个日期', '      pass: {message: "检查了{counts}个日期', "占位符“{counts}”", 0),
        ("form", '    remedy: "请接受或拒绝全部修订', '    remedy: "{trace}请接受或拒绝全部修订', "占位符“{trace}”", None),
        ("notices/tianjin-2026", "deadline: null", "deadline: 七月底", "应写日期", 0),
        ("notices/tianjin-2026", "  form: {name: 申报书}", "  form: 申报书", "应写键和值", 0),
        ("notices/tianjin-2026", "finance_years: []", "finance_years: 2025", "应写列表", 0),
    ],
)
def test_mistakes_are_told_with_file_and_line(office: Path, file: str, old: str, new: str, why: str, shift: int | None) -> None:
    line = edit(office / f"{file}.yaml", old, new)
    errors = validate(office / f"{file}.yaml")
    if not why:
        assert errors == []  # an anchor that nothing refers to changes nothing
        return
    assert errors
    assert why in errors[0].text
    assert f"{Path(file).name}.yaml" in errors[0].text
    if shift is not None:
        assert f"第 {line + shift} 行" in errors[0].text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kind: form\n  title: x\n", "YAML 写法有误"),
        ("kind: form\nitems: [*none]\n", "不能用别名"),
        ("kind: form\n<<: {title: x}\n", "不能用“<<”作键"),
        ("- a\n", "kind 应为"),
        ("", "kind 应为"),
        ("kind: form\ntitle: x\n", "items"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    errors = validate(path)
    assert why in errors[0].text


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("title: 天津".encode("gb18030"))
    assert "UTF-8" in validate(path)[0].text


def test_a_wrong_inherited_value_is_told_where_it_stands(office: Path) -> None:
    line = edit(office / "national.yaml", "before_window_months: 6", "before_window_months: half a year")
    errors = validate(office / "tianjin.yaml")
    assert "national.yaml" in errors[0].text
    assert f"第 {line} 行" in errors[0].text


def test_the_years_notice_replaces_the_usual_list(office: Path) -> None:
    notice = yaml.safe_load((office / "notices" / "tianjin-2026.yaml").read_text(encoding="utf-8"))
    notice |= {"year": 2027, "standing": "津工信〔2027〕1号", "finance_years": [2024, 2025], "deadline": date(2027, 7, 1)}
    del notice["materials"]["credit"]
    (office / "notices" / "tianjin-2027.yaml").write_text(yaml.safe_dump(notice, allow_unicode=True), encoding="utf-8")
    rules = load("tianjin-advanced")
    assert rules.notice is not None
    assert rules.notice.finance_years == (2024, 2025)
    credit, form = rules.item("TJ-M-credit"), rules.item("TJ-M-form")
    assert credit is not None
    assert form is not None
    assert form.basis is not None
    assert form.basis.note == "津工信〔2027〕1号"
    assert credit.parameters.model_dump()["required"] is False


def test_a_new_city_is_data_only(office: Path) -> None:
    regulation = yaml.safe_load((office / "regulations" / "tianjin-2025.yaml").read_text(encoding="utf-8"))
    (office / "regulations" / "elsewhere-2027.yaml").write_text(yaml.safe_dump(regulation, allow_unicode=True), encoding="utf-8")
    (office / "elsewhere.yaml").write_text(
        "kind: checklist\ntitle: 某市审查\ncity: elsewhere\nextends: national\nthen: form\nregulation: elsewhere-2027\n"
        "chosen_by: {province: 某市, names: [某市工业和信息化局]}\nlevels: {basic: {id: elsewhere-basic, title: 某市基础级}}\n"
        "items:\n  - {id: MS-1, from: credit, article: 第六条（二）, quote: 无不良信用记录}\n",
        encoding="utf-8",
    )
    rules = load("elsewhere-basic")
    assert rules.items[0].id == "MS-1"
    assert rules.items[0].looks_at == (Kind.FORM, Kind.CREDIT, Kind.COMMITMENT)
    assert rules.items[-1].id == "FORM-draft"


def test_values_by_level() -> None:
    assert for_level({"a": {"by_level": {"x": 1, "y": [2]}}, "b": [{"by_level": {"x": 3, "y": 4}}]}, "y") == {"a": [2], "b": [4]}
    with pytest.raises(KeyError):
        for_level({"by_level": {"x": 1}}, "y")


def test_merging() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": 3}, "d": [2]}) == {"a": {"b": 3, "c": 2}, "d": [2]}
