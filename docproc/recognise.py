"""Tells what kind of document a text is: by its title, else by the words it uses, and only where it cannot be read by its name.

What the titles and words are is data (checklists/materials.yaml). A title is judged by how it *ends*: the head of a Chinese noun
phrase stands last, so 关于推荐……的函 is a letter of recommendation and 承诺书 is a pledge, whatever they mention before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from docproc.compare import fold
from docproc.library import load_yaml, shelf
from docproc.model import Kind

HEAD = 2500  # code points of a document's beginning that are searched for words
_FRONT = 4000  # code points of a document's beginning that are searched for titles
_OWN_TITLE_LINES = 3  # lines from the top among which the title of a paper of no known kind stands
TITLE_LINES = 9  # lines from the top among which a title stands
_TITLE_LENGTH = 45
_TITLE_WEIGHT, _NAME_WEIGHT, _WORDS_CEILING, _WORDS_FLOOR = 12.0, 3.0, 9.0, 4.0
_BROKEN = 6  # a title that is broken has at least so many characters on its first line, and at most twice as many on its last
_SENTENCE = re.compile(r"[。；;，？！?!]")
_NUMBERED = re.compile(
    r"第?[一二三四五六七八九十百]+[、.．章节]|[(（][一二三四五六七八九十\d]+[)）]|\d+(?:\.\d+)*[、.．)）]|\d+\.\d+|[◆●■□☑➢•【]|[图表]\d"
)
_LEAD = re.compile(r"附(?:件|录|表)(?:[0-9一二三四五六七八九十]+(?:[-—之]\d+)?[:：、.]?|(?![:：]))")
_TAIL = re.compile(r"[(（〔【\[][^)）〕】\]]{0,16}[)）〕】\]]$|[》>\"”]+$")
_DATED = re.compile(r"[0-9A-Za-z]{6,}|\d年\d{1,2}月|[〇零一二三四五六七八九]年.{1,3}月")
_BEFORE_LABEL = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in a kind of document: the first entry whose pattern is found, else the kind's own."""

    speaker: str
    contains: re.Pattern[str] | None
    signed: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class KindWords:
    """How one kind is recognised."""

    kind: Kind
    title: re.Pattern[str] | None
    words: tuple[tuple[str, int], ...]
    name: re.Pattern[str] | None
    excludes: re.Pattern[str] | None
    others: re.Pattern[str] | None  # titles of another matter that end like this kind's, unless the text says `says`
    says: re.Pattern[str] | None
    speaker: str
    speakers: tuple[Speakers, ...]


@dataclass(frozen=True, slots=True)
class DateWords:
    """The labels that tell what a date on a document is."""

    queried: re.Pattern[str]
    valid_until: re.Pattern[str]
    signed: re.Pattern[str]
    signed_form: re.Pattern[str]  # in a form, which tells of many other dates
    seal: re.Pattern[str]
    endless: re.Pattern[str]
    dated_validity: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """checklists/materials.yaml, compiled."""

    kinds: tuple[KindWords, ...]
    generic: re.Pattern[str]
    paper: re.Pattern[str]  # how the title of any paper ends
    organisation: re.Pattern[str]
    inside_form: re.Pattern[str]
    catalogue: re.Pattern[str]
    passing: re.Pattern[str]
    dates: DateWords

    def of(self, kind: Kind) -> KindWords | None:
        return next((words for words in self.kinds if words.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Title:
    """A title found at the top of a text: the kind that it names, its words, and which line it starts on (from 0)."""

    kind: Kind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a document was taken for. `reason` is Chinese, for the report.

    `by_name`: nothing that was read shows it, only the name. `another_matter`: its title ends like a kind's, but is of something else.
    """

    kind: Kind
    title: str
    reason: str
    by_name: bool = False
    another_matter: bool = False


@lru_cache(maxsize=4)
def vocabulary(path: Path | None = None) -> Vocabulary:
    """The bundled vocabulary, or an office's own."""
    source = path or shelf("checklists") / "materials.yaml"
    data: Mapping[str, Any] = load_yaml(source)
    signatures = {name: re.compile(rf"^[^，。：:\n]{{2,40}}{pattern}$", re.M) for name, pattern in data["signatures"].items()}
    dates = data["dates"]
    return Vocabulary(
        kinds=tuple(_kind_words(Kind(name), entry, signatures) for name, entry in data["kinds"].items()),
        generic=re.compile(data["generic_titles"]),
        paper=re.compile(data["paper_titles"] + "$"),
        organisation=re.compile(data["organisation_line"]),
        inside_form=re.compile(data["inside_form"]),
        catalogue=re.compile(data["catalogue"]),
        passing=_any(data["passing_lines"]) or re.compile("$"),
        dates=DateWords(
            **{name: re.compile(dates[name]) for name in ("queried", "valid_until", "signed", "signed_form", "seal", "endless")},
            dated_validity=frozenset(Kind(name) for name in dates["dated_validity"]),
        ),
    )


def _kind_words(kind: Kind, entry: Mapping[str, Any], signatures: Mapping[str, re.Pattern[str]]) -> KindWords:
    speakers = tuple(
        Speakers(
            rule["speaker"],
            re.compile(rule["contains"]) if "contains" in rule else None,
            signatures[rule["signed_by"]] if "signed_by" in rule else None,
        )
        for rule in entry.get("speakers", ())
    )
    return KindWords(
        kind=kind,
        title=_any(entry.get("titles", ()), end="$"),
        words=tuple(dict(entry.get("words") or {}).items()),
        name=_any(entry.get("names", ())),
        excludes=_any(entry.get("excludes", ())),
        others=_any(entry.get("others", ())),
        says=re.compile(entry["says"]) if "says" in entry else None,
        speaker=entry["speaker"],
        speakers=speakers,
    )


def _any(patterns: Sequence[str], end: str = "") -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern}){end}" for pattern in patterns)) if patterns else None


def lines_of(text: str) -> list[str]:
    """The first lines of a text without any white space; empty lines and passing lines (page numbers, 附件3, 编号：…) left out.

    Of a row whose last cell is a title by itself (as on a licence, beside its code) only that cell is kept.
    """
    passing = vocabulary().passing
    lines: list[str] = []
    for line in text[:_FRONT].split("\n"):
        row, _, last = line.rpartition("\t")
        squeezed, cell = "".join(line.split()), "".join(last.split())
        if len(row) > _BROKEN and title_kind(cell) is not None:
            squeezed = cell
        if squeezed and not passing.fullmatch(squeezed):
            lines.append(squeezed)
    return lines


def find_title(lines: Sequence[str], reach: int = TITLE_LINES) -> Title | None:
    """The first of the top lines that reads as a title of some kind; a title may run over up to three lines.

    A line that is a title by itself stays alone, unless what follows goes on with it to a title of the same kind (…名单 / 的通知).
    """
    for start in range(min(reach, len(lines))):
        alone = title_kind(lines[start])
        for text in _continued(lines, start):
            kind = title_kind(text)
            if kind is not None and alone in {None, kind}:
                return Title(kind, text, start)
        if alone is not None:
            return Title(alone, lines[start], start)
    return None


def generic_title(lines: Sequence[str], text: str, reach: int = TITLE_LINES) -> Title | None:
    """A title that names no kind by itself (证明, 说明), with the kind that the words below it speak of."""
    place = next((index for index, line in enumerate(lines[:reach]) if vocabulary().generic.fullmatch(_bare(line))), None)
    scores = word_scores(text)
    if place is None or not scores:
        return None
    order = [words.kind for words in vocabulary().kinds]
    best = max(scores, key=lambda kind: (scores[kind], -order.index(kind)))
    return Title(best, lines[place], place) if scores[best] >= _WORDS_FLOOR else None


def title_kind(text: str) -> Kind | None:
    """The kind whose title this line is; None for running text, numbered headings and lines that name no kind."""
    plain = _bare(text)
    if not plain or len(plain) > _TITLE_LENGTH or _SENTENCE.search(plain) or _BEFORE_LABEL.search(plain) or _NUMBERED.match(plain):
        return None
    return next((words.kind for words in vocabulary().kinds if words.title and words.title.search(plain)), None)


def _continued(lines: Sequence[str], start: int) -> Iterator[str]:
    """A line joined with the one or two short lines below it, as a title that is broken reads."""
    first = lines[start]
    if len(first) < _BROKEN or vocabulary().organisation.search(first) or _DATED.search(first):
        return
    for count in (3, 2):
        joined = lines[start : start + count]
        whole = len(joined) == count and not any(_BEFORE_LABEL.search(line) or _NUMBERED.match(line) for line in joined)
        if whole and len(joined[-1]) <= 2 * _BROKEN and not _SENTENCE.search(first):
            yield "".join(joined)


def _bare(line: str) -> str:
    """A title without 附件3 before it and bracketed notes （副本） after it."""
    plain = _LEAD.sub("", line, count=1).strip('《<“"')
    while (shorter := _TAIL.sub("", plain)) != plain:
        plain = shorter
    return plain


def word_scores(text: str) -> dict[Kind, float]:
    """How strongly the beginning of a text speaks the language of each kind; kinds that its words exclude are left out."""
    head = "".join(text[: 2 * HEAD].split())[:HEAD]
    scores: dict[Kind, float] = {}
    for words in vocabulary().kinds:
        if words.excludes and words.excludes.search(head):
            continue
        score = sum(weight for word, weight in words.words if word in head)
        if score:
            scores[words.kind] = float(score)
    return scores


def name_kind(path: str) -> tuple[Kind, str] | None:
    """What a file's name, else the folders that hold it, hint at, nearest first; the words that gave the hint."""
    parts = path.rsplit("/")
    parts[-1] = re.sub(r"\.\w{1,5}$", "", parts[-1])
    for part in reversed(parts):
        plain = fold(part)
        kind = title_kind(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain))
        if kind is not None:
            return kind, plain
        hits = [(found, words.kind) for words in vocabulary().kinds if words.name and (found := words.name.search(plain))]
        if hits:
            found, kind = max(hits, key=lambda hit: (hit[0].end(), hit[0].end() - hit[0].start()))
            return kind, found.group()
    return None


def recognise(text: str, path: str, *, readable: bool = True) -> Recognition:
    """What a document is, from its normalised text and, weaker, its path.

    A title weighs more than words, words more than the name. `readable` is false where the document holds pages that could not be
    read: then a name hint decides before the document is called an annex.
    """
    lines = lines_of(text)
    title = find_title(lines) or generic_title(lines, text)
    if title is not None and _another_matter(title, text):
        return Recognition(Kind.ANNEX, _bare(title.text), f"标题为“{_bare(title.text)}”，说的是别的事", another_matter=True)
    ceiling = _WORDS_CEILING if title else float("inf")  # no heap of words outweighs a title
    scores = {kind: min(score, ceiling) for kind, score in word_scores(text).items()}
    reasons = {kind: _words_reason(kind, text) for kind in scores}
    if title is not None and not _excluded(title.kind, text):
        scores[title.kind] = scores.get(title.kind, 0.0) + _TITLE_WEIGHT - title.line / 2
        reasons[title.kind] = f"标题为“{_bare(title.text)}”"
    hint = name_kind(path)
    other = _other_paper(lines, hint[0]) if title is None and hint is not None and readable else ""
    if hint is not None and hint[0] in scores and not other:
        scores[hint[0]] += _NAME_WEIGHT
    order = [words.kind for words in vocabulary().kinds]
    best = max(scores, key=lambda kind: (scores[kind], -order.index(kind)), default=None)
    heading = title.text if title else (lines[0] if lines and len(lines[0]) <= _TITLE_LENGTH else "")
    if best is not None and scores[best] >= _WORDS_FLOOR:
        return Recognition(best, _bare(heading), reasons[best])
    if hint is not None and other and hint[0] not in scores:
        return Recognition(Kind.ANNEX, other, f"标题为“{other}”，与文件名“{hint[1]}”不符，以标题为准")
    if hint is not None:
        why = (f"标题为“{other}”" if other else "内容未能辨认种类") if lines else "内容读不出来"
        return Recognition(hint[0], _bare(heading), f"{why}，文件名含“{hint[1]}”", by_name=True)
    if not lines or not readable:
        return Recognition(Kind.UNKNOWN, _bare(heading), "内容读不出来，文件名也看不出是什么")
    return Recognition(Kind.ANNEX, _bare(heading), "内容不属于规定的材料种类")


def _another_matter(title: Title, text: str) -> bool:
    """Whether a title ends like its kind's but is of another matter (a pledge to keep secrets), and the text never says the kind's own."""
    words = vocabulary().of(title.kind)
    if words is None or words.others is None or not words.others.search(_bare(title.text)):
        return False
    return words.says is None or not words.says.search("".join(text.split()))


def _other_paper(lines: Sequence[str], kind: Kind) -> str:
    """The title of a paper that is none of the kinds, and says nothing of the one that the file's name speaks of; else empty."""
    words = vocabulary().of(kind)
    for number, line in enumerate(lines[:_OWN_TITLE_LINES], start=1):
        plain = _bare(line)
        if len(plain) > _TITLE_LENGTH or _SENTENCE.search(plain) or _BEFORE_LABEL.search(plain) or _NUMBERED.match(plain):
            continue
        if vocabulary().paper.search(plain) and not vocabulary().generic.fullmatch(plain):
            above = "".join(lines[:number])  # a title that is broken may speak of the kind on its first line
            return "" if words and words.name and words.name.search(above) else plain
    return ""


def speaker(kind: Kind, text: str) -> str:
    """Who speaks in a document of this kind: authority, auditor, assessor, self_assessment, form or other."""
    words = vocabulary().of(kind)
    if words is None:
        return "other"
    plain = "\n".join("".join(line.split()) for line in text.split("\n"))
    for rule in words.speakers:
        if (rule.contains and rule.contains.search(plain)) or (rule.signed and rule.signed.search(plain)):
            return rule.speaker
    return words.speaker


def _excluded(kind: Kind, text: str) -> bool:
    words = vocabulary().of(kind)
    return bool(words and words.excludes and words.excludes.search("".join(text[: 2 * HEAD].split())[:HEAD]))


def _words_reason(kind: Kind, text: str) -> str:
    words = vocabulary().of(kind)
    head = "".join(text[: 2 * HEAD].split())[:HEAD]
    found = [word for word, _ in words.words if word in head] if words else []
    return "正文有" + "".join(f"“{word}”" for word in found[:4])
