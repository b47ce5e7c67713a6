"""What a result depends on, as one key: the package's bytes and name, the settings, and everything that turns one into the other
(code, extractors and their words, checklists, templates, libraries, optional programs)."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from docproc.batch.inbox import Entry, files
from docproc.batch.settings import Settings
from docproc.installed import folder_digest, libraries, programs
from docproc.library import shelf
from docproc.provenance import vocabulary_digest


def key_of(entry: Entry, settings: Settings, software: str) -> str:
    """The key of a package's result: 32 hexadecimal digits. `software` is `software_digest()`."""
    digest = hashlib.sha256()
    for part in (str(entry.path), entry.folder, json.dumps(settings.to_json(), sort_keys=True), software, content_digest(entry.path)):
        digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()[:32]


def content_digest(path: Path) -> str:
    """A digest over the names and bytes of a package's files. What cannot be opened counts by its name and error."""
    digest = hashlib.sha256()
    for file, _ in files(path):
        digest.update(os.fsencode(file.relative_to(path)) + b"\0")
        digest.update(_file_digest(file))
    return digest.hexdigest()


def _file_digest(path: Path) -> bytes:
    if path.is_symlink():
        return hashlib.sha256(b"link\0" + os.fsencode(os.readlink(path))).digest()
    if not path.is_file():
        return hashlib.sha256(b"none").digest()
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").digest()
    except OSError as error:
        return hashlib.sha256(f"error\0{error.errno}".encode()).digest()


def software_digest() -> str:
    """A digest over code, words, rules, templates and versions: the same on every machine of a cluster, or results would mix."""
    parts: dict[str, Any] = {
        "code": folder_digest(Path(__file__).resolve().parent.parent, "*.py", "*.yaml", "*.json"),
        "vocabulary": vocabulary_digest(),
        "checklists": _shelf_digest("checklists"),
        "templates": _shelf_digest("templates"),
        "libraries": libraries(),
        "programs": programs(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _shelf_digest(name: str) -> str:
    """Read anew each time: an office edits its own shelf while a program runs."""
    folder_digest.cache_clear()
    return folder_digest(shelf(name), "*.yaml", "*.docx", "*.html")
