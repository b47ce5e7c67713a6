"""Sorts the nouns of a family into those that a clause denies (grouped by the cue, one claim each) and those it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docproc.extract import Assertion, Clause, CueSpan
from docproc.model import Span
from extractors.context import AssertionContext
from extractors.records.denied_verbs import handled
from extractors.words.lexicon import one_of
from extractors.words.occurrences import Covered

_WORDS = "context"
LEADING = 24  # code points before a cue that are quoted with it: who, since when
_BECAUSE = re.compile(r"(?:因|由于)[^，。；]{0,20}$")
_effect = re.compile(r"[^，。；、]{0,10}?(?:受到|被|遭|而|导致|引发|引起|造成|列入|处罚)")
_IS_NOT = frozenset(("不属于", "不属", "并不属于", "并非", "不是"))
_event_told = re.compile(
    r"(?:发生|出现|有)(?:了|过)?[^，。；（()）]{0,16}?(?:[1-9]\d?|[一二两三四五六])(?:起|宗|次|件)|(?:19|20)\d\d年[^，。；（()）]{0,10}(?:发生|出现)"
)
_crossed = re.compile(r"[^，。；、（()）\n]{0,6}[（(【\[]\s*(?P<mark>[×✗✘╳]|不符合|不属实|否)(?=\s*[）)】\]，,；：:])")
_unfilled = re.compile("[_＿]{3,}")  # 未发生______事故: a template's blank
# 未戴安全帽 罚款1000元: columns that only a blank divides; the denial stays in its own.
_parted = re.compile(r"[一-龥]{2,}[ \u3000]")
# 火灾：未发生（2）环境污染：发生1起: the next item of a list, of which the denial says nothing; an item after the first one it may deny.
_further_item = re.compile(
    r"\s*(?:[（(](?:[2-9]|1\d|[二三四五六七八九十])[）)]|[②-⑳]|(?:[2-9]|1\d)(?:[、．)）]|\.(?!\d))|[二三四五六七八九十]、)"
)
# A verb, and an event by its demonstrative or its day: 忘记2016年那起…, 因2020年6月的….
_known_event = re.compile(
    r"[一-龥](?:[^，。；]{0,12}?[那该这此](?:一)?[起次场宗]|(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[一-龥]{0,8}?(?:发生|出现))?的)"
)
# 那起环境, 2022年6月发生的那次一般: what points at one event right before its noun
_pointed_at = re.compile("(?:[那这该此]|上述|前述)(?:一)?[起次场宗][^，。；：\\n]{0,10}$")
_counted = re.compile("[0-9一二两三四五六七八九十](?:起|宗|次|件|场)")
_leaves_out = re.compile("[（(](?:均|都)?(?:不含|不包括|不包含|不计|不统计|未计|未含|剔除|扣除|除)[^）)\n]*")
_of_it = re.compile("(?:事故|事件)?的?(?:直接|间接|根本|具体)?(?:原因|性质|经过|真相|责任人|责任划分|结论)")  # 未查明事故原因
_an_event = re.compile("死亡|身亡|去世|受伤|重伤|猝死|晕倒|泄漏|起火|着火|火情|冒烟|停机|中断|超标|损坏")
_besides = re.compile("(?:以外|之外)的")  # 未发生一般事故以外的事故 says nothing of those
_likening = re.compile("类似|相似|同样|像|如同")
# 未按期公示被列入…: the denial has a verb of its own before the passive. 未因…被, 未发现…被 deny the passive.
_other_verb = re.compile(r"(?!因|由于|为|由|在|发现|查|见|检索|曾|有|再|能|予|收到)[^的]{2,}[被遭](?!执行人)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A noun of the family with its clause and its reading."""

    noun: Span
    clause: Clause
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Denial:
    """Nouns under one denial."""

    cue: CueSpan
    clause: Clause
    nouns: tuple[Span, ...]
    assertion: Assertion
    floor: int = 0  # where the denial before it in the clause ends: 安全事故为0、火灾事故为0

    @property
    def behind(self) -> bool:
        """Whether the cue stands behind its noun: 事故为零."""
        return self.cue.span.start > self.nouns[-1].start

    @property
    def reach(self) -> Span:
        """Where the denied nouns and their modifiers stand."""
        before = self.behind or self.cue.span.start < self.clause.span.start
        return Span(max(self.clause.span.start, self.floor) if before else self.cue.span.end, self.nouns[-1].end)

    @property
    def place(self) -> Span:
        """The words to quote: the cue and what it denies."""
        near = self.cue.span.start >= self.clause.span.start
        if near and not self.behind and self.cue.span.start - self.clause.span.start <= LEADING:
            return Span(self.clause.span.start, self.nouns[-1].end)
        start = min(self.nouns[0].start, self.cue.span.start) if near else self.clause.span.start
        return Span(
            max(self.clause.span.start, self.floor) if self.behind else start, max(self.nouns[-1].end, self.cue.span.end if near else 0)
        )


def sort_out(context: AssertionContext, nouns: Iterable[Span], taken: Sequence[Span]) -> tuple[list[Denial], list[Anchor]]:
    """Denials, and anchors that no cue denies; nouns inside `taken` (read already) and void ones (未报告的事故) are passed over."""
    denials: dict[Span, Denial] = {}
    anchors: list[Anchor] = []
    covered = Covered(taken)
    for noun in nouns:
        if covered.holds(noun.start):
            continue
        clause = context.clause_at(noun.start)
        assertion = context.assertion(noun.start, noun.end)
        if any(cue.role == "void" for cue in assertion.cues):
            continue
        cue = denying(context.text, clause, noun, assertion)
        if cue is not None and _unfilled.search(context.text, cue.span.end, max(noun.end, cue.span.end)):
            continue
        if cue is not None and _definite(context.text, noun, cue):
            anchors.append(Anchor(noun, clause, replace(assertion, negated=False, cues=())))
            continue
        if cue is not None and cue.span.start < noun.start and handled(context.text, cue.span, noun):
            continue
        if cue is not None and _besides.search(context.text, cue.span.end, max(noun.end + 4, cue.span.end)):
            continue
        if cue is not None and cue.span.start < noun.start and _of_it.match(context.text, noun.end):
            continue
        if cue is not None and (_left_out(context.text, noun) or _hidden(context.text, noun, cue) or _likened(context.text, noun, cue)):
            continue
        if (
            cue is not None
            and _text(context, cue) in _IS_NOT
            and (
                any(known.clause.sentence == clause.sentence for known in anchors)
                or _an_event.search(context.text, clause.sentence.start, clause.span.start)
            )
        ):
            continue  # 发生一般事故1起，不属于较大及以上事故; 员工在家中突发疾病死亡，不属于生产安全事故: what it was not
        if cue is not None and (_excepted(context.text, noun, cue) or _told_in_bracket(context.text, noun, cue)):
            anchors.append(Anchor(noun, clause, replace(assertion, negated=False, cues=())))
            continue
        if cue is not None and one_of(_WORDS, "amounts_to").match(context.text, cue.span.end, max(noun.start, cue.span.end)):
            continue
        if cue is not None and _in_cause(context.text, clause, noun, cue):
            continue
        if cue is not None and (crossed := _crossed.match(context.text, noun.end)):  # 无环保事故（×）: it does not hold
            refused = CueSpan("double_negation", Span(*crossed.span("mark")))
            anchors.append(Anchor(noun, clause, replace(assertion, negated=False, cues=(refused, *assertion.cues))))
            continue
        if cue is None:
            if not _unknown(context, clause, noun):
                anchors.append(Anchor(noun, clause, assertion))
            continue
        inherited = cue.span.start < clause.span.start
        key = Span(noun.start, noun.end) if inherited else cue.span
        known = denials.get(key)
        if known is None:
            denials[key] = Denial(cue, clause, (noun,), assertion)
        else:
            denials[key] = replace(known, nouns=(*known.nouns, noun))
    found = list(denials.values())
    ends: dict[Span, list[int]] = {}
    for denial in found:
        ends.setdefault(denial.clause.span, []).append(max(denial.cue.span.end, denial.nouns[-1].end))
    return [replace(denial, floor=_floor(denial, ends[denial.clause.span])) for denial in found], anchors


def _floor(denial: Denial, ends: Sequence[int]) -> int:
    """Where the last of the denials of its clause ends that end before its noun."""
    return max((end for end in ends if end <= denial.nouns[0].start), default=0)


def _definite(text: str, noun: Span, cue: CueSpan) -> bool:
    """从未忘记2016年那起事故, 没有因2020年6月的事故停产: one that is told of as known is not denied by another verb's denial.

    Nor by one behind it: 2022年6月的那起事故没有上报.
    """
    if cue.span.start >= noun.end:
        return _pointed_at.search(text[max(0, noun.start - LEADING) : noun.start]) is not None
    between = text[cue.span.end : noun.start]
    return _known_event.search(between) is not None and one_of(_WORDS, "happening").match(between) is None


def _unknown(context: AssertionContext, clause: Clause, noun: Span) -> bool:
    """暂未统计近三年发生的事故: of what was not counted nobody says that there was one; 未报告2022年发生的一起事故 says it."""
    before = context.cues("negation", clause.span.start, noun.start)
    if not before or not handled(context.text, before[-1].span, noun):
        return False
    between = context.text[before[-1].span.end : noun.start]
    return _known_event.search(between) is None and _counted.search(between) is None


def _likened(text: str, noun: Span, cue: CueSpan) -> bool:
    """未发生类似2020年那起事故的事件: what something is likened to is not what is denied."""
    return bool(_likening.search(text[cue.span.end : noun.start]) and re.match("(?:那样|这样|一样)?的", text[noun.end : noun.end + 3]))


def _left_out(text: str, noun: Span) -> bool:
    """未发生生产安全事故（不含道路交通事故）: of what the bracket leaves out nothing is said."""
    opening = max(text.rfind(mark, max(0, noun.start - LEADING), noun.start) for mark in "（(")
    return opening >= 0 and _leaves_out.fullmatch(text, opening, noun.start) is not None


def _hidden(text: str, noun: Span, cue: CueSpan) -> bool:
    """不存在瞒报安全事故的行为 denies the hiding and says nothing of the thing."""
    return one_of(_WORDS, "hiding").search(text, cue.span.end, max(noun.start, cue.span.end)) is not None


def _excepted(text: str, noun: Span, cue: CueSpan) -> bool:
    """未发生较大及以上安全事故（2022年4月一起一般事故除外）: what the bracket excepts is not denied."""
    opening = max(text.rfind(mark, cue.span.end, noun.start) for mark in "（(")
    if opening < 0 or re.search("[）)。\n]", text[opening : noun.start]):
        return False
    closing = re.compile("[）)\n]").search(text, noun.end)
    return one_of(_WORDS, "excepting").search(text, noun.end, closing.start() if closing else noun.end) is not None


def _told_in_bracket(text: str, noun: Span, cue: CueSpan) -> bool:
    """未发生较大及以上事故（2021年7月发生一般事故1起）: a bracket that tells of an event is no part of what is denied."""
    opening = max(text.rfind(mark, cue.span.end, noun.start) for mark in "（(")
    if opening < 0 or re.search("[）)。\n]", text[opening : noun.start]):
        return False
    return _event_told.search(text, opening, noun.end + 6) is not None


def _text(context: AssertionContext, cue: CueSpan) -> str:
    return context.text[cue.span.start : cue.span.end]


def _in_cause(text: str, clause: Clause, noun: Span, cue: CueSpan) -> bool:
    """未因发生事故受到处罚: the noun is the cause of what is denied, and is itself neither denied nor asserted."""
    cause = _BECAUSE.search(text[max(cue.span.end, clause.span.start) : noun.start])
    return cause is not None and _effect.match(text, noun.end, clause.span.end) is not None


def denying(text: str, clause: Clause, noun: Span, assertion: Assertion) -> CueSpan | None:
    """The cue that denies the noun. A denial in its cause or its harm (因未…发生, 一起未造成伤亡的事故) denies something else."""
    cues = [cue for cue in assertion.cues if cue.role == "negation"]
    if not assertion.negated or not cues:
        return None
    cue = cues[-1]
    if cue.span.start > noun.start or cue.span.start < clause.span.start:
        return cue
    tail, before = text[cue.span.end : noun.start], text[clause.span.start : cue.span.start]
    if _further_item.match(tail) or (tail[:1].isspace() and text[noun.end : noun.end + 1] in (":", "：")):
        return None
    verbs = one_of(_WORDS, "happening")
    if verbs.match(tail) or text[cue.span.start : cue.span.end].endswith(("发生", "出现", "存在", "受到")):
        return cue
    if verbs.search(tail) and re.search(rf"(?:{one_of(_WORDS, 'causes').pattern})[^，。；]{{0,14}}$", before):
        return None
    if text[cue.span.end - 1] in "未没" and (_other_verb.match(text[cue.span.end : noun.start + 1]) or _parted.match(tail)):
        return None
    if verbs.search(before) and (one_of(_WORDS, "unhurt").search(tail) or re.search("[的之]", tail)):
        return None
    return cue
