"""The parties that a text mentions, by the kind of word that names them: 本公司, 公司, a firm by name, 供应商, 某企业, 园区, 甲方."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from docproc.model import Span
from extractors.words.anchored import anchored
from extractors.words.anchors import compiled
from extractors.words.lexicon import tree_of, vocabulary, words

_WORDS = "context"
# without which no firm is told by what it was entrusted with, its name or who holds it
_RELATED = anchored("[受委]托|股[份权]的|同名|重名|名称[相近似类]|字号|持股|参股|控股|占股|出资|持有|入股|投资")
_PROVINCIAL = anchored("[省市海津北南东西江外内川建苏徽林宁疆藏肃夏港门]一")


class Party(StrEnum):
    """Whom words name."""

    OWN = "own"  # 本公司, 我厂, the applicant by name
    WEAK = "weak"  # 公司, 企业: the applicant where nobody else is meant
    OTHER = "other"
    FIRM = "firm"  # a firm by name; whose, is decided when the applicant is known
    COLLECTIVE = "collective"  # 全县, 园区, 行业: somebody else, as its clause's subject only
    LETTER = "letter"  # 甲方, 乙方


class Mention(NamedTuple):
    """Words that name a party. `vague`: an indefinite firm (江苏一家企业), which a bare 企业 in the same sentence points back to."""

    span: Span
    party: Party
    vague: bool = False


def party_patterns(text: str) -> Sequence[re.Pattern[str]]:
    """The patterns of all parties, of which the first that holds at a place counts; without the indefinite firms of which a text holds not
    even the characters."""
    provincial = _PROVINCIAL.search(text) is not None
    return _parties("某" in text, provincial, _RELATED.search(text) is not None)


@cache
def _parties(someone: bool, provincial: bool, related: bool) -> Sequence[re.Pattern[str]]:
    vague_words = [
        entry
        for entry in (*words(_WORDS, "vague_firms"), *(words(_WORDS, "related_firms") if related else ()))
        if (someone or "某[" not in entry) and (provincial or not entry.startswith("(?:北京"))
    ]
    firm, vague = vocabulary(_WORDS)["firm_ending"], "|".join(vague_words)
    own, weak, others = (tree_of(words(_WORDS, key)) for key in ("own", "own_weak", "others"))
    described = vocabulary(_WORDS)["described"]
    of_others = vocabulary(_WORDS)["of_others"]
    collective, before, after = (vocabulary(_WORDS)[key] for key in ("collectives", "before_collective", "after_collective"))
    named = {
        Party.FIRM: firm,
        "vague": vague,
        Party.OTHER: f"(?:{others}){of_others}",
        Party.OWN: own,
        Party.WEAK: f"{described}(?:{weak})(?!之一)",
        Party.LETTER: "[甲乙丙丁]方",
        Party.COLLECTIVE: f"{before}(?:{collective}){after}",
    }
    return [compiled(f"(?P<{name}>{expression})") for name, expression in named.items()]
