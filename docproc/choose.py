"""Which checklist a package is meant for: by the level applied for, and by the programme's name or the authority addressed.

Never by the registered address. What a city's programme and authority are called stands in its checklist file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from docproc.checklist import Choice, choices
from docproc.compare import fold
from docproc.errors import DocprocError
from docproc.facts import speaker_of
from docproc.model import Claim, Document, Kind, Status
from docproc.text.view import View

# The papers that tell what is applied for, the most telling first; the others count as one last group.
_TELLING = (Kind.FORM, Kind.RECOMMENDATION, Kind.COMMITMENT)
_NOT_TELLING = (Kind.LICENCE, Kind.AUDIT, Kind.PATENT)


def choose(claims: Sequence[Claim], documents: Sequence[Document], views: Mapping[str, View]) -> str:
    """The id of the checklist. Raises DocprocError("checklist_undetermined") that says what was found and which ids there are."""
    offered = choices()
    groups = _groups(documents)
    level = _level(claims, groups)
    province = _province(claims, documents, views, groups, offered)
    found = [choice for choice in offered if choice.level == level and choice.province == province]
    if len(found) == 1:
        return found[0].id
    words = f"申报级别{'是' + level if level else '没有找到'}，申报的是哪一地的项目{'看来是' + province if province else '没有找到'}"
    raise DocprocError("checklist_undetermined", found=words, known="、".join(choice.id for choice in offered))


def _groups(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents in groups, the most telling first; papers that tell of other things than this application are left out."""
    groups = [[document for document in documents if document.kind is kind] for kind in _TELLING]
    rest = [document for document in documents if document.kind not in (*_TELLING, *_NOT_TELLING)]
    return [group for group in [*groups, rest] if group]


def _level(claims: Sequence[Claim], groups: Sequence[Sequence[Document]]) -> str | None:
    """The level applied for, by the first group of papers that states one and only one; what is filled in goes before the prose."""
    for group in groups:
        stated, filled = Counter[str](), Counter[str]()
        for document in group:
            for claim in claims:
                if claim.name == "application.level" and claim.status is Status.ASSERTED and _stands_in(claim, document):
                    stated[str(claim.value)] += 1
                    filled[str(claim.value)] += speaker_of(document, claim)[1] == "form"
        if stated:
            return _sole(+filled or stated)
    return None


def _stands_in(claim: Claim, document: Document) -> bool:
    return any(entry.document == document.id for entry in claim.evidence)


def _province(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    views: Mapping[str, View],
    groups: Sequence[Sequence[Document]],
    offered: Sequence[Choice],
) -> str | None:
    """The programme's province: as the level's claim has it, else by names of the programme or the authority in the papers."""
    for group in groups:
        ids = {document.id for document in group}
        stated = Counter(
            str(claim.qualifiers["province"])
            for claim in claims
            if claim.name == "application.level"
            and claim.status is Status.ASSERTED
            and claim.qualifiers.get("province")
            and any(entry.document in ids for entry in claim.evidence)
        )
        if not stated:
            stated = _named(group, views, offered)
        if stated:
            return _sole(stated)
    return None


def _named(group: Sequence[Document], views: Mapping[str, View], offered: Sequence[Choice]) -> Counter[str]:
    """How often each province's programme or authority is named in the papers."""
    names = {(choice.province, name.pattern): name for choice in offered for name in choice.names}
    counted: Counter[str] = Counter()
    for document in group:
        text = fold(views[document.id].text) if document.id in views else ""
        for (province, _), name in sorted(names.items()):
            if times := len(name.findall(text)):
                counted[province] += times
    return counted


def _sole(stated: Counter[str]) -> str | None:
    """The one value stated, or the one stated at least three times as often as the next; None where papers are divided."""
    (first, most), *others = stated.most_common(2)
    return first if not others or most >= 3 * others[0][1] else None
