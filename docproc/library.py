"""Finds the knowledge: checklists, templates and samples in a wheel, in a checkout, or in an office's own folder of the same shape."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

ENVIRONMENT_VARIABLE = "DOCPROC_LIBRARY"


def shelf(name: str) -> Path:
    """The folder `name` (checklists, templates, samples).

    An office's own folder, named by the environment variable DOCPROC_LIBRARY, goes first, where it has that shelf;
    then what the wheel bundles; then the checkout beside the package.
    """
    found = shelves(name)
    if not found:
        raise FileNotFoundError(f"no folder {name!r} beside docproc")
    return found[0]


def shelves(name: str) -> tuple[Path, ...]:
    """The folders `name` that there are, the office's own first."""
    own = os.environ.get(ENVIRONMENT_VARIABLE)
    here = Path(__file__).resolve().parent
    candidates = (*((Path(own) / name,) if own else ()), here / "_bundled" / name, here.parent / name)
    return tuple(candidate for candidate in candidates if candidate.is_dir())


def item(name: str, file: str) -> Path:
    """A file of that shelf: the office's own where it keeps one, else the bundled one; where neither is there, the place it should be."""
    return next((path for folder in shelves(name) if (path := folder / file).is_file()), shelf(name) / file)


@cache
def yaml_loader() -> Any:
    """The safe loader of PyYAML; the one in C where the installed PyYAML has it, which is eight times as fast."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """The plain data of a YAML file of ours (UTF-8)."""
    import yaml

    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml_loader())  # noqa: S506 - a safe loader
