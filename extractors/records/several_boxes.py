"""Boxes of which one says that none of the others holds: □安全事故 □环境事件 ☑以上均无, 严重失信主体□ 经营异常□ 无以上情形☑.

The box for none denies all that stands beside the others; a ticked one of the others tells of what it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.asked import Asked
from extractors.records import prompts
from extractors.records.prompts import Reply, Verdict
from extractors.words.lexicon import patterns
from extractors.words.nouns import Nouns

_WORDS = "prompts"
_POINTING = re.compile("以上|上述|前述|上列|所列|无(?:以上|上述|前述)")


def replies(text: str, asked: Asked, nouns: Nouns, topic: Callable[[str], bool] | None = None) -> list[Reply]:
    """The answers to prompts about something (`extractors.records.prompts`), and to boxes of which one says none, in order."""
    boxed = [reply for field in asked.boxed if len(field.options) > 1 for reply in _replies(field, nouns)]
    told = {reply.field.value_span for reply in boxed}
    others = prompts.replies(text, asked, nouns, topic)
    return sorted([*boxed, *(reply for reply in others if reply.field.value_span not in told)], key=lambda reply: reply.prompt)


def _replies(field: FormField, nouns: Nouns) -> Iterator[Reply]:
    """The answers of boxes of which one stands for none, where the others or their prompt name what a family looks for (`nouns`)."""
    others = [option for option in field.options if not _is_none(option)]
    chosen = [option for option in field.options if option.ticked]
    if not chosen or len(others) == len(field.options) or any(prompts.is_answer(option.text) for option in others):
        return
    if len(others) == 1 and not any(_POINTING.match(option.text) for option in field.options):
        return  # □未发生事故 ☑发生火灾事故1起: two statements
    asked = nouns.within(*field.label_span)
    named = [option for option in others if asked or nouns.within(*option.span)]
    if not named:
        return
    if all(option in others for option in chosen):
        for option in chosen:
            if option in named:
                prompt = field.label_span if asked else option.span
                yield Reply(Verdict.SOME, prompt, option.span, option.span, False, None, field)
    elif len(chosen) == 1:
        first, last = min(option.span.start for option in named), max(option.span.end for option in named)
        start = min(first, field.label_span.start) if field.label else first
        yield Reply(Verdict.NONE, Span(start, last), chosen[0].span, Span(last, last), False, None, field)


def _is_none(option: Option) -> bool:
    return patterns(_WORDS, "none_of_these").fullmatch(option.text) is not None
