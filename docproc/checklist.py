"""Checklists: the rules as data. YAML in, Checklist out; every mistake is told with its file and line.

A checklist file names a regulation, extends a base whose templates its items inherit from, and gives each item its article and
the words quoted; a quote that does not stand in the regulation's text is an error. What an item can say stands in the file, one
sentence a situation, with placeholders that the predicate declares: an unknown one is an error as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from docproc.checklist_file import FILES, BaseFile, ChecklistFile, FormFile, NoticeFile, problems
from docproc.checklist_items import Item, Notice, Says, read_items
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.regulation import Regulation
from docproc.regulation import read as read_regulation
from docproc.strict_yaml import YamlSource, read_yaml

__all__ = ["Checklist", "Choice", "Item", "Notice", "Says", "built", "choices", "find_item", "known", "load", "validate"]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items for one level of one city's programme, in order, the FORM items last."""

    id: str
    title: str
    city: str
    level: str
    level_name: str
    province: str
    regulation: Regulation
    items: tuple[Item, ...]
    notice: Notice | None = None
    digest: str = ""
    notice_list_digest: str = ""
    retired: tuple[Item, ...] = ()  # kept for what was decided by them; asked of nobody

    @property
    def valid_from(self) -> date | None:
        return self.regulation.valid_from

    @property
    def valid_to(self) -> date | None:
        return self.regulation.valid_to

    def in_force(self, day: date) -> bool:
        """Whether the regulation is in force on that day."""
        return self.regulation.in_force(day)

    def note_on(self, day: date) -> str:
        """Plain words where the regulation is not in force on that day; empty where it is."""
        if self.in_force(day):
            return ""
        start, end = self.valid_from, self.valid_to
        term = f"{f'自{start.isoformat()}' if start else ''}{f'至{end.isoformat()}' if end else ''}"
        return f"《{self.regulation.title}》的有效期{term}，审查日期{day.isoformat()}不在有效期内，请核对应适用的规定。"

    def item(self, name: str) -> Item | None:
        """The item of that id, also a retired one."""
        return next((item for item in (*self.items, *self.retired) if item.id == name), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """A checklist with what a package is known by to be meant for it."""

    id: str
    level: str
    province: str
    names: tuple[re.Pattern[str], ...]


def known() -> tuple[tuple[str, str], ...]:
    """The ids of all checklists with their titles, by file and level."""
    return tuple((level.id, level.title) for _, file in _checklist_files() for level in file.levels.values())


def choices() -> tuple[Choice, ...]:
    """All checklists with what they are chosen by."""
    return tuple(
        Choice(entry.id, level, file.chosen_by.province, file.chosen_by.names)
        for _, file in _checklist_files()
        for level, entry in file.levels.items()
    )


def load(name: str) -> Checklist:
    """The checklist of that id. Raises DocprocError: checklist_unknown, or checklist_invalid with file and line."""
    return _load(name, shelf("checklists"))


@lru_cache(maxsize=32)
def _load(name: str, folder: Path) -> Checklist:
    for source, file in _checklist_files():
        for level, entry in file.levels.items():
            if entry.id == name:
                errors: list[DocprocError] = []
                checklist = _build(source, file, level, folder, errors)
                if errors:
                    raise errors[0]
                return checklist
    raise DocprocError("checklist_unknown", id=name, known="、".join(id_ for id_, _ in known()))


def find_item(name: str) -> tuple[Checklist, Item]:
    """The item of that id in the first checklist that has it. Raises DocprocError("item_unknown")."""
    for checklist_id, _ in known():
        checklist = load(checklist_id)
        if item := checklist.item(name):
            return checklist, item
    raise DocprocError("item_unknown", id=name)


def validate(path: Path) -> list[DocprocError]:
    """All that is wrong with a file of checklists/ (a checklist, a base, FORM items or a notice list); empty where nothing is."""
    try:
        source = read_yaml(path)
        file = _typed(source)
    except DocprocError as error:
        return [error]
    except ValidationError as error:
        return problems(source, (), error)
    errors: list[DocprocError] = []
    folder = path.parent if (path.parent / "regulations").is_dir() else shelf("checklists")
    if isinstance(file, ChecklistFile):
        for level in file.levels:
            try:
                _build(source, file, level, folder, errors)
            except DocprocError as error:
                errors.append(error)
    elif isinstance(file, FormFile):
        list(read_items(source, file.items, None, "", None, None, errors))
    unique = {error.text: error for error in errors}
    return list(unique.values())


def built(path: Path) -> tuple[Checklist, ...]:
    """The checklists of one file, one a level; for a file of FORM items the known checklists that have them. Raises DocprocError."""
    source = read_yaml(path)
    file = _typed(source)
    if not isinstance(file, ChecklistFile):
        return tuple(load(id_) for id_, _ in known())[:1] if isinstance(file, FormFile) else ()
    folder = path.parent if (path.parent / "regulations").is_dir() else shelf("checklists")
    errors: list[DocprocError] = []
    return tuple(_build(source, file, level, folder, errors) for level in file.levels)


def _checklist_files() -> Iterator[tuple[YamlSource, ChecklistFile]]:
    for path in sorted(shelf("checklists").glob("*.yaml")):
        source = _read(path)
        if isinstance(source.data, dict) and source.data.get("kind") == "checklist":
            try:
                yield source, ChecklistFile.model_validate(source.data)
            except ValidationError as error:
                raise problems(source, (), error)[0] from error


def _read(path: Path) -> YamlSource:
    return _cached(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=64)
def _cached(path: Path, changed: int) -> YamlSource:
    return read_yaml(path)


def _typed(source: YamlSource) -> Any:
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind not in FILES:
        raise source.error(("kind",), f"kind 应为 {'、'.join(FILES)} 之一")
    return FILES[cast(str, kind)].model_validate(source.data)


def _sibling(folder: Path, source: YamlSource, key: str, name: str) -> tuple[YamlSource, Any]:
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise source.error((key,), f"找不到“{name}”（{path.name}）")
    other = _read(path)
    try:
        return other, _typed(other)
    except ValidationError as error:
        raise problems(other, (), error)[0] from error


def _build(source: YamlSource, file: ChecklistFile, level: str, folder: Path, errors: list[DocprocError]) -> Checklist:
    base: tuple[YamlSource, BaseFile] | None = _sibling(folder, source, "extends", file.extends) if file.extends else None
    regulation_path = folder / "regulations" / f"{file.regulation}.yaml"
    if not regulation_path.is_file():
        raise source.error(("regulation",), f"找不到规定“{file.regulation}”")
    regulation = read_regulation(regulation_path)
    notice_source, notice = _notice(folder, source, file)
    items = list(read_items(source, file.items, base, level, regulation, notice, errors))
    sources = [source, *([base[0]] if base else [])]
    if file.then:
        form_source, form = _sibling(folder, source, "then", file.then)
        items += read_items(form_source, form.items, None, level, None, notice, errors)
        sources.append(form_source)
    digest = sha256(b"".join(path.read_bytes() for path in [*(entry.path for entry in sources), regulation_path])).hexdigest()[:16]
    names = base[1].level_names if base else {}
    return Checklist(
        id=file.levels[level].id,
        title=file.levels[level].title,
        city=file.city,
        level=level,
        level_name=names.get(level, level),
        province=file.chosen_by.province,
        regulation=regulation,
        items=tuple(item for item in items if item.lifecycle.state != "retired"),
        retired=tuple(item for item in items if item.lifecycle.state == "retired"),
        notice=notice,
        digest=digest,
        notice_list_digest=sha256(notice_source.path.read_bytes()).hexdigest()[:16] if notice_source else "",
    )


def _notice(folder: Path, source: YamlSource, file: ChecklistFile) -> tuple[YamlSource | None, Notice | None]:
    """The latest notice list of the city (`notices/<city>-<year>.yaml`)."""
    if file.notice is None:
        return None, None
    paths = sorted((folder / "notices").glob(f"{file.notice}-*.yaml"))
    if not paths:
        raise source.error(("notice",), f"找不到申报通知清单“{file.notice}-年份.yaml”")
    notice_source = _read(paths[-1])
    try:
        found = NoticeFile.model_validate(notice_source.data)
    except ValidationError as error:
        raise problems(notice_source, (), error)[0] from error
    materials = {key: material.name for key, material in found.materials.items() if material.required}
    return notice_source, Notice(paths[-1].stem, found.title, found.year, found.standing, found.finance_years, found.deadline, materials)
