"""Who speaks, and who is believed: the order of strength among contradicting sources (CHECKLISTS: outcomes).

Strength goes by who speaks, whatever the paper is called: an authority, an auditor, a third-party assessor, the applicant's
self-assessment, its form and commitment, its other statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from docproc.model import Claim, Kind
from docproc.predicates.case import Case

SPEAKERS = ("authority", "auditor", "assessor", "self_assessment", "form", "other")
NAMES = {
    "authority": "主管部门",
    "auditor": "审计机构",
    "assessor": "第三方评估机构",
    "self_assessment": "企业自评估",
    "form": "申报书或承诺书",
    "other": "企业其他材料",
}
OWN_VOICE = SPEAKERS.index("self_assessment") + 1
_BY_KIND = {
    Kind.LICENCE: "authority",
    Kind.CREDIT: "authority",
    Kind.FILING: "authority",
    Kind.RECOMMENDATION: "authority",
    Kind.PATENT: "authority",
    Kind.AUDIT: "auditor",
    Kind.FORM: "form",
    Kind.COMMITMENT: "form",
}


class Weighed(Enum):
    """What two sides of a question come to."""

    NOTHING = "nothing"
    AFFIRMED = "affirmed"
    DENIED = "denied"
    CONTRADICTED = "contradicted"


def speaker(case: Case, claim: Claim) -> str:
    """Who states the claim: as the facts have it, else by the kind of document it stands in."""
    for fact in case.facts:
        for mention in fact.mentions:
            if mention.claim == claim.id and mention.speaker in SPEAKERS:
                return mention.speaker
    document = case.source_of(claim)
    if document is None:
        return "other"
    if document.kind is Kind.MATURITY:
        return "assessor" if claim.qualifiers.get("method") == "third_party" else "self_assessment"
    return _BY_KIND.get(document.kind, "other")


def rank(case: Case, claim: Claim) -> int:
    """1 for the strongest speaker (authority) to 6 for the weakest."""
    return SPEAKERS.index(speaker(case, claim)) + 1


def strongest(case: Case, claims: Sequence[Claim]) -> int:
    """The rank of the strongest of the claims; one past the weakest where there are none."""
    return min((rank(case, claim) for claim in claims), default=len(SPEAKERS) + 1)


def weigh(case: Case, affirming: Sequence[Claim], denying: Sequence[Claim], *, admission: bool = True) -> Weighed:
    """Who is believed. A stronger denial denies; a weaker or an equal one leaves a contradiction for a person; and where both
    sides are the applicant's own voice, its admission beats its denial (`admission`: whether that rule applies)."""
    if not affirming and not denying:
        return Weighed.NOTHING
    if not denying:
        return Weighed.AFFIRMED
    pro, contra = strongest(case, affirming), strongest(case, denying)
    if contra < pro or (admission and pro >= OWN_VOICE and contra >= OWN_VOICE):
        return Weighed.DENIED
    return Weighed.CONTRADICTED


def who(case: Case, claims: Sequence[Claim]) -> str:
    """The speakers of the claims in words, strongest first."""
    ranks = sorted({rank(case, claim) for claim in claims})
    return "、".join(NAMES[SPEAKERS[at - 1]] for at in ranks)
