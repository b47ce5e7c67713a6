"""scale.above_designated_size (规模以上工业企业) and scale.size_class (大型, 中型, 小型, 微型), as the text states them.

A ticked box counts, an unticked one does not. The firms of a park, a rule's demand and a past state are no statement about the applicant
now; the class of size is never worked out from figures, only held against them (`fits`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.assertion.standing import answers_of, field_status, marked, parties_of, reading, settled, value_place
from extractors.components import adds_claims
from extractors.labelled import labelled_of
from extractors.measures.size_classes import misfits
from extractors.parties.clauses import sentence_at, statement_at
from extractors.parties.subjects import Parties
from extractors.past_states import is_before, took_its_place
from extractors.records.states_by_period import plain_topic, without_period
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, one_of, rules, table, vocabulary, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_UNTIL = re.compile(r"\s*(?:在)?(?:(?:19|20)\d\d|二[〇○零][^，。；]{2})年(?:度)?(?:之前|以前|前|及以前)[，,]")
_SINCE = re.compile(r"现|目前|如今|至今|(?:19|20)\d\d年")
LONGEST_LABEL = 60
_YES = "是"
ABOVE, SIZE = "scale.above_designated_size", "scale.size_class"
_rule = rules("scale")


def match(doc: Doc) -> list[Match]:
    """All statements of the firm's scale that are no figures, by place."""
    parties = parties_of(doc)
    fields = [*_above_fields(doc, parties), *_size_fields(doc, parties)]
    covered = [span for _, spans in fields for span in spans]
    found = [each for each, _ in fields if each is not None]
    mentions = [(found, sense) for key, sense in (("above", True), ("below", False)) for found in _found(doc.text, key)]
    found += [each for each in _above_sentences(doc, parties, mentions) if not _within(each, covered)]
    gone = [each for each in found if each.status is Status.ASSERTED and _left_again(doc.text, each, found)]
    found = [replace(each, status=Status.SUPERSEDED) if each in gone else each for each in found]
    found += [each for each in _size_sentences(doc, parties) if not _within(each, covered)]
    return _held_against_figures(doc, found) if found else []


component = adds_claims(match)


def _held_against_figures(doc: Doc, found: list[Match]) -> list[Match]:
    """The statements, `fits` false on those that the text's own figures speak against. What they leave open or bear out is not marked."""
    class_misfits, above_misfits = misfits(doc._.claims)
    held: list[Match] = []
    for each in found:
        against = each.status is Status.ASSERTED and (above_misfits if each.name == ABOVE else class_misfits)(each.value)
        held.append(replace(each, qualifiers={**each.qualifiers, "fits": False}) if against else each)
    return held


def _found(text: str, key: str) -> Iterator[re.Match[str]]:
    """Where an expression of the vocabulary stands in a text."""
    return anchored(str(vocabulary("scale")[key])).finditer(text)


def _within(each: Match, covered: list[Span]) -> bool:
    return any(span.start <= place.start < span.end for place in each.spans for span in covered)


def _extent(field: FormField) -> tuple[Span, ...]:
    """Everything a field covers: its label, value and boxes."""
    ends = [field.label_span.end, field.value_span.end, *(option.span.end for option in field.options)]
    return (Span(min(field.label_span.start, field.value_span.start), max(ends)),)


# --- above designated size ---------------------------------------------------------------------------------------------


def _above_fields(doc: Doc, parties: Parties) -> list[tuple[Match | None, tuple[Span, ...]]]:
    found: list[tuple[Match | None, tuple[Span, ...]]] = []
    for field in _asking(doc, _is_above_label):
        asked = _is_above_label(field.label)
        value: bool | None = None
        if asked:
            answers = answers_of(field)
            value = _answer(without_period(answers[0])) if len(answers) == 1 else None
            if value is None and not field.options and len(field.value) > 8:
                continue
        elif field.options and any(_asks_above(option.text) for option in field.options):
            value = next(
                (not re.match("非|不", option.text) for option in field.options if option.ticked and _asks_above(option.text)), None
            )
            if value is None and any(_rule("below").fullmatch(option) for option in field.ticked):
                value = False  # 规上企业□ 规下企业☑
        elif below := [option for option in field.options if _rule("below").fullmatch(option.text)]:
            value = False if any(option.ticked for option in below) and len(field.ticked) == 1 else None
        elif field.value.startswith(("规模以上", "规上")) and not field.options and _is_size_label(field.label):
            value = _answer(field.value)
        else:
            continue
        match_ = None if value is None else Match(ABOVE, value, {}, field_status(field, parties, _rule("foreign")), value_place(field))
        found.append((match_, _extent(field)))
    return found


def _asking(doc: Doc, asks: Callable[[str], bool]) -> Iterator[FormField]:
    """The fields whose label asks for something, and all with boxes, whose words may."""
    labelled = labelled_of(doc)
    return (labelled.fields[number] for number in sorted({*labelled.numbers(asks), *labelled.boxed}))


def _is_above_label(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and _asks_above(label)


@lru_cache(maxsize=4096)
def _asks_above(label: str) -> bool:
    return _rule("above_labels").search(label) is not None


def _answer(answer: str) -> bool | None:
    plain = re.sub(r"\s", "", answer)
    if re.match(alternatives(words("scale", "denying")), plain):
        return False
    return True if re.match(alternatives(words("scale", "affirming")), plain) or _rule("above").match(plain) else None


def _above_sentences(doc: Doc, parties: Parties, mentions: Sequence[tuple[re.Match[str], bool]]) -> Iterator[Match]:
    text = doc.text
    for found, sense in mentions:
        value = _above_stated(text, found, sense)
        if value is None:
            continue
        said = reading(doc, parties, *found.span())
        mark = marked(text, found.end())
        status = settled(said, mark)
        if status is Status.ASSERTED and _is_former(text, found):
            status = Status.SUPERSEDED
        status = _if_to_come(text, found, status)
        if status is Status.ASSERTED and _is_called(text, found):
            status = Status.QUOTED
        value = value if mark is None else value is mark
        yield Match(ABOVE, value, {}, status, (Span(statement_at(text, found.start()).start, found.end()),), said.cues)
    yield from _members(doc, parties, mentions)
    yield from _by_verdict(doc, parties)
    for found in _found(text, "below_standard"):
        if not _rule("above").match(text, found.start() + 2):
            yield Match(ABOVE, False, {}, reading(doc, parties, *found.span()).status, (Span(*found.span()),))
    for found in _found(text, "gone"):
        clause = statement_at(text, found.start())
        if not re.search("未|没|不曾|并无", text[clause.start : found.start()]):
            yield Match(ABOVE, False, {}, reading(doc, parties, *found.span()).status, (Span(clause.start, found.end()),))
    for found in _found(text, "not_entered"):
        clause = statement_at(text, found.start())
        if not _rule("above").search(text[clause.start : clause.end]):
            yield Match(ABOVE, False, {}, reading(doc, parties, *found.span()).status, (Span(clause.start, found.end()),))
    for found in _found(text, "entered"):
        clause = statement_at(text, found.start())
        before = text[clause.start : found.start()]
        if (
            re.search(r"已|完成|实现|顺利|成功|重新|再次|再度|就|于(?:20)?\d+年|[\d年月]$|[“\"「]$", before)
            and not re.search("未|不", before)
            and not (_rule("under_way").search(text[clause.start : clause.end]) and "已" not in before)
            and not _rule("above").search(text[clause.start : clause.end])
        ):
            yield Match(ABOVE, True, {}, reading(doc, parties, *found.span()).status, (Span(clause.start, found.end()),))


def _by_verdict(doc: Doc, parties: Parties) -> Iterator[Match]:
    """申报条件：规模以上工业企业　自查：☑符合: the rule's words, and the verdict on them in the next field of the line."""
    labelled = labelled_of(doc)
    for number in labelled.numbers(_is_verdict):
        statement, verdict = labelled.fields[number - 1], labelled.fields[number]
        if not number or not _rule("above").fullmatch(statement.value.strip(" 。；")):
            continue
        answers = answers_of(verdict)
        if len(answers) != 1 or "\n" in doc.text[statement.value_span.end : verdict.label_span.start]:
            continue
        held = answers[0] in words("prompts", "fits")
        if held or answers[0] in words("prompts", "fits_not"):
            place = Span(statement.label_span.start, verdict.value_span.end)
            yield Match(ABOVE, held, {}, field_status(verdict, parties, _rule("foreign")), (place,))


@lru_cache(maxsize=4096)
def _is_verdict(label: str) -> bool:
    return one_of("prompts", "verdicts").fullmatch(label.strip()) is not None


def _members(doc: Doc, parties: Parties, mentions: Sequence[tuple[re.Match[str], bool]]) -> Iterator[Match]:
    """The applicant told to be one of a number of firms, or on a list: 园区规上工业企业63家，我公司亦在其列; …名单，我公司位列其中."""
    for found, sense in mentions:
        counted = _rule("counted").match(doc.text[found.end() : found.end() + 40])
        numbered = counted or _rule("counted_before").search(doc.text, max(0, found.start() - 20), found.start())
        numbered = numbered or _rule("on_a_list").match(doc.text[found.end() : found.end() + 40])
        member = numbered and _rule("member").match(doc.text, found.end() + (counted.end() if counted else 0))
        if not member:
            continue
        status = reading(doc, parties, *member.span("own"), about=member.end("subject")).status
        value = sense if member["denied"] is None else not sense
        leaves = _rule("leaving").search(doc.text, statement_at(doc.text, found.start()).start, found.start()) is not None
        if leaves and not value:
            continue  # 退出名单中没有我公司: that says nothing of whether it was on the register
        yield Match(ABOVE, value and not leaves, {}, status, (Span(*member.span("own")),))


def _above_stated(text: str, found: re.Match[str], sense: bool) -> bool | None:
    """What a clause says: the mention under a copula, denials counted; a number of firms, a demand or a mere attribute says nothing."""
    clause = statement_at(text, found.start())
    before, after = _rule("attribute").sub("", text[clause.start : found.start()]), text[found.end() : clause.end + 1]
    if after.lstrip(" 　")[:1] in ("：", ":"):
        return None  # 专精特新企业：是　规模以上工业企业：否: the next label
    if _is_served(before, after) or (not before.strip() and _rule("served_before").search(text, max(0, clause.start - 40), clause.start)):
        return None
    if _rule("counted").match(after) or _rule("demands").search(before) or _rule("defined").search(before):
        return None
    copula = re.search(rf"(?:{_rule('copula').pattern})[^，。；]{{0,60}}$", before)
    if _rule("not_yet_above").search(before) or (copula is None and _rule("of_anybody").match(after)):
        return None
    behind = _rule("of_the_list").match(after)
    entered = _rule("entered_behind").match(after)
    denied = [each for each in _rule("negators").finditer(before) if len(before) - each.end() <= 40]
    if copula is None and not denied and not entered and before.strip(" “") != "" and not _rule("one_of_many").search(before):
        return None
    if (
        copula is None
        and not denied
        and not entered
        and not re.search(r"(?:一家|的)$", before)
        and behind is not None
        and not re.match(r"[，。；、]|$|\s", after[behind.end() :])
    ):
        return None
    if _rule("others_of_area").search(before) and copula is None:
        return None
    left = bool(denied) and _rule("left_behind").match(after) is not None  # 从未由规上企业库移出
    value = sense if (len(denied) + left) % 2 == 0 else not sense
    if not sense and value and copula is None and not denied:
        return None
    return value


def _if_to_come(text: str, found: re.Match[str], status: Status) -> Status:
    """公司年底前成为规上企业: what the firm is to be by a time to come."""
    start = statement_at(text, found.start()).start
    return Status.PLANNED if status is Status.ASSERTED and _rule("to_come").search(text, start, found.start()) else status


def _is_called(text: str, found: re.Match[str]) -> bool:
    """虽有客户称我公司为“规上大厂”，实际上…: what others call the firm, against which its sentence turns."""
    sentence = sentence_at(text, found.start())
    called = _rule("called").search(text, statement_at(text, found.start()).start, found.start())
    return called is not None and _rule("against").search(text, found.end(), sentence.end) is not None


def _is_served(before: str, after: str) -> bool:
    """我公司为规上工业企业提供检测服务: whom the firm serves, not what it is."""
    return _rule("served").search(before) is not None and _rule("serving").match(after) is not None


def _left_again(text: str, each: Match, found: Sequence[Match]) -> bool:
    """2022年退出规上，2024年重新入库，现为规上企业: what a later clause of the sentence says of now takes the place of what was before."""
    place = each.spans[-1]
    sentence = sentence_at(text, place.start)
    return any(
        other.value is not each.value
        and other.status is Status.ASSERTED
        and place.end <= other.spans[-1].start < sentence.end
        and (
            re.search("现|目前|重新|再次|又", text[place.end : other.spans[-1].end]) or took_its_place(text, place.end, other.spans[-1].end)
        )
        for other in found
    )


def _is_former(text: str, found: re.Match[str]) -> bool:
    """A past state: its own clause says so, and a later one of the sentence, or 现, tells the present."""
    clause = statement_at(text, found.start())
    sentence = sentence_at(text, found.start())
    before = text[clause.start : found.start()]
    later = text[found.end() : sentence.end]
    if is_before(text, found.start()):
        return True
    opened = _UNTIL.match(text, sentence.start, found.start())
    if opened is not None and not _SINCE.search(text, opened.end(), found.start()):
        return True  # 2021年之前，公司营收未达标准，属规模以下工业企业
    if _rule("was_once").search(before) and not re.search("现|目前|至今|一直|仍", before):
        return True
    return (
        bool(_rule("former").search(before))
        and not re.search("现|目前|至今|一直", before)
        and bool(re.search("现|目前|已|后|20\\d\\d年|至今", later))
    )


# --- class of size -----------------------------------------------------------------------------------------------------


def _size_fields(doc: Doc, parties: Parties) -> list[tuple[Match | None, tuple[Span, ...]]]:
    found: list[tuple[Match | None, tuple[Span, ...]]] = []
    for field in _asking(doc, _is_size_label):
        named = _is_size_label(field.label)
        asked = [option.text for option in field.options] == [_YES] and _class_of(field.label) is not None  # 属中型企业请打√：☑
        if not named and not asked and (len(field.options) < 2 or sum(_class_of(option.text) is not None for option in field.options) < 2):
            continue
        answers = answers_of(field)
        value = _class_of(without_period(answers[0])) if len(answers) == 1 else None
        if asked:
            value = _class_of(field.label) if field.ticked else None
        if named and value is None and not field.options:
            continue
        match_ = None if value is None else Match(SIZE, value, {}, field_status(field, parties, _rule("foreign")), value_place(field))
        found.append((match_, _extent(field)))
    return found


@lru_cache(maxsize=4096)
def _is_size_label(label: str) -> bool:
    plain = re.sub(r"[（(][^（()）]*[）)]|[\s：:*＊]", "", plain_topic(label))
    return plain.removesuffix("代码") in words("scale", "size_labels")


@lru_cache(maxsize=1024)
def _class_of(answer: str) -> str | None:
    """The class that a short answer names: 中型, 中型企业, 中; none for 中小型, 小微企业."""
    plain = re.sub(r"[（(][^（()）]*[）)]|[\s。；;]", "", answer)
    plain = re.sub(r"(?:工业|制造业)?(?:企业|单位)$", "", re.sub("^(?:规模以上|规上)(?:的)?", "", plain))
    written = set(re.findall(r"(?<![中大])(?:大型|中型|小型|微型)", answer))
    if len(written) == 1 and re.fullmatch(r"[A-Za-z]{0,3}|[1-4]", plain):  # L（大型）, 2（中型）
        plain = written.pop()
    for value, names in table("scale", "classes").items():
        if plain in names:
            return value
    return None


def _size_sentences(doc: Doc, parties: Parties) -> Iterator[Match]:
    text = doc.text
    yield from _by_period(doc, parties)
    for found in _found(text, "size_opens"):
        if found.start() == sentence_at(text, found.start()).start and _rule("size_bound").search(found.group()) is None:
            place = Span(found.start(), found.end(1))
            yield Match(SIZE, _class_of(found.group(1)), {}, reading(doc, parties, *place).status, (place,))
    for found in _found(text, "size_of"):
        status = reading(doc, parties, *found.span()).status
        yield Match(SIZE, _class_of(found.group(1)), {}, status, (Span(*found.span()),))
    for found in _found(text, "size_corrected"):
        yield Match(SIZE, _class_of(found.group(1)), {}, Status.ASSERTED, (Span(*found.span()),))
    for found in _found(text, "size"):
        clause = statement_at(text, found.start())
        before = _rule("attribute").sub("", text[clause.start : found.start()])
        if text[found.start() - 1 : found.start()] in ("中", "大", "小", "特", "超") or re.match(
            r"[、和或及与](?:大|中|小|微)型", text[found.end() : found.end() + 3]
        ):
            continue
        copula = re.search(rf"(?:{_rule('size_copula').pattern})[^，。；]{{0,24}}$", before)
        sentence = sentence_at(text, found.start())
        if _rule("corrected").search(text[sentence.start : found.start()]) and (right := _class_of(found.group(1))):
            yield Match(SIZE, right, {}, Status.ASSERTED, (Span(clause.start, found.end()),))
            continue
        if copula is None and not before.strip() and re.match(r"[，。；、,;]|$", text[found.end() : found.end() + 1]):
            copula = re.search(rf"(?:{_rule('size_copula').pattern})[^，。；]{{0,24}}[，,]$", text[sentence.start : clause.start].rstrip())
        if _is_served(before, text[found.end() : clause.end + 1]):
            continue
        if copula is None or _rule("demands").search(before) or _rule("defined").search(before):
            continue
        if re.search(r"(?:大型|中型|小型|微型)(?:企业)?[、和或及与]$", before) or _rule("size_negators").search(before):
            continue
        value = _class_of(found.group(1))
        if value is None or re.match(r"的?(?:可能|情形|门槛|条件|数量|比例|占比)", text[found.end() : found.end() + 3]):
            continue
        status = reading(doc, parties, *found.span()).status
        turned = _rule("turned").search(text, found.end(), min(clause.end + 20, len(text)))
        former = _rule("former").search(before) and not re.search("现|目前", before)
        if status is Status.ASSERTED and (
            (turned and _rule("size").search(text, turned.end(), sentence_at(text, found.start()).end)) or former
        ):
            status = Status.SUPERSEDED
        status = _if_to_come(text, found, status)
        if status is Status.ASSERTED and _is_called(text, found):
            status = Status.QUOTED
        yield Match(SIZE, value, {}, status, (Span(clause.start, found.end()),))


def _by_period(doc: Doc, parties: Parties) -> Iterator[Match]:
    """The class of one period and of the next, under one label: 企业规模：上年度小型，本年度中型. The last is what holds."""
    for listed in _found(doc.text, "size_by_period"):
        told = list(_rule("size_of_period").finditer(doc.text, listed.start("told"), listed.end("told")))
        for place, entry in enumerate(told):
            status = reading(doc, parties, *entry.span()).status
            earlier = place < len(told) - 1
            if status in (Status.ASSERTED, Status.SUPERSEDED):  # 本年度：中型（以此为准）
                status = Status.SUPERSEDED if earlier else Status.ASSERTED
            yield Match(SIZE, _class_of(entry["class"]), {}, status, (Span(*entry.span()),))
