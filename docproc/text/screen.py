"""Which telling characters a text has: one compiled scan decides which steps can have work at all.

Sound text is made of quiet characters; a step is run only where one that it looks for was seen. What a step puts into the text is added
to what was seen, so that the next steps need no scan of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from docproc.text.align import Edit
from docproc.text.decode import likely_characters
from docproc.text.lost import TELLING as LOST

Telling = str | Callable[[], str]


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the class of characters, as a regular expression, without any of which it has nothing to do."""

    run: Callable[[str], Iterable[Edit]]
    telling: Telling

    @property
    def name(self) -> str:
        return self.run.__name__

    def wanted(self, seen: str) -> bool:
        """Whether the step can have work in a text in which these telling characters were seen."""
        return _compiled(self.telling).search(seen) is not None


class Screen:
    """The characters that these steps, or the search for what is lost, look for."""

    def __init__(self, steps: Sequence[Step]) -> None:
        quiet = "".join(sorted(likely_characters()))
        for telling in (LOST, *(step.telling for step in steps)):
            quiet = _compiled(telling).sub("", quiet)
        self._loud = re.compile(f"[^{re.escape(quiet)}]")

    def seen(self, text: str) -> str:
        """Those that the text has, each once."""
        return "".join(sorted(set(self._loud.findall(text))))


def with_new(seen: str, edits: Iterable[Edit]) -> str:
    """What may be seen in the text after these edits."""
    new = set[str]().union(*(edit.new for edit in edits)).difference(seen)
    return seen + "".join(sorted(new)) if new else seen


@cache
def _compiled(telling: Telling) -> re.Pattern[str]:
    return re.compile(telling if isinstance(telling, str) else telling())
