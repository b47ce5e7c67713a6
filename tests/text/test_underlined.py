"""Answers written on a form's line are searched without it; blanks and names keep their underscores."""

from __future__ import annotations

import pytest

from docproc.text.align import rewrite
from docproc.text.underlined import without_lines


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("发生事故__0__起", "发生事故0起"),
        ("发生事故＿１＿起", "发生事故１起"),
        ("处罚__ 两 __次", "处罚 两 次"),
        ("事故：__无__", "事故：无"),
        ("事故____3起", "事故3起"),
        ("事故3____起", "事故3起"),
        ("____起，死亡____人", "____起，死亡____人"),
        ("____年__月__日", "____年__月__日"),
        ("因____被列入", "因____被列入"),
        ("A_01_v2", "A_01_v2"),
        ("report_2023_final", "report_2023_final"),
    ],
)
def test_only_the_line_under_an_answer_goes(written: str, searched: str) -> None:
    assert rewrite(written, list(without_lines(written))) == searched
