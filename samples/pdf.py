"""Prints papers as PDF: one paper a file, or all in one bound file with a catalogue page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from drawing import centred, diagram, licence_frame, pieces, seal, signature
from papers.blocks import Block, Break, Diagram, Paper, Signature, Space, Stamp, Table, Text
from reportlab import rl_config
from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as PrintedTable

rl_config.useA85 = 0
Show = Callable[[str], str]
FOOT = "虚构材料，仅供软件演示"


@dataclass(frozen=True)
class Look:
    """How an applicant sets its papers: the body font, its size and leading, the margins in mm, how pages are numbered."""

    body: str = "hei"
    size: float = 10.5
    leading: float = 18.5
    margin: float = 26.0
    number: str = "第{n}页"
    shade: bool = True


def _styles(look: Look) -> dict[str, ParagraphStyle]:
    base = {"fontName": look.body, "fontSize": look.size, "leading": look.leading, "wordWrap": "CJK"}

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, **{**base, **changes})

    return {
        "cover": style("cover", fontName="hei", fontSize=24, leading=40, alignment=1),
        "title": style("title", fontName="hei", fontSize=18, leading=28, alignment=1, spaceAfter=10),
        "h1": style("h1", fontName="hei", fontSize=14, leading=24, spaceBefore=9, spaceAfter=3),
        "h2": style("h2", fontName="hei", fontSize=12, leading=21, spaceBefore=5, spaceAfter=1),
        "h3": style("h3", fontName="hei", spaceBefore=3),
        "body": style("body", firstLineIndent=2 * look.size),
        "plain": style("plain"),
        "item": style("item", leftIndent=2 * look.size),
        "right": style("right", alignment=2),
        "centre": style("centre", alignment=1),
        "small": style("small", fontSize=8.5, leading=13),
        "rule": style("rule", fontSize=13, leading=30, leftIndent=34),
        "cell": style("cell", fontSize=9, leading=13.5),
        "cell-centre": style("cell-centre", fontSize=9, leading=13.5, alignment=1),
        "cell-right": style("cell-right", fontSize=9, leading=13.5, alignment=2),
    }


def _markup(text: str) -> str:
    return "".join(escape(run) if font == "hei" else f'<font name="{font}">{escape(run)}</font>' for font, run in pieces(text))


class _Drawn(Flowable):
    """Something that takes no room: drawn over what stands above."""

    def __init__(self, draw: Callable[[Any], None], height: float = 0.0, width: float = 0.0) -> None:
        super().__init__()
        self._draw, self.height, self.width = draw, height, width

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self._draw(self.canv)


def _stamp(block: Stamp, show: Show) -> Flowable:
    side = 41 * mm

    def draw(canvas: Any) -> None:
        picture = ImageReader(seal(show(block.name)))
        canvas.drawImage(picture, block.right * mm - side / 2, block.up * mm - side / 2, side, side, mask="auto")

    return _Drawn(draw)


def _sign(block: Signature, show: Show) -> Flowable:
    def draw(canvas: Any) -> None:
        picture = signature(show(block.name))
        height = 12 * mm
        canvas.drawImage(
            ImageReader(picture), block.right * mm, block.up * mm, height * picture.width / picture.height, height, mask="auto"
        )

    return _Drawn(draw)


def _printed_table(block: Table, styles: dict[str, ParagraphStyle], look: Look, show: Show) -> Flowable:
    count = len(block.widths)
    grid: list[list[Any]] = []
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), block.upright), ("TOPPADDING", (0, 0), (-1, -1), 2.5)]
    if block.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.6, black))
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(block.rows):
        line: list[Any] = [""] * count
        column = 0
        for cell in row:
            while (r, column) in covered:
                column += 1
            style = styles["cell" if cell.align == "left" else f"cell-{cell.align}"]
            line[column] = Paragraph(_markup(show(cell.text)), style)
            end = (column + cell.across - 1, r + cell.down - 1)
            if end != (column, r):
                commands.append(("SPAN", (column, r), end))
            if cell.head and look.shade:
                commands.append(("BACKGROUND", (column, r), end, Color(0.92, 0.94, 0.96)))
            covered.update((r + down, column + right) for down in range(cell.down) for right in range(cell.across))
            column += cell.across
        grid.append(line)
    return PrintedTable(
        grid, colWidths=[width * mm for width in block.widths], style=commands, repeatRows=block.repeat, spaceBefore=3, spaceAfter=5
    )


def _flow(blocks: Sequence[Block], look: Look, show: Show) -> list[Flowable]:
    styles = _styles(look)
    flow: list[Flowable] = []
    for block in blocks:
        match block:
            case Text(style="rule"):
                label, value = _markup(show(block.text)).split("：", 1)
                flow.append(Paragraph(f"{label}：<u>{value}</u>", styles["rule"]))
            case Text():
                flow.append(Paragraph(_markup(show(block.text)), styles[block.style]))
            case Table():
                flow.append(_printed_table(block, styles, look, show))
            case Space():
                flow.append(Spacer(1, block.height * mm))
            case Break():
                flow.append(PageBreak())
            case Stamp():
                flow.append(_stamp(block, show))
            case Signature():
                flow.append(_sign(block, show))
            case Diagram():
                width = 210 * mm - 2 * look.margin * mm
                layers = block.layers
                flow.append(
                    _Drawn(lambda canvas, layers=layers, width=width: diagram(canvas, layers, width, show), len(layers) * 11 * mm, width)
                )
                flow.append(Paragraph(_markup(show(block.caption)), styles["centre"]))
    return flow


class _Pages:
    """Draws what is on every page: the running head, the page number, and the line that says that all of it is made up."""

    def __init__(self, paper: Paper, look: Look, show: Show, size: tuple[float, float]) -> None:
        self.paper, self.look, self.show, self.size = paper, look, show, size

    def __call__(self, canvas: Canvas, document: Any) -> None:
        width, height = self.size
        canvas.saveState()
        if self.paper.frame == "licence":
            licence_frame(canvas, width, height, len(self.paper.blocks))
        else:
            if self.paper.running and document.page > 1:
                centred(canvas, width / 2, height - 14 * mm, self.show(self.paper.running), 9)
                canvas.line(self.look.margin * mm, height - 16 * mm, width - self.look.margin * mm, height - 16 * mm)
            centred(canvas, width / 2, 13 * mm, self.show(self.look.number.format(n=document.page)), 9)
        canvas.setFillGray(0.55)
        centred(canvas, width / 2, (5 if self.paper.frame == "licence" else 8) * mm, self.show(FOOT), 7)
        canvas.restoreState()


def print_papers(papers: Sequence[Paper], look: Look, show: Show, title: str) -> bytes:
    """One PDF of the papers one after another, the same bytes each time."""
    buffer = BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, pageCompression=1, title=show(title), author="", producer="", creator="")
    flow: list[Flowable] = []
    templates = []
    for number, paper in enumerate(papers):
        size = landscape(A4) if paper.landscape else A4
        side = 24.0 if paper.frame == "licence" else look.margin
        top = 36.0 if paper.frame == "licence" else 22.0
        frame = Frame(side * mm, 20 * mm, size[0] - 2 * side * mm, size[1] - (20 + top) * mm, 0, 0, 0, 0)
        templates.append(PageTemplate(str(number), [frame], onPage=_Pages(paper, look, show, size), pagesize=size))
        if number:
            flow += [NextPageTemplate(str(number)), PageBreak()]
        flow += _flow(paper.blocks, look, show)
    document.addPageTemplates(templates)
    document.build(flow)
    return buffer.getvalue()
