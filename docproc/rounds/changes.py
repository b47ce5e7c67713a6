"""What reads otherwise than before though nobody asked for it: claims by value, the rest by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docproc.compare import fold
from docproc.model import Claim, Finding, Kind, Outcome, Report, Status
from docproc.model.rounds import DocumentPair, DocumentState, Place, SilentChange
from docproc.rounds.documents import places
from docproc.rounds.sentences import differences, page_at

# What tells one claim of a name from another: the rest narrows its value and may change with it.
_KEYS = ("year", "kind", "method", "lists", "kinds", "province")
_LONGEST_QUOTE = 600  # characters of a changed passage that a report holds
_SHOWN = 160  # characters of a changed passage


@dataclass(frozen=True, slots=True)
class Asked:
    """What the notice gave reason to change: places in both rounds, and whole kinds of papers.

    Where something was wrong, its words and what stands for them now; where something was lacking, only what is added.
    """

    before: tuple[Place, ...]
    now: tuple[Place, ...]
    added: tuple[Place, ...]
    kinds: frozenset[Kind]  # kinds of document that something was asked of
    papers: frozenset[Kind]  # kinds that were to be handed in anew as a whole

    @classmethod
    def of(cls, previous: Report, report: Report, items: set[str]) -> Asked:
        then = [finding for finding in previous.findings if finding.item in items]
        wrong = {finding.item for finding in then if finding.outcome is Outcome.FAIL}
        now = [finding for finding in report.findings if finding.item in items]
        before = tuple(entry for finding in then for entry in _all_places(previous, finding, with_claims=finding.item in wrong))
        after = tuple(entry for finding in now if finding.item in wrong for entry in _all_places(report, finding))
        added = tuple(entry for finding in now if finding.item not in wrong for entry in _all_places(report, finding))
        kinds = {document.path: document.kind for document in previous.documents}
        named = {kinds[entry.path] for entry in before if entry.path in kinds}
        lacking = {kind for finding in then if not finding.evidence for kind in (*finding.looks_at, *finding.papers)}
        papers = {kind for finding in then for kind in finding.papers}
        return cls(before, after, added, frozenset(named | lacking | papers), frozenset(papers))

    def pair(self, pair: DocumentPair) -> bool:
        """Whether the notice gave reason to touch the document at all."""
        return pair.kind in self.kinds

    def touches(self, place: Place, *, then: bool) -> bool:
        """Whether the place lies on words that were found wrong, or that stand for them now."""
        return any(_within(each, place) for each in (self.before if then else self.now))

    def either(self, before: Place, now: Place) -> bool:
        """Whether one of the two sides lies on such words, or fills what was lacking with new ones."""
        return (not before.quote and self.adds(now)) or self.touches(before, then=True) or self.touches(now, then=False)

    def adds(self, place: Place) -> bool:
        """Whether the place is what was lacking."""
        return any(_within(each, place) for each in self.added)


def silent_changes(
    previous: Report,
    report: Report,
    documents: Sequence[DocumentPair],
    asked: Asked,
    texts_before: Mapping[str, str],
    texts_now: Mapping[str, str],
    most: int,
) -> tuple[tuple[SilentChange, ...], int]:
    """The changes nobody asked for, claims first, the first `most` of them, and how many more there are."""
    changed = [pair for pair in documents if pair.state is DocumentState.CHANGED and pair.kind not in asked.papers]
    found: list[SilentChange] = []
    compared: set[tuple[str, str]] = set()
    passages = {pair: _passages(pair, texts_before, texts_now) for pair in changed}
    for pair in changed:
        found += _claims(previous, report, pair, asked, passages[pair])
    told = {place for change in found for place in (*change.before_places, *change.now_places)}
    ranges = {document.id: document.page_range for document in report.documents}
    for pair in changed:
        if (pair.before or "", pair.now or "") in compared:
            continue  # another part of the same bound file
        compared.add((pair.before or "", pair.now or ""))
        new = {ranges[other.now_id] for other in documents if other.now_id and other.now == pair.now and other.kind in asked.papers}
        for change in _texts(pair, asked, passages[pair], told):
            at = next((place.page for place in change.now_places), None)
            if not any(span and at and span[0] <= at <= span[1] for span in new):  # not in a part that was to be handed in anew
                found.append(change)
    return tuple(found[:most]), max(0, len(found) - most)


def _claims(
    previous: Report, report: Report, pair: DocumentPair, asked: Asked, passages: Sequence[tuple[Place, Place]]
) -> Iterator[SilentChange]:
    then, now = _by_key(previous, pair.before_id), _by_key(report, pair.now_id)
    for key in dict.fromkeys((*then, *now)):
        old, new = then.get(key, []), now.get(key, [])
        if {_value(claim) for claim in old} == {_value(claim) for claim in new}:
            continue
        here = places(previous, (entry for claim in old for entry in claim.evidence if entry.document == pair.before_id))
        there = places(report, (entry for claim in new for entry in claim.evidence if entry.document == pair.now_id))
        # What replaces words that were found fault with was asked for, whatever it says now.
        around = [passage for passage in passages if any(_within(place, passage[1]) for place in there)]
        named = any(asked.touches(place, then=True) for place in here) or any(asked.touches(place, then=False) for place in there)
        if named or (not old and any(asked.adds(place) for place in there)) or any(asked.either(*passage) for passage in around):
            continue
        yield SilentChange(
            what=key[0],
            qualifiers={name: value for name, value in (new or old)[0].qualifiers.items() if name in _KEYS},
            kind=pair.kind,
            before=_words(old),
            now=_words(new),
            before_places=here,
            now_places=there,
        )


def _passages(pair: DocumentPair, texts_before: Mapping[str, str], texts_now: Mapping[str, str]) -> tuple[tuple[Place, Place], ...]:
    """The passages that differ between the two texts of a document, side by side; none where a text is not at hand."""
    old, new = texts_before.get(pair.before_id or ""), texts_now.get(pair.now_id or "")
    if old is None or new is None or pair.before is None or pair.now is None:
        return ()
    return tuple((_place(pair.before, old, change.before), _place(pair.now, new, change.now)) for change in differences(old, new))


def _texts(pair: DocumentPair, asked: Asked, passages: Sequence[tuple[Place, Place]], told: set[Place]) -> Iterator[SilentChange]:
    for before, now in passages:
        if asked.either(before, now):
            continue
        if any(_within(place, before) or _within(place, now) for place in told):
            continue
        yield SilentChange(
            what="text",
            kind=pair.kind,
            before=_short(before.quote),
            now=_short(now.quote),
            before_places=(before,) if before.quote else (),
            now_places=(now,) if now.quote else (),
        )


def _place(path: str, text: str, span: tuple[int, int]) -> Place:
    end = min(span[1], span[0] + _LONGEST_QUOTE)
    return Place(path=path, page=page_at(text, span[0]), start=span[0], end=end, quote=text[span[0] : end])


def _within(place: Place, wider: Place) -> bool:
    if place.path != wider.path or place.start is None or place.end is None or wider.start is None or wider.end is None:
        return False
    return place.start < wider.end and wider.start < place.end


def _short(text: str | None) -> str | None:
    if not text:
        return None
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _by_key(report: Report, document: str | None) -> dict[tuple[str, str], list[Claim]]:
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in report.claims:
        if claim.status is Status.ASSERTED and any(entry.document == document for entry in claim.evidence):
            narrowed = "|".join(f"{name}={claim.qualifiers[name]}" for name in _KEYS if claim.qualifiers.get(name) is not None)
            found.setdefault((claim.name, narrowed), []).append(claim)
    return found


def _value(claim: Claim) -> str:
    return fold(claim.value) if isinstance(claim.value, str) else str(claim.value)


def _words(claims: Sequence[Claim]) -> str | None:
    values = dict.fromkeys(str(claim.value) for claim in claims)
    return "、".join(values) or None


def _all_places(report: Report, finding: Finding, *, with_claims: bool = True) -> Iterator[Place]:
    """Every place a finding rests on: its own evidence and that of its claims."""
    wanted = set(finding.claims) if with_claims else set()
    resting = [entry for claim in report.claims if claim.id in wanted for entry in claim.evidence]
    for entry in (*finding.evidence, *resting):
        yield from places(report, [entry])
