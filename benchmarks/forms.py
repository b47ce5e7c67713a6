"""Application forms of any length, assembled from the samples' forms: what `benchmarks.claims` reads.

`grown` is one firm's form: its own front and end, between them the sections of all forms, again and again in another order and with other
figures, as a form of sixty pages has them. `bound` is form behind form, all different firms: as dense in claims as text gets.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docproc.materials import identify
from docproc.model import Kind
from docproc.readers import read_package

PACKAGES = Path(__file__).resolve().parents[1] / "samples" / "packages"
_SECTION = re.compile(r"(?m)^(?=(?:[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．])[^\n]*$)")
_BODY = re.compile(r"(?m)^三、")
_END = re.compile(r"(?m)^六、")
_FIGURE = re.compile(r"(?<![\dA-Z])\d+(?![\dA-Z])")
_YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def sample_forms() -> tuple[str, ...]:
    """The normalised texts of the application forms of all sample packages (Word and PDF)."""
    texts: list[str] = []
    for path in sorted(PACKAGES.iterdir()):
        identified = identify(read_package(path).files)
        texts += [identified.views[document.id].text for document in identified.documents if document.kind is Kind.FORM]
    return tuple(texts)


def grown(length: int, seed: int = 0) -> str:
    """One firm's form of about `length` characters."""
    rng = random.Random(seed)  # noqa: S311 - makes texts, no secrets
    forms = sample_forms()
    own = forms[seed % len(forms)]
    body, end = _BODY.search(own), _END.search(own)
    first, last = body.start() if body else len(own) // 2, end.start() if end else len(own)
    sections = [section for form in forms for section in _SECTION.split(_middle(form)) if section.strip()]
    parts = [own[:last]]
    missing = length - len(own)
    for section in _endless(sections, rng):
        if missing <= 0:
            break
        parts.append(_with_other_figures(section, rng) if len(parts) > len(sections) else section)
        missing -= len(parts[-1])
    assert first <= last
    return "".join([*parts, own[last:]])


def bound(length: int, seed: int = 0) -> str:
    """Forms of different firms, one behind another, of about `length` characters."""
    rng = random.Random(seed)  # noqa: S311 - makes texts, no secrets
    forms = list(sample_forms())
    parts: list[str] = []
    for form in _endless(forms, rng):
        parts.append(_with_other_figures(form, rng) if len(parts) >= len(forms) else form)
        if sum(map(len, parts)) >= length:
            break
    return "\n".join(parts)[:length]


def _middle(form: str) -> str:
    body, end = _BODY.search(form), _END.search(form)
    return form[body.start() if body else 0 : end.start() if end else len(form)]


def _endless(parts: list[str], rng: random.Random) -> Iterator[str]:
    while True:
        rng.shuffle(parts)
        yield from parts


def _with_other_figures(text: str, rng: random.Random) -> str:
    """The text with every figure drawn anew, of as many digits; years stay years, codes stay codes."""

    def drawn(found: re.Match[str]) -> str:
        digits = found.group()
        if len(digits) == 1 or _YEAR.fullmatch(digits) or digits[0] == "0":
            return digits
        return "".join(rng.choice("123456789") for _ in digits)

    return _FIGURE.sub(drawn, text)
