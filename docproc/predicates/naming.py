"""Firms' names as they stand in a document's text, also where no claim was made of them.

A paper of one firm must bear the applicant's name. Where it bears another spelling of it, or only another firm's name, that shows in
the text itself, whether or not the name was understood as the paper's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from docproc.compare import fold
from docproc.model import Document, Span

_WIDE = str.maketrans({"（": "(", "）": ")", "〔": "(", "〕": ")", "　": " "})
_NAME = re.compile(r"(?:[\u4e00-\u9fff]|\([\u4e00-\u9fff]{2,6}\)){2,26}?(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司)")
#: Words that run on into a name without being part of it; what stands before them is cut off.
_LEAD = re.compile(
    r".*(?:审计了|后附的|兹证明|证明|经查|核查|审查|初审|审核|推荐|同意|关于|单位|主体|企业|公司|机构|名称|声明人|承诺人|认为|对于|针对|系|为|由|与|和|及|对|向|将)(?=.{4})"
)
_LABEL = re.compile(r"(?:名称|单位|主体|企业|机构|声明人|承诺人|受评估方|全称)(?:\([^)]{1,6}\))?[:：]?$")
_SHORTEST = 8
#: Firms that work for the applicant: they may be named in a paper that calls the applicant 贵公司.
_SERVICE = re.compile(r"评估|认证|咨询|检测|检验|信用|征信|评级|会计|审计|律师|监理|招标|银行|保险|研究")
#: What makes another spelling an earlier name.
_FORMER = re.compile(
    r"前身|原名|曾用名|原企业名称|原名称|改制|更名|变更|吸收合并|收购|控股|参股|全资|子公司|母公司|关联|隶属|股东|集团成员"
)
_WRAPPED = ("pdf", "image", "ofd")  # formats whose lines end where the page does
_FULL_LINE = 16  # characters of a line that may be wrapped
_ENDS = "。；;！!？?：:\n"
_NEAR = 12  # code points around a name in which such words count


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in simplified characters without white space; `at` gives each character's place in the text."""

    text: str
    at: tuple[int, ...]
    lines: str  # as long as the source, with its white space


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling that is not the applicant's name, with its place in the file's source text."""

    name: str
    span: Span
    distance: int


def plain(document: Document) -> Plain:
    span = document.span
    return _plain(document.file.content.text[span.start : span.end])


@lru_cache(maxsize=128)
def _plain(text: str) -> Plain:
    from docproc.text.script import to_simplified

    simple = to_simplified(text)
    simple = (simple if len(simple) == len(text) else text).translate(_WIDE)
    at = tuple([place for place, character in enumerate(simple) if not character.isspace()])
    return Plain("".join(simple.split()), at, simple)


def flowing(document: Document) -> Plain:
    """The text in simplified characters without blanks, with line ends where a paragraph or a cell ends, not where a line wraps."""
    span = document.span
    return _flowing(document.file.content.text[span.start : span.end], document.file.content.format in _WRAPPED)


@lru_cache(maxsize=64)
def _flowing(text: str, wrapped: bool) -> Plain:
    lines = _plain(text).lines
    at: list[int] = []
    begun = 0  # how much of `at` the line before has taken
    for place, character in enumerate(lines):
        if character in "\n\f" and not (wrapped and _runs_on(lines, at, begun, place)):
            begun = len(at) + 1
            at.append(place)
        elif not character.isspace():
            at.append(place)
    return Plain("".join("\n" if lines[place] == "\f" else lines[place] for place in at), tuple(at), lines)


def _runs_on(lines: str, at: list[int], begun: int, place: int) -> bool:
    """Whether a full line of prose goes on below: it is long, has no end mark, and words follow."""
    following = lines[place + 1 : place + 40].lstrip(" \t\u3000")[:1]
    return len(at) - begun >= _FULL_LINE and lines[at[-1]] not in _ENDS and "\u4e00" <= following <= "\u9fff"


def names_it(document: Document, name: str) -> bool:
    """Whether the name stands anywhere in the document's text."""
    text = document.file.content.text[document.span.start : document.span.end]
    wanted = fold(name)
    return bool(wanted) and (name in text or wanted in plain(document).text or wanted in fold(text))


def spellings(document: Document, name: str, slips: int) -> Iterator[Spelling]:
    """Other spellings of the name in the document: at most `slips` characters wrong, left out or added. Earlier names do not count."""
    wanted = fold(name).translate(_WIDE)
    if len(wanted) < 6:
        return
    body = plain(document)
    for ending in re.finditer(re.escape(wanted[-2:]), body.text):
        reach = range(max(0, ending.end() - len(wanted) - slips), max(0, ending.end() - len(wanted) + slips) + 1)
        found = [(Levenshtein.distance(body.text[start : ending.end()], wanted, score_cutoff=slips), -start) for start in reach]
        distance, negative = min(found, default=(slips + 1, 0))
        start = -negative
        if not 0 < distance <= slips or not re.fullmatch(r"[\u4e00-\u9fff()A-Z0-9·]+", body.text[start : ending.end()]):
            continue
        if _FORMER.search(body.text[max(0, start - _NEAR) : start]) or _FORMER.search(body.text[ending.end() : ending.end() + _NEAR]):
            continue
        yield Spelling(body.text[start : ending.end()], _source(document, body, start, ending.end()), distance)


def firms(document: Document) -> Iterator[Spelling]:
    """The firms named in the document, place by place; those that work for others (auditors, assessors, agencies) do not count."""
    body = plain(document)
    for match in _NAME.finditer(body.lines):
        name = _LEAD.sub("", match.group())
        start = match.end() - len(name)
        if len(name) >= _SHORTEST and not _SERVICE.search(name) and not _FORMER.search(body.lines[max(0, match.start() - _NEAR) : start]):
            yield Spelling(name, Span(document.span.start + start, document.span.start + match.end()), len(name))


def owner_in_text(document: Document) -> Spelling | None:
    """The firm that the paper is about by its text: the only one it names, or the one that stands alone on a line or after a label."""
    body = plain(document)
    found: dict[str, Spelling] = {}
    standing: dict[str, Spelling] = {}
    for firm in firms(document):
        found.setdefault(firm.name, firm)
        start = firm.span.start - document.span.start
        line = body.lines[body.lines.rfind("\n", 0, start) + 1 : start].strip()
        if not line or _LABEL.search(line):
            standing.setdefault(firm.name, firm)
    chosen = found if len(found) == 1 else standing
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _source(document: Document, body: Plain, start: int, end: int) -> Span:
    return Span(document.span.start + body.at[start], document.span.start + body.at[end - 1] + 1)
