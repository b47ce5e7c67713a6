"""factory.in_operation: whether the factory is completed and in normal use; false with its state where it is 在建 or 试运行.

Only a factory, a plant or its lines count as what runs, not a system or an office building. Completion alone, an acceptance alone and a
plan are no operation.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.assertion.standing import answers_of, field_status, marked, parties_of, reading, settled, value_place
from extractors.components import adds_claims
from extractors.labelled import labelled_of
from extractors.parties.clauses import clauses, sentence_at
from extractors.parties.subjects import Parties
from extractors.past_states import is_before, took_its_place
from extractors.records.prompts import unanswered
from extractors.stops import is_over, latest_in_line, of_the_firm, stop_in
from extractors.words.anchored import Anchored, anchored
from extractors.words.lexicon import alternatives, rules, table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "factory.in_operation"
LONGEST_LABEL = 40
SUBJECT_REACH = 60  # code points before a sentence without a subject in which one may stand
_COMMAS = re.compile(r"([，,、])")
_NUMBERED = re.compile(r"(?<!\d)(?:\d|[A-D])[.．、)）]\s?(?=[\u4e00-\u9fff])")
_GAP = re.compile(r"\n(?<=[\u4e00-\u9fff]\n)(?=[\u4e00-\u9fff][^\n\t：:]*$)", re.MULTILINE)
_HAN = re.compile("[\u4e00-\u9fff]")
_ENUMERATED = re.compile(r"[一二三四五六七八九十\d]{1,3}[、.．]")
_rule = rules("operation")


@dataclass(frozen=True, slots=True)
class _State:
    """A state that a clause tells: running, construction, trial, stopped, or idle (not in use, for another reason)."""

    state: str
    span: Span

    @property
    def value(self) -> bool:
        return self.state == "running"

    @property
    def qualifiers(self) -> dict[str, str]:
        return {"state": self.state} if self.state in ("construction", "trial") else {}


_TOLD = re.compile("[，,：:\\d一二三四五六七八九十]")


def match(doc: Doc) -> list[Match]:
    """All statements of whether the factory is in operation, by place."""
    parties = parties_of(doc)
    found: list[Match] = []
    covered: list[Span] = []
    for field in labelled_of(doc).under(_asks_or_tells):
        state = _state_of_field(field) if _asks(field.label) else _state_judged(field)
        if state is None and not field.options and (field.value or field.column):
            continue
        covered.append(Span(field.label_span.start, max(field.value_span.end, field.label_span.end)))
        if state is not None:
            where = _State(state, field.value_span)
            found.append(Match(NAME, where.value, where.qualifiers, field_status(field, parties, _rule("foreign")), value_place(field)))
    told = [*_sentences(doc, parties), *_over_lines(doc, parties)]
    covered += _unticked(doc) if told else []
    for each in told:
        if not any(span.start <= place.start < span.end for place in each.spans for span in covered):
            found.append(each)
    return latest_in_line(doc.text, _trial_first(doc.text, found))


component = adds_claims(match)


@cache
def _any_state() -> Anchored:
    return anchored("|".join(f"(?:{_rule(key).pattern})" for key in ("running", "construction", "trial", "stopped")))


def _asks(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and _rule("labels").search(label) is not None


def _unticked(doc: Doc) -> list[Span]:
    """Lines whose boxes are all empty, unless the boxes have a prompt of their own (附件齐全：□是 □否)."""
    prompts = [field.label_span.start for field in doc._.fields if field.options and _HAN.search(field.label)]
    return [line for line in unanswered(doc.text) if not any(line.start <= prompt < line.end for prompt in prompts)]


@lru_cache(maxsize=4096)
def _asks_or_tells(label: str) -> bool:
    """Whether a label asks how far the factory is, or states it itself, for boxes to judge."""
    return len(label) <= LONGEST_LABEL and (_rule("labels").search(label) is not None or _told_by(label) is not None)


def _told_by(label: str) -> _State | None:
    state = _state_of(label, 0)
    return state if state is not None and _is_factory(label[: state.span.start], False) else None


@cache
def _denied_other() -> re.Pattern[str]:
    """不属于在建, 没有试运行: a state that is denied."""
    other = f"{_rule('construction').pattern}|{_rule('trial').pattern}"
    return re.compile(rf"(?:不属于|不是|并非|非|没有|不存在|不处于|无)[^，。；]{{0,10}}(?:{other})")


# --- a trial that runs steadily ------------------------------------------------------------------------------------------


def _trial_first(text: str, found: list[Match]) -> list[Match]:
    """Without what only runs steadily where a trial holds: lines run steadily in a trial as well, only 正式投产 or the like ends it."""
    now = [each for each in found if each.status is Status.ASSERTED]
    trials = [each.spans[0].start for each in now if each.qualifiers.get("state") == "trial"]
    if not trials or any(each.spans[0].start > trials[-1] and not _is_steady(text, each) for each in now if each.value):
        return found
    return [each for each in found if not (each.status is Status.ASSERTED and each.value and _is_steady(text, each))]


def _is_steady(text: str, said: Match) -> bool:
    """Whether a statement tells only that something runs well (运行稳定), not that it was put into operation."""
    words_ = "".join(text[span.start : span.end] for span in said.spans)
    return _runs_only_well(words_) and _state_of(words_, 0) is not None


def _runs_only_well(clause: str) -> bool:
    return all(_rule("steady").fullmatch(each.group()) for each in _rule("running").finditer(clause))


def _systems_only(text: str, clause: Span, state: _State) -> bool:
    """Whether systems named together with lines run well (系统和产线运行稳定), and nothing before on the line was completed."""
    if not state.value or not _runs_only_well(text[clause.start : state.span.end]):
        return False
    if not _rule("systems_and_lines").search(text[clause.start : state.span.start]):
        return False
    return not _rule("completed").search(text[text.rfind("\n", 0, clause.start) + 1 : clause.start])


# --- fields ------------------------------------------------------------------------------------------------------------


def _state_of_field(field: FormField) -> str | None:
    answers = answers_of(field)
    if len(answers) != 1 or len(_NUMBERED.findall(answers[0])) > 1:
        return None  # 1.在建 2.试运行 3.已投产: choices, no answer
    answer = re.sub(r"[（(][^（()）]*[）)]|[\s。]", "", answers[0])
    for named, names in table("operation", "states").items():
        if answer in names:
            return named
    asked = "是否" in field.label or re.search("已建成|投入", field.label)
    if asked and re.fullmatch(alternatives(words("operation", "denying")), answer):
        return "trial" if _rule("trial").search(field.value + answers[0]) else "idle"
    if asked and re.fullmatch(alternatives(words("operation", "affirming")), answer):
        return "running"
    told: list[str] = []
    for clause in re.split(r"[，,；;。]", answer):
        state = _state_of(clause, 0)
        if state is None or _rule("planned").search(clause) or ("trial" in told[-1:] and state.value and _runs_only_well(clause)):
            continue
        told.append(state.state)
    return told[-1] if told else None


def _state_judged(field: FormField) -> str | None:
    """工厂已建成并投入正常使用 | ☑符合 □不符合: the state that a label states, where a box agrees; of an unticked one nothing."""
    told = _told_by(field.label)
    if told is None or len(field.ticked) != 1:
        return None
    if re.fullmatch(alternatives(words("prompts", "fits")), field.ticked[0]) or field.ticked[0] == "是":
        return told.state
    refused = re.fullmatch(alternatives(words("prompts", "fits_not")), field.ticked[0]) or field.ticked[0] == "否"
    return "idle" if refused and told.value else None


# --- sentences ---------------------------------------------------------------------------------------------------------


def _sentences(doc: Doc, parties: Parties) -> Iterator[Match]:
    """Sentence by sentence: the last state that is told of the factory as it is now."""
    text = doc.text
    reached = -1
    for state in _any_state().finditer(text):
        if state.start() < reached:
            continue
        sentence = sentence_at(text, state.start())
        reached = sentence.end
        yield from _in_sentence(doc, parties, sentence)


def _over_lines(doc: Doc, parties: Parties) -> Iterator[Match]:
    """States whose words a line break cuts in two (工厂已建 / 成并投入使用), as narrow columns leave them."""
    text = doc.text
    for lines in _runs_of_prose(text):
        flat = text[lines.start : lines.end].replace("\n", "")
        if _any_state().search(flat) is None:
            continue
        kept = [place for place in range(*lines) if text[place] != "\n"]
        for sentence in re.finditer(r"[^。；;！？]+", flat):
            state = _last_state(sentence.group())
            if state is None or not _is_factory(sentence.group()[: state.span.start], False):
                continue
            first, last = kept[sentence.start() + state.span.start], kept[sentence.start() + state.span.end - 1]
            if "\n" not in text[first:last] or _rule("planned").search(sentence.group()) or _rule("demands").search(sentence.group()):
                continue
            said = reading(doc, parties, first, last + 1)
            yield Match(NAME, state.value, state.qualifiers, said.status, (Span(first, last + 1),), said.cues)


def _runs_of_prose(text: str) -> Iterator[Span]:
    """Neighbouring lines that may be one text that was broken: no label, no row, no number in front, no mark at the break."""
    start = end = -1
    for gap in _GAP.finditer(text):
        below = gap.end()
        last = text.find("\n", below)
        last = len(text) if last < 0 else last
        if _ENUMERATED.match(text, below, last):
            continue
        if end != below - 1:
            if start >= 0:
                yield Span(start, end)
            first = text.rfind("\n", 0, below - 1) + 1
            start = max(first, *(text.rfind(mark, first, below - 1) + 1 for mark in "\t：:"))  # behind a label
        end = last
    if start >= 0:
        yield Span(start, end)


def _last_state(sentence: str) -> _State | None:
    position, last = 0, None
    for clause in _COMMAS.split(sentence):
        last = _state_of(clause, position) or last
        position += len(clause)
    return last


def _in_sentence(doc: Doc, parties: Parties, sentence: Span) -> Iterator[Match]:
    text = doc.text
    carried = _opens_with_plant(text, sentence)  # whether the clause before leaves the factory as the subject
    told: list[Match] = []
    stopped = False  # whether the last state that was told is a stop
    for clause in clauses(text, sentence):
        state = _state_of(text[clause.start : clause.end], clause.start)
        if state is None and told and told[-1].status is Status.ASSERTED and stopped and is_over(text[clause.start : clause.end]):
            told[-1] = replace(told[-1], status=Status.SUPERSEDED)
        subject = _is_factory(text[clause.start : state.span.start if state else clause.end], carried) or _firm_stopped(text, clause, state)
        carried = subject if state is None else _is_factory(text[clause.start : clause.end], subject)
        if state is None or not subject or _systems_only(text, clause, state):
            continue
        if _rule("demands").search(text[clause.start : state.span.start]) or _of_another_plant(text, sentence, clause, state):
            continue
        if state.value and _rule("event").match(text[state.span.end : clause.end + 6]):
            continue
        if state.value and _rule("partly").search(text[clause.start : state.span.start]):
            continue
        said = reading(doc, parties, *state.span)
        status = settled(said, marked(text, state.span.end))
        earlier = all(cue.span.start < clause.start for cue in said.cues)
        if status is Status.PLANNED and earlier and re.search("已|目前|现", text[clause.start : state.span.start]):
            status = Status.ASSERTED  # 预计12月建成的智能工厂，已提前于10月正式投产
        planned = _rule("planned").search(text[clause.start : state.span.start]) is not None
        if status is Status.ASSERTED and (planned or _yet_to_come(text, clause, state, told)):
            status = Status.PLANNED
        if status is Status.ASSERTED and not state.value and (is_before(text, state.span.start) or _of_old_plant(text, sentence, state)):
            status = Status.SUPERSEDED
        mark = marked(text, state.span.end)
        value = state.value if mark is None else state.value is mark
        told.append(Match(NAME, value, state.qualifiers, status, (Span(clause.start, state.span.end),), said.cues))
        stopped = state.state == "stopped"
    now = _trial_first(text, [each for each in told if each.status is Status.ASSERTED])
    yield from (each for each in told if each.status is not Status.ASSERTED)
    if now:
        denials = [each for each in now if not each.value]
        known = [each for each in denials if each.qualifiers] or denials  # 处于调试阶段，未正式投产
        yield known[-1] if denials and not now[-1].value else now[-1]


def _yet_to_come(text: str, clause: Span, state: _State, told: Sequence[Match]) -> bool:
    """目前处于试生产阶段，2027年一季度正式投用: behind what is on trial now, a day is to come, unless it is said to have come."""
    if not state.value or not told or told[-1].qualifiers.get("state") not in ("trial", "construction"):
        return False
    if took_its_place(text, told[-1].spans[-1].end, state.span.end):
        return _rule("horizon").search(text, clause.start, state.span.start) is not None
    before = text[clause.start : state.span.start]
    now = _rule("now").search(text, told[-1].spans[0].start, told[-1].spans[-1].end) is not None
    return now and _rule("come").search(before) is None and re.search(r"\d", before) is not None


def _firm_stopped(text: str, clause: Span, state: _State | None) -> bool:
    if state is None or state.state != "stopped":
        return False
    return of_the_firm(text[clause.start : clause.end], Span(state.span.start - clause.start, state.span.end - clause.start))


def _opens_with_plant(text: str, sentence: Span) -> bool:
    """Whether a sentence without a subject tells a plant's own steps, and what stands before it is about no system.

    A line of such words alone (（八）建成投用情况) is a heading and tells nothing.
    """
    if _is_heading(text, sentence):
        return False
    if _rule("built").match(text, sentence.start):
        return True
    before = text[max(0, sentence.start - SUBJECT_REACH) : sentence.start]
    return _rule("begun").match(text, sentence.start) is not None and _rule("not_subjects").search(before) is None


def _is_heading(text: str, sentence: Span) -> bool:
    """Whether a sentence has neither a mark at its end nor a clause or a figure in it."""
    return text[sentence.end : sentence.end + 1] not in tuple("。；！？") and _TOLD.search(text, *sentence) is None


def _of_another_plant(text: str, sentence: Span, clause: Span, state: _State) -> bool:
    """海外工厂已投产; 为客户建造的工厂已投入使用; …，不在本次申报范围: a plant that is not the one applied for."""
    if _rule("not_applied_for").search(text, state.span.end, sentence.end):
        return True
    named = _rule("subjects").search(text, clause.start, state.span.start)
    return _rule("elsewhere").search(text, clause.start if named else sentence.start, state.span.start) is not None


def _of_old_plant(text: str, sentence: Span, state: _State) -> bool:
    """老厂已于2022年关停，现生产地址为…: what became of the plant that the firm left says nothing of the one where it is now."""
    if state.state not in ("stopped", "idle"):
        return False
    old = next(reversed(list(_rule("old_plants").finditer(text, sentence.start, state.span.start))), None)
    if old is None or _rule("being").search(text, sentence.start, old.start()):
        return False
    return _rule("subjects").search(text, old.end(), state.span.start) is None


def _is_factory(words_: str, before: bool) -> bool:
    """Whether words are about the factory: the last thing named in them decides, else what the words before were about. What is named
    together with the factory (工厂主体及信息系统) does not take its place."""
    words_ = _rule("later_phase").sub("二期", words_)
    mine, others = _last(_rule("subjects"), words_), _last(_rule("not_subjects"), words_)
    if mine < 0 and others < 0:
        return before
    return mine > others or (mine >= 0 and _rule("together").search(words_, mine, others + 1) is not None)


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = deque(pattern.finditer(text), maxlen=1)
    return last[0].start() if last else -1


def _state_of(clause: str, offset: int) -> _State | None:
    """The state that one clause tells; None where it tells none (a trial that is over, 在建工程 of a balance sheet, a denied trial)."""
    if _any_state().search(clause) is None:
        return None
    running = list(_rule("running").finditer(clause))
    over = _rule("trial_over").search(clause)
    if not _denied_other().search(clause):
        trial = _held(clause, "trial")
        if trial and not over:
            return _State("trial", Span(offset + trial.start(), offset + trial.end()))
        building = _held(clause, "construction")
        if building and not (running and running[-1].start() > building.end() and not _rule("not_yet").search(clause)):
            return _State("construction", Span(offset + building.start(), offset + building.end()))
    stopped = stop_in(clause)
    if stopped is not None:
        return _State("stopped", Span(offset + stopped.start, offset + stopped.end))
    for found in running:
        denied = [each for each in _rule("not_yet").finditer(clause[: found.start() + 1]) if found.start() - each.end() <= 12]
        if denied:
            return _State("idle", Span(offset + denied[-1].start(), offset + found.end()))
    if running:
        return _State("running", Span(offset + running[-1].start(), offset + running[-1].end()))
    return None


def _held(clause: str, key: str) -> re.Match[str] | None:
    """The first word for a state in a clause that tells the state; a period's name (项目建设期24个月) tells none by itself."""
    for found in _rule(key).finditer(clause):
        named = next((each for each in _rule("period").finditer(clause) if each.start() < found.end() <= each.end()), None)
        if named is None or _is_in(clause, named):
            return found
    return None


def _is_in(clause: str, period: re.Match[str]) -> bool:
    """Whether a clause says that something is in a period: 处于建设期, 目前在设备安装阶段; or names nothing else: 施工阶段."""
    if not clause[: period.start()].strip() and not clause[period.end() :].strip():
        return True
    if _rule("period_ends").match(clause, period.end()) is None:
        return False
    before = clause[: period.start()]
    if _rule("in_period").search(before):
        return True
    return _rule("within_period").search(before) is not None and not clause[period.end() :].strip("内中 ")
