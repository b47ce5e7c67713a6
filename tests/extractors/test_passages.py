"""Passages on the judgement topics: own words, copies of the rule, and what states nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from docproc.extract import PassageMatch, language
from docproc.model import Kind, Status
from docproc.text import normalise
from extractors import context, fields, passages

CASES: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "corpora" / "passages.yaml").read_text(encoding="utf-8"))
PROMISES = (Status.ASSERTED, Status.PLANNED, Status.HYPOTHETICAL)  # for cooperation a promise is what is asked for


def found(text: str, kind: Kind | None = None) -> list[PassageMatch]:
    doc = language().make_doc(normalise(text).text)
    doc._.kind = kind
    for component in (fields.component, context.component, passages.component):
        doc = component(doc)
    result: list[PassageMatch] = doc._.passages
    return result


def on(topic: str, text: str, kind: Kind | None = None) -> list[PassageMatch]:
    """The passages that count for a topic."""
    counted = PROMISES if topic == "cooperation" else (Status.ASSERTED,)
    return [passage for passage in found(text, kind) if passage.topic == topic and passage.status in counted]


def _cases(answer: str) -> Iterator[tuple[str, str]]:
    for topic, sentences in CASES.items():
        yield from ((topic, sentence) for sentence in sentences.get(answer, ()))


@pytest.mark.parametrize(("topic", "text"), list(_cases("own")))
def test_own_words(topic: str, text: str) -> None:
    assert [passage.verbatim for passage in on(topic, text)] == [False]


@pytest.mark.parametrize(("topic", "text"), list(_cases("copy")))
def test_a_copy_of_the_rule(topic: str, text: str) -> None:
    assert [passage.verbatim for passage in on(topic, text)] == [True]


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("organisation", "企业应建立智能工厂统筹规划、建设和运营的组织机制，拥有一批智能制造专业人才。"),
        ("indicators", "主要技术经济指标应处于省（区、市）同行业领先水平。"),
    ],
)
def test_a_copy_that_is_worded_as_a_rule_is_of_its_topic(topic: str, text: str) -> None:
    assert [(passage.status, passage.verbatim) for passage in found(text) if passage.topic == topic] == [(Status.QUOTED, True)]


@pytest.mark.parametrize("verb", ["构建", "建有", "启用", "建成"])
def test_a_twin_that_stands(verb: str) -> None:
    assert on("level_content.digital_twin", f"我司{verb}了全流程数字孪生系统，孪生体与实物同步精度达毫秒级。")


@pytest.mark.parametrize(("topic", "text"), list(_cases("none")))
def test_states_nothing(topic: str, text: str) -> None:
    assert on(topic, text) == []


TABLE = "序号\t条件\t企业情况\t佐证材料\n1\t{label}\t{answer}\t任命文件"


@pytest.mark.parametrize(
    ("label", "answer", "topic", "verbatim"),
    [
        ("组织机制与人才", "由生产副总分管，专人12名", "organisation", [False]),
        ("组织机制与人才", "符合", "organisation", [True]),
        ("组织机制与人才", "", "organisation", []),
        ("组织机制与人才", "暂无", "organisation", []),
        ("网络安全、数据安全", "□符合 □不符合", "network_security", []),
        ("网络安全、数据安全", "☑符合 □不符合", "network_security", [True]),
        ("网络安全、数据安全", "□符合 ☑不符合", "network_security", []),
        ("关键技术装备、工业软件、工业操作系统、系统解决方案", "安全可控。主要设备为国产", "secure_equipment", [False]),
    ],
)
def test_the_answer_beside_a_prompt(label: str, answer: str, topic: str, verbatim: list[bool]) -> None:
    text = "申报条件对照表\n" + TABLE.format(label=label, answer=answer)
    assert [passage.verbatim for passage in on(topic, text)] == verbatim


def test_the_column_of_proofs_is_no_answer() -> None:
    text = TABLE.format(label="组织机制与人才", answer="")
    assert not any("任命文件" in normalise(text).text[slice(*passage.spans[0])] for passage in found(text))


@pytest.mark.parametrize("kind", [Kind.AUDIT, Kind.MATURITY, Kind.CREDIT, Kind.FILING])
def test_papers_of_others_yield_none(kind: Kind) -> None:
    assert found("公司成立智能工厂领导小组，统筹规划、建设和运营。", kind) == []


def test_a_form_without_the_section_has_no_passage() -> None:
    text = "四、组织保障与能力评估\n（二）能力成熟度\n按照GB/T 39117—2020开展自评估，公司智能制造能力成熟度达到二级。"
    assert on("organisation", text) == []


UNDERSTOOD = "（四）网络安全和数据安全\n{text}\n（五）组织机制\n公司成立智能工厂领导小组，统筹规划、建设和运营。"


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("机房实行双人双锁，外来人员进入须登记，离开时由陪同人员复核。", True),
        ("机房实行双人双锁。生产网与办公网物理隔离，每年开展等保测评。", False),
        ("详见附件。", False),
        ("计划2027年完成机房改造，双人双锁。", False),
        ("", False),
    ],
)
def test_words_under_a_heading_that_nobody_understands_are_for_a_person(text: str, unclear: bool) -> None:
    told = [passage for passage in on("network_security", UNDERSTOOD.format(text=text)) if passage.unclear]
    assert bool(told) is unclear


def test_suppliers_that_a_platform_links_are_no_statement_of_the_market() -> None:
    text = "供应链方面，搭建供应商协同平台，46家核心供应商的订单、库存、质量数据在线共享，采购计划协同优化。"
    assert on("level_content.supply_chain", text)
    assert not on("competitiveness", text)
