"""What hangs in a drawing: text boxes, word art, pictures, diagrams, charts, embedded files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree

from docproc.readers.unread import Unreadable
from docproc.readers.word_parts import DGM, MC, WP, A, O, Parts, R, V, W

_EMU_PER_CM: Final = 360_000
_LEAST_PIXELS: Final = (200, 100)  # long and short side: fewer hold no line of readable text
_STAMP_CM: Final = 5.0  # a round stamp is at most 4.5 cm across (国务院 1999 seal rules), a QR code seldom more
_LEAST_CM: Final = (3.0, 1.0)  # long and short side as shown
_LENGTH: Final = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
_CM_PER_UNIT: Final = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "": 2.54 / 96}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its relationship, with its size as shown in cm, where the file says."""

    relation: str
    width: float | None = None
    height: float | None = None


@dataclass(slots=True)
class Graphics:
    """What one drawing holds, in document order."""

    boxes: list[etree._Element] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)  # by their relationship
    formulas: int = 0  # of the old equation editor, which are pictures
    objects: list[str] = field(default_factory=list)  # embedded files, by their relationship


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The one branch of mc:AlternateContent to read: its first choice, else the fallback. Both hold the same text."""
    choice = alternate.find(f"{MC}Choice")
    return choice if choice is not None else alternate.find(f"{MC}Fallback")


def graphics(element: etree._Element) -> Graphics:
    """Everything in a w:drawing, w:pict or w:object."""
    found = Graphics()
    _gather(element, found, None, None)
    return found


def _gather(element: etree._Element, found: Graphics, width: float | None, height: float | None) -> None:
    tag = element.tag
    if tag == f"{W}txbxContent":
        found.boxes.append(element)
        return
    if tag == f"{MC}AlternateContent":
        branch = chosen(element)
        if branch is not None:
            _gather(branch, found, width, height)
        return
    if tag == f"{W}object":
        embedded = element.find(f".//{O}OLEObject")
        if embedded is not None and str(embedded.get("ProgID", "")).startswith("Equation"):
            found.formulas += 1
        else:
            found.objects.append("" if embedded is None else str(embedded.get(f"{R}id", "")))
        return
    if tag == f"{V}textpath":
        found.art.append(str(element.get("string", "")))
    elif tag == f"{A}blip":
        relation = element.get(f"{R}embed")
        if relation:
            found.pictures.append(Picture(str(relation), width, height))
    elif tag == f"{V}imagedata":
        relation = element.get(f"{R}id")
        if relation:
            found.pictures.append(Picture(str(relation), width, height))
    elif tag == f"{DGM}relIds":
        found.diagrams.append(str(element.get(f"{R}dm", "")))
    elif isinstance(tag, str) and tag.endswith(("/chart}chart", "/chartex}chart")):
        found.charts.append(str(element.get(f"{R}id", "")))
    elif tag in {f"{WP}inline", f"{WP}anchor"}:
        extent = element.find(f"{WP}extent")
        if extent is not None:
            width, height = _emu(extent.get("cx")), _emu(extent.get("cy"))
    elif isinstance(tag, str) and tag.startswith(V):
        sizes = {name.lower(): float(number) * _CM_PER_UNIT[(unit or "").lower()] for name, number, unit in _sizes(element)}
        width, height = sizes.get("width", width), sizes.get("height", height)
    for child in element:
        _gather(child, found, width, height)


def _sizes(element: etree._Element) -> list[tuple[str, str, str]]:
    return [found for found in _LENGTH.findall(str(element.get("style", ""))) if found[1].count(".") <= 1 and found[1] != "."]


def _emu(text: str | None) -> float | None:
    return int(text) / _EMU_PER_CM if text and text.isascii() and text.isdecimal() else None


def diagram_lines(parts: Parts, part: str, relation: str) -> Iterator[str]:
    """The words of a SmartArt diagram, a paragraph each."""
    target = parts.relations(part).get(relation, ("", ""))[1]
    root = parts.xml(target) if target else None
    for paragraph in [] if root is None else root.iter(f"{A}p"):
        text = "".join(str(run.text or "") for run in paragraph.iter(f"{A}t"))
        if text.strip():
            yield text


def holds_text(parts: Parts, part: str, picture: Picture) -> bool:
    """Whether a picture is large enough to hold text that was not read. A stamp, a code or an ornament is not."""
    if picture.width is not None and picture.height is not None:
        long, short = max(picture.width, picture.height), min(picture.width, picture.height)
        if long < _LEAST_CM[0] or short < _LEAST_CM[1] or (long <= _STAMP_CM and short > 0.8 * long):
            return False
    size = _pixels(parts, parts.relations(part).get(picture.relation, ("", ""))[1])
    return size is None or (max(size) >= _LEAST_PIXELS[0] and min(size) >= _LEAST_PIXELS[1])


def _pixels(parts: Parts, name: str) -> tuple[int, int] | None:
    """Width and height from the picture's head; None where they cannot be told (vector formats, damage)."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        data = parts.read(name) if name else None
        if data is None:
            return (0, 0)  # linked or lost: nothing to read in this file
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                return image.size if image.format not in {"WMF", "EMF"} else None
    except (Unreadable, UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
