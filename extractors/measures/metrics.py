"""What is measured: revenue by kind, assets, employees; found in sentences and told from a row's label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from docproc.model import Span
from extractors.words.anchors import anchors, compiled
from extractors.words.lexicon import rules, vocabulary

_rule = rules("figures")


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure's name and, of revenue, its kind."""

    name: str
    kind: str | None = None

    @property
    def money(self) -> bool:
        return self.name != "scale.employees"

    @property
    def flow(self) -> bool:
        """Whether the figure is of a stretch of time (revenue), not of a day (assets, employees)."""
        return self.name == "scale.revenue"


_METRICS = {
    "main_business": Metric("scale.revenue", "main_business"),
    "operating": Metric("scale.revenue", "operating"),
    "assets": Metric("scale.assets"),
    "employees": Metric("scale.employees"),
}
STAFF = _METRICS["employees"]

_AVERAGED = re.compile("(?:各月|每月|月度?|月末|季度?|年)?(?:加权)?(?:平均|均)(?:在职|在岗|在册)?")
_BRACKET = r"[（(【\[][^（()）】\]]*[）)】\]]?"


class MetricMention(NamedTuple):
    metric: Metric | None  # None for a figure of another kind, which ends what was said before it
    span: Span


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        key: re.compile("|".join(sorted(entries, key=lambda entry: -len(entry))))
        for key, entries in vocabulary("figures")["metrics"].items()
    }


@cache
def any_metric() -> re.Pattern[str]:
    """A metric or a figure of another kind."""
    groups = [f"(?P<{key}>{pattern.pattern})" for key, pattern in _patterns().items()]
    return compiled("|".join([*groups, f"(?P<others>{_rule('others').pattern})"]))


def metrics_in(text: str, start: int, end: int) -> Iterator[MetricMention]:
    """The metrics named in a stretch, in order, other kinds of figures among them."""
    for found in any_metric().finditer(text, start, end):
        span = Span(*found.span())
        key = found.lastgroup or "others"
        before = text[max(start, span.start - 10) : span.start]
        part = _rule("staff_parts" if key == "employees" else "parts").search(before)
        if key == "assets" and re.search(r"(?:净|固定|流动|无形|非流动|国有|管理|受托|负债和|生物|金融)$", before):
            part = part or re.search("$", before)
        if key == "operating" and re.search(r"(?:非|其他)$", before):
            part = part or re.search("$", before)
        if (
            key == "others"
            and part is None
            and text[span.start : span.end] in ("税", "成本", "投资", "费用", "收益")
            and re.match("前|后|率", text[span.end : span.end + 1])
        ):
            continue
        if key == "others" and _is_noted(text, start, span, end):
            continue  # 1.48亿元（已扣除增值税），较2022年的1.31亿元…
        yield MetricMention(None if part or key == "others" else _METRICS[key], span)


_NOTE = re.compile(r"[^（()）\d]*[）)]")


def _is_noted(text: str, start: int, span: Span, end: int) -> bool:
    """Whether a word stands in a bracket without figures behind a figure or a metric: it says what the figure is, and begins no other."""
    opening = max(text.rfind("（", start, span.start), text.rfind("(", start, span.start))
    if opening <= start or text[opening - 1] in "，,。；;：: " or re.search("[）)]", text[opening : span.start]):
        return False
    return _NOTE.match(text, opening + 1, end) is not None


@cache
def own_metric() -> re.Pattern[str]:
    """A metric of the firm; no figure of another kind."""
    return compiled("|".join(pattern.pattern for pattern in _patterns().values()))


@cache
def label_sign() -> re.Pattern[str]:
    """A word that every label of a metric holds, whatever blanks and brackets stand between its characters: most labels hold none."""
    needed = [anchors(pattern.pattern) for pattern in _patterns().values()]
    return re.compile(with_gaps({"人数"}.union(*needed), rf"\s|{_BRACKET}") if all(needed) else "")


def with_gaps(choices: Collection[str], gap: str) -> str:
    """An expression that finds one of some words with gaps between its characters; those that hold another one of them are left out."""
    least = sorted(word for word in choices if not any(other in word for other in choices if other != word))
    return "|".join(f"(?:{gap})*".join(map(re.escape, word)) for word in least)


@lru_cache(maxsize=4096)
def metric_of_label(label: str) -> Metric | None:
    """The metric of a row's or field's label, where the label names nothing else.

    一、营业收入, 其中：主营业务收入（万元） and 2023年末职工人数 name one; 营业收入增长率 names none.
    """
    if label_sign().search(label) is None:
        return None
    plain = re.sub(_BRACKET, "", re.sub(r"\s+", "", label))
    plain = re.sub(r"^(?:[\d一二三四五六七八九十]{1,3}[、.．)）])?(?:其中|减|加)?[:：]?", "", plain)
    plain = re.sub(
        r"^(?:(?:20\d\d|二[〇零○][零〇○一二三四五六七八九]{2})年?(?:度|末|底)?|近三年|上一?年度?|上年末|本年度?|全年|年度|年末|期末|年|现有?|目前|企业|公司|单位|申报单位|全部|平均)*(?:实现|完成)?(?:的)?",
        "",
        plain,
    )
    whole = plain.rstrip("：:")
    averaged = _AVERAGED.match(whole)  # 月均职工人数: a head count; 月均营业收入 is no year's
    if averaged is not None:
        counted = whole[averaged.end() :]
        return STAFF if counted == "人数" or _patterns()["employees"].fullmatch(counted) else None
    plain = re.sub(r"(?:合计|总额合计|情况|金额)$", "", whole)
    for key, pattern in _patterns().items():
        if (pattern.fullmatch(plain) or pattern.fullmatch(whole)) and plain != "花名册":
            return _METRICS[key]
    return _METRICS["employees"] if plain in ("人数", "总人数", "从业") else None
