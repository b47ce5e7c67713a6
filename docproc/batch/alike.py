"""Which packages share a scan, a table or a paragraph: a pointer for a person, never a finding.

What belongs to everybody is taken away first: the regulations' own words and the common phrases of such papers (templates/common.yaml),
and, in a batch of FEW packages or more, whatever more than COMMON of the applicants have. Packages of one applicant are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, Final

from docproc.alike_pages import ScannedPage, same_pages
from docproc.batch.record import Record
from docproc.ledger.similar import Likeness, Spot
from docproc.library import load_yaml, shelf
from docproc.shingles import shingles

COMMON: Final = 0.25  # of the applicants: what more of them have is a form's or a trade's common text
FEW: Final = 8  # applicants from which that can be told
SHARE: Final = 0.6  # of the shorter paragraph's shingles, or of the smaller table's figures
LEAST_SHINGLES: Final = 5  # about 40 letters in a row
LEAST_FIGURES: Final = 6
MOST_PAIRS: Final = 20_000  # of packages to look at for one shared thing, so that a common form cannot fill the memory


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, table or page of one package."""

    owner: int  # of the list of packages
    place: str
    excerpt: str
    marks: frozenset[Any]


@dataclass(frozen=True, slots=True)
class _Package:
    name: str
    applicant: str


def likenesses(records: Iterable[Record]) -> list[Likeness]:
    """The pairs of packages of different applicants with what they share, by kind and package, in a fixed order."""
    packages: list[_Package] = []
    pieces: dict[str, list[_Piece]] = {"表格": [], "文字": []}
    pages: list[ScannedPage] = []
    everybodys = common_shingles()
    for record in records:
        owner = len(packages)
        packages.append(_Package(record.row.package, record.row.code or record.row.applicant or record.row.package))
        for place, excerpt, _, marks in record.traits.get("texts", ()):
            own = frozenset(marks) - everybodys
            if len(own) >= LEAST_SHINGLES and len(own) >= SHARE * len(marks):
                pieces["文字"].append(_Piece(owner, place, excerpt, own))
        for place, excerpt, figures in record.traits.get("tables", ()):
            pieces["表格"].append(_Piece(owner, place, excerpt, frozenset(figures)))
        pages += [ScannedPage(owner, place, look, frozenset(words)) for place, look, words in record.traits.get("pages", ())]
    least = {"表格": LEAST_FIGURES, "文字": LEAST_SHINGLES}
    found = list(_page_pairs(pages, packages))
    for what, of_kind in pieces.items():
        found += _pairs(what, of_kind, packages, least[what])
    return found


def _page_pairs(pages: list[ScannedPage], packages: list[_Package]) -> Iterator[Likeness]:
    alike: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one, other in same_pages(pages):
        owners = pages[one].owner, pages[other].owner
        if packages[owners[0]].applicant != packages[owners[1]].applicant:
            alike[owners].append((one, other))
    for (owner, another), places in sorted(alike.items()):
        first, second = (pages[index].place for index in places[0])
        count = len({index for index, _ in places})
        yield Likeness("扫描页", Spot(packages[owner].name, first), Spot(packages[another].name, second), count, "")


def _pairs(what: str, pieces: list[_Piece], packages: list[_Package], least: int) -> Iterator[Likeness]:
    shared: dict[tuple[int, int], int] = defaultdict(int)  # two pieces -> how many marks they share
    for holders in _holders(pieces, packages):
        for one, other in combinations(holders, 2):
            if packages[pieces[one].owner].applicant != packages[pieces[other].owner].applicant:
                shared[one, other] += 1
    alike: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for (one, other), count in sorted(shared.items()):
        if count >= least and count >= SHARE * min(len(pieces[one].marks), len(pieces[other].marks)):
            alike[pieces[one].owner, pieces[other].owner].append((one, other))
    for (owner, another), places in sorted(alike.items()):
        first, second = (pieces[index] for index in places[0])
        count = len({index for index, _ in places})
        yield Likeness(what, Spot(packages[owner].name, first.place), Spot(packages[another].name, second.place), count, first.excerpt)


def _holders(pieces: list[_Piece], packages: list[_Package]) -> Iterator[list[int]]:
    """For each mark the pieces that have it, where there are several and it is not everybody's."""
    holders: dict[Any, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        for mark in piece.marks:
            holders[mark].append(index)
    applicants = len({package.applicant for package in packages})
    most = max(2, int(COMMON * applicants)) if applicants >= FEW else applicants
    for indices in holders.values():
        if len(indices) > 1 and len({packages[pieces[index].owner].applicant for index in indices}) <= most:
            yield indices[: int(MOST_PAIRS**0.5)]


@lru_cache(maxsize=1)
def common_shingles() -> frozenset[int]:
    """The shingles of what anybody may write: regulations, and the common phrases of forms, pledges and reports."""
    texts: list[str] = []
    for path in sorted((shelf("checklists") / "regulations").glob("*.yaml")):
        texts += _strings(load_yaml(path))
    common = shelf("templates") / "common.yaml"
    if common.is_file():
        texts += _strings(load_yaml(common))
    return frozenset(each for text in texts for each in shingles(text))


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
