"""The year of each figure behind a metric: told beside it, shared out over a list, or taken from the words before.

A sum over years is no year's, a part of a year is no year of revenue, and what is planned is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from docproc.model import Span
from extractors.measures.figures_of_metric import CLAUSE_MARK, FROM
from extractors.measures.metrics import Metric, MetricMention, metrics_in
from extractors.measures.parts import PARTED
from extractors.measures.quantities import Quantity, bracketed_year
from extractors.measures.years import Year, ranged, years_in
from extractors.words.lexicon import rules

BEHIND_REACH = 40  # code points behind the last figure in which a bracket shares out the years
OPENING = 2  # characters before the year that opens a sentence
_PLANNED_LEAD = re.compile(r"[^：:。；，,]{2,20}[：:](?!\s?[\d约])")
_ALONE_IN_BRACKET = re.compile(r"[（(]\s?$")
_RESPECTIVELY = re.compile(r"\s?[（(][^（()）]{0,4}分别")
_COMPARED = re.compile(r"(?:较|比|与|同|相比)(?:上年|去年)?\Z")  # 2024年较2023年增长7.6%，达到3.21亿元: no year of the figure
_FIRM = re.compile("公司|我厂|本厂|企业|单位")
_SHARED_OUT = re.compile("(?:两|二|三|[23])年[^，。；]{0,12}(?:分别|依次)")
_REPORT = re.compile(r"(20\d\d)年度?[^，。；]{0,8}(?:审计报告|财务报表|财务决算|财务报告|年报)")
_rule = rules("figures")


class Figure(NamedTuple):
    """One figure of a sentence, with its metric and, where told, its year."""

    metric: Metric
    value: Decimal
    year: int | None
    bound: str | None
    metric_span: Span
    span: Span
    same_clause: bool
    planned: bool


def _same_year(between: str) -> bool:
    """Whether the words between two figures lead to another one of the same year: its part, its correction, another paper's."""
    other = _rule("other_source").match(between.rpartition("，")[2])
    return re.search("其中|实际", between) is not None or _rule("final").search(between) is not None or other is not None


def with_years(
    text: str,
    sentence: Span,
    mention: MetricMention,
    metric: Metric,
    quantities: Sequence[Quantity],
    before: dict[bool, int | None],
    previous: Callable[[], int | None],
) -> Iterator[Figure]:
    """The figures of a metric with the year of each, in order; none where they are a product's, a part of the staff, or a sum over years.

    `before`: the last year told in the sentence of metrics of a year (True) and of a day (False); `previous`: that of the sentences before.
    """
    if not quantities:
        return
    leading = ranged(text, _behind_beginnings(text, sentence.start, quantities[0].span.start), quantities[0].span.start)
    apart = all(not years_in(text, first.span.end, second.span.start) for first, second in pairwise(quantities))
    shared = leading if len(leading) == len(quantities) > 1 and apart else ()
    clause_start = _clause_start(text, sentence, mention.span.start)
    own_words = text[clause_start : quantities[0].span.start]
    quantities = _of_one_year(text, sentence, clause_start, mention, metric, quantities, len(leading))
    if not quantities:
        return
    shared = shared or _shared_out(text, sentence, clause_start, quantities)
    shared = _grown(text, mention, shared or leading, quantities) or shared
    year: int | None = None
    planned = False
    position = mention.span.end
    for index, quantity in enumerate(quantities):
        between = text[position : quantity.span.start]
        named = years_in(text, position, quantity.span.start) if quantity.span.start > mention.span.start else []
        part = False
        if shared:
            year = shared[index]
        elif bracketed := bracketed_year(text, quantity.span.end):
            year = bracketed
        elif named and (own := [each for each in named if not _COMPARED.search(text, position, each.span.start)] or named):
            year, part = own[-1].year, own[-1].part
        elif year is not None and _rule("before_year").search(between):
            year -= 1
        elif index == 0:
            year, part = _year_before(text, sentence, clause_start, mention, metric, before, previous)
            if _rule("before_year").search(own_words) and year is not None and not years_in(text, clause_start, mention.span.start):
                year -= 1
        elif not re.fullmatch(r"[、，,和及与/\s]*", between) and not _same_year(between):
            year = None
        position = quantity.span.end
        from_now = index == 1 and "已" not in between and _rule("from_now").search(text, mention.span.end, quantities[0].span.start)
        goes_on = (planned and "实际" not in between) or bool(from_now)
        planned = goes_on or _is_planned(
            text, sentence, quantity, text[clause_start : quantity.span.start] if index == 0 else between, between
        )
        if metric.flow and (part or _rule("part_year_word").search(own_words if index == 0 else between)):
            year = None if not part else year
            continue
        same_clause = not CLAUSE_MARK.search(text[min(mention.span.end, quantity.span.start) : quantity.span.start])
        yield Figure(metric, quantity.value, year, quantity.bound, mention.span, quantity.span, same_clause, planned)


def _of_one_year(
    text: str, sentence: Span, clause_start: int, mention: MetricMention, metric: Metric, quantities: Sequence[Quantity], years: int
) -> Sequence[Quantity]:
    """The figures that are the firm's and a year's each: not a product's, not a part of the staff, not the sum over years before its parts.

    `years`: how many years lead the figures.
    """
    own_words = text[clause_start : quantities[0].span.start]
    if _rule("of_a_product").match(text, clause_start, mention.span.start):
        return ()
    if _sums_up(text, sentence, metric, own_words, quantities[0], years):
        if len(quantities) == 1:
            return ()
        if PARTED.search(text, quantities[0].span.end, quantities[1].span.start):
            quantities = quantities[1:]  # 三年合计9亿元，其中2024年3.4亿元
    return () if not metric.money and _is_part(text, sentence, clause_start, mention, own_words) else quantities


def _is_planned(text: str, sentence: Span, quantity: Quantity, said: str, between: str) -> bool:
    """Whether the words that lead to a figure (`said`; `between` it and what stood before) make it one that is aimed at."""
    final = _rule("final").search(between)
    said = said[-(len(between) - final.start()) :] if final else said  # 预计3.3亿元，审计确认为3.21亿元
    horizon = _rule("horizon").search(text, sentence.start, quantity.span.start)
    return _rule("plans").search(said) is not None or horizon is not None or _is_led_by_plan(text)


def _is_part(text: str, sentence: Span, clause_start: int, mention: MetricMention, own_words: str) -> bool:
    """其中正式员工398人 is a part of the staff; 参加培训35人，其中本厂职工6人 took part. Of 集团2000人，其中本公司职工398人 all."""
    if "其中" not in text[clause_start : mention.span.start]:
        return False
    return _FIRM.search(own_words) is None or _rule("gatherings").search(text, sentence.start, clause_start) is not None


def _shared_out(text: str, sentence: Span, clause_start: int, quantities: Sequence[Quantity]) -> tuple[int, ...]:
    """The years that a bracket behind several figures, or the clauses before them, share out, one a figure; none where no word says so."""
    if len(quantities) < 2:
        return ()
    end = quantities[-1].span.end
    behind = ranged(text, end, min(sentence.end, end + BEHIND_REACH))
    if len(behind) == len(quantities) and _RESPECTIVELY.match(text, end):
        return behind  # 3.3亿元、2.7亿元（分别为2024年、2023年）
    if _SHARED_OUT.search(text, clause_start, quantities[0].span.start):
        told = sorted({each.year for each in years_in(text, sentence.start, clause_start)})
        if len(told) == len(quantities):  # 2023年…，2024年…，两年资产总额分别为…
            return tuple(told)
    return ()


def _grown(text: str, mention: MetricMention, years: tuple[int, ...], quantities: Sequence[Quantity]) -> tuple[int, ...]:
    """The first and the last year of a range over which a figure went from one value to another: 2022—2024年由2亿元增长到3亿元."""
    if len(quantities) != 2 or len(years) < 2 or not FROM.search(text, mention.span.end, quantities[0].span.start):
        return ()
    changed = re.search("至|到|为", text[quantities[0].span.end : quantities[1].span.start])
    return (years[0], years[-1]) if changed else ()


def _is_led_by_plan(text: str) -> bool:
    """2025年预算：营业收入4.5亿元，职工450人: what stands before the colon speaks for the whole sentence."""
    lead = _PLANNED_LEAD.match(text)
    return lead is not None and _rule("plans").search(lead.group()) is not None and re.search("实际|完成情况|执行", lead.group()) is None


def _sums_up(text: str, sentence: Span, metric: Metric, own_words: str, quantity: Quantity, years: int) -> bool:
    """Whether a lone figure of revenue is that of several years (近三年累计, 2022年至2024年共), which is no year's."""
    if not metric.flow:
        return False
    if years > 1 and re.search(r"\d{4}", own_words):
        return True
    named = years_in(text, sentence.start, quantity.span.end)
    own = {each.year for each in years_in(text, quantity.span.start - len(own_words), quantity.span.start)}
    one = (
        len({each.year for each in named}) == 1
        or len(own) == 1
        or _rule("one_year").search(text, sentence.start, quantity.span.start) is not None
    )
    if _rule("averages").search(own_words) or (_rule("totals").search(own_words) and not one):
        return True
    return bool(re.search("近[三两二五35]年|三年来", text[sentence.start : quantity.span.start])) and not named


def _clause_start(text: str, sentence: Span, position: int) -> int:
    """Where the clause that holds a position begins; a bare time before its comma belongs to it (2024年，)."""
    start = sentence.start
    for mark in CLAUSE_MARK.finditer(text, sentence.start, position):
        start = mark.end()
    return start


def _bracketed(text: str, leading: Sequence[Year], end: int) -> bool:
    """项目实施前（2022年），…: a year alone in the bracket that ends the words about when."""
    return len(leading) == 1 and _ALONE_IN_BRACKET.search(text, 0, leading[0].span.start) is not None and text[end - 1] in "）)"


def _year_into(text: str, start: int, mention: MetricMention) -> Sequence[Year]:
    """The year whose own word the metric's name begins with (2024 年末在册人数), where its figure stood before it."""
    return years_in(text, start, mention.span.end) if text[mention.span.start] == "年" else []


def _years_of_figures(text: str, start: int, end: int) -> list[Year]:
    """The years named in a stretch but for those in which the firm began or changed: 公司成立于2012年，现有员工258人."""
    return [year for year in years_in(text, start, end) if not _is_beginning(text, start, end, year)]


def _is_beginning(text: str, start: int, end: int, year: Year) -> bool:
    if _rule("event_before").search(text, max(start, year.span.start - EVENT_REACH), year.span.start):
        return True
    return _rule("event_behind").match(text, year.span.end, min(end, year.span.end + EVENT_REACH)) is not None


def _behind_beginnings(text: str, start: int, end: int) -> int:
    """Where the years of figures may begin: 公司始建于1998年，2024年营业收入… lists no two years."""
    return max((year.span.end for year in years_in(text, start, end) if _is_beginning(text, start, end, year)), default=start)


EVENT_REACH = 14  # code points before or behind a year in which it is said what happened in it


def _year_before(
    text: str,
    sentence: Span,
    clause_start: int,
    mention: MetricMention,
    metric: Metric,
    before: dict[bool, int | None],
    previous: Callable[[], int | None],
) -> tuple[int | None, bool]:
    """The year that the words before a metric give it: in its own clause, in a time clause that leads the sentence, or by 全年."""
    own = _years_of_figures(text, clause_start, mention.span.start) or _year_into(text, clause_start, mention)
    if own:
        return own[-1].year, own[-1].part
    for mark in reversed(list(CLAUSE_MARK.finditer(text, sentence.start, clause_start))):
        earlier = _clause_start(text, sentence, mark.start())
        words = text[earlier : mark.start()]
        leading = _years_of_figures(text, earlier, mark.start())
        rest = len(words) - sum(year.span.end - year.span.start for year in leading)
        if leading and any(each.metric for each in metrics_in(text, earlier, mark.start())):
            break  # 2024年营业收入：A  职工人数：B: the year is the neighbour's
        if leading and (
            rest <= 6
            or (metric.money and _bracketed(text, leading, mark.start()))
            or (len(leading) == 1 and mark.group() in "：:" and rest <= 16 and _rule("annual_topic").search(words))
        ):
            return leading[-1].year, leading[-1].part
    reports = list(_REPORT.finditer(text, sentence.start, clause_start))
    if reports:
        return int(reports[-1][1]), False
    above = _years_of_figures(text, sentence.start, clause_start)
    if metric.flow and above and "其中" in text[clause_start : mention.span.start]:
        return above[-1].year, above[-1].part
    if metric.flow and before.get(True) is not None:
        return before[True], False
    opening = {year.year for year in above}
    if metric.flow and len(opening) == 1 and not above[0].part and above[0].span.start - sentence.start <= OPENING:
        return above[0].year, False  # 2024年其他业务收入820万元；主营业务收入…: the year that opens the sentence
    if metric.flow and _rule("whole_year").search(text[clause_start : mention.span.start]):
        return (above[-1].year if above else previous()), False
    if not metric.flow and re.search("年末|同年末|年底", text[clause_start : mention.span.end]):
        return (above[-1].year if above else None), False
    return None, False
