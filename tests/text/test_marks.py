"""Commas and semicolons of sentences are searched full-width; figures, lists of values and quotes keep theirs."""

from __future__ import annotations

import pytest

from docproc.extract import extract_claims
from docproc.text.align import rewrite
from docproc.text.marks import widen_marks


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("2024年获评先进级,现申报卓越级。", "2024年获评先进级，现申报卓越级。"),
        ("营业收入12,500万元,员工300人;未停产。", "营业收入12,500万元，员工300人；未停产。"),
        ("死亡0人; 重伤1人。", "死亡0人； 重伤1人。"),
        ("某某阀业有限公司,91120112MA07,327,中型", "某某阀业有限公司,91120112MA07,327,中型"),
        ("按GB/T 39116, ISO 9001,执行。", "按GB/T 39116, ISO 9001，执行。"),
        ("2022,2023年两年。\n名称,代码", "2022,2023年两年。\n名称,代码"),
    ],
)
def test_only_marks_of_sentences_are_widened(written: str, searched: str) -> None:
    assert rewrite(written, list(widen_marks(written))) == searched


def test_evidence_keeps_the_mark_of_its_source() -> None:
    text = "我公司2024年获评江西省先进级智能工厂,今年申报江西省卓越级智能工厂。"
    claims = {claim.name: claim for claim in extract_claims(text)}
    assert claims["recognition.level"].value == "advanced"
    assert claims["application.level"].value == "excellent"
    for claim in claims.values():
        for place in claim.evidence:
            assert text[place.start : place.end] == place.quote
