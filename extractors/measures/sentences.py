"""Figures in running text: a metric, the figures behind it, and the year of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from docproc.model import Span
from extractors.lines.enumerators import number_at
from extractors.measures.figure_years import Figure, with_years
from extractors.measures.figures_before import Before
from extractors.measures.figures_of_metric import quantities_of, region_end
from extractors.measures.metrics import metrics_in, own_metric
from extractors.measures.parts import in_bracket_of_staff, is_part_of_staff
from extractors.measures.quantities import with_commas
from extractors.measures.staff_totals import staff_totals
from extractors.measures.years import YEAR_REACH, base_year, declared_year, years_in
from extractors.words.anchors import Sieve
from extractors.words.lexicon import rules
from extractors.words.scanning import scan, split

# a sentence; a line that ends with its colon goes on over the lines below that begin with a year
_OVER_LINES = re.compile(r"[^。！？!?\n\r\f]{1,80}[：:]\s*(?:\n\s*(?:19|20)\d\d年[^。！？!?\n\r\f]{1,80})+|[^。！？!?\n\r\f]{1,600}")
_SIGN_OF_LINES = re.compile(r"[：:]\s*\n\s*(?:19|20)\d\d年")
_SENTENCE_MARKS = "。！？!?\n\r\f"
LONGEST_SENTENCE = 600
_OF_THE_PERIOD = re.compile("本期|当期|报告期|期末|审定|经审计|审计后|会计期间|审计期间")
_CLOSING_YEAR = re.compile(r"[（(](20\d\d)年(?:度|末|底)?[）)][ ；;]*$")  # …（2024年）。
_rule = rules("figures")


@cache
def _sieve() -> Sieve:
    return Sieve([own_metric().pattern])


def figures_in_sentences(text: str, unread: Callable[[str, int, int], bool], audit: bool = False) -> Iterator[Figure]:
    """The firm's figures in all sentences of a text in which numbers are still to be read (`unread`: of a text from a place to another).

    `audit`: a sentence without a year takes that of the report's heading above it.
    """
    text = with_commas(text)
    spans = [found.span() for found in _OVER_LINES.finditer(text)] if any(scan(_SIGN_OF_LINES, text)) else _sentences(text)
    before = Before(text, spans)
    for number, measured in enumerate(_sieve().sift(text, [end for _, end in spans])):
        if not measured or not unread(text, *spans[number]):
            continue
        start = number_at(text, *spans[number])
        if own_metric().search(body := text[start : spans[number][1]]) is None:
            continue
        for figure in _in_sentence(body, number, before):
            year = figure.year
            if year is None and figure.metric.money and (titled := before.titled(number)) and not years_in(body, 0, len(body)):
                year = titled
            if year is None and audit and figure.metric.flow:
                year = base_year(text, start)
            if year is None and figure.metric.money and (closing := _CLOSING_YEAR.search(body)) and len(years_in(body, 0, len(body))) == 1:
                year = int(closing[1])
            if year is None and figure.metric.money and _OF_THE_PERIOD.search(body) and not _names_another_year(body, declared_year(text)):
                year = declared_year(text)
            yield figure._replace(year=year, metric_span=_shifted(figure.metric_span, start), span=_shifted(figure.span, start))
    yield from staff_totals(text)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand; one that has no mark is cut after LONGEST_SENTENCE."""
    return [
        (first, min(first + LONGEST_SENTENCE, end))
        for start, end in split(text, "", _SENTENCE_MARKS, 1)
        for first in range(start, end, LONGEST_SENTENCE)
    ]


def _in_sentence(text: str, number: int, before: Before) -> Iterator[Figure]:
    mentions = list(metrics_in(text, 0, len(text)))
    if all(mention.metric is None for mention in mentions):
        return
    years_before: dict[bool, int | None] = {}
    of_class = _rule("of_a_class").search(text, 0, mentions[0].span.start) or _rule("class_standard").match(text)
    if of_class:  # 微型企业从业人员不足20人或…: what makes a class
        over = re.compile("[；;]").search(text, mentions[0].span.end)
        mentions = [mention for mention in mentions if over and mention.span.start > over.start()]
    parted = False
    for index, mention in enumerate(mentions):
        parted = index > 0 and is_part_of_staff(text, mentions[index - 1], mention, parted)
        if mention.metric is None or parted or in_bracket_of_staff(text, mention):
            continue
        stop = mentions[index + 1].span.start if index + 1 < len(mentions) else len(text)
        quantities = quantities_of(text, mention, region_end(text, mention, stop))
        around = Span(max(0, mention.span.start - YEAR_REACH), min(len(text), mention.span.end + YEAR_REACH))
        for figure in with_years(text, around, mention, mention.metric, quantities, years_before, partial(before.last_year, number)):
            if figure.year is not None:
                years_before[mention.metric.flow] = figure.year
            yield figure


def _names_another_year(text: str, year: int | None) -> bool:
    return any(each.year != year for each in years_in(text, 0, len(text)))


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
