"""A question with its answer, as minutes and interviews write them: what is asked becomes the label, what is answered the value.

问：贵公司智能制造能力成熟度是几级？答：二级          核查组：近三年是否发生过安全事故？
                                                      企业：没有。
An answer without its own label is one where it is short beyond doubt: 贵公司有多少员工？320人。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from docproc.extract import FormField
from docproc.model import Span
from extractors.forms.below import is_short_answer
from extractors.forms.cells import reads_like_label
from extractors.forms.pieces import BLANKS, KEPT, Piece, label_parts, piece, value_of
from extractors.words.anchors import compiled
from extractors.words.lexicon import vocabulary, words

LONGEST_QUESTION = 70
_MARK = re.compile("[？?]")
_SPEAKER = r"[^\s：:，,。；;？?（()）\d]{0,10}?\d{0,2}(?:[（(][^（()）]{1,10}[）)])?"
_ASKER = compiled(
    rf"(?:[（(]?\d{{1,2}}(?!\d)[）)、.．]?[ 　]*)?(?:{_SPEAKER}[：:]|(?:Q|q|问)[ ]?\d{{0,2}}[ 　.．、]+)?[ 　]*(?P<asked>[^：:\n]+)"
)
_ANSWERER = compiled(
    rf"[ 　]*(?:(?:{'|'.join(words('fields', 'answerers'))})[ 　]*[：:]|(?:A|a|答)[ ]?\d{{0,2}}[ 　.．、]+)[ 　]*(?P<answer>\S.*)"
)
# one of several questions on a line with its answer
_TURN = compiled(rf"[ 　]*(?P<asked>[^？?。；：:]{{2,{LONGEST_QUESTION}}})[？?][ 　]*(?P<answer>[^？?。；]{{1,40}})(?:[。；]|$)")
_OPENS = re.compile(rf"(?:{'|'.join(words('fields', 'askers'))})[ 　]*[：:]")
_ADDRESS = re.compile(vocabulary("fields")["addressed"])
# a question for a grade, whose answer may tell more than the grade
_ASKS_GRADE = re.compile("(?:几|哪一?个?|什么|何)(?:等?级|等级|级别|层级)(?:的[\u4e00-\u9fff]{2,4})?[了呢的]*[？?]?$")
_TAIL = re.compile(rf"(?:{vocabulary('fields')['question_tails']})[ 　]*$")
_IN_BRACKETS = re.compile(r"[ 　]*[（(【\[][ 　]*(?P<answer>[^（()）【】\[\]\s]{1,12})[ 　]*[）)】\]][ 　。；;]*")  # 是否发生事故？（否）
_OR_NOT = re.compile(r"(?<=..)没有[吗么呢]?[？? 　]*$")
_WHETHER = re.compile(r"是否|有无|是不是|有没有|能否|可否")
_RUNS_ON = re.compile(r"[，,；;。](?!\d{3})")
_FILLER = re.compile(vocabulary("fields")["answer_openings"])
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度|末|底)?")


@lru_cache(maxsize=KEPT)
def may_ask(line: str) -> bool:
    """Whether a line holds a question's mark or the word of one who asks."""
    return _MARK.search(line) is not None or _OPENS.match(line) is not None


def question_field(text: str, lines: Sequence[Piece], position: int) -> tuple[FormField, int] | None:
    """The field of a question that begins on this line, and the lines it takes; None where none is asked and answered here."""
    line = lines[position]
    mark = _MARK.search(line.text)
    if (mark is None and _OPENS.match(line.text) is None) or "\t" in line.text:
        return None
    end = _question_end(line, mark)
    if end is None:
        return None
    start = line.start
    asked = _ASKER.fullmatch(line.text, 0, end)
    if asked is None or len(asked["asked"]) > LONGEST_QUESTION or "。" in asked["asked"]:
        return None
    answering = line
    answer = _answer(line, end + (mark is not None))
    if answer is None:
        if line.text[end + 1 :].strip() or position + 1 >= len(lines):
            return None
        answering = lines[position + 1]
        answer = _answer(answering, 0)
    if answer is None:
        return None
    question = piece(text, start + asked.start("asked"), start + end)
    place = answering.start
    field = _field(text, question, piece(text, place + answer.start, place + answer.end))
    return None if field is None else (field, 1 + (answering is not line))


def questions_of_line(text: str, line: Piece) -> list[FormField]:
    """The fields of a line that asks and answers several questions: 贵单位是否具备独立法人资格？答：具备。是否属规上？答：属于。"""
    if "\t" in line.text or len(_MARK.findall(line.text)) < 2:
        return []
    found: list[FormField] = []
    place = 0
    while place < len(line.text):
        turn = _TURN.match(line.text, place)
        answer = _answer(Piece(turn["answer"], 0, len(turn["answer"])), 0) if turn else None
        if turn is None or answer is None:
            return []
        begin = line.start + turn.start("answer")
        question = piece(text, line.start + turn.start("asked"), line.start + turn.end("asked"))
        field = _field(text, question, piece(text, begin + answer.start, begin + answer.end))
        found += [field] if field is not None else []
        place = turn.end()
    return found


def _answer(line: Piece, start: int) -> Span | None:
    """Where the answer stands in a line behind the question: what its label introduces, or all of the rest."""
    if "\t" in line.text:
        return None
    found = _ANSWERER.fullmatch(line.text, start)
    if found is not None:
        return None if _MARK.search(found["answer"]) else Span(*found.span("answer"))
    bracketed = _IN_BRACKETS.fullmatch(line.text, start)
    if bracketed is not None and is_short_answer(bracketed["answer"]):
        return Span(*bracketed.span("answer"))
    rest = line.text[start:].strip()
    return Span(start, len(line.text)) if is_short_answer(rest.rstrip("。")) else None


def _question_end(line: Piece, mark: re.Match[str] | None) -> int | None:
    """Where the question ends: at its mark, or before the answer's label, or with the line."""
    if mark is not None:
        return mark.start()
    inline = re.search(r"[。；;，, 　](?=答[：:])", line.text)
    return inline.start() if inline else len(line.text.rstrip("。；;"))


def _field(text: str, question: Piece, answer: Piece) -> FormField | None:
    """The field, unless the answer to 多少 or 哪里 is a statement that says itself what it is about: it is read as prose."""
    value = answer
    if value.text.endswith("。") and value.text.count("。") == 1 and "，" not in value.text:
        value = piece(text, value.start, value.end - 1)
    field = as_answered(FormField(question.text, value_of(value.text), question.span, value.span))
    if _ASKS_GRADE.search(question.text) and field.label not in field.value:
        return field
    if _asked(question.text)[1] and (_RUNS_ON.search(field.value) or field.label in field.value):
        first = field.value[: found.start()] if (found := _RUNS_ON.search(field.value)) else ""
        if not is_short_answer(first):
            return None
        return field._replace(value=first, value_span=Span(field.value_span.start, field.value_span.start + len(first)))
    return field


def as_answered(field: FormField) -> FormField:
    """The field whose label is a question, with the label that a form would have for it."""
    label, measured = _asked(field.label.rstrip("？?" + BLANKS))
    filler = _FILLER.match(field.value) if measured else None
    words_, unit, _ = label_parts(label)
    start, end = field.label_span
    if (left := _OR_NOT.search(field.label)) is not None and end - start == len(field.label):
        field = field._replace(label_span=Span(start, start + left.start()))  # 出过事故没有: the question, and no denial
    start, end = field.value_span
    if filler is None or field.options or end - start != len(field.value):
        return field._replace(label=words_, unit=field.unit or unit)
    value, span = field.value[filler.end() :], Span(start + filler.end(), end)
    return field._replace(label=words_, unit=field.unit or unit, value=value, value_span=span)


@lru_cache(maxsize=KEPT)
def _asked(question: str) -> tuple[str, bool]:
    """What a question asks for as a form's label would say it, and whether it asks how much or which: 贵公司成熟度是几级 is 成熟度."""
    bare = _ADDRESS.sub("", question).strip(BLANKS + "，,").removeprefix("的")
    when = _YEAR.search(bare)
    for label, asking in _named():
        if asking.fullmatch(_YEAR.sub("", bare).strip("，,")):
            return (when.group() if when else "") + label, True
    tail = _TAIL.search(bare)
    if tail is None or tail.start() == 0:
        asserted = bare.rstrip("吗么呢").removesuffix("没有")
        return ("是否" if asserted != bare and _WHETHER.search(bare) is None else "") + asserted, False
    head, noun = bare[: tail.start()], (tail["noun"] or "")
    if noun and (noun in ("级别", "等级") or not reads_like_label(head)):
        head += noun
    return head, True


@lru_cache(maxsize=1)
def _named() -> Sequence[tuple[str, re.Pattern[str]]]:
    return [(label, re.compile(expression)) for label, expression in vocabulary("fields")["question_labels"].items()]
