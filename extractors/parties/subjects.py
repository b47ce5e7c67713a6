"""Whose statement a place in the text is about: the applicant's, or somebody else's (a group, a customer, an integrator, a landlord).

The subject that governs a place is looked for in its own clause first, then in the clauses before it in the same sentence. A word for
another party counts only where it is a clause's subject or stands directly before the thing said; as an object (向客户销售) it does not.
What stands in a bracket right after a firm's name belongs to that firm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span
from extractors.parties.clauses import clauses, sentence_at, without_brackets
from extractors.parties.firms import find_firms
from extractors.parties.words import (
    any_party_word,
    branch_words,
    contract_letters,
    is_branch,
    names_own,
    other_words,
    own_letters,
    own_or_plain,
    own_words,
    region_words,
    relative_head,
    together_with_own,
)
from extractors.words.lexicon import alternatives, vocabulary
from extractors.words.per_text import once_a_text

CLAUSES_BACK = 10
_BRACKET_BEHIND = re.compile(r"\s?[（(]([^（()）]*)[）)]")
_CLOSED = re.compile(r"[）)。\n]")
_POSSESSING = re.compile(
    r"(?:内|中)?(?:前|排名前|[百千]强)?(?:[一二三四五六七八九十百千两\d]+(?:余|多)?(?:家|强|名|大|户|位|个)?)|(?:的|之|其)(?:新|老|旧|各|某|智能|数字化|海外|国内|另一|生产|新建){0,3}|(?:新|老|旧|各|某)"
)
_LED = re.compile(r"(?:属于?|按照?|依照?|依据|根据|符合|参照)(?:国家)?$")
_WHAT_IT_IS = re.compile(  # 但系总公司派出机构, 由集团分公司改制为…: what the firm is, or was before it was turned into something else
    r"^(?:但|但是|虽|虽然|因|因其|由于|其|现|原|仍|实|实际|目前|且|并|而|均|也|亦|仅|只|[ 　])*(?:系|是|属于?|隶属于?|作为)$"
    r"|(?:改制|改组|改|转制|转|变更|升格|升级|调整|登记|注册)(?:设立)?(?:成|为)[^，。；]{0,6}$"
)
_IS_DESCRIBED = re.compile(
    r"(?:原|曾|曾经|原先|过去|此前|现|目前|仍|均|仅|只|也|亦)?(?:登记|注册)?(?:是|为|系|属于?|隶属于?|作为)[^，。；的]{0,8}$"
)
_FROM = re.compile(r"(?:由|从|自)[^，。；]{0,8}$")
_TURNED = re.compile(r"[^，。；]{0,20}?(?:改制|改组|改建|改|转|变更|升格|升级|调整|脱离|独立)(?:登记|设立)?(?:成|为|出)")
_IS_OF = re.compile(r"(?:系|为|是|属于?|作为|成为)(?:[^，。；的\d]{1,6})?$")  # 是全国同行业重点企业
_WORKS_FOR = re.compile(r"(?:遍布|遍及|销往|畅销|行销|分布|服务|覆盖|面向|带动|辐射|带领|立足|扎根)(?:于|了|着)?$")  # 服务园区企业120家
_COUNTED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:\d|[数多近各][\u4e00-\u9fff]?[百千十家])")  # 为我市120家企业提供…
LEAD_REACH = 6  # characters that may stand before a clause's subject: 其, 其中, 目前, 由我公司总包的 …
SERVING_REACH = 12  # characters before a firm's name in which it is said that it serves
ADJACENT_REACH = 3  # characters that may stand between another party and what is said of it
_BRANCH = re.compile("分公司|分厂|办事处")
_THAT_FIRM = re.compile(
    r"\s*(?:其中|目前|现)?(?:该(?:公司|企业|单位|厂|机构|中心|事务所|院|所)"
    r"|其(?=注册|登记|工商|住所|员工|职工|从业|法定代表|统一社会|年?营业|成立|始建|现有|总?资产|主营|企业规模|规模|(?:19|20)\d\d年|上年|去年|已?(?:获评|获批|荣获|入选)))"
)
_SERVED_BY = re.compile(vocabulary("parties")["serving_before"])
_VISITED = re.compile(vocabulary("parties")["visited"])
_SERVES = re.compile(vocabulary("parties")["serving_after"])


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of the applicant (`own`) or of another party, at a place."""

    own: bool
    span: Span
    region: bool = False  # a place or a trade, which speaks only as the subject of its clause
    owning: bool = False  # another party together with what it owns: 客户工厂
    plain: bool = False  # 公司, 企业, 工厂: the applicant's only where nothing else is said


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about by each family
def parties_in(text: str, own_names: frozenset[str]) -> Parties:
    """The parties of a text, where these firms are known to be the applicant."""
    return Parties(text, own_names)


class Parties:
    """The parties of one text. `own_names`: the firms known to be the applicant."""

    def __init__(self, text: str, own_names: Collection[str] = ()) -> None:
        self.text = text
        self.own_names = frozenset(plain_name(name) for name in own_names)
        self.own_letters = own_letters(text) | {letter for name in self.own_names for letter in contract_letters(text, name)}
        self.branch = is_branch(text, own_names)
        self._at: dict[int, Party | None] = {}
        self._known: dict[Span, list[Party]] = {}
        self._shields: dict[Span, str] = {}

    def other_at(self, position: int) -> Party | None:
        """The party that a place is about where that is somebody else than the applicant; None where it is the applicant's own."""
        party = self.at(position)
        return party if party is not None and not party.own else None

    def at(self, position: int) -> Party | None:
        """The party that governs a place; None where its sentence names none."""
        if position not in self._at:
            self._at[position] = self._find(position)
        return self._at[position]

    def _find(self, position: int) -> Party | None:
        bracketed = self._bracket_owner(position)
        if bracketed is not None:
            return bracketed
        visited = _VISITED.match(self.text, self.text.rfind("\n", 0, position) + 1, position)
        if visited is not None and own_words().search(self.text, visited.end(), position) is None:
            return Party(False, Span(*visited.span()))
        sentence = sentence_at(self.text, position)
        before = [clause for clause in clauses(self.text, sentence) if clause.start <= position]
        that = next((each for each in reversed(before) if (led := _THAT_FIRM.match(self.text, each.start)) and led.end() <= position), None)
        if that and not own_words().search(self.text, that.start, position):
            told = Span(sentence.start, that.start)
            if not self.text[sentence.start : that.start].strip():  # 设备由X提供。其员工320人
                told = self._sentence_before(sentence.start)
            if self._beside_another(told):
                return Party(False, Span(that.start, position))
        for index, clause in enumerate(reversed(before[-CLAUSES_BACK:])):
            party = self._in_clause(Span(clause.start, min(clause.end, position)), own_clause=index == 0)
            if party is not None:
                return party
        return None

    def _sentence_before(self, start: int) -> Span:
        """The sentence that ends where another begins, on the same line; an empty one at a line's beginning."""
        before = len(self.text[:start].rstrip(" 　"))
        if before == 0 or self.text[before - 1] == "\n":
            return Span(start, start)
        return sentence_at(self.text, before - 1)

    def _beside_another(self, stretch: Span) -> bool:
        """Whether another firm is named: beside the applicant (我公司与X同属一家集团，该公司…), or as its server (厂房由X代建，该公司…)."""
        others = [
            firm
            for firm in find_firms(self.text, *stretch)
            if plain_name(self.text[firm.start : firm.end]) not in self.own_names and self._firm_is_own(firm) is not True
        ]
        return bool(others) and (own_words().search(self.text, *stretch) is not None or any(map(self._serves, others)))

    def _serves(self, firm: Span) -> bool:
        """Whether a firm is said to have built, supplied or judged something: 由X代建, 租自X."""
        before = _SERVED_BY.search(self.text, max(0, firm.start - SERVING_REACH), firm.start)
        return before is not None and (before["by"] is None or _SERVES.match(self.text, firm.end) is not None)

    def _in_clause(self, clause: Span, own_clause: bool) -> Party | None:
        """The last party of a clause that is its subject, or stands right before its end."""
        mentions = self._mentions(clause)
        if not mentions:
            return None
        shielded = self._shield(clause)
        best: Party | None = None
        for party in mentions:
            if party.own and any(
                not each.own and self.text[party.span.end : each.span.start] in ("", "的")
                for each in mentions
                if each.span.start >= party.span.end
            ):
                continue  # X（我公司供应商）: the applicant only says whose the other is
            first = not shielded[: party.span.start - clause.start].strip() or party.span.start - clause.start <= LEAD_REACH
            adjacent = own_clause and clause.end - party.span.end <= ADJACENT_REACH
            if (
                best is not None
                and best.own
                and not party.own
                and _describes(shielded, best.span.end - clause.start, party.span.start - clause.start)
            ):
                continue  # 本厂为某集团的内部核算单位: the group only says what the applicant is
            if not party.own and _LED.search(shielded, 0, party.span.start - clause.start):
                first = False  # 属国家统计局划型标准下的大型企业: by whose standard, not whose
            if not party.own and _is_what_it_is(shielded, party.span.start - clause.start):
                continue
            if party.region and self._is_object(shielded, party, party.span.start - clause.start):
                first = False
            if party.own or first or (adjacent and not party.region) or party.owning:
                best = party
        return best

    def _is_object(self, text: str, region: Party, start: int) -> bool:
        """Whether a region at `start` is what the applicant is one of (系我镇规上企业), or works for (服务园区企业120家)."""
        if _WORKS_FOR.search(text, 0, start):
            return True
        return _IS_OF.search(text, 0, start) is not None and not _COUNTED.match(self.text, region.span.end)

    def _shield(self, clause: Span) -> str:
        if clause not in self._shields:
            self._shields[clause] = without_brackets(self.text, clause)
        return self._shields[clause]

    def _mentions(self, clause: Span) -> list[Party]:
        known = self._known.get(clause)
        if known is None:
            named = self.own_letters or any_party_word().search(self.text, *clause) is not None
            known = self._known[clause] = self._find_mentions(clause) if named else []
        return known

    def _find_mentions(self, clause: Span) -> list[Party]:
        shielded = self._shield(clause)
        found: list[Party] = []
        covered: list[Span] = []
        for firm in find_firms(shielded):
            span = Span(clause.start + firm.start, clause.start + firm.end)
            own = self._firm_is_own(span)
            if own is not None:
                found.append(Party(own, span))
            covered.append(span)
        aliases = [(re.compile(alternatives(self.own_letters)), True)] if self.own_letters else []
        branches = [(branch_words(), self.branch)] if _BRANCH.search(shielded) else []
        for pattern, own in (*aliases, *branches, (other_words(), False), (region_words(), False), (own_or_plain(), True)):
            for match in pattern.finditer(shielded):
                span = Span(clause.start + match.start(), clause.start + match.end())
                if not any(each.start < span.end and span.start < each.end for each in covered):
                    owning = pattern is other_words() and bool(match["owned"])
                    bracket = _BRACKET_BEHIND.match(self.text[span.end : span.end + 30])
                    plain = pattern is own_or_plain() and not own_words().fullmatch(match.group())
                    if plain and any(_possessed(shielded, each.span.end - clause.start, match.start()) for each in found if not each.own):
                        continue  # 客户的新工厂
                    if not own and together_with_own().search(shielded, 0, match.start()):
                        continue  # 公司及各子公司均为…: the applicant is among them
                    named_own = own or bool(bracket and own_words().search(bracket[1])) or match.group() in self.own_letters
                    found.append(Party(named_own, span, pattern in (region_words(), branch_words()) and not named_own, owning, plain))
                    covered.append(span)
        for own_party in [each for each in found if each.own and not each.plain]:
            head = relative_head(self.text, own_party.span)  # whoever rents our hall is not the applicant
            if head is not None and head.end <= clause.end:
                found = [each for each in found if not (each.span.start < head.end and head.start < each.span.end)]
                found.append(Party(False, head, owning=True))
        return sorted(found, key=lambda party: party.span)

    def _firm_is_own(self, span: Span) -> bool | None:
        said = names_own(self.text, span)
        name = plain_name(self.text[span.start : span.end])
        if said is False and name in self.own_names:
            return True  # 以总公司X名义申报, where X is known to apply
        if said is not None:
            return said
        if self.own_names:
            return any(name.endswith(own) for own in self.own_names)
        return None

    def _bracket_owner(self, position: int) -> Party | None:
        """Of a place inside a bracket after a firm's name: that firm."""
        opening = max(self.text.rfind("（", max(0, position - 120), position), self.text.rfind("(", max(0, position - 120), position))
        if opening < 0 or _CLOSED.search(self.text[opening:position]):
            return None
        start = sentence_at(self.text, opening).start
        for firm in find_firms(self.text, start, opening):
            if firm.end == opening:
                own = self._firm_is_own(firm)
                return None if own is None else Party(own, firm)
        return None


def _describes(text: str, end: int, start: int) -> bool:
    """Whether a copula stands between the applicant's mention, which ends at `end`, and another party's."""
    return _IS_DESCRIBED.match(text[end:start]) is not None


def _is_what_it_is(text: str, start: int) -> bool:
    """Whether another party's word at `start` says in a clause without a subject what the applicant is, or was before it was turned."""
    if _WHAT_IT_IS.search(text, 0, start):
        return True
    return _FROM.search(text, 0, start) is not None and _TURNED.match(text, start) is not None


def _possessed(text: str, end: int, start: int) -> bool:
    """Whether what stands at `start` is somebody's whose mention ends at `end`: 客户的新工厂, 集团各企业."""
    return end <= start and _POSSESSING.fullmatch(text, end, start) is not None


def plain_name(name: str) -> str:
    return re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")
