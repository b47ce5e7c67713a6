"""Tar, 7z and rar: the same limits and refusals as for zip, and a clear word where a component is missing."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib
from pathlib import Path

import pytest

from docproc.errors import DocprocError
from docproc.model import SourcePackage
from docproc.readers import packed_members
from docproc.readers.archive import Limits, Tally
from docproc.readers.package import read_package
from tests.readers.rar_files import packed_rar
from tests.readers.test_archive import raw_zip
from tests.readers.word_files import docx, paragraph, zipped

_FILES = {"附件10.txt": "十".encode(), "附件2.txt": "二".encode(), "申报书/正文.docx": docx(paragraph("正文"))}


def tar(files: dict[str, bytes], mode: str = "w", *, encoding: str = "utf-8", form: int = tarfile.PAX_FORMAT) -> bytes:
    if mode == "w:gz":
        return gzip.compress(tar(files, encoding=encoding, form=form), mtime=0)  # the same bytes in every run
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, encoding=encoding, format=form) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def seven(files: dict[str, bytes], password: str | None = None) -> bytes:
    import py7zr

    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def rar(files: dict[str, bytes], method: int = 0x30, flags: int = 0, encoding: str = "utf-8") -> bytes:
    """A RAR 3 archive. `method` 0x30 is stored, which anybody may write."""

    def block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
        rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
        return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest + data

    parts = [b"Rar!\x1a\x07\0", block(0x73, 0, bytes(6))]
    for name, data in files.items():
        raw = name.encode(encoding)
        fields = struct.pack("<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), 0x5A215A21, 29, method, len(raw), 0o100644) + raw
        parts.append(block(0x74, 0x8000 | flags, fields, data))
    return b"".join([*parts, block(0x7B, 0x4000, b"")])


def package(tmp_path: Path, name: str, data: bytes, limits: Limits | None = None) -> SourcePackage:
    (tmp_path / name).write_bytes(data)
    return read_package(tmp_path / name, isolate=False, tally=Tally(limits) if limits else None)


def losses(found: SourcePackage) -> dict[str, list[str]]:
    return {file.path: [loss.code for loss in file.content.losses] for file in found.files}


def codes(found: SourcePackage) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("材料.tar", tar(_FILES)),
        ("材料.tar.gz", tar(_FILES, "w:gz")),
        ("材料.tgz", tar(_FILES, "w:gz")),
        ("材料.tar.bz2", tar(_FILES, "w:bz2")),
        ("材料.tar.xz", tar(_FILES, "w:xz")),
        ("材料.dat", tar(_FILES, encoding="gb18030", form=tarfile.GNU_FORMAT)),
        ("材料.7z", seven(_FILES)),
        ("材料.rar", rar(_FILES)),
    ],
)
def test_files_in_natural_order_under_their_names(tmp_path: Path, name: str, data: bytes) -> None:
    found = package(tmp_path, name, data)
    assert [(file.path, file.content.text) for file in found.files] == [
        ("申报书/正文.docx", "正文"), ("附件2.txt", "二"), ("附件10.txt", "十"),
    ]  # fmt: skip
    assert found.problems == ()


def test_nested_in_one_another(tmp_path: Path) -> None:
    inner = zipped({"a.7z": seven({"b.tar.gz": tar({"c.rar": rar({"d.txt": "底".encode()})}, "w:gz")}), "e.txt": "x"})
    found = package(tmp_path, "外.zip", inner)
    assert [(file.path, file.content.text) for file in found.files] == [("a.7z/b.tar.gz/c.rar/d.txt", "底"), ("e.txt", "x")]
    found = package(tmp_path, "外.zip", inner, Limits(depth=2))
    assert (codes(found), losses(found)) == (["too_deep"], {"a.7z/b.tar.gz": ["too_large"], "e.txt": []})


@pytest.mark.parametrize("encoding", ["gbk", "cp950"])
def test_names_in_the_packers_own_encoding(tmp_path: Path, encoding: str) -> None:
    names = {"營業執照與說明.txt", "審計報告書.txt"}
    packed = [rar(dict.fromkeys(names, b"x"), encoding=encoding)]
    packed.append(tar(dict.fromkeys(names, b"x"), encoding=encoding, form=tarfile.GNU_FORMAT))
    for number, data in enumerate(packed):
        assert {file.path for file in package(tmp_path, f"{number}.dat", data).files} == names


def test_a_tar_that_two_systems_wrote_into(tmp_path: Path) -> None:
    mainland = tar({"申报书与营业执照.txt": b"1", "审计报告.txt": b"2"}, encoding="gb18030", form=tarfile.GNU_FORMAT)
    other = tar({"情况说明.txt": b"3"}, form=tarfile.GNU_FORMAT)
    found = package(tmp_path, "a.tar", mainland.rstrip(b"\0").ljust(2048, b"\0") + other)
    assert {file.path for file in found.files} == {"申报书与营业执照.txt", "审计报告.txt", "情况说明.txt"}


def test_a_zip_of_big5_names_in_a_7z_in_a_rar(tmp_path: Path) -> None:
    inside = raw_zip(("許功蓋/審計報告書.txt".encode("cp950"), b"1"), ("營業執照.txt".encode("cp950"), b"2"), (b"../x.txt", b"3"))
    found = package(tmp_path, "a.rar", rar({"材料.7z": seven({"佐證.zip": inside})}))
    assert {file.path for file in found.files} == {"材料.7z/佐證.zip/許功蓋/審計報告書.txt", "材料.7z/佐證.zip/營業執照.txt"}
    assert [(problem.code, "重新打包" in problem.message) for problem in found.problems] == [("unsafe_path", True)]


def test_plain_compressed_file(tmp_path: Path) -> None:
    assert [(file.path, file.content.text) for file in package(tmp_path, "说明.txt.gz", gzip.compress("文".encode())).files] == [
        ("说明.txt", "文")
    ]
    inside = {"说明.txt.bz2": bz2.compress("文".encode()), "x.xz": lzma.compress("文".encode())}
    assert [file.content.text for file in package(tmp_path, "a.tar", tar(inside)).files] == ["文", "文"]


def test_what_points_outside_or_elsewhere_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in [("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE), ("folder", tarfile.DIRTYPE)]:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name in ("../外.txt", "/etc/外.txt", "里.txt", "Thumbs.db"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
    found = package(tmp_path, "a.tar", buffer.getvalue())
    assert (losses(found), sorted(codes(found)), found.skipped) == ({"里.txt": []}, ["link"] * 3 + ["unsafe_path"] * 2, ("Thumbs.db",))
    assert sorted(codes(package(tmp_path, "a.rar", rar({"../外.txt": b"x", "里.txt": b"x"})))) == ["unsafe_path"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tar.gz", gzip.compress(bytes(40_000_000))),
        ("a.tar.xz", lzma.compress(bytes(40_000_000))),
        ("a.7z", seven({"a": bytes(40_000_000)})),
    ],
)
def test_bombs(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(DocprocError, match="过大"):
        package(tmp_path, name, data, Limits(total=30_000_000))
    found = package(tmp_path, "外.zip", zipped({name: data, "b.txt": "x"}), Limits(total=30_000_000))
    assert losses(found) == {name: ["too_large"], "b.txt": []}


def test_number_and_size_of_members(tmp_path: Path) -> None:
    many = {f"{number}.txt": b"x" * 100 for number in range(20)}
    for name, data in (("a.tar", tar(many)), ("a.7z", seven(many)), ("a.rar", rar(many))):
        found = package(tmp_path, name, data, Limits(members=5))
        assert (len(found.files), codes(found)) == (5, ["too_large"])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gz", b"\x1f\x8b\x08\0"),
        ("a.7z", seven(_FILES)[:60]),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40)),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\xff" * 40),
    ],
)
def test_damaged_packages(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(DocprocError) as caught:
        package(tmp_path, name, data)
    assert (caught.value.code, caught.value.status) == ("unreadable", 3)
    found = package(tmp_path, "外.zip", zipped({name: data, "b.txt": "x"}))
    assert losses(found) == {name: ["damaged"], "b.txt": []}


def test_damaged_member_costs_one_file(tmp_path: Path) -> None:
    data = rar({"a.txt": b"AAAA", "b.txt": b"BBBB"}).replace(b"AAAA", b"AAAB")
    assert losses(package(tmp_path, "a.rar", data)) == {"a.txt": ["damaged"], "b.txt": []}
    cut = tar({"a.txt": b"x", "b.txt": b"y" * 9000})[:4000]
    assert losses(package(tmp_path, "a.tar", cut)) == {"a.txt": [], "b.txt": ["damaged"], "其余内容": ["damaged"]}


def test_what_stands_before_the_break_is_read(tmp_path: Path) -> None:
    import random

    noise = random.Random(1).randbytes(600_000)
    whole = gzip.compress(tar({"a.txt": b"x", "b.bin": noise}))
    assert losses(package(tmp_path, "a.tar.gz", whole[:400_000])) == {"a.txt": [], "b.bin": ["damaged"], "其余内容": ["damaged"]}
    assert losses(package(tmp_path, "b.bin.gz", gzip.compress(noise)[:400_000])) == {"b.bin": ["damaged"]}


def test_empty_archive_inside_is_not_lost(tmp_path: Path) -> None:
    found = package(tmp_path, "外.zip", zipped({"空.zip": zipped({}), "空.tar": tar({}), "b.txt": "x"}))
    assert losses(found) == {"空.zip": ["empty"], "空.tar": ["empty"], "b.txt": []}


def test_passwords(tmp_path: Path) -> None:
    assert losses(package(tmp_path, "外.zip", zipped({"a.7z": seven(_FILES, "秘密")}))) == {"a.7z": ["encrypted"]}
    assert losses(package(tmp_path, "a.rar", rar({"a.txt": b"x"}, flags=0x04))) == {"a.txt": ["encrypted"]}


def test_compressed_rar_needs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = package(tmp_path, "a.rar", packed_rar({"a.txt": b"words"}))
    assert losses(found) == {"a.txt": ["unsupported"]}
    assert "unar" in found.files[0].content.problems[0].message


@pytest.mark.program("unar")
def test_compressed_rar_is_read(tmp_path: Path) -> None:
    pledge = "近三年未发生较大及以上安全事故。\n" * 40
    files = {"材料/承诺书.txt": pledge.encode(), "b.zip": zipped({"说明.txt": "说明"})}
    found = package(tmp_path, "a.rar", packed_rar(files))
    assert losses(found) == {"b.zip/说明.txt": [], "材料/承诺书.txt": []}
    assert {file.content.text for file in found.files} == {"说明", pledge}


@pytest.mark.program("unar")
def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    sound = packed_rar({"a.txt": b"AAAA" * 50, "b.txt": b"BBBB" * 50})
    at = sound.index(b"a.txt") + 150  # among its packed words
    found = package(tmp_path, "a.rar", sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
    assert losses(found) == {"a.txt": ["damaged"], "b.txt": []}


@pytest.mark.parametrize(("name", "data"), [("a.7z", seven(_FILES)), ("a.rar", rar(_FILES))])
def test_without_the_component_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    monkeypatch.setattr(packed_members, "find_spec", lambda component: None)
    found = package(tmp_path, name, data)
    assert losses(found) == {name: ["unsupported"]}
    message = found.files[0].content.problems[0].message
    assert "[archives]" in message
    assert ".zip" in message
    assert losses(package(tmp_path, "外.zip", zipped({name: data, "b.txt": "x"}))) == {name: ["unsupported"], "b.txt": []}
