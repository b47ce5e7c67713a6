"""Fonts, seals and the other things that are drawn. Fonts are needed for building only: a subset of each is embedded in every PDF."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

# Each allows embedding; see README.md. Places are Debian's.
FONTS = {
    "hei": Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
    "song": Path("/usr/share/fonts/truetype/arphic/uming.ttc"),
    "kai": Path("/usr/share/fonts/truetype/arphic/ukai.ttc"),
    "tick": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
}
PACKAGES = "fonts-droid-fallback fonts-arphic-uming fonts-arphic-ukai fonts-dejavu-core"
LATIN = "Helvetica"  # every PDF reader has it
RED = (206, 32, 40)
BLUE = (28, 48, 140)
MARK = "演示样章"
NO_NAMES = bytes((0, 0, 0, 0, 0, 6))  # a name table with no entry


def register_fonts() -> None:
    """Makes the fonts known to reportlab. Raises SystemExit with what to install where one is missing."""
    missing = [str(path) for path in FONTS.values() if not path.exists()]
    if missing:
        raise SystemExit(f"fonts not found: {', '.join(missing)}; install {PACKAGES}")
    for name, path in FONTS.items():
        # No ASCII glyphs that a paper does not use, and not the font's own names (with DejaVu's licence 15 kB a file).
        font = TTFont(name, str(path), asciiReadable=False)
        tables = font.face.get_table
        font.face.get_table = lambda tag, tables=tables: NO_NAMES if tag == "name" else tables(tag)
        pdfmetrics.registerFont(font)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in runs of one font: letters and digits, signs that the Chinese font lacks, and the rest."""
    for latin, signs, rest in re.findall(r"([ -~]+)|([☑☐□■√·—“”±≥]+)|([^ -~☑☐□■√·—“”±≥]+)", text):
        yield (LATIN, latin) if latin else ("tick", signs) if signs else ("hei", rest)


def centred(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """One line around `x`, in as many fonts as it needs."""
    runs = list(pieces(text))
    left = x - sum(pdfmetrics.stringWidth(run, font, size) for font, run in runs) / 2
    for font, run in runs:
        canvas.setFont(font, size)
        canvas.drawString(left, y, run)
        left += pdfmetrics.stringWidth(run, font, size)


@cache
def seal(name: str, size: int = 260) -> Image.Image:
    """A round seal as a picture with a clear ground: ring, star, the name along the ring, and a word that it is a specimen."""
    image = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(image)
    centre, outer = size / 2, size / 2 - 3
    pen.ellipse([3, 3, size - 4, size - 4], outline=255, width=max(4, size // 50))
    pen.polygon(_star(centre, centre * 0.96, size * 0.13), fill=255)
    arc = min(math.radians(285), math.radians(21) * len(name))
    points = int(min(size * 0.105, arc * outer * 0.78 / max(len(name), 1)))
    font = ImageFont.truetype(str(FONTS["song"]), points)
    for number, character in enumerate(name):
        angle = -arc / 2 + arc * (number + 0.5) / len(name)
        _glyph(
            image, character, font, (centre + math.sin(angle) * outer * 0.8, centre - math.cos(angle) * outer * 0.8), -math.degrees(angle)
        )
    small = ImageFont.truetype(str(FONTS["hei"]), int(size * 0.07))
    pen.text((centre, size * 0.75), MARK, font=small, fill=255, anchor="mm")
    picture = Image.new("RGBA", image.size, (*RED, 0))
    picture.putalpha(image.point(lambda value: 225 if value > 96 else 0))
    return picture


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.382
        corners.append((x + reach * math.sin(math.pi * step / 5), y - reach * math.cos(math.pi * step / 5)))
    return corners


def _glyph(image: Image.Image, character: str, font: ImageFont.FreeTypeFont, at: tuple[float, float], turn: float) -> None:
    side = int(font.size * 2)
    glyph = Image.new("L", (side, side), 0)
    ImageDraw.Draw(glyph).text((side / 2, side / 2), character, font=font, fill=255, anchor="mm", stroke_width=1, stroke_fill=255)
    turned = glyph.rotate(turn, resample=Image.Resampling.BICUBIC)
    image.paste(255, (int(at[0] - side / 2), int(at[1] - side / 2)), turned)


def licence_frame(canvas: Canvas, width: float, height: float, number: int) -> None:
    """The ground and border of a licence: cream paper, two golden lines, a star in a disc, a square of dots in the corner."""
    canvas.setFillColorRGB(1.0, 0.985, 0.94)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setStrokeColorRGB(0.72, 0.56, 0.22)
    for inset, line in ((8, 2.2), (10.5, 0.7)):
        canvas.setLineWidth(line)
        canvas.rect(inset * mm, inset * mm, width - 2 * inset * mm, height - 2 * inset * mm)
    canvas.setFillColorRGB(0.80, 0.10, 0.12)
    canvas.circle(width / 2, height - 24 * mm, 8 * mm, stroke=0, fill=1)
    path = canvas.beginPath()
    corners = _star(width / 2, 0, 5.5 * mm)
    path.moveTo(corners[0][0], height - 24 * mm - corners[0][1])
    for x, y in corners[1:]:
        path.lineTo(x, height - 24 * mm - y)
    path.close()
    canvas.setFillColorRGB(0.96, 0.80, 0.20)
    canvas.drawPath(path, stroke=0, fill=1)
    _dots(canvas, width - 36 * mm, height - 36 * mm, Random(number))
    canvas.setFillColorRGB(0, 0, 0)


def _dots(canvas: Canvas, x: float, y: float, chance: Random) -> None:
    """A square that looks like a two-dimensional code and holds nothing."""
    canvas.setFillColorRGB(0.1, 0.1, 0.1)
    for row in range(21):
        for column in range(21):
            corner = any(abs(row - r) < 4 and abs(column - c) < 4 for r, c in ((3, 3), (3, 17), (17, 3)))
            if (corner and (row % 6 in (0, 2, 3, 4) and column % 6 in (0, 2, 3, 4))) or (not corner and chance.random() < 0.45):
                canvas.rect(x + column * mm, y + row * mm, mm, mm, stroke=0, fill=1)


def diagram(canvas: Canvas, layers: tuple[tuple[str, ...], ...], width: float, show: Callable[[str], str]) -> None:
    """Layers of boxes, the first on top, in the width given; drawn upwards from the origin, 11 mm a layer."""
    colours = ((0.20, 0.38, 0.62), (0.22, 0.50, 0.60), (0.30, 0.55, 0.45), (0.50, 0.50, 0.35), (0.45, 0.40, 0.50))
    for level, (label, *boxes) in enumerate(reversed(layers)):
        y = level * 11 * mm
        canvas.setFillColorRGB(*colours[level % len(colours)])
        canvas.rect(0, y, 26 * mm, 9 * mm, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        centred(canvas, 13 * mm, y + 3 * mm, show(label), 9)
        each = (width - 28 * mm) / len(boxes)
        for place, box in enumerate(boxes):
            left = 28 * mm + place * each
            canvas.setFillColorRGB(0.88, 0.92, 0.96)
            canvas.rect(left, y, each - 2 * mm, 9 * mm, stroke=0, fill=1)
            canvas.setFillColorRGB(0.1, 0.1, 0.2)
            centred(canvas, left + each / 2 - mm, y + 3 * mm, show(box), 9)


@cache
def signature(name: str, height: int = 120) -> Image.Image:
    """A name in blue ink, slightly askew, on a clear ground."""
    font = ImageFont.truetype(str(FONTS["kai"]), int(height * 0.6))
    ink = Image.new("L", (height * len(name), height), 0)
    ImageDraw.Draw(ink).text((height * 0.2, height / 2), name, font=font, fill=255, anchor="lm", stroke_width=1, stroke_fill=255)
    turned = ink.rotate(5, resample=Image.Resampling.BICUBIC)
    picture = Image.new("RGBA", ink.size, (*BLUE, 0))
    picture.putalpha(turned.point(lambda value: 235 if value > 96 else 0))
    return picture
