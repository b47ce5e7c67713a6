"""The shape of a checklist's YAML: strict keys; an item inherits from a base's template; a value may differ by level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from docproc.errors import DocprocError
from docproc.model import Kind, Outcome, Status
from docproc.strict_yaml import Location, YamlSource


class Strict(BaseModel):
    """A part of the file: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class SaysFile(Strict):
    """What a situation says to the reviewer and, where something is to be handed in, to the applicant."""

    message: str
    remedy: str = ""


class ExampleClaim(Strict):
    """A claim of an example: `in` names the example's document it stands in, by id or kind."""

    name: str
    value: JsonValue
    qualifiers: dict[str, JsonValue] = {}
    status: Status = Status.ASSERTED
    source: str = Field(default="form", alias="in")
    quote: str = ""
    confidence: float | None = None


class ExamplePassage(Strict):
    topic: str
    source: str = Field(default="form", alias="in")
    status: Status = Status.ASSERTED
    verbatim: bool = False
    unclear: bool = False


class ExampleDate(Strict):
    role: str
    iso: str
    possible: bool = True


class ExampleField(Strict):
    label: str
    value: str
    required: bool | None = None
    source: str = Field(default="form", alias="in")


class ExampleDocument(Strict):
    """A document of an example."""

    kind: Kind
    id: str = ""
    year: int | None = None
    speaker: str = ""
    format: str = "pdf"
    text: str = ""
    colour: bool | None = None
    sealed: bool = False
    seal_text: str = ""  # the words on the seal, surely recognised
    signed: bool = False
    scanned: bool = False  # a page that no text recognition read
    damaged: bool = False
    traces: tuple[str, ...] = ()
    dates: tuple[ExampleDate, ...] = ()


class Example(Strict):
    """A case in a few lines, and what the item must come to: the item's test and its documentation."""

    name: str
    outcome: Outcome
    situation: str | None = None
    correctable: bool | None = None
    level: str | None = None  # runs for this level alone
    as_of: date = date(2026, 11, 22)
    stage: str = "city"
    documents: tuple[ExampleDocument, ...] = ()
    claims: tuple[ExampleClaim, ...] = ()
    passages: tuple[ExamplePassage, ...] = ()
    fields: tuple[ExampleField, ...] = ()
    says: tuple[str, ...] = ()  # words that the message must hold


class LifecycleFile(Strict):
    """Where an item stands in its life, since when and why. `under_review`: its rule is being revised, so it refuses nobody by itself;
    `retired`: kept for what was decided by it, asked of nobody."""

    state: Literal["active", "under_review", "retired"] = "active"
    since: date | None = None
    why: str = ""

    @model_validator(mode="after")
    def _reasoned(self) -> LifecycleFile:
        if self.state != "active" and not (self.why and self.since):
            raise PydanticCustomError("lifecycle", "不再是 active 的审查项要写明 since（自哪天起）和 why（为什么）")
        return self


class ItemFile(Strict):
    """An item after inheritance and for one level."""

    id: str
    title: str
    requirement: str
    check: str
    predicate: str
    remedy: str = ""
    article: str | None = None
    quote: str | None = None
    material: str | None = None
    levels: tuple[str, ...] | None = None
    judgement: bool = False
    looks_at: tuple[Kind, ...] = ()
    cured_by: Kind | None = None
    parameters: dict[str, Any] = {}
    says: dict[str, SaysFile]
    final: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    because: str = ""  # why the city's values replace those of the template
    lifecycle: LifecycleFile = LifecycleFile()
    right_words: str = ""  # words by which an applicant would state it rightly: shown to enterprises, proved by the tests


class LevelFile(Strict):
    """A level's checklist."""

    id: str
    title: str


class ChosenByFile(Strict):
    """By what a package is known to be meant for this checklist's city: the programme's province, and patterns of the names
    of the programme and of its authorities in the papers (compared without blanks, in simplified characters)."""

    province: str
    names: tuple[re.Pattern[str], ...]


class ChecklistFile(Strict):
    kind: str
    title: str
    city: str
    extends: str | None = None
    then: str | None = None  # the file whose items follow
    regulation: str
    notice: str | None = None
    chosen_by: ChosenByFile
    levels: dict[str, LevelFile]
    items: list[dict[str, Any]]


class BaseFile(Strict):
    kind: str
    title: str
    level_names: dict[str, str] = {}
    templates: dict[str, dict[str, Any]] = {}


class FormFile(Strict):
    kind: str
    title: str
    items: list[dict[str, Any]]


class MaterialFile(Strict):
    """A material of the year's notice."""

    name: str
    required: bool = True
    note: str = ""


class NoticeFile(Strict):
    """What the year's notice asks for."""

    kind: str
    title: str
    year: int
    standing: str  # e.g. 惯例，以当年申报通知为准
    finance_years: tuple[int, ...] = ()
    deadline: date | None = None
    materials: dict[str, MaterialFile]


FILES: dict[str, type[Strict]] = {"checklist": ChecklistFile, "base": BaseFile, "form": FormFile, "notice": NoticeFile}


def merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The base with the item's own values over it: mappings are merged, all else is replaced.

    A parameter is replaced as a whole, also where it is a mapping: kinds: {safety: …} drops the template's other kinds."""
    result = dict(base)
    for key, value in own.items():
        held = result.get(key)
        if key == "parameters" and isinstance(held, dict) and isinstance(value, dict):
            result[key] = held | value
        else:
            result[key] = merged(held, value) if isinstance(held, dict) and isinstance(value, dict) and "by_level" not in value else value
    return result


def replaced(base: Mapping[str, Any], own: Mapping[str, Any]) -> list[str]:
    """The parameters and the predicate of a template that an item replaces with other values: each is a difference of law to account for.

    A list or a text that the template leaves empty is there to be filled in."""
    ours, theirs = own.get("parameters", {}), base.get("parameters", {})
    changed = [key for key, value in ours.items() if theirs.get(key) not in (None, "", [], {}) and theirs[key] != value]
    return [*changed, *(["predicate"] if own.get("predicate", base.get("predicate")) != base.get("predicate") else [])]


def for_level(value: Any, level: str) -> Any:
    """The value with each `by_level` mapping replaced by what it has for the level. Raises KeyError where it has nothing."""
    if isinstance(value, dict):
        if set(value) == {"by_level"}:
            return for_level(value["by_level"][level], level)
        return {key: for_level(entry, level) for key, entry in value.items()}
    if isinstance(value, list):
        return [for_level(entry, level) for entry in value]
    return value


def problems(
    source: YamlSource, above: Location, error: ValidationError, base: tuple[YamlSource, Location] | None = None
) -> list[DocprocError]:
    """A validation error as messages, each with the file and line where the wrong value stands (the template's, where inherited)."""
    found = []
    for entry in error.errors():
        location: Location = tuple(part for part in entry["loc"] if isinstance(part, str | int))
        why = f"{'.'.join(map(str, location)) or '整个文件'}：{_why(str(entry['type']), str(entry['msg']), _expected(entry))}"
        if base is not None and (*above, *location) not in source.lines and (*base[1], *location) in base[0].lines:
            found.append(base[0].error((*base[1], *location), why))
        else:
            found.append(source.error((*above, *location), why))
    return found


def _expected(entry: Mapping[str, Any]) -> str:
    return str((entry.get("ctx") or {}).get("expected", ""))


_WHY = {
    "extra_forbidden": "没有这个键，请删去或者改正拼写",
    "missing": "缺少这个键，请补上",
    "bool": "应写 true 或 false",
    "int": "应写整数",
    "float": "应写数字",
    "decimal": "应写数字",
    "date": "应写日期，如 2026-07-01",
    "string": "应写文字；数字和日期要作文字时加引号",
    "list": "应写列表，如 [甲, 乙]",
    "tuple": "应写列表，如 [甲, 乙]",
    "dict": "应写键和值",
    "model": "应写键和值",
    "pattern": "不是有效的正则表达式，请改正",
}


def _why(kind: str, message: str, expected: str = "") -> str:
    """What is wrong and what to write instead, in Chinese, for the types of error that a file can have."""
    if kind in ("enum", "literal_error"):
        return f"应为下列之一：{expected.replace(' or ', '、').replace(', ', '、')}"
    return _WHY.get(kind) or _WHY.get(kind.split("_")[0]) or message
