"""Which figures of a sentence are levels of a metric: those behind it up to where its words end, or the one right before it.

A change (增长12%), a threshold, a bound of a class of size and a part of something are none.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.measures.metrics import MetricMention
from extractors.measures.parts import PARTED, in_bracket, staff_end, stands_alone
from extractors.measures.quantities import Quantity, money, people
from extractors.measures.years import YEAR_REACH, ranged, years_in
from extractors.words.lexicon import rules

CLAUSE_MARK = re.compile(r"[，；;：:\n]|,(?!\d{3})")
_CLOSING = re.compile("[）)]")
_SHARE = re.compile(r"占(?!(?:人民币|约)?$)|比重|比例|/(?!$)")
_AT_FIRST = re.compile(r"(?:成立|建厂|创立|创业|建厂|设立)(?:之初|初期|时)|最初|当初|起步时")
_COLON_LAST = re.compile(r"[：:]\s*$")
_BRACKET_FIRST = re.compile(r"^\s?[（(][^（()）]*[）)]")
_LIST_LINK = re.compile(r"[、，,和及与以/\s]*(?:人民币)?(?:约|近|超过|超|达)?\s?")
FIGURE_REACH = 60  # code points between a metric, or one of its figures, and the next figure
REACH_BEFORE = 24  # code points before a metric in which its figure may stand
_OPENS = re.compile(
    r"[^\d零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两，,；;：:]{0,8}[\d零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾两]"
)
LONGEST_LEAD = 90  # code points of a sentence that opens with its figure, up to what the figure is
_rule = rules("figures")
_SEGMENT = re.compile(r"\s*(?:其中|(?:19|20)\d\d年|上年|去年|前年|二[〇零])")


def region_end(text: str, mention: MetricMention, stop: int) -> int:
    """Where the figures of a metric end: a semicolon closes it unless the next part goes on with a year; 其中 opens parts of staff."""
    position = mention.span.end
    for mark in re.compile("[；;]").finditer(text, position, stop):
        if not _SEGMENT.match(text, mark.end()) and not _rule("own_beside_limit").match(text, mark.end()):
            stop = mark.start()
            break
    if mention.metric is not None and not mention.metric.money:
        stop = staff_end(text, position, stop)
    return stop


def quantities_of(text: str, mention: MetricMention, stop: int) -> list[Quantity]:
    """The levels of a metric among the figures up to `stop`, in order."""
    metric = mention.metric
    assert metric is not None
    unit = re.compile(r"\s?[（(]\s?(?:单位[:：])?((?:人民币)?(?:百万|千|万|亿)?元)\s?[）)]").match(text, mention.span.end, stop)
    staff = not metric.money
    counted = staff and bool(re.compile(r"\s?[（(]\s?(?:单位[:：])?[人名]\s?[）)]").match(text, mention.span.end, stop))
    if staff and (ahead := _before(text, mention)):
        return ahead  # 365名员工、58名研发人员
    counted = counted or (staff and text[mention.span.start : mention.span.end].endswith("数"))
    found = people(text, mention.span.end, stop, counted) if staff else money(text, mention.span.end, stop, unit[1] if unit else None)
    accepted: list[Quantity] = []
    gap_start = mention.span.end
    parted = closed = False
    for quantity in found:
        if closed:
            accepted += [quantity] if _beside_limit(text, gap_start, quantity) else []
            gap_start = quantity.span.end
            continue
        if _bounds_class(text, quantity):
            return accepted
        parted = parted or PARTED.search(text, gap_start, quantity.span.start) is not None
        if (parted or (accepted and in_bracket(text, gap_start, quantity))) and not stands_alone(text, gap_start, quantity):
            gap_start = quantity.span.end
            continue  # 8.4亿元，其中减速机板块5.1亿元、电机板块2.6亿元; 306人（社保参保298人，退休返聘8人）
        verdict = _belongs(text, mention, gap_start, quantity, bool(accepted))
        closed = verdict is None
        if verdict:
            accepted.append(quantity)
        gap_start = quantity.span.end
    if not accepted:
        accepted = _before(text, mention)
    return accepted


def _beside_limit(text: str, gap_start: int, quantity: Quantity) -> bool:
    """入库门槛为2000万元；我公司为5600万元: the applicant's own figure beside the limit, whose words name the metric for both."""
    marks = list(CLAUSE_MARK.finditer(text, gap_start, quantity.span.start))
    return bool(marks) and _rule("own_beside_limit").fullmatch(text, marks[-1].end(), quantity.span.start) is not None


def _bounds_class(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a bound of the class of size in whose bracket it stands: 中型企业（从业人员1000人以下、营业收入4亿元以下）."""
    opening = max(text.rfind("（", 0, quantity.span.start), text.rfind("(", 0, quantity.span.start))
    if opening < 0 or _CLOSING.search(text[opening : quantity.span.start]) or not _rule("class_before_bracket").search(text, 0, opening):
        return False
    bound = _rule("bound_behind").match(text, quantity.span.end) or re.search("以[上下]", text[quantity.span.start : quantity.span.end])
    return bool(bound or _rule("bound_before").search(text, max(opening, quantity.span.start - 6), quantity.span.start))


def _belongs(text: str, mention: MetricMention, gap_start: int, quantity: Quantity, follows: bool) -> bool | None:
    """Whether a quantity is a level of the metric: True; a change or a part of something: False; None where the metric's words end."""
    gap = _BRACKET_FIRST.sub("", text[gap_start : quantity.span.start])
    after = text[quantity.span.end : quantity.span.end + 16]
    gap = _COLON_LAST.sub("", gap)  # 2024年：862,350
    if _rule("thresholds").search(after) and not re.match(r"\s?以上[，。；]", after):
        return None
    if len(gap) > FIGURE_REACH:
        return None
    metric = mention.metric
    assert metric is not None
    last = CLAUSE_MARK.split(gap)[-1]
    if _AT_FIRST.search(last):
        return False
    if FROM.search(last) and not years_in(gap, 0, len(gap)) and len(_range_before(text, mention)) < 2:
        return False  # 从0.8亿元跃升至3.3亿元
    if _rule("once").search(last) or _rule("stair").search(after):
        return False  # 曾达600人，现有410人; 站稳2亿元台阶，达2.04亿元
    if _rule("not_final").search(after[:10]) or (_rule("preliminary").search(last) and _rule("final").search(text, quantity.span.end)):
        return False  # 8.03亿元为未审数; 快报数1.85亿元，审定数…
    if _rule("mistaken").search(last):
        return False  # 误写为385人，正确数字为358人
    if _rule("changes").search(last) and not _reached().search(last):
        return False
    reached = _reached().sub("", gap)
    if not metric.money and (_rule("staff_gap").search(reached) or len(last) > 16):
        return None
    if metric.money and _rule("money_gap").search(last):
        return None
    if _SHARE.search(last):
        return False
    if not CLAUSE_MARK.search(gap):
        return True
    if re.fullmatch(r"[：:\s]*(?:人民币)?(?:约|近|超过)?", gap):
        return True
    if _LIST_LINK.fullmatch(gap) and follows:
        return True
    clause = last.strip()
    goes_on = bool(years_in(last, 0, len(last))) or bool(_rule("before_year").search(clause)) or bool(_rule("final").search(clause))
    goes_on = goes_on or bool(_rule("other_source").match(last) and not _rule("leaves_out").match(after))
    goes_on = goes_on or _rule("own_beside_limit").fullmatch(last) is not None
    goes_on = goes_on or (clause.startswith("以") and bool(_rule("figure_holds").match(after)))
    goes_on = goes_on or bool(_goes_on_to_reach().match(clause)) or clause.startswith(("实际", "现有", "现为", "目前")) or "其中" in clause
    return goes_on if goes_on else (None if follows else False)


@cache
def _reached() -> re.Pattern[str]:
    """达到, 为 right before a figure."""
    return re.compile(rf"(?:{_rule('reached').pattern})(?:(?:19|20)\d\d年(?:度|末|底)?的?)?[^，；]{{0,3}}$")  # 增加至2024年的318人


@cache
def _goes_on_to_reach() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:并|且|分别|依次|已|累计|共|其中|同比|较上年|比上年|实际)*[^，]{{0,6}}(?:{_rule('reached').pattern})")


FROM = re.compile(r"(?:从|由)(?:(?:高峰|峰值|最高|最多|历史|原来|原先|原|此前|过去|初期|最初)[^，。；\d]{0,6})?(?:约|近|不足)?$")


def _range_before(text: str, mention: MetricMention) -> tuple[int, ...]:
    """The years of a range that leads the metric's words: 2022—2024年，公司营业收入由A增长到B."""
    clause = max(text.rfind("；", 0, mention.span.start), text.rfind("。", 0, mention.span.start)) + 1
    return ranged(text, max(clause, mention.span.start - YEAR_REACH), mention.span.start)


def _leading(text: str, mention: MetricMention) -> Quantity | None:
    """The figure that opens the sentence and is said to be the metric's: 叁亿贰仟伍佰万元整——上列为本公司2024年度营业收入数."""
    metric = mention.metric
    if metric is None or ("为" not in text and "系" not in text and "是" not in text):
        return None
    start = max(text.rfind(mark, 0, mention.span.start) for mark in "。；;\n") + 1
    if mention.span.start - start > LONGEST_LEAD or _OPENS.match(text, start) is None:
        return None
    first = next(money(text, start, mention.span.start) if metric.money else people(text, start, mention.span.start), None)
    if first is None or not _rule("figure_opens").search(text, start, first.span.start):
        return None
    if not _rule("value_led").fullmatch(text, first.span.end, mention.span.start):
        return None
    return first if _rule("label_ends").match(text, mention.span.end) else None


def _before(text: str, mention: MetricMention) -> list[Quantity]:
    """A figure right before its metric: 3.2亿元的营业收入, 131名员工."""
    metric = mention.metric
    assert metric is not None
    led = _leading(text, mention)
    if led is not None:
        return [led]
    reach = max(0, mention.span.start - REACH_BEFORE)
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
    clause = max((mark.end() for mark in CLAUSE_MARK.finditer(text, reach, last.span.start)), default=reach)
    moved = _rule("staff_moved").search(text, clause, last.span.start)
    return [last] if _rule("staff_closed").match(text, mention.span.end) and not moved else []
