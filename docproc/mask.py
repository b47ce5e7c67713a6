"""Hides identity-card and mobile numbers in what is shared: the middle digits become asterisks, one for one.

A masked text is as long as the text, so that every start and end of a report points where it did: a masked quote is the masked text
between them, and the digest of a masked text is that of the masked file written beside it. Whoever holds the package proves the rest by
running the same check without masking: the digests of the files (`documents[].sha256`) and all offsets are the same.

Identity numbers: GB 11643-1999, 17 digits and a check character (ISO 7064, MOD 11-2); the 15 digits of older cards where named so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from docproc.model import Report
from docproc.text.credit_code import is_valid

STAR = "*"
_GAP = "[ \\-‐‑–—\u00a0\u3000]?"  # numbers are often written in groups
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-8](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(rf"(?<=身份证)[^0-9\n]{{0,12}}([1-8](?:{_GAP}[0-9]){{14}})(?![0-9A-Za-z])")
_MOBILE = re.compile(rf"(?<![0-9A-Za-z.,])(?:(?:\+|00)?86{_GAP})?(1[3-9](?:{_GAP}[0-9]){{9}})(?![0-9A-Za-z]|[.,][0-9]|\s*[元万亿%％])")
_RUN = re.compile("[0-9]{6,17}[0-9Xx]?")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_KEPT_OF_IDENTITY, _KEPT_OF_MOBILE = (3, 2), (3, 4)  # characters shown at the beginning and the end
_SHORTEST_FRAGMENT = 6
_NO_TEXT = frozenset({"made_by", "picture"})  # digests and pictures are no numbers of persons, whatever digits they hold


def mask_text(text: str) -> str:
    """The text with its identity and mobile numbers masked; as long as before."""
    return _starred(text, _numbers(text))


def mask_report(report: Report, texts: Mapping[str, str]) -> Report:
    """The report with every such number masked, in quotes, messages, values and names. `texts` are the source texts by document id."""
    masked = {id_: mask_text(text) for id_, text in texts.items()}
    data = report.to_json()
    secrets = frozenset(number for text in (*texts.values(), *_strings(data)) for number in _found(text))
    plain = _walk(data, secrets)
    for document in plain["documents"]:
        if document["id"] in masked:
            document["text_sha256"] = sha256(masked[document["id"]].encode("utf-8", "surrogatepass")).hexdigest()
    for owner in (*plain["claims"], *plain["findings"]):
        for entry in owner["evidence"]:
            if entry["quote"] is not None and entry["document"] in masked:
                entry["quote"] = masked[entry["document"]][entry["start"] : entry["end"]]
    return Report.model_validate(plain | {"masked": True})


def _walk(value: Any, secrets: frozenset[str]) -> Any:
    if isinstance(value, str):
        return _fragments(mask_text(value), secrets)
    if isinstance(value, list):
        return [_walk(entry, secrets) for entry in value]
    if isinstance(value, dict):
        return {key: entry if key in _NO_TEXT or key.endswith("sha256") else _walk(entry, secrets) for key, entry in value.items()}
    return value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _strings(entry)


def _fragments(text: str, secrets: frozenset[str]) -> str:
    """Masks what a shortened quote left of a number: its beginning or its end."""

    def hide(found: re.Match[str]) -> str:
        run = found.group().translate(_WIDE).upper()
        part = any(len(run) < len(secret) and (secret.startswith(run) or secret.endswith(run)) for secret in secrets)
        return found.group()[:3] + STAR * (len(run) - 3) if part and len(run) >= _SHORTEST_FRAGMENT else found.group()

    return _RUN.sub(hide, text) if secrets else text


def _found(text: str) -> Iterator[str]:
    for start, end, _ in _numbers(text):
        yield "".join(character for character in text[start:end].translate(_WIDE).upper() if character.isalnum())


def _numbers(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Where such numbers stand, and how many characters of each are shown at its ends."""
    plain = text.translate(_WIDE)
    for found in _IDENTITY.finditer(plain):
        number = re.sub(_GAP[:-1], "", found.group()).upper()
        if _is_day(number[6:14]) and (_checks(number) or not is_valid(number)):
            yield found.start(), found.end(), _KEPT_OF_IDENTITY
    for found in _OLD_IDENTITY.finditer(plain):
        if _is_day("19" + re.sub(_GAP[:-1], "", found.group(1))[6:12]):
            yield found.start(1), found.end(1), _KEPT_OF_IDENTITY
    for found in _MOBILE.finditer(plain):
        yield found.start(1), found.end(1), _KEPT_OF_MOBILE


def _starred(text: str, numbers: Iterator[tuple[int, int, tuple[int, int]]]) -> str:
    characters = list(text)
    for start, end, (head, tail) in numbers:
        places = [at for at in range(start, end) if characters[at].isalnum() or characters[at] == STAR]
        for at in places[head : len(places) - tail]:
            characters[at] = STAR
    return "".join(characters)


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _checks(number: str) -> bool:
    """Whether the check character is right (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]
