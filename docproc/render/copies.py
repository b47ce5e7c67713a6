"""The annotated copies of a package's own files: Word with comments, PDF with highlights. Originals are only read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from docproc.model import Report, Script, SourcePackage
from docproc.readers.isolate import Isolation
from docproc.readers.package import originals
from docproc.render.annotations import Annotated, Note, dump, notes_of

#: Which format is annotated by what, in the child process.
WRITERS: Final = MappingProxyType({"docx": "docproc.render.annotate_word:annotate", "pdf": "docproc.render.annotate_pdf:annotate"})
SECONDS: Final = 60.0
_UNSAFE: Final = re.compile(r"[^\w\-（）()《》【】、.]+")
_LONGEST_NAME: Final = 60  # code points: Chinese names of 80 reach the 255 bytes that file systems allow


@dataclass(frozen=True, slots=True)
class Copy:
    """One annotated copy, or why there is none (`remark`, in Chinese). `path`: the original's, in the package."""

    path: str
    name: str = ""
    annotated: Annotated | None = None
    remark: str = ""


def annotated_copies(
    report: Report, package: SourcePackage, script: Script = Script.HANS, isolation: Isolation | None = None
) -> Iterator[Copy]:
    """A copy of each file that a finding asks something of. The package is read again from where it lies.

    `isolation`: a child process to use, which the caller closes; otherwise one is started.
    """
    notes = notes_of(report, script)
    formats = {file.path: file.content.format for file in package.files}
    first = {document.path: document.id for document in reversed(report.documents)}
    wanted = {path: target for path in notes if (target := WRITERS.get(formats.get(path, "")))}
    for path in notes:
        if path not in wanted and _has_places(notes[path]):
            yield Copy(path, remark=f"“{path}”不是 Word（docx）或 PDF 文件，没有批注副本，意见见报告。")
    if wanted and isolation is None:
        with Isolation() as own:
            yield from _written(package, notes, wanted, first, own)
    elif isolation is not None:
        yield from _written(package, notes, wanted, first, isolation)


def _written(
    package: SourcePackage,
    notes: Mapping[str, tuple[Note, ...]],
    wanted: Mapping[str, str],
    first: Mapping[str, str],
    isolation: Isolation,
) -> Iterator[Copy]:
    for path, data in originals(package, wanted):
        kind, answer = isolation.call(dump(notes[path]), data, SECONDS, wanted[path])
        if kind == "content" and isinstance(answer, Annotated):
            yield Copy(path, f"{first[path]}-{_safe(path)}", answer)
        else:
            yield Copy(path, remark=f"“{path}”无法写入批注，没有批注副本，意见见报告。")


def _has_places(notes: tuple[Note, ...]) -> bool:
    return any(note.quote is not None for note in notes)


def _safe(path: str) -> str:
    """The file's own name as it can stand in any file system: no separators, no controls, not too long."""
    stem, dot, suffix = path.rsplit("/", 1)[-1].rpartition(".")
    return _UNSAFE.sub("_", stem).strip("._")[:_LONGEST_NAME] + dot + suffix.lower()
