"""Archives: names in every encoding, and nothing an attacker puts in one does harm."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from docproc.errors import DocprocError
from docproc.model import SourcePackage
from docproc.readers.archive import Limits, Tally
from docproc.readers.package import read_package as read_with
from tests.readers.word_files import docx, paragraph, zipped


def raw_zip(*members: tuple[bytes, bytes], flag: int = 0, extra: bytes = b"", local: bytes | None = None) -> bytes:
    """A stored .zip with names byte for byte. `local`: the name before the data, without the flag, where it differs."""
    body, directory = b"", b""
    for name, data in members:
        crc, at, shown = zlib.crc32(data), len(body), name if local is None else local
        sizes = struct.pack("<LLL", crc, len(data), len(data))
        body += (
            struct.pack("<4sHHHHH", b"PK\x03\x04", 20, flag if local is None else 0, 0, 0, 0)
            + sizes
            + struct.pack("<HH", len(shown), 0)
            + shown
            + data
        )
        directory += struct.pack("<4sHHHHHH", b"PK\x01\x02", 0x314, 20, flag, 0, 0, 0) + sizes
        directory += struct.pack("<HHHHHLL", len(name), len(extra), 0, 0, 0, 0, at) + name + extra
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def package(tmp_path: Path, data: bytes, limits: Limits | None = None) -> SourcePackage:
    path = tmp_path / "申报材料.zip"
    path.write_bytes(data)
    return read_with(path, isolate=False, tally=Tally(limits) if limits else None)


def paths(found: SourcePackage) -> list[str]:
    return [file.path for file in found.files]


def codes(found: SourcePackage) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_unflagged_names(tmp_path: Path, encoding: str) -> None:
    names = ["附件/1、营业执照.txt", "附件/2、审计报告.txt", "申报书.txt"]
    found = package(tmp_path, raw_zip(*((name.encode(encoding), b"x") for name in names)))
    assert set(paths(found)) == set(names)


def test_second_byte_that_is_a_backslash_splits_no_path(tmp_path: Path) -> None:
    names = ["許功蓋/審計報告書.txt", "營業執照與說明.txt"]
    assert all(b"\\" in "許功蓋".encode("cp950") for _ in names)
    assert set(paths(package(tmp_path, raw_zip(*((name.encode("cp950"), b"x") for name in names))))) == set(names)
    gbk = "申报材料/禱告説明与企业报告.txt".encode("gbk")
    assert paths(package(tmp_path, raw_zip((gbk, b"x")))) == ["申报材料/禱告説明与企业报告.txt"]


def test_backslash_is_a_separator_and_dots_are_nothing(tmp_path: Path) -> None:
    assert paths(package(tmp_path, raw_zip(("附件\\.\\一.txt".encode("gbk"), b"x")))) == ["附件/一.txt"]


def test_flagged_name_that_is_not_utf8(tmp_path: Path) -> None:
    found = package(
        tmp_path, raw_zip(("营业执照.txt".encode("gbk"), b"words"), (b"in.zip", raw_zip((b"a.txt", b"x"), flag=0x800)), flag=0x800)
    )
    assert {file.path: file.content.text for file in found.files} == {"营业执照.txt": "words", "in.zip/a.txt": "x"}


def test_unicode_path_field_is_trusted_only_for_its_own_name(tmp_path: Path) -> None:
    name, right = b"????.txt", "营业执照.txt".encode()
    field = struct.pack("<BL", 1, zlib.crc32(name)) + right
    assert paths(package(tmp_path, raw_zip((name, b"x"), extra=struct.pack("<HH", 0x7075, len(field)) + field))) == ["营业执照.txt"]
    field = struct.pack("<BL", 1, 7) + right
    assert paths(package(tmp_path, raw_zip((name, b"x"), extra=struct.pack("<HH", 0x7075, len(field)) + field))) == ["????.txt"]


def test_local_name_may_differ(tmp_path: Path) -> None:
    found = package(tmp_path, raw_zip(("营业执照.txt".encode(), b"words"), flag=0x800, local="营业执照.txt".encode("gbk")))
    assert [(file.path, file.content.text) for file in found.files] == [("营业执照.txt", "words")]


@pytest.mark.parametrize("name", ["../外.txt", "a/../../外.txt", "/etc/外.txt", "..\\外.txt", "C:\\外.txt"])
def test_paths_out_of_the_package_are_refused(tmp_path: Path, name: str) -> None:
    found = package(tmp_path, raw_zip((name.encode(), b"x"), (b"in.txt", b"x")))
    assert (paths(found), codes(found)) == (["in.txt"], ["unsafe_path"])


def test_member_without_a_name_is_refused(tmp_path: Path) -> None:
    found = package(tmp_path, raw_zip((b"", b"x"), (b"in.txt", b"x")))
    assert (paths(found), codes(found)) == (["in.txt"], ["unsafe_path"])


def test_error_that_nobody_expected_costs_the_archive_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docproc.readers import tar_members

    def stumble(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(tar_members, "_unpack", stumble)
    found = package(tmp_path, zipped({"a.tar": bytes(257) + b"ustar" + bytes(300), "in.txt": "x"}))
    assert {file.path: [loss.code for loss in file.content.losses] for file in found.files} == {"a.tar": ["damaged"], "in.txt": []}


def test_links_are_refused(tmp_path: Path) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("in.txt", "x")
    found = package(tmp_path, buffer.getvalue())
    assert (paths(found), codes(found)) == (["in.txt"], ["link"])


def test_system_files_are_skipped_and_listed(tmp_path: Path) -> None:
    noise = ["Thumbs.db", "a/.DS_Store", "desktop.ini", "__MACOSX/a/._x.docx", "~$申报书.docx", "a/.~lock.x.docx#"]
    found = package(tmp_path, zipped({**dict.fromkeys(noise, "x"), "in.txt": "x"}))
    assert paths(found) == ["in.txt"]
    assert set(found.skipped) == set(noise)


def test_only_system_files_is_an_empty_package(tmp_path: Path) -> None:
    with pytest.raises(DocprocError) as caught:
        package(tmp_path, zipped({"Thumbs.db": "x"}))
    assert caught.value.code == "package_empty"


def test_nested_archives_open_in_place(tmp_path: Path) -> None:
    inner = zipped({"2.txt": "二", "10.txt": "十", "正文.docx": docx(paragraph("文"))})
    found = package(tmp_path, zipped({"附件.zip": inner, "1.txt": "一"}))
    assert paths(found) == ["1.txt", "附件.zip/2.txt", "附件.zip/10.txt", "附件.zip/正文.docx"]
    assert found.files[-1].content.text == "文"


def test_nesting_has_an_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": "x"})
    for _ in range(8):
        data = zipped({"in.zip": data})
    found = package(tmp_path, data)
    assert codes(found) == ["too_deep"]
    assert [loss.code for loss in found.files[0].content.losses] == ["too_large"]


def test_bomb_by_ratio(tmp_path: Path) -> None:
    found = package(tmp_path, zipped({"bomb.txt": bytes(30_000_000), "in.txt": "x"}))
    assert [(file.path, [loss.code for loss in file.content.losses]) for file in found.files] == [
        ("bomb.txt", ["too_large"]),
        ("in.txt", []),
    ]
    assert codes(found) == ["too_large"]


def test_bomb_by_number_and_by_total_is_reported_once(tmp_path: Path) -> None:
    many = zipped({f"{number}.txt": "x" * 100 for number in range(20)})
    found = package(tmp_path, many, Limits(members=5))
    assert (len(found.files), codes(found)) == (5, ["too_large"])
    found = package(tmp_path, many, Limits(total=450))
    assert [bool(file.content.losses) for file in found.files] == [False] * 4 + [True] * 16
    assert codes(found) == ["too_large"]


def test_a_member_that_states_an_absurd_size_takes_no_room_from_the_others(tmp_path: Path) -> None:
    lying = bytearray(raw_zip((b"a.txt", b"1"), (b"b.txt", b"2")))
    at = lying.find(b"PK\x01\x02") + 24  # the unpacked size in the directory
    lying[at : at + 4] = b"\xff\xff\xff\x7f"
    found = package(tmp_path, zipped({"1.zip": bytes(lying), "2.txt": "words", "3.zip": raw_zip((b"c.txt", b"3"))}))
    assert {file.path: bool(file.content.losses) for file in found.files} == {
        "1.zip/a.txt": True, "1.zip/b.txt": False, "2.txt": False, "3.zip/c.txt": False,
    }  # fmt: skip
    assert codes(found) == ["too_large"]


def test_what_was_refused_or_did_not_unpack_takes_no_room(tmp_path: Path) -> None:
    damaged = bytearray(raw_zip((b"a.txt", b"x" * 300)))
    damaged[40] ^= 0xFF
    found = package(tmp_path, zipped({"1.zip": bytes(damaged), "2.txt": "y" * 300}), Limits(total=1000))
    assert {file.path: bool(file.content.losses) for file in found.files} == {"1.zip/a.txt": True, "2.txt": False}


def test_equal_names_are_both_read(tmp_path: Path) -> None:
    found = package(tmp_path, raw_zip((b"a.txt", b"1"), (b"a.txt", b"2"), (b"A.txt", b"3")))
    assert sorted((file.path, file.content.text) for file in found.files) == [("A.txt", "3"), ("a.txt", "1"), ("a（2）.txt", "2")]
    assert sum(problem.code == "name_collision" for file in found.files for problem in file.content.problems) == 2
    assert codes(found) == []


def test_names_that_some_system_takes_for_one(tmp_path: Path) -> None:
    names = ["附件/说明.txt", "附件/说明.txt ", "Caf\u00e9.txt", "Cafe\u0301.txt", "ABC/x.txt", "abc/X.TXT"]
    found = package(tmp_path, raw_zip(*((name.encode(), b"x") for name in names), flag=0x800))
    assert set(paths(found)) == set(names)
    likes = [problem.code for file in found.files for problem in file.content.problems]
    assert likes.count("name_collision") == 3


@pytest.mark.parametrize("name", ["附件/con.txt", "AUX", "com1.docx", "lpt9", "说明:1.txt", "情况?.txt", "结尾点."])
def test_names_that_windows_cannot_hold_are_read_and_told(tmp_path: Path, name: str) -> None:
    found = package(tmp_path, raw_zip((name.encode(), b"words"), flag=0x800))
    assert found.files[0].content.text == "words"
    told = [problem for problem in found.files[0].content.problems if problem.code == "reserved_name"]
    assert len(told) == 1
    assert "请改名" in told[0].message


@pytest.mark.parametrize("name", ["concert.txt", "com10.docx", "说明：一.txt", "a.b.txt", "null.txt"])
def test_other_names_are_as_good_as_any(tmp_path: Path, name: str) -> None:
    found = package(tmp_path, raw_zip((name.encode(), b"words"), flag=0x800))
    assert "reserved_name" not in [problem.code for problem in found.files[0].content.problems]


def test_encrypted_member(tmp_path: Path) -> None:
    found = package(tmp_path, raw_zip((b"secret.docx", b"xxxx"), flag=0x1))
    assert [loss.code for loss in found.files[0].content.losses] == ["encrypted"]


def test_damaged_member_costs_one_file(tmp_path: Path) -> None:
    data = bytearray(raw_zip((b"a.txt", b"AAAA"), (b"b.txt", b"BBBB")))
    data[data.index(b"AAAA")] ^= 1
    found = package(tmp_path, bytes(data))
    assert [(file.path, [loss.code for loss in file.content.losses]) for file in found.files] == [("a.txt", ["damaged"]), ("b.txt", [])]


def test_damaged_nested_archive_costs_one_file(tmp_path: Path) -> None:
    found = package(tmp_path, zipped({"in.zip": zipped({"a.txt": "x"})[:40], "b.txt": "x"}))
    assert {file.path: [loss.code for loss in file.content.losses] for file in found.files} == {"in.zip": ["damaged"], "b.txt": []}


@pytest.mark.parametrize("data", [b"PK\x03\x04", zipped({"a.txt": "x" * 500})[:100]])
def test_damaged_package(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocprocError) as caught:
        package(tmp_path, data)
    assert (caught.value.code, caught.value.status) == ("unreadable", 3)


def test_directory_too_large_to_list(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "x"}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = (900_000_000).to_bytes(4, "little")
    with pytest.raises(DocprocError, match="目录过大"):
        package(tmp_path, bytes(data))
