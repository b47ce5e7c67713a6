"""What a text claims does not depend on how it is written down: numbered as an item, with marks of Latin width, broken over lines, in
traditional characters, with a sentence about something else below it.

Each of the project's own labelled texts is written in one of these ways, which its name decides; what may differ stands in a file
with its reason, and must differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
import yaml

from docproc.evaluation import Case
from docproc.extract import extract_claims
from docproc.model import Status
from docproc.text.script import to_simplified, to_traditional
from tests.extractors.labelled import CASES, texts

_KNOWN = Path(__file__).with_name("corpora") / "written_otherwise.yaml"
_MARKS = str.maketrans({"，": ",", "；": ";"})
_LINE = 24  # characters
_NO_BREAK = re.compile(r"[\d.,%，。；：、）)”」A-Za-z]")  # what no line begins with here: marks, and the rest of a number


def _numbered(text: str) -> str:
    return text if "\n" in text or "\t" in text else f"（三）{text}"


def _latin_marks(text: str) -> str:
    return "\n".join(line if "。" not in line else re.sub(r"(?<!\d)[，；]", _latin_mark, line) for line in text.split("\n"))


def _latin_mark(found: re.Match[str]) -> str:
    return found.group().translate(_MARKS)


def _broken(text: str) -> str:
    """Sentences broken over lines; rows and short lines as they stand."""
    if "\t" in text or "　" in text or "  " in text or "□" in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        start = 0
        while len(line) - start > _LINE * 1.5 and "。" in line:
            end = start + _LINE
            while end < len(line) and _NO_BREAK.match(line[end]):
                end += 1
            lines.append(line[start:end])
            start = end
        if line[start:] or not line:
            lines.append(line[start:])
    return "\n".join(lines)


def _followed(text: str) -> str:
    return f"{text}\n以上内容由填报人员核对后提交，联系方式见封面。"


WAYS: dict[str, Callable[[str], str]] = {
    "numbered": _numbered,
    "marks": _latin_marks,
    "broken": _broken,
    "traditional": to_traditional,
    "followed": _followed,
}


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = yaml.safe_load(_KNOWN.read_text(encoding="utf-8"))
    return known


def _told(text: str) -> set[tuple[str, str]]:
    claims = (claim for claim in extract_claims(text) if claim.status is Status.ASSERTED)
    return {(claim.name, to_simplified(str(claim.value))) for claim in claims}


def _parameters() -> list[object]:
    cases = [case for file in sorted((CASES / "own").glob("*.jsonl")) for case in texts(file)]
    parameters = []
    for case in cases:
        way = list(WAYS)[crc32(case.id.encode()) % len(WAYS)]
        if WAYS[way](case.text) != case.text:
            name = f"{case.id}-{way}"
            marks = (pytest.mark.xfail(reason=_known()[name], strict=True),) if name in _known() else ()
            parameters.append(pytest.param(case, way, id=name, marks=marks))
    return parameters


@pytest.mark.parametrize(("case", "way"), _parameters())
def test_the_same_is_claimed(case: Case, way: str) -> None:
    assert _told(WAYS[way](case.text)) == _told(case.text)
