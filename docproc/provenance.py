"""Which code, rules and words a report was made with: versions and digests, so that a result can be repeated and explained."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import docproc
from docproc.installed import folder_digest

if TYPE_CHECKING:
    from docproc.checklist import Checklist
    from docproc.model import MadeBy


def made_by(rules: Checklist | None) -> MadeBy:
    """The versions and digests that a report carries; without rules where no checklist was reached."""
    from docproc.model import MadeBy

    return MadeBy(
        docproc=docproc.__version__,
        code=folder_digest(Path(__file__).resolve().parent, "*.py"),
        checklist=rules.digest if rules else "",
        notice_list=rules.notice_list_digest if rules else "",
        vocabulary=vocabulary_digest(),
        opencc=_version("opencc"),
    )


@lru_cache(maxsize=4)
def _version(distribution: str) -> str:
    return version(distribution)


@lru_cache(maxsize=1)
def vocabulary_digest() -> str:
    """The digest of the extractors' code and words, over every installed package of extractors."""
    folders = []
    for entry in sorted(entry_points(group="docproc.extractors"), key=lambda entry: entry.value):
        spec = find_spec(entry.value.split(":")[0])
        if spec and spec.origin:
            folders.append(folder_digest(Path(spec.origin).parent, "*.py", "*.yaml"))
    return sha256("".join(folders).encode()).hexdigest()[:16]
