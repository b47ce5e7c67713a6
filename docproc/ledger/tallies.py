"""What a batch shows as a whole: outcomes by item and by district, and which deficiencies are the most frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docproc.ledger.rows import UNKNOWN_DISTRICT, Row
from docproc.model import Outcome, PackageOutcome

#: Outcomes of an item that a letter names.
DEFICIENT = (Outcome.FAIL.value, Outcome.MISSING.value)


@dataclass(frozen=True, slots=True)
class ItemTally:
    """How often an item came to each outcome."""

    item: str
    title: str
    counts: Mapping[str, int]

    @property
    def deficient(self) -> int:
        """In how many packages a letter names it."""
        return sum(self.counts.get(outcome, 0) for outcome in DEFICIENT)


@dataclass(frozen=True, slots=True)
class DistrictTally:
    """How many packages of a district came to each outcome, and of which level they are."""

    district: str
    outcomes: Mapping[str, int]
    levels: Mapping[str, int]

    @property
    def packages(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Tallies:
    """The whole batch in numbers. Items stand in the order in which they first appear, districts by their number of packages."""

    packages: int
    outcomes: Mapping[str, int]
    items: tuple[ItemTally, ...]
    districts: tuple[DistrictTally, ...]

    def most_frequent(self, limit: int) -> tuple[ItemTally, ...]:
        """The items that letters name most often, the most frequent first."""
        named = [tally for tally in self.items if tally.deficient]
        return tuple(sorted(named, key=lambda tally: (-tally.deficient, tally.item))[:limit])


def count(rows: Iterable[Row]) -> Tallies:
    """Counts the rows in one pass, so that they need not all be held."""
    packages = 0
    outcomes: Counter[str] = Counter()
    titles: dict[str, str] = {}
    items: dict[str, Counter[str]] = {}
    districts: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for row in rows:
        packages += 1
        outcomes[row.outcome] += 1
        for finding in row.findings:
            titles.setdefault(finding.item, finding.title)
            items.setdefault(finding.item, Counter())[finding.outcome] += 1
        of_district, levels = districts.setdefault(row.district or UNKNOWN_DISTRICT, (Counter(), Counter()))
        of_district[row.outcome] += 1
        levels[row.level or "未能判断"] += 1
    return Tallies(
        packages=packages,
        outcomes={outcome.value: outcomes[outcome.value] for outcome in PackageOutcome},
        items=tuple(ItemTally(item, titles[item], dict(items[item])) for item in sorted(items, key=_family)),
        districts=tuple(
            DistrictTally(name, dict(found), dict(levels))
            for name, (found, levels) in sorted(districts.items(), key=lambda pair: (-sum(pair[1][0].values()), pair[0]))
        ),
    )


def _family(item: str) -> tuple[str, ...]:
    """Items of one regulation together, in the order of their names; FORM items last."""
    return ("~" if item.startswith("FORM") else "", item)
