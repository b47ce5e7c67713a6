"""Items: from the lines of a checklist file, over the template they inherit from, to conditions that can be judged.

Each mistake is collected with its file and line (the template's, where the wrong value is inherited), so that all are told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import Any

from pydantic import ValidationError

from docproc.checklist_file import BaseFile, Example, ItemFile, LifecycleFile, for_level, merged, problems, replaced
from docproc.errors import DocprocError
from docproc.model import Basis, Kind, Outcome
from docproc.predicates import PREDICATES
from docproc.predicates.predicate import COMMON, Parameters
from docproc.regulation import Regulation
from docproc.strict_yaml import Location, YamlSource

_SETTLED = (Outcome.PASS, Outcome.NOT_APPLICABLE)


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
    cured_by: Kind | None  # the paper whose handing in puts a lack right by itself
    judgement: bool
    says: Mapping[str, Says]
    final: tuple[str, ...]  # situations that end the application
    examples: tuple[Example, ...] = ()
    lifecycle: LifecycleFile = field(default_factory=LifecycleFile)
    because: str = ""  # why the city's values replace those of the template
    right_words: str = ""  # how an applicant would state it rightly

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


def read_items(
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
        if template is not None and not file.because and (changed := replaced(inherited, own)):
            errors.append(
                source.error(
                    (*at, "parameters"), f"{file.id} 改了范本“{template}”的{'、'.join(changed)}，请用 because 写明依据哪一条、为什么"
                )
            )
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
        used = {used_name for text in (says.message, remedy) for used_name in _placeholders(text)}
        for placeholder in sorted(used - declared.fills - COMMON):
            errors.append(_error(source, at, above, ("says", name), f"{file.id} 的情形“{name}”用了没有的占位符“{{{placeholder}}}”"))
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
        cured_by=file.cured_by,
        judgement=file.judgement,
        says={
            name: Says(says.message, _remedy(declared.outcome, says.remedy, file.remedy))
            for name, says in file.says.items()
            if (declared := predicate.situations.get(name))
        },
        final=file.final,
        examples=file.examples,
        lifecycle=file.lifecycle,
        because=file.because,
        right_words=file.right_words,
    )


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
