"""Checklists: the rules as data. YAML in, Checklist out; every mistake is told with its file and line.

A checklist file names a regulation, extends a base whose templates its items inherit from, and gives each item its article and
the words quoted; a quote that does not stand in the regulation's text is an error. What an item can say stands in the file, one
sentence a situation, with placeholders that the predicate declares: an unknown one is an error as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Any, cast

from pydantic import ValidationError

from docproc.checklist_file import FILES, BaseFile, ChecklistFile, Example, FormFile, ItemFile, NoticeFile, for_level, merged, problems
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.model import Basis, Kind, Outcome
from docproc.predicates import PREDICATES
from docproc.predicates.predicate import COMMON, Parameters
from docproc.regulation import Regulation
from docproc.regulation import read as read_regulation
from docproc.strict_yaml import Location, YamlSource, read_yaml


@dataclass(frozen=True, slots=True)
class Says:
    """The sentences of one situation."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Item:
    """One condition: what is required, how it is checked, what each situation says, and what it rests on."""

    id: str
    title: str
    requirement: str
    check: str
    remedy: str
    basis: Basis | None
    predicate: str
    parameters: Parameters
    looks_at: tuple[Kind, ...]
    judgement: bool
    says: Mapping[str, Says]
    final: tuple[str, ...]  # situations that end the application
    examples: tuple[Example, ...] = ()

    @property
    def correctable(self) -> bool:
        """Whether every failure of the item can be put right by correcting the materials."""
        return not self.final

    def outcome_of(self, situation: str) -> Outcome:
        return PREDICATES[self.predicate].situations[situation].outcome


@dataclass(frozen=True, slots=True)
class Notice:
    """The year's list of materials, with what it rests on."""

    id: str
    title: str
    year: int
    standing: str
    finance_years: tuple[int, ...]
    deadline: date | None
    materials: Mapping[str, str]  # key -> name


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
        """The item of that id."""
        return next((item for item in self.items if item.id == name), None)


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
        list(_items(source, file.items, None, "", None, None, errors))
    unique = {error.text: error for error in errors}
    return list(unique.values())


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
    items = list(_items(source, file.items, base, level, regulation, notice, errors))
    sources = [source, *([base[0]] if base else [])]
    if file.then:
        form_source, form = _sibling(folder, source, "then", file.then)
        items += _items(form_source, form.items, None, level, None, notice, errors)
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
        items=tuple(items),
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


def _items(
    source: YamlSource,
    items: list[dict[str, Any]],
    base: tuple[YamlSource, BaseFile] | None,
    level: str,
    regulation: Regulation | None,
    notice: Notice | None,
    errors: list[DocprocError],
) -> Iterator[Item]:
    seen: set[str] = set()
    for index, raw in enumerate(items):
        at: Location = ("items", index)
        own = dict(raw)
        template = own.pop("from", None)
        inherited: dict[str, Any] = {}
        above: tuple[YamlSource, Location] | None = None
        if template is not None:
            if base is None or template not in base[1].templates:
                errors.append(source.error((*at, "from"), f"没有名为“{template}”的范本"))
                continue
            inherited, above = _inherited(base[1], template), (base[0], ("templates", template))
        if isinstance(own.get("levels"), list) and level and level not in own["levels"]:
            continue
        try:
            file = ItemFile.model_validate(for_level(merged(inherited, own), level))
        except KeyError:
            errors.append(source.error(at, f"by_level 没有写明级别“{level}”的值"))
            continue
        except ValidationError as error:
            errors.extend(problems(source, at, error, above))
            continue
        if file.id in seen:
            errors.append(source.error((*at, "id"), f"编号“{file.id}”重复"))
        seen.add(file.id)
        item = _item(source, at, file, regulation, notice, errors, above)
        if item is not None:
            yield item


def _inherited(base: BaseFile, template: str, depth: int = 0) -> dict[str, Any]:
    """A template's values over those of the template that it inherits from itself."""
    own = dict(base.templates[template])
    parent = own.pop("from", None)
    return own if parent not in base.templates or depth > 8 else merged(_inherited(base, parent, depth + 1), own)


def _item(
    source: YamlSource,
    at: Location,
    file: ItemFile,
    regulation: Regulation | None,
    notice: Notice | None,
    errors: list[DocprocError],
    above: tuple[YamlSource, Location] | None,
) -> Item | None:
    predicate = PREDICATES.get(file.predicate)
    if predicate is None:
        errors.append(_error(source, at, above, ("predicate",), f"没有名为“{file.predicate}”的判定方法，可用：{'、'.join(PREDICATES)}"))
        return None
    values = dict(file.parameters)
    if file.material is not None:
        values |= {"material": file.material}
        if notice is not None:
            asked = file.material in notice.materials
            values |= {"required": asked, "name": notice.materials.get(file.material, file.title)}
    try:
        parameters = predicate.parameters.model_validate(values)
    except ValidationError as error:
        errors.extend(problems(source, (*at, "parameters"), error, (above[0], (*above[1], "parameters")) if above else None))
        return None
    for name in sorted(set(predicate.situations) - set(file.says)):
        errors.append(_error(source, at, above, ("says",), f"{file.id} 缺少情形“{name}”的说法"))
    for name, says in file.says.items():
        declared = predicate.situations.get(name)
        if declared is None:
            errors.append(_error(source, at, above, ("says", name), f"{file.predicate} 没有情形“{name}”"))
            continue
        remedy = _remedy(declared.outcome, says.remedy, file.remedy)
        used = {field for text in (says.message, remedy) for field in _placeholders(text)}
        for field in sorted(used - declared.fills - COMMON):
            errors.append(_error(source, at, above, ("says", name), f"{file.id} 的情形“{name}”用了没有的占位符“{{{field}}}”"))
        if declared.outcome not in _SETTLED and not remedy:
            errors.append(_error(source, at, above, ("says", name), f"{file.id} 的情形“{name}”没有写补正要求"))
    for name in file.final:
        if name not in predicate.situations:
            errors.append(_error(source, at, above, ("final",), f"{file.predicate} 没有情形“{name}”"))
    return Item(
        id=file.id,
        title=file.title,
        requirement=file.requirement,
        check=file.check,
        remedy=file.remedy,
        basis=_basis(source, at, file, regulation, notice, errors),
        predicate=file.predicate,
        parameters=parameters,
        looks_at=file.looks_at,
        judgement=file.judgement,
        says={
            name: Says(says.message, _remedy(declared.outcome, says.remedy, file.remedy))
            for name, says in file.says.items()
            if (declared := predicate.situations.get(name))
        },
        final=file.final,
        examples=file.examples,
    )


_SETTLED = (Outcome.PASS, Outcome.NOT_APPLICABLE)


def _remedy(outcome: Outcome, own: str, usual: str) -> str:
    """The situation's remedy, else the item's; none where there is nothing to put right."""
    return "" if outcome in _SETTLED else own or usual


def _basis(
    source: YamlSource, at: Location, file: ItemFile, regulation: Regulation | None, notice: Notice | None, errors: list[DocprocError]
) -> Basis | None:
    """The article and the words quoted, which must stand there; None for a formal item, which rests on no article."""
    if regulation is None:
        return None
    if not file.article or not file.quote:
        errors.append(source.error(at, f"{file.id} 没有写明条款（article）和引文（quote）"))
        return None
    words = regulation.find(file.article)
    if words is None:
        errors.append(source.error((*at, "article"), f"《{regulation.title}》没有{file.article}"))
    elif file.quote not in words:
        errors.append(source.error((*at, "quote"), f"《{regulation.title}》{file.article}没有这句原文：{file.quote}"))
    note = notice.standing if notice is not None and file.material is not None else ""
    return Basis(regulation=regulation.title, article=file.article, quote=file.quote, note=note)


def _error(source: YamlSource, at: Location, above: tuple[YamlSource, Location] | None, key: Location, why: str) -> DocprocError:
    if (*at, *key) not in source.lines and above is not None:
        return above[0].error((*above[1], *key), why)
    return source.error((*at, *key), why)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
