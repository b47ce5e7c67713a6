"""What only LibreOffice reads: converted where it is installed, named with what to do where it is not."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from docproc.model import Content
from docproc.readers import office, read_bytes
from docproc.readers.isolate import Isolation
from tests.readers.doc_files import Word97, doc, line

_NAMESPACES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def odt(words: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {_NAMESPACES} office:version="1.2"><office:body><office:text><text:p>{words}</text:p>'
            "</office:text></office:body></office:document-content>",
        )
    return buffer.getvalue()


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


def stand_in(folder: Path, script: str) -> str:
    """A program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    for name, data in (("a.odt", odt("文")), ("a.doc", doc(Word97([line("文")], kind=0xA5DC)))):
        content = read_bytes(name, data)
        assert codes(content) == ["unsupported"]
        assert "另存为" in content.problems[0].message


def test_real_conversion_where_it_is_installed() -> None:
    with Isolation() as isolation:
        content = isolation.read("说明.odt", odt("近三年未发生重大事故。"))
    if office.program() is None:
        assert codes(content) == ["unsupported"]
    else:
        assert (content.format, content.text.strip(), codes(content)) == ("odt", "近三年未发生重大事故。", [])
        assert [problem.code for problem in content.problems] == ["converted"]


def flat(body: str) -> bytes:
    wordml, aml = "http://schemas.microsoft.com/office/word/2003/wordml", "http://schemas.microsoft.com/aml/2001/core"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{wordml}" '
        f'xmlns:aml="{aml}"><w:body>{body}</w:body></w:wordDocument>'
    ).encode()


def written(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_what_the_conversion_of_word_xml_leaves_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "convert", lambda data, kind: Content(kind, "第一段\n第一段"))
    comment = f"<w:p><aml:annotation><aml:content>{written('批注')}</aml:content></aml:annotation><w:r><w:t>第一 段</w:t></w:r></w:p>"
    field = '<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'
    assert codes(office.read_wordml(flat(comment + field + written("第一段")))) == []
    body = written("第一段") * 3 + written("页眉") + "<w:p><w:r><w:pict><w:binData>AAAA</w:binData></w:pict></w:r></w:p>"
    content = read_bytes("a.xml", flat(body))
    assert [(loss.code, loss.count) for loss in content.losses] == [("unsupported", 2), ("picture", 1)]
    assert codes(office.read_wordml(flat(body)[:-20])) == []


def test_flat_open_document_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(office, "convert", lambda data, kind: asked.append(kind) or Content(kind, "文"))
    namespaces = "".join(f' xmlns:n{number}="urn:oasis:names:tc:opendocument:xmlns:n{number}:1.0"' for number in range(40))
    for kind in ("text", "spreadsheet"):
        page = f'<?xml version="1.0"?>\n<office:document{namespaces} {_NAMESPACES} '
        page += f'office:mimetype="application/vnd.oasis.opendocument.{kind}"/>'
        asked.append(read_bytes("a.xml", page.encode()).format)
    assert asked == ["fodt", "fodt", "fods"]


@pytest.mark.parametrize("script", ["exit 0", "exit 3", 'mkdir -p "$PWD/out"; : > "$PWD/out/document.docx"'])
def test_only_a_written_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(office, "program", lambda: stand_in(tmp_path, script))
    assert codes(office.convert(b"x", "odt")) == ["damaged"]


def test_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: stand_in(tmp_path, "sleep 60 & sleep 60"))
    monkeypatch.setattr(office, "_SECONDS", 0.3)
    assert codes(office.convert(b"x", "odt")) == ["timeout"]


def test_each_conversion_has_a_profile_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: stand_in(tmp_path, f'echo "$1" >> {tmp_path}/profiles'))
    for _ in range(2):
        office.convert(b"x", "odt")
    profiles = (tmp_path / "profiles").read_text().split()
    assert len(set(profiles)) == 2
    assert all(profile.startswith("-env:UserInstallation=file:///") for profile in profiles)
