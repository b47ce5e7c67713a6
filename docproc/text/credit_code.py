"""The unified social credit code (统一社会信用代码): its shape and its two check characters.

GB 32100-2015: 18 characters out of 31 (digits and capitals without I, O, S, V, Z). Positions 1–2 are the registering department
and the kind of body, 3–8 the registering authority's division at the time of issue, 9–17 the organisation code of GB 11714-1997,
whose own last character is a check too, and 18 the check character over the first 17.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """The 18th character for the first 17: 31 − (Σ CᵢWᵢ mod 31), 31 counting as 0 (GB 32100-2015, 5.2).

    Raises ValueError where `body` is not 17 characters of the code's alphabet.
    """
    if len(body) != len(_WEIGHTS) or any(character not in ALPHABET for character in body):
        raise ValueError(f"not the first 17 characters of a credit code: {body!r}")
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(body: str) -> str:
    """The 9th character of an organisation code for its first 8: 11 − (Σ CᵢWᵢ mod 11), 10 as X, 11 as 0 (GB 11714-1997).

    Raises ValueError where `body` is not 8 digits or capitals.
    """
    if len(body) != len(_ORGANISATION_WEIGHTS) or any(character not in _ORGANISATION_ALPHABET for character in body):
        raise ValueError(f"not the first 8 characters of an organisation code: {body!r}")
    total = sum(_ORGANISATION_ALPHABET.index(character) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[(11 - total % 11) % 11]


def is_shaped(code: str) -> bool:
    """Whether the code has 18 characters, all of the alphabet, with a division of six digits."""
    return len(code) == LENGTH and all(character in ALPHABET for character in code) and code[2:8].isdecimal()


def is_valid(code: str) -> bool:
    """Whether the check character holds. The inner check is asked separately: codes are known whose organisation part is older."""
    return is_shaped(code) and check_character(code[:17]) == code[17]


def organisation_holds(code: str) -> bool:
    """Whether the organisation code inside (positions 9–17) holds its own check."""
    return is_shaped(code) and organisation_check_character(code[8:16]) == code[16]
