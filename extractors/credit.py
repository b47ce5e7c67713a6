"""Claims `credit.record`: on no list of bad credit, or on one; by lists (严重失信主体, 经营异常名录, 重大税收违法 …).

One claim a negated clause or table row: lists coordinated under one verb make one claim. A lifted listing keeps `removed` (and
`removed_on`); where the same line goes on to deny the present, it is `superseded`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.asked import asked_of
from extractors.components import adds_claims
from extractors.context import AssertionContext
from extractors.labelled import Labelled, labelled_of
from extractors.lines.grids import ledger_entries, title_above
from extractors.records.denials import Anchor, Denial, sort_out
from extractors.records.elided_denials import elided_denials
from extractors.records.prompts import Reply, Verdict, unanswered
from extractors.records.report_rows import report_rows
from extractors.records.several_boxes import replies
from extractors.records.timing import dates_in
from extractors.records.told_below import told_below
from extractors.words.anchored import anchored
from extractors.words.anchors import compiled
from extractors.words.lexicon import one_of, patterns, table, tree_of, words
from extractors.words.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "credit.record"
WORDS = "credit"
KINDS = ("dishonest", "abnormal", "tax", "other")
_zero = re.compile(r"(?:（[^）]*）|\([^)]*\))??[名单录信息记列]{0,6}(?:[\s：:]*0(?![\d.])|[（(]\s?(?:0|零|无)\s?[条次项个]?[）)])")
_number = re.compile(
    r"(?:（[^）]*）|\([^)]*\))??[名单录信息记列]{0,6}"
    r"(?:[\s：:]*[1-9]\d{0,2}\s?条|[（(]\s?[1-9]\d?\s?[条次项个]?[）)]|[ 　][1-9]\d?(?=[ 　]*(?:\n|$)|[ 　]+[一-龥]{3,8}[ 　：:]*\d))"
)
_pointing = re.compile("(?:该|上述|前述|此)(?:名录|名单|黑名单)")
_row_of_report = re.compile(r"[ \u3000]\d{1,2}[ \u3000][^。；\n]{0,60}?(?:列入|载入|移入)")
_entered = re.compile(
    r"[名单录信息记列的]{0,6}[（(][^（()）\n]*?(?:列入|载入|移入)[^（()）\n]*[）)]"
)  # 一次…记录（2020年6月列入，8月移出）
_aside = re.compile(r"(?:[^，。；\n（(]|[（(][^（()）\n]*[）)]|，(?=[^，。；\n]{0,20}移出))*(?:以外|之外|外)[，。；]")  # 除…外，
# 失信信息尚未撤下, 经营异常状态仍未解除, …信息仍在公示: told to stand
_standing = re.compile(
    r"[名单录信息记列状态的公示]{0,8}(?:[^，。；\n的]{0,6}?(?<![已不])(?:仍|尚|还|至今|目前|迄今)[^，。；\n的]{0,4}?)?(?:未|没有|没)(?:能|被|予以?|获|曾|得到|完全)*(?:从[^，。；\n]{1,10}?)?"
    r"(?:移出|移除|撤[出下除销]|解除|退出|屏蔽|删除|修复|消除|清除)(?![^，。；\n]{0,6}[的者])"
    r"|[名单录信息记列状态的]{0,8}(?:现)?(?:仍然?|尚|还)(?:处?在|处于|在被?)?(?:公示|有效|存续|列示|公布)"
)
_not_yet = re.compile(r"(?:未|没有|没|待|正在)[^，。；\n]{0,12}\Z")  # 失信信息尚未从网站删除
_applied_for = re.compile("(?:的)?(?:申请|手续|流程|材料)(?!成功|获批|已?(?:通过|获批|批准|办结|办理完))")
_leaving = re.compile("股东|投资|出资|合伙|市场|业务|法定代表人|董事")
_now = re.compile("目前|现(?!场)|当前|任何|各类|所有|一切")
_listing_verb = anchored("(?:列入|载入|移入|纳入)")


_ENTERS = re.compile("列|纳入|在")
_THEREAFTER = re.compile("(?:名单|名录)?(?:之|以)?后[，]?")  # 列入经营异常名录后，于2023年5月16日移出
_DONE = ("成功", "获批", "完成", "已获", "已完", "获准")


def match(doc: Doc) -> list[Match]:
    """The credit claims of a Doc: forms and tables first, then the running text."""
    text, context = doc.text, doc._.context
    nouns, asked = Nouns(text, _nouns), asked_of(doc)
    answered = replies(text, asked, nouns)
    taken = [span for reply in answered for span in (reply.prompt, reply.value, reply.note)] + unanswered(text) + asked.unticked
    below = {id(reply): told_below(text, reply.field, doc._.fields, _goes_on) for reply in answered if reply.verdict is Verdict.SOME}
    found = [claim for reply in answered if (claim := _from_reply(context, reply, below.get(id(reply), ()))) is not None]
    gridded = list(_of_grids(text))
    read = [*(row.spans[0] for row in gridded), *(field.value_span for details in below.values() for field in details)]
    taken += [Span(field.label_span.start, field.value_span.end) for details in below.values() for field in details]
    fielded = [claim for claim in _records(text, labelled_of(doc)) if not any(_within(claim.spans[0], span) for span in read)]
    recorded = [*gridded, *fielded, *(row for row in _counted(text) if not any(_within(row.spans[0], span) for span in taken))]
    found += recorded
    taken += [span for claim in recorded for span in claim.spans]
    denials, others = sort_out(context, nouns.places, taken)
    denials = [denial for denial in denials if not _lifting(text, denial)]
    found += [_from_denial(context, denial) for denial in denials]
    told = [_overtaken(text, claim, denials) for claim in _from_anchors(context, others)]
    places = [span for claim in [*found, *told] for span in claim.spans]
    elided = elided_denials(context, nouns.places, _ENTERS)
    found += [Match(NAME, "none", _lists(text, each.nouns), Status.ASSERTED, (each.nouns[0], each.span)) for each in elided]
    headed = [claim for claim in _under_headings(context) if not any(_within(claim.spans[0], span) for span in [*places, *taken])]
    return [*found, *told, *headed]


component = adds_claims(match)


def _within(inner: Span, outer: Span) -> bool:
    return inner.start < outer.end and outer.start < inner.end


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    kinds = {word: kind for kind, entries in table(WORDS, "lists").items() for word in entries}
    masks = frozenset(words(WORDS, "not_nouns"))
    named = {word.rstrip("："): kind for word, kind in kinds.items()}  # 严重违法：无 names its list by what stands before the colon
    return compiled(f"{tree_of([*kinds, *words(WORDS, 'general'), *masks])}|{_pointing.pattern}"), named, masks


def _nouns(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    pattern, _, masks = _pattern()
    for found in anchored(pattern.pattern).finditer(text) if end is None else pattern.finditer(text, start, end):
        if found.group() not in masks:
            yield Span(*found.span())


def _about(text: str, start: int, end: int) -> bool:
    return next(_nouns(text, start, end), None) is not None


def _lists(text: str, nouns: Sequence[Span]) -> dict[str, Any]:
    """The lists named, by kind and as written; a bracket (含失信被执行人) explains the list before it."""
    _, kinds, _ = _pattern()
    words_of = [_meant(text, noun) for noun in nouns]
    named = [word for word in words_of if word in kinds]
    found = {kinds[name] for name in named}
    if not found:
        return {}
    return {"lists": [kind for kind in KINDS if kind in found], "list_names": list(dict.fromkeys(named))}


def _meant(text: str, noun: Span) -> str:
    """The list that a noun names; 该名录 means the one named last."""
    word = text[noun.start : noun.end].rstrip("：")
    if _pointing.fullmatch(word):
        pattern, kinds, _ = _pattern()
        before = [found.group() for found in pattern.finditer(text, max(0, noun.start - 160), noun.start) if found.group() in kinds]
        return before[-1] if before else word
    return word


def _lifting(text: str, denial: Denial) -> bool:
    """至今未移出…名录 denies the lifting, not the listing."""
    return bool(one_of(WORDS, "removed").search(text, denial.cue.span.end, denial.nouns[0].start)) and not denial.behind


def _from_denial(context: AssertionContext, denial: Denial) -> Match:
    return Match(NAME, "none", _lists(context.text, denial.nouns), denial.assertion.status, (denial.place,), denial.assertion.cues)


def _from_anchors(context: AssertionContext, anchors: Sequence[Anchor]) -> Iterator[Match]:
    """Listings: one a clause, with all the lists that it names."""
    text = context.text
    by_clause: dict[Span, list[Anchor]] = {}
    for anchor in anchors:
        by_clause.setdefault(anchor.clause.span, []).append(anchor)
    for anchors_of in by_clause.values():
        for group in _counted_apart(text, anchors_of):
            first, nouns = group[0], [anchor.noun for anchor in group]
            if _zero.match(text, nouns[-1].end):
                place = Span(nouns[0].start, nouns[-1].end + 1)
                yield Match(NAME, "none", _lists(text, nouns), _own(first.assertion.status), (place,), first.assertion.cues)
            elif _is_listing(text, first, nouns):
                yield _listing(context, first, nouns)


def _counted_apart(text: str, group: list[Anchor]) -> list[list[Anchor]]:
    """严重失信主体名单 0 条 经营异常名录 0 条: lists that are counted each are a row each."""
    counted = [bool(_zero.match(text, anchor.noun.end) or _number.match(text, anchor.noun.end)) for anchor in group]
    return [[anchor] for anchor in group] if len(group) > 1 and all(counted) else [group]


def _under_headings(context: AssertionContext) -> Iterator[Match]:
    """Listings told by their dates alone, below a heading or behind a label that names the list: 2021-07-08列入，2021-09-02移出."""
    text, reached = context.text, -1
    for verb in _listing_verb.finditer(text):
        clause = context.clause_at(verb.start())
        line_start = text.rfind("\n", 0, verb.start()) + 1
        if verb.start() < reached or _about(text, clause.span.start, clause.span.end):
            continue
        heading = clause.heading.rsplit(" / ", 1)[-1] if clause.heading else ""
        title = heading if _about(heading, 0, len(heading)) else title_above(text, line_start)
        nouns = list(_nouns(title))
        dates = dates_in(text, max(line_start, clause.sentence.start), clause.sentence.end) if nouns else []
        if not dates or context.cues("negation", clause.span.start, verb.start()):
            continue
        reading = context.assertion(*verb.span())
        if reading.negated:
            continue
        reached = clause.sentence.end
        qualifiers = _lists(title, nouns) | _lifted(text, verb.end(), reached)
        start = dates[0].span.start if dates[0].span.end <= verb.start() else verb.start()
        yield Match(NAME, "listed", qualifiers, _own(reading.status), (Span(start, verb.end()),), reading.cues)


def _counted(text: str) -> Iterator[Match]:
    """A report's rows without rules between their cells: the list, a count, and when it was entered and left."""
    for row in report_rows(text):
        if nouns := list(_nouns(text, *row.label)):
            lists, value = _lists(text, nouns), "listed" if row.count else "none"
            yield Match(NAME, value, lists | (_lifted(text, *row.rest) if row.count else {}), Status.ASSERTED, (row.place,))


def _records(text: str, labelled: Labelled) -> Iterator[Match]:
    """Listings on record: 列入日期 with a date, under a title or label that names the list; with 移出日期 where there is one."""
    fields = labelled.fields
    for index in labelled.headed(lambda head: _is_recorded("record_dates", head)):
        field = fields[index]
        dates = dates_in(text, *field.value_span)
        if not dates:
            continue
        title = " ".join((field.group, field.heading, field.column, field.label))
        nouns = list(_nouns(title))
        lists = _lists(title, nouns) or _lists(text, list(_nouns(text, max(0, field.label_span.start - 120), field.label_span.start))[-1:])
        if not lists:
            continue
        near = fields[max(0, index - 6) : index + 7]
        lifted = [mate for mate in near if _is_recorded("record_removed", mate.column or mate.label) and _row(mate) == _row(field)]
        removed = [date for mate in lifted for date in dates_in(text, *mate.value_span)]
        if removed:
            lists |= {"removed": True, "removed_on": removed[0].iso}
        yield Match(
            NAME,
            "listed",
            lists,
            Status.ASSERTED,
            (field.value_span if field.column else Span(field.label_span.start, field.value_span.end),),
        )


@lru_cache(maxsize=4096)
def _is_recorded(key: str, label: str) -> bool:
    """Whether a label is one of those under which a listing's record keeps something."""
    return one_of(WORDS, key).fullmatch(label) is not None


def _of_grids(text: str) -> Iterator[Match]:
    """Listings in tables whose heads are their dates, below a title that names the list: 列入日期 · 列入原因 · 移出日期."""
    for entry in ledger_entries(text, _grid_role, 2):
        entered = dates_in(text, *entry.cells["entered"]) if "entered" in entry.cells else []
        lists = _lists(entry.title, list(_nouns(entry.title)))
        if not entered or not lists:
            continue
        left = dates_in(text, *entry.cells["left"]) if "left" in entry.cells else []
        lifted = {"removed": True, "removed_on": left[0].iso} if left else {}
        yield Match(NAME, "listed", lists | lifted, Status.ASSERTED, (entry.span,))


@lru_cache(maxsize=4096)
def _grid_role(head: str) -> str | None:
    plain = re.sub(r"\s|[（(].*", "", head)
    if one_of(WORDS, "record_dates").fullmatch(plain):
        return "entered"
    if one_of(WORDS, "record_removed").fullmatch(plain):
        return "left"
    return plain if one_of(WORDS, "record_labels").fullmatch(plain) else None


def _row(field: FormField) -> Span | None:
    return field.label_span if field.column else None


def _overtaken(text: str, claim: Match, denials: Sequence[Denial]) -> Match:
    """A lifted listing is history where the same line goes on to deny the present (已移出，目前未列入任何名单).

    What denies another list, or the rest (除…外，无其他…), tells nothing of this one, unless it speaks of the present or of any list.
    """
    if not claim.qualifiers.get("removed") or claim.status is not Status.ASSERTED:
        return claim
    end = claim.spans[-1].end
    if _aside.match(text, end):
        return claim
    for denial in denials:
        first = denial.nouns[0].start
        if first > end and "\n" not in text[end:first] and "其他" not in text[denial.cue.span.start : first]:
            denied = _lists(text, denial.nouns).get("lists")
            of_this = denied is None or set(denied) & set(claim.qualifiers.get("lists", denied))
            if of_this or _now.search(text, denial.clause.span.start, first):
                return replace(claim, status=Status.SUPERSEDED)
    return claim


def _own(status: Status) -> Status:
    return Status.THIRD_PARTY if status is Status.THIRD_PARTY else Status.ASSERTED


def _is_listing(text: str, anchor: Anchor, nouns: Sequence[Span]) -> bool:
    """Whether the clause says that somebody is on the list; a title (列入经营异常名录信息) says nothing."""
    clause = anchor.clause
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues) or _number.match(text, nouns[-1].end):
        return True
    if _row_of_report.match(text, nouns[-1].end, clause.sentence.end) and dates_in(text, nouns[-1].end, clause.sentence.end):
        return True
    told = _entered.match(text, nouns[-1].end)
    if told and dates_in(text, *told.span()):
        return True
    if patterns(WORDS, "topics").match(text, nouns[-1].end, max(clause.span.end, nouns[-1].end)):
        return False
    listed = one_of(WORDS, "listed").search(text, clause.span.start, nouns[0].start)
    if listed and _THEREAFTER.match(text, nouns[-1].end) and "removed_on" in _lifted(text, nouns[-1].end, clause.sentence.end):
        return True
    among = re.match(r"(?:名单|名录|库)?(?:之)?(?:中|内|之列)(?![国小])", text[nouns[-1].end : clause.span.end])
    standing = re.search(r"(?:即|仍|尚|还|处|一直|被|已)?在(?:[^，。；]{0,6})?$", text[clause.span.start : nouns[0].start])
    if among and standing and not re.search("[未不没]在", standing.group()):
        return True
    if _standing.match(text, nouns[-1].end, clause.sentence.end):
        return True
    behind = re.match(r"[^，。；]{0,8}(?:在列|[1-9]\d*条|[一二两三四五]条)", text[nouns[-1].end : clause.span.end])
    dated = bool(dates_in(text, clause.sentence.start, clause.span.end))
    fact = bool(one_of(WORDS, "facts").search(text, clause.sentence.start, clause.span.end))
    return bool(behind) or bool(listed and (dated or fact))


def _listing(context: AssertionContext, anchor: Anchor, nouns: Sequence[Span]) -> Match:
    text, sentence = context.text, anchor.clause.sentence
    line_end = text.find("\n", sentence.start)
    line_end = len(text) if line_end < 0 else line_end
    reach = min(line_end, nouns[-1].end + 120)
    qualifiers = _lists(text, nouns)
    status = anchor.assertion.status
    qualifiers |= _lifted(text, nouns[-1].end, reach)
    start = max(anchor.clause.span.start, nouns[0].start - 40)
    return Match(NAME, "listed", qualifiers, status, (Span(start, nouns[-1].end),), anchor.assertion.cues)


def _lifted(text: str, start: int, reach: int) -> dict[str, Any]:
    """Whether the text goes on to tell of the removal, and when."""
    lifted = next((found for found in one_of(WORDS, "removed").finditer(text, start, reach) if not _of_others(text, found.start())), None)
    if not lifted or _not_yet.search(text, max(start, lifted.start() - 16), lifted.start()) or _applied_for.match(text, lifted.end()):
        return {}
    if any(not _granted(text, found) for found in one_of(WORDS, "not_removed").finditer(text, start, reach)):
        return {}
    dates = dates_in(text, start, lifted.end() + 16)
    if not dates:
        return {"removed": True}
    return {"removed": True, "removed_on": dates[-1].iso if dates[-1].span.start < lifted.start() else dates[0].iso}


def _of_others(text: str, verb: int) -> bool:
    """股东已退出: what somebody left is no list."""
    return text.startswith("退出", verb) and _leaving.search(text[max(0, verb - 8) : verb]) is not None


def _granted(text: str, asked: re.Match[str]) -> bool:
    """2023年5月16日经申请移出, 申请移出成功: what was applied for was done."""
    if asked.group() != "申请移出":
        return False
    return text[max(0, asked.start() - 1) : asked.start()] == "经" or text[asked.end() : asked.end() + 3].lstrip("并").startswith(_DONE)


def _goes_on(label: str) -> bool:
    """Whether a field on the line below an answer tells more of the listing: 列入时间, 移出时间, 列入原因."""
    return any(_is_recorded(key, label) for key in ("record_dates", "record_removed", "record_labels"))


def _from_reply(context: AssertionContext, reply: Reply, below: Sequence[FormField] = ()) -> Match | None:
    if reply.verdict is Verdict.OPEN:
        return None
    text = context.text
    reading = context.assertion(*next(_nouns(text, *reply.prompt), reply.prompt))
    nouns = list(_nouns(text, *reply.prompt)) or list(_nouns(text, *reply.note))
    value = "none" if reply.verdict is Verdict.NONE else "listed"
    lists = _lists(text, nouns)
    if value == "listed":  # 经营异常名录 · 1 · 2024-07-03列入，2024-09-10移出: the rest of the row tells of the removal
        end = text.find("\n", reply.value.start)
        lists |= _lifted(text, reply.value.start, end if end >= 0 else len(text))
        left = (field for field in below if _is_recorded("record_removed", field.label))
        for date in [date for field in left for date in dates_in(text, *field.value_span)][:1]:
            lists |= {"removed": True, "removed_on": date.iso}
    return Match(NAME, value, lists, _own(context.of_whom(reply.value, reading.status)), (reply.whole,), reading.cues)
