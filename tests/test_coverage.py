"""The table of links and typical scenes: by names and their other words, with places, and never a verdict."""

from __future__ import annotations

from pathlib import Path

from docproc.checklist import known, load
from docproc.coverage import cover
from docproc.demo import samples
from docproc.extract import extract_document
from docproc.materials import identify
from docproc.model import Content, CoverageEntry, Kind, SourceFile
from docproc.predicates.judgement import PassageParameters
from docproc.review import check
from docproc.strict_yaml import read_yaml

FORM = """天津市先进级智能工厂申报书
一、企业基本信息表
企业名称：天津某某机械有限公司
统一社会信用代码：911201127Q6833092B
申报级别：先进级
二、智能工厂建设情况
公司的智能工厂建设覆盖生产作业环节。
1. 产线柔性配置与精准作业
工件扫码后自动调用程序。
2. 业财一体化
采购、销售和成本数据汇入数据中台。
三、下一步工作计划
公司计划2028年开展远程运维。
"""


def table_of(text: str) -> dict[str, CoverageEntry]:
    identified = identify([SourceFile("申报书.txt", "", Content("txt", text))])
    (document,) = identified.documents
    assert document.kind is Kind.FORM
    extraction = extract_document(document, identified.views[document.id], None)
    return {entry.name: entry for entry in cover(identified.documents, {document.id: extraction})}


def test_names_and_their_other_words_are_found_with_their_places() -> None:
    table = table_of(FORM)
    scenes = {scene.name: scene.evidence for entry in table.values() for scene in entry.scenes if scene.evidence}
    assert set(scenes) == {"柔性产线快速换产", "智能经营决策"}
    (place, *_) = scenes["柔性产线快速换产"]
    assert place.quote == "1. 产线柔性配置与精准作业"
    assert place.start is not None
    assert FORM[place.start : place.end] == place.quote


def test_a_link_is_told_of_by_its_name_or_by_one_of_its_scenes() -> None:
    table = table_of(FORM)
    assert [name for name, entry in table.items() if entry.evidence] == ["生产作业", "运营管理"]


def test_what_is_planned_and_what_only_holds_a_name_do_not_count() -> None:
    table = table_of(FORM)
    assert not any(scene.evidence for scene in table["运营管理"].scenes if scene.name == "远程运维服务")
    assert not table["工厂建设"].evidence  # 智能工厂建设 is another word


def test_five_links_and_the_eight_groups_with_forty_scenes() -> None:
    table = table_of(FORM)
    assert list(table) == ["工厂建设", "研发设计", "生产作业", "生产管理", "运营管理"]
    scenes = [scene for entry in table.values() for scene in entry.scenes]
    assert len({scene.name for scene in scenes}) == len(scenes) == 40
    assert len({scene.group for scene in scenes}) == 8


def test_without_a_form_there_is_no_table() -> None:
    assert cover((), {}) == ()


def test_every_word_of_the_data_tells_of_one_thing() -> None:
    data = read_yaml(Path("checklists/coverage.yaml")).data
    words = [word for link in data["links"] for word in (link["name"], *link["aliases"])]
    words += [word for group in data["groups"] for scene in group["scenes"] for word in (scene["name"], *scene["aliases"])]
    assert len(words) == len(set(words))
    assert {group["link"] for group in data["groups"]} == {link["id"] for link in data["links"]}


def test_no_item_rests_on_the_table() -> None:
    for checklist_id, _ in known():
        for item in load(checklist_id).items:
            if isinstance(item.parameters, PassageParameters):
                asked = {topic for topics in item.parameters.each_of.values() for topic in topics} | set(item.parameters.topics)
                assert not any(topic.startswith("coverage.") for topic in asked)


def test_the_report_has_the_table() -> None:
    sample = next(sample for sample in samples() if sample.id == "tj-advanced-clean")
    report = check(sample.path, sample.checklist, sample.as_of)
    told = [entry.name for entry in report.coverage if entry.evidence]
    assert {"生产作业", "生产管理", "运营管理"} <= set(told)
