"""Short answers inside a line that no colon sets off: 失信被执行人——无；经营异常名录——无, 近三年安全事故“无”, 质量事故【无】.

A dash, an arrow, dots or quotation marks stand between the prompt and its answer. Only prompts of records (accidents, penalties, bad
credit) are read so, and only answers of a word or a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docproc.extract import FormField
from extractors.forms.pieces import KEPT, Piece, label_of, piece
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, tree_of, words

_WORDS = alternatives([*words("prompts", "agrees"), *words("prompts", "denies")])
_ANSWER = rf"(?:(?:\d{{1,3}}|[零一二两三四五六七八九十])[ ]?(?:起|次|宗|件|条|项|例)|[01]|{_WORDS})"
_ENDS = r"(?=[ 　]*(?:[，,；;。、（(\n]|$))"
_DASH = r"[ 　]*(?:[—－–]{1,4}|-{2,4}|[→⇒]|…+|\.{3,}|·{3,})[ 　]*"
_ENTRY = compiled(
    rf"(?:{_DASH}(?P<dashed>{_ANSWER}){_ENDS}|(?:一?栏|项|情况|记录)?(?:仍|均|都)?(?:填报|填写|填|写|选择|选|勾选|答复|回答)?(?:的|了)?(?:为|是)?"
    rf"(?:[“「『\"](?P<quoted>{_ANSWER})[”」』\"](?=[ 　]*(?:[，,；;。（(\n]|$))|[【\[](?P<boxed>{_ANSWER})[】\]]{_ENDS}))"
)
_SIGN = re.compile('[—－–→⇒…·“「『"【]|--|\\.{3}')
_PROMPT = re.compile(r"[^，,；;。：:、\n\t“”「」『』【】（()）!！？?]{2,34}$")
_RECORDS = re.compile(tree_of(words("fields", "record_topics")))
_ASKED = re.compile("请|应当?填|须填|如实填|(?:若|如|凡)[^，。；]{0,8}(?:无|没有|未)|[未没]|[的者]$|不是|并非|或者?$|原|曾|误|拟|将")
_NOT_OF_RECORDS = re.compile("演练|预案|培训|应急|隐患|设施|目标|指标|制度|机制|整改|保险|教育|风险|案例|管理")
_NOT_SO = re.compile("[^。；\\n]{0,40}?(?:不一致|不相符|不符|矛盾|有出入|有误|误填|误报|更正|应为|实为|不属?实|相悖)")
_LED_BY = re.compile("请[^，。；]{0,4}[：:]?$")
_FURTHER = re.compile("[（(][^（()）\\n]*[）)]$")


@lru_cache(maxsize=KEPT)
def may_be_answered_inside(line: str) -> bool:
    """Whether a line may hold such an answer: one of the signs, and a topic of records."""
    return _SIGN.search(line) is not None and _RECORDS.search(line) is not None and "\t" not in line


def answered_inside(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """The fields of a line's answers, in order."""
    floor = line.start
    for found in _ENTRY.finditer(text, *line.span):
        name = next(key for key in ("dashed", "quoted", "boxed") if found[key] is not None)
        begin = max([floor, *(text.rfind(mark, floor, found.start()) + 1 for mark in "，,；;。：:、!！？?")])
        own = piece(text, begin, found.start())
        bracket = _FURTHER.search(own.text)
        bare = own.text[: bracket.start()] if bracket else own.text
        floor = found.end()
        if _LED_BY.search(text, line.start, begin) or _NOT_SO.match(text, found.end(), line.end):
            continue
        if not _PROMPT.fullmatch(bare) or not _RECORDS.search(bare) or _ASKED.search(bare) or _NOT_OF_RECORDS.search(bare):
            continue
        label, value = label_of(own), piece(text, *found.span(name))
        yield FormField(label.text, value.text, label.span, value.span, heading=heading)
