"""Which places of a package are shown as pictures in report.html, and the pictures themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from docproc.model import Evidence, Outcome, Report, SourcePackage
from docproc.readers.isolate import Isolation
from docproc.readers.package import originals
from docproc.readers.page_crops import Place, dump

#: Which format is drawn by what, in the child process.
PAINTERS: Final = MappingProxyType({"pdf": "docproc.readers.page_crops:crop_pdf", "image": "docproc.readers.page_crops:crop_picture"})
SECONDS: Final = 60.0
PER_FINDING: Final = 2
AT_MOST: Final = 60  # of one report: about 1 MB
_OPEN: Final = (Outcome.FAIL, Outcome.MISSING, Outcome.REVIEW)


def evidence_pictures(report: Report, package: SourcePackage, isolation: Isolation | None = None) -> dict[Evidence, bytes]:
    """JPEGs of the places that findings rest on, those that need attention first. Word files have no pages and so no pictures.

    `isolation`: a child process to use, which the caller closes; otherwise one is started.
    """
    paths = {document.id: document.path for document in report.documents}
    formats = {file.path: file.content.format for file in package.files}
    chosen: dict[str, list[Evidence]] = {}
    for evidence in list(dict.fromkeys(_shown(report)))[:AT_MOST]:
        if formats.get(paths[evidence.document]) in PAINTERS:
            chosen.setdefault(paths[evidence.document], []).append(evidence)
    if not chosen:
        return {}
    if isolation is not None:
        return dict(_drawn(package, chosen, formats, isolation))
    with Isolation() as own:
        return dict(_drawn(package, chosen, formats, own))


def _shown(report: Report) -> Iterator[Evidence]:
    for finding in sorted(report.findings, key=lambda finding: finding.outcome not in _OPEN):
        placed = [evidence for evidence in report.evidence_of(finding) if evidence.page is not None and evidence.boxes]
        yield from placed[: PER_FINDING if finding.outcome in _OPEN else 1]


def _drawn(
    package: SourcePackage, chosen: Mapping[str, list[Evidence]], formats: Mapping[str, str], isolation: Isolation
) -> Iterator[tuple[Evidence, bytes]]:
    for path, data in originals(package, chosen):
        places = [Place(evidence.page or 1, evidence.boxes or ()) for evidence in chosen[path]]
        kind, answer = isolation.call(dump(places), data, SECONDS, PAINTERS[formats[path]])
        if kind == "content" and isinstance(answer, tuple):
            yield from ((evidence, picture) for evidence, picture in zip(chosen[path], answer, strict=True) if picture)
