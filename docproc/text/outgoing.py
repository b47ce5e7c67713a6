"""Words on their way out: converts what we print to traditional characters, and leaves names and quotes as they stand in the source.

Simplified to traditional cannot know names (范 is 範 as a word and 范 as a surname), so everything taken from the package is shielded
before a page is rendered, and the shields are taken off after the conversion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docproc.model import Report, Script

if TYPE_CHECKING:
    from docproc.text.view import View

_OPEN, _CLOSE = "\ue0fe", "\ue0ff"
_SHIELDED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_MARKS = str.maketrans("", "", _OPEN + _CLOSE)
_QUOTED = re.compile(r"“(?:[^“”]|“[^“”]*”)*”")  # a quoted name may hold a quotation of its own: “天津“一重”公司”


def shield(text: str) -> str:
    """Marks a text as the source's own words."""
    return f"{_OPEN}{text.translate(_MARKS)}{_CLOSE}" if text else ""


def shield_within(text: str, names: Iterable[str]) -> str:
    """Marks the quotations “…” of a sentence of ours, and these names in it, as the source's own words."""
    known = sorted({name for name in names if name}, key=len, reverse=True)
    pattern = re.compile("|".join([_QUOTED.pattern, *map(re.escape, known)]))
    return pattern.sub(lambda found: shield(found.group()), text.translate(_MARKS))


def finish(text: str, script: Script) -> str:
    """Takes the shields off; converts everything outside them where the output is to be traditional."""
    if script is not Script.HANT:
        return text.translate(_MARKS)
    from docproc.text.script import to_traditional

    pieces: list[str] = []
    position = 0
    for found in _SHIELDED.finditer(text):
        pieces += [to_traditional(text[position : found.start()]), found.group(1)]
        position = found.end()
    pieces.append(to_traditional(text[position:]))
    return "".join(pieces).translate(_MARKS)


def traditional(view: View) -> str:
    """The view's text in traditional characters: those of the source where it has them, others converted.

    What the source writes in traditional characters is not sent through simplified ones and back (范 would come back as 範). In lines that
    are traditional throughout, characters of both scripts stay as well (范, 于, 后 in names).
    """
    from docproc.text.script import detect, is_form_of, to_traditional

    lines: list[str] = []
    start = 0
    for line in view.shown.split("\n"):
        converted = to_traditional(line)
        sources = [view.shown_source(start + at, start + at + 1)[:1] for at in range(len(line))]
        whole = detect("".join(sources)) is Script.HANT
        if len(converted) == len(line):
            kept = (source != own or whole for source, own in zip(sources, line, strict=True))
            converted = "".join(
                source if keep and is_form_of(source, own) else new
                for keep, source, own, new in zip(kept, sources, line, converted, strict=True)
            )
        lines.append(converted)
        start += len(line) + 1
    return "\n".join(lines)


def as_written(report: Report, script: Script) -> Report:
    """The report with the applicant's name as the package writes it, where the output is to be traditional.

    The name is a claim's value and so in simplified characters; converting it back cannot know whether 范 was 范 or 範.
    """
    name = report.package.applicant
    if script is not Script.HANT or not name:
        return report
    from docproc.text.script import to_simplified

    quotes = [entry.quote for claim in report.claims if claim.value == name for entry in claim.evidence if entry.quote]
    for quote in quotes:
        at = to_simplified(quote).find(name)
        if at >= 0:
            package = report.package.model_copy(update={"applicant": quote[at : at + len(name)]})
            return report.model_copy(update={"package": package})
    return report


def names_of(report: Report) -> Iterator[str]:
    """Words of the package that may stand inside our sentences and must stay as they are."""
    yield report.package.applicant or ""
    yield report.package.name
    for document in report.documents:
        yield document.path
        yield document.path.rsplit("/", 1)[-1]
        yield document.owner or ""
    if report.second_round:
        yield from (pair.before or "" for pair in report.second_round.documents)
