"""Reads a written notice back and finds in it everything it has to say, each once. A notice that cannot be proved is not issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docproc.draft.deficiencies import Deficiency
from docproc.draft.word import clean, paragraphs
from docproc.errors import DocprocError
from docproc.model import Script
from docproc.text.outgoing import finish, shield


def prove(data: bytes, context: Mapping[str, Any], script: Script) -> None:
    """Raises DocprocError("notice_unproved") unless title, addressee, number, deadline stand in the file once and every entry is complete.

    An entry is the stretch from its number （一） to the next one; each of its problems, places, citations and remedies must stand in it
    once, as a paragraph of its own, after a label such as 问题： or without one, and each quote must be found there.
    """
    lines = [clean(line) for line in paragraphs(data)]
    _count(sum(line == _printed(context["title"], script) for line in lines), "标题")
    _count(sum(line == _printed(context["addressee"], script) + "：" for line in lines), "主送单位")
    if context["number"]:
        _count(sum(line == _printed(context["number"], script) for line in lines), "文号")
    if context["has_deadline"]:
        _count(sum(line.count(_printed(context["deadline"], script) + "前") for line in lines), "期限")
    if context["basis"]:
        _count(sum(_printed(context["basis"], script) in line for line in lines), "文书依据")
    entries: Sequence[Deficiency] = [*context["bars"], *context["deficiencies"]]
    starts = [_entry_start(lines, entry, script) for entry in entries]
    if starts != sorted(set(starts)):
        raise DocprocError("notice_unproved", why="各项的顺序或数目不对")
    for entry, start, end in zip(entries, starts, [*starts, len(lines)][1:], strict=True):
        _prove_entry(entry, lines[start:end], script)


def prove_receipt(data: bytes, context: Mapping[str, Any], script: Script) -> None:
    """The slip that comes back: addressee, the letter it answers, and each numbered entry once."""
    lines = [clean(line) for line in paragraphs(data)]
    _count(sum(line == _printed(context["title"], script) for line in lines), "标题")
    _count(sum(line == _printed(context["addressee"], script) for line in lines), "收件单位")
    _count(sum(line == _printed(context["letter"], script) for line in lines), "所收文书")
    if context["number"]:
        _count(sum(line == _printed(context["number"], script) for line in lines), "文号")
    for entry in (*context["bars"], *context["deficiencies"]):
        wanted = _printed(f"（{entry.number}）{entry.title}", script)
        _count(sum(line == wanted for line in lines), f"第{entry.number}项")


def _prove_entry(entry: Deficiency, lines: Sequence[str], script: Script) -> None:
    block = [part for line in lines for part in {line, line.partition("：")[2]}]
    for what, texts in (
        ("核对情况", entry.standings),
        ("问题", entry.problems),
        ("位置", entry.places),
        ("依据", entry.bases),
        ("补正要求", entry.remedies),
    ):
        for text in texts:
            _count(block.count(_printed(text, script)), f"第{entry.number}项的{what}")
    for quote in entry.quotes:
        if not any(_printed(shield(quote), script) in line for line in lines):
            raise DocprocError("notice_unproved", why=f"第{entry.number}项的原文“{quote}”没有写出")


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
