"""Whose a line of a form is that names no party itself: that of the firm named in the lines above it.

评估机构：X            X's, not the applicant's
统一社会信用代码：…
受评估方：Y            from here on the applicant's
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from extractors.parties.firms import find_firms
from extractors.parties.words import other_words, own_words
from extractors.words.anchored import anchored
from extractors.words.lexicon import rules, words
from extractors.words.per_text import once_a_text

LINES_ABOVE = 6
_LABEL = re.compile(
    r"[ 　]*(?:[(（]?\d{1,2}[)）.、．][ 　]*)?(?P<label>[\u4e00-\u9fff]{2,14}?)(?:名称|全称)?(?:[（(][^（()）\n]{1,12}[）)])?[ 　]*[：:\t]"
)
# the parties of a contract, each over the lines about it
_CONTRACT = anchored(
    r"(?m:^)[ 　]*(?:[甲乙丙丁]方|[需供买卖]方|(?:供货|采购|购买|销售|出租|承租|委托|受托|发包|承包|转让|受让|定作|承揽)[方人])[ 　]*"
    r"(?:[（(][^（()）\n]{1,24}[）)])?[ 　]*[：:\t](?P<rest>[^\n]*)"
)
_SAYS_OWN = re.compile("申报|申请(?:单位|企业|主体)|[本我](?:公司|单位|企业|厂|司)|受评")
LINES_OF_PARTY = 8  # lines that a contract's head spends on one party
_rule = rules("identity")


def is_below_another(text: str, position: int, holds_own: re.Pattern[str]) -> bool:
    """Whether the line at a position stands below a line that names another firm, before the next line that names the applicant.

    `holds_own`: what the applicant's own line of the same kind holds. Where the applicant is named further above and that line has not come
    yet, the form only lists its firms before it, and the line is the applicant's.
    """
    line = text.rfind("\n", 0, position)
    if next(iter(find_firms(text, line + 1, position)), None) is not None:
        return False  # the line says itself whose it is
    another = False
    for _ in range(LINES_ABOVE):
        if line <= 0:
            break
        start = text.rfind("\n", 0, line) + 1
        if not text[start:line].strip():
            break
        label = _LABEL.match(text, start, line)
        if another and holds_own.search(text, start, line):
            return True
        if label is not None and next(iter(find_firms(text, label.end(), line)), None) is not None:
            if _is_own(label["label"]):
                return False
            another = another or other_words().fullmatch(label["label"]) is not None
        line = start - 1
    return another


def _is_own(label: str) -> bool:
    named = label in words("identity", "name_labels") or _rule("name_label").match(label) is not None
    return named or own_words().fullmatch(label) is not None


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about for each of its fields
def _contract_parties(text: str) -> tuple[tuple[int, bool, str], ...]:
    """Where the lines begin that name the parties of a contract, whether they say that it is the applicant, and the firm's name."""
    return tuple((found.start(), _SAYS_OWN.search(found.group()) is not None, _name_in(text, found)) for found in _CONTRACT.finditer(text))


def _name_in(text: str, line: re.Match[str]) -> str:
    firm = next(iter(find_firms(text, *line.span("rest"))), None)
    return "" if firm is None else re.sub(r"\s+", "", text[firm.start : firm.end])


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
