"""What the corpora of who, where, how large and whether running have in common: which names they hold and how a claim is written."""

from __future__ import annotations

import json

from docproc.extract import extract_claims
from docproc.model import Claim, Status

NAMES = ("company.name", "company.credit_code", "company.legal_person", "registration.address", "factory.", "scale.")
UNWRITTEN = ("division_code", "valid", "bound", "state", "candidates", "fits")  # qualifiers that have tests of their own


def asserted(text: str) -> list[str]:
    """The claims of these families that a text asserts, as the corpora write them, in order of the alphabet."""
    return sorted({written(claim) for claim in extract_claims(text) if claim.status is Status.ASSERTED and claim.name.startswith(NAMES)})


def written(claim: Claim) -> str:
    value = claim.value if isinstance(claim.value, str) else json.dumps(claim.value)
    pairs = sorted((key, entry) for key, entry in claim.qualifiers.items() if key not in UNWRITTEN)
    return f"{claim.name} = {value}" + "".join(f" | {key}: {entry}" for key, entry in pairs)
