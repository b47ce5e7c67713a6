"""Documents that a package holds twice are told: the same file, or the same text in another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from docproc.duplicates import in_words, repeated
from docproc.materials import identify
from docproc.model import SourceFile
from tests.material_files import pdf, word
from tests.test_materials import COVER, FORM_TABLE, LICENCE, PLEDGE, SAFETY


def twice(files: Sequence[SourceFile]) -> tuple[dict[str, str], list[str]]:
    numbered = [file if file.sha256.strip("0") else replace(file, sha256=f"{number:064x}") for number, file in enumerate(files, 1)]
    identified = identify(numbered)
    found = repeated(identified.documents, identified.views)
    return found, in_words(identified.documents, found)


def test_the_same_file_under_two_names() -> None:
    scan = replace(pdf("执照.pdf", ""), sha256="a" * 64)
    found, words = twice([scan, pdf("申报书.pdf", COVER), replace(scan, path="附件/IMG_0012.pdf")])
    assert found == {"d3": "d1"}
    assert words == ["“附件/IMG_0012.pdf”与“执照.pdf”是同一份文件，请核对是否重复提交或放错。"]


def test_a_paper_by_itself_and_in_the_bound_file() -> None:
    found, words = twice([pdf("全套.pdf", COVER, FORM_TABLE, LICENCE, PLEDGE), pdf("营业执照.pdf", LICENCE.replace(" ", "  "))])
    assert found == {"d4": "d2"}
    assert words == ["“营业执照.pdf”与“全套.pdf”第 3 页文字完全相同，请核对是否重复提交或放错。"]


@pytest.mark.parametrize(
    "files",
    [
        [word("一.docx", "附件一"), word("二.docx", "附件一")],  # dividers
        [pdf("一.pdf", ""), pdf("二.pdf", "")],  # scans that nobody read
        [pdf("一.pdf", SAFETY), pdf("二.pdf", SAFETY.replace("2026年10月11日", "2026年10月12日"))],
    ],
)
def test_what_is_not_twice(files: list[SourceFile]) -> None:
    assert twice(files) == ({}, [])
