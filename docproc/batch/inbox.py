"""An inbox: a folder in which every entry is a package (a folder, an archive or a single document)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docproc.errors import DocprocError
from docproc.ledger.names import FILES
from docproc.readers.names import is_noise, natural_key

STATE: Final = ".docproc"  # the folder in OUT that holds what is under way
_RESERVED: Final = frozenset(name.casefold() for name in (*FILES, STATE))


@dataclass(frozen=True, slots=True)
class Entry:
    """A package of an inbox. `folder` is the name of its results' folder; `size` in bytes, of all its files."""

    name: str
    path: Path
    folder: str
    size: int


def entries(inbox: Path, out: Path) -> tuple[Entry, ...]:
    """The packages in natural order. A system's own files, and `out` where it lies in the inbox, are none.

    Raises DocprocError: path_not_found, inbox_no_folder, inbox_empty, inbox_is_out, out_in_package.
    """
    if not inbox.exists():
        raise DocprocError("path_not_found", path=inbox)
    if not inbox.is_dir():
        raise DocprocError("inbox_no_folder", path=inbox)
    results = out.resolve()
    if results == inbox.resolve():
        raise DocprocError("inbox_is_out", path=inbox)
    found = [path for path in inbox.iterdir() if not is_noise(path.name) and path.name != STATE and path.resolve() != results]
    if not found:
        raise DocprocError("inbox_empty", path=inbox)
    around = next((path for path in found if path.resolve() in results.parents), None)
    if around is not None:
        raise DocprocError("out_in_package", path=out, package=around.name)
    found.sort(key=lambda path: (natural_key(path.name), path.name))
    folders = _folders(found)
    return tuple(Entry(path.name, path, folder, sum(size for _, size in files(path))) for path, folder in zip(found, folders, strict=True))


def files(path: Path) -> Iterator[tuple[Path, int]]:
    """The files of a package with their sizes, in a fixed order; links are not followed."""
    if not path.is_dir() or path.is_symlink():
        yield path, path.stat().st_size if path.is_file() else 0
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            file = Path(folder, name)
            yield file, file.lstat().st_size


def _folders(paths: list[Path]) -> list[str]:
    """A folder's name a package: the package's without its suffix where no other has the same, else the whole name."""
    stems = [path.name if path.is_dir() else path.name.removesuffix(path.suffix) or path.name for path in paths]
    often = Counter([stem.casefold() for stem in stems])
    names = [stem if often[stem.casefold()] == 1 else path.name for stem, path in zip(stems, paths, strict=True)]
    taken = set(_RESERVED)
    result = []
    for name in names:
        number, free = 2, name
        while free.casefold() in taken:
            number, free = number + 1, f"{name}（{number}）"
        taken.add(free.casefold())
        result.append(free)
    return result
