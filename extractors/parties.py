"""Whose statement a place in the text is about: the applicant's, or somebody else's (a group, a customer, an integrator, a landlord).

The subject that governs a place is looked for in its own clause first, then in the clauses before it in the same sentence. A word for
another party counts only where it is a clause's subject or stands directly before the thing said; as an object (向客户销售) it does not.
What stands in a bracket right after a firm's name belongs to that firm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.model import Span
from extractors.anchored import anchored
from extractors.anchors import anchors, compiled, shortest
from extractors.firms import find_firms, legal_form
from extractors.lexicon import alternatives, tree_of, vocabulary, words
from extractors.per_text import once_a_text

_SENTENCE_END = re.compile(r"[。！？!?；;\r\f]")
_MARK = "\n"
_CLAUSE_END = re.compile(r"[，,、：:\t](?!\d{3}(?!\d))|(?<=[^\d])[，,](?=\d)")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
SENTENCE_REACH = 240  # code points to either side: text without a mark stays readable in linear time
CLAUSES_BACK = 10
_POSSESSING = re.compile(
    r"(?:内|中)?(?:前|排名前|[百千]强)?(?:[一二三四五六七八九十百千两\d]+(?:余|多)?(?:家|强|名|大|户|位|个)?)|(?:的|之|其)(?:新|老|旧|各|某|智能|数字化|海外|国内|另一|生产|新建){0,3}|(?:新|老|旧|各|某)"
)
_LED = re.compile(r"(?:属于?|按照?|依照?|依据|根据|符合|参照)(?:国家)?$")
_IS_OF = re.compile(r"(?:系|为|是|属于?|作为|成为)$")
_COUNTED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:\d|[数多近各][\u4e00-\u9fff]?[百千十家])")  # 为我市120家企业提供…
LEAD_REACH = 6  # characters that may stand before a clause's subject: 其, 其中, 目前, 由我公司总包的 …
ADJACENT_REACH = 3
TERM_REACH = 14
_BRANCH = re.compile("分公司|分厂|办事处")
_THAT_FIRM = re.compile(r"\s*(?:其中|目前|现)?该(?:公司|企业|单位|厂)")
_BRACKETED_ROLE = re.compile("[方人][（(]")


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of the applicant (`own`) or of another party, at a place."""

    own: bool
    span: Span
    region: bool = False  # a place or a trade, which speaks only as the subject of its clause
    owning: bool = False  # another party together with what it owns: 客户工厂
    plain: bool = False  # 公司, 企业, 工厂: the applicant's only where nothing else is said


@cache
def _own() -> re.Pattern[str]:
    return compiled("|".join([alternatives(words("parties", "own")), *words("parties", "own_plain")]))


@cache
def _other() -> re.Pattern[str]:
    after = alternatives(words("parties", "descriptive_after"))
    owned = alternatives(words("parties", "possessions"))
    return compiled(rf"(?:{_others()})(?:(?P<owned>(?:的)?(?:{owned}))|(?!{after}))")


@cache
def _others() -> str:
    """The words for other parties, plain ones and expressions, the plain ones first where they are longer."""
    return "|".join([alternatives(words("parties", "other")), *words("parties", "other_plain")])


@cache
def _region() -> re.Pattern[str]:
    after = alternatives(words("parties", "descriptive_after"))
    return compiled(rf"(?:{alternatives(words('parties', 'regions'))})(?!{after})")


@cache
def _naming() -> re.Pattern[str]:
    """A word for another party, and what may stand between it and the name of the firm: 总集成商为X, 供应商：X, 控股股东X."""
    other, naming = _others(), alternatives(words("parties", "naming"))
    return re.compile(rf"(?:{other})(?:[（(][^（()）]*[）)])?(?:(?:名称|全称)?(?:{naming}))?\s?$")


@cache
def _role() -> re.Pattern[str]:
    """What follows a firm's name and makes it another party: X为系统总集成商, X是我公司主要客户."""
    whose = r"(?:[我本][\u4e00-\u9fff]{1,3}|公司|项目|系统|本次|该)*的?[\u4e00-\u9fff]{0,6}?"
    other = _others()
    return re.compile(rf"(?:[（(][^（()）]*[）)])?(?:为|是|系|作为|担任){whose}(?:{other})(?=[，。；、,;]|之一|$)")


@cache
def _any_word() -> re.Pattern[str]:
    """A word without which a clause mentions no party."""
    expressions = (legal_form, _branches, _other, _region, _own)
    return re.compile(tree_of(sorted(shortest(word for expression in expressions for word in anchors(expression().pattern)))))


def sentence_at(text: str, position: int) -> Span:
    """The sentence (or line) that holds a position."""
    marked = _marked(text)
    start, end = max(0, position - SENTENCE_REACH), min(len(text), position + SENTENCE_REACH)
    mark = marked.find(_MARK, position, end)
    return Span(marked.rfind(_MARK, start, position) + 1 or start, end if mark < 0 else mark)


@once_a_text
@lru_cache(maxsize=4)  # the same text is asked about place by place
def _marked(text: str) -> str:
    """A text of the same length in which every mark that ends a sentence is a line break."""
    return _SENTENCE_END.sub(_MARK, text)


@once_a_text
@lru_cache(maxsize=256)
def clauses(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence, in order; commas inside numbers and marks inside brackets do not divide."""
    found: list[Span] = []
    start = sentence.start
    for mark in _CLAUSE_END.finditer(_shielded(text, sentence)):
        found.append(Span(start, sentence.start + mark.start()))
        start = sentence.start + mark.end()
    return (*found, Span(start, sentence.end))


def clause_at(text: str, position: int) -> Span:
    """The clause of its sentence that holds a position; a position on a mark belongs to the clause before it."""
    sentence = sentence_at(text, position)
    for clause in clauses(text, sentence):
        if position <= clause.end:
            return clause
    return sentence


def statement_at(text: str, position: int) -> Span:
    """The clause that holds a position, with all members of its list: 系独立法人、规模以上工业企业、中型企业 is one statement."""
    sentence = sentence_at(text, position)
    start, end = sentence
    for mark in re.finditer(r"[，：:\t]|,(?!\d{3}(?!\d))", _shielded(text, sentence)):
        if sentence.start + mark.start() < position:
            start = sentence.start + mark.end()
        else:
            end = sentence.start + mark.start()
            break
    return Span(start, end)


def names_own(text: str, firm: Span) -> bool | None:
    """What the words around a firm's name make of it: True the applicant's, False somebody else's, None where they say nothing."""
    before = text[max(0, firm.start - TERM_REACH) : firm.start]
    bracket = re.match(r"[ 　]?[（(]([^（()）]{1,30})[）)]", text[firm.end : firm.end + 34])
    if bracket and _explicit().search(bracket[1]):
        return True
    if _own_before().search(before):
        return True
    if _naming().search(before) or re.search(vocabulary("parties")["related"], before):
        return False
    role = _role().match(text[firm.end : firm.end + TERM_REACH + 30])
    if role and not re.search(r"(?:全资|控股)?子公司$|附属公司$", role.group()):
        return False
    return None


@cache
def _own_before() -> re.Pattern[str]:
    """我公司（…）为, （申报单位）：: what stands before a name that is the applicant's."""
    own = alternatives(words("parties", "own"))
    return re.compile(
        rf"(?:{own})(?:[（(][^（()）]*[）)])?(?:名称)?(?:为|是|：|:|（|\()?\s?$|[（(][^（()）]*(?:{own})[^（()）]*[）)](?:为|是|：|:)\s?$"
    )


_own_branch = anchored(
    r"[我本](?:分公司|分厂)|[我本](?:公司|单位|企业|厂|司)[^。；;\n]{0,40}?(?<![不非])(?:系|为|是)[^，。；;\n]{0,24}?(?:分公司|分厂|分支机构)(?=[，。；;\n]|$)"
)


def is_branch(text: str, own_names: Collection[str]) -> bool:
    """Whether the applicant is itself a branch: by its name, or because it calls itself one."""
    return any(name.endswith(("分公司", "分厂")) for name in own_names) or _own_branch.search(text) is not None


@cache
def _branches() -> re.Pattern[str]:
    """A branch as it is named in running text: 成都分公司, 该分公司, 各办事处; a new one that is only set up is no party."""
    return re.compile(
        r"(?<![非为是系作设有立或即个家属])(?:(?![设有立开由与和及在的为是系非并或无不公司个家下属])[\u4e00-\u9fff]){0,4}(?:分公司|分厂|办事处)(?!为主|等)"
    )


@cache
def _together() -> re.Pattern[str]:
    own = "|".join([alternatives(words("parties", "own")), *words("parties", "own_plain")])
    return re.compile(
        rf"(?:{own})(?:本部|自身|总部)?(?:及|和|与|以及|、|连同|暨)(?:其|各|所有|全部|下属|所属|全资|控股|旗下|的|两家|三家)*$"
    )


@once_a_text
@lru_cache(maxsize=4)
def own_letters(text: str) -> frozenset[str]:
    """甲方, 乙方 … where the text says that it is the applicant (甲方为本次申报主体)."""
    by_letter = _letter().finditer(text)
    by_role = _alias().finditer(text) if _BRACKETED_ROLE.search(text) else ()
    return frozenset(found[1] for found in (*by_letter, *by_role))


@cache
def _letter() -> re.Pattern[str]:
    own = alternatives(words("parties", "own"))
    return re.compile(
        rf"([甲乙丙丁]方)(?:(?:[（(][^（()）]{{0,10}}[）)])?(?:即|为|是|系)为?[^，。；\n]{{0,12}}?|[（(](?:即|为|系|下称|以下简称)?[“\"]?)(?:{own})"
    )


@cache
def _alias() -> re.Pattern[str]:
    """承租方（申报单位）: a role in a contract, where a bracket says that it is the applicant's."""
    own = alternatives(words("parties", "own"))
    return re.compile(rf"(?<![一-龥])([一-龥]{{1,3}}[方人])[（(](?:即|本次|以下简称)?[“\"]?(?:{own})[”\"]?[）)]")


def _letters_of(text: str, name: str) -> list[str]:
    """The letters of a contract that a line gives to a firm: 乙方（承租人）：X, （乙方）承租人：X."""
    role = r"[）)]?[一-龥]{0,6}(?:[（(][^（()）]{0,10}[）)])?[：:]?\s?"
    contract = _contract(text) if name else ""
    return re.findall(rf"([甲乙丙丁]方){role}{re.escape(name)}", contract) if contract else []


@once_a_text
@lru_cache(maxsize=4)
def _contract(text: str) -> str:
    """A text that calls parties by letters, its brackets all of one kind; nothing where it does not."""
    return text.replace("(", "（").replace(")", "）") if re.search("[甲乙丙丁]方", text) else ""


@cache
def _explicit() -> re.Pattern[str]:
    return re.compile(tree_of(words("parties", "own")))


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about by each family
def parties_in(text: str, own_names: frozenset[str]) -> Parties:
    """The parties of a text, where these firms are known to be the applicant."""
    return Parties(text, own_names)


class Parties:
    """The parties of one text. `own_names`: the firms known to be the applicant."""

    def __init__(self, text: str, own_names: Collection[str] = ()) -> None:
        self.text = text
        self.own_names = frozenset(_bare(name) for name in own_names)
        self.own_letters = own_letters(text) | {letter for name in self.own_names for letter in _letters_of(text, name)}
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
        sentence = sentence_at(self.text, position)
        before = [clause for clause in clauses(self.text, sentence) if clause.start <= position]
        that = next((clause for clause in reversed(before) if _THAT_FIRM.match(self.text, clause.start, position)), None)
        if that and self._beside_another(Span(sentence.start, that.start)) and not _explicit().search(self.text, that.start, position):
            return Party(False, Span(that.start, position))
        for index, clause in enumerate(reversed(before[-CLAUSES_BACK:])):
            party = self._in_clause(Span(clause.start, min(clause.end, position)), own_clause=index == 0)
            if party is not None:
                return party
        return None

    def _beside_another(self, stretch: Span) -> bool:
        """Whether the applicant speaks of itself beside a firm by name: 我公司与X同属一家集团，该公司…"""
        if _explicit().search(self.text, *stretch) is None:
            return False
        return any(_bare(self.text[firm.start : firm.end]) not in self.own_names for firm in find_firms(self.text, *stretch))

    def _in_clause(self, clause: Span, own_clause: bool) -> Party | None:
        """The last party of a clause that is its subject, or stands right before its end."""
        mentions = self._mentions(clause)
        if not mentions:
            return None
        shielded = self._shield(clause)
        best: Party | None = None
        for party in mentions:
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
            if (
                party.region
                and _IS_OF.search(shielded, 0, party.span.start - clause.start)
                and not _COUNTED.match(self.text, party.span.end)
            ):
                first = False  # 系我镇规上企业: what the applicant is one of
            if party.own or first or (adjacent and not party.region) or party.owning:
                best = party
        return best

    def _shield(self, clause: Span) -> str:
        if clause not in self._shields:
            self._shields[clause] = _shielded(self.text, clause)
        return self._shields[clause]

    def _mentions(self, clause: Span) -> list[Party]:
        known = self._known.get(clause)
        if known is None:
            named = self.own_letters or _any_word().search(self.text, *clause) is not None
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
        branches = [(_branches(), self.branch)] if _BRANCH.search(shielded) else []
        for pattern, own in (*aliases, *branches, (_other(), False), (_region(), False), (_own(), True)):
            for match in pattern.finditer(shielded):
                span = Span(clause.start + match.start(), clause.start + match.end())
                if not any(each.start < span.end and span.start < each.end for each in covered):
                    owning = pattern is _other() and bool(match["owned"])
                    bracket = re.match(r"\s?[（(]([^（()）]*)[）)]", self.text[span.end : span.end + 30])
                    plain = pattern is _own() and not _explicit().fullmatch(match.group())
                    if plain and any(_possessed(shielded, each.span.end - clause.start, match.start()) for each in found if not each.own):
                        continue  # 客户的新工厂
                    if not own and _together().search(shielded, 0, match.start()):
                        continue  # 公司及各子公司均为…: the applicant is among them
                    named_own = own or bool(bracket and _explicit().search(bracket[1])) or match.group() in self.own_letters
                    found.append(Party(named_own, span, pattern in (_region(), _branches()) and not named_own, owning, plain))
                    covered.append(span)
        return sorted(found, key=lambda party: party.span)

    def _firm_is_own(self, span: Span) -> bool | None:
        said = names_own(self.text, span)
        name = _bare(self.text[span.start : span.end])
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
        if opening < 0 or re.search(r"[）)。\n]", self.text[opening:position]):
            return None
        start = sentence_at(self.text, opening).start
        for firm in find_firms(self.text, start, opening):
            if firm.end == opening:
                own = self._firm_is_own(firm)
                return None if own is None else Party(own, firm)
        return None


def _describes(text: str, end: int, start: int) -> bool:
    """Whether a copula stands between the applicant's mention, which ends at `end`, and another party's."""
    return re.match(r"(?:是|为|系|属于?|隶属于?|作为)[^，。；的]{0,8}$", text[end:start]) is not None


def _possessed(text: str, end: int, start: int) -> bool:
    """Whether what stands at `start` is somebody's whose mention ends at `end`: 客户的新工厂, 集团各企业."""
    return end <= start and _POSSESSING.fullmatch(text, end, start) is not None


def _bare(name: str) -> str:
    return re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")


def _shielded(text: str, span: Span) -> str:
    """A stretch with its brackets blanked, of the same length; a bracket that names the applicant stays, a firm's name as well."""
    piece = text[span.start : span.end]
    if "（" not in piece and "(" not in piece:
        return piece

    def blank(match: re.Match[str]) -> str:
        inner = match.group()[1:-1]
        if _explicit().search(inner) or (
            re.fullmatch(r"[\u4e00-\u9fff]{2,6}", inner) and re.match(r"[\u4e00-\u9fff]{0,14}有限(?:责任)?公司", piece[match.end() :])
        ):
            return match.group()
        return " " * len(match.group())

    return _BRACKET.sub(blank, piece)
