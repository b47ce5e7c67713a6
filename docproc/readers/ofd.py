"""Reads .ofd, the page format of GB/T 33190-2016: text in reading order with boxes, ruled tables, and what seals it bears.

A zip of XML: OFD.xml names documents, those name their pages, pages hold layers of objects over templates. The layout of a page (lines,
tables, headings, running heads) is told as for PDF, from the characters' places.
"""

from __future__ import annotations

import posixpath
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from lxml import etree

from docproc.model import Block, Box, Content, Loss, OutlineEntry, Page, PageQuality, Problem, Role, Seal, Signature, Span
from docproc.readers.ofd_objects import COLUMN, POINTS, Drawn, Words, box_of, child, children, draw, gap, in_rows, numbers, upright
from docproc.readers.ofd_signatures import signatures
from docproc.readers.pdf_layout import PageLayout, blocks
from docproc.readers.pdf_lines import Glyphs
from docproc.readers.pdf_quality import quality
from docproc.readers.pdf_tables import grids
from docproc.readers.unread import Unreadable, unreadable
from docproc.readers.word_parts import Parts

_A4: Final = (595.28, 841.89)
_PAGE_BREAK: Final = "\f"
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
_CM: Final = POINTS * 10
_LEAST_CM: Final = (3.0, 1.0)  # long and short side
_STAMP_CM: Final = 5.0
_OVAL: Final = 0.6  # 发票监制章 is 30 × 20 mm
_MOST_PAGES: Final = 10_000
_DEEPEST_OUTLINE: Final = 6


def read(data: bytes) -> Content:
    """The content of an .ofd. What cannot be read at all is said in a problem and a loss; this never raises on bad input."""
    try:
        return _Reading(Parts(data)).content()
    except Unreadable as error:
        return unreadable("ofd", error.code, error.why)
    except RecursionError:
        return unreadable("ofd", "damaged", "嵌套层数过多")


class _Reading:
    """One file being read."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        root = parts.xml("OFD.xml")
        if root is None:
            raise Unreadable("damaged", "缺少 OFD.xml")
        if child(root, "DocBody", "Encryptions") is not None or parts.has("Encryptions.xml"):
            raise Unreadable("encrypted")
        self._root = root
        self._texts: list[str] = []
        self._pages: list[Page] = []
        self._layouts: list[PageLayout] = []
        self._apart: list[Block] = []
        self._seals: list[Seal] = []
        self._signatures: list[Signature] = []
        self._outline: list[OutlineEntry] = []
        self._damaged: list[int] = []
        self._cut: list[int] = []
        self._pictures: list[int] = []
        self._hidden = self._composites = self._attached = 0

    def content(self) -> Content:
        for body in children(self._root, "DocBody"):
            self._document(body)
        if not self._pages:
            raise Unreadable("damaged", "没有页面")
        losses = tuple(self._losses())
        return Content(
            format="ofd",
            text=_PAGE_BREAK.join(self._texts),
            pages=tuple(self._pages),
            blocks=tuple(sorted([*blocks(self._layouts), *self._apart], key=lambda block: block.page or 0)),
            losses=losses,
            problems=tuple(Problem(loss.code, loss.message) for loss in losses if loss.code == "damaged"),
            seals=tuple(self._seals),
            signatures=tuple(self._signatures),
            outline=tuple(self._outline),
        )

    # --- the document's parts ------------------------------------------------------------------------------------------

    def _document(self, body: etree._Element) -> None:
        where = child(body, "DocRoot")
        name = _resolved("", str(where.text or "").strip() if where is not None else "")
        root = self._xml(name)
        if root is None:
            return
        folder = posixpath.dirname(name)
        area = _size(child(root, "CommonData", "PageArea"))
        templates = {
            str(each.get("ID", "")): _resolved(folder, str(each.get("BaseLoc", "")))
            for each in children(root, "CommonData", "TemplatePage")
        }
        notes = self._annotations(root, folder)
        numbers_of: dict[str, int] = {}
        for page in children(root, "Pages", "Page"):
            if len(self._pages) >= _MOST_PAGES:
                raise Unreadable("too_large", f"超过 {_MOST_PAGES} 页")
            own = str(page.get("ID", ""))
            numbers_of[own] = len(self._pages) + 1
            self._page(_resolved(folder, str(page.get("BaseLoc", ""))), area, templates, notes.get(own, ()))
        self._signed(body, numbers_of)
        self._outline.extend(_bookmarks(child(root, "Outlines"), numbers_of, 1))
        attached = child(root, "Attachments")
        if attached is not None and (listed := self._xml(_resolved(folder, str(attached.text or "").strip()))) is not None:
            self._attached += sum(each.get("Visible") != "false" for each in children(listed, "Attachment"))

    def _xml(self, name: str) -> etree._Element | None:
        """A part's root; None where it is not there or cannot be read."""
        try:
            return self._parts.xml(name) if name else None
        except Unreadable:
            return None

    def _annotations(self, root: etree._Element, folder: str) -> dict[str, tuple[etree._Element, ...]]:
        """The annotations of each page by its id."""
        named = child(root, "Annotations")
        name = _resolved(folder, str(named.text or "").strip()) if named is not None else ""
        found: dict[str, tuple[etree._Element, ...]] = {}
        for page in children(self._xml(name), "Page"):
            place = child(page, "FileLoc")
            part = self._xml(_resolved(posixpath.dirname(name), str(place.text or "").strip())) if place is not None else None
            found[str(page.get("PageID", ""))] = tuple(children(part, "Annot"))
        return found

    def _signed(self, body: etree._Element, pages: dict[str, int]) -> None:
        named = child(body, "Signatures")
        name = _resolved("", str(named.text or "").strip()) if named is not None else ""
        listed = self._xml(name)
        for signature, seals in signatures(listed, posixpath.dirname(name), _resolved, self._xml, self._parts.read, pages):
            self._signatures.append(signature)
            self._seals.extend(seals)

    # --- a page --------------------------------------------------------------------------------------------------------

    def _page(self, name: str, area: Box | None, templates: dict[str, str], notes: Sequence[etree._Element]) -> None:
        number = len(self._pages) + 1
        start = self._pages[-1].end + len(_PAGE_BREAK) if self._pages else 0
        root = self._xml(name)
        if root is None:
            self._damaged.append(number)
            self._texts.append("")
            self._pages.append(Page(number, start, start, *_A4, PageQuality.BLANK, "页面已损坏"))
            return
        own = _size(child(root, "Area")) or area or (0.0, 0.0, *_A4)
        drawn = Drawn()
        origin = (-own[0] / POINTS, -own[1] / POINTS)
        under = [(each, str(each.get("ZOrder", "Background"))) for each in children(root, "Template")]
        for each, order in under:
            if order != "Foreground":
                self._template(templates.get(str(each.get("TemplateID", "")), ""), drawn, origin)
        for content in children(root, "Content"):
            draw(content, drawn, origin)
        for each, order in under:
            if order == "Foreground":
                self._template(templates.get(str(each.get("TemplateID", "")), ""), drawn, origin)
        for note in notes:
            self._note(note, drawn, origin)
        self._lay(number, start, (own[2] - own[0], own[3] - own[1]), drawn)

    def _template(self, name: str, drawn: Drawn, origin: tuple[float, float]) -> None:
        for content in children(self._xml(name), "Content"):
            draw(content, drawn, origin)

    def _note(self, note: etree._Element, drawn: Drawn, origin: tuple[float, float]) -> None:
        """An annotation's appearance. Of a watermark the words run round the text."""
        for appearance in children(note, "Appearance"):
            place = numbers(appearance.get("Boundary"))
            x, y = (place[0], place[1]) if len(place) >= 2 else (0.0, 0.0)
            if note.get("Visible") != "false":
                draw(appearance, drawn, (origin[0] + x, origin[1] + y), askew=note.get("Type") == "Watermark")

    def _lay(self, number: int, start: int, size: tuple[float, float], drawn: Drawn) -> None:
        page = _Typeset(size, drawn.words)
        kind, reason = quality(page.text, _covered(drawn.images, size), bool(drawn.lines))
        floats = array("f", (value for box in page.boxes for value in box))
        self._texts.append(page.text)
        self._pages.append(Page(number, start, start + len(page.text), *size, kind, reason, floats))
        if kind is PageQuality.TEXT and page.text.strip():
            self._layouts.append(page.layout(number, start, drawn.lines))
            self._apart += [Block(Role.PARAGRAPH, (Span(start + low, start + high),), number) for low, high in page.apart]
        self._hidden += drawn.hidden
        self._composites += drawn.composites
        if drawn.cut:
            self._cut.append(number)
        if kind is PageQuality.TEXT:
            self._pictures += [number] * sum(map(_may_hold_text, drawn.images))

    def _losses(self) -> Iterator[Loss]:
        for kind, what in ((PageQuality.PICTURE, "是图像"), (PageQuality.GARBLED, "的文字无法识读")):
            found = tuple(page.number for page in self._pages if page.quality is kind)
            if found:
                yield Loss("unread_page", f"第 {_listed(found)} 页{what}，未能读出文字，请人工核对。", len(found), found)
        if not self._damaged and all(page.quality is PageQuality.BLANK for page in self._pages):
            blank = tuple(page.number for page in self._pages)
            yield Loss("unread_page", "文件各页均没有读出任何文字，请核对原件。", len(blank), blank)
        if self._damaged:
            pages = tuple(self._damaged)
            yield Loss("damaged", f"第 {_listed(pages)} 页已损坏，无法读取。请重新导出。", len(pages), pages)
        if self._cut:
            pages = tuple(self._cut)
            yield Loss("too_large", f"第 {_listed(pages)} 页的内容过多，只读出了一部分。", len(pages), pages)
        if self._hidden:
            yield Loss("hidden_text", f"有 {self._hidden} 处不显示的文字，未计入正文。", self._hidden)
        if self._pictures:
            where = tuple(dict.fromkeys(self._pictures))
            count = len(self._pictures)
            yield Loss("picture", f"第 {_listed(where)} 页有 {count} 幅图片，其中的文字没有读取。", count, where)
        if self._composites:
            yield Loss("picture", f"文档中有 {self._composites} 个组合图形，其中的文字没有读取。", self._composites)
        if self._attached:
            yield Loss("embedded", f"文档中带有 {self._attached} 个附件，其内容没有读取。请另作为附件提交。", self._attached)


class _Typeset:
    """A page's text with the places of its characters: lines as most of its writing runs, then what stands another way, one a line."""

    def __init__(self, size: tuple[float, float], words: Sequence[Words]) -> None:
        weights: Counter[int] = Counter()
        for each in words:
            if each.turn is not None and each.turn != COLUMN:
                weights[each.turn] += len(each.text)
        turn = max(weights, key=lambda turn: (weights[turn], -turn), default=0)
        self._turn, self._size = turn, size
        self._pieces: list[str] = []
        self._laid: list[Box] = []
        self._sizes: list[float] = []
        self._askew: set[int] = set()
        self.boxes: list[Box] = []
        self.apart: list[tuple[int, int]] = []
        for row in in_rows([(upright(each, turn, size), each) for each in words if each.turn == turn]):
            left: Words | None = None
            for laid, shown in row:
                self._write(gap(left, laid) if left is not None else "\n" if self.boxes else "", laid, shown.boxes)
                left = laid
        for each in words:
            if each.turn == turn:
                continue
            at = self._write("\n" if self.boxes else "", each, each.boxes)
            if each.turn is None:
                self._askew.update(range(at, len(self.boxes)))
            else:
                self.apart.append((at, len(self.boxes)))
                self._laid[at:] = [_NOWHERE] * len(each.boxes)
        self.text = "".join(self._pieces)

    def _write(self, between: str, laid: Words, shown: Sequence[Box]) -> int:
        """Adds words with what stands before them. Where they begin."""
        self._pieces += [between, laid.text]
        self._sizes += [laid.size] * (len(between) + len(laid.text))
        self._laid += [_NOWHERE] * len(between) + list(laid.boxes)
        self.boxes += [_NOWHERE] * len(between) + list(shown)
        return len(self.boxes) - len(shown)

    def layout(self, number: int, start: int, lines: Sequence[Box]) -> PageLayout:
        """What the page's blocks are told from."""
        ruled = [upright(Words("", (line,), 0.0), self._turn, self._size).boxes[0] for line in lines]
        width, height = self._size if self._turn % 2 == 0 else self._size[::-1]
        places = np.array(self._laid, np.float64).reshape(-1, 4)
        glyphs = Glyphs(self.text, places, np.array(self._sizes, np.float64), frozenset(self._askew))
        return PageLayout(number, start, width, height, glyphs, grids(ruled))


def _resolved(folder: str, name: str) -> str:
    """A place in the package, relative to a folder or from the root."""
    name = name.replace("\\", "/")
    return name.lstrip("/") if name.startswith("/") or not name else posixpath.normpath(posixpath.join(folder, name))


def _size(area: etree._Element | None) -> Box | None:
    """The page's box in points: what is printed on, else what is shown."""
    for name in ("PhysicalBox", "ApplicationBox"):
        found = child(area, name)
        if found is not None and (box := box_of(str(found.text or ""))) is not None:
            return box
    return None


def _covered(images: Sequence[Box], size: tuple[float, float]) -> float:
    """The share of the page under its largest picture."""
    whole = max(size[0] * size[1], 1.0)
    return max((min(1.0, max(0.0, x1 - x0) * max(0.0, y1 - y0) / whole) for x0, y0, x1, y1 in images), default=0.0)


def _may_hold_text(image: Box) -> bool:
    """Whether a picture is large enough to hold text. A stamp, round or oval, a code or an ornament is not."""
    sides = (image[2] - image[0]) / _CM, (image[3] - image[1]) / _CM
    long, short = max(sides), min(sides)
    return long >= _LEAST_CM[0] and short >= _LEAST_CM[1] and (long > _STAMP_CM or short < _OVAL * long)


def _bookmarks(outlines: etree._Element | None, pages: dict[str, int], level: int) -> Iterator[OutlineEntry]:
    for entry in children(outlines, "OutlineElem"):
        target = next((dest for dest in entry.iter() if isinstance(dest.tag, str) and dest.tag.endswith("Dest")), None)
        page = pages.get(str(target.get("PageID", "")) if target is not None else "")
        if page is not None:
            yield OutlineEntry(str(entry.get("Title", "")), page, level)
        if level < _DEEPEST_OUTLINE:
            yield from _bookmarks(entry, pages, level + 1)


def _listed(pages: Sequence[int]) -> str:
    return "、".join(map(str, pages[:20])) + ("等" if len(pages) > 20 else "")
