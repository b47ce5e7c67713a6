"""A label with its value on the line below it, as forms copied cell by cell leave them.

工厂状态      职工人数          营业收入（百万元）
试运行        2024年末          2023⇥2024
              427人             318.5⇥342.7
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.extract import FormField
from extractors.forms.cells import NUMBER, PERIOD, is_period, reads_like_label
from extractors.forms.pieces import Piece, label_of, label_parts, piece, value_of
from extractors.forms.under_units import UNIT_LINE, under_unit
from extractors.forms.yearly import YEAR_LINE
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, patterns, table, words
from extractors.words.short_replies import short_replies

LONGEST_PROMPT = 36
_NO_PROMPT = re.compile(r"[。；;，,！：:]")
_YES_NO = short_replies("agrees", "denies", "fits", "fits_not")
# an answer that is all of its line: 生产安全事故 / 无
_ANSWER = compiled(rf"(?:{_YES_NO}|[0０]\s?[起次件宗]?|[1-9]\d?\s?[起宗](?:[（(][^（()）\n]{{1,40}}[）)])?)[。]?")
_CHOICE = compiled(
    rf"(?:{alternatives(words('fields', 'options'))}|规划级|规范级|集成级|优化级|引领级|[ⅠⅡⅢⅣⅤ1-5]级)(?:[（(][^（()）]{{1,12}}[）)])?"
)
_STATE = compiled(alternatives(name for names in table("operation", "states").values() for name in names))
_LABELS = frozenset(
    word
    for name, key in (
        ("identity", "name_labels"),
        ("identity", "representative_labels"),
        ("identity", "established_labels"),
        ("places", "registration_labels"),
        ("places", "factory_labels"),
        ("scale", "size_labels"),
    )
    for word in words(name, key)
    if len(word) >= 4
)
LONGEST_VALUE = 80
_REMARK = re.compile(r"[（(][\u4e00-\u9fff]{2,10}[）)]")
_FIGURE = re.compile(r"[约近超]?\d[\d,，.]*\s?(?:[百千]?万|亿|千)?(?:元|人|名|余人|分)")
_SCORE = re.compile(r"[0-5][.．]\d{1,3}(?:[（(][^（()）]{1,8}[）)])?")
_BASIS = re.compile(r"(?:评估|评价|自评|执行|采用)?(?:依据|标准|模型)(?:文件|名称)?")
_MAY_ANSWER = compiled(
    "|".join(f"(?:{each.pattern})" for each in (_ANSWER, _CHOICE, _STATE, _FIGURE, _SCORE, _REMARK, PERIOD, YEAR_LINE, UNIT_LINE, NUMBER))
)


def may_answer(line: str) -> bool:
    """Whether a line, or the first cell of a row, may answer the prompt above it, whatever that is."""
    if _MAY_ANSWER.fullmatch(line.strip()):
        return True
    return "\t" in line and is_period(line.partition("\t")[0])


def may_ask_below(line: str) -> bool:
    """Whether a line's label is one that any short words below it answer."""
    label = label_parts(line)[0]
    return label in _LABELS or _BASIS.fullmatch(label) is not None


def value_below(text: str, lines: Sequence[Piece], position: int, group: str, heading: str) -> tuple[list[FormField], int] | None:
    """The fields of a prompt whose line is followed by an answer, and how many lines they take; None where none is told so."""
    line = lines[position]
    following = lines[position + 1] if position + 1 < len(lines) else None
    if following is None or not following.text or not _asks(line.text):
        return None
    answer = lines[position + 2] if position + 2 < len(lines) else None
    if _REMARK.fullmatch(following.text) and answer is not None and _CHOICE.fullmatch(answer.text) and reads_like_label(line.text):
        whole = label_of(piece(text, line.start, following.end))  # 智能制造能力成熟度 / （自评估） / 二级
        return [
            FormField(whole.text, value_of(answer.text), whole.span, answer.span, (), group, whole.unit, "", heading, whole.required)
        ], 3
    under = under_unit(lines, position, group, heading)
    if under is not None:
        return under
    label = label_of(line)
    labelled = reads_like_label(line.text) or bool(label.unit)
    by_years = _years_below(text, lines, position) if labelled and "\t" in following.text else None
    if by_years is not None:
        return by_years, 3
    if labelled and is_period(following.text) and position + 2 < len(lines) and _is_figure(lines[position + 2].text):
        value = lines[position + 2]
        return [
            FormField(
                label.text, value_of(value.text), label.span, value.span, (), group, label.unit, following.text, heading, label.required
            )
        ], 3
    short = any(pattern.fullmatch(following.text) for pattern in (_CHOICE, _STATE, _FIGURE)) or _answers_in_kind(label.text, following.text)
    named = label.text in _LABELS and len(following.text) <= LONGEST_VALUE and "\t" not in following.text and not _is_label(following.text)
    told = _ANSWER.fullmatch(following.text) or (labelled and short) or named
    if not told:
        return None
    value = following
    return [FormField(label.text, value_of(value.text), label.span, value.span, (), group, label.unit, "", heading, label.required)], 2


def is_short_answer(line: str) -> bool:
    """Whether a line is an answer and nothing else: yes or no, a choice, a state, a figure."""
    return any(pattern.fullmatch(line) for pattern in (_ANSWER, _CHOICE, _STATE, _FIGURE))


def _answers_in_kind(label: str, below: str) -> bool:
    """评估得分 / 2.93, 评估依据 / GB/T 39117-2020: what only a label of its kind is answered with."""
    if _SCORE.fullmatch(below):
        return patterns("maturity", "score_labels_patterns").search(label) is not None
    return (
        len(below) <= LONGEST_VALUE
        and patterns("maturity", "own_patterns").search(below) is not None
        and _BASIS.fullmatch(label) is not None
    )


def _named_score(line: str) -> bool:
    return len(line) == 2 and patterns("maturity", "score_labels_patterns").fullmatch(line) is not None  # 得分, 总分


def _asks(line: str) -> bool:
    """Whether a line may be a prompt whose answer stands below it: a noun phrase, itself no answer and no sentence."""
    return (
        (3 <= len(line) <= LONGEST_PROMPT or _BASIS.fullmatch(line) is not None or _named_score(line))
        and "\t" not in line
        and not _NO_PROMPT.search(line)
        and _ANSWER.fullmatch(line) is None
        and _CHOICE.fullmatch(line) is None
    )


def _is_label(line: str) -> bool:
    return line in _LABELS or (reads_like_label(line) and not re.search(r"\d", line)) or line.endswith(("：", ":"))


def _is_figure(value: str) -> bool:
    return "\t" not in value and bool(_FIGURE.fullmatch(value) or NUMBER.fullmatch(value))


def _years_below(text: str, lines: Sequence[Piece], position: int) -> list[FormField] | None:
    """A row of periods and a row of figures below the label."""
    if position + 2 >= len(lines):
        return None
    heads, values = (_cells(text, lines[position + offset]) for offset in (1, 2))
    if len(heads) < 2 or len(heads) != len(values):
        return None
    if not all(is_period(head.text) for head in heads) or not all(_is_figure(value.text) for value in values):
        return None
    label = label_of(lines[position])
    return [
        FormField(label.text, value_of(value.text), label.span, value.span, unit=label.unit, column=head.text, required=label.required)
        for head, value in zip(heads, values, strict=True)
    ]


def _cells(text: str, line: Piece) -> list[Piece]:
    start, found = line.start, []
    for part in line.text.split("\t"):
        found.append(piece(text, start, start + len(part)))
        start += len(part) + 1
    return found
