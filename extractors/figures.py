"""The firm's figures by year: scale.revenue (by kind), scale.assets, scale.employees, from tables, fields and sentences.

A table's row is read by its label, its unit (label, head or caption) and the year of its column. In a sentence, figures belong to the
metric before them until another metric begins, and each takes the year nearest to it; lists are matched in order (2023年至2025年分别…).
Changes (增加2000万元), thresholds (2000万元及以上), parts of the year, parts of the firm and plans are no figure of the firm's year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import Context, FormField, Match
from docproc.model import Kind, Span, Status
from docproc.text.amounts import find_amounts, unit_factor
from docproc.text.numerals import NUMERALS, parse_number
from extractors.assertion.standing import field_status, parties_of, reading, value_place
from extractors.components import adds_claims
from extractors.forms.cells import is_period
from extractors.forms.heads import tells_change
from extractors.labelled import labelled_of
from extractors.measures.figure_years import Figure
from extractors.measures.metrics import Metric, metric_of_label
from extractors.measures.quantities import bracketed_year
from extractors.measures.sentences import figures_in_sentences
from extractors.measures.tables import grid_rows
from extractors.measures.years import base_year, declared_year, year_of, year_of_column
from extractors.parties.clauses import clause_at, sentence_at
from extractors.parties.columns import is_limit
from extractors.parties.listed_firms import rows_of_others
from extractors.parties.subjects import Parties
from extractors.records.judged_rows import judged_rows
from extractors.records.replaced_figures import without_replaced
from extractors.regional import is_of_many
from extractors.words.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_STATEMENT = 60  # rows over which a statement's caption governs
_BARE = re.compile(
    r"(?:人民币)?\s?(?:约|近|超过|逾)?\s?(-?[\d,，.]+|[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+)\s?(万|亿)?(?:余|多)?\s?(元|人|名|个)?(?:左右|以上)?"
)


_BOUNDED = re.compile("以[上下]")
_PLAIN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")  # as most cells write their figures


_OF_WHICH = re.compile(r"(?<=[\d人名元])[ 　，,；;]*(?:[（(][ 　]*)?其中[：:]?.*$")  # 238 其中：研发人员 46
_CELLS_OF_FIGURES = re.compile(r"(?:\t[^\t\n\u4e00-\u9fff]*)+")
_UNIT_BEHIND = re.compile(r"^[\d,，.\s]+[（(]\s?((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]$")
_UNIT_BESIDE = re.compile(r"[\t 　][（(]?((?:人民币)?(?:百万|千|万|亿)?元)[）)]?[\t 　]+$")
_LINE_NUMBER = re.compile(r"^\d{1,2}[ 　]+(?=\d{1,3}(?:,\d{3})+)")
_YUAN = re.compile(r"\d{1,3}(?:,\d{3}){2,}\.\d\d")  # no unit but the fen: a statement or a tax return in yuan
_ROW_NUMBER = re.compile(r"\d{1,2}")
_FIGURE_BEHIND = re.compile(r"[\t 　]+\d{1,3}(?:,\d{3})+")
_PAGE_ENDS = re.compile(r"[ 　]*(?:\f|\s*$)")
_rule = rules("figures")


class Coverage:
    """Which characters of a text have been read already."""

    def __init__(self, length: int) -> None:
        self._read = bytearray(length + 1)

    def add(self, span: Span) -> None:
        self._read[span.start : span.end] = b"\x01" * (span.end - span.start)

    def holds(self, position: int) -> bool:
        return bool(self._read[position])

    def leaves_number(self, text: str, start: int, end: int) -> bool:
        """Whether a numeral in text[start:end] has not been read."""
        return any(self._read.find(0, *run.span()) >= 0 for run in NUMERALS.finditer(text, start, end))

    def touches(self, span: Span) -> bool:
        return 1 in self._read[span.start : span.end]


def match(doc: Doc) -> list[Match]:
    """All figures of the text, by place; what a table or a field has given is not read again as a sentence."""
    parties = parties_of(doc)
    found: list[Match] = []
    covered = Coverage(len(doc.text))
    for each, span in _of_grids(doc, parties):
        found.append(each)
        covered.add(span)
        covered.add(each.spans[0])
        for place in (span, each.spans[0]):  # a change (同比), a share (占比) in the cells behind has no year, and is no figure either
            covered.add(Span(place.end, _figures_behind(doc.text, place.end)))
    for each, span in _of_fields(doc, parties, covered):
        found.append(each)
        covered.add(span)
    for figure in figures_in_sentences(doc.text, covered.leaves_number, audit=doc._.kind is Kind.AUDIT):
        if not covered.touches(figure.span) and "级" not in doc.text[figure.span.end - 1 : figure.span.end + 1]:  # 成熟度等级 | 3级
            found.append(_of_sentence(doc, parties, figure))
    return _without_doubles(without_replaced(doc.text, found))


component = adds_claims(match)


def _figures_behind(text: str, position: int) -> int:
    """Where the cells of a row end that hold nothing but figures, from one on."""
    behind = _CELLS_OF_FIGURES.match(text, position)
    return position if behind is None else behind.end()


def claim(metric: Metric, value: Decimal, year: int | None, bound: str | None, status: Status, spans: tuple[Span, ...]) -> Match:
    """A figure as a claim; employees are whole numbers, money is yuan."""
    qualifiers: dict[str, Any] = {"year": year, "bound": bound}
    if metric.kind:
        qualifiers["kind"] = metric.kind
    number: Any = int(value) if metric.name == "scale.employees" else value
    return Match(metric.name, number, {key: entry for key, entry in qualifiers.items() if entry is not None}, status, spans)


def _without_doubles(found: list[Match]) -> list[Match]:
    """A figure without a year that the same text gives with one is not claimed a second time."""
    dated = {
        (each.name, each.value, each.qualifiers.get("kind"))
        for each in found
        if each.qualifiers.get("year") and each.status is Status.ASSERTED
    }
    return [
        each
        for each in found
        if each.qualifiers.get("year")
        or each.name == "scale.employees"
        or (each.name, each.value, each.qualifiers.get("kind")) not in dated
    ]


# --- tables and fields -------------------------------------------------------------------------------------------------


def _of_grids(doc: Doc, parties: Parties) -> Iterator[tuple[Match, Span]]:
    context = doc._.context
    stands: dict[Span, Status] = {}  # a row's label is read once for all its columns
    for row in grid_rows(doc.text):
        value = _number(row.value, row.unit if row.metric.name != "scale.employees" else "")
        if value is None or (row.metric.name == "scale.employees" and value != value.to_integral_value()):
            continue
        if (
            row.metric.name != "scale.employees"
            and not row.unit
            and unit_factor(row.value) is None
            and not re.search(r"[万亿元]", row.value)
        ):
            value = value if value >= 1_000_000 else None  # a statement in yuan without its caption
        if value is None:
            continue
        if _rule("plans").search(row.column):
            status = Status.PLANNED
        else:
            if row.label_span not in stands:
                stands[row.label_span] = _of_label(row.label_span, parties, context)
            status = stands[row.label_span]
        year = row.year or (year_of(doc.text[slice(*row.label_span)]) if row.column and not is_period(row.column) else None)
        told = claim(row.metric, value, year, None, status, (row.label_span, row.value_span))
        yield replace(told, qualifiers={**told.qualifiers, "scope": "parent"}) if row.parent else told, row.value_span


def _of_label(label: Span, parties: Parties, context: Context | None) -> Status:
    """Whose the figures of a row are, and whether they are a rule's or a plan's."""
    if parties.other_at(label.start):
        return Status.THIRD_PARTY
    said = context.assertion(*label).status if context is not None else Status.ASSERTED
    return said if said in (Status.QUOTED, Status.PLANNED) else Status.ASSERTED


def _of_fields(doc: Doc, parties: Parties, covered: Coverage) -> Iterator[tuple[Match, Span]]:
    others = rows_of_others(doc)
    labelled = labelled_of(doc)
    for number in sorted({*labelled.numbers(metric_of_label), *labelled.headed(metric_of_label)}):
        field = labelled.fields[number]
        if field.column and _gives_no_figure(field.column):
            covered.add(Span(*field.value_span))
            continue
        if covered.holds(field.value_span.start) or covered.holds(field.label_span.start):
            continue
        pivoted = metric_of_label(field.column) if field.column else None
        metric = metric_of_label(field.label) or pivoted
        if metric is None or not field.value or field.options:
            continue
        told = _OF_WHICH.sub("", _rule("own_value").sub("", field.value))
        money = metric.name != "scale.employees"
        unit = field.unit if money else ""
        if money and (behind := _UNIT_BEHIND.search(told)):  # 3,260（万元）
            unit = behind[1]
        if money and not unit and not re.search(r"[元万亿]", told):
            unit = _unit_near(doc, field)
        if money and not unit and (beside := _UNIT_BESIDE.search(doc.text, max(0, field.value_span.start - 12), field.value_span.start)):
            unit = beside[1]  # 营业收入 | 千元 | 386,204
        if money:
            told = _LINE_NUMBER.sub("", told)
            unit = "元" if not unit and _YUAN.fullmatch(told) else unit
        if _is_number_of(doc.text, field, told, money):
            covered.add(Span(*field.value_span))
            continue
        value = _number(told, unit)
        if value is None or (money and unit_factor(unit) is None and not re.search(r"[元万亿]", told)):
            continue
        year = year_of(field.label) or _column_year(doc, field)
        if year is None and metric_of_label(field.label) is not None:
            year = year_of(field.group) if re.search("年度|年主要|年经", field.group) else None
        if year is None and (bracket := re.search(r"[（(]", told)):
            year = bracketed_year(told, bracket.start())
        if year is None and money:
            year = _caption_year(doc.text, field) or _year_over_labels(doc.text, field)
            if year is None and _YUAN.fullmatch(told):
                year = base_year(doc.text, field.label_span.start)
        if year is None and metric.flow and "税款所属" in doc.text:
            year = declared_year(doc.text)
        status = field_status(field, parties, _rule("foreign"))
        if field.label_span in others:
            status = Status.THIRD_PARTY
        if _rule("plans").search(f"{field.column} {field.label}"):
            status = Status.PLANNED
        if _rule("limits").match(told) or is_limit(field.column):
            status = Status.QUOTED
        bound = _money_bound(field.value, unit) if money else _people_bound(told)
        yield claim(metric, value, year, bound, status, value_place(field)), Span(*field.value_span)


def _is_number_of(text: str, field: FormField, told: str, money: bool) -> bool:
    """Whether a bare number is that of the row (营业收入 | 1 | 156,820,334.90) or of the page (an empty label, then 7 alone at its end)."""
    if money:
        return _ROW_NUMBER.fullmatch(told) is not None and _FIGURE_BEHIND.match(text, field.value_span.end) is not None
    return (
        len(told) == 1
        and told.isdecimal()
        and "\n" in text[field.label_span.end : field.value_span.start]
        and _PAGE_ENDS.match(text, field.value_span.end) is not None
    )


def _year_over_labels(text: str, field: FormField) -> int | None:
    """The year on a line of its own over labels and figures that stand below each other: 指标 / 2024年 / 资产总额 / 31,204 / 营业收入."""
    if is_period(field.group) and "\n" in text[field.label_span.end : field.value_span.start]:
        lines = [line.strip() for line in text[: field.label_span.start].split("\n")]
        place = next((number for number in range(len(lines) - 1, 0, -1) if lines[number] == field.group), 0)
        return year_of(field.group) if place and not is_period(lines[place - 1]) else None
    return None


@lru_cache(maxsize=4096)
def _gives_no_figure(column: str) -> bool:
    """Whether a column holds the number of a row on the form (从业人员期末人数 | 人 | 606 | 287), a change, a share or a rank."""
    return tells_change(column) or _rule("code_columns").fullmatch(re.sub(r"\s", "", column)) is not None


def _column_year(doc: Doc, field: FormField) -> int | None:
    if not field.column:
        return None
    base = base_year(doc.text, field.label_span.start) if not year_of(field.column) else None
    return year_of_column(field.column, base)


def _caption_year(text: str, field: FormField) -> int | None:
    """The year of the statement in whose rows a field stands: 资产负债表 2024年12月31日 over the table."""
    start = text.rfind("\n", 0, field.label_span.start)
    if "\t" not in text[start + 1 : field.value_span.end]:
        return None
    for _ in range(LONGEST_STATEMENT):
        above = text.rfind("\n", 0, max(start, 0))
        line = text[above + 1 : max(start, 0)]
        if "\t" not in line:
            return base_year(text, max(start, 0) + 1) if _rule("statements").search(line) and year_of(line) else None
        start = above
    return None


def _unit_near(doc: Doc, field: FormField) -> str:
    """The unit of a statement's caption: 单位：元 within the lines above."""
    above = doc.text[max(0, field.label_span.start - 1500) : field.label_span.start]
    found = re.findall(r"单位[:：]\s?((?:人民币)?(?:百万|千|万|亿)?元)", above)
    return found[-1] if found else ""


def _number(text: str, unit: str) -> Decimal | None:
    """The one number of a cell or field, in people or yuan; None where it holds more or other things."""
    if _PLAIN.fullmatch(text):
        plain, factor = parse_number(text), unit_factor(unit) if unit else Decimal(1)
        return None if plain is None or factor is None else plain * factor if unit else plain
    flat = re.sub(r"(?<=[\d,.])\s+(?=[\d,.])", "", text.strip()).rstrip("。；;，")
    amounts = list(find_amounts(flat, unit=unit or None))
    if (
        len(amounts) == 1
        and re.sub(
            r"[\s\d,，.万亿千百元人民币约近超过逾余多左右以上以下不足整RMB¥￥:：零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟]",
            "",
            re.sub(r"[（(][^（()）]*[）)]", "", flat),
        )
        == ""
    ):
        return amounts[0].value
    found = _BARE.fullmatch(re.sub(r"[（(][^（()）]*[）)]$", "", flat))
    if found is None:
        return None
    value = parse_number(found[1] + (found[2] or ""))
    if value is None or (found[3] in ("人", "名", "个") and unit):
        return None
    if found[3] == "元" or not unit:
        return value
    factor = unit_factor(unit)
    return None if factor is None else value * factor


def _money_bound(text: str, unit: str) -> str | None:
    if _PLAIN.fullmatch(text):
        return None
    return next((amount.bound for amount in find_amounts(text, unit=unit or None)), None)


def _people_bound(text: str) -> str | None:
    if re.search("约|左右", text):
        return "about"
    if re.search("超过|逾|余|多|以上", text):
        return "above"
    return "below" if re.search("近|不足", text) else None


# --- sentences ---------------------------------------------------------------------------------------------------------


def _of_sentence(doc: Doc, parties: Parties, figure: Figure) -> Match:
    start = figure.metric_span.start if figure.same_clause else figure.span.start
    reading_ = reading(doc, parties, figure.span.start, figure.span.end)
    at_metric = reading(doc, parties, start, figure.span.end) if figure.same_clause else reading_
    status = reading_.status  # of 收入6.3亿元应为3.6亿元 the words of the metric are taken back, the figure behind is not
    if status is Status.ASSERTED and at_metric.status is not Status.SUPERSEDED:
        status = at_metric.status
    party = parties.at(figure.span.start)
    if party is not None and party.own and not party.plain and status is Status.THIRD_PARTY:
        status = Status.ASSERTED
    if status is Status.PLANNED and not figure.planned and "实际" in doc.text[max(0, figure.span.start - 10) : figure.span.start]:
        status = Status.ASSERTED  # 目标3亿元，实际完成2.86亿元
    if (
        status in (Status.PLANNED, Status.QUOTED)
        and not figure.planned
        and _is_correction(doc.text, min(start, figure.span.start), figure.span.end)
    ):
        status = Status.ASSERTED
    behind = doc.text[figure.span.end : figure.span.end + 40] if status is Status.SUPERSEDED else ""
    if behind and (_rule("figure_holds").match(behind) or _rule("other_mistaken").match(behind)):
        status = Status.ASSERTED  # 以审计数2.46亿元为准，初稿所填2.64亿元系笔误
    if figure.planned and status is Status.ASSERTED:
        status = Status.PLANNED
    if status is Status.PLANNED and _rule("from_now").search(doc.text, max(0, figure.span.start - 8), figure.span.start):
        status = Status.ASSERTED  # 达产后员工由现有310人增至420人
    if status is Status.ASSERTED and not (party is not None and party.own and not party.plain) and is_of_many(doc.text, figure.metric_span):
        status = Status.THIRD_PARTY
    if status is Status.ASSERTED and _is_limit(doc.text, parties, figure):
        status = Status.QUOTED
    spans = (
        (Span(min(figure.metric_span.start, figure.span.start), max(figure.metric_span.end, figure.span.end)),)
        if figure.same_clause
        else (figure.metric_span, figure.span)
    )
    return claim(figure.metric, figure.value, figure.year, figure.bound, status, spans)


_BY = frozenset(("以", "均以", "是以", "应以"))


def _is_limit(text: str, parties: Parties, figure: Figure) -> bool:
    """Whether a figure is the least that is asked of somebody (不低于5000万元, ≥300人), and not what the applicant says of itself."""
    own = _rule("own_beside_limit").fullmatch(text, clause_at(text, figure.span.start).start, figure.span.start) is not None
    if own and not figure.same_clause:
        return False
    if figure.year is None and (
        named := _rule("limit_named").search(text, sentence_at(text, figure.span.start).start, figure.metric_span.start)
    ):
        return _rule("limit_reached").search(text, clause_at(text, named.start()).start, named.start()) is None
    by = _rule("limit_by").search(text, clause_at(text, figure.metric_span.start).start, figure.metric_span.start)
    if by is not None and _rule("limit_holds").match(text, figure.span.end):
        return True  # 规模以上的认定，以年主营业务收入2000万元为准
    if text[figure.metric_span.end : figure.span.start].strip(" 　") in _BY and _rule("limit_parts").match(text, figure.span.end):
        return True  # 年主营业务收入以2000万元为界
    least = _rule("limits").search(text, max(0, figure.span.start - 6), figure.span.start + 4)
    if not least and not (figure.year is None and _is_bound_in_condition(text, figure.span)):
        return False
    party = parties.at(figure.span.start)
    return party is None or not party.own or not _rule("limit_subjects").match(text, *party.span)


def _is_bound_in_condition(text: str, span: Span) -> bool:
    """Whether a figure is a bound in a condition on which a row gives its verdict: 从业人员300人以上 | 符合."""
    if not _rule("bound_behind").match(text, span.end) and not _BOUNDED.search(text, *span):
        return False
    return any(row.span.start <= span.start < row.verdict.start for row in judged_rows(text))


def _is_correction(text: str, position: int, end: int) -> bool:
    """Whether the words around a place bring the figure that holds: …有误，应为“职工人数642人”; 以清单载明的402人为准."""
    if _rule("figure_holds").match(text[end : end + 4]):
        return True
    return re.search(rf"(?:{_rule('final').pattern})(?:为|是)?[“\"「]?$", text[max(0, position - 8) : position]) is not None
