"""The rules as text for a person: a checklist's items in a list, one item explained in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docproc.predicates.predicate import Dated
from docproc.render.words import value_words, word

if TYPE_CHECKING:
    from docproc.checklist import Checklist, Item


_STATES = {"under_review": "正在修订", "retired": "已停用"}


def checklist_text(checklist: Checklist) -> str:
    """Every item of a checklist, with its article."""
    regulation = checklist.regulation
    term = f"{regulation.valid_from or '公布之日'} 至 {regulation.valid_to or '未规定'}"
    lines = [
        f"{checklist.title}（{checklist.id}）",
        f"依据：《{regulation.title}》{regulation.number or ''}，有效期 {term}",
    ]
    if checklist.notice:
        lines.append(f"材料清单：{checklist.notice.title}（{checklist.notice.standing}）")
    lines.append("")
    for item in checklist.items:
        article = item.basis.article if item.basis else "形式要求"
        final = ("" if item.correctable else "　※") + ("　正在修订" if item.lifecycle.state == "under_review" else "")
        lines.append(f"  {item.id:<16}{item.title}（{article}）{final}")
    lines += [f"  {item.id:<16}{item.title}（已停用：{item.lifecycle.why}）" for item in checklist.retired]
    lines += ["", f"共 {len(checklist.items)} 项；带 ※ 的有不能靠补正材料改变的情形。详情：docproc checklist explain 编号"]
    return "\n".join(lines) + "\n"


def item_text(checklist: Checklist, item: Item) -> str:
    """One item: requirement, article quoted, check, what each situation says, examples, remedy."""
    lines = [f"{item.id}　{item.title}", "", f"要求：{item.requirement}"]
    if item.basis:
        note = f"（{item.basis.note}）" if item.basis.note else ""
        lines.append(f"依据：《{item.basis.regulation}》{item.basis.article}{note}")
        lines.append(f"引文：{item.basis.quote}")
        article = checklist.regulation.find(item.basis.article)
        if article and article != item.basis.quote:
            lines.append(f"全文：{article}")
    else:
        lines.append("依据：形式要求，不引条款")
    lines += [f"审查：{item.check}", f"补正：{item.remedy}"]
    if item.because:
        lines.append(f"本地取值：{item.because}")
    if item.lifecycle.state != "active":
        lines.append(f"{_STATES[item.lifecycle.state]}：自{item.lifecycle.since}起，{item.lifecycle.why}")
    lines += [f"取值：{words}" for words in _values(item)]
    lines.append("")
    if item.judgement:
        lines += ["只核对材料是否已作说明，实质内容由专家评判。", ""]
    lines.append("各种情形：")
    for situation, says in item.says.items():
        final = "（不能补正）" if situation in item.final else ""
        lines.append(f"  {word('outcomes', item.outcome_of(situation))}{final}　{says.message}")
    if item.examples:
        lines += ["", "示例："]
        for example in item.examples:
            stated = [f"{word('claims', claim.name)}：{claim.quote or value_words(claim.value)}" for claim in example.claims]
            lines.append(
                f"  {item.id}-{example.name}　{word('outcomes', example.outcome)}　{'；'.join(stated) or '（材料中没有相关陈述）'}"
            )
    return "\n".join(lines) + "\n"


def _values(item: Item) -> Iterator[str]:
    """The values that the law may change, with their term and source."""
    for name, value in item.parameters:
        if isinstance(value, Dated):
            for dated in value.root:
                if dated.source:
                    term = f"自{dated.valid_from or '规定施行'}起" + (f"至{dated.valid_to}" if dated.valid_to else "")
                    yield f"{name} = {dated.value}，{term}，{dated.source}"
