"""Forms put together of labels, answers and layouts claim what their fields say, whichever are chosen, and blanks claim nothing.

`corpora/composed_forms.yaml` holds the fields and the layouts; of each layout a fixed choice of forms is read, one of every field, the
same in every run. What is known to be read otherwise is listed there with its reason, and must still be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import pytest
import yaml

from docproc.extract import extract_claims
from docproc.model import Claim, Status
from tests.extractors.corpus import HERE

_CORPUS: dict[str, Any] = yaml.safe_load((HERE / "composed_forms.yaml").read_text(encoding="utf-8"))
_FIELDS: dict[str, dict[str, Any]] = _CORPUS["fields"]
_NEUTRAL = [name for name, field in _FIELDS.items() if not field["claims"]]
_ASKED = [name for name, field in _FIELDS.items() if field["claims"]]
_NAMES = {name for field in _FIELDS.values() for name in field["claims"]}
_FORMS = [
    *(f"told/{name}" for name in _CORPUS["layouts"]),
    *(f"blank/{name}" for name, layout in _CORPUS["layouts"].items() if "{other}" not in layout),
    *(f"nothing/{name}" for name in _CORPUS["nothing"]),
]
_BESIDE = ("2", "3", "4")  # the other fields of a layout


class _Form(NamedTuple):
    text: str
    wanted: set[tuple[str, str]]


def _choose(among: Sequence[str], choice: str) -> str:
    return among[crc32(choice.encode()) % len(among)]


def _forms(form: str) -> Iterator[_Form]:
    kind, name = form.split("/", 1)
    layout: str = _CORPUS["nothing" if kind == "nothing" else "layouts"][name]
    for asked in _ASKED:
        if "{other}" not in layout or (_FIELDS[asked]["others"] and name not in _FIELDS[asked].get("but", ())):
            yield _composed(form, layout, asked)


def _composed(form: str, layout: str, asked: str) -> _Form:
    kind = form.split("/", 1)[0]
    field, used = _FIELDS[asked], [asked]
    answers = [*_CORPUS["blank"], *field["unanswered"]] if kind == "blank" else field["answers"]
    words = {"label": _choose(field["labels"], f"{form}/{asked}/label"), "answer": _choose(answers, f"{form}/{asked}/answer")}
    words["other"] = _choose(field["others"] or [""], f"{form}/{asked}/other")
    words["party"] = _choose(_CORPUS["parties"], f"{form}/{asked}/party")
    for number in _BESIDE:
        if f"{{label{number}}}" in layout:
            taken = {claim for one in used for claim in _FIELDS[one]["claims"]}
            free = [one for one in _FIELDS if one not in used and not taken & _FIELDS[one]["claims"].keys()]
            used.append(_choose(free, f"{form}/{asked}/{number}"))
            words[f"label{number}"] = _choose(_FIELDS[used[-1]]["labels"], f"{form}/{asked}/label{number}")
            words[f"answer{number}"] = _choose(_FIELDS[used[-1]]["answers"], f"{form}/{asked}/answer{number}")
    telling = {"told": used, "blank": used[1:], "nothing": []}[kind]
    wanted = {(claim, str(value)) for one in telling for claim, value in _FIELDS[one]["claims"].items()}
    return _Form(layout.format(**words), wanted)


def _told(text: str) -> set[tuple[str, str]]:
    return {(claim.name, _value(claim)) for claim in extract_claims(text) if claim.status is Status.ASSERTED and claim.name in _NAMES}


def _value(claim: Claim) -> str:
    """A claim's value, with what the corpus writes behind it: the method of a maturity level, the year of a revenue."""
    behind = {"maturity.level": "method", "scale.revenue": "year"}.get(claim.name)
    return f"{claim.value} {claim.qualifiers.get(behind)}" if behind else str(claim.value)


def _known(form: str, text: str) -> str | None:
    """Why a form is known to be read otherwise than it should be."""
    return next((entry["why"] for entry in _CORPUS["known"] if re.match(entry["form"], form) and re.search(entry["text"], text)), None)


@pytest.mark.parametrize("form", _FORMS)
def test_every_form_claims_what_its_fields_say(form: str) -> None:
    wrong = {one.text: told for one in _forms(form) if not _known(form, one.text) and (told := _told(one.text)) != one.wanted}
    assert wrong == {}


@pytest.mark.parametrize("entry", _CORPUS["known"], ids=lambda entry: entry["why"])
def test_what_is_known_to_be_read_otherwise_still_is(entry: dict[str, str]) -> None:
    forms = (one for form in _FORMS if re.match(entry["form"], form) for one in _forms(form) if _known(form, one.text) == entry["why"])
    assert any(_told(one.text) != one.wanted for one in forms)
