from __future__ import annotations

from docproc.commands import repairs_text
from docproc.model import Content
from docproc.text.view import view_of


def explained(text: str) -> str:
    return repairs_text(view_of(Content(format="txt", text=text)))


def test_the_conversion_is_explained() -> None:
    told = explained("本公司以資訊系統與軟體推動智慧製造，乾燥設備與瞭解。\n天津市智能工厂。\n")
    assert "文字：0–27 繁体；27–36 简体" in told
    assert "一字两写 2 处" in told
    assert "乾 → 干\t干/乾" in told
    assert "用语疑为台湾：資訊系統、軟體、智慧製造" in told
    assert "4–8\t资讯系统 → 信息系统" in told


def test_what_is_lost_is_told() -> None:
    assert "无法还原 1 处\n2–4\t'锟斤'" in explained("名称锟斤")


def test_plain_text_needs_no_explanation() -> None:
    assert explained("天津市智能工厂。") == "共 0 处修复\n"
