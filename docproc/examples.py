"""Runs an item's own examples: each is a case in a few lines and what the item must come to. They are its tests and its documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from docproc.checklist import Checklist, Item, built
from docproc.checklist_file import Example, ExampleDate, ExampleDocument
from docproc.errors import DocprocError
from docproc.evaluate import evaluate
from docproc.model import (
    Claim,
    Content,
    DateRole,
    Document,
    DocumentDate,
    Evidence,
    Extraction,
    FilledField,
    Finding,
    Kind,
    Loss,
    Page,
    PageQuality,
    Passage,
    Problem,
    Residue,
    Seal,
    Signature,
    SourceFile,
    Span,
    Stage,
    Trace,
)
from docproc.predicates.case import Case
from docproc.strict_yaml import read_yaml

_PAGED = ("pdf", "image")
_USUAL_SPEAKERS = {
    Kind.LICENCE: "authority",
    Kind.CREDIT: "authority",
    Kind.FILING: "authority",
    Kind.RECOMMENDATION: "authority",
    Kind.AUDIT: "auditor",
    Kind.MATURITY: "self_assessment",
    Kind.FORM: "form",
    Kind.COMMITMENT: "form",
}


def run(checklist: Checklist, item: Item, example: Example) -> Finding:
    """The finding that the item comes to in the example."""
    return evaluate(replace(checklist, items=(item,)), case_of(example))[0]


def disagreements(checklist: Checklist) -> Iterator[str]:
    """The examples of the checklist's items that come out otherwise than they say, in words."""
    for item in checklist.items:
        for example in item.examples:
            if example.level in (None, checklist.level) and (why := differs(example, run(checklist, item, example))):
                yield f"{checklist.id} {item.id}-{example.name}：{why}"


def failing(path: Path) -> list[DocprocError]:
    """The file's own examples that come out otherwise than they say, with the file and line of each; a valid file is asked for."""
    source = read_yaml(path)
    if not isinstance(source.data, dict) or source.data.get("kind") not in ("checklist", "form"):
        return []
    places = {item.get("id"): index for index, item in enumerate(source.data["items"])}
    found: dict[str, DocprocError] = {}
    for checklist in built(path):
        for item in checklist.items:
            for number, example in enumerate(item.examples):
                if item.id not in places or example.level not in (None, checklist.level):
                    continue
                if why := differs(example, run(checklist, item, example)):
                    at = ("items", places[item.id], "examples", number)
                    error = source.error(at, f"{item.id} 的示例“{example.name}”：{why.rstrip('。')}，请改正规则或者示例")
                    found.setdefault(error.text, error)
    return list(found.values())


def differs(example: Example, finding: Finding) -> str:
    """In what the finding is not what the example says; empty where it is."""
    if finding.outcome is not example.outcome:
        return f"应为 {example.outcome.value}，得到 {finding.outcome.value}（{finding.message}）"
    if example.correctable is not None and finding.correctable is not example.correctable:
        return f"correctable 应为 {example.correctable}，得到 {finding.correctable}"
    absent = [words for words in example.says if words not in finding.message]
    return f"说法中没有“{'、'.join(absent)}”：{finding.message}" if absent else ""


def case_of(example: Example) -> Case:
    """The example as a case: its documents with a text that holds every quote, so that all evidence stands somewhere."""
    sheets = [_Sheet(stated.id or f"d{number}", stated, stated.text) for number, stated in enumerate(example.documents, start=1)]
    claims = []
    for number, stated in enumerate(example.claims, start=1):
        sheet = _named(sheets, stated.source)
        evidence = sheet.write(stated.quote or str(stated.value)).model_copy(update={"confidence": stated.confidence})
        claim = Claim(
            id=f"c{number}",
            name=stated.name,
            value=stated.value,
            qualifiers=stated.qualifiers,
            status=stated.status,
            evidence=(evidence,),
        )
        sheet.claims.append(claim)
        claims.append(claim)
    for told in example.passages:
        sheet = _named(sheets, told.source)
        sheet.passages.append(Passage(told.topic, told.status, told.verbatim, (sheet.write(f"关于{told.topic}的说明。"),), told.unclear))
    for entry in example.fields:
        sheet = _named(sheets, entry.source)
        sheet.fields.append(FilledField(entry.label, entry.value, (sheet.write(f"{entry.label}：{entry.value}"),), entry.required))
    documents = tuple(sheet.document() for sheet in sheets)
    return Case(
        documents=documents,
        extractions={sheet.id: Extraction(tuple(sheet.claims), tuple(sheet.passages), tuple(sheet.fields)) for sheet in sheets},
        claims=tuple(claims),
        as_of=example.as_of,
        stage=Stage(example.stage),
    )


def _ring(words: str) -> tuple[str | None, float | None]:
    return (words, 0.95) if words else (None, None)


@dataclass(slots=True)
class _Sheet:
    """A document of an example while its text is written."""

    id: str
    stated: ExampleDocument
    text: str
    claims: list[Claim] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    fields: list[FilledField] = field(default_factory=list)

    def write(self, words: str) -> Evidence:
        """Puts the words at the text's end, on a line of their own."""
        self.text += ("\n" if self.text else "") + words
        page = 1 if self.stated.format in _PAGED else None
        return Evidence(document=self.id, page=page, start=len(self.text) - len(words), end=len(self.text), quote=words)

    def document(self) -> Document:
        stated = self.stated
        dates = tuple(self._date(entry) for entry in stated.dates)
        losses = [Loss("unread_page", "扫描页未识别文字", 1, (1,))] if stated.scanned else []
        losses += [Loss("damaged", "文件已损坏")] if stated.damaged else []
        quality = PageQuality.PICTURE if stated.scanned else PageQuality.TEXT
        page = Page(1, 0, len(self.text), 595.0, 842.0, quality, colour=stated.colour)
        content = Content(
            format=stated.format,
            text=self.text,
            pages=(page,) if stated.format in _PAGED else (),
            losses=tuple(losses),
            problems=(Problem("damaged", "文件已损坏"),) if stated.damaged else (),
            traces=tuple(Trace(Residue(residue), Span(0, 0), "") for residue in stated.traces),
            seals=(Seal(1, (100.0, 100.0, 200.0, 200.0), 0.9, "round", *_ring(stated.seal_text)),) if stated.sealed else (),
            signatures=(Signature("电子签章"),) if stated.signed else (),
        )
        name = f"{self.id}-{stated.kind.value}.{stated.format}"
        return Document(
            self.id,
            SourceFile(name, "", content),
            stated.kind,
            year=stated.year,
            dates=dates,
            speaker=stated.speaker or _USUAL_SPEAKERS.get(stated.kind, "other"),
            by_name=stated.scanned and not self.text.strip(),
        )

    def _date(self, entry: ExampleDate) -> DocumentDate:
        place = self.write(entry.iso)
        return DocumentDate(DateRole(entry.role), entry.iso, Span(place.start or 0, place.end or 0), entry.possible)


def _named(sheets: list[_Sheet], name: str) -> _Sheet:
    """The sheet of that id or kind; the first where there is none such."""
    return next((sheet for sheet in sheets if name in (sheet.id, sheet.stated.kind.value)), sheets[0])
