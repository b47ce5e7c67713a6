"""Where a text only shows how a form is filled in, and where a form begins that is."""

import pytest

from extractors.lines.specimens import specimens


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("填写示例：\n申报等级　先进级\n得分　2.1", "\n申报等级　先进级\n得分　2.1"),
        ("填写示例：\n申报等级　先进级\n\n申报等级　基础级", "\n申报等级　先进级"),
        ("填表示例\n\n申报等级　先进级\n一、基本情况\n申报等级　基础级", "\n\n申报等级　先进级"),
        ("【填报样例】\n职工人数：320\n企业填报：\n职工人数：86", "\n职工人数：320"),
        ("企业名称：××有限公司\n申报等级：先进级", "企业名称：××有限公司\n申报等级：先进级"),
    ],
)
def test_a_heading_or_a_blank_firm_opens_a_specimen(text: str, shown: str) -> None:
    assert [text[slice(*span)] for span in specimens(text)] == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "质量标准样例库建设情况\n公司申报先进级智能工厂",
        "填写示例：申报等级：先进级\n申报等级：基础级",
        "典型应用示范\n公司获评先进级智能工厂",
        "企业名称：天津合辰机电有限公司\n联系电话：022-2699XXXX",
        "附件2 填写示例\n附件3 信用报告",
    ],
)
def test_words_that_show_nothing_open_none(text: str) -> None:
    assert all(span.start == span.end for span in specimens(text))
