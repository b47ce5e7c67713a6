"""What is printed on a terminal: our words in the script asked for, the package's as they stand, nothing that steers the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from docproc.model import Report, Script
from docproc.text.outgoing import finish, names_of, shield, shield_within

if TYPE_CHECKING:
    from rich.console import Console

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHIELDED = re.compile("(\ue0fe[^\ue0fe\ue0ff]*\ue0ff)")


class Voice:
    """A console that says lines of text. `names` are words of the package that keep their script inside our sentences."""

    def __init__(
        self, *, width: int | None = None, colour: bool | None = None, script: Script = Script.HANS, names: Iterable[str] = ()
    ) -> None:
        self.console = _console(width, colour)
        self._script = script
        self._names = tuple(names)

    @classmethod
    def about(cls, report: Report, *, width: int | None, colour: bool | None, script: Script) -> Voice:
        """A voice that knows the names of a report."""
        return cls(width=width, colour=colour, script=script, names=names_of(report))

    def say(self, text: str, style: str = "", indent: int = 0, *, whole: bool = False) -> None:
        """Prints a line, wrapped to the console's width (`whole`: left to the terminal, so that a path can be copied)."""
        from rich.padding import Padding
        from rich.text import Text

        line = Text(self.words(text), style=style)
        self.console.print(Padding(line, (0, 0, 0, indent)) if indent else line, soft_wrap=whole)

    def words(self, text: str) -> str:
        """The text as it is printed: without control and direction characters, in the script asked for."""
        if self._script is not Script.HANT:
            return _CONTROLS.sub("", finish(text, Script.HANS))
        shielded = "".join(part if _SHIELDED.fullmatch(part) else shield_within(part, self._names) for part in _SHIELDED.split(text))
        return _CONTROLS.sub("", finish(shielded, Script.HANT))

    @property
    def text(self) -> str:
        """All that was said."""
        return self.console.file.getvalue() if isinstance(self.console.file, io.StringIO) else ""


def own(text: object) -> str:
    """The package's own words, which keep their script."""
    return shield(str(text))


def _console(width: int | None, colour: bool | None) -> Console:
    from rich.console import Console

    terminal = Console()
    return Console(
        file=io.StringIO(),
        width=width or min(terminal.width, 120),
        force_terminal=terminal.is_terminal if colour is None else colour,
        no_color=terminal.no_color if colour is None else not colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
