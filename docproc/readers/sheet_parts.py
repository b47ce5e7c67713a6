"""The parts of an .xlsx that hold its sheets, in the order of the workbook (ISO/IEC 29500-1 §12)."""

from __future__ import annotations

from docproc.readers.unread import Unreadable
from docproc.readers.word_parts import Parts, R


class SheetParts:
    """The sheets' parts of one file. Empty where it is no .xlsx: .xlsb and .ods are made otherwise."""

    def __init__(self, data: bytes) -> None:
        self.names: dict[int, str] = {}  # the sheet's place from 0 -> its part
        try:
            self.parts = Parts(data)
            self.book = self.parts.main()
            root = self.parts.xml(self.book) if self.book.lower().endswith(".xml") else None
            related = {} if root is None else self.parts.relations(self.book)
        except Unreadable:
            return
        for number, sheet in enumerate([] if root is None else root.iter("{*}sheet")):
            relation = str(sheet.get(f"{R}id", ""))
            if relation in related:
                self.names[number] = related[relation][1]
