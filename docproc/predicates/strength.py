"""Who speaks, and who is believed: the order of strength among contradicting sources (CHECKLISTS: outcomes).

Strength goes by who speaks, whatever the paper is called: an authority, an auditor, a third-party assessor, the applicant's
self-assessment, its form and commitment, its other statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from docproc.facts import RANKS, speaker_of
from docproc.model import Claim
from docproc.predicates.case import Case

SPEAKERS = tuple(sorted(RANKS, key=RANKS.__getitem__))
NAMES = {
    "authority": "主管部门",
    "auditor": "审计机构",
    "assessor": "第三方评估机构",
    "self_assessment": "企业自评估",
    "form": "申报书或承诺书",
    "other": "企业其他材料",
}
OWN_VOICE = RANKS["self_assessment"]


class Weighed(Enum):
    """What two sides of a question come to."""

    NOTHING = "nothing"
    AFFIRMED = "affirmed"
    DENIED = "denied"
    CONTRADICTED = "contradicted"


def speaker(case: Case, claim: Claim) -> str:
    """Who states the claim."""
    document = case.source_of(claim)
    return "other" if document is None else speaker_of(document, claim)[1]


def rank(case: Case, claim: Claim) -> int:
    """1 for the strongest speaker (authority) to 6 for the weakest."""
    return RANKS.get(speaker(case, claim), RANKS["other"])


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
