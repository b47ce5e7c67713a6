"""Reads a package: a folder, an archive or a single document, every file in natural order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from docproc.errors import DocprocError
from docproc.model import Content, Problem, SourceFile, SourcePackage
from docproc.readers.archive import OPENERS, Member, Tally, members, nested
from docproc.readers.encoding import decode_names
from docproc.readers.isolate import Isolation, Progress
from docproc.readers.kept import Kept, readings
from docproc.readers.names import is_noise, natural_key, unusable
from docproc.readers.sniff import sniff, zip_format
from docproc.readers.table import MAX_BYTES, read_bytes
from docproc.readers.unread import Unreadable, unreadable, with_problem

_ZIP: Final = b"PK"


def read_package(
    path: Path,
    *,
    isolate: bool = True,
    isolation: Isolation | None = None,
    tally: Tally | None = None,
    progress: Progress | None = None,
) -> SourcePackage:
    """The package at `path`. `isolation`: a worker to use, which the caller closes; otherwise one is started for this package,
    and `progress` is told of the pages it reads.

    Raises DocprocError: path_not_found; unreadable for an archive that does not open; package_empty where there is no file
    but a system's own. A document that cannot be read is a file with a problem and a loss.
    """
    if not path.exists():
        raise DocprocError("path_not_found", path=path)
    tally = tally or Tally()
    if not isolate:
        return _read(path, tally, read_bytes)
    if isolation is not None:
        return _read(path, tally, _kept(isolation))
    with Isolation(progress=progress) as own:
        return _read(path, tally, _kept(own))


def _kept(isolation: Isolation) -> Callable[[str, bytes], Content]:
    """Reads with this worker what is not in the store of readings, where there is one."""
    store = readings()
    return isolation.read if store is None else Kept(isolation, store).read


def originals(package: SourcePackage, wanted: Container[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of these files (paths in the package) once more, from where the package lies.

    A file that has changed since is left out, and so are all where the package no longer opens.
    """
    digests = {file.path: file.sha256 for file in package.files if file.path in wanted}
    try:
        for member in _members(Path(package.path), Tally()) if digests else ():
            if member.path in digests and member.data and hashlib.sha256(member.data).hexdigest() == digests[member.path]:
                yield member.path, member.data
    except (Unreadable, OSError):
        return


def _read(path: Path, tally: Tally, read: Callable[[str, bytes], Content]) -> SourcePackage:
    try:
        files = tuple(_file(member, read) for member in _members(path, tally))
    except Unreadable as error:
        raise DocprocError("unreadable", path=path, why=error.why or error.code) from error
    except OSError as error:
        raise DocprocError("unreadable", path=path, why=error.strerror or type(error).__name__) from error
    if not files:
        raise DocprocError("package_empty", path=path)
    whole = path.resolve()
    return SourcePackage(
        name=whole.name if whole.is_dir() else whole.stem,
        path=str(path),
        sha256=_digest(files),
        files=files,
        problems=tuple(tally.problems),
        skipped=tuple(tally.skipped),
    )


def _file(member: Member, read: Callable[[str, bytes], Content]) -> SourceFile:
    content = member.refused if member.refused is not None else read(member.path, member.data)
    if member.like:
        content = with_problem(content, Problem("name_collision", f"与“{member.like}”重名，两份都已读取。请核对并改名。"))
    if name := unusable(member.path):
        said = f"文件名“{name}”在 Windows 系统上不能使用，解压或复制时这份文件可能丢失。这次已读取，请改名后重新提交。"
        content = with_problem(content, Problem("reserved_name", said))
    return SourceFile(member.path, hashlib.sha256(member.data).hexdigest() if member.data or member.refused is None else "", content)


def _digest(files: tuple[SourceFile, ...]) -> str:
    """The package's identity: over its sorted paths and their digests, so that folder and archive of the same files agree."""
    lines = sorted(f"{file.path}\0{file.sha256}\n" for file in files)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _members(path: Path, tally: Tally) -> Iterator[Member]:
    if path.is_dir():
        for file, shown in _walk(path, path.resolve(), "", tally):
            path_in_package, like = tally.unique(shown)
            yield from nested(replace(_load(file, path_in_package, tally), like=like), tally, 1)
        return
    with path.open("rb") as opened:
        found = _archive_format(path.name, opened)
        if found:
            try:
                yield from members(opened, tally, found)
            except Unreadable as error:
                if error.code != "unsupported":
                    raise
                yield Member(_shown(path.name), refused=unreadable(found, error.code, error.why))
            return
    yield _load(path, _shown(path.name), tally)


def _archive_format(name: str, opened: IO[bytes]) -> str:
    """Which kind of archive a file is, or nothing. Office files are zips too, and no archives."""
    head = opened.read(1024)
    found = zip_format(name, opened) if head.startswith(_ZIP) else sniff(name, head) if head else ""
    opened.seek(0)
    return found if found in OPENERS else ""


def _walk(folder: Path, root: Path, prefix: str, tally: Tally) -> Iterator[tuple[Path, str]]:
    """The files of a folder, folder by folder in natural order. Links that lead out of the package, and devices, are not followed."""
    try:
        entries = [(prefix + _shown(entry.name), entry) for entry in folder.iterdir()]
    except OSError as error:
        tally.problem("unreadable", f"文件夹“{prefix or folder.name}”打不开（{error.strerror}），其中的文件没有读取。请检查权限。")
        return
    for shown, entry in sorted(entries, key=lambda pair: natural_key(pair[0])):
        if is_noise(shown):
            tally.skipped.append(shown)
        elif entry.is_symlink() and (entry.is_dir() or not entry.resolve().is_relative_to(root) or not entry.exists()):
            tally.problem("link", f"“{shown}”是链接，没有读取。请放入文件本身。")
        elif entry.is_dir():
            yield from _walk(entry, root, f"{shown}/", tally)
        elif entry.is_file():
            yield entry, shown
        else:
            tally.problem("link", f"“{shown}”不是普通文件，没有读取。请放入文件本身。")


def _load(file: Path, shown: str, tally: Tally) -> Member:
    size = file.stat().st_size
    file_format = file.suffix.lstrip(".").lower()
    why = tally.admit(size) or (f"{size // 1024 // 1024} MB" if size > MAX_BYTES else "")
    if why:
        tally.refuse(shown, why)
        return Member(shown, refused=unreadable(file_format, "too_large", why))
    try:
        return Member(shown, file.read_bytes())
    except OSError as error:
        return Member(shown, refused=unreadable(file_format, "damaged", error.strerror or "打不开"))


def _shown(name: str) -> str:
    """A name as text. One that is not valid in the file system's encoding comes from another system: GB18030 or Big5."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        return raw.decode(decode_names([raw]), "replace")
    return name
