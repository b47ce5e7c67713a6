"""Opens archives, nested ones too, without trusting them: names, sizes, depth and links are all an attacker's to choose.

Nothing is ever unpacked to a place of the archive's choosing. One function a format lists the members; what may be read of them is
decided here, for all formats alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import IO, Final, cast

from docproc.model import Content, Problem
from docproc.readers.archive_entry import Entry
from docproc.readers.names import fallen_together, is_noise, natural_key
from docproc.readers.sniff import sniff
from docproc.readers.unread import Unreadable, unreadable

_MEGABYTE: Final = 1024 * 1024
_MAGIC: Final = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")

#: Archive formats: where the function is that lists the members of one.
OPENERS: Final = MappingProxyType(
    {
        "zip": "docproc.readers.zip_members:entries",
        "tar": "docproc.readers.tar_members:entries",
        "gzip": "docproc.readers.tar_members:entries",
        "bzip2": "docproc.readers.tar_members:entries",
        "xz": "docproc.readers.tar_members:entries",
        "7z": "docproc.readers.packed_members:entries_7z",
        "rar": "docproc.readers.packed_members:entries_rar",
    }
)
Opener = Callable[[IO[bytes] | bytes, int], AbstractContextManager[list[Entry]]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one package may hold. Sizes in bytes, uncompressed."""

    depth: int = 4
    members: int = 5_000
    member: int = 512 * _MEGABYTE
    total: int = 2048 * _MEGABYTE
    ratio: int = 200  # of uncompressed to compressed; a document seldom passes 30
    ratio_from: int = 16 * _MEGABYTE  # below this size a high ratio does no harm (a blank bitmap)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package: its bytes, or why it was not read. `path` is relative to the package, with `/`; `like` a path it could be
    mistaken for."""

    path: str
    data: bytes = b""
    refused: Content | None = None
    like: str = ""


@dataclass(slots=True)
class Tally:
    """What was opened so far in one package, and what there is to say about it."""

    limits: Limits = field(default_factory=Limits)
    members: int = 0
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    crowded: bool = False  # whether a file found no room
    full: bool = False  # whether a limit of the whole package was passed, which is said once
    seen: dict[str, str] = field(default_factory=dict)  # path as fallen_together leaves it -> the first such path
    taken: set[str] = field(default_factory=set)

    @property
    def said(self) -> int:
        """How much there is to say so far."""
        return len(self.problems) + len(self.skipped)

    def problem(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message))

    def admit(self, size: int) -> str:
        """Counts a file in. "" where the package's limits allow it, else why not: what is not unpacked takes no room from the others."""
        self.members += 1
        if self.members > self.limits.members:
            return f"文件数超过 {self.limits.members} 个"
        if size > self.limits.member:
            return f"解压后 {size // _MEGABYTE} MB"
        if self.total + size > self.limits.total:
            self.crowded = True
            return f"解压后总量超过 {self.limits.total // _MEGABYTE} MB"
        self.total += size
        return ""

    def give_back(self, size: int) -> None:
        """The room of a file that was counted in and not unpacked after all."""
        self.total -= size

    def refuse(self, path: str, why: str) -> None:
        """Reports a file that was not read for its size or number."""
        if not self.full:
            self.problem("too_large", f"“{path}”：{why}，没有读取。请检查材料，必要时分开提交。")
        self.full = self.full or self.members > self.limits.members or self.crowded

    def unique(self, path: str) -> tuple[str, str]:
        """The path, told apart from an equal one that came before, and the path before that some system takes for the same."""
        key = fallen_together(path)
        like = self.seen.get(key, "")
        self.seen.setdefault(key, path)
        stem, dot, suffix = path.rpartition(".")
        number, found = 2, path
        while found in self.taken:
            found = f"{stem}（{number}）{dot}{suffix}" if stem else f"{path}（{number}）"
            number += 1
        self.taken.add(found)
        return found, like


def members(source: IO[bytes] | bytes, tally: Tally, archive_format: str = "zip", prefix: str = "", depth: int = 1) -> Iterator[Member]:
    """The files of an archive in natural order, those of nested archives in their place. Raises Unreadable for one that does not open."""
    module, _, function = OPENERS[archive_format].partition(":")
    opener = cast("Opener", getattr(import_module(module), function))
    try:
        with opener(source, max(0, tally.limits.total - tally.total)) as entries:
            for path, entry in _listed(entries, tally, prefix):
                yield from _member(entry, path, tally, depth)
    except (Unreadable, OSError):
        raise
    except Exception as error:  # hostile input: whatever a format's library stumbles over costs this archive and is reported
        raise Unreadable("damaged", f"压缩结构异常，{type(error).__name__}") from error


def nested(member: Member, tally: Tally, depth: int) -> Iterator[Member]:
    """The member itself, or the files in it where it is an archive."""
    found = sniff(member.path, member.data) if member.refused is None and _may_be_archive(member.data) else ""
    if found not in OPENERS:
        yield member
    elif depth > tally.limits.depth:
        why = f"压缩包嵌套超过 {tally.limits.depth} 层"
        tally.problem("too_deep", f"“{member.path}”：{why}，没有打开。请解压后再提交。")
        yield Member(member.path, member.data, unreadable(found, "too_large", why))
    else:
        before = tally.said
        count = 0
        try:
            for inside in members(member.data, tally, found, f"{member.path}/", depth):
                count += 1
                yield inside
        except Unreadable as error:
            yield Member(member.path, member.data, unreadable(found, error.code, error.why))
            return
        if not count and tally.said == before:
            yield Member(member.path, member.data, unreadable(found, "empty"))


def _may_be_archive(data: bytes) -> bool:
    return data.startswith(_MAGIC) or data[257:262] == b"ustar"


def _listed(entries: list[Entry], tally: Tally, prefix: str) -> list[tuple[str, Entry]]:
    """The members that are files and may be read, under their right names, in natural order."""
    listed = []
    for entry in entries:
        path = _safe(entry.told)
        shown = f"{prefix}{entry.told}".replace("\0", "")
        if path is None and not entry.folder:
            tally.problem("unsafe_path", f"压缩包中的“{shown}”指向包外的位置，没有读取。请重新打包。")
        elif entry.folder or path is None:
            continue
        elif is_noise(path):
            tally.skipped.append(prefix + path)
        elif entry.link:
            tally.problem("link", f"压缩包中的“{shown}”是链接，没有读取。请放入文件本身后重新打包。")
        else:
            listed.append((prefix + path, entry))
    return sorted(listed, key=lambda pair: natural_key(pair[0]))


def _member(entry: Entry, path: str, tally: Tally, depth: int) -> Iterator[Member]:
    path, like = tally.unique(path)
    file_format = path.rpartition(".")[2].lower()
    why = tally.admit(entry.size)
    ratio = tally.limits.ratio
    if not why and entry.packed is not None and entry.size > tally.limits.ratio_from and entry.size > ratio * max(1, entry.packed):
        why = f"压缩比超过 {ratio} 倍"
        tally.give_back(entry.size)
    if why:
        tally.refuse(path, why)
        if tally.members <= tally.limits.members:
            yield Member(path, refused=unreadable(file_format, "too_large", why))
    elif entry.encrypted:
        yield Member(path, refused=unreadable(file_format, "encrypted"))
    else:
        try:
            data = entry.data()
        except Unreadable as error:
            tally.give_back(entry.size)
            yield Member(path, refused=unreadable(file_format, error.code, error.why))
            return
        yield from nested(Member(path, data, like=like), tally, depth + 1)


def _safe(name: str) -> str | None:
    """The path with `/`, or None where it leaves the package. Windows tools write backslashes."""
    path = name.split("\0", 1)[0].replace("\\", "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if path.startswith("/") or ".." in parts or not parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return None
    return "/".join("".join(char for char in part if char >= " ") for part in parts)
