"""Where signature and date stand (GB/T 9704-2012, 7.3.5.1): the date four characters in from the right edge, the signature centred on it.

The template marks the paragraphs by the styles 署名 (the place of the seal and the signature) and 成文日期; a template without them keeps
its own indents. How wide they are is known only after filling, so that their indents are set then.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from docx.shared import Pt

from docproc.model import Script
from docproc.text.outgoing import finish

if TYPE_CHECKING:
    from docx.document import Document

SIGNATURE, DATE = "署名", "成文日期"
CHARACTER = 15.75  # points: size 3, at 28 characters a line
GAP = 0.21  # characters: what office programs leave between a Chinese character and a digit
DATE_INDENT, SIGNATURE_INDENT = 4.0, 2.0  # characters from the right edge


def place(document: Document) -> None:
    """Sets the right indents of signature and date in a filled letter."""
    styled = [(p, p.style.name, width(p.text)) for p in document.paragraphs if p.style is not None and p.style.name in (SIGNATURE, DATE)]
    date = max((wide for _, name, wide in styled if name == DATE), default=0.0)
    signature = max((wide for _, name, wide in styled if name == SIGNATURE), default=0.0)
    # Where the signature is much the longer, it stands two characters in and the date is centred under it.
    axis = max(DATE_INDENT + date / 2, SIGNATURE_INDENT + signature / 2)
    for paragraph, _, wide in styled:
        paragraph.paragraph_format.right_indent = Pt(round((axis - wide / 2) * CHARACTER, 2))


def width(text: str) -> float:
    """How many characters wide a text is: Latin letters and digits count half, the gap that office programs leave beside them a fifth."""
    wide = [unicodedata.east_asian_width(character) in "WFA" for character in finish(text, Script.HANS)]
    gaps = sum(one != other for one, other in pairwise(wide))
    return sum(1.0 if each else 0.5 for each in wide) + gaps * GAP
