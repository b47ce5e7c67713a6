"""Claims `violation.record`: no breaches of law and no penalties, or one, with its date and whether it was remedied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from docproc.text.dates import DateMention
from extractors.accidents.tallies import Tally, tallies
from extractors.asked import asked_of
from extractors.components import adds_claims
from extractors.context import AssertionContext
from extractors.labelled import labelled_of
from extractors.lines.grids import ledger_entries, title_above
from extractors.records.denials import Anchor, Denial, sort_out
from extractors.records.elided_denials import elided_denials
from extractors.records.penalty_records import answers_mended, details_below, of_details, penalty_records, remedied
from extractors.records.prompts import Reply, Verdict, unanswered
from extractors.records.report_rows import report_rows
from extractors.records.several_boxes import replies
from extractors.records.timing import Time, dates_in, head_time, time_in, time_of, years_apart, years_in
from extractors.records.years_in_rows import one_a_row
from extractors.words import shapes
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, one_of, tree_of, vocabulary, words
from extractors.words.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "violation.record"
WORDS = "violation"
_SUFFERS = re.compile("受|处罚|处以|遭")
_excepted = re.compile(r"(?:除|除了)(?:[^，。；（(]|[（(][^（()）\n]*[）)])*(?:外|以外|之外)[，。；]?")
_privately = re.compile(vocabulary(WORDS)["private_fines"])
_figure = re.compile(
    r"(?:信息|记录|情况)?(?:[一二两三四五六七八九十]{1,2}(?:条|次|起|件)(?!以上|及)"
    r"|[：: \t\u3000]*[1-9]\d{0,2}\s?(?:条|次|起|件|项|详见|\n|\t|$)"
    r"|\n[1-9]\d{0,2}[ ]?(?:条|次|起|件|项|\n|$))"
    r"|(?:信息|记录|情况)?[（(]\s?[1-9]\d{0,2}\s?[条次起件项]?\s?[）)][ ]?(?:[：:\n\t]|$)"
)  # on the line below only a count stands alone: a row that begins with its number is no count
_fined_whom = re.compile(
    "(?:并|另|且|同时|依法)*(?:对|给予|处)?(?:[我本该](?:公司|企业|单位|厂|司)|公司|企业|单位)?(?:并|依法)*(?:处以|处|实施|予以|作出)?"
)
_sum = re.compile(r"(?:人民币)?\s?[\d,.一二三四五六七八九十]+\s?[千万亿]?元")
_TO_OURS = re.compile("对(?:我|本)(?:公司|企业|单位|厂|司)")
_TOPIC = re.compile(
    r"(?:的)?(?:企业|单位|主体|当事人)(?:名单|名录|清单|台账)|(?:情况|信息|风险|事项)(?:进行|开展|予以|的(?:核查|调查|排查|管理)|排查|核查|尽调|监测|管理)"
)
_zero_before = re.compile(r"(?<![\d.])(?:0|零)[ ]?(?:次|起|件|项|条|宗|笔)(?:的)?(?:行政|环保|税务|消防|安全)?\Z")  # 受到0次行政处罚
_zero = re.compile(r"(?:信息|记录|情况)?(?:[\s：:]*0(?![\d.])|[：:]?\s?零\s?[条次起件项]|[（(]\s?(?:0|零|无)\s?[条次起件项]?[）)])")


def match(doc: Doc) -> list[Match]:
    """The violation claims of a Doc: forms and tables first, then the running text."""
    text, context = doc.text, doc._.context
    nouns, asked = Nouns(text, _nouns), asked_of(doc)
    counted = tallies(text, nouns.places)
    answered = [reply for reply in replies(text, asked, nouns) if not any(reply.covers(tally.noun.start) for tally in counted)]
    taken = [tally.span for tally in counted]
    taken += [span for reply in answered for span in (reply.prompt, reply.value, reply.note)] + unanswered(text) + asked.unticked
    below = {id(reply): details_below(text, reply.field, doc._.fields) for reply in answered if reply.verdict is Verdict.SOME}
    told_there = [field.value_span for details in below.values() for field in details]
    claims = ((reply, _from_reply(context, reply, below.get(id(reply), ()))) for reply in answered)
    found = one_a_row(text, ((reply, claim) for reply, claim in claims if claim is not None))
    found += [claim for tally in counted for claim in _from_tally(context, tally)]
    recorded = list(_of_grids(text))
    recorded += [claim for claim in _counted_rows(text) if not any(_meets(claim, each) for each in [*found, *recorded])]
    recorded += [
        claim for claim in penalty_records(text, labelled_of(doc), told_there) if not any(_meets(claim, each) for each in recorded)
    ]
    recorded += [claim for claim in _listed(context) if not any(_meets(claim, each) for each in recorded)]
    found += recorded
    taken += [span for claim in recorded for span in claim.spans]
    denials, others = sort_out(context, nouns.places, taken)
    told = list(_from_anchors(context, others))
    found += [_from_denial(context, denial) for denial in denials if not _narrower(text, denial, told)]
    elided = elided_denials(context, nouns.places, _SUFFERS)
    told += [Match(NAME, "none", {}, Status.ASSERTED, (denial.nouns[0], denial.span)) for denial in elided]
    return _without_sums(found + told)


component = adds_claims(match)


def _narrower(text: str, denial: Denial, told: Sequence[Match]) -> bool:
    """被责令限期改正，未被罚款: of a measure that was not taken, where the sentence tells of another that was."""
    if not all("罚款" in text[slice(*noun)] or text[slice(*noun)] == "被罚" for noun in denial.nouns):
        return False
    start = denial.clause.sentence.start
    return any(claim.value == "occurred" and start <= claim.spans[0].start < denial.cue.span.start for claim in told)


def _without_sums(found: list[Match]) -> list[Match]:
    """A count (行政处罚 1 条) says no more than the dated penalties beside it."""
    dated = any(claim.value == "occurred" and "date" in claim.qualifiers and claim.status is Status.ASSERTED for claim in found)
    return [claim for claim in found if not (dated and claim.value == "occurred" and not claim.qualifiers)]


@cache
def _pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    masks = frozenset(words(WORDS, "not_nouns"))
    return re.compile(tree_of([*words(WORDS, "nouns"), *masks])), masks


def _nouns(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    pattern, masks = _pattern()
    for found in anchored(pattern.pattern).finditer(text) if end is None else pattern.finditer(text, start, end):
        if found.group() not in masks:
            yield Span(*found.span())


def _about(text: str, start: int, end: int) -> bool:
    return next(_nouns(text, start, end), None) is not None


def _from_denial(context: AssertionContext, denial: Denial) -> Match:
    time = time_of(context.text, denial.clause, max(denial.clause.span.end, denial.reach.end))
    return Match(NAME, "none", time.qualifiers(), denial.assertion.status, (denial.place,), denial.assertion.cues)


def _from_anchors(context: AssertionContext, anchors: Sequence[Anchor]) -> Iterator[Match]:
    """Penalties: one a date; clauses of a sentence without a date of their own tell of the same one."""
    text = context.text
    known: list[tuple[Span, str | None, Status]] = []
    for anchor in anchors:
        zero = _zero.match(text, anchor.noun.end)
        counted = _zero_before.search(text[anchor.clause.span.start : anchor.noun.start])
        if zero or counted:
            place = Span(anchor.noun.start, zero.end()) if zero else Span(anchor.clause.span.start, anchor.noun.end)
            time = time_of(text, anchor.clause, anchor.clause.span.end).qualifiers() if counted else {}
            yield Match(NAME, "none", time, _own(anchor.assertion.status), (place,), anchor.assertion.cues)
            continue
        if not _happened(text, anchor) or (_date(text, anchor) is None and _told_again(text, anchor, anchors)):
            continue
        date = _date(text, anchor)
        key = (anchor.clause.sentence, date, anchor.assertion.status)
        if any(key[0] == sentence and key[2] is status and (date is None or date == seen) for sentence, seen, status in known):
            continue
        known.append(key)
        apart = years_apart(text, anchor.clause.sentence.start, anchor.noun.end) if date is None else []
        for year in apart or (None,):
            yield _occurred(context, anchor, date if year is None else year.iso)


def _happened(text: str, anchor: Anchor) -> bool:
    """Whether the clause tells of a penalty: a verb of receiving or a doubly denied denial, and a date, a sum, a count or 曾."""
    clause, noun = anchor.clause, anchor.noun
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues):
        return True
    if _TOPIC.match(text, noun.end):  # 对合作方被处罚情况进行尽调
        return False
    word = text[noun.start : noun.end]
    verb = one_of(WORDS, "happened").search(text, clause.span.start, noun.start) or word.startswith(("被", "挨")) or "过" in word
    if not verb and _fined(text, anchor):
        return True
    excepted = _excepted.search(text, clause.span.start, clause.sentence.end)
    if _privately.search(text[clause.span.start : noun.start]):  # 被公司罚款: no authority's
        return False
    verb = verb or _TO_OURS.search(text, clause.span.start, noun.start) is not None
    if not verb and not (excepted and excepted.start() < noun.start and noun.end <= excepted.end()):
        return _figure.match(text, noun.end) is not None
    counted = _counted().search(text[clause.span.start : clause.span.end])
    fact = one_of(WORDS, "facts").search(text, clause.span.start, clause.span.end)
    return bool(counted or fact or _date(text, anchor) is not None or re.search("[被遭]", text[clause.span.start : noun.end]))


def _fined(text: str, anchor: Anchor) -> bool:
    """…，区应急局认定为一般事故，罚款20万元: a fine with its sum behind an authority's finding or record, in a sentence with a date."""
    clause, noun = anchor.clause, anchor.noun
    if not _fined_whom.fullmatch(text[clause.span.start : noun.start].strip()) or not _sum.match(text, noun.end):
        return False
    line = text.rfind("\n", 0, clause.span.start) + 1
    label = re.compile("[：:]").search(text, line, clause.span.start)
    by_record = label is not None and one_of(WORDS, "record_heads").search(text, line, label.start()) is not None
    by_authority = one_of(WORDS, "authorities").search(text, clause.sentence.start, clause.span.start) is not None
    return (by_record or by_authority) and bool(dates_in(text, line, clause.sentence.end))


def _told_again(text: str, anchor: Anchor, anchors: Sequence[Anchor]) -> bool:
    """Whether the same sentence goes on to tell of a penalty with its date: 并非从未受过处罚，2021年曾被罚款."""
    sentence = anchor.clause.sentence
    later = (other for other in anchors if other.clause.sentence == sentence and other.noun.start > anchor.noun.end)
    return any(_happened(text, other) and _date(text, other) is not None for other in later)


@cache
def _counted() -> re.Pattern[str]:
    """A number of penalties: 2次, 三起."""
    return re.compile(rf"[0-9一二两三四五六七八九十百千万]\s?(?:{alternatives(words(WORDS, 'counted'))})")


def _date(text: str, anchor: Anchor) -> str | None:
    """The date nearest before the noun in its clause, else before that in its sentence, else in a bracket behind."""
    clause = anchor.clause
    for start, end in (
        (clause.span.start, anchor.noun.start),
        (clause.sentence.start, clause.span.start),
        (anchor.noun.end, clause.span.end),
    ):
        found = dates_in(text, start, end)
        if found:
            return found[-1].iso
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues):
        told = _told_after().search(text, clause.span.end, max(clause.span.end, clause.sentence.end))
        found = dates_in(text, *told.span(told.lastgroup or "led")) if told else []
        return found[0].iso if found else None
    return None


@cache
def _told_after() -> re.Pattern[str]:
    """说没有受过处罚，这是不对的，2023年有一次: the day of what was denied in vain, told without naming it again."""
    day = r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    behind = r"(?:就|曾经?|确实?|便|也|还|即)*[有受挨遭领吃][到过了]*(?:[一两二三\d]次|一回)|的事|那一?次"
    return re.compile(rf"(?P<led>{day})(?:{behind})|[一那]次[就是在]{{1,3}}(?P<behind>{day})")


def _occurred(context: AssertionContext, anchor: Anchor, date: str | None) -> Match:
    text, clause = context.text, anchor.clause
    qualifiers: dict[str, Any] = {} if date is None else {"date": date}
    quoted = shapes.quoted_instead().search(text, clause.span.start, anchor.noun.start)  # “三年内未…”应为“2023年…”
    years = time_in(text, quoted.end() if quoted else clause.span.start, clause.span.end).years
    if years is None and date is None:
        years = time_in(text, clause.sentence.start, clause.span.start).years
    if years is not None:
        qualifiers["years"] = years
    line_end = text.find("\n", anchor.noun.end)
    reach = min(line_end if line_end >= 0 else len(text), anchor.noun.end + 120)
    qualifiers |= remedied(text, anchor.noun.end, reach)
    start = max(clause.span.start, anchor.noun.start - 40)
    return Match(NAME, "occurred", qualifiers, anchor.assertion.status, (Span(start, anchor.noun.end),), anchor.assertion.cues)


def _counted_rows(text: str) -> Iterator[Match]:
    """A report's rows without rules between their cells: 行政处罚 1 …罚字〔2025〕88号，2025-06-03，罚款2万元."""
    for row in report_rows(text):
        if not _about(text, *row.label):
            continue
        if row.count == 0:
            yield Match(NAME, "none", {}, Status.ASSERTED, (row.place,))
            continue
        dates = dates_in(text, *row.rest) if one_of(WORDS, "measures").search(text, *row.rest) else []
        qualifiers: dict[str, Any] = {"date": dates[0].iso} if dates else {}
        yield Match(NAME, "occurred", qualifiers | remedied(text, *row.rest), Status.ASSERTED, (row.place,))


def _meets(one: Match, other: Match) -> bool:
    return one.spans[0].start < other.spans[-1].end and other.spans[0].start < one.spans[-1].end


def _from_tally(context: AssertionContext, tally: Tally) -> Iterator[Match]:
    """One claim a year: a zero denies its year, a figure tells of penalties in it."""
    reading = context.assertion(*tally.noun)
    for entry in tally.entries:
        value, time = ("occurred", {"date": entry.year}) if entry.count else ("none", {"period": entry.year})
        status = Status.SUPERSEDED if entry.former and reading.status is Status.ASSERTED else reading.status
        yield Match(NAME, value, time if entry.year else {}, status, (tally.noun, entry.span), reading.cues)


def _of_grids(text: str) -> Iterator[Match]:
    """Penalties in tables whose heads name the day of the decision and what was decided, by whom or why."""
    for entry in ledger_entries(text, _grid_role, 2):
        when = entry.cells.get("date") or (entry.cells.get("when") if re.search("罚|决定书", "".join(entry.heads.values())) else None)
        dates = _dates_of(text, when) if when is not None else []
        if dates:
            end = text.find("\n", entry.span.end)
            mended = remedied(text, entry.span.start, end if end >= 0 else len(text))
            if (state := entry.cells.get("mended")) is not None and answers_mended(text[slice(*state)]):
                mended = {"remedied": True}
            yield Match(NAME, "occurred", {"date": dates[0]} | mended, Status.ASSERTED, (entry.span,))


def _dates_of(text: str, cell: Span) -> list[str]:
    """The dates of a cell; a bare year (2022) is one."""
    bare = re.fullmatch(r"(?:19|20)\d\d", text[cell.start : cell.end])
    return [bare.group()] if bare else [date.iso for date in dates_in(text, *cell)]


@lru_cache(maxsize=4096)
def _grid_role(head: str) -> str | None:
    plain = re.sub(r"\s|[（(].*", "", head)
    if one_of(WORDS, "record_dates").fullmatch(plain):
        return "date"
    if one_of(WORDS, "bare_dates").fullmatch(plain):
        return "when"
    if one_of(WORDS, "mending_labels").search(plain):
        return "mended"
    return plain if one_of(WORDS, "record_labels").fullmatch(plain) else None


_item = r"[ \t　]*(?:[（(]?\d{1,2}[）)、.．]?[ \t　]+|[（(]?\d{1,2}[）)、.．])?"
_dated_line = re.compile(rf"{_item}(?=(?:19|20)\d\d[年.\-/])")
# 京昌环罚字〔2025〕12号 2025年3月2日 罚款5万元
_number = r"[一-龥]{1,12}(?:字第?|字)?[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s?第?\s?[\d\-]{1,8}\s?号"
_numbered_line = re.compile(rf"(?:{_item}|[^\n\t。；]{{0,20}}[：:\t]\s?)(?P<number>{_number})[ \t　，,；;、]")


def _listed(context: AssertionContext) -> Iterator[Match]:
    """Lines of penalties that begin with their date or the number of the decision and say what was done.

    A number that is not itself of a penalty (罚字) and a date need a heading or label of penalties above them.
    """
    text, reached = context.text, -1
    for measure in anchored(one_of(WORDS, "measures").pattern).finditer(text):
        if measure.start() < reached:
            continue
        begin = text.rfind("\n", 0, measure.start()) + 1
        reached = text.find("\n", measure.start())
        reached = len(text) if reached < 0 else reached
        line = text[begin:reached]
        numbered = _numbered_line.match(line)
        opening = numbered or _dated_line.match(line)
        if opening is None or ("\t" in line and not numbered):
            continue
        place = begin + (opening.start("number") if numbered else opening.end())
        dates = dates_in(text, begin + (opening.end() if numbered else 0), begin + len(line))
        reading = context.assertion(place, begin + numbered.end("number") if numbered else place + 1)
        headed = (numbered is not None and "罚" in numbered["number"]) or _headed(context, begin, place)
        if headed and dates and reading.status is Status.ASSERTED and not context.cues("negation", begin, begin + len(line)):
            whole = Span(place, begin + len(line))
            mended = remedied(text, place, _runs_on(text, whole.end))
            yield Match(NAME, "occurred", {"date": dates[0].iso} | mended, Status.ASSERTED, (whole,))


def _runs_on(text: str, end: int) -> int:
    """The end of the line below where an entry without an end mark runs on there (修复 / 状态：已修复), else the entry's own end."""
    if text[end - 1 : end] in "。；;":
        return end
    stop = text.find("\n", end + 1)
    below = text[end + 1 : stop if stop >= 0 else len(text)]
    return end if _numbered_line.match(below) or _dated_line.match(below) else end + 1 + len(below)


def _headed(context: AssertionContext, line: int, place: int) -> bool:
    """Whether a heading, a title or the line's own label is one of penalties."""
    heading = context.clause_at(place).heading.rsplit(" / ", 1)[-1]
    return one_of(WORDS, "list_headings").search(f"{heading} {title_above(context.text, line)} {context.text[line:place]}") is not None


def _own(status: Status) -> Status:
    return Status.THIRD_PARTY if status is Status.THIRD_PARTY else Status.ASSERTED


def _from_reply(context: AssertionContext, reply: Reply, below: Sequence[FormField] = ()) -> Match | None:
    if reply.verdict is Verdict.OPEN:
        return None
    text = context.text
    reading = context.assertion(*next(_nouns(text, *reply.prompt), reply.prompt))
    around = (head_time(reply.field.column), time_in(reply.field.group, 0, len(reply.field.group)))
    times = (time_in(text, *reply.prompt), time_in(text, *reply.note), *around)
    time = next((each for each in times if each.named), Time(years_in(reply.field.heading)))
    if reply.verdict is Verdict.NONE:
        whose = _own(context.of_whom(reply.value, reading.status))
        return Match(NAME, "none", time.qualifiers(), whose, (reply.whole,), reading.cues)
    dates = dates_in(text, *reply.note) or _dates_beside(text, reply)
    headed = time.period if reply.field.column and time.period and "/" not in time.period else None  # under 2023年
    qualifiers: dict[str, Any] = {"date": date} if (date := dates[0].iso if dates else headed) else {}
    if time.years is not None:
        qualifiers["years"] = time.years
    if len(dates) <= 1:  # of several penalties one may be remedied
        qualifiers |= remedied(text, *reply.whole)
    qualifiers = of_details(text, below) | qualifiers
    return Match(NAME, "occurred", qualifiers, _own(reading.status), (reply.whole,), reading.cues)


def _dates_beside(text: str, reply: Reply) -> list[DateMention]:
    """行政处罚 · 1 · 2024-05-06罚款1000元: the rest of a report's row says when and what."""
    end = text.find("\n", reply.value.end)
    rest = Span(reply.value.end, end if end >= 0 else len(text))
    return dates_in(text, *rest) if one_of(WORDS, "measures").search(text, *rest) else []
