"""Folders, archives and single documents as packages."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from docproc.errors import DocprocError
from docproc.readers import read_package
from docproc.readers.isolate import Isolation
from docproc.readers.names import natural_key
from docproc.readers.package import originals
from docproc.readers.package import read_package as read_with
from tests.readers.word_files import docx, paragraph, zipped

FILES: dict[str, str | bytes] = {
    "1.申报书/申报书.docx": docx(paragraph("申报书")),
    "附件2.txt": "二",
    "附件10.txt": "十",
    "附件1/资料.zip": zipped({"甲.txt": "甲"}),
}


def folder(root: Path) -> Path:
    for name, content in FILES.items():
        path = root / "甲公司" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root / "甲公司"


def test_folder_in_natural_order(tmp_path: Path) -> None:
    found = read_package(folder(tmp_path))
    assert found.name == "甲公司"
    assert [file.path for file in found.files] == ["1.申报书/申报书.docx", "附件1/资料.zip/甲.txt", "附件2.txt", "附件10.txt"]
    assert [file.content.text for file in found.files] == ["申报书", "甲", "二", "十"]


def test_folder_and_archive_of_the_same_files_are_the_same_package(tmp_path: Path) -> None:
    (tmp_path / "甲公司.zip").write_bytes(zipped(FILES))
    one, other = read_package(folder(tmp_path), isolate=False), read_package(tmp_path / "甲公司.zip", isolate=False)
    assert one.files == other.files
    assert (one.sha256, one.name) == (other.sha256, other.name)
    (tmp_path / "甲公司" / "附件2.txt").write_text("改", encoding="utf-8")
    assert read_package(tmp_path / "甲公司", isolate=False).sha256 != one.sha256


def test_single_document(tmp_path: Path) -> None:
    path = tmp_path / "申报书.docx"
    path.write_bytes(docx(paragraph("文")))
    found = read_package(path, isolate=False)
    assert (found.name, [file.path for file in found.files]) == ("申报书", ["申报书.docx"])


def test_missing_and_empty(tmp_path: Path) -> None:
    with pytest.raises(DocprocError, match="找不到"):
        read_package(tmp_path / "没有")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / ".DS_Store").write_bytes(b"x")
    with pytest.raises(DocprocError, match="没有可以审查的文件"):
        read_package(tmp_path)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (tmp_path / "外.txt").write_text("外", encoding="utf-8")
    os.symlink(tmp_path / "外.txt", root / "链接.txt")
    os.symlink(tmp_path, root / "上级")
    os.symlink(root / "没有", root / "断.txt")
    os.symlink(root / "附件2.txt", root / "里.txt")
    os.mkfifo(root / "管道")
    found = read_package(root, isolate=False)
    assert [problem.code for problem in found.problems] == ["link"] * 4
    assert {file.path for file in found.files} - {"里.txt"} == {"1.申报书/申报书.docx", "附件1/资料.zip/甲.txt", "附件2.txt", "附件10.txt"}


def test_name_from_another_system(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "营业执照.txt".encode("gbk")
    try:
        with open(raw, "wb") as file:
            file.write(b"x")
    except OSError:
        return  # the file system takes only UTF-8
    assert [file.path for file in read_package(tmp_path, isolate=False).files] == ["营业执照.txt"]


def test_reader_that_dies_costs_one_document(tmp_path: Path) -> None:
    for name in ("die", "good"):
        (tmp_path / name).write_bytes(b"x")
    with Isolation("tests.readers.hostile:read") as isolation:
        found = read_with(tmp_path, isolation=isolation)
    assert [(file.path, [loss.code for loss in file.content.losses]) for file in found.files] == [("die", ["crashed"]), ("good", [])]


def test_natural_key() -> None:
    names = ["附件10.pdf", "附件2.pdf", "附件1/b", "附件1/a", "10", "9", "a"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "附件1/a", "附件1/b", "附件2.pdf", "附件10.pdf"]


def test_the_originals_are_given_once_more_unless_they_have_changed(tmp_path: Path) -> None:
    folder = tmp_path / "甲公司"
    folder.mkdir()
    (folder / "a.txt").write_text("申报书", "utf-8")
    (folder / "b.txt").write_text("承诺书", "utf-8")
    package = read_package(folder)
    assert dict(originals(package, {"a.txt"})) == {"a.txt": "申报书".encode()}
    (folder / "a.txt").write_text("改过了", "utf-8")
    assert dict(originals(package, {"a.txt", "b.txt"})) == {"b.txt": "承诺书".encode()}


def test_a_package_that_no_longer_opens_has_no_originals(tmp_path: Path) -> None:
    archive = tmp_path / "甲.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "申报书")
    package = read_package(archive)
    archive.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    assert not list(originals(package, {"a.txt"}))
