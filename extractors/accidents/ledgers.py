"""Accidents in tables and records: a ledger's rows (事故时间 · 事故类别 · 死亡人数 …) and labels in a run (事故类型：…；死亡：0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from docproc.extract import FormField
from docproc.model import Span
from docproc.text.amounts import find_amounts
from docproc.text.dates import DateMention, find_dates
from docproc.text.numerals import find_numbers
from extractors.accidents.harm import Harm, grades_in, harm_in, kinds_in, merged_kinds, nouns_in, together
from extractors.labelled import Labelled
from extractors.lines.grids import GridRecord, ledger_entries
from extractors.records.timing import stated_dates
from extractors.records.told_below import told_below
from extractors.words.lexicon import alternatives, table, words

WORDS = "accident"
LEAST_HEADS = 3
_AFTERMATH = re.compile("处理|整改|原因|措施|说明|结案|备注")
_OF_ANY = re.compile("各[类种]|所有|全部|任何")  # 类型：各类事故: what a rule is about
_UNHURT = re.compile("无(?:人员)?(?:伤亡)?|没有|零伤亡|0")  # 伤亡: 无
_unit = re.compile(r"[（(](?:(?:金额)?单位[：:]?)?([^（()）]*元)[）)]")
_bare_year = re.compile(r"(?:19|20)\d\d")
_blank = re.compile(r"[\s/\-—－_＿无0零]*|暂无|没有")


@dataclass(frozen=True, slots=True)
class Record:
    """One accident of a ledger."""

    span: Span
    date: DateMention | None
    kinds: tuple[str, ...]
    grade: str | None
    harm: Harm
    count: int | None


def records(text: str, labelled: Labelled) -> list[Record]:
    """The accidents recorded in tables and fields, in order."""
    gridded = _gridded(text)
    tables = [record.span for record in gridded]
    found = [record for group in (*_rows(labelled), *_runs(labelled)) if (record := _record(text, group)) is not None]
    apart = [record for record in found if not any(span.start < record.span.end and record.span.start < span.end for span in tables)]
    return sorted([*gridded, *apart], key=lambda record: record.span)


def _gridded(text: str) -> list[Record]:
    """The rows, or columns, of tables whose heads are a ledger's; a table of other things (保养, 点检) names no accident."""
    return [
        record
        for entry in ledger_entries(text, _role, LEAST_HEADS)
        if entry.cells.keys() & {"date"} and (record := _of_grid(text, entry)) is not None
    ]


def _of_grid(text: str, entry: GridRecord) -> Record | None:
    values = {role: text[cell.start : cell.end] for role, cell in entry.cells.items()}
    about = "".join((*entry.heads.values(), entry.title))
    named = next(nouns_in(values.get("category", "")), None) is not None
    if not named and not re.search("事故|事件", about) and not entry.cells.keys() & {"deaths", "serious_injuries"}:
        return None
    date = _cell_date(text, entry.cells["date"])
    if date is None or _whole(values.get("count")) == 0:
        return None
    category = values.get("category", "")
    kinds = next((found for each in (category, values.get("grade", ""), entry.title) if (found := kinds_in(each, 0, len(each)))), [])
    grades = grades_in(values.get("grade", ""), 0, len(values.get("grade", ""))) or grades_in(category, 0, len(category))
    unit = _unit.search(entry.heads.get("loss", "")) or _unit.search(entry.title)
    loss = next(find_amounts(values["loss"], unit=unit[1] if unit else None), None) if "loss" in values else None
    told = harm_in(text, *entry.cells["harm"]) if "harm" in entry.cells else Harm()
    if _UNHURT.fullmatch(values.get("harm", "")):
        told = Harm(0, 0)
    harm = Harm(_whole(values.get("deaths")), _whole(values.get("serious_injuries")), loss.value if loss is not None else None)
    return Record(
        entry.span, date, tuple(merged_kinds(kinds)), grades[0][1] if grades else None, together(harm, told), _whole(values.get("count"))
    )


def _cell_date(text: str, cell: Span) -> DateMention | None:
    """The date of a ledger's cell, in which a bare year (2022) is one."""
    if _bare_year.fullmatch(text, *cell):
        return DateMention(text[cell.start : cell.end], cell, True)
    return next(iter(stated_dates(text, *cell)), None)


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, re.compile(rf"(?:{alternatives(entries)})(?:[（(].*)?")) for role, entries in table(WORDS, "ledger").items())


@lru_cache(maxsize=4096)
def _role(label: str) -> str | None:
    plain = re.sub(r"\s", "", label)
    return next((role for role, pattern in _roles() if pattern.fullmatch(plain)), None)


def _is_title(title: str) -> bool:
    return bool(re.search(alternatives(words(WORDS, "ledger_titles")), title))


def _rows(labelled: Labelled) -> Iterator[list[tuple[str, FormField]]]:
    """Rows of a table whose columns are a ledger's."""
    fields = labelled.fields
    told = {fields[number].label_span for number in labelled.headed(_role) if fields[number].column}
    rows: dict[Span, list[FormField]] = {}
    for field in fields if told else ():
        if field.column and field.label_span in told:
            rows.setdefault(field.label_span, []).append(field)
    for cells in rows.values():
        roles = [(role, cell) for cell in cells if (role := _role(cell.column)) is not None]
        if len({role for role, _ in roles}) < 2:
            continue
        if any("事故" in cell.column or "事件" in cell.column for cell in cells) or _is_title(cells[0].group + cells[0].heading):
            yield roles
    yield from _dated_rows(labelled)


def _dated_rows(labelled: Labelled) -> Iterator[list[tuple[str, FormField]]]:
    """Rows that begin with their date: the form reader gives the heads as labels and the date as the column."""
    rows: dict[tuple[str, str], list[tuple[str, FormField]]] = {}
    for field in labelled.under(_role):
        role = _role(field.label) if field.column else None
        if role is not None and _dated(field.column):
            rows.setdefault((field.column, field.group), []).append((role, field))
    for roles in rows.values():
        named = {role for role, _ in roles}
        if len(named) >= 2 and named & {"category", "grade"}:
            yield roles


@lru_cache(maxsize=4096)
def _dated(head: str) -> bool:
    return next(find_dates(head), None) is not None


def _runs(labelled: Labelled) -> Iterator[list[tuple[str, FormField]]]:
    """Labels of a record one after another; a label of a role seen already begins the next record."""
    run: list[tuple[str, FormField]] = []
    for field in labelled.fields if labelled.any(_role) else ():
        role = None if field.column else _role(field.label)
        if role is not None and not any(role == seen and field.label == known.label for seen, known in run):
            run.append((role, field))
            continue
        if run and _is_record(run):
            yield run
        run = [(role, field)] if role is not None else []
    if _is_record(run):
        yield run


def _is_record(run: Sequence[tuple[str, FormField]]) -> bool:
    if len(run) < 2:
        return False
    roles = {role for role, _ in run}
    if len(roles) < 2 or not roles & {"category", "date"}:
        return False
    labels = "".join(field.label for _, field in run)
    named = any(next(nouns_in(field.value), None) for role, field in run if role == "category")
    return named or bool(re.search("事故|事件|死亡|重伤|损失", labels) and len(roles) >= 3) or "事故" in labels


def _record(text: str, group: Sequence[tuple[str, FormField]]) -> Record | None:
    cells = dict(reversed(group))
    title = group[0][1].group + group[0][1].heading
    first = group[0][1]
    values = {role: cell.value for role, cell in cells.items()}
    if all(_blank.fullmatch(value) for value in values.values()) and not next(find_dates(first.label), None):
        return None
    start = min(min(cell.label_span.start if not cell.column else cell.value_span.start for cell in cells.values()), _row_start(first))
    span = Span(start, max(cell.value_span.end for cell in cells.values()))
    date = _date(text, cells.get("date"), first)
    category = " ".join(cell.value for role, cell in group if role == "category")
    count = _whole(values.get("count"))
    if date is None and (_blank.fullmatch(category) or _OF_ANY.match(category)):
        return None
    if count == 0:
        return None
    named = (category, values.get("grade", ""), title)
    kinds = next((found for entry in named if (found := kinds_in(entry, 0, len(entry)))), [])
    grades = grades_in(values.get("grade", ""), 0, len(values.get("grade", ""))) or grades_in(category, 0, len(category))
    return Record(
        span=span,
        date=date,
        kinds=tuple(merged_kinds(kinds)),
        grade=grades[0][1] if grades else None,
        harm=together(
            Harm(_whole(values.get("deaths")), _whole(values.get("serious_injuries")), _money(cells.get("loss"))),
            harm_in(text, *cells["harm"].value_span) if "harm" in cells else Harm(),
        ),
        count=count,
    )


@dataclass(frozen=True, slots=True)
class Details:
    """What the rows below an answer add to it."""

    date: str | None
    kinds: tuple[str, ...]
    grade: str | None
    harm: Harm
    count: int | None


def details_below(text: str, answer: FormField, fields: Sequence[FormField]) -> list[FormField]:
    """The fields on the lines right below an answered prompt that tell of the event: 发生时间, 事故起数, 死亡人数."""
    told = told_below(text, answer, fields, lambda label: _role(label) is not None or _AFTERMATH.search(label) is not None)
    return [field for field in told if _role(field.label) is not None]


def of_details(text: str, cells: Sequence[FormField]) -> Details:
    """The event that such fields tell of."""
    values = {role: cell for cell in reversed(cells) if (role := _role(cell.label)) is not None}
    date = _cell_date(text, values["date"].value_span) if "date" in values else None
    category = values["category"].value if "category" in values else ""
    grade = grades_in(values["grade"].value, 0, len(values["grade"].value)) if "grade" in values else []
    told = harm_in(text, *values["harm"].value_span) if "harm" in values else Harm()
    return Details(
        date.iso if date is not None else None,
        tuple(merged_kinds(kinds_in(category, 0, len(category)))),
        grade[0][1] if grade else None,
        together(harm_of(cells), told),
        _whole(values["count"].value if "count" in values else None),
    )


def harm_of(cells: Sequence[FormField]) -> Harm:
    """The figures of cells by their labels."""
    values = {role: cell for cell in reversed(cells) if (role := _role(cell.label)) is not None}
    deaths, injuries = values.get("deaths"), values.get("serious_injuries")
    return Harm(_whole(deaths.value if deaths else None), _whole(injuries.value if injuries else None), _money(values.get("loss")))


def _row_start(field: FormField) -> int:
    return field.label_span.start if field.column and field.label_span.start <= field.value_span.start else field.value_span.start


def _date(text: str, cell: FormField | None, first: FormField) -> DateMention | None:
    if cell is not None:
        return _cell_date(text, cell.value_span)
    if not first.column:
        return None
    headed = next(find_dates(first.column), None)
    if headed is not None:
        return DateMention(headed.iso, first.value_span, headed.possible)
    return next(iter(stated_dates(text, *first.label_span)), None)


def _whole(value: str | None) -> int | None:
    if value is None:
        return None
    if re.fullmatch(r"无|没有|零|0\s*人?", value.strip()):
        return 0
    number = next(find_numbers(value), None)
    return None if number is None or number.value != number.value.to_integral_value() else int(number.value)


def _money(cell: FormField | None) -> Decimal | None:
    if cell is None:
        return None
    if cell.value.strip() in ("无", "0", "零"):
        return Decimal(0)
    amount = next(find_amounts(cell.value, unit=cell.unit or None), None)
    return None if amount is None else amount.value
