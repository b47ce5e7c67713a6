"""What an answer comes to: `Y` to a question whether is 是, a ticked `另填：…` is what is written behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.corrected import corrected_answer
from extractors.forms.lettered import Lettered, is_known_option, lettered, may_be_lettered
from extractors.forms.option_words import parted_options
from extractors.forms.pieces import BLANKS, KEPT
from extractors.forms.questions import as_answered
from extractors.words.lexicon import vocabulary, words

_PROMPT = re.compile(vocabulary("fields")["letter_prompts"])
_LETTERS: Mapping[str, list[str]] = vocabulary("fields")["letter_answers"]
_SIGNS = frozenset("ABCDEFGH")
_AFTER_SIGN = frozenset(".．、")
_TRUTH = {"true": "是", "false": "否"}
_CORRECTED_OPENS = frozenset("原初误先曾此之上第由从将")
_TRUTH_ENDS = ("e", "E")
_ENDS_LIST = frozenset(option[-1] for option in words("fields", "options")) | frozenset("）)用断他它楚道定")
_ASKS = re.compile(r"是否|有无|能否|是不是")
_WRITTEN = re.compile(r"(?:另填|其他|其它|另行填写|不同|另址|请填写|请注明|填写)[^：:]{0,8}[：:][ 　_]*(?P<words>[^：:]{2,})$")


def settled(field: FormField) -> FormField:
    """The field with its answer in words, and a question for what it asks."""
    if field.label.endswith(("？", "?")):
        field = as_answered(field)
    if field.options:
        return _written(field)
    if field.value[-1:] in _TRUTH_ENDS and (word := _TRUTH.get(field.value.lower())) is not None:  # 规上企业: true
        return field._replace(value=word, options=(Option(word, True, field.value_span),))
    if field.value[-1:] in _ENDS_LIST and (offered := parted_options(field.value)):
        return _unmarked(field, offered)
    if may_be_lettered(field.value) and (by_sign := lettered(field.value, 0, len(field.value))) is not None and not by_sign.prompt.text:
        return _by_sign(field, by_sign)
    if field.value[1:2] in _AFTER_SIGN and field.value[:1] in _SIGNS and is_known_option(field.value[2:].strip(BLANKS)):
        field = field._replace(value=field.value[2:].strip(BLANKS))  # C.三级: the option that was copied with its sign
    if field.value[:1] in _CORRECTED_OPENS:
        field = corrected_answer(field)
    bare = _asked(field.label)
    return field if bare is None else _by_letter(field, bare)


def _unmarked(field: FormField, places: Sequence[tuple[int, int]]) -> FormField:
    """申报等级：基础级　先进级　卓越级: what may be chosen, and nothing is marked."""
    start, whole = field.value_span
    exact = whole - start == len(field.value)  # else the answer is written otherwise than it stands
    spans = [Span(start + first, start + last) if exact else field.value_span for first, last in places]
    offered = tuple(Option(field.value[first:last], False, span) for (first, last), span in zip(places, spans, strict=True))
    return field._replace(value="", options=offered)


def _by_sign(field: FormField, found: Lettered) -> FormField:
    """申报层级：（B）A.基础级 B.先进级: one of the options is the answer by its sign, or none."""
    start, whole = field.value_span
    exact = whole - start == len(field.value)
    options = tuple(
        Option(option.text, option.ticked, Span(start + option.span.start, start + option.span.end) if exact else field.value_span)
        for option in found.options
    )
    return field._replace(value="、".join(option.text for option in options if option.ticked), options=options)


def _by_letter(field: FormField, bare: str) -> FormField:
    letter = field.value.strip(BLANKS + "。；;（）()").upper()
    for word, letters in _LETTERS.items():
        if letter in letters:
            return field._replace(label=bare, value=word, options=(Option(word, True, field.value_span),))
    return field if bare == field.label else field._replace(label=bare)


@lru_cache(maxsize=KEPT)
def _asked(label: str) -> str | None:
    """What a label asks without the letters of its answers; None where it asks no such question."""
    bare = _PROMPT.sub("", label).strip(BLANKS)
    return bare if bare != label or _ASKS.search(label) else None


def _written(field: FormField) -> FormField:
    """☑另填：地址: the words are the answer, no longer a box."""
    ticked = [option for option in field.options if option.ticked]
    found = _WRITTEN.match(ticked[0].text) if len(ticked) == 1 else None
    if found is None:
        return field
    words = found["words"].strip(BLANKS + "_")
    end = ticked[0].span.end
    return field._replace(value=words, value_span=Span(end - len(ticked[0].text) + found.start("words"), end), options=())
