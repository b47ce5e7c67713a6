"""Reads a written notice back and finds in it everything it has to say, each once. A notice that cannot be proved is not issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docproc.draft.deficiencies import Deficiency
from docproc.draft.word import clean, paragraphs
from docproc.errors import DocprocError
from docproc.model import Script
from docproc.text.outgoing import finish


def prove(data: bytes, context: Mapping[str, Any], script: Script) -> None:
    """Raises DocprocError("notice_unproved") unless addressee, number and deadline stand in the file once and every entry is complete.

    An entry is the stretch from its number （一） to the next one; its problem, place, citation and remedy must each stand in it once,
    as a paragraph of their own, after a label such as 问题： or without one.
    """
    lines = [clean(line) for line in paragraphs(data)]
    _count(sum(line == _printed(context["addressee"], script) + "：" for line in lines), "主送单位")
    if context["number"]:
        _count(sum(line == _printed(context["number"], script) for line in lines), "文号")
    if context["deficiencies"] and not context["bars"]:
        _count(sum(line.count(_printed(context["deadline"], script) + "前") for line in lines), "补正期限")
    entries: Sequence[Deficiency] = [*context["bars"], *context["deficiencies"]]
    starts = [_entry_start(lines, entry, script) for entry in entries]
    if starts != sorted(set(starts)):
        raise DocprocError("notice_unproved", why="各项的顺序或数目不对")
    ends = [*starts, len(lines)][1:]
    for entry, start, end in zip(entries, starts, ends, strict=True):
        block = [part for line in lines[start:end] for part in {line, line.partition("：")[2]}]
        for what, text in (("问题", entry.problem), ("位置", entry.where), ("依据", entry.basis), ("补正要求", entry.remedy)):
            if text:
                _count(block.count(_printed(text, script)), f"第{entry.number}项的{what}")


def _entry_start(lines: Sequence[str], entry: Deficiency, script: Script) -> int:
    wanted = _printed(f"（{entry.number}）{entry.title}", script)
    found = [position for position, line in enumerate(lines) if line == wanted]
    _count(len(found), f"第{entry.number}项")
    return found[0]


def _printed(text: str, script: Script) -> str:
    return clean(finish(text, script))


def _count(found: int, what: str) -> None:
    if found != 1:
        raise DocprocError("notice_unproved", why=f"{what}应出现一次，实际出现{found}次")
