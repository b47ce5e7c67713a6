"""Who the applicant of a text is: settled over the whole text, before anything is said about whose statement a sentence is.

A firm that the text itself names as the one that applies (申报主体为…X) goes before the one behind a form's label, that before one that
is given a short name (X（以下简称“公司”）), that before the first firm that is not introduced as somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from docproc.model import Span
from extractors.parties.words import dealt_with
from extractors.words.anchored import anchored
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, rules, vocabulary, words

_WORDS = "context"
_identity = rules("identity")
SHORTEST_NAME = 6
_LETTERS = ("甲方", "乙方", "丙方", "丁方")
_branch = re.compile("分公司|分厂|分院")
_nickname = re.compile(
    r"\s?[（(](?:以下|下)?(?:统一)?简称(?:为)?[：:]?[“\"‘「『]?(?P<short>[一-龥A-Za-z]{2,12})[”\"’」』]?(?:或[“\"‘「『](?P<other>[一-龥]{2,8}))?[^（()）]{0,8}[）)]"
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """The applicant's name, or nothing where the text names none. `own` and `foreign`: short names that the text defines."""

    name: str | None = None
    own: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    letter: str | None = None  # 甲方, 乙方: what the applicant is called in a contract
    alias: str | None = None  # 承租方, 买方: its role, where a bracket says who that is (承租方（申报单位）)
    designated: Span | None = None  # where the text names it as the one that applies
    stated: bool = False  # the text or the caller says so; else it is the first firm
    former: frozenset[str] = frozenset()  # names it had before
    speaks: bool = True  # whether 我方 is the applicant's; not in a bidder's or a supplier's own declaration

    @property
    def branch(self) -> bool:
        return self.name is not None and _branch.search(self.name) is not None

    def is_named(self, name: str) -> bool:
        """Whether a firm's name is the applicant's, if only in part."""
        if name in self.former:
            return True
        return self.name is not None and len(name) >= 4 and (self.name.endswith(name) or name.endswith(self.name))


@cache
def _label_pattern() -> re.Pattern[str]:
    ending = vocabulary(_WORDS)["firm_ending"]
    labels = alternatives(words(_WORDS, "applicant_labels"))
    return compiled(rf"(?:{labels})\s*(?:[：:\t]|（盖章）[：:]?|\(盖章\)[：:]?)\s*([一-龥（）()·A-Za-z0-9]{{1,40}}?(?:{ending}))")


@cache
def _designation() -> re.Pattern[str]:
    """申报主体为集团全资子公司 before a name, 系本次申报主体 behind it."""
    return re.compile(rf"(?:{alternatives(words(_WORDS, 'designating'))})[）)]?(?:为|是|系|确定为|：|:)[^，。；\n]{{0,20}}\Z")


@cache
def _designated_after() -> re.Pattern[str]:
    named = alternatives(words(_WORDS, "designating"))
    return re.compile(
        rf"(?:[（(][^（()）]{{0,40}}[）)])?(?:即)?(?:为|是|系|作为)(?:本次)?[一-龥]{{0,8}}(?:{named})|[（(](?:即|系|为)?[一-龥]{{0,8}}?(?:{named})[）)]"
    )


@cache
def _role_before() -> re.Pattern[str]:
    introducing = alternatives((*words(_WORDS, "others"), *words(_WORDS, "role_before")))
    return re.compile(rf"(?:{introducing})[一-龥：:“”0-9.%]{{0,6}}\Z")


@cache
def _role_after() -> re.Pattern[str]:
    """X为设备供应商, X为我公司子公司; X为渤海集团子公司 may be the applicant."""
    related = words("shared", "relatives")
    others, relatives = alternatives(word for word in words(_WORDS, "others") if word not in related), alternatives(related)
    owned = rf"(?:[一-龥]{{0,4}}(?:[我本]|(?<=[为是系])公司)[一-龥]{{0,6}}|[一-龥]{{0,2}}?)(?:{relatives})"
    told = rf"(?:[（(][^（()）]{{0,40}}[）)])?(?:为|是|系(?!统|列)|作为|担任)(?:[一-龥]{{0,8}}(?:{others})|{owned})"
    bracketed = rf"[（(](?:系|即|为)?(?:[我本][一-龥]{{1,3}}|公司)的?[一-龥]{{0,6}}?(?:{others}|{relatives})[）)]"  # X（我公司供应商）
    return re.compile(f"{told}|{bracketed}")


@cache
def _letter() -> re.Pattern[str]:
    """甲方即本次申报单位, 乙方（我公司）: what the applicant is called in the text."""
    applicant = alternatives((*words(_WORDS, "designating"), *words(_WORDS, "own")))
    return re.compile(
        rf"(?P<letter>[甲乙丙丁]方)(?:[（(][^（()）]{{0,10}}[）)])?(?:即为?|为|是|系|：|:|（|\()[一-龥]{{0,8}}?(?:{applicant})"
    )


@cache
def _alias() -> re.Pattern[str]:
    """承租方（申报单位）：X."""
    return re.compile(rf"(?<![一-龥])(?P<role>[一-龥]{{1,3}}[方人]){_whose()}")


@cache
def _bracketed_role() -> re.Pattern[str]:
    """How a role ends, with the bracket behind it: sought first, since few characters can be its first."""
    return re.compile(f"[方人]{_whose()}")


@cache
def _whose() -> str:
    return rf"[（(](?:即|本次|以下简称)?(?:{alternatives((*words(_WORDS, 'designating'), *words(_WORDS, 'own')))})[）)]"


def _new_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:更名|改名|变更|改制)[一-龥]{{0,4}}?为{re.escape(name)}")


def settle(text: str, firms: Sequence[Span], known: str | None) -> Applicant:
    """The applicant of a text in which these firms are named; `known`: its name where the caller knows it."""
    named = [(span, text[span.start : span.end]) for span in firms]
    designated = _designated(text, firms)
    labelled = _label_pattern().search(text)
    name = known or (text[designated.start : designated.end] if designated else None) or (labelled[1] if labelled else None)
    stated = name is not None
    if name is None:
        name = _first(text, firms)
    own: set[str] = set()
    foreign: set[str] = set()
    candidate = Applicant(name)
    for span, firm in named:
        short = _nickname.match(text, span.end)
        if short is not None:
            (own if candidate.is_named(firm) else foreign).update(word for word in (short["short"], short["other"]) if word)
    lettered = any(letter in text for letter in _LETTERS)
    alias = _alias().search(text) if anchored(_bracketed_role().pattern).search(text) else None
    return Applicant(
        name,
        frozenset(own),
        frozenset(foreign - own),
        _letter_of(text, name) if lettered else None,
        alias["role"] if alias else None,
        designated if not known else None,
        stated,
        _former(text, name),
        not (stated and _declared_by_another(text, candidate)),
    )


@cache
def _declaring() -> re.Pattern[str]:
    ending = vocabulary(_WORDS)["firm_ending"]
    return re.compile(rf"(?:^|\n)[ 　]*{_declaring_party().pattern}[ 　]*(?P<name>[一-龥（）()]{{2,40}}?(?:{ending}))")


@cache
def _declaring_party() -> re.Pattern[str]:
    """投标人（盖章）：, a label wherever it stands: sought first, since few characters can be its first."""
    roles = alternatives(words(_WORDS, "declaring_parties"))
    return re.compile(rf"(?:{roles})(?:名称|全称)?(?:[（(][^（()）\n]{{0,8}}[）)])?[：:]")


def _declared_by_another(text: str, applicant: Applicant) -> bool:
    """Whether a paper opens with the bidder or supplier whose declaration it is: 投标人：X … 我方为…, and X is not the applicant."""
    declared = _declaring().search(text) if anchored(_declaring_party().pattern).search(text) else None
    if declared is None or applicant.is_named(declared["name"]):
        return False
    first = re.search(alternatives(words(_WORDS, "own")), text)
    return first is not None and declared.start() < first.start()


def _former(text: str, name: str | None) -> frozenset[str]:
    """The names that a rename to the applicant's own leaves behind: 原名X, X更名为…."""
    if name is None or f"为{name}" not in text or not _new_name(name).search(text):
        return frozenset()
    ending = vocabulary(_WORDS)["firm_ending"]
    renamed = re.compile(rf"(?:原名(?:称)?|曾用名|前称|原为)(?:为|：)?[“]?([一-龥（）()]{{4,30}}?(?:{ending}))")
    return frozenset(found[1] for found in renamed.finditer(text)) - {name}


def _letter_of(text: str, name: str | None) -> str | None:
    found = _letter().search(text)
    if found is not None:
        return found["letter"]
    if name is not None:
        role = r"[）)]?[一-龥]{0,6}(?:[（(][^（()）]{0,10}[）)])?(?:：|:|（|\(|为|是)?\s?"
        before = re.search(rf"([甲乙丙丁]方){role}{re.escape(name)}", text)
        return before[1] if before else None
    return None


def _designated(text: str, firms: Sequence[Span]) -> Span | None:
    for span in firms:
        if span.end - span.start < SHORTEST_NAME:
            continue
        before = _designation().search(text, max(0, span.start - 40), span.start)
        if before and _identity("parent_after").search(text[span.end : span.end + 40]):  # 申报单位是X的分公司: whose branch it is
            continue
        if before or _designated_after().match(text, span.end):
            return span
    return None


def _first(text: str, firms: Sequence[Span]) -> str | None:
    for start, end in firms:
        if end - start < SHORTEST_NAME:
            continue
        if _role_before().search(text, max(0, start - 14), start) or _role_after().match(text, end) or dealt_with(text, start, end):
            continue
        return text[start:end]
    return None
