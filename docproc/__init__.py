"""docproc: formal review (形式审查) of application packages. Public names are imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from docproc.extract import extract_claims as extract_claims
    from docproc.review import check as check
    from docproc.text import normalise as normalise

_HOMES = {"normalise": "docproc.text", "extract_claims": "docproc.extract", "check": "docproc.review"}

__all__ = ["__version__", "check", "extract_claims", "normalise"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'docproc' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
