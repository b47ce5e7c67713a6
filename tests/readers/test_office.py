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
