"""Headings of a text: short lines without a sentence's end, and what stands below them."""

from __future__ import annotations

import re

LONGEST_HEADING = 30
_NO_HEADING = re.compile(r"[\t。；！，：:]|(?:[的了和与]|达到|处于|以及)$")  # …达到了国家标准规定的: a sentence that a line breaks
_WORDS = re.compile(r"[^\s？]")
_SENTENCE = re.compile(r"[^。！？；\n\t\f]+[。！？；]?")


class Headings:
    """The headings of a text: short lines without a sentence's end, which stand over words and are none themselves."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._above: dict[int, str] = {}  # by the starts of lines

    def holds(self, position: int) -> bool:
        """Whether a place stands in a heading."""
        return self.at(self._text.rfind("\n", 0, position) + 1) is not None

    def above(self, position: int) -> str:
        """The heading that stands over a place: the last sentence of the last heading before it."""
        start = self._text.rfind("\n", 0, position) + 1
        passed: list[int] = []
        while start not in self._above:
            passed.append(start)
            heading = self.at(start)
            if heading is not None or start == 0:
                self._above[start] = _SENTENCE.findall(heading)[-1].lstrip(" 　") if heading else ""
            else:
                start = self._text.rfind("\n", 0, start - 1) + 1
        self._above.update(dict.fromkeys(passed, self._above[start]))
        return self._above[start]

    def end_of_section(self, start: int) -> int:
        """Where the section ends whose heading's line begins at a place: at the next heading."""
        line = self._text.find("\n", start) + 1
        while line and self.at(line) is None:
            line = self._text.find("\n", line) + 1
        return line or len(self._text)

    def at(self, start: int) -> str | None:
        """The line that begins at a place, where it is a heading."""
        end = self._text.find("\n", start)
        line = self._text[start : end if end >= 0 else len(self._text)]
        body = line.strip()
        return line if len(body) <= LONGEST_HEADING and _WORDS.search(body) and not _NO_HEADING.search(body) else None
