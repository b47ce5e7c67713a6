"""Whose a line of a contract's head is: that of the party, 甲方 or 乙方, that is named above it.

甲方（需方）：X         X's, and so are the lines about it
注册地址：…
乙方（供方）：Y         from here on Y's
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from extractors.parties.firms import find_firms
from extractors.words.anchored import anchored
from extractors.words.per_text import once_a_text

# the parties of a contract, each over the lines about it
_CONTRACT = anchored(
    r"(?m:^)[ 　]*(?:[甲乙丙丁]方|[需供买卖]方|(?:供货|采购|购买|销售|出租|承租|委托|受托|发包|承包|转让|受让|定作|承揽)[方人])[ 　]*"
    r"(?:[（(][^（()）\n]{1,24}[）)])?[ 　]*[：:\t](?P<rest>[^\n]*)"
)
_SAYS_OWN = re.compile("申报|申请(?:单位|企业|主体)|[本我](?:公司|单位|企业|厂|司)|受评")
LINES_OF_PARTY = 8  # lines that a contract's head spends on one party


def is_of_counterparty(text: str, position: int, own_names: Collection[str]) -> bool:
    """Whether a line of a contract's head stands below a party that is not the applicant: 乙方（供方）：X, then 注册地址：….

    Where the text leaves open which of the parties the applicant is, it says of no line whose it is.
    """
    named = _contract_parties(text)
    if len(named) < 2 or not any(own or name in own_names for _, own, name in named):
        return False
    above = [each for each in named if each[0] <= position]
    if not above or text.count("\n", above[-1][0], position) > LINES_OF_PARTY:
        return False
    _, own, name = above[-1]
    return not (own or name in own_names)


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about for each of its fields
def _contract_parties(text: str) -> tuple[tuple[int, bool, str], ...]:
    """Where the lines begin that name the parties of a contract, whether they say that it is the applicant, and the firm's name."""
    return tuple((found.start(), _SAYS_OWN.search(found.group()) is not None, _name_in(text, found)) for found in _CONTRACT.finditer(text))


def _name_in(text: str, line: re.Match[str]) -> str:
    firm = next(iter(find_firms(text, *line.span("rest"))), None)
    return "" if firm is None else re.sub(r"\s+", "", text[firm.start : firm.end])
