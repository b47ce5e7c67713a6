"""Stamps are found in several sizes, inks and places; what is merely red is not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docproc.model import Seal
from docproc.readers.seal import find_seals, shows_colour
from tests.readers.drawing import sheet, stamp

RED = (214, 30, 40)
SIZE = (595.4, 841.7)


def found(picture: Image.Image) -> list[Seal]:
    return find_seals(np.asarray(picture.convert("RGB")), SIZE)


def with_stamp(at: tuple[int, int], *, text_lines: int = 0, **options: float | str | bool) -> Image.Image:
    picture = sheet(text_lines)
    ink = stamp(**options)  # type: ignore[arg-type]
    picture.paste(ink, at, ink)
    return picture


@pytest.mark.parametrize("millimetres", [30, 38, 42, 45, 58])
@pytest.mark.parametrize("opacity", [1.0, 0.7, 0.4])
def test_sizes_and_inks(millimetres: float, opacity: float) -> None:
    (seal,) = found(with_stamp((400, 600), millimetres=millimetres, opacity=opacity))
    width = millimetres / 25.4 * 72
    assert seal.box == pytest.approx((288, 432, 288 + width, 432 + width), abs=4)
    assert seal.shape == "round"
    assert 0.5 < seal.confidence <= 1


def test_over_text() -> None:
    (seal,) = found(with_stamp((300, 300), text_lines=30, opacity=0.8))
    assert seal.box[:2] == pytest.approx((216, 216), abs=4)


@pytest.mark.parametrize("ratio", [0.7, 0.75])
def test_oval(ratio: float) -> None:
    (seal,) = found(with_stamp((300, 500), millimetres=45, ratio=ratio))
    assert seal.shape == "oval"


@pytest.mark.parametrize(("at", "side"), [((-80, 500), 0), ((827 - 85, 500), 2), ((300, -70), 1), ((300, 1169 - 90), 3)])
def test_cut_by_the_edge_of_the_page(at: tuple[int, int], side: int) -> None:
    (seal,) = found(with_stamp(at))
    assert seal.shape == "edge"
    assert seal.box[side] == pytest.approx((0, 0, *SIZE)[side], abs=2)


def test_two_apart_and_two_that_overlap() -> None:
    picture = with_stamp((150, 700))
    for at in ((450, 700), (500, 820)):
        other = stamp(text="SECOND COMPANY FOR AUDIT AND TAX")
        picture.paste(other, at, other)
    assert len(found(picture)) == 3


def test_with_a_headline_a_rule_and_red_table_lines() -> None:
    picture = with_stamp((400, 640))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 200, 740, 206), fill=RED)
    for top in range(600, 900, 50):
        draw.line((90, top, 740, top), fill=RED, width=2)
    for left in (90, 300, 520, 740):
        draw.line((left, 600, left, 850), fill=RED, width=2)
    assert len(found(picture)) == 1


def test_a_scan_with_noise_and_blur() -> None:
    picture = with_stamp((400, 700), text_lines=30, opacity=0.8).rotate(2, fillcolor="white").filter(ImageFilter.GaussianBlur(0.8))
    noise = np.random.default_rng(0).normal(0, 6, (1169, 827, 3))
    noisy = (np.asarray(picture).astype(float) * 0.95 + noise).clip(0, 255).astype(np.uint8)
    assert len(find_seals(noisy, SIZE)) == 1


def _negative(name: str) -> Image.Image:
    picture = sheet(6)
    draw = ImageDraw.Draw(picture)
    match name:
        case "headline":
            draw.text((414, 120), "RED HEADLINE DOCUMENT", font=ImageFont.load_default(54), fill=RED, anchor="mm")
            draw.rectangle((90, 200, 740, 206), fill=RED)
        case "disc":
            draw.ellipse((300, 500, 465, 665), fill=RED)
        case "disc with a star":
            draw.ellipse((300, 500, 465, 665), fill=RED)
            draw.ellipse((350, 550, 415, 615), fill=(250, 220, 60))
        case "bare ring":
            draw.ellipse((300, 500, 465, 665), outline=RED, width=5)
        case "logo ring":
            draw.ellipse((300, 500, 465, 665), outline=RED, width=20)
            draw.text((382, 582), "ABC", font=ImageFont.load_default(40), fill=RED, anchor="mm")
        case "ring with a star":
            mark = stamp(text="")
            picture.paste(mark, (300, 500), mark)
        case "table":
            for top in range(500, 900, 40):
                draw.line((90, top, 740, top), fill=RED, width=2)
            for left in range(90, 741, 65):
                draw.line((left, 500, left, 860), fill=RED, width=2)
        case "square":
            draw.rectangle((300, 500, 465, 665), outline=RED, width=5)
            draw.text((382, 582), "ABCD\nEFGH", font=ImageFont.load_default(50), fill=RED, anchor="mm")
        case "red text":
            for number in range(12):
                draw.text((90, 400 + 26 * number), "important clause in red ink " * 3, font=ImageFont.load_default(18), fill=RED)
        case "blue stamp":
            ink = stamp()
            blue = Image.merge("RGBA", [ink.getchannel(channel) for channel in "BGRA"])
            picture.paste(blue, (300, 500), blue)
        case "small stamp":
            ink = stamp(14)
            picture.paste(ink, (300, 500), ink)
        case "copy in greys":
            ink = stamp()
            picture.paste(ink, (300, 500), ink)
            picture = picture.convert("L").convert("RGB")
        case "photograph":
            rng = np.random.default_rng(1)
            blotches = Image.fromarray(rng.integers(0, 255, (20, 30, 3), dtype=np.uint8)).resize((600, 400), Image.Resampling.BICUBIC)
            picture.paste(blotches, (100, 400))
    return picture


@pytest.mark.parametrize(
    "name",
    [
        "headline",
        "disc",
        "disc with a star",
        "bare ring",
        "logo ring",
        "ring with a star",
        "table",
        "square",
        "red text",
        "blue stamp",
        "small stamp",
        "copy in greys",
        "photograph",
        "blank",
    ],
)
def test_what_is_no_stamp(name: str) -> None:
    assert found(_negative(name)) == []


def test_colour_is_told_from_its_absence() -> None:
    assert shows_colour(np.asarray(with_stamp((300, 300))))
    assert not shows_colour(np.asarray(sheet(10)))
    assert not shows_colour(np.asarray(_negative("copy in greys")))


def test_the_same_picture_gives_the_same_seals() -> None:
    picture = with_stamp((-80, 500), text_lines=20)
    assert found(picture) == found(picture)
