"""The words by which a text speaks of the applicant and of other parties, and what they make of a firm's name beside them.

The words are data (`vocabulary/parties.yaml`); here stand the expressions made of them: titles (我公司, 申报单位), roles
(总集成商为X), letters of a contract (乙方), branches.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from docproc.model import Span
from extractors.parties.firms import legal_form
from extractors.words.anchored import anchored
from extractors.words.anchors import anchors, compiled, shortest
from extractors.words.lexicon import alternatives, tree_of, vocabulary, words
from extractors.words.per_text import once_a_text

TERM_REACH = 14  # code points before a firm's name in which a word says whose it is
ROLE_REACH = TERM_REACH + 30  # code points behind a firm's name in which a word says what it is: 为本项目的系统总集成商
DEALING_REACH = 20  # code points before a firm's name in which it is told what is had from it, or done for it
VERB_REACH = 4  # code points before the applicant's title in which a verb says what is done with it: 租用我司厂房的
LONGEST_BRACKET = 34  # code points behind a firm's name in which a bracket about it ends
_BRACKET_BEHIND = re.compile(r"[ 　]?[（(]([^（()）]{1,30})[）)]")
_BRACKETED_ROLE = anchored("[方人][（(]")
_A_TITLE = re.compile(
    r"级[”\"]?(?:智能|智慧|智能化)工厂$|绿色工厂$|示范工厂$"
)  # 收到我厂的先进级智能工厂申报书: no factory that takes something
_CALLED_BY_LETTER = anchored("[甲乙丙丁]方")


@cache
def own_words() -> re.Pattern[str]:
    """The titles that are the applicant's beyond doubt: 我公司, 申报单位."""
    return re.compile(tree_of(words("parties", "own")))


@cache
def own_or_plain() -> re.Pattern[str]:
    """Those titles, and what names any firm and the applicant where nothing else is said: 公司, 企业, 工厂."""
    return compiled(_own_or_plain())


@cache
def _own_or_plain() -> str:
    return "|".join([alternatives(words("parties", "own")), *words("parties", "own_plain")])


@cache
def other_words() -> re.Pattern[str]:
    """A word for another party; `owned` holds what it owns (客户工厂). No party is a word that only describes (客户需求), nor 企业主营."""
    after = alternatives(words("parties", "descriptive_after"))
    owned = alternatives(words("parties", "possessions"))
    return compiled(rf"(?:{_others()})(?<!企业主)(?:(?P<owned>(?:的)?(?:{owned}))|(?!{after}|在(?![职岗册编])))")


@cache
def _others() -> str:
    """The words for other parties, plain ones and expressions, the plain ones first where they are longer."""
    return "|".join([alternatives(words("parties", "other")), *words("parties", "other_plain")])


@cache
def region_words() -> re.Pattern[str]:
    """A place or a trade as a party: 我市, 行业."""
    after = alternatives(words("parties", "descriptive_after"))
    return compiled(rf"(?:{alternatives(words('parties', 'regions'))})(?!{after})")


def relative_head(text: str, own: Span) -> Span | None:
    """The firm that a relative clause tells by what it does with the applicant, who is named at `own`: 租用我司厂房的某喷涂企业."""
    if own_words().fullmatch(text, *own) is None:
        return None
    if _relative_verb().search(text, max(0, own.start - VERB_REACH), own.start) is None:
        found = _served_head().match(text, own.end)  # 我公司为其供货的某整车厂
    else:
        found = _relative_head().match(text, own.end)
    return None if found is None or _A_TITLE.search(text, own.end, found.end()) else Span(*found.span("head"))


@cache
def _relative_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary('parties')['relative_verbs']})$")


@cache
def _relative_head() -> re.Pattern[str]:
    return re.compile(rf"[^，。；、的是\n\t]{{0,16}}[的之]{vocabulary('parties')['relative_heads']}")


@cache
def _served_head() -> re.Pattern[str]:
    return re.compile(rf"(?:为|向|给|对|与|替|从|由)[其之][^，。；、的是\n\t]{{0,16}}的{vocabulary('parties')['relative_heads']}")


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
def any_party_word() -> re.Pattern[str]:
    """A word without which a clause mentions no party."""
    expressions = (legal_form, branch_words, other_words, region_words, own_or_plain)
    return re.compile(tree_of(sorted(shortest(word for expression in expressions for word in anchors(expression().pattern)))))


def names_own(text: str, firm: Span) -> bool | None:
    """What the words around a firm's name make of it: True the applicant's, False somebody else's, None where they say nothing."""
    before = text[max(0, firm.start - TERM_REACH) : firm.start]
    bracket = _BRACKET_BEHIND.match(text[firm.end : firm.end + LONGEST_BRACKET])
    if bracket and other_words().search(bracket[1]):
        return False  # X（我公司供应商）
    if bracket and own_words().search(bracket[1]):
        return True
    if dealt_with(text, *firm):
        return False
    own = _own_before().search(before)
    if own:
        return own["copula"] is None or _modified().match(text[firm.end : firm.end + ROLE_REACH]) is None
    if _naming().search(before) or re.search(vocabulary("parties")["related"], before):
        return False
    role = _role().match(text[firm.end : firm.end + ROLE_REACH])
    if role and not re.search(r"子公司$|(?:附属|下属|旗下)(?:公司|企业|单位|工厂)$", role.group()):
        return False
    return None


@cache
def _dealings() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(rf"{each['before']}\Z"), re.compile(each["behind"])) for each in vocabulary("context")["dealings"])


def dealt_with(text: str, start: int, end: int) -> bool:
    """由X供货, 向X采购, 承接X咨询项目, 我公司为X提供设备: a firm that something is had from, or done for."""
    return any(before.search(text, max(0, start - DEALING_REACH), start) and behind.match(text, end) for before, behind in _dealings())


@cache
def _own_before() -> re.Pattern[str]:
    """我公司（…）为, （申报单位）：: what stands before a name that is the applicant's."""
    own = alternatives(words("parties", "own"))
    return re.compile(
        rf"(?:{own})(?:[（(][^（()）]*[）)])?(?:名称)?(?:(?P<copula>为|是)|：|:|（|\()?\s?$|[（(][^（()）]*(?:{own})[^（()）]*[）)](?:为|是|：|:)\s?$"
    )


@cache
def _modified() -> re.Pattern[str]:
    """我单位为X下设分公司, 是X在天津的生产基地: a name that only says whose the applicant is; the phrase's last noun is what it is."""
    heads = alternatives(words("parties", "heads_of_members"))
    return re.compile(rf"(?!名义|[，。；、（(])[^，。；：:\n（(]{{0,20}}?(?:{heads})(?:之一)?(?=[，。；、,;（(：:\s]|$)")


_OWN_BRANCH = anchored(
    r"[我本](?:分公司|分厂)|[我本](?:公司|单位|企业|厂|司)[^。；;\n]{0,40}?(?<![不非])(?:系|为|是)[^，。；;\n]{0,24}?(?:分公司|分厂|分支机构)(?=[，。；;\n]|$)"
)


def is_branch(text: str, own_names: Collection[str]) -> bool:
    """Whether the applicant is itself a branch: by its name, or because it calls itself one."""
    return any(name.endswith(("分公司", "分厂")) for name in own_names) or _OWN_BRANCH.search(text) is not None


@cache
def branch_words() -> re.Pattern[str]:
    """A branch as it is named in running text: 成都分公司, 该分公司, 各办事处; a new one that is only set up is no party."""
    return re.compile(
        r"(?<![非为是系作设有立或即个家属])(?:(?![设有立开由与和及在的为是系非并或无不公司个家下属])[\u4e00-\u9fff]){0,4}(?:分公司|分厂|办事处)(?!为主|等)"
    )


@cache
def together_with_own() -> re.Pattern[str]:
    """The applicant linked with what comes next: 公司及其各（子公司）, 我公司与（集团）."""
    return re.compile(
        rf"(?:{_own_or_plain()})(?:本部|自身|总部)?(?:及|和|与|以及|、|连同|暨)(?:其|各|所有|全部|下属|所属|全资|控股|旗下|的|两家|三家)*$"
    )


@once_a_text
@lru_cache(maxsize=4)
def own_letters(text: str) -> frozenset[str]:
    """甲方, 乙方 … where the text says that it is the applicant (甲方为本次申报主体)."""
    by_letter = anchored(_letter().pattern).finditer(text)
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


def contract_letters(text: str, name: str) -> list[str]:
    """The letters of a contract that a line gives to a firm: 乙方（承租人）：X, （乙方）承租人：X."""
    role = r"[）)]?[一-龥]{0,6}(?:[（(][^（()）]{0,10}[）)])?[：:]?\s?"
    contract = _contract(text) if name else ""
    return re.findall(rf"([甲乙丙丁]方){role}{re.escape(name)}", contract) if contract else []


@once_a_text
@lru_cache(maxsize=4)
def _contract(text: str) -> str:
    """A text that calls parties by letters, its brackets all of one kind; nothing where it does not."""
    return text.replace("(", "（").replace(")", "）") if _CALLED_BY_LETTER.search(text) else ""
