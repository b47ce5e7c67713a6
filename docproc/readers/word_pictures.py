"""The words on a Word file's pictures, read by recognition: pasted licences, certificates, screens. They stand after everything else."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docproc.model import Block, PictureLook, Recognised
from docproc.readers.progress import tell
from docproc.readers.scan import Scan, Scanner, State
from docproc.readers.unread import Unreadable
from docproc.readers.word_graphics import Picture
from docproc.readers.word_losses import is_sheet
from docproc.readers.word_parts import Parts

_PER_FILE: Final = 60  # pictures that are recognised
_PIXELS_AT_MOST: Final = 100_000_000
_READ: Final = frozenset({State.RECOGNISED, State.BLANK})


@dataclass(frozen=True, slots=True)
class OnPictures:
    """What pictures added to the text (`text` goes at the end of it), and those whose words were not read, all or in part."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    lost: tuple[Picture, ...] = ()
    wordless: tuple[Picture, ...] = ()
    looks: tuple[PictureLook, ...] = ()  # of those with words, and of whole sheets


def read_pictures(parts: Parts, part: str, pictures: Sequence[Picture], start: int, tables: int) -> OnPictures:
    """Reads pictures of a part. `start`: how long the text is so far; `tables`: how many tables it has."""
    from docproc.readers.pdf_layout import blocks

    scanner = Scanner()
    words: list[str] = []
    found: list[Block] = []
    recognised: list[Recognised] = []
    looks: list[PictureLook] = []
    lost: dict[bool, list[Picture]] = {False: [], True: []}
    for number, picture in enumerate(pictures):
        between = "\n" if start else ""
        at = start + len(between)
        scan = _scan(parts, part, picture, scanner, at) if number < _PER_FILE else Scan(State.TOO_MANY)
        tell(number + 1, len(pictures))
        if scan.text:
            words.append(between + scan.text)
            recognised.append(Recognised(at, scan.confidences))
            start = at + len(scan.text)
            placed = [_placed(block, tables) for block in blocks(scan.layouts)]
            tables = 1 + max((block.cell.table for block in placed if block.cell is not None), default=tables - 1)
            found += placed
        if scan.look and (scan.text or is_sheet(picture.width, picture.height)):
            looks.append(PictureLook(at, at + len(scan.text), scan.look) if scan.text else PictureLook(start, start, scan.look))
        if scan.state not in _READ:
            lost[scan.state is State.WORDLESS].append(picture)
    return OnPictures("".join(words), tuple(found), tuple(recognised), tuple(lost[False]), tuple(lost[True]), tuple(looks))


def _placed(block: Block, tables: int) -> Block:
    """A block of a picture in a file without pages, its tables numbered on."""
    cell = block.cell if block.cell is None else block.cell._replace(table=tables + block.cell.table)
    return block._replace(page=None, cell=cell)


def _scan(parts: Parts, part: str, picture: Picture, scanner: Scanner, start: int) -> Scan:
    from PIL import Image

    from docproc.readers.picture import DAMAGED, as_rgb, legible

    try:
        data = parts.read(parts.relations(part).get(picture.relation, ("", ""))[1])
        if data is None:
            return Scan(State.FAILED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                if image.format in {"WMF", "EMF"} or image.width * image.height > _PIXELS_AT_MOST:
                    return Scan(State.FAILED)
                pixels = legible(as_rgb(image))
    except (Unreadable, Image.DecompressionBombError, *DAMAGED):
        return Scan(State.FAILED)
    return scanner.scan(pixels, 1, start, 1.0)
