"""Scores the claims found in labelled texts: `docproc eval CASES…`.

Each line of a file of cases is a JSON object {"id", "text", "claims": [{"name", "value", "qualifiers"}]}. Only asserted claims count.
A claim is right where its name and value are labelled for that text; its qualifiers are counted apart, of the claims that are right,
each (name, value, qualifier, its value) as one. A text is compared on the names of its family, where its id begins with one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from docproc.errors import DocprocError
from docproc.model import Claim, Status

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "ACC": ("accident.", "credit.", "violation."),
    "SCL": ("company.name", "company.credit_code", "company.legal_person", "registration.", "factory.", "scale."),
    "MAT": ("maturity.", "application.", "recognition."),
}
# What depends on tables outside the text, or repeats its words, is not labelled and not scored.
UNSCORED = frozenset(
    (
        "division_code",
        "valid",
        "period",
        "list_names",
        "bound",
        "removed",
        "removed_on",
        "remedied",
        "stated_severity",
        "state",
        "candidates",
        "fits",
    )
)

MILLIONTH = 6  # decimals to which numbers are compared
LARGEST = 10**18  # from here on a number is compared as it is written

Pair = tuple[str, str]  # a claim's name and its value, written in one form
Extract = Callable[[str], Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text. `claims`: the qualifiers of each (name, value), those of several claims of one value together."""

    id: str
    text: str
    claims: Mapping[Pair, frozenset[Pair]]

    @property
    def names(self) -> tuple[str, ...]:
        """The beginnings of the names that are scored; all where the id names no family."""
        return FAMILIES.get(self.id[:3].upper(), ("",))


@dataclass(frozen=True, slots=True)
class Score:
    """How many claims were found rightly, found wrongly and lost."""

    right: int = 0
    wrong: int = 0
    lost: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.lost) if self.right + self.lost else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, Any]:
        counts = {"right": self.right, "wrong": self.wrong, "lost": self.lost}
        return counts | {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4)}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by claim name and over all, of claims and of qualifiers; `found`: what each text gave, for comparing runs."""

    cases: int
    exact: int
    claims: Mapping[str, Score]
    qualifiers: Mapping[str, Score]
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            "exact": self.exact,
            "claims": {name: score.to_json() for name, score in self.claims.items()},
            "qualifiers": {name: score.to_json() for name, score in self.qualifiers.items()},
            "found": {id_: list(entries) for id_, entries in self.found.items()},
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from a saved run in one text: labelled claims gained and lost, wrong ones that came and went."""

    id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    newly_wrong: tuple[str, ...]
    no_longer_wrong: tuple[str, ...]


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """The cases of files, in order. Raises DocprocError where a file or a line is no such thing."""
    found: list[Case] = []
    for path in paths:
        if not path.is_file():
            raise DocprocError("path_not_found", path=path)
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DocprocError("unreadable", path=path, why=str(error)) from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_case(path, number, line))
    return found


def _case(path: Path, number: int, line: str) -> Case:
    try:
        entry = json.loads(line)
        claims: dict[Pair, frozenset[Pair]] = {}
        for claim in entry["claims"]:
            _add(claims, claim["name"], claim["value"], claim.get("qualifiers") or {})
        return Case(str(entry["id"]), str(entry["text"]), claims)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DocprocError("cases_invalid", path=path, line=number) from None


def _add(claims: dict[Pair, frozenset[Pair]], name: str, value: object, qualifiers: Mapping[str, Any]) -> None:
    key = (name, written(value))
    pairs = {(each, written(entry)) for each, entry in qualifiers.items() if each not in UNSCORED and entry not in (None, "", [], ())}
    claims[key] = claims.get(key, frozenset()) | pairs


def written(value: object) -> str:
    """A value in one form: widths and blanks folded, lists sorted, numbers in full, to the millionth (482306775.1, 3, 0.8)."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(str(value)))
    if isinstance(value, list | tuple):
        return ",".join(sorted(written(entry) for entry in value))
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value)))


def _number(number: Decimal) -> str:
    """A number without exponent and without zeros behind its decimals; what is none, or beyond any money, as it stands."""
    if not number.is_finite() or abs(number) >= LARGEST:
        return str(number).lower()
    plain = f"{round(number, MILLIONTH) + 0:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def evaluate(cases: Sequence[Case], extract: Extract) -> Evaluation:
    """Runs `extract` over every text and counts."""
    claims: Counter[tuple[str, str]] = Counter()
    qualifiers: Counter[tuple[str, str]] = Counter()
    found: dict[str, tuple[str, ...]] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    exact = 0
    for case in cases:
        got: dict[Pair, frozenset[Pair]] = {}
        for claim in extract(case.text):
            if claim.status is Status.ASSERTED and claim.name.startswith(case.names):
                _add(got, claim.name, claim.value, claim.qualifiers)
        want = {key: pairs for key, pairs in case.claims.items() if key[0].startswith(case.names)}
        exact += got.keys() == want.keys()
        for kind, keys in (("right", got.keys() & want), ("wrong", got.keys() - want.keys()), ("lost", want.keys() - got.keys())):
            claims.update((name, kind) for name, _ in keys)
        for key in got.keys() & want.keys():
            for kind, pairs in (("right", got[key] & want[key]), ("wrong", got[key] - want[key]), ("lost", want[key] - got[key])):
                qualifiers.update((key[0], kind) for _ in pairs)
        found[case.id] = tuple(sorted(" = ".join(key) for key in got))
        wanted[case.id] = tuple(sorted(" = ".join(key) for key in want))
    return Evaluation(len(cases), exact, _scores(claims), _scores(qualifiers), found, wanted)


def _scores(counts: Counter[tuple[str, str]]) -> dict[str, Score]:
    """By name, in order; the last, under the empty name, is that of all together."""
    names = sorted({name for name, _ in counts})
    scores = {name: Score(*(counts[name, kind] for kind in ("right", "wrong", "lost"))) for name in names}
    total = Score(*(sum(counts[name, kind] for name in names) for kind in ("right", "wrong", "lost")))
    return scores | {"": total}


def read_run(path: Path) -> Mapping[str, Any]:
    """A run saved as JSON. Raises DocprocError where the file is none."""
    if not path.is_file():
        raise DocprocError("path_not_found", path=path)
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DocprocError("run_invalid") from None
    if not isinstance(saved, dict):
        raise DocprocError("run_invalid")
    return saved


def as_json(change: Change) -> dict[str, Any]:
    return asdict(change)


def changes(now: Evaluation, saved: Mapping[str, Any]) -> list[Change]:
    """Text by text, what was gained and lost against a run saved as JSON; texts that only one of the two runs has are passed over."""
    before = saved.get("found")
    if not isinstance(before, Mapping):
        raise DocprocError("run_invalid")
    found: list[Change] = []
    for id_, entries in now.found.items():
        if id_ not in before:
            continue
        new, old, labelled = set(entries), set(before[id_]), set(now.wanted.get(id_, ()))
        change = Change(
            id_,
            tuple(sorted((new - old) & labelled)),
            tuple(sorted((old - new) & labelled)),
            tuple(sorted((new - old) - labelled)),
            tuple(sorted((old - new) - labelled)),
        )
        if new != old:
            found.append(change)
    return found


def table(evaluation: Evaluation, differences: Sequence[Change] = ()) -> str:
    """The scores for a terminal: a line a claim name, qualifiers beside; then what changed."""
    lines = [f"{'':<30}{'准确率':>6}{'召回率':>6}{'F1':>8}{'对':>6}{'错':>5}{'漏':>5}   限定项 F1"]
    for name, score in evaluation.claims.items():
        beside = evaluation.qualifiers.get(name, Score())
        counts = f"{score.right:>7}{score.wrong:>6}{score.lost:>6}"
        lines.append(f"{name or '合计':<30}{score.precision:>9.3f}{score.recall:>9.3f}{score.f1:>8.3f}{counts}{beside.f1:>12.3f}")
    lines.append(f"全对的文本：{evaluation.exact}/{evaluation.cases}")
    for change in differences:
        lines.append(change.id)
        for mark, entries in (
            ("＋ 新得", change.gained),
            ("－ 丢失", change.lost),
            ("！新错", change.newly_wrong),
            ("○ 不再错", change.no_longer_wrong),
        ):
            lines += [f"  {mark} {entry}" for entry in entries]
    return "\n".join(lines) + "\n"
