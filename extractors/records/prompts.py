"""What a form's field answers to its prompt: nothing of the kind, something, or left open.

A prompt may be a noun (近三年安全事故), a question (是否发生…) or a statement (近三年无…): 否 says the reverse to the last. A box beside a
rule's own words (符合 / 不符合) makes them the applicant's, or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from docproc.extract import FormField
from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.asked import Asked
from extractors.forms.heads import tells_change
from extractors.parties.rows import rows_of_others
from extractors.records.judged_rows import judged_rows
from extractors.words.lexicon import alternatives, find_cues, one_of, words
from extractors.words.nouns import Nouns, lines_with
from extractors.words.per_text import once_a_text
from extractors.words.short_replies import short_replies

_WORDS = "prompts"
_when = re.compile(
    r"(?:(?:最?近|过去|以往|前)?[一二两三四五六七八九十\d]{1,3}个?[年月](?:内|来|以来|间)?|(?:19|20)\d\d年(?:1[0-2]|0?[1-9])月(?:[0-3]?\d日)?(?:(?:发生|出现)[过了]?)?|(?:19|20)\d\d年度?(?:以来|起|至今|(?:发生|出现)[过了]?)?|报告期内?|历年"
    r"|(?:19|20)\d\d年?\s?[-—–~～至到]{1,2}\s?(?:19|20)\d\d年度?(?:间|期间|内)?)"
    r"[，,：: ]?(?:累计|合计|共计|均|都|共|为)?(?=\S)"
)
_aimed = re.compile(  # 目标0起，实际1起: what was aimed at is no answer
    r"(?:(?:年度|全年|控制|考核|管控)*(?:目标|指标|计划|控制数|上限)(?:值|数)?[为是：: ]?[^，。；,]{1,8}[，,；;/ ]\s?)?"
    r"(?:实际|实绩|完成|达成)(?:发生|完成|为|数|值|值为|数为|发生数)?[为是：: ]?(?=\S)"
)
# 目标, 2025年安全目标, 控制值: what a column or a group of rows is only meant to reach
_aim = re.compile(
    r"(?:目标|控制|考核|管控|计划|预期|预计|承诺|上限|指标)(?:值|数|指标|目标|要求|上限|线)?(?:[（(][^（()）]*[）)])?$|^(?:KPI|kpi)"
)
_aim_words = re.compile("目标|控制|考核|管控|计划|预期|预计|承诺|上限|KPI|kpi|年度?(?:安全|环保)?指标")
_work = re.compile("(?:控制|考核|管控)$")
_tells_past = re.compile("未(?!来)|没|从无|并无|均无|发生过|发生了")
_of_something_else = re.compile("措施|预案|演练|风险|隐患|应急|培训|设备|责任人|责任部门|原因|整改|对策|频次|依据")  # 事故类型 | 防范措施
_reached = re.compile(r"近[一二三四五两\d]个?年|最近|过去|历年|实际|实绩|完成|达成|实现|结果|执行|统计")
_how_to_fill = re.compile(r"[（(][^（()）]*?(?:填|选|勾|打|写)[^（()）]*[）)]")  # （未发生的填“无”）
_figure = re.compile(
    r"(?:共计|总计|合计|共有|累计|共|计)?\s*(?P<number>\d{1,4}|[零〇一二两三四五六七八九十]{1,3})\s*(?P<unit>起|宗|次|件|条|例|项|家|人次)?"
)
# 近3年（ 0 ）起: the brackets are where the figure goes, and so they hold the answer
_IN_BRACKETS = re.compile(
    r"(?:共计|总计|合计|共有|累计|共|计|发生|有)?\s*[（(【\[〔]\s*(?P<answer>\d{1,4}|[零〇一二两三四五六七八九十]{1,3}|无|没有|否|未发生)\s*[）)】\]〕]\s*"
    r"(?P<unit>起|宗|次|件|条|例|项|人次)?(?=$|[，,、；;。 　（(])"
)


_whether_it_holds = re.compile(r"(?:属实|真实|准确|如此|符合|满足|达标|成立|一致|无误)(?:[？?。]|$)")


class Verdict(StrEnum):
    """What the answer comes to."""

    NONE = "none"
    SOME = "some"
    OPEN = "open"  # an unfilled prompt, or one answered both ways


@dataclass(frozen=True, slots=True)
class Reply:
    """A prompt with its answer. `note` is what the answer adds behind it: 无（近三年没有发生过…）."""

    verdict: Verdict
    prompt: Span
    value: Span
    note: Span
    negative: bool  # the prompt is itself a denial
    count: int | None
    field: FormField

    @property
    def whole(self) -> Span:
        return Span(min(self.prompt.start, self.value.start), max(self.prompt.end, self.value.end))

    def covers(self, position: int) -> bool:
        return any(span.start <= position < span.end for span in (self.prompt, self.value))


def replies(text: str, asked: Asked, nouns: Nouns, topic: Callable[[str], bool] | None = None) -> list[Reply]:
    """The answers to prompts about something, in order; a field whose value is running text is no answer.

    `nouns`: the words for what a family looks for. `topic`: labels that are about it where the heading is (安全：无 under 事故情况).
    """
    fields = asked.fields
    found, rows = _from_rows(text, fields, nouns)
    about = asked.around(nouns.places) | set(asked.below(topic, nouns.named))
    for number in sorted(about | asked.verdicts):
        field = fields[number]
        if _stands_in(field, rows):
            continue
        if is_aimed(field) or (field.column and (_of_something_else.search(field.column) or tells_change(field.column))):
            found.append(Reply(Verdict.OPEN, asked.prompt(number), field.value_span, field.value_span, False, None, field))
            continue
        reply = None
        if number in about:
            reply = _reply(text, field, asked.prompt(number))
        elif (previous := _before(fields, number, rows)) is not None and _judges(text, previous, field):
            reply = _reply(text, field, previous.value_span) if nouns.within(*previous.value_span) else None
        if reply is not None:
            found.append(reply)
    return sorted(found, key=lambda reply: reply.prompt)


def is_aimed(field: FormField) -> bool:
    """Whether a figure is a target: its column is called 目标值, or no column says and its group or heading does (2025年安全目标)."""
    return is_aim(field.column) if field.column else is_aim(field.group or field.heading)


@lru_cache(maxsize=4096)
def is_aim(head: str) -> bool:
    """Whether a head or a label names what is aimed at: 目标值, 2025年安全目标."""
    head = head.strip()
    return bool(head and _aim.search(head) and _aim_words.search(head) and not _reached.search(head))


def aimed_at(fields: Iterable[FormField]) -> list[Span]:
    """What stands behind labels that name an aim (安全目标：…). 质量管控：没有发生过… tells of a work that is done, not of its aim."""
    return [
        field.value_span for field in fields if not field.column and not (_work.search(field.label) and _tells_past.search(field.value))
    ]


def _stands_in(field: FormField, rows: Sequence[Span]) -> bool:
    return any(row.start <= field.value_span.start <= row.end for row in rows)


def _before(fields: Sequence[FormField], number: int, rows: Sequence[Span]) -> FormField | None:
    """The field before one, outside the rows that have been read."""
    return next((fields[earlier] for earlier in range(number - 1, -1, -1) if not _stands_in(fields[earlier], rows)), None)


def unanswered(text: str) -> list[Span]:
    """Rows of a table whose verdict (是否符合, 自查结论) is empty, lines whose boxes are all empty: nobody's statement; others' rows."""
    return list(_unanswered(text))


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def _unanswered(text: str) -> tuple[Span, ...]:
    found = [row.span for row in judged_rows(text) if text[row.verdict.start : row.verdict.end].strip() in words(_WORDS, "blank")]
    found += rows_of_others(text)
    for line in lines_with(_empty_box, text):
        written = _how_to_fill.sub("", text[slice(*line)])  # （请打√）：□
        empty = _open_box.search(written) is not None or len(_empty_choice.findall(text, *line)) >= 2
        if empty and not one_of("context", "ticked_boxes").search(written):
            found.append(line)
    return tuple(found)


_words = "(?:是|否|有|无|符合|不符合)"
_box = r"(?:[□☐○〇]|（\s*）|\(\s*\))"
_empty_box = re.compile(r"[□☐○〇（(](?:(?<=[□☐○〇])|\s*[）)])")
_open_box = re.compile(r"[：:）)。 　\t][ 　]*[□☐][ 　]*$")  # 近三年未发生…（请打√）：□
_empty_choice = re.compile(rf"{_words}\s*{_box}|{_box}\s*{_words}")


def _from_rows(text: str, fields: Sequence[FormField], nouns: Nouns) -> tuple[list[Reply], list[Span]]:
    """The verdicts of judged rows, and the rows read so."""
    found: list[Reply] = []
    rows: list[Span] = []
    for row in judged_rows(text):
        statement = next((cell for cell in row.cells if cell.start < row.verdict.start and nouns.within(*cell)), None)
        if statement is None:
            continue
        inside = (field for field in fields if row.verdict.start <= field.value_span.start and field.value_span.end <= row.verdict.end)
        boxed = next((field for field in inside if field.options), None)
        value = text[row.verdict.start : row.verdict.end].strip()
        field = FormField(text[statement.start : statement.end], value, statement, row.verdict, boxed.options if boxed else ())
        reply = _reply(text, field, statement)
        if reply is not None:
            found.append(replace(reply, note=Span(row.verdict.end, row.span.end)))
            rows.append(row.span)
    return found, rows


def _judges(text: str, statement: FormField, verdict: FormField) -> bool:
    """Whether a verdict stands behind a statement, on its line or right below it."""
    first, last = sorted((statement.value_span.end, verdict.label_span.start))
    return text[first:last].count("\n") <= 1


def _reply(text: str, field: FormField, prompt: Span) -> Reply | None:
    negative = is_negative(text[prompt.start : prompt.end])
    value, note, count = field.value.strip(), Span(field.value_span.end, field.value_span.end), None
    if field.options:
        ticked = field.ticked
        answer = _word(ticked[0])[0] if len(ticked) == 1 else "open"
        figure = _figure.match(ticked[0]) if answer is None else None
        if figure is not None and figure["unit"]:  # A．0次　☑B．1次
            number = parse_number(figure["number"])
            answer = None if number is None else "denies" if number == 0 else "agrees"
            count = int(number) if number and figure.end() == len(ticked[0]) else None
        note = Span(field.value_span.start, _line_end(text, field.value_span.end))
        if answer is None:
            return None
    else:
        value = _without_brackets(value)
        answer, length = _word(value)
        when = (_when.match(value) or _aimed.match(value)) if answer is None else None
        if when is not None:  # 近三年无, 近五年0起
            reply = _reply(text, field._replace(value=value[when.end() :]), prompt)
            return None if reply is None else replace(reply, note=field.value_span, field=field)
        if answer is None:
            figure = _figure.fullmatch(value) or _figure.match(value)
            if figure is None or not (figure.end() == len(value) or figure["unit"] or value[figure.end()] in "（(，,；;。 "):
                return None
            number = parse_number(figure["number"])
            if number is None or (figure["unit"] == "项" and number > 0):
                return None
            answer, length, count = ("denies" if number == 0 else "agrees"), figure.end(), int(number)
        at = text.find(value, field.value_span.start, field.value_span.end) if value else field.value_span.start
        at = field.value_span.start if at < 0 else at
        note = Span(at + length, max(field.value_span.end, at + length))
    return Reply(_verdict(answer, negative), prompt, field.value_span, note, negative, count, field)


def _without_brackets(value: str) -> str:
    """An answer without the brackets in which a form has it filled in: （ 0 ）起 is 0起; an item's number, （1）, has no unit."""
    boxed = _IN_BRACKETS.match(value)
    if boxed is None or not (boxed["unit"] or not boxed["answer"].isdigit()):
        return value
    return f"{boxed['answer']}{boxed['unit'] or ''}{value[boxed.end() :]}"


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    tab = text.find("\t", position)
    ends = [place for place in (end, tab) if place >= 0]
    return min(ends) if ends else len(text)


def is_negative(prompt: str) -> bool:
    """近三年无…事故, 未列入…名单: a prompt that denies. A question (有无, 是否) denies only where it asks for a denial (是否无…).

    A question behind the statement asks whether it holds: 近三年未发生…，是否属实.
    """
    prompt = _how_to_fill.sub("", prompt)
    asked = one_of(_WORDS, "question").search(prompt)
    start = asked.end() if asked and not _whether_it_holds.match(prompt, asked.end()) else 0
    return any(begin >= start for begin, _ in find_cues(prompt, "context", "negation"))


def _verdict(answer: str, negative: bool) -> Verdict:
    if answer == "open":
        return Verdict.OPEN
    if answer == "fits":
        return Verdict.NONE
    if answer == "fits_not":
        return Verdict.SOME
    if answer == "denies":  # 无, 未发生 beside 近三年无…: agrees with the denial
        return Verdict.NONE
    return Verdict.NONE if (answer == "agrees") is negative else Verdict.SOME


@cache
def _answers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    ends = r"(?=$|[\s（(，,。；;、！!：:]|[0-9一二两三四五六七八九十](?:起|次|宗|件|条))"
    keys = ("fits_not", "fits", "refuses", "denies", "agrees")
    return tuple((key, re.compile(rf"(?:{short_replies(key)}){ends}")) for key in keys)


def is_answer(words_: str) -> bool:
    """Whether some words answer yes or no, or that something fits."""
    return _word(words_)[0] is not None


def _word(value: str) -> tuple[str | None, int]:
    """The kind of answer that a value begins with, and its length; (None, 0) where it is running text."""
    plain = value.strip()
    if plain in words(_WORDS, "blank") or not plain.strip("_＿ 　"):
        return "open", len(plain)
    for key, pattern in _answers():
        match = pattern.match(plain)
        if match:
            return key, match.end()
    return ("denies", 0) if _short_denial().fullmatch(plain) else (None, 0)


_whom = r"(?:该|本|我|贵|此)(?:企业|公司|单位|主体|户)|我司|[一-龥（）()]{2,30}?(?:公司|集团|厂)"
_of_whom = (
    rf"(?:到)?(?:[“‘「]?(?:{_whom})[”’」]?的?)?(?:相关的?|有关的?|不良|失信|列入|处罚|违法)?"
    "(?:信息|记录|情况|数据|名单|结果|内容|条目)?"
)


@cache
def _short_denial() -> re.Pattern[str]:
    """近三年内未发生。: a denial without its object, which the prompt names; all of it is a note on the time."""
    denials = [word for word in words(_WORDS, "denies") if len(word) > 1]
    return re.compile(rf"[一-龥0-9]{{0,14}}?[，]?(?:均|都|亦|也|皆)?(?:{alternatives(denials)}){_of_whom}[。.]?")
