"""Figures in running text: a metric, the figures behind it, and the year of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from docproc.model import Span
from extractors.anchors import Sieve
from extractors.figure_parts import PARTED, in_bracket, in_bracket_of_staff, is_part_of_staff, staff_end, stands_alone
from extractors.figure_quantities import Quantity, bracketed_year, money, people
from extractors.figures_before import Before
from extractors.lexicon import rules
from extractors.metrics import Metric, MetricMention, metrics_in, own_metric
from extractors.years import Year, base_year, ranged, years_in

# a sentence; a line that ends with its colon goes on over the lines below that begin with a year
_OVER_LINES = re.compile(r"[^。！？!?\n\r\f]{1,80}[：:]\s*(?:\n\s*(?:19|20)\d\d年[^。！？!?\n\r\f]{1,80})+|[^。！？!?\n\r\f]{1,600}")
_SIGN_OF_LINES = re.compile(r"[：:]\s*\n\s*(?:19|20)\d\d年")
_SENTENCE = re.compile(r"[^。！？!?\n\r\f]{1,600}")
_CLAUSE_MARK = re.compile(r"[，；;：:\n]|,(?!\d{3})")
_LIST_LINK = re.compile(r"[、，,和及与以/\s]*(?:人民币)?(?:约|近|超过|超|达)?\s?")
YEAR_REACH = 160  # code points around a metric in which its year is looked for
FIGURE_REACH = 60
SEGMENT = re.compile(r"\s*(?:其中|(?:19|20)\d\d年|上年|去年|前年|二[〇零])")
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


@cache
def _sieve() -> Sieve:
    return Sieve([own_metric().pattern])


def figures_in_sentences(text: str, audit: bool = False) -> Iterator[Figure]:
    """The firm's figures in all sentences of a text. `audit`: a sentence without a year takes that of the report's heading above it."""
    sentence = _OVER_LINES if _SIGN_OF_LINES.search(text) else _SENTENCE
    spans = [found.span() for found in sentence.finditer(text)]
    before = Before(text, spans)
    for number, measured in enumerate(_sieve().sift(text, [end for _, end in spans])):
        if not measured or own_metric().search(body := before.sentence(number)) is None:
            continue
        start = spans[number][0]
        for figure in _in_sentence(body, number, before):
            year = figure.year
            if year is None and figure.metric.money and (titled := before.titled(number)) and not years_in(body, 0, len(body)):
                year = titled
            if year is None and audit and figure.metric.flow:
                year = base_year(text, start)
            if year is None and figure.metric.money and (closing := _CLOSING_YEAR.search(body)) and len(years_in(body, 0, len(body))) == 1:
                year = int(closing[1])
            yield figure._replace(year=year, metric_span=_shifted(figure.metric_span, start), span=_shifted(figure.span, start))


def _in_sentence(text: str, number: int, before: Before) -> Iterator[Figure]:
    mentions = list(metrics_in(text, 0, len(text)))
    if all(mention.metric is None for mention in mentions):
        return
    years_before: dict[bool, int | None] = {}
    if _rule("of_a_class").search(text, 0, mentions[0].span.start):  # 微型企业从业人员不足20人或…: what makes a class
        over = re.compile("[；;]").search(text, mentions[0].span.end)
        mentions = [mention for mention in mentions if over and mention.span.start > over.start()]
    parted = False
    for index, mention in enumerate(mentions):
        parted = index > 0 and is_part_of_staff(text, mentions[index - 1], mention, parted)
        if mention.metric is None or parted or in_bracket_of_staff(text, mention):
            continue
        stop = mentions[index + 1].span.start if index + 1 < len(mentions) else len(text)
        quantities = _quantities(text, mention, _region_end(text, mention, stop), 0)
        around = Span(max(0, mention.span.start - YEAR_REACH), min(len(text), mention.span.end + YEAR_REACH))
        for figure in _with_years(text, around, mention, mention.metric, quantities, years_before, partial(before.last_year, number)):
            if figure.year is not None:
                years_before[mention.metric.flow] = figure.year
            yield figure


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


# --- which figures belong to a metric ----------------------------------------------------------------------------------


def _region_end(text: str, mention: MetricMention, stop: int) -> int:
    """Where the figures of a metric end: a semicolon closes it unless the next part goes on with a year; 其中 opens parts of staff."""
    position = mention.span.end
    for mark in re.compile("[；;]").finditer(text, position, stop):
        if not SEGMENT.match(text, mark.end()):
            stop = mark.start()
            break
    if mention.metric is not None and not mention.metric.money:
        stop = staff_end(text, position, stop)
    return stop


def _quantities(text: str, mention: MetricMention, stop: int, sentence_start: int) -> list[Quantity]:
    metric = mention.metric
    assert metric is not None
    unit = re.compile(r"\s?[（(]\s?(?:单位[:：])?((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]").match(text, mention.span.end, stop)
    staff = not metric.money
    counted = staff and bool(re.compile(r"\s?[（(]\s?(?:单位[:：])?[人名]\s?[）)]").match(text, mention.span.end, stop))
    if staff and (ahead := _before(text, mention, sentence_start)):
        return ahead  # 365名员工、58名研发人员
    counted = counted or (staff and text[mention.span.start : mention.span.end].endswith("数"))
    found = people(text, mention.span.end, stop, counted) if staff else money(text, mention.span.end, stop, unit[1] if unit else None)
    accepted: list[Quantity] = []
    gap_start = mention.span.end
    parted = False
    for quantity in found:
        if _bounds_class(text, quantity):
            return accepted
        parted = parted or PARTED.search(text, gap_start, quantity.span.start) is not None
        if (parted or (accepted and in_bracket(text, gap_start, quantity))) and not stands_alone(text, gap_start, quantity):
            gap_start = quantity.span.end
            continue  # 8.4亿元，其中减速机板块5.1亿元、电机板块2.6亿元; 306人（社保参保298人，退休返聘8人）
        verdict = _belongs(text, mention, gap_start, quantity, bool(accepted))
        if verdict is None:
            break
        if verdict:
            accepted.append(quantity)
        gap_start = quantity.span.end
    if not accepted:
        accepted = _before(text, mention, sentence_start)
    return accepted


def _bounds_class(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a bound of the class of size in whose bracket it stands: 中型企业（从业人员1000人以下、营业收入4亿元以下）."""
    opening = max(text.rfind("（", 0, quantity.span.start), text.rfind("(", 0, quantity.span.start))
    if opening < 0 or re.search("[）)]", text[opening : quantity.span.start]) or not _rule("class_before_bracket").search(text, 0, opening):
        return False
    bound = _rule("bound_behind").match(text, quantity.span.end) or re.search("以[上下]", text[quantity.span.start : quantity.span.end])
    return bool(bound or _rule("bound_before").search(text, max(opening, quantity.span.start - 6), quantity.span.start))


def _belongs(text: str, mention: MetricMention, gap_start: int, quantity: Quantity, follows: bool) -> bool | None:
    """Whether a quantity is a level of the metric: True; a change or a part of something: False; None where the metric's words end."""
    gap = re.sub(r"^\s?[（(][^（()）]*[）)]", "", text[gap_start : quantity.span.start])
    after = text[quantity.span.end : quantity.span.end + 16]
    gap = re.sub(r"[：:]\s*$", "", gap)  # 2024年：862,350
    if _rule("thresholds").search(after) and not re.match(r"\s?以上[，。；]", after):
        return None
    if len(gap) > FIGURE_REACH:
        return None
    metric = mention.metric
    assert metric is not None
    last = _CLAUSE_MARK.split(gap)[-1]
    if re.search(r"(?:成立|建厂|创立|创业|建厂|设立)(?:之初|初期|时)|最初|当初|起步时", last):
        return False
    if _FROM.search(last) and not years_in(gap, 0, len(gap)) and len(_range_before(text, mention)) < 2:
        return False  # 从0.8亿元跃升至3.3亿元
    if _rule("once").search(last) or _rule("stair").search(after):
        return False  # 曾达600人，现有410人; 站稳2亿元台阶，达2.04亿元
    if _rule("not_final").search(after[:10]) or (_rule("preliminary").search(last) and _rule("final").search(text, quantity.span.end)):
        return False  # 8.03亿元为未审数; 快报数1.85亿元，审定数…
    if _rule("changes").search(last) and not _reached().search(last):
        return False
    reached = _reached().sub("", gap)
    if not metric.money and (_rule("staff_gap").search(reached) or len(last) > 16):
        return None
    if metric.money and _rule("money_gap").search(last):
        return None
    if re.search(r"占(?!(?:人民币|约)?$)|比重|比例|/(?!$)", last):
        return False
    if not _CLAUSE_MARK.search(gap):
        return True
    if re.fullmatch(r"[：:\s]*(?:人民币)?(?:约|近|超过)?", gap):
        return True
    if _LIST_LINK.fullmatch(gap) and follows:
        return True
    clause = last.strip()
    goes_on = bool(years_in(last, 0, len(last))) or bool(_rule("before_year").search(clause)) or bool(_rule("final").search(clause))
    goes_on = goes_on or bool(_goes_on_to_reach().match(clause)) or clause.startswith(("实际", "现有", "现为", "目前")) or "其中" in clause
    return goes_on if goes_on else (None if follows else False)


OPENING = 2  # characters before the year that opens a sentence
_CLOSING_YEAR = re.compile(r"[（(](20\d\d)年(?:度|末|底)?[）)][ ；;]*$")
_PLANNED_LEAD = re.compile(r"[^：:。；，,]{2,20}[：:](?!\s?[\d约])")
_SHARED_OUT = re.compile("(?:两|二|三|[23])年[^，。；]{0,12}(?:分别|依次)")


@cache
def _reached() -> re.Pattern[str]:
    """达到, 为 right before a figure."""
    return re.compile(rf"(?:{_rule('reached').pattern})[^，；]{{0,3}}$")


@cache
def _goes_on_to_reach() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:并|且|分别|依次|已|累计|共|其中|同比|较上年|比上年|实际)*[^，]{{0,6}}(?:{_rule('reached').pattern})")


_FROM = re.compile(r"(?:从|由)(?:约|近|不足)?$")


def _range_before(text: str, mention: MetricMention) -> tuple[int, ...]:
    """The years of a range that leads the metric's words: 2022—2024年，公司营业收入由A增长到B."""
    clause = max(text.rfind("；", 0, mention.span.start), text.rfind("。", 0, mention.span.start)) + 1
    return ranged(text, max(clause, mention.span.start - YEAR_REACH), mention.span.start)


def _before(text: str, mention: MetricMention, start: int) -> list[Quantity]:
    """A figure right before its metric: 3.2亿元的营业收入, 131名员工."""
    metric = mention.metric
    assert metric is not None
    reach = max(start, mention.span.start - 24)
    found = list(money(text, reach, mention.span.start)) if metric.money else list(people(text, reach, mention.span.start))
    if not found:
        return []
    last = found[-1]
    between = text[last.span.end : mention.span.start]
    head = text[mention.span.start : mention.span.end]
    if _rule("value_first").fullmatch(between):  # 3.88亿元为主营业务收入, 486人为2024年末在册人数
        told = _rule("label_ends").match(text, mention.span.end) and (metric.money or re.search("数|规模|总", head))
        return [last] if told and not _rule("plans").search(text, reach, last.span.start) else []
    if not re.fullmatch(r"\s?(?:的)?(?:在职|正式|在册|全职|在岗|公司|企业)?", between):
        return []
    if metric.money:
        return [last] if re.search(r"(?:实现|完成|创造|取得|达到|达成|获得)[^，。]{0,6}$", text[reach : last.span.start]) else []
    if re.search("数|规模|总|花名册", head) or _rule("staff_gap").search(text, reach, last.span.start):
        return []
    # 12名员工通过了考试, 组织45名职工参加: some of the staff do something, or something is done to them; a head count stands alone.
    clause = max((mark.end() for mark in _CLAUSE_MARK.finditer(text, reach, last.span.start)), default=reach)
    moved = _rule("staff_moved").search(text, clause, last.span.start)
    return [last] if _rule("staff_closed").match(text, mention.span.end) and not moved else []


# --- which year each has -----------------------------------------------------------------------------------------------


def _with_years(
    text: str,
    sentence: Span,
    mention: MetricMention,
    metric: Metric,
    quantities: Sequence[Quantity],
    before: dict[bool, int | None],
    previous: Callable[[], int | None],
) -> Iterator[Figure]:
    if not quantities:
        return
    span_of_years = ranged(text, sentence.start, quantities[0].span.start)
    listed = len(span_of_years) == len(quantities) > 1 and all(
        not years_in(text, a.span.end, b.span.start) for a, b in pairwise(quantities)
    )
    clause_start = _clause_start(text, sentence, mention.span.start)
    own_words = text[clause_start : quantities[0].span.start]
    if _rule("of_a_product").match(text, clause_start, mention.span.start):
        return
    if _sums_up(text, sentence, metric, own_words, quantities[0], len(span_of_years)):
        if len(quantities) == 1:
            return
        if PARTED.search(text, quantities[0].span.end, quantities[1].span.start):
            quantities = quantities[1:]  # 三年合计9亿元，其中2024年3.4亿元
    if (
        not metric.money
        and re.search("其中", text[clause_start : mention.span.start])
        and not re.search("公司|我厂|本厂|企业|单位", own_words)
    ):
        return  # 其中正式员工398人: a part of the staff
    behind = ranged(text, quantities[-1].span.end, min(sentence.end, quantities[-1].span.end + 40))
    if not listed and len(behind) == len(quantities) > 1 and re.match(r"\s?[（(][^（()）]{0,4}分别", text[quantities[-1].span.end :]):
        listed, span_of_years = True, behind  # 3.3亿元、2.7亿元（分别为2024年、2023年）
    if not listed and len(quantities) > 1 and _SHARED_OUT.search(text, clause_start, quantities[0].span.start):
        told = sorted({each.year for each in years_in(text, sentence.start, clause_start)})
        if len(told) == len(quantities):  # 2023年…，2024年…，两年资产总额分别为…
            listed, span_of_years = True, tuple(told)
    grown = len(quantities) == 2 and len(span_of_years) > 1 and bool(_FROM.search(text, mention.span.end, quantities[0].span.start))
    if grown and re.search("至|到|为", text[quantities[0].span.end : quantities[1].span.start]):
        listed, span_of_years = True, (span_of_years[0], span_of_years[-1])
    year: int | None = None
    planned = False
    position = mention.span.end
    for index, quantity in enumerate(quantities):
        between = text[position : quantity.span.start]
        named = years_in(text, position, quantity.span.start) if quantity.span.start > mention.span.start else []
        bracketed = bracketed_year(text, quantity.span.end)
        part = False
        if listed:
            year = span_of_years[index]
        elif bracketed:
            year = bracketed
        elif named:
            year, part = named[-1].year, named[-1].part
        elif year is not None and _rule("before_year").search(between):
            year -= 1
        elif index == 0:
            year, part = _year_before(text, sentence, clause_start, mention, metric, before, previous)
            if _rule("before_year").search(own_words) and year is not None and not years_in(text, clause_start, mention.span.start):
                year -= 1
        elif not re.fullmatch(r"[、，,和及与/\s]*", between) and not re.search("其中|实际", between) and not _rule("final").search(between):
            year = None
        position = quantity.span.end
        said = text[clause_start : quantity.span.start] if index == 0 else between
        final = _rule("final").search(between)
        said = said[-(len(between) - final.start()) :] if final else said  # 预计3.3亿元，审计确认为3.21亿元
        planned = (
            bool(_rule("plans").search(said))
            or _rule("horizon").search(text, sentence.start, quantity.span.start) is not None
            or _is_led_by_plan(text)
            or (planned and "实际" not in between)
            or (
                index == 1
                and "已" not in between
                and _rule("from_now").search(text, mention.span.end, quantities[0].span.start) is not None
            )
        )
        same_clause = not _CLAUSE_MARK.search(text[min(mention.span.end, quantity.span.start) : quantity.span.start])
        if metric.flow and (part or _rule("part_year_word").search(own_words if index == 0 else between)):
            year = None if not part else year
            continue
        yield Figure(
            metric,
            quantity.value,
            year,
            quantity.bound,
            mention.span,
            quantity.span,
            same_clause,
            planned,
        )


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
    if _rule("averages").search(own_words) or (_rule("totals").search(own_words) and len(named) != 1):
        return True
    return bool(re.search("近[三两二五35]年|三年来", text[sentence.start : quantity.span.start])) and not named


def _clause_start(text: str, sentence: Span, position: int) -> int:
    """Where the clause that holds a position begins; a bare time before its comma belongs to it (2024年，)."""
    start = sentence.start
    for mark in _CLAUSE_MARK.finditer(text, sentence.start, position):
        start = mark.end()
    return start


def _year_into(text: str, start: int, mention: MetricMention) -> Sequence[Year]:
    """The year whose own word the metric's name begins with (2024 年末在册人数), where its figure stood before it."""
    return years_in(text, start, mention.span.end) if text[mention.span.start] == "年" else []


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
    own = years_in(text, clause_start, mention.span.start) or _year_into(text, clause_start, mention)
    if own:
        return own[-1].year, own[-1].part
    for mark in reversed(list(_CLAUSE_MARK.finditer(text, sentence.start, clause_start))):
        earlier = _clause_start(text, sentence, mark.start())
        words = text[earlier : mark.start()]
        leading = years_in(text, earlier, mark.start())
        rest = len(words) - sum(year.span.end - year.span.start for year in leading)
        if leading and any(each.metric for each in metrics_in(text, earlier, mark.start())):
            break  # 2024年营业收入：A  职工人数：B: the year is the neighbour's
        if leading and (rest <= 6 or (len(leading) == 1 and mark.group() in "：:" and rest <= 16 and _rule("annual_topic").search(words))):
            return leading[-1].year, leading[-1].part
    report = re.compile(r"(20\d\d)年度?[^，。；]{0,8}(?:审计报告|财务报表|财务决算|财务报告|年报)")
    reports = list(report.finditer(text, sentence.start, clause_start))
    if reports:
        return int(reports[-1][1]), False
    above = years_in(text, sentence.start, clause_start)
    if metric.flow and above and "其中" in text[clause_start : mention.span.start]:
        return above[-1].year, above[-1].part
    if metric.flow and before.get(True) is not None:
        return before[True], False
    opening = {year.year for year in above}
    if metric.flow and len(opening) == 1 and not above[0].part and above[0].span.start - sentence.start <= OPENING:
        return above[0].year, False  # 2024年其他业务收入820万元；主营业务收入…: the year that opens the sentence
    if metric.flow and _rule("whole_year").search(text[clause_start : mention.span.start]):
        anywhere = years_in(text, sentence.start, clause_start)
        return (anywhere[-1].year if anywhere else previous()), False
    if not metric.flow and re.search("年末|同年末|年底", text[clause_start : mention.span.end]):
        anywhere = years_in(text, sentence.start, clause_start)
        return (anywhere[-1].year if anywhere else None), False
    return None, False
