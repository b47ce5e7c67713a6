"""What a web page shows otherwise than as text: fields, ticked boxes, list numbers become words, what is not shown is taken out, pictures
and inlaid frames are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docproc.readers.word_numerals import written
from docproc.readers.word_symbols import checkbox

_INLAID: Final = frozenset({"object", "iframe", "embed"})
_NOT_SHOWN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NO_WORDS: Final = frozenset({"script", "style", "head", "template", "noscript"})
_SILENT_FIELDS: Final = frozenset({"hidden", "password", "submit", "button", "reset", "image", "file", "range", "color"})
_WRITINGS: Final = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_LEAST_PIXELS: Final = (200, 100)  # long and short side: a smaller picture holds no line of readable text


@dataclass(slots=True)
class Settled:
    """What was met: pictures large enough for text, frames and objects, the words of what is not shown."""

    pictures: int = 0
    inlaid: int = 0
    hidden: list[str] = field(default_factory=list)


def settle(root: etree._Element) -> Settled:
    """Changes the page so that its text is what it shows, and tells what else there was."""
    found = Settled()
    for element in list(root.iter(etree.Element)):
        tag = str(element.tag).lower()
        if element is not root and element.getparent() is None:
            continue  # inside something that was taken out
        if tag == "img":
            found.pictures += _may_hold_text(element)
        elif tag in _INLAID:
            found.inlaid += 1
        elif tag == "input":
            _become(element, _of_input(element))
        elif tag == "select":
            _become(element, _of_select(element))
        elif tag == "ol":
            _number(element)
        elif tag not in _NO_WORDS and element is not root and _unseen(element):
            words = " ".join("".join(map(str, element.itertext())).split())
            found.hidden += [words] if words else []
            _become(element, "")
    return found


def _become(element: etree._Element, words: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "span", words, tail


def _number(items: etree._Element) -> None:
    """Writes the numbers of a list before the words of its entries."""
    if "none" in str(items.get("style", "")):
        return
    writing = _WRITINGS.get(str(items.get("type", "1")), "decimal")
    count = _whole(items.get("start"), 1)
    for item in items.iterchildren("li"):
        count = _whole(item.get("value"), count)
        holder = item
        while not (holder.text or "").strip() and len(holder) and str(holder[0].tag).lower() in {"p", "div"}:
            holder = holder[0]
        holder.text = f"{written(count, writing)}. {str(holder.text or '').lstrip()}"
        count += 1


def _of_input(element: etree._Element) -> str:
    kind = str(element.get("type", "text")).lower()
    if kind in {"checkbox", "radio"}:
        return checkbox(element.get("checked") is not None)
    return "" if kind in _SILENT_FIELDS else str(element.get("value", ""))


def _of_select(element: etree._Element) -> str:
    """The chosen entries; a list of one line shows its first where none is chosen."""
    entries = list(element.iter("option"))
    chosen = [entry for entry in entries if entry.get("selected") is not None]
    if not chosen and element.get("multiple") is None and not element.get("size"):
        chosen = entries[:1]
    return "、".join(" ".join("".join(map(str, entry.itertext())).split()) for entry in chosen)


def _unseen(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _NOT_SHOWN.search(str(element.get("style", ""))) is not None


def _may_hold_text(element: etree._Element) -> bool:
    sides = [_pixels(element.get(name)) for name in ("width", "height")]
    known = [side for side in sides if side is not None]
    return (len(known) < 2 or max(known) >= _LEAST_PIXELS[0]) and min(known, default=_LEAST_PIXELS[1]) >= _LEAST_PIXELS[1]


def _whole(value: str | None, default: int) -> int:
    digits = (value or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else default


def _pixels(value: str | None) -> int | None:
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else None
