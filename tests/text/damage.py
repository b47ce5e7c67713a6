"""Random texts with the damage of real files mixed in."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "天津市智能工厂", "天 津 市", "營業執照", "發(fā)展", "系统(MES)",
    "?。ㄒ唬┥陥笾黧w", "⽣产⼆级", "２０２４年", "\u200b", "\ufeff", "\t", "\n", "\r\n", "　　",
    "，", "。", "（　）", "□是　☑否", "1,234.50 万元", "93, 418, 602. 17 元", "鏅鸿兘",
    "锟斤拷", "�", "假假假粗粗粗体体体", "- 3 -", "隨著", "覆核", "&nbsp;",
    "[bookmark: _GoBack]", "MA01DGNT6P", "统一社会信用代码：91120115", "\f", "︒", "a", "\U00020000", "\ue000",
)  # fmt: skip

damaged = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join)
