"""A regulation as data: its text parsed into 章, 条, 款, 项, so that `第五条（三）` can be looked up and a quote proved.

A regulation is itself a document; what is parsed here is its *normalised* text. Received copies number their chapters in
arabic and in Chinese figures within one text, put items in full-width or half-width brackets, and carry word-processor residue
in front of an article; all of that is read. What is not part of an article (the issuing letter, the table of contents) is kept
only as title, number and date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from docproc.errors import DocprocError
from docproc.library import load_yaml

_NUMERAL = "[〇零一二三四五六七八九十百\\d]+"
_RESIDUE = re.compile(r"^\s*(?:\[bookmark:[^\]]*\]\s*)+")
_CHAPTER = re.compile(rf"^第\s*({_NUMERAL})\s*章\s*(.*)$")
_ARTICLE = re.compile(rf"^第\s*({_NUMERAL})\s*条(?!\s*第|[款项之])\s*(.*)$")
_ITEM = re.compile(rf"^[（(]\s*({_NUMERAL})\s*[）)]\s*(.*)$")
_ITEM_IN_ONE = re.compile(r"^([㈠-㈩⑴-⒇])\s*(.*)$")  # （三） in one character
_NUMBER = re.compile(r"^[（(]?([\u4e00-\u9fff]+[〔\[（(]\d{4}[〕\]）)]\d+号)[）)]?$")
_REMARK = re.compile(r"^[（(].*[）)]$")
_DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
_FROM = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|执行|实施|生效)")
_UNTIL = re.compile(r"有效期至(\d{4})年(\d{1,2})月(\d{1,2})日")
_REFERENCE = re.compile(rf"^第\s*({_NUMERAL})\s*[条條](?:第({_NUMERAL})款)?(?:第?[（(]({_NUMERAL})[）)](?:[项項])?|第({_NUMERAL})[项項])?$")
_DIGITS = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Item:
    """A 项. `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款 with the 项 that follow it."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A 条, under the 章 it stands in."""

    number: int
    chapter: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation: who issued it under which number, when it is in force, and its articles."""

    title: str
    articles: tuple[Article, ...]
    id: str = ""
    number: str | None = None
    issuer: str | None = None
    valid_from: date | None = None  # null where the publication date is not known
    valid_to: date | None = None
    source: str = ""  # name of the text as received
    source_sha256: str = ""
    note: str = ""

    def find(self, reference: str) -> str | None:
        """The words of `第五条`, `第五条（三）`, `第七条第二款（一）` or `第五条第（三）项`; None where there is no such place."""
        match = _REFERENCE.match(reference.strip())
        article = next((a for a in self.articles if match and a.number == value_of(match[1])), None)
        if match is None or article is None:
            return None
        paragraphs: tuple[Paragraph, ...] = article.paragraphs
        if match[2]:
            at = value_of(match[2]) - 1
            paragraphs = paragraphs[at : at + 1]
        if wanted := match[3] or match[4]:
            return next((item.text for paragraph in paragraphs for item in paragraph.items if item.number == value_of(wanted)), None)
        return "\n".join(_words(paragraphs)) or None

    def in_force(self, day: date) -> bool:
        """Whether the regulation is in force on that day; an unknown beginning is taken as past."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class _Draft:
    """An article while its lines are read."""

    number: int
    chapter: str
    paragraphs: list[tuple[str, list[Item]]] = field(default_factory=list)

    def article(self) -> Article:
        return Article(self.number, self.chapter, tuple(Paragraph(text, tuple(items)) for text, items in self.paragraphs))


def value_of(numeral: str) -> int:
    """The number that an article, paragraph or item bears, in arabic or Chinese figures (up to 999)."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and numeral not in _DIGITS:
        return int(unicodedata.numeric(numeral))  # 百, 十, ㈢, ⑶
    total, digit = 0, 0
    for figure in numeral:
        if figure == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif figure == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.get(figure, 0)
    return total + digit


def numeral_of(value: int) -> str:
    """The Chinese figures of an article's number (1–99)."""
    tens, ones = divmod(value, 10)
    figures = "零一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else figures[tens] + "十"
    return head + (figures[ones] if ones or not tens else "")


def parse(text: str) -> Regulation:
    """Parses a regulation's normalised text. A text without articles yields a Regulation without articles."""
    chapter, drafts, preamble = "", list[_Draft](), list[str]()
    for line in _lines(text):
        if match := _CHAPTER.match(line):
            chapter = match[2].strip()
        elif match := _ARTICLE.match(line):
            drafts.append(_Draft(value_of(match[1]), chapter, [(match[2].strip(), [])]))
        elif not drafts:
            preamble.append(line)
        elif (match := _ITEM.match(line) or _ITEM_IN_ONE.match(line)) and drafts[-1].paragraphs:
            drafts[-1].paragraphs[-1][1].append(Item(value_of(match[1]), match[2].strip()))
        else:
            drafts[-1].paragraphs.append((line, []))
    number = next((match[1] for line in preamble if (match := _NUMBER.match(line))), None)
    titles = [line for line in preamble if not _NUMBER.match(line) and not _DATE.match(line) and not _REMARK.match(line)]
    dated = [_day(match) for line in preamble if (match := _DATE.match(line))]
    begun, until = _FROM.search(text), _UNTIL.search(text)
    return Regulation(
        title=titles[-1] if titles else "",
        articles=tuple(draft.article() for draft in drafts),
        number=number,
        issuer=_issuer(preamble),
        valid_from=_day(begun) if begun else dated[-1] if dated else None,
        valid_to=_day(until) if until else None,
    )


def parse_file(path: Path) -> Regulation:
    """A regulation from the file it was received as (Word, PDF or text): read, normalised, parsed, with the file's digest.

    The id is the file's name without its ending. Raises DocprocError where the file cannot be read or holds no articles.
    """
    from docproc.readers import read_bytes
    from docproc.text import normalise

    if not path.is_file():
        raise DocprocError("path_not_found", path=path)
    data = path.read_bytes()
    content = read_bytes(path.name, data)
    regulation = parse(normalise(content.text).text)
    if not regulation.articles:
        why = "；".join(problem.message for problem in content.problems) or "没有找到“第…条”"
        raise DocprocError("unreadable", path=path.name, why=why)
    return replace(regulation, id=path.stem, source=path.name, source_sha256=sha256(data).hexdigest())


def to_data(regulation: Regulation) -> dict[str, Any]:
    """The regulation as plain data, as it stands in `checklists/regulations/`."""
    return {
        "id": regulation.id,
        "title": regulation.title,
        "number": regulation.number,
        "issuer": regulation.issuer,
        "valid_from": regulation.valid_from,
        "valid_to": regulation.valid_to,
        "source": regulation.source,
        "source_sha256": regulation.source_sha256,
        "note": regulation.note,
        "articles": [
            {
                "number": article.number,
                "chapter": article.chapter,
                "paragraphs": [
                    {"text": paragraph.text}
                    | ({"items": [{"number": item.number, "text": item.text} for item in paragraph.items]} if paragraph.items else {})
                    for paragraph in article.paragraphs
                ],
            }
            for article in regulation.articles
        ],
    }


def from_data(data: dict[str, Any]) -> Regulation:
    """The regulation that `to_data` wrote. Raises KeyError or TypeError where the data is not of that shape."""
    articles = tuple(
        Article(
            article["number"],
            article["chapter"],
            tuple(
                Paragraph(paragraph["text"], tuple(Item(item["number"], item["text"]) for item in paragraph.get("items", ())))
                for paragraph in article["paragraphs"]
            ),
        )
        for article in data["articles"]
    )
    return Regulation(**{**data, "articles": articles})


def dump(regulation: Regulation) -> str:
    """The YAML of a regulation for `checklists/regulations/`."""
    import yaml

    return str(yaml.safe_dump(to_data(regulation), allow_unicode=True, sort_keys=False, width=10_000))


def read(path: Path) -> Regulation:
    """A regulation from its YAML file."""
    return from_data(load_yaml(path))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        stripped = _RESIDUE.sub("", line).strip()
        if stripped:
            yield stripped


def _words(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield paragraph.text
        yield from (item.text for item in paragraph.items)


def _issuer(preamble: list[str]) -> str | None:
    """The body that signed the issuing letter: the line before the letter's date."""
    for before, line in pairwise(preamble):
        if _DATE.match(line):
            return before
    return None


def _day(match: re.Match[str]) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))
