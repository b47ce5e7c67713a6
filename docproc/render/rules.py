"""The rules as text for a person: a checklist's items in a list, one item explained in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.render.words import value_words, word

if TYPE_CHECKING:
    from docproc.checklist import Checklist, Item


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
        final = "" if item.correctable else "　※"
        lines.append(f"  {item.id:<16}{item.title}（{article}）{final}")
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
    lines += [f"审查：{item.check}", f"补正：{item.remedy}", ""]
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
