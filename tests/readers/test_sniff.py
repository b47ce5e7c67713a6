"""A file is what its bytes are; a name that says otherwise is reported, and what has no reader is named with its remedy."""

from __future__ import annotations

import pytest

from docproc.readers import read_bytes
from docproc.readers.sniff import sniff
from docproc.readers.table import READERS
from docproc.readers.unread import FORMATS, SENTENCES, unreadable
from tests.readers.word_files import docx, paragraph, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(60)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.docx", docx(paragraph("文")), "docx"),
        ("a.zip", docx(paragraph("文")), "docx"),
        ("a.docx", b"PK\x03\x04broken", "docx"),
        ("a.zip", zipped({"a.txt": "文"}), "zip"),
        ("a.ofd", zipped({"OFD.xml": "<x/>"}), "ofd"),
        ("a.pdf", b"\n\n%PDF-1.7\n", "pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.tif", b"II*\x00", "image"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom", "video"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "heic"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "rar"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        ("a.tar.gz", b"\x1f\x8b\x08\x00", "gzip"),
        ("a.rtf", b"{\\rtf1\\ansi", "rtf"),
        ("a.doc", ole("WordDocument"), "doc"),
        ("a.wps", ole("WordDocument"), "wps"),
        ("a.xls", ole("Workbook"), "xls"),
        ("a.docx", ole("EncryptedPackage"), "encrypted-docx"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related", "mhtml"),
        ("a.txt", b"plain", "txt"),
        ("a.csv", b"a,b", "csv"),
        ("a.pdf", b"\x00\x01\x02\xff\xfe\x80", "pdf"),
        ("a.dat", b"\x00\x01\x02\xff\xfe\x80\x81", "unknown"),
    ],
)
def test_sniff(name: str, data: bytes, found: str) -> None:
    assert sniff(name, data) == found


def test_renamed_file_is_read_by_content_and_reported() -> None:
    content = read_bytes("申报书.pdf", docx(paragraph("正文")))
    assert content.text == "正文"
    assert [problem.code for problem in content.problems] == ["wrong_extension"]
    assert "“.pdf”" in content.problems[0].message
    assert "Word" in content.problems[0].message
    assert content.losses == ()


def test_renamed_pdf_is_read_by_content() -> None:
    content = read_bytes("申报书.docx", b"%PDF-1.4 broken")
    assert content.format == "pdf"
    assert content.problems[0].code == "wrong_extension"


@pytest.mark.parametrize("name", ["申报书.docx", "申报书.DOCX", "申报书", "dir.pdf/申报书.docm"])
def test_right_or_absent_suffix_is_no_problem(name: str) -> None:
    assert read_bytes(name, docx(paragraph("正文"))).problems == ()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "empty"),
        ("a.docx", bytes(100), "empty"),
        ("a.docx", ole("EncryptedPackage"), "encrypted"),
        ("a.docx", docx(paragraph("正文"))[:300], "damaged"),
        ("a.doc", ole("WordDocument"), "damaged"),
        ("a.ofd", zipped({"OFD.xml": "<x/>"}), "damaged"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "unsupported"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom", "unsupported"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.html", b"<html></html>", "empty"),
    ],
)
def test_what_cannot_be_read_is_one_problem_and_one_loss(name: str, data: bytes, code: str) -> None:
    content = read_bytes(name, data)
    assert [problem.code for problem in content.problems] == [code]
    assert [loss.code for loss in content.losses] == [code]
    assert content.text == ""
    assert content.problems[0].message.endswith("。")


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("file_format", [*FORMATS, "something else"])
def test_every_message_is_whole(file_format: str, code: str) -> None:
    message = unreadable(file_format, code, "原因").problems[0].message
    assert "{" not in message
    assert "。。" not in message


def test_every_format_with_a_reader_has_a_name() -> None:
    assert set(READERS) <= set(FORMATS)
