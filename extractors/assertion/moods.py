"""What governs a whole stretch whatever family reads it: an invented example, hearsay, a scale of classes, a penalty's price, firms
counted, work done for others, a digest of other people's news.

These are told from the words around a place alone, so every family is held to them: `governing` is asked by the assertion engine, and
by the last component of the pipeline for claims whose family did not ask the engine.
"""

from __future__ import annotations

import re
from functools import cache

from docproc.extract import Clause, CueSpan
from docproc.model import Span, Status
from extractors.assertion.ground import Ground, Place
from extractors.lines.specimens import specimens
from extractors.parties.mentions import Mention, Party
from extractors.words import shapes
from extractors.words.lexicon import alternatives, one_of, patterns, words
from extractors.words.scanning import scan

_WORDS = "moods"
LEAST_ARTICLES = 3
_article = re.compile(r"^[ \t　]*第[一二三四五六七八九十百\d]{1,4}条|第[一二三四五六七八九十百]{1,4}条(?=[ \t　])", re.MULTILINE)
_any_article = re.compile(r"第[一二三四五六七八九十百\d]{1,4}条")
_answer = re.compile(r"[：:][ 　]*[^\s_＿（(【\[]")
_dated = re.compile(r"(?:19|20)\d\d[年.\-/]")


class Moods:
    """Answers for one text."""

    def __init__(self, ground: Ground) -> None:
        self._text = ground.text
        self._speakers = ground.speakers
        digests = [Span(*found.span()) for found in scan(patterns(_WORDS, "digests"), ground.text)]
        self._digest = digests[-1] if digests else None
        self._tails = [Span(*found.span()) for found in scan(patterns(_WORDS, "sample_tails"), ground.text)]
        self._articles = _articles(ground.text)
        self._specimens = specimens(ground.text)

    @property
    def anywhere(self) -> bool:
        """Whether the text holds something that governs stretches of it whatever stands in them: a digest, a specimen, articles."""
        return self._digest is not None or bool(self._tails or self._specimens) or self._articles.end > 0

    def governing(self, place: Place) -> tuple[Status, CueSpan] | None:
        """The status that a stretch gives to the words at a place, with what gives it; None where nothing governs them."""
        clause, start, end, signs = place.clause, place.start, place.end, place.signs
        sample = self._sample(clause, start, signs)
        if sample is None and "template" in signs:
            sample = self._template(clause, end)
        if sample is not None:
            return Status.QUOTED, sample
        if self._articles.start <= start < self._articles.end and not self._named(clause, start):
            return Status.QUOTED, CueSpan("quotation", Span(self._articles.start, self._articles.start + 1))
        rumour = self._rumour(clause, start, end) if "rumour" in signs else None
        if rumour is not None:
            return Status.QUOTED, rumour
        source = shapes.noted_source().search(self._text, end, max(end, clause.sentence.end)) if "source" in signs else None
        if source is not None and not self._named(clause, start):
            return Status.QUOTED, CueSpan("quotation", Span(*source.span()))
        scale = (self._scale(clause, start, end) if "scale" in signs else None) or (
            self._priced(clause, start, end) if "price" in signs else None
        )
        if scale is not None:
            return Status.QUOTED, scale
        others = self._others(place)
        return None if others is None else (Status.THIRD_PARTY, others)

    def specimen_at(self, position: int) -> Span | None:
        """The specimen of a form that holds a place."""
        for each in self._specimens:
            if each.start <= position < each.end:
                return each
        return None

    def foreign_subject(self, clause: Clause, start: int) -> Mention | None:
        """Somebody else who is beyond doubt the subject: an indefinite firm, a region, another firm by name that opens the sentence."""
        subject = self._speakers.subject(start)
        if subject is None or subject.party is not Party.OTHER:
            return None
        if subject.vague:
            return subject
        named = self._text[subject.span.start : subject.span.end]
        if not self._speakers.settled.speaks and named in words("context", "own"):
            return subject
        if re.fullmatch("[甲乙丙丁]方", named) or patterns(_WORDS, "regions").fullmatch(named):
            return subject
        if not self._speakers.settled.stated or self._speakers.own(clause.sentence.start, start):
            return None
        firm = named.endswith(("公司", "集团")) and len(named) >= 6
        return subject if firm and not one_of(_WORDS, "professions").search(named) else None

    def _sample(self, clause: Clause, start: int, signs: frozenset[str]) -> CueSpan | None:
        """填写示例：…, 测试数据：…: values that nobody states."""
        if clause.heading and shapes.in_heading(clause.heading, _WORDS, "samples"):
            return CueSpan("heading:samples", Span(clause.sentence.start, clause.sentence.start))
        specimen = self.specimen_at(start)
        if specimen is not None:
            return CueSpan("quotation", Span(specimen.start, specimen.start + 1))
        tail = next((each for each in self._tails if each.start >= start), None)
        if tail is not None and "\n" not in self._text[start : tail.start]:
            return CueSpan("quotation", tail)
        if "sample" not in signs:
            return None
        label = patterns(_WORDS, "sample_labels").search(self._text, clause.sentence.start, start)
        return None if label is None else CueSpan("quotation", Span(*label.span()))

    def _template(self, clause: Clause, end: int) -> CueSpan | None:
        """××公司自20××年…, （发生/未发生）: a form that nobody has filled in, unless an answer stands behind the choice."""
        start, stop = clause.sentence
        if end > stop:
            return None
        blank = patterns(_WORDS, "blanks").search(self._text, start, stop)
        blank = blank or patterns(_WORDS, "blank_figures").search(self._text, *clause.span)
        choice = patterns(_WORDS, "open_choices").search(self._text, start, stop) if blank is None else None
        if choice is not None and (
            _answer.search(self._text, choice.end(), stop) or one_of("context", "ticked_boxes").search(self._text, choice.end(), stop)
        ):
            return None
        found = blank or choice
        return None if found is None else CueSpan("template", Span(*found.span()))

    def _rumour(self, clause: Clause, start: int, end: int) -> CueSpan | None:
        """网传我公司…; …纯属谣言."""
        before = one_of(_WORDS, "rumours").search(self._text, clause.span.start, start)
        if before is None:
            before = patterns(_WORDS, "refuted").search(self._text, end, max(end, clause.sentence.end))
        return None if before is None else CueSpan("quotation", Span(*before.span()))

    def _scale(self, clause: Clause, start: int, end: int) -> CueSpan | None:
        """2.8至3.8之间的为三级; 2000万元以上为规模以上: what makes a class, said of nobody."""
        found = patterns(_WORDS, "scales").search(self._text, clause.sentence.start, clause.sentence.end)
        if found is None or self._own_or_dated(clause, max(start, found.start())):
            return None
        if found.end() <= start and self._speakers.own(found.end(), end):  # …的为中型企业，本公司属中型企业
            return None
        if self._scored(clause, found):
            return None
        return CueSpan("quotation", Span(*found.span()))

    def _scored(self, clause: Clause, scale: re.Match[str]) -> bool:
        """得分2.52分，在1.8分至2.8分之间，对应二级: beside the scale of classes the sentence tells somebody's own score."""
        scores = patterns(_WORDS, "scored")
        start, end = clause.sentence
        return scores.search(self._text, start, scale.start()) is not None or scores.search(self._text, scale.end(), end) is not None

    def _priced(self, clause: Clause, start: int, end: int) -> CueSpan | None:
        """发生一般事故1起，扣5分; 获评先进级的，加5分."""
        found = _price().match(self._text, end, clause.sentence.end)
        if found is None or self._own_or_dated(clause, start):
            return None
        return CueSpan("quotation", Span(*found.span(1)))

    def _own_or_dated(self, clause: Clause, start: int) -> bool:
        return self._named(clause, start) or _dated.search(self._text, clause.sentence.start, start) is not None

    def _named(self, clause: Clause, start: int) -> bool:
        first = clause.sentence.start
        return self._speakers.strong_own(first, start) or "公司" in self._text[first:start]

    def _others(self, place: Place) -> CueSpan | None:
        clause, start, end = place.clause, place.start, place.end
        subject = None
        if self._speakers.any_other(place.line):
            subject = self.foreign_subject(clause, max(start, min(end, clause.span.end) - 1))
        if subject is not None:
            return CueSpan("third_party", subject.span)
        if self._digest is not None and start < self._digest.start and not self._speakers.strong_own(clause.sentence.start, start):
            return CueSpan("third_party", self._digest)
        return self._related(clause, start, end) if "others" in place.signs else None

    def _own_before(self, clause: Clause, end: int, unrelated: re.Match[str]) -> bool:
        """我公司近三年未发生事故，承运商的事故与我公司无关: what has nothing to do with the applicant is of others, told behind it."""
        own = self._speakers.own(clause.span.start, end)
        return own or (unrelated.start() > clause.span.end and self._speakers.names_other(clause.span.end, unrelated.start()))

    def _related(self, clause: Clause, start: int, end: int) -> CueSpan | None:
        """Work done for others, what has nothing to do with the applicant, firms counted."""
        helped = patterns(_WORDS, "helped").search(self._text, clause.sentence.start, start)
        if helped is not None and not self._speakers.own(helped.end(), start):
            return CueSpan("third_party", Span(*helped.span()))
        unrelated = patterns(_WORDS, "unrelated").search(self._text, end, max(end, clause.sentence.end))
        if (
            unrelated is not None
            and not self._speakers.strong_own(clause.sentence.start, start)
            and not self._own_before(clause, end, unrelated)
        ):
            return CueSpan("third_party", Span(*unrelated.span()))
        counted = patterns(_WORDS, "counted_firms").match(self._text, end, max(end, clause.sentence.end))
        return None if counted is None else CueSpan("third_party", Span(*counted.span()))


def _articles(text: str) -> Span:
    """From a regulation's first article to the end of its last: at least `LEAST_ARTICLES` that begin 第…条."""
    if len(_any_article.findall(text)) < LEAST_ARTICLES:
        return Span(0, 0)
    found = list(_article.finditer(text))
    if len(found) < LEAST_ARTICLES:
        return Span(0, 0)
    end = text.find("\n", found[-1].end())
    return Span(found[0].start(), len(text) if end < 0 else end)


@cache
def _price() -> re.Pattern[str]:
    return re.compile(rf"[^，。；]{{0,24}}，(?!初判)[^，。；]{{0,4}}?((?:{alternatives(words(_WORDS, 'prices'))})[^，。；]{{0,20}})")
