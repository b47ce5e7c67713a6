"""Finds the documents that are bound into one file: 全套材料.pdf holds form, licence and reports one after another.

Evidence for a beginning is what a clerk would look at, page by page: a title at the page's top, a bookmark, a divider page. A page
that carries on the running header of the document before it begins nothing, and a title of the same kind begins nothing new, except
an audit report of another year. Pages that could not be read get their kind from the catalogue at the front, where its order leaves
no other choice; else they are a part of unknown kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from docproc.document_dates import report_year, year_in_name
from docproc.model import Block, Content, Kind, PageQuality, Role, Span
from docproc.recognise import TITLE_LINES, Title, find_title, generic_title, lines_of, name_kind, title_kind, vocabulary, word_scores

TextOf = Callable[[Content, Span], str]
_TOP = 1500  # code points of a page that are read for its title and year
_INNER_REACH = 3  # a page inside a file begins a document only with a title among its first lines
_CATALOGUE_ENTRIES, _ENTRY_LENGTH = 3, 30
_FORM_WORDS = 7.0
_COVER_REACH = 3  # pages behind a cover where the report begins
_INSIDE_FORM, _INSIDE_PAGES = frozenset({Kind.COMMITMENT, Kind.RECOMMENDATION}), 2
_SCANNED = "扫描页，内容读不出来"
_ENTRY = re.compile(r"^(?:[(（]?[0-9一二三四五六七八九十]+[)）]?[、.．:：]?|附件[0-9一二三四五六七八九十]*[、.．:：]?)")
_LEADERS = re.compile(r"[.…·．。\-—–~～至第页P\d]*[\d…页]$|[.…·．]{2,}$")
_Entry = tuple[Kind | None, int | None]
"""A line of a catalogue: the kind that it names and the year, where it gives one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A range of pages (inclusive, from 1) that is one document. `kind` where the place in the file tells it, else None."""

    first: int
    last: int
    kind: Kind | None = None
    reason: str = ""
    year: int | None = None  # of an audit report, where the place tells it


@dataclass(frozen=True, slots=True)
class _Top:
    """What the top of one page shows."""

    number: int
    lines: tuple[str, ...]
    title: Title | None
    header: str
    year: int | None
    entries: tuple[_Entry, ...]  # of a catalogue page, in order
    unreadable: bool
    size: tuple[int, int]  # of the page in whole points
    form_words: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A part while it is being found."""

    first: int
    last: int
    kind: Kind
    year: int | None
    front: bool = False
    reason: str = ""


def split(content: Content, text_of: TextOf) -> tuple[Part, ...]:
    """The documents bound into a file, in page order; empty where the file is a single document."""
    if len(content.pages) < 2:
        return ()
    blocks: dict[int | None, list[Block]] = {}
    for block in content.blocks:
        blocks.setdefault(block.page, []).append(block)
    leaves = (replace(content, blocks=tuple(blocks.get(page.number, ()))) for page in content.pages)  # a page's own blocks only: linear
    tops = _dated_covers([_top(leaf, index, text_of) for index, leaf in enumerate(leaves)])
    bookmarks = _bookmarks(content)
    runs = _embedded(_runs(tops, bookmarks))
    bound = [run for run in runs if not run.front]
    kinds = {run.kind for run in bound if run.kind is not Kind.ANNEX}
    years = {run.year for run in bound if run.kind is Kind.AUDIT}
    if len(bound) < 2 or (len(kinds) < 2 and len(years) < 2):
        return ()
    entries = _first_catalogue(tops)
    found = runs if bookmarks else _with_pictures(runs, tops, entries)
    return tuple(Part(run.first, run.last, run.kind, run.reason, run.year) for run in found)


def _top(content: Content, index: int, text_of: TextOf) -> _Top:
    page = content.pages[index]
    text = text_of(content, Span(page.start, min(page.end, page.start + _TOP)))
    lines = lines_of(text)
    header = "".join(
        "".join(content.text[span.start : span.end].split())
        for block in content.blocks
        if block.role is Role.HEADER
        for span in block.spans
    )
    entries = _catalogue(lines)
    reach = _INNER_REACH if index else TITLE_LINES
    return _Top(
        number=page.number,
        lines=tuple(lines),
        title=None if entries else find_title(lines, reach) or generic_title(lines, text, reach),
        header=header,
        year=report_year(text),
        entries=entries,
        unreadable=page.quality in {PageQuality.PICTURE, PageQuality.GARBLED},
        size=(round(page.width), round(page.height)),
        form_words=word_scores(text).get(Kind.FORM, 0.0) >= _FORM_WORDS,
    )


def _dated_covers(tops: Sequence[_Top]) -> list[_Top]:
    """The pages, the cover of an audit report with the year of the report behind it: covers often give the date of issue only."""
    dated: list[_Top] = []
    for index, top in enumerate(tops):
        if top.year is None and top.title is not None and top.title.kind is Kind.AUDIT:
            behind = takewhile(lambda page: page.title is None or page.title.kind is Kind.AUDIT, tops[index + 1 : index + 1 + _COVER_REACH])
            top = replace(top, year=next((page.year for page in behind if page.year is not None), None))
        dated.append(top)
    return dated


def _first_catalogue(tops: Sequence[_Top]) -> list[_Entry]:
    """The file's own catalogue, which may run over several pages: not the list of supporting papers that a form holds further on."""
    first = next((index for index, top in enumerate(tops) if top.entries), len(tops))
    return [entry for top in takewhile(lambda top: top.entries, tops[first:]) for entry in top.entries]


def _catalogue(lines: Sequence[str]) -> tuple[_Entry, ...]:
    """What a catalogue page lists, in order; empty where the page is no catalogue."""
    listed: list[_Entry] = []
    for line in lines:
        plain = _LEADERS.sub("", _ENTRY.sub("", line))
        if plain != line and len(plain) <= _ENTRY_LENGTH:
            hint = name_kind(plain)
            listed.append((title_kind(plain) or (hint[0] if hint else None), year_in_name(line)))
    named = any(vocabulary().catalogue.fullmatch(line) for line in lines[:3])
    different = len({kind for kind, _ in listed if kind is not None})
    if (named or len(listed) >= len(lines) - 3) and different >= _CATALOGUE_ENTRIES:
        return tuple(listed)
    return ()


def _bookmarks(content: Content) -> dict[int, Kind]:
    """The pages that a bookmark names as the beginning of a document: by the highest level of bookmarks that names several kinds."""
    for level in sorted({entry.level for entry in content.outline}):
        named: dict[int, Kind] = {}
        for entry in content.outline:
            kind = title_kind(_LEADERS.sub("", _ENTRY.sub("", "".join(entry.title.split()))))
            if kind is not None and entry.level == level:
                named.setdefault(entry.page, kind)
        if len(set(named.values())) > 1:
            return named
    return {}


def _runs(tops: Sequence[_Top], bookmarks: dict[int, Kind]) -> list[_Run]:
    """Runs of pages, each from one beginning to the next; what comes before the first beginning is the front."""
    runs: list[_Run] = []
    headers = Counter(top.header for top in tops if top.header)
    for index, top in enumerate(tops):
        current = runs[-1] if runs else None
        kind = _begins(top, tops[index - 1] if index else None, current, bookmarks, headers, len(tops))
        if kind is None and current is not None:
            runs[-1] = replace(current, last=top.number)
        elif kind is None:
            runs.append(_Run(top.number, top.number, Kind.ANNEX, None, front=True, reason="合订本的封面或目录"))
        else:
            reason = f"第{top.number}页起，标题为“{top.title.text}”" if top.title and top.title.kind is kind else f"第{top.number}页起"
            runs.append(_Run(top.number, top.number, kind, top.year if kind is Kind.AUDIT else None, reason=reason))
    return runs


def _begins(
    top: _Top, before: _Top | None, current: _Run | None, bookmarks: dict[int, Kind], headers: Counter[str], count: int
) -> Kind | None:
    """The kind of document that begins on this page; None where the page goes on with the one before."""
    if top.number in bookmarks and (current is None or current.front or bookmarks[top.number] is not current.kind):
        return bookmarks[top.number]
    title = top.title
    if title is None:
        lost = current is not None and current.kind in _INSIDE_FORM
        return Kind.FORM if lost and top.form_words else None
    kind = title.kind
    if current is not None and current.kind is Kind.FORM and vocabulary().inside_form.fullmatch(title.text):
        return None
    carried = before is not None and top.header and top.header == before.header and headers[top.header] < count
    if current is None or current.front:
        return kind
    if carried or kind is current.kind:
        new_year = kind is Kind.AUDIT and top.year is not None and current.year is not None and top.year != current.year
        return kind if new_year else None
    if kind is Kind.LICENCE and current.kind is Kind.AUDIT and _of_another(top):
        return None
    return kind


def _of_another(top: _Top) -> bool:
    """Whether a licence page is the auditor's own, as audit reports append it."""
    words = vocabulary().of(Kind.LICENCE)
    return bool(words and words.excludes and words.excludes.search("".join(top.lines)))


def _embedded(runs: Sequence[_Run]) -> list[_Run]:
    """Runs with what stands inside a form (a pledge or an opinion between two of its pages) put back into the form."""
    joined: list[_Run] = []
    for run in runs:
        joined.append(run)
        form = next((index for index in range(len(joined) - 2, -1, -1) if joined[index].kind is Kind.FORM), None)
        if run.kind is Kind.FORM and not run.front and form is not None and all(_belongs_inside(inner) for inner in joined[form + 1 : -1]):
            joined[form:] = [replace(joined[form], last=run.last)]
    return joined


def _belongs_inside(run: _Run) -> bool:
    return run.kind in _INSIDE_FORM and run.last - run.first < _INSIDE_PAGES


def _with_pictures(runs: Sequence[_Run], tops: Sequence[_Top], entries: Sequence[_Entry]) -> Iterator[_Run]:
    """Runs with the unreadable pages at their ends set apart, named by the catalogue where its order leaves one choice."""
    gaps = _gaps(runs, entries)
    for run, missing in zip(runs, gaps, strict=True):
        cut = run.last + 1
        while cut > run.first + 1 and tops[cut - 2].unreadable:
            cut -= 1
        if run.front and tops[run.first - 1].unreadable:
            yield replace(run, kind=Kind.UNKNOWN, reason=_SCANNED)
            continue
        if cut > run.last or (run.kind is Kind.ANNEX and not run.front):
            yield run
            continue
        yield replace(run, last=cut - 1)
        yield from _scans([top.number for top in tops[cut - 1 : run.last]], missing, tops)


def _scans(pages: Sequence[int], missing: Sequence[_Entry], tops: Sequence[_Top]) -> Iterator[_Run]:
    """A run of unreadable pages as the papers that the catalogue lists there: one paper; a page each; a change of page size each."""
    sizes = [list(group) for _, group in groupby(pages, key=lambda number: tops[number - 1].size)]
    for pieces in ([list(pages)], [[page] for page in pages], sizes):
        if len(pieces) == len(missing):
            yield from (_listed(piece[0], piece[-1], entry) for piece, entry in zip(pieces, missing, strict=True))
            return
    yield _Run(pages[0], pages[-1], Kind.UNKNOWN, None, reason=_SCANNED)


def _listed(first: int, last: int, entry: _Entry) -> _Run:
    kind, year = entry
    return _Run(first, last, kind or Kind.ANNEX, year if kind is Kind.AUDIT else None, reason="扫描页，按目录的顺序认定")


def _gaps(runs: Sequence[_Run], entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """For each run what the catalogue lists between it and the next run that it lists."""
    places: list[int | None] = []
    position = 0
    for run in runs:
        place = -1 if run.front else next((at for at in range(position, len(entries)) if _matches(run, entries[at])), None)
        places.append(place)
        if place is not None:
            position = max(position, place + 1)
    gaps: list[list[_Entry]] = []
    for index, place in enumerate(places):
        following = next((later for later in places[index + 1 :] if later is not None), len(entries))
        gaps.append(list(entries[place + 1 : following]) if place is not None else [])
    return gaps


def _matches(run: _Run, entry: _Entry) -> bool:
    kind, year = entry
    return kind is run.kind and (run.year is None or year is None or run.year == year)
