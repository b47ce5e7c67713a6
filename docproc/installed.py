"""What is installed: digests of folders of code, versions of libraries, programs that readers make use of."""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from shutil import which
from typing import Final

DISTRIBUTION: Final = "docproc-formal-review"
PROGRAMS: Final = ("soffice", "libreoffice", "unar", "lsar")


@lru_cache(maxsize=16)
def folder_digest(folder: Path, *patterns: str) -> str:
    """A short digest over the names and contents of a folder's files of these patterns."""
    digest = sha256()
    for path in sorted({path for pattern in patterns for path in folder.rglob(pattern)}):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def libraries() -> tuple[tuple[str, str], ...]:
    """Name and version of each library that docproc asks for, the extras that are installed among them."""
    found = []
    for line in requires(DISTRIBUTION) or ():
        name = match(r"[A-Za-z0-9._-]+", line)
        if name is not None:
            try:
                found.append((name[0], version(name[0])))
            except PackageNotFoundError:
                found.append((name[0], ""))
    return tuple(sorted(set(found)))


def programs() -> tuple[str, ...]:
    """Which of the optional programs there are."""
    return tuple(name for name in PROGRAMS if which(name))


def program_builds() -> tuple[str, ...]:
    """The optional programs as they lie on the disk: another version is another file."""
    found = []
    for name in PROGRAMS:
        path = which(name)
        if path is not None:
            status = os.stat(path)
            found.append(f"{name} {os.path.realpath(path)} {status.st_size} {status.st_mtime_ns}")
    return tuple(found)
