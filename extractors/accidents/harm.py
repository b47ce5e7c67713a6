"""What words say about an accident: its kinds, its grade, and the harm done (deaths, serious injuries, direct loss, count)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from docproc.model import Span
from docproc.text.amounts import find_amounts
from docproc.text.numerals import parse_number
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, one_of, table, tree_of, vocabulary, words

WORDS = "accident"
KINDS = ("safety", "environment", "fire", "quality", "network", "other")
GRADES = ("general", "larger", "major", "extraordinary")

_NUMBER = r"(?P<number>\d{1,4}(?:,\d{3})*|[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,6})"

# Least figures of each grade above `general`: deaths, serious injuries (poisoned, in the environment's scale), direct loss in yuan.
_SCALES: dict[str, tuple[tuple[str, int, int, Decimal], ...]] = {
    # 国务院令第493号 art. 3
    "safety": (
        ("extraordinary", 30, 100, Decimal(100_000_000)),
        ("major", 10, 50, Decimal(50_000_000)),
        ("larger", 3, 10, Decimal(10_000_000)),
    ),
    # 国办函〔2014〕119号 annex 1
    "environment": (
        ("extraordinary", 30, 100, Decimal(100_000_000)),
        ("major", 10, 50, Decimal(20_000_000)),
        ("larger", 3, 10, Decimal(5_000_000)),
    ),
}
_SCALE_OF = {"safety": "safety", "fire": "safety", "environment": "environment"}


@dataclass(frozen=True, slots=True)
class Harm:
    """Figures of one accident, as far as stated."""

    deaths: int | None = None
    serious_injuries: int | None = None
    loss: Decimal | None = None

    @property
    def stated(self) -> bool:
        return self.deaths is not None or self.serious_injuries is not None or self.loss is not None


def derived_grade(kinds: Sequence[str], harm: Harm) -> str | None:
    """The grade that the figures give on the scale of the kinds. Of several kinds the highest holds; of no named kind what all scales give.

    None where no figure is stated, no kind has a scale, or the scales differ about an accident of no named kind (a loss of 6 million).
    """
    if not harm.stated:
        return None
    scales = [_SCALE_OF[kind] for kind in kinds if kind in _SCALE_OF] if kinds else list(_SCALES)
    found = {_on_scale(scale, harm) for scale in scales}
    if not found or (not kinds and len(found) > 1):
        return None
    return max(found, key=GRADES.index)


def _on_scale(scale: str, harm: Harm) -> str:
    for grade, deaths, injuries, loss in _SCALES[scale]:
        if (harm.deaths or 0) >= deaths or (harm.serious_injuries or 0) >= injuries or (harm.loss or 0) >= loss:
            return grade
    return "general"


# --- kinds and grades --------------------------------------------------------------------------------------------------


@cache
def _kind_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    meaning: dict[str, tuple[str, ...]] = {word: (kind,) for kind in KINDS for word in table(WORDS, "kinds")[kind]}
    meaning.update({word: tuple(kinds) for word, kinds in vocabulary(WORDS)["both"].items()})
    return re.compile(tree_of(meaning)), meaning


def kinds_in(text: str, start: int, end: int) -> list[tuple[Span, tuple[str, ...]]]:
    """The words that name kinds in text[start:end], in order."""
    pattern, meaning = _kind_pattern()
    return [
        (Span(*match.span()), meaning[match.group()])
        for match in pattern.finditer(text, start, end)
        if not _bare_harm.match(text, max(start, match.start() - 2), end)
    ]


def merged_kinds(found: Sequence[tuple[Span, tuple[str, ...]]]) -> list[str]:
    """Kinds without repetition, in the order of the vocabulary."""
    named = {kind for _, kinds in found for kind in kinds}
    return [kind for kind in KINDS if kind in named]


# 未发生人员伤亡和环境事件: the harm itself is denied, no kind of accident.
_bare_harm = re.compile("(?:人员|员工)(?:伤亡|死亡|重伤)(?!等|事故|事件)")


@cache
def _grade_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    meaning = {word: grade for grade, entries in table(WORDS, "grades").items() for word in entries}
    return re.compile(tree_of([*meaning, *words(WORDS, "not_grades")])), meaning


def grades_in(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    """The grades named in text[start:end], in order."""
    pattern, meaning = _grade_pattern()
    return [
        (Span(*match.span()), grade) for match in pattern.finditer(text, start, end) if (grade := meaning.get(match.group())) is not None
    ]


def lowest(grades: Sequence[str]) -> str | None:
    return min(grades, key=GRADES.index) if grades else None


# --- figures -----------------------------------------------------------------------------------------------------------


@cache
def _person_patterns(key: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Before the word (3人死亡, 一名作业员于工站重伤), after it (死亡十一人, 死亡人数为零), and the denial (未造成人员死亡)."""
    meant = alternatives(words(WORDS, key))
    harmed = alternatives(words(WORDS, "harmed"))
    nobody = alternatives(words(WORDS, "nobody"))
    gap, ends = r"(?:工人|人员|[^，。；、,;0-9（）()人名位]){0,14}?", r"(?=\s*(?:人|名|位|[，。；、,;：）)\t\n]|$))"
    before = re.compile(rf"{_NUMBER}\s?(?:余)?(?:名|人|位|个人){gap}(?:人员)?(?:不幸|当场|经抢救无效)?(?:{meant})(?!亡者|亡率)")
    linked = "(?:[：:=＝\\t]|为|共|达到|达|计|合计|均为|了|增至|升至|上升至|增加至|增加到|增加为)?"
    counted = rf"(?:的)?(?:人数|人员|员工|工人|职工|数)?(?:[（(]人[）)])?\s*{linked}\s*"
    after = re.compile(rf"(?:{meant}){counted}(?:{_NUMBER}){ends}")
    listed = rf"[一-龥]{{0,4}}(?:、|和|及|或|与)[一-龥]{{0,6}}?(?:{meant})"
    denied = re.compile(rf"(?:{nobody})(?:的)?[一-龥]{{0,4}}?(?:{meant}|{harmed}|{listed})")
    return before, after, denied


def persons(text: str, start: int, end: int, key: str) -> int | None:
    """How many persons died (`deaths`) or were seriously injured (`injuries`) in text[start:end]; null where nothing is said."""
    before, after, denied = _person_patterns(key)
    stated = [match for pattern in (after, before, *_lives[key]) for match in pattern.finditer(text, start, end)]
    if stated:
        return _in_all(stated) + (_injured_who_died(text, start, end) if key == "deaths" else 0)
    each = re.compile(r"(?:死亡|重伤)(?:、|和|及|与)(?:死亡|重伤)(?:人数)?(?:各|均为)(?:为)?" + _NUMBER).search(text, start, end)
    counted = each or _terse[key].search(text, start, end)
    if counted:
        value = parse_number(counted["number"])
        return None if value is None else int(value)
    if denied.search(text, start, end) or _unhurt().search(text, start, end):
        return 0
    died = _injured.search(text, start, end) if key == "deaths" else None
    hurt = list(_hurt.finditer(text, start, died.start())) if died else []
    if hurt:  # 1人受伤，4月20日伤者死亡
        return int(parse_number(hurt[-1]["number"]) or 0)
    by_name = _named(key).search(text, start, end)
    if by_name:  # 造成张某、李某死亡
        return len(re.findall("某+", by_name["names"]))
    return _told_before(text, start, end, key)


# 夺去三名员工生命, 3名工友牺牲
_lives: dict[str, tuple[re.Pattern[str], ...]] = {
    "deaths": (
        re.compile(rf"(?:夺去|夺走|带走|失去)了?{_NUMBER}\s?(?:名|位|人|条)[^，。；\n]{{0,8}}?(?:生命|性命)"),
        re.compile(rf"{_NUMBER}\s?(?:名|位|人)[^，。；\n0-9]{{0,8}}?(?:牺牲|丧命|殒命|失去了?生命)(?=[，。；、）)\n]|$)"),
    ),
    "injuries": (),
}
# 2人当场死亡，另有1人送医后不治身亡: what makes a figure an addition to the one before it, and what makes it the whole of both.
_adds = re.compile("另|又|还有|抢救无效|不治|送医|送院|医治无效|次日|日后|随后|当晚|其后")
_whole = re.compile("共|合计|总计|累计|增至|增加[到至为]|升至|上升|其中|总数|人数|事故造成|含")
_injured = re.compile(
    r"(?:重伤者|重伤员|重伤人员|伤者)(?![^，。；\n]{0,10}[未无没0-9一二两三])[^，。；\n]{0,10}?(?:不治|死亡|身亡|去世|抢救无效)"
)


_hurt = re.compile(rf"{_NUMBER}\s?(?:名|位|人)[^，。；\n0-9]{{0,8}}?(?:重伤|受伤|烧伤|烫伤|中毒)")
_LEAD = 24  # code points before a figure that tell what it adds to


def _in_all(stated: Sequence[re.Match[str]]) -> int:
    """What the figures of a stretch come to: 死亡2人，后增至死亡3人 is 3; 2人当场死亡，另有1人不治 is 3 as well."""
    whole, reached, total = 0, -1, False
    for match in sorted(stated, key=lambda match: (match.start(), -match.end())):
        value = parse_number(match["number"])
        if value is None or match.start() < reached:
            continue
        before = match.string[max(reached, match.start() - _LEAD) : match.end()]
        total = _whole.search(before) is not None or (total and re.search("[。\n]", before) is None)
        further = reached >= 0 and not total and _adds.search(before) and not re.search("[。\n]", before)
        whole = whole + int(value) if further else max(whole, int(value))
        reached = match.end()
    return whole


def _injured_who_died(text: str, start: int, end: int) -> int:
    """2人死亡，1人重伤，重伤者后不治身亡: those whom the text counted among the injured first."""
    died = _injured.search(text, start, end)
    return (persons(text, start, died.start(), "injuries") or 0) if died else 0


@cache
def _unhurt() -> re.Pattern[str]:
    return re.compile(tree_of(words(WORDS, "unhurt")))


def _told_before(text: str, start: int, end: int, key: str) -> int | None:
    """一名操作工右手被压，构成重伤: the person is counted before, in the same sentence."""
    for match in _suffered(key).finditer(text, start, end):
        sentence = max(text.rfind(mark, start, match.start()) for mark in "。；\n")
        counted = list(_counted_person.finditer(text, max(start, sentence + 1), match.start()))
        if counted and not one_of(WORDS, "hurt_otherwise").search(text, counted[-1].end(), match.start()):
            value = parse_number(counted[-1]["number"]) if counted[-1]["number"] else Decimal(1)
            return None if value is None else int(value)
    return None


_terse = {  # 叁死伍伤, 3死2重伤
    "deaths": re.compile(rf"(?:(?<![一-龥0-9])|(?<=造成)|(?<=致)|(?<=导致)){_NUMBER}\s?死(?![一-龥]*?率)"),
    "injuries": re.compile(rf"死\s?{_NUMBER}\s?重伤"),
}


@cache
def _named(key: str) -> re.Pattern[str]:
    names, how = "[一-龥]某(?:某)?", "(?:当场|不幸|经抢救无效|抢救无效|触电|坠落|中毒)?"
    return re.compile(rf"(?P<names>{names}(?:(?:、|和|及|与){names})*){how}(?:{alternatives(words(WORDS, key))})(?!者|率)")


_counted_person = re.compile(rf"{_NUMBER}\s?(?:名|位|人)|(?<![一-龥]某)[一-龥]某{{1,2}}(?=[^、和及与某])")  # 员工王某


@cache
def _suffered(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:构成|造成|致|受|送医后|抢救无效|不治|当场|其)(?:其)?(?:{alternatives(words(WORDS, key))})(?!率|者|赔偿)")


@cache
def _threshold_patterns() -> tuple[re.Pattern[str], ...]:
    dead, above = alternatives(words(WORDS, "deaths")), r"(?:及|或|（含）)?以上"
    return re.compile(rf"(?:{dead})\s?{_NUMBER}\s?人{above}"), re.compile(rf"{_NUMBER}\s?人{above}(?:的)?(?:{dead})")


def threshold(text: str, start: int, end: int) -> str | None:
    """The grade at which a denial by deaths begins: 未发生死亡3人以上事故 denies the larger ones."""
    for pattern in _threshold_patterns():
        match = pattern.search(text, start, end)
        value = parse_number(match["number"]) if match else None
        if value is not None:
            return derived_grade((), Harm(deaths=int(value)))
    return None


@cache
def _loss_pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    return re.compile(tree_of([*words(WORDS, "loss"), *words(WORDS, "not_loss")])), frozenset(words(WORDS, "not_loss"))


def loss_in(text: str, start: int, end: int) -> Decimal | None:
    """The direct loss in yuan: the sum behind the words, counted in the unit in brackets where there is one, or right before them."""
    pattern, foreign = _loss_pattern()
    found: list[tuple[bool, Decimal]] = []
    for match in pattern.finditer(text, start, end):
        if match.group() in foreign:
            continue
        tail = re.compile(r"[^，。；;、\n（(0-9]{0,10}[（(](?:单位：?)?(?P<unit>[^）)]{1,6})[）)]").match(text, match.end(), end)
        stop = re.compile(r"，(?!\d{3}(?!\d))|[。；;\n]|、(?![0-9])").search(text, match.end(), end)
        reach = min(stop.start() if stop else end, match.end() + 30)
        amount = next(find_amounts(text, match.end(), reach, tail["unit"] if tail else None), None)
        if amount is None:
            nothing = re.compile(r"[^，。；;\n]{0,6}?(?:为|：|:)\s*(?:零|0|无)(?![.\d])").match(text, match.end(), end)
            earlier = find_amounts(text, max(start, match.start() - 24), match.start())
            before = [each for each in earlier if match.start() - each.span.end <= 3]
            value = before[-1].value if before else Decimal(0) if nothing else None
        else:
            value = amount.value
        if value is not None:
            found.append((match.group().startswith("直接"), value))
    direct = [value for is_direct, value in found if is_direct]
    return direct[0] if direct else found[0][1] if found else None


def harm_in(text: str, start: int, end: int) -> Harm:
    return Harm(persons(text, start, end, "deaths"), persons(text, start, end, "injuries"), loss_in(text, start, end))


def together(first: Harm, second: Harm) -> Harm:
    """The figures of both; where both state one, the first keeps it."""
    return replace(
        first,
        deaths=second.deaths if first.deaths is None else first.deaths,
        serious_injuries=second.serious_injuries if first.serious_injuries is None else first.serious_injuries,
        loss=second.loss if first.loss is None else first.loss,
    )


# --- anchors and counts ------------------------------------------------------------------------------------------------


@cache
def _noun_pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    masks = words(WORDS, "not_nouns")
    return re.compile(tree_of([*words(WORDS, "nouns"), *masks])), frozenset(masks)


_zero_rate = re.compile(r"[^，。；、\n目]{0,8}?(?:为|是|：|保持|达到?|均|皆)(?:零|0(?![.\d%‰]))")


def nouns_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The words for accidents in a text, in order; technical terms that hold such a word (事故应急池) are passed over."""
    pattern, masks = _noun_pattern()
    for match in anchored(pattern.pattern).finditer(text) if end is None else pattern.finditer(text, start, end):
        if match.group() not in masks:
            yield Span(*match.span())
        elif match.group().endswith("率") and _zero_rate.match(text, match.end()):  # 事故率为零 tells of no accident
            yield Span(match.start(), match.end() - 1)


@cache
def _count_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_NUMBER}|(?P<stem>乙))\s?(?:{alternatives(words(WORDS, 'count_units'))})(?![一-龥]{{0,1}}罚)")


def count_in(text: str, start: int, end: int) -> int | None:
    """How many accidents: 1起, 两起, 一宗 in text[start:end]."""
    match = _count_pattern().search(text, start, end)
    if match is None:
        return None
    if match["stem"]:  # 乙件: one, as official papers of Taiwan write it
        return 1
    value = parse_number(match["number"])
    return None if value is None else int(value)
