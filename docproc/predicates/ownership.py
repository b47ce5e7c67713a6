"""Whose document it is: the applicant's, or another firm's that got into the package by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from docproc.compare import fold, same_name
from docproc.evidence import locate
from docproc.model import Claim, Document, Kind, Status
from docproc.predicates.case import Case, Foreign, unread
from docproc.predicates.naming import Spelling, names_it, owner_in_text, plain, spellings

#: Kinds whose papers speak of one firm: the one that is audited, assessed, licensed, queried.
OF_ONE_FIRM = (
    Kind.LICENCE,
    Kind.AUDIT,
    Kind.MATURITY,
    Kind.CREDIT,
    Kind.SAFETY,
    Kind.COMMITMENT,
    Kind.FILING,
    Kind.RECOMMENDATION,
    Kind.PATENT,
)
_MAY_BE_LISTS = (Kind.FILING, Kind.RECOMMENDATION)
_LIST = re.compile("名单|汇总表|一览表|明细表|公告|公示|通报")
_RENAMED = re.compile("曾用名|原名|原企业名称|更名|名称变更|变更名称|变更前|变更登记")
_NEAR = 24  # code points around a name in which words of a change of name count
SLIPS = 2  # characters in which two spellings of one name may differ


def belongs_to_another(case: Case, document: Document) -> bool:
    """Whether the document names a firm as its own, and neither that name nor any word of it is the applicant's."""
    return foreign_name(case, document) is not None


def foreign_name(case: Case, document: Document) -> Foreign | None:
    """The name by which the document speaks of another firm as its own; None where the applicant's name stands in it too."""
    if document.kind not in OF_ONE_FIRM:
        return None
    if document.id not in case.foreign:
        found = _foreign_name(case, document)
        case.foreign[document.id] = None if found is not None and _is_former(case, document, found.name) else found
    return case.foreign[document.id]


def former_name(case: Case, document: Document) -> Foreign | None:
    """The applicant's earlier name that the document bears, where another paper of the package tells of it (曾用名, 名称变更)."""
    if document.kind not in OF_ONE_FIRM or belongs_to_another(case, document):
        return None
    found = _foreign_name(case, document)
    return found if found is not None and _is_former(case, document, found.name) else None


def _is_former(case: Case, document: Document, name: str) -> bool:
    """Whether another paper that names the applicant calls the name its earlier one."""
    wanted, applicant = fold(name), fold(case.applicant())
    for other in case.documents:
        text = fold(plain(other).text) if other is not document else ""
        if wanted not in text or applicant not in text.replace(wanted, ""):
            continue
        places = (place.start() for place in re.finditer(re.escape(wanted), text))
        if any(_RENAMED.search(text[max(0, at - _NEAR) : at + len(wanted) + _NEAR]) for at in places):
            return True
    return False


def _foreign_name(case: Case, document: Document) -> Foreign | None:
    applicant = case.applicant()
    if not applicant:
        return None
    names = tuple(_names(case, document))
    if document.kind in _MAY_BE_LISTS and len({fold(str(claim.value)) for claim in names}) > 1:
        return None  # firms that are merely listed
    if any(_close(str(claim.value), applicant) for claim in names) or names_it(document, applicant):
        return None
    if names:
        return Foreign(str(names[0].value), names)
    if document.kind in _MAY_BE_LISTS and _LIST.search(plain(document).text):
        return None
    if document.kind is Kind.PATENT or any(True for _ in unread(document)) or any(True for _ in spellings(document, applicant, SLIPS)):
        return None
    owner = owner_in_text(document)
    return Foreign(owner.name, evidence=locate(document, [owner.span])) if owner is not None else None


def own_words(case: Case) -> Case:
    """The case without what another firm's papers say of that firm; the names that tell whose they are stay."""
    others = _others(case)
    if not others:
        return case
    kept = tuple(
        claim for claim in case.claims if claim.name == "company.name" or not any(entry.document in others for entry in claim.evidence)
    )
    return replace(case, claims=kept, extractions={id_: found for id_, found in case.extractions.items() if id_ not in others})


def attributed(case: Case) -> tuple[Claim, ...]:
    """All claims of the case; what another firm's papers assert is told of that firm, its name included."""
    others = _others(case)
    if not others:
        return case.claims
    return tuple(
        claim.model_copy(update={"status": Status.THIRD_PARTY})
        if claim.status is Status.ASSERTED and all(entry.document in others for entry in claim.evidence)
        else claim
        for claim in case.claims
    )


def _others(case: Case) -> frozenset[str]:
    return frozenset(document.id for document in case.documents if belongs_to_another(case, document))


def variants(case: Case, document: Document) -> tuple[Claim, ...]:
    """The asserted names in the document that differ from the applicant's and are no other firm's."""
    applicant = case.applicant()
    if belongs_to_another(case, document):
        return ()
    former = former_name(case, document)
    return tuple(
        claim
        for claim in case.claims_in(document, "company.name")
        if not same_name(str(claim.value), applicant) and not (former is not None and same_name(str(claim.value), former.name))
    )


def misspelt(case: Case, document: Document) -> tuple[Spelling, ...]:
    """Spellings of the applicant's name in the document's text that differ by a slip: two characters, one where the name stands too."""
    applicant = case.applicant()
    if not applicant or document.kind not in (*OF_ONE_FIRM, Kind.FORM) or document.kind is Kind.PATENT:
        return ()
    found = spellings(document, applicant, 1 if names_it(document, applicant) else SLIPS)
    return tuple({spelling.name: spelling for spelling in found}.values())


def _names(case: Case, document: Document) -> Iterator[Claim]:
    for claim in case.claims:
        named = claim.name == "company.name" and claim.status in (Status.ASSERTED, Status.THIRD_PARTY)
        if named and any(entry.document == document.id for entry in claim.evidence):
            yield claim


def _close(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: the same but for a slip or two."""
    return Levenshtein.distance(fold(one), fold(other)) <= SLIPS
