"""The nouns of the house: what a package, a document, a claim, a finding and a report are.

Two kinds of type live here. What crosses the border to a user (Claim, Finding, Report and their parts) is a frozen pydantic
model: `model_dump(mode="json")` of it is what `--json` writes, and the published schema is made from it. What only travels
between rooms (Content, Page, Block, Document) is a frozen dataclass: cheap to make, picklable, compared by value. The models are imported
when one is asked for: pydantic takes longer to load than a child process takes to read most files, and no reader needs it.

Offsets are half-open, in code points, into a document's *source text*: what the reader yields before any repair.
Boxes are (x0, y0, x1, y1) in PDF points from the page's top left.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from docproc.model.content import (
    Block,
    Box,
    CellPlace,
    Content,
    DateRole,
    Document,
    DocumentDate,
    Loss,
    OutlineEntry,
    Page,
    PageQuality,
    PictureLook,
    Problem,
    Recognised,
    Residue,
    Role,
    Seal,
    Signature,
    SourceFile,
    SourcePackage,
    Span,
    Trace,
    as_span,
)
from docproc.model.words import (
    Kind,
    Outcome,
    PackageOutcome,
    Script,
    Stage,
    Status,
)

if TYPE_CHECKING:
    from docproc.model.extraction import (
        Extraction,
        FilledField,
        Passage,
    )
    from docproc.model.findings import (
        Basis,
        Claim,
        Cue,
        Evidence,
        Finding,
        Public,
    )
    from docproc.model.precheck import PreCheck, Step, Urgency
    from docproc.model.report import (
        SCHEMA_VERSION,
        ChecklistEntry,
        CoverageEntry,
        DateEntry,
        DocumentEntry,
        Fact,
        LossEntry,
        MadeBy,
        Mention,
        PackageEntry,
        ProblemEntry,
        Report,
        SceneEntry,
        SealEntry,
        SignatureEntry,
    )
    from docproc.model.rounds import (
        DocumentPair,
        DocumentState,
        NewProblem,
        Place,
        RoundEntry,
        RoundState,
        SecondRound,
        SilentChange,
    )

_MODELS = ("extraction", "findings", "precheck", "report", "rounds")  # the modules whose names are imported when asked for

__all__ = [
    "SCHEMA_VERSION",
    "Basis",
    "Block",
    "Box",
    "CellPlace",
    "ChecklistEntry",
    "Claim",
    "Content",
    "CoverageEntry",
    "Cue",
    "DateEntry",
    "DateRole",
    "Document",
    "DocumentDate",
    "DocumentEntry",
    "DocumentPair",
    "DocumentState",
    "Evidence",
    "Extraction",
    "Fact",
    "FilledField",
    "Finding",
    "Kind",
    "Loss",
    "LossEntry",
    "MadeBy",
    "Mention",
    "NewProblem",
    "Outcome",
    "OutlineEntry",
    "PackageEntry",
    "PackageOutcome",
    "Page",
    "PageQuality",
    "Passage",
    "PictureLook",
    "Place",
    "PreCheck",
    "Problem",
    "ProblemEntry",
    "Public",
    "Recognised",
    "Report",
    "Residue",
    "Role",
    "RoundEntry",
    "RoundState",
    "SceneEntry",
    "Script",
    "Seal",
    "SealEntry",
    "SecondRound",
    "Signature",
    "SignatureEntry",
    "SilentChange",
    "SourceFile",
    "SourcePackage",
    "Span",
    "Stage",
    "Status",
    "Step",
    "Trace",
    "Urgency",
    "as_span",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in _MODELS:
            found = vars(import_module(f"docproc.model.{module}"))
            if name in found:
                globals()[name] = found[name]
                return found[name]
    raise AttributeError(f"module 'docproc.model' has no attribute {name!r}")
