"""Statistics of a region, a trade or a chain of firms: figures of many, whatever paper of the applicant quotes them.

全市汽车产业链企业从业人员约18万人; 北京市医药制造业资产总计4100亿元; 某镇现有工业企业46家，从业人员3200人.
"""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.measures.metrics import own_metric
from extractors.parties.clauses import clauses, sentence_at
from extractors.parties.words import own_or_plain
from extractors.words.lexicon import rules

_rule = rules("figures")


def is_of_many(text: str, metric: Span) -> bool:
    """Whether the metric at a place is told of a region's or a trade's firms: they stand right before it, or are counted before it.

    What the applicant is one of (是全市规上企业) or works for (为园区企业服务) is no subject; words that name it since then are its own.
    """
    if _rule("many").search(text, max(0, metric.start - 40), metric.start + 1) is None:
        return False
    before = [clause for clause in clauses(text, sentence_at(text, metric.start)) if clause.start <= metric.start]
    for number, clause in enumerate(reversed(before)):
        stretch = Span(clause.start, min(clause.end, metric.start))
        named = _right_before(text, stretch, metric) if number == 0 else _counted(text, stretch)
        if named is not None:
            led = _rule("not_of_many").search(text, clause.start, named.start()) is not None
            return not led and own_or_plain().search(text, named.end(), metric.start) is None
        if own_or_plain().search(text, *stretch) is not None:
            return False
    return False


def _right_before(text: str, clause: Span, metric: Span) -> re.Match[str] | None:
    return _rule("many_before").search(text, clause.start, metric.start)


def _counted(text: str, clause: Span) -> re.Match[str] | None:
    """Firms that a clause counts, or whose metric it tells."""
    told = (_right_before(text, clause, Span(*each.span())) for each in own_metric().finditer(text, *clause))
    return _rule("many_counted").search(text, *clause) or next((each for each in told if each is not None), None)
