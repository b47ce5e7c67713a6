"""Small PDFs and stamps drawn for the reader tests."""

from __future__ import annotations

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF with a page for each function that draws one."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def lines(*texts: str, left: float = 72, top: float = 100, pitch: float = 20, size: float = 12) -> Callable[[Canvas], None]:
    """A page with one line of text under another; `top` is measured from the page's top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for number, text in enumerate(texts):
            canvas.drawString(left, A4[1] - top - number * pitch, text)

    return draw


def grid(canvas: Canvas, xs: list[float], tops: list[float]) -> None:
    """Rules at x positions and at heights from the page's top."""
    for x in xs:
        canvas.line(x, A4[1] - tops[0], x, A4[1] - tops[-1])
    for top in tops:
        canvas.line(xs[0], A4[1] - top, xs[-1], A4[1] - top)


def put(canvas: Canvas, x: float, top: float, text: str, size: float = 12) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, A4[1] - top, text)


def stamp(
    millimetres: float = 42, text: str = "TIANJIN SMART FACTORY TESTING CO", opacity: float = 1.0, ratio: float = 1.0, star: bool = True
) -> Image.Image:
    """A stamp on a clear ground at 100 dpi: a ring, letters along it, a star."""
    zoom = 4
    width = round(millimetres / 25.4 * 100) * zoom
    height = round(width * ratio)
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ink = (214, 30, 40, 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((2, 2, width - 3, height - 3), outline=ink, width=round(1.1 / 25.4 * 100 * zoom))
    font = ImageFont.load_default(round(width * 0.11))
    for number, letter in enumerate(text):
        angle = math.radians(140 + 260 * number / max(len(text) - 1, 1))
        glyph = Image.new("RGBA", (width // 7, width // 7), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), letter, font=font, fill=ink, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle) - 90)
        x = width / 2 + 0.39 * width * math.cos(angle)
        y = height / 2 + 0.39 * height * math.sin(angle)
        picture.alpha_composite(glyph, (round(x - glyph.width / 2), round(y - glyph.height / 2)))
    if star:
        points = [
            (
                width / 2 + width * (0.14 if corner % 2 else 0.06) * math.sin(math.pi * corner / 5 + math.pi),
                height / 2 + width * (0.14 if corner % 2 else 0.06) * math.cos(math.pi * corner / 5 + math.pi),
            )
            for corner in range(10)
        ]
        draw.polygon(points, fill=ink)
    picture = picture.resize((width // zoom, height // zoom), Image.Resampling.LANCZOS)
    picture.putalpha(picture.getchannel("A").point(lambda value: round(value * opacity)))
    return picture


def sheet(text_lines: int = 0) -> Image.Image:
    """A white A4 sheet at 100 dpi, with grey-black text if wanted."""
    picture = Image.new("RGB", (827, 1169), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(16)
    for number in range(text_lines):
        draw.text(
            (90, 100 + 28 * number), "The applicant declares that all materials are true and complete. " * 2, font=font, fill=(20, 20, 20)
        )
    return picture
