"""Pictures of pages with their truth, as a scanner and a stamp make them: Debian's faces, several resolutions, skew, noise, JPEG,
stamps in five strengths of ink, and red things that are no stamps.

Needs fonts (tests/faces.py); everything else follows from the seed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypdfium2 import PdfiumError

from tests.faces import FACES
from tests.readers.ocr.scanning import PACKAGES as SAMPLES
from tests.readers.ocr.scanning import words

OPACITIES = (0.3, 0.45, 0.6, 0.8, 1.0)
RED = (206, 32, 40)
A4 = (210, 297)  # millimetres
_COMMON = re.compile(r"[\u4e00-\u9fff0-9，。、；：（）%.]+")
_PLACES = ("天津", "北京", "河北", "辽宁", "江苏", "湖南")
_FANCIES = ("子虚", "乌有", "亡是", "华胥", "无何", "南柯", "黄粱", "蓬莱", "海市", "方壶", "赤水", "昆吾")
_TRADES = ("阀门制造", "传动设备", "电缆", "精密仪器", "食品加工", "汽车零部件", "数控机床", "环保科技", "生物技术", "新材料")
_FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page's picture, the words that stand on it, line by line, and its resolution."""

    picture: Image.Image
    truth: str
    dpi: int


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    path, index = FACES[face]
    return ImageFont.truetype(path, size, index=index)


@cache
def sentences() -> tuple[str, ...]:
    """The samples' sentences, in characters that every face has."""
    found: dict[str, None] = {}
    for name in ("tj-advanced-clean", "tj-excellent-clean"):
        for path in sorted((SAMPLES / name).rglob("*.pdf")):
            for page in (1, 2, 3, 4, 5, 6):
                try:
                    text = words(path, page)
                except PdfiumError:
                    break
                found |= dict.fromkeys(piece for piece in _COMMON.findall(text.replace("\r\n", "")) if 8 <= len(piece) <= 200)
    return tuple(found)


def firm(chance: Random) -> str:
    """A made-up firm's name."""
    return chance.choice(_PLACES) + chance.choice(_FANCIES) + chance.choice(_TRADES) + chance.choice(_FORMS)


def text_page(face: str, dpi: int, seed: int, *, points: float = 12, lines: int = 30) -> PagePicture:
    """A sheet of A4 full of text."""
    chance = Random(seed)
    width, height = (round(side / 25.4 * dpi) for side in A4)
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    size = round(points / 72 * dpi)
    left, top, pitch = round(0.13 * width), round(0.1 * height), round(1.75 * size)
    per_line = (width - 2 * left) // size
    text = ""
    while len(text) < lines * per_line:
        text += chance.choice(sentences())
    rows = [text[start : start + per_line] for start in range(0, lines * per_line, per_line)]
    for number, row in enumerate(rows):
        draw.text((left, top + number * pitch), row, font=font(face, size), fill=(25, 25, 25))
    return PagePicture(picture, "\n".join(rows), dpi)


def stamp(
    name: str, dpi: int, *, millimetres: float = 42, ratio: float = 1.0, face: str = "song", foot: str = "", turn: float = 0
) -> Image.Image:
    """A stamp's ink (an L picture, 255 where there is ink): ring, star, the name along the ring, words at the foot."""
    zoom = 3
    width = round(millimetres / 25.4 * dpi) * zoom
    image = Image.new("L", (width, width), 0)
    pen = ImageDraw.Draw(image)
    line = max(2, round(1.1 / 25.4 * dpi * zoom))
    pen.ellipse([line, line, width - line - 1, width - line - 1], outline=255, width=line)
    centre, outer = width / 2, width / 2 - line
    pen.polygon(_star(centre, centre * 0.98, width * 0.13), fill=255)
    arc = min(math.radians(270), math.radians(22) * len(name))
    points = int(min(width * 0.11, arc * outer * 0.78 / max(len(name), 1)))
    for number, character in enumerate(name):
        angle = -arc / 2 + arc * (number + 0.5) / len(name)
        side = points * 2
        glyph = Image.new("L", (side, side), 0)
        ImageDraw.Draw(glyph).text(
            (points, points), character, font=font(face, points), fill=255, anchor="mm", stroke_width=zoom // 2, stroke_fill=255
        )
        glyph = glyph.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = centre + math.sin(angle) * outer * 0.79, centre - math.cos(angle) * outer * 0.79
        image.paste(255, (int(x - points), int(y - points)), glyph)
    if foot:
        pen.text((centre, width * 0.74), foot, font=font(face, int(width * 0.075)), fill=255, anchor="mm")
    if turn:
        image = image.rotate(turn, resample=Image.Resampling.BICUBIC)
    return image.resize((width // zoom, round(width * ratio) // zoom), Image.Resampling.LANCZOS)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    reaches = (radius if step % 2 == 0 else radius * 0.382 for step in range(10))
    return [(x + reach * math.sin(math.pi * step / 5), y - reach * math.cos(math.pi * step / 5)) for step, reach in enumerate(reaches)]


def inked(picture: Image.Image, ink: Image.Image, at: tuple[int, int], opacity: float, colour: tuple[int, int, int] = RED) -> Image.Image:
    """The picture with ink on it, which darkens what is beneath as real ink does."""
    paper = np.asarray(picture.convert("RGB"), np.float32)
    cover = np.zeros(paper.shape[:2], np.float32)
    x, y = at
    left, top = max(0, x), max(0, y)
    right, bottom = min(picture.width, x + ink.width), min(picture.height, y + ink.height)
    if right > left and bottom > top:
        cover[top:bottom, left:right] = np.asarray(ink, np.float32)[top - y : bottom - y, left - x : right - x] / 255 * opacity
    tint = np.array(colour, np.float32) / 255
    return Image.fromarray((paper * (1 - cover[..., None] * (1 - tint))).clip(0, 255).astype(np.uint8))


def scanned(picture: Image.Image, seed: int, *, skew: float = 0.0, noise: float = 0.0, blur: float = 0.0, quality: int = 85) -> Image.Image:
    """The picture as a scanner gives it: turned a little, grey paper, noise, JPEG."""
    turned = picture.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor="white") if skew else picture
    if blur:
        turned = turned.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        pixels = np.asarray(turned, np.float32) * 0.96 + np.random.default_rng(seed).normal(0, noise, (*turned.size[::-1], 1)).astype(
            np.float32
        )
        turned = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    data = BytesIO()
    turned.save(data, "JPEG", quality=quality)
    return Image.open(BytesIO(data.getvalue())).convert("RGB")


def decoy(picture: Image.Image, dpi: int, chance: Random) -> str:
    """Draws something red that is no stamp, and says what."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    unit = dpi / 25.4  # pixels a millimetre
    kind = chance.choice(("headline", "disc", "logo", "emblem", "table", "square", "red text", "gear", "prize", "rule"))
    x, y, side = chance.uniform(0.1, 0.6) * width, chance.uniform(0.1, 0.33) * height, chance.uniform(24, 55) * unit
    match kind:
        case "headline":
            draw.text((width / 2, 25 * unit), "天津市工业和信息化局文件", font=font("noto-song", round(11 * unit)), fill=RED, anchor="mm")
            draw.rectangle((20 * unit, 45 * unit, width - 20 * unit, 46.5 * unit), fill=RED)
        case "disc":
            draw.ellipse((x, y, x + side, y + side), fill=RED)
            draw.polygon(_star(x + side / 2, y + side / 2, side * 0.3), fill=(250, 215, 60))
        case "logo":
            draw.ellipse((x, y, x + side, y + side), outline=RED, width=round(side * 0.12))
            draw.text(
                (x + side / 2, y + side / 2), chance.choice(("智", "工", "创")), font=font("hei", round(side * 0.5)), fill=RED, anchor="mm"
            )
        case "emblem":
            draw.ellipse((x, y, x + side, y + side), fill=RED)
            draw.ellipse((x + 0.12 * side, y + 0.12 * side, x + 0.88 * side, y + 0.88 * side), fill=(245, 200, 60))
            draw.ellipse((x + 0.2 * side, y + 0.2 * side, x + 0.8 * side, y + 0.8 * side), fill=RED)
            draw.polygon(_star(x + side / 2, y + side / 2, side * 0.16), fill=(245, 200, 60))
        case "table":
            rows, columns = chance.randint(4, 14), chance.randint(3, 8)
            for row in range(rows + 1):
                draw.line((20 * unit, y + row * 9 * unit, width - 20 * unit, y + row * 9 * unit), fill=RED, width=max(1, round(0.4 * unit)))
            for column in range(columns + 1):
                at = 20 * unit + column * (width - 40 * unit) / columns
                draw.line((at, y, at, y + rows * 9 * unit), fill=RED, width=max(1, round(0.4 * unit)))
        case "square":
            draw.rectangle((x, y, x + 20 * unit, y + 20 * unit), outline=RED, width=round(1.2 * unit))
            draw.text((x + 10 * unit, y + 10 * unit), "司马\n逍印", font=font("song", round(8 * unit)), fill=RED, anchor="mm", spacing=0)
        case "red text":
            for number in range(chance.randint(3, 20)):
                draw.text((25 * unit, y + number * 8 * unit), chance.choice(sentences())[:28], font=font("song", round(5 * unit)), fill=RED)
        case "gear":
            points = []
            for step in range(48):
                reach = side / 2 * (1.0 if step % 4 < 2 else 0.84)
                points.append((x + side / 2 + reach * math.cos(step * math.pi / 24), y + side / 2 + reach * math.sin(step * math.pi / 24)))
            draw.polygon(points, outline=RED, width=round(1.2 * unit))
            draw.ellipse((x + 0.3 * side, y + 0.3 * side, x + 0.7 * side, y + 0.7 * side), outline=RED, width=round(1.2 * unit))
        case "prize":
            draw.ellipse((x, y, x + side, y + side), outline=RED, width=round(0.8 * unit))
            draw.ellipse((x + 0.1 * side, y + 0.1 * side, x + 0.9 * side, y + 0.9 * side), fill=RED)
            draw.text((x + side / 2, y + side / 2), "优秀", font=font("hei", round(side * 0.25)), fill=(255, 230, 120), anchor="mm")
        case "rule":
            draw.rectangle((20 * unit, y, width - 20 * unit, y + chance.uniform(0.5, 12) * unit), fill=RED)
    return kind
