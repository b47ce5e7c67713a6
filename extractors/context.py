"""The assertion engine: how the words at a place are to be read (whose statement, about when, denied or not).

After NegEx and ConText: cues with masks (longer words that only look like a cue), and a scope for each kind of cue. A denial
governs its own clause and what is coordinated with it; a condition, a plan and a rule govern what follows them in their sentence;
a list's lead-in and a heading govern the items below. Every answer carries the cues that led to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docproc.extract import Assertion, Clause, CueSpan
from docproc.model import Span, Status
from extractors import shapes
from extractors.lexicon import find_cues, one_of, words
from extractors.moods import Moods
from extractors.segments import Segments
from extractors.speakers import Party, Speakers

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORDS = "context"
_IS_A_FIRM = re.compile(r"[^，。；]{0,12}?(?:公司|单位|厂|我司|该企业)(?:系|是|为)(?![^，。；]{0,6}(?:面向|针对|服务))")
_ROLES = ("negation", "denial_of_denial", "prompt", "condition", "promise", "plan", "modal", "correction", "former", "exercise")


class AssertionContext:
    """Answers for one text (`docproc.extract.Context`)."""

    def __init__(self, text: str, applicant: str | None = None) -> None:
        self.text = text
        self._segments = Segments(text)
        self.speakers = Speakers(text, self._segments, applicant)
        self.moods = Moods(text, self.speakers)
        self._opening = [quote.start() for quote in re.finditer(f"[{shapes.OPENING_QUOTES}]", text)]
        self._closing = [quote.start() for quote in re.finditer(f"[{shapes.CLOSING_QUOTES}]", text)]
        self._cues = {role: find_cues(text, WORDS, role) for role in _ROLES}
        self._cues["negation"] = sorted({*self._cues["negation"], *(found.span(1) for found in shapes.misread_denial().finditer(text))})
        self._places = {role: [start for start, _ in cues] for role, cues in self._cues.items()}

    # --- places ---

    @property
    def clauses(self) -> Sequence[Clause]:
        """All clauses of the text, in order."""
        return self._segments.all()

    def clause_at(self, position: int) -> Clause:
        """The clause that holds this character; of a text without clauses an empty one."""
        return self._segments.clause_at(position)

    def cues(self, role: str, start: int, end: int) -> tuple[CueSpan, ...]:
        """The cues of a role that begin in this stretch."""
        places = self._places[role]
        first = bisect_left(places, start)
        last = bisect_left(places, end, first)
        return tuple([CueSpan(role, Span(*span)) for span in self._cues[role][first:last]]) if first < last else ()

    # --- the answer ---

    def assertion(self, start: int, end: int) -> Assertion:
        """How the words at start:end are to be read. The first reason that holds decides the status, the gravest first."""
        clause = self.clause_at(start)
        negated, denials = self._denial(clause, start, end)
        former = self.cues("former", clause.span.start, start)
        for status, cues in self._reasons(clause, start, end, negated, denials):
            if cues:
                return Assertion(status, negated, (*cues, *denials, *former))
        governed = self.moods.governing(clause, start, end)
        if governed is not None:
            return Assertion(governed[0], negated, (governed[1], *denials, *former))
        return Assertion(Status.ASSERTED, negated, (*denials, *former))

    def _reasons(
        self, clause: Clause, start: int, end: int, negated: bool, denials: tuple[CueSpan, ...]
    ) -> Iterator[tuple[Status, tuple[CueSpan, ...]]]:
        """The reasons why the words may not be asserted, the gravest first, each with its cues or none."""
        yield Status.SUPERSEDED, self._corrected(start, end)
        yield Status.THIRD_PARTY, self._somebody_else(clause, start, end)
        yield Status.QUOTED, self._prompted(clause, start)
        yield Status.QUOTED, self._rule(clause, start, end, negated)
        yield Status.HYPOTHETICAL, self._condition(clause, start)
        yield Status.HYPOTHETICAL, self._exercise(clause, start, end, negated)
        yield Status.PLANNED, self._pledge(clause, start, denials)
        yield Status.PLANNED, self._plan(clause, start, end)

    def governing(self, start: int, end: int) -> tuple[Status, CueSpan] | None:
        """What governs the whole stretch that holds these words, whichever family reads them; None where nothing does."""
        clause = self.clause_at(start)
        listed = self._listed_rule(clause, start)
        return (Status.QUOTED, listed[0]) if listed else self.moods.governing(clause, start, end)

    def _listed_rule(self, clause: Clause, start: int) -> tuple[CueSpan, ...]:
        """有下列情形之一的，不予受理：…: what leads in a list of cases governs every item of it."""
        if clause.lead is None or clause.lead.end > start or self.speakers.strong_own(*clause.lead):
            return ()
        if self.speakers.strong_own(clause.span.start, start) or not one_of(WORDS, "points_on").search(self.text, *clause.lead):
            return ()
        return self.cues("modal", *clause.lead) or self.cues("condition", *clause.lead)

    # --- denial ---

    def _denial(self, clause: Clause, start: int, end: int) -> tuple[bool, tuple[CueSpan, ...]]:
        """Whether the words are denied, and by which cues. A denial of a denial asserts; one inside a modifier says nothing (`void`)."""
        here = self._denial_before(clause.span.start, start)
        after = one_of(WORDS, "denial_after").search(self.text, end, clause.span.end)
        if here and after and all(self._text_of(cue) in words(WORDS, "denies_all") for cue in here):
            return self._polarity_after(clause, start, CueSpan("negation", Span(*after.span())))
        if here:
            return self._polarity(here, clause.span.start, start)
        if after and self._denies(end, after):
            return self._polarity_after(clause, start, CueSpan("negation", Span(*after.span())))
        answer = self._answer(clause)
        if answer is not None:
            return shapes.is_no(self.text[answer.start : answer.end]), (CueSpan("negation", answer),)
        inherited = self._inherited(clause)
        return (True, inherited) if inherited else (False, ())

    def _denies(self, end: int, after: re.Match[str]) -> bool:
        """A denial close behind its noun; a bare 零 only where its word ends (零起 but not 零容忍)."""
        between = self.text[end : after.start()]
        bare = after.group() == "零" and re.match(r"[一-龥]", self.text[after.end() : after.end() + 1])
        return len(between) <= 8 and not re.search("[的之]", between) and not bare

    def _answer(self, clause: Clause) -> Span | None:
        """The answer to a question: 发生过事故吗？没有。"""
        if self.text[clause.sentence.end - 1 : clause.sentence.end] not in ("？", "?"):
            return None
        if not shapes.yes_no().search(self.text, *clause.sentence):
            return None
        found = shapes.yes_or_no().match(self.text, clause.sentence.end)
        return Span(*found.span(1)) if found else None

    def _denial_before(self, start: int, end: int) -> tuple[CueSpan, ...]:
        return tuple(cue for cue in self.cues("negation", start, end) if cue.span.end <= end and self._governs(cue, end))

    def _governs(self, cue: CueSpan, position: int) -> bool:
        """未取得许可的…: a verb with 的 between the cue and the place is a modifier, unless the cue's verb takes the place as object."""
        between = self.text[cue.span.end : position]
        if self.text[cue.span.start : cue.span.end] == "零":  # 零事故 denies its own word only
            return len(between) <= 8 and "、" not in between
        if "的" not in between or self.text[cue.span.start : cue.span.end] not in ("未", "没", "非", "不"):
            return True
        return between.startswith(words(WORDS, "object_verbs"))

    def _polarity(self, cues: tuple[CueSpan, ...], start: int, position: int) -> tuple[bool, tuple[CueSpan, ...]]:
        last = cues[-1]
        outer = [
            cue
            for cue in self.cues("denial_of_denial", start, last.span.start)
            if cue.span.end <= last.span.start <= cue.span.end + 10 and not re.search("[，。；]", self.text[cue.span.end : last.span.start])
        ]
        double = [CueSpan("double_negation", cue.span) for cue in outer]
        if not double:
            double = [
                CueSpan("double_negation", cue.span)
                for cue in self.cues("denial_of_denial", last.span.start, position)
                if cue.span.start == last.span.start and cue.span.end > last.span.end
            ]
        refuted = shapes.refuted().search(self.text, position, self.clause_at(start).sentence.end)
        if refuted and not double:  # 如果说我们没有发生过火灾，那是不符合事实的
            return False, (CueSpan("double_negation", Span(*refuted.span())), *cues)
        modified = self._loose(start, position)
        if modified:
            return False, (CueSpan("void", modified.span), *cues)
        if double:
            return False, (*double, *cues)
        return True, cues

    def _polarity_after(self, clause: Clause, start: int, cue: CueSpan) -> tuple[bool, tuple[CueSpan, ...]]:
        """A denial behind its noun, unless what stands before the noun denies the whole: 并非一起事故都没有."""
        outer = [
            each for each in self.cues("denial_of_denial", clause.span.start, start) if self._text_of(each) in words(WORDS, "denies_all")
        ]
        return (False, (CueSpan("double_negation", outer[-1].span), cue)) if outer else (True, (cue,))

    def _text_of(self, cue: CueSpan) -> str:
        return self.text[cue.span.start : cue.span.end]

    def _loose(self, start: int, position: int) -> CueSpan | None:
        """A denial inside a modifier of the place, below an outer denial: 不存在未报告的事故."""
        everything = [cue for cue in self.cues("negation", start, position) if cue.span.end <= position]
        inner = [cue for cue in everything if not self._governs(cue, position)]
        outer = [cue for cue in everything if cue not in inner]
        return inner[-1] if inner and outer and outer[0].span.start < inner[-1].span.start else None

    def _inherited(self, clause: Clause) -> tuple[CueSpan, ...]:
        """What the clause before denies, where this one goes on with its list; what a list's lead-in denies of its items."""
        before = self._segments.before(clause)
        if before is not None:
            body = self.text[clause.span.start : clause.span.end].lstrip()
            pointing = one_of(WORDS, "points_on").search(self.text, before.span.start, before.span.end)
            if body.startswith(words(WORDS, "goes_on")) or (pointing and self.text[before.span.end - 1] in "：:"):
                return self._denial_before(before.span.start, before.span.end)
        if clause.lead is not None and one_of(WORDS, "points_on").search(self.text, *clause.lead):
            return self._denial_before(*clause.lead)
        return ()

    # --- reasons why a statement is not the applicant's own, now ---

    def _corrected(self, start: int, end: int) -> tuple[CueSpan, ...]:
        """Words that the same sentence takes back: what stands before the cue and not behind `应为`."""
        sentence = self.clause_at(start).sentence
        cues = self.cues("correction", start, sentence.end) or self._correction_above(sentence, start) or self._beaten(start, sentence.end)
        if not cues:
            return ()
        instead = one_of(WORDS, "corrected").search(self.text, sentence.start, start)
        elsewhere = shapes.other_paper().match(self.text, self.clause_at(cues[0].span.start).span.start, cues[0].span.start)
        if elsewhere and self.clause_at(start).span.start < elsewhere.start():  # 员工655人，申报书有误: another paper is wrong
            return ()
        return () if instead else cues[:1]

    def _beaten(self, start: int, end: int) -> tuple[CueSpan, ...]:
        """“近三年无…”与附件台账不一致，以台账为准: what the quotation says does not hold."""
        closed = re.compile(f"[{shapes.CLOSING_QUOTES}]").search(self.text, start, end) if self._in_quotes(start) else None
        beaten = shapes.beaten().match(self.text, closed.end()) if closed else None
        return (CueSpan("correction", Span(*beaten.span())),) if beaten else ()

    def _correction_above(self, sentence: Span, start: int) -> tuple[CueSpan, ...]:
        """原填“…”有误 may stand first: 更正：将“甲”更正为“乙” is found by the cue before its object."""
        before = self.cues("correction", sentence.start, start)
        if one_of(WORDS, "corrected").search(self.text, sentence.start, start):
            return ()
        replaced = self._in_quotes(start) or one_of(WORDS, "corrected").search(self.text, start, sentence.end)
        return before if replaced else ()

    def _somebody_else(self, clause: Clause, start: int, end: int) -> tuple[CueSpan, ...]:
        follows = shapes.modified_party().match(self.text, end, clause.span.end)
        if follows and not self.speakers.own(follows.start(1), follows.end(1)):
            return (CueSpan("third_party", Span(*follows.span(1))),)
        taken = one_of(WORDS, "takeovers").search(self.text, clause.span.start, start)  # 徐州分厂在收购前…: a past owner's
        if taken:
            return (CueSpan("third_party", Span(*taken.span())),)
        subject = self.speakers.subject(start)
        if subject is not None:
            return (CueSpan("third_party", subject.span),) if subject.party is Party.OTHER else ()
        return self._headed(clause, "third_party_headings", None, last=True)

    def _prompted(self, clause: Clause, start: int) -> tuple[CueSpan, ...]:
        """A question, unless the text answers it at once."""
        mark = clause.sentence.end - 1
        if self.text[mark : mark + 1] in ("？", "?"):
            return () if self._answer(clause) else (CueSpan("prompt", Span(mark, mark + 1)),)
        box = shapes.empty_box().match(self.text, *clause.sentence)
        if box and not one_of(WORDS, "ticked_boxes").search(self.text, *clause.sentence):
            return (CueSpan("prompt", Span(*box.span())),)
        return self.cues("prompt", clause.span.start, start)[:1]

    def _rule(self, clause: Clause, start: int, end: int, negated: bool) -> tuple[CueSpan, ...]:
        sentence = clause.sentence
        own_here = self.speakers.strong_own(clause.span.start, start)
        modal = [cue for cue in self.cues("modal", clause.span.start, start) if not self._modifier(clause, cue, start)]
        if modal:
            return (modal[-1],)
        earlier = [cue for cue in self.cues("modal", sentence.start, clause.span.start) if not self._suffered(cue)]
        if earlier and not self._turned(earlier[-1].span.end, start):
            return (earlier[-1],)
        if clause.lead is not None and not self.speakers.strong_own(*clause.lead):
            led = self.cues("modal", *clause.lead) or self.cues("condition", *clause.lead)
            if led and not own_here:
                return (led[0],)
        source = shapes.taken_from().match(self.text, sentence.end)
        if source and not own_here:
            return (CueSpan("quotation", Span(*source.span(1))),)
        meant = shapes.meant().match(self.text, end, clause.span.end)
        if meant:
            return (CueSpan("quotation", Span(*meant.span(1))),)
        paper = shapes.paper().match(self.text, end, sentence.end)
        if paper:
            return (CueSpan("quotation", Span(*paper.span(1))),)
        if self._quoted_condition(start, end):
            return (CueSpan("quotation", Span(start, end)),)
        body_end = clause.span.end
        if re.match(r"[^，。；]{0,30}的[，：]", self.text[end:body_end]) and not own_here and self._consequence(body_end, sentence.end):
            return (CueSpan("quotation", Span(body_end - 2, body_end - 1)),)
        threatened = self._threatened(clause) or (() if own_here else self._threatens(clause, end))
        if threatened:
            return threatened
        generic = shapes.generic_head().match(self.text, end, clause.span.end)
        predicate = _IS_A_FIRM.match(self.text, clause.span.start, start)  # 该公司系依法成立、具有独立法人资格的企业
        if generic and not own_here and not predicate and not (negated and self._existence(clause, start, generic[1])):
            return (CueSpan("quotation", Span(*generic.span(1))),)
        after = self.cues("modal", end, clause.span.end)
        if after and not own_here and not self.cues("negation", clause.span.start, start):
            return (after[0],)
        if not self.speakers.strong_own(sentence.start, start):
            return self._headed(clause, "rule_headings", "not_rule_headings") or self._demanded(clause, start)
        return ()

    def _existence(self, clause: Clause, start: int, head: str) -> bool:
        """不存在被列入…的情形, 不属于…中的企业: what is denied is the whole, so nobody else is described by it."""
        denied = one_of(WORDS, "whole_denials").search(self.text, clause.span.start, start)
        return denied is not None and (head in words(WORDS, "situations") or denied.group() in words(WORDS, "memberships"))

    def _modifier(self, clause: Clause, cue: CueSpan, position: int) -> bool:
        """应上报的事故: a modal inside a modifier of the place is no rule; nor is what was done to somebody (被…处以)."""
        if self.text[cue.span.start : cue.span.end] in words(WORDS, "sanctioned"):
            return self._suffered(cue)
        between = self.text[cue.span.end : position]
        return "的" in between and len(between) <= 8 and not re.match("[无未没不]", between)

    def _suffered(self, cue: CueSpan) -> bool:
        """What was done to somebody demands nothing: 被责令限期整改, 对我公司处以罚款."""
        if self.text[cue.span.start : cue.span.end] not in words(WORDS, "sanctioned"):
            return False
        before = self.text[self.clause_at(cue.span.start).span.start : cue.span.start]
        return bool(re.search("[被遭获受]|对(?:[我本]?(?:公司|企业|单位)|[我本][厂司])", before))

    def _consequence(self, start: int, end: int) -> bool:
        return bool(shapes.sanction().match(self.text, start, end))

    def _threatened(self, clause: Clause) -> tuple[CueSpan, ...]:
        """…的，处…罚款: the law's own form, a case that ends in 的 and what it threatens in the clauses behind it."""
        before = self.text[clause.sentence.start : clause.span.start]
        begin = clause.sentence.start
        cases = [found for found in re.finditer("的[，,]", before) if self._consequence(begin + found.end(), clause.span.end)]
        if not cases or self.speakers.strong_own(clause.sentence.start, clause.span.start):
            return ()
        return (CueSpan("quotation", Span(clause.sentence.start + cases[0].start(), clause.sentence.start + cases[0].end())),)

    def _threatens(self, clause: Clause, end: int) -> tuple[CueSpan, ...]:
        """受到罚款处罚，…，拒不改正的，可以按日连续处罚: the case that ends in 的 may end in a later clause of the sentence."""
        if self.speakers.strong_own(clause.sentence.start, end) or self._dated(clause, end):
            return ()
        found = shapes.threatened_case().search(self.text, end, clause.sentence.end)
        return (CueSpan("quotation", Span(*found.span())),) if found else ()

    def _dated(self, clause: Clause, end: int) -> bool:
        """Whether the sentence tells of a day or year, which no law does of its cases."""
        return re.search(r"(?:19|20)\d\d[年.\-/]", self.text[clause.sentence.start : end]) is not None

    def _quoted_condition(self, start: int, end: int) -> bool:
        """“近三年无事故”的要求 and “零事故班组”竞赛: what stands in quotes is somebody's wording or a name."""
        if not self._in_quotes(start):
            return False
        closed = re.search(f"[{shapes.CLOSING_QUOTES}]", self.text[end : end + 60])
        return bool(closed and shapes.quoted_tail().match(self.text, end + closed.end()))

    def _in_quotes(self, start: int) -> bool:
        opened = bisect_left(self._opening, start) - 1
        if opened < 0 or self._opening[opened] < start - 60:
            return False
        closed = bisect_right(self._closing, self._opening[opened])
        return closed == len(self._closing) or self._closing[closed] >= start

    def _demanded(self, clause: Clause, start: int) -> tuple[CueSpan, ...]:
        demand = shapes.demand().search(self.text, clause.sentence.start, start)
        return (CueSpan("quotation", Span(*demand.span())),) if demand and not self._turned(demand.end(), start) else ()

    def _turned(self, start: int, end: int) -> bool:
        """Whether the text turns to the applicant itself, now, between a rule or plan and the place."""
        return self.speakers.strong_own(start, end) or bool(shapes.turn().search(self.text, start, end))

    def _condition(self, clause: Clause, start: int) -> tuple[CueSpan, ...]:
        cues = self.cues("condition", clause.sentence.start, start)
        if cues and shapes.refuted().search(self.text, start, clause.sentence.end):
            return ()
        turned = re.search(r"[，](?:但|惟|不过|然而|而)", self.text[cues[-1].span.end : start]) if cues else None
        return () if turned else cues[-1:]

    def _exercise(self, clause: Clause, start: int, end: int, negated: bool) -> tuple[CueSpan, ...]:
        if negated:
            return ()
        cues = self.cues("exercise", clause.span.start, clause.span.end)
        tail = shapes.lesson().match(self.text, end, clause.span.end)
        if tail:
            return (CueSpan("exercise", Span(*tail.span(1))),)
        past = self.speakers.strong_own(clause.span.start, start)
        return cues[:1] if cues and not past else (() if past else self._headed(clause, "exercise_headings", None))

    def _pledge(self, clause: Clause, start: int, denials: tuple[CueSpan, ...]) -> tuple[CueSpan, ...]:
        """A pledge about the future. One that declares the past (承诺：近三年未发生 …) is a declaration."""
        cues = [cue for cue in self.cues("promise", clause.sentence.start, start) if cue.span.end <= start]
        negation = self.text[denials[-1].span.start : denials[-1].span.end] if denials else ""
        if any(cue.role == "double_negation" for cue in denials):  # 没有一年不发生
            return ()
        if not cues:  # 年度内不发生…: what does not happen is no report of what did not; 不再属于… tells the present
            told = negation == "不再" and re.match("属于?|是|为|具备|具有|符合|在|享", self.text[denials[-1].span.end : start + 1])
            return denials[-1:] if negation in words(WORDS, "future_denials") and not told else ()
        since = self.text[cues[-1].span.end : start]
        declares = bool(one_of(WORDS, "past").search(since) or re.search("[未没]", negation)) or self._past_lead(clause, cues[0].span.start)
        if declares and not re.search("不再|绝不|决不", negation):
            return ()
        soft = self.text[cues[-1].span.start : cues[-1].span.end] in words(WORDS, "declaring")
        return () if soft and negation and not shapes.future_negation().match(negation) else tuple(cues[-1:])

    def _past_lead(self, clause: Clause, position: int) -> bool:
        return bool(one_of(WORDS, "past_period").search(self.text, clause.sentence.start, position))

    def _plan(self, clause: Clause, start: int, end: int) -> tuple[CueSpan, ...]:
        target = shapes.target_tail().match(self.text, end, clause.span.end)
        achieved = one_of(WORDS, "achieved").search(self.text, clause.span.start, start)
        striving = one_of(WORDS, "striving").search(self.text, clause.span.start, achieved.start() if achieved else start)
        if target:
            return () if achieved and not striving else (CueSpan("plan", Span(*target.span(1))),)
        cues = [cue for cue in self.cues("plan", clause.sentence.start, start) if not self._takes_object(cue)]
        if cues:
            since = self.text[cues[-1].span.end : start]
            missed = shapes.missed_aim().search(self.text, clause.sentence.start, start)  # 未能实现零事故目标，5月发生1起
            told = cues[-1].span.end <= clause.span.start and shapes.counted_event().search(self.text, clause.span.start, end)
            return () if self._settled(since) or missed or told else (cues[-1],)
        if self.speakers.strong_own(clause.sentence.start, start) or one_of(WORDS, "past").search(self.text, clause.sentence.start, start):
            return ()
        return self._headed(clause, "plan_headings", "not_plan_headings")

    def _takes_object(self, cue: CueSpan) -> bool:
        """法院于2024年1月将我公司列为…: 将 takes an object behind an authority that acts, and tells no future."""
        if self._text_of(cue) != "将" or not shapes.takes_object().match(self.text, cue.span.start):
            return False
        before = self.text[self.clause_at(cue.span.start).span.start : cue.span.start]
        return re.search("[局院厅委部队关署府会]|部门|机关|中心", before) is not None

    def _settled(self, since: str) -> bool:
        return bool(one_of(WORDS, "settled").search(since))

    def _headed(self, clause: Clause, key: str, unless: str | None, *, last: bool = False) -> tuple[CueSpan, ...]:
        """A cue where a governing heading or label says what stands below it."""
        if not clause.heading or not shapes.heading_says(clause.heading, key, unless, last):
            return ()
        return (CueSpan(f"heading:{key}", clause.lead or Span(clause.sentence.start, clause.sentence.start)),)


def match(doc: Doc) -> AssertionContext:
    """The assertion engine over a Doc's text."""
    return AssertionContext(doc.text, doc._.applicant)


def set_annotations(doc: Doc, context: AssertionContext) -> None:
    """Hangs the engine on the Doc, where the families ask it."""
    doc._.context = context


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc
