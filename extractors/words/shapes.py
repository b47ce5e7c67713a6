"""Shapes of words around a place that tell how it is read: compiled once from the context vocabulary."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, one_of, patterns, vocabulary, words

_WORDS = "context"
OPENING_QUOTES = "“‘「『\"'"
CLOSING_QUOTES = "”’」』\"'"


@lru_cache(maxsize=4096)
def heading_says(heading: str, key: str, unless: str | None, last: bool) -> bool:
    """The nearest heading that speaks to the matter decides: under 自查 the 申报条件 above it governs no more."""
    parts = heading.split(" / ")
    for part in parts[-1:] if last else reversed(parts):
        told = _told_by(part)
        if _ANSWERERS in told or (unless and unless in told):
            return False
        if key in told:
            return True
    return False


_ANSWERERS = "answerers"


@lru_cache(maxsize=4096)
def heading_tells(heading: str) -> frozenset[str]:
    """All matters to which one of the headings speaks, whichever decides; `samples` where one heads values that nobody states."""
    if not heading:
        return frozenset()
    told = frozenset().union(*map(_told_by, heading.split(" / ")))
    return told | {"samples"} if in_heading(heading, "moods", "samples") else told


_HEADINGS = ("rule_headings", "not_rule_headings", "plan_headings", "not_plan_headings", "exercise_headings", "third_party_headings")


@lru_cache(maxsize=1024)
def _told_by(part: str) -> frozenset[str]:
    """The matters of which a heading holds a word; that it names who answers."""
    if _answerers().fullmatch(part):
        return frozenset((_ANSWERERS,))
    part = one_of(_WORDS, "heading_masks").sub("", without_basis(whole_paper(part)))
    return frozenset(key for key in _HEADINGS if one_of(_WORDS, key).search(part))


def whole_paper(heading: str) -> str:
    """A heading without what makes it an excerpt's, where the paper is the firm's own: 企业简介（节选）."""
    found = patterns(_WORDS, "own_excerpts").search(heading) if "选" in heading or "摘" in heading else None
    return heading if found is None else heading[: found.start("mark")] + heading[found.end("mark") :]


def without_basis(heading: str) -> str:
    """A heading without the bracket that says on what basis it is answered: 智能制造能力成熟度（依据GB/T 39116-2020）."""
    return patterns(_WORDS, "basis_notes").sub("", heading) if "（" in heading or "(" in heading else heading


@cache
def _answerers() -> re.Pattern[str]:
    return re.compile(vocabulary(_WORDS)[_ANSWERERS])


@lru_cache(maxsize=4096)
def in_heading(heading: str, vocabulary: str, key: str) -> bool:
    """Whether the heading that governs, the nearest one, or the label of the line holds one of these words."""
    return any(one_of(vocabulary, key).search(part) for part in heading.split(" / "))


@cache
def modified_party() -> re.Pattern[str]:
    """…的供应商: what the target's clause modifies."""
    return re.compile(rf"[^，。；、]{{0,8}}的[一-龥]{{0,4}}?({alternatives(words(_WORDS, 'others'))})")


@cache
def generic_head() -> re.Pattern[str]:
    """…的企业 without a name: anybody of that kind."""
    return re.compile(
        rf"[^，。；]{{0,16}}?(?:的(?:[一-龥]{{0,4}})?|之(?=厂商|厂家|供应商|承包商|人员))({alternatives(words(_WORDS, 'generic_after'))})"
    )


@cache
def empty_box() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives(words(_WORDS, 'empty_boxes'))})(?=\s*\S)")


# 请打√, 加「√」: the sign is named, and nothing is marked
_NAMED_MARK = re.compile(r"(?:(?:打|划|画)(?:上|个)?(?:[“\"「『‘'（(][ 　]?)?|(?:加|填写?|标|注)(?:上|个|注|以)?[“\"「『‘'])$")


def is_named_mark(text: str, position: int) -> bool:
    """Whether the mark at a place is only named by a request to make it."""
    return _NAMED_MARK.search(text, max(0, position - 4), position) is not None


def is_no(answer: str) -> bool:
    return bool(re.match("没|无|否|从未|从没|从来没|未|不", answer))


@cache
def yes_or_no() -> re.Pattern[str]:
    opening = r"\s*(?:——|—)?(?:答[：:])?"
    return re.compile(rf"{opening}(?=没|无|否|从|未|有|是|发|曾|出|不)(?!(?:是否|有无)(?:$|\n))([一-龥]{{1,8}})(?=[，。；！\n]|$)")


@cache
def yes_no() -> re.Pattern[str]:
    """A question to be answered by yes or no, at its end (吗？) or by its form (有没有 …？)."""
    return re.compile(rf"[吗么过]？|[吗么过]\?|{alternatives(w for w in words(_WORDS, 'prompt.cues') if w not in ('能否', '可否'))}")


@cache
def turn() -> re.Pattern[str]:
    return re.compile(rf"[，。；](?:{alternatives(words(_WORDS, 'turn'))})")


@cache
def taken_from() -> re.Pattern[str]:
    return re.compile(rf"\s*[（(—]*({alternatives(words(_WORDS, 'taken_from'))})(?!{vocabulary(_WORDS)['own_records']})")


@cache
def noted_source() -> re.Pattern[str]:
    """（摘自通知） inside the sentence it tells of."""
    return compiled(rf"[（(—]\s*(?:{alternatives(words(_WORDS, 'taken_from'))})(?!{vocabulary(_WORDS)['own_records']})")


@cache
def paper() -> re.Pattern[str]:
    """…事故的证明: the name of a paper."""
    listed, meant_else = "(?:名单|名录|主体|记录|行为|情况|等)*", "(?![了其：:]|[一-龥]{0,3}(?:企业|公司|单位))"
    titled = r"的?(?P<titled>声明|承诺|说明|报告)(?=[ 　]*(?:[（(][^（()）\n]{1,8}[）)])?[ 　]*(?:\n|$))"
    return compiled(rf"{listed}(?:的?(?P<paper>{alternatives(words(_WORDS, 'papers'))}){meant_else}|{titled})")


@cache
def meant() -> re.Pattern[str]:
    """较大事故是指…: a definition."""
    return compiled(r"[^，。；]{0,8}?(是指|系指|指的是)|[”」』](?:系|是|即)?(指)(?![标数导定挥示南引派出])")


@cache
def defining() -> re.Pattern[str]:
    """“事故”指造成…的事故: what stands behind is the definition."""
    return compiled(r"(?:是指|系指|指的是)|(?:[”」』])(?:系|是|即)?指(?![标数导定挥示南引派出])")


@cache
def sanction() -> re.Pattern[str]:
    return re.compile(rf"[^，。；]{{0,12}}?(?:{alternatives(words(_WORDS, 'sanctions'))})")


@cache
def threatened_case() -> re.Pattern[str]:
    """…情节严重的，依法责令…: a case, and what the law has follow from it."""
    return re.compile(
        r"[^，。；]{2,30}(?<!目)的，(?:可以?|应当?|由[^，。；]{2,16}?|并)?(?:依法|可以|责令|处以?|按日|吊销|没收|并处|给予|予以|追究|加重|从重)"
    )


@cache
def case_follows() -> re.Pattern[str]:
    """未发生事故的可晋升, …者优先: a case with its consequence in one clause; the groups are 的 or 者, or a consequence without them."""
    return compiled(
        rf"[^，。；：的是]{{0,4}}?({vocabulary(_WORDS)['case_tail']}){vocabulary(_WORDS)['case_follows']}|({vocabulary(_WORDS)['case_bare']})"
    )


@cache
def case_of_persons() -> re.Pattern[str]:
    """未发生事故者，: a case that ends in 者."""
    return re.compile("(?:事故|事件)*(?:的)?(?:记录|情形|情况|行为|名单|主体)*者[，：]")


@cache
def case_leads_to() -> re.Pattern[str]:
    """…的，请填“无”: what follows from a case, in the clause behind it."""
    return re.compile(vocabulary(_WORDS)["case_leads_to"])


@cache
def addressed() -> re.Pattern[str]:
    """对…的企业，: whom a rule addresses."""
    return compiled(vocabulary(_WORDS)["addressed"])


@cache
def phrase(key: str) -> re.Pattern[str]:
    """One of the vocabulary's expressions about higher clauses (`extractors.assertion.embedded`)."""
    return compiled(str(vocabulary(_WORDS)[key]))


@cache
def beaten() -> re.Pattern[str]:
    return re.compile(vocabulary(_WORDS)["beaten"])


@cache
def predecessor() -> re.Pattern[str]:
    """前身为X厂，该厂…: the one that was there before."""
    return compiled(vocabulary(_WORDS)["predecessors"])


@cache
def bare_zero() -> re.Pattern[str]:
    """安全事故0，火灾0。环境事件无。: a zero that is all its noun is followed by, or a no."""
    return re.compile(r"(?:信息|记录|情况)?[ 　]?(?:(?:数|起数|次数|数量)?[ 　]?0|无)(?=[ 　]*(?:[，。；、;（()）\n]|,(?!\d)|$))")


@cache
def quoted_instead() -> re.Pattern[str]:
    """”应更正为“: what takes the place of one quotation in another."""
    return re.compile(rf"[{CLOSING_QUOTES}][^，。；]{{0,6}}(?:{alternatives(words(_WORDS, 'corrected'))})")


@cache
def quoted_tail() -> re.Pattern[str]:
    return re.compile(rf"(?:的|等)?(?:(?<=的)[一-龥]{{2,4}})?(?:{alternatives(words(_WORDS, 'quoted_tails'))})")


@cache
def demand() -> re.Pattern[str]:
    return re.compile("|".join(words(_WORDS, "demands")))


@cache
def lesson() -> re.Pattern[str]:
    return re.compile(rf"[^，。；]{{0,4}}?({alternatives(words(_WORDS, 'lesson'))})")


@cache
def target_tail() -> re.Pattern[str]:
    named = alternatives(words(_WORDS, "target_tails"))
    return re.compile(
        rf"(?:、零[一-龥]{{2,6}}){{0,4}}[{CLOSING_QUOTES}]?"
        rf"((?:是|乃|为)[^，。；]{{0,10}}?(?:{alternatives(words(_WORDS, 'ideals'))})|[一-龥]{{0,4}}?(?:{named})(?![牌状杯]))"
    )


@cache
def missed_aim() -> re.Pattern[str]:
    """未能实现…目标: an aim that was not reached is past."""
    return re.compile(rf"(?:{alternatives(words(_WORDS, 'missed'))})[^。；]{{0,24}}?(?:目标|指标|计划|要求|任务)")


@cache
def counted_event() -> re.Pattern[str]:
    """发生1起: a count of what took place is no plan, whatever the clauses before it set out."""
    return re.compile(r"(?:发生|出现)(?:了|过)?(?:[1-9]\d{0,2}|[一二两三四五六七八九十]{1,2})(?:起|宗|次|件)")


@cache
def takes_object() -> re.Pattern[str]:
    """法院将我公司列为…: 将 as 把."""
    return re.compile(vocabulary(_WORDS)["takes_object"])


@cache
def refuted() -> re.Pattern[str]:
    """…，那是不符合事实的: what was said before is not so."""
    return re.compile(r"，(?:那|这)(?:就|便|都)?(?:是)?(?:不符合事实|不属实|不准确|不真实|不实|不对|假话|不客观|说不过去)")


@cache
def other_paper() -> re.Pattern[str]:
    """申报书有误 in a clause of its own."""
    return re.compile(r"(?:原)?(?:申报书|申报表|申报材料|填报表|系统|附件|附表|花名册|正文|封面|前表|旧表)[^，。；]{0,6}$")


@cache
def misread_denial() -> re.Pattern[str]:
    """近三年末发生: 未 as recognition misreads it. No end of a year can be meant where 近三年 leads and no count follows."""
    return re.compile(r"近(?:[一二三两四五]|\d)年(末)(?=(?:发生|出现|列入|受到|被)(?!了|过|[一二两三\d]))")


@cache
def future_negation() -> re.Pattern[str]:
    return re.compile("不|为?零|为0|归零|杜绝|避免|绝不|决不")
