"""Levels and scores of the maturity scale as they are written, and which scale a stretch of text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, patterns, vocabulary, words

LEVEL, SCORE = "maturity.level", "maturity.score"  # the claims
HIGHEST_SCORE = Decimal(5)
LONGEST_LABEL = 40

_DIGITS = (
    {
        "一": 1,
        "二": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "壹": 1,
        "贰": 2,
        "叁": 3,
        "肆": 4,
        "伍": 5,
        "Ⅰ": 1,
        "Ⅱ": 2,
        "Ⅲ": 3,
        "Ⅳ": 4,
        "Ⅴ": 5,
        "I": 1,
        "II": 2,
        "III": 3,
        "IV": 4,
        "V": 5,
        "两": 2,
        "lI": 2,  # a small L that recognition reads for a Roman one
        "Il": 2,
        "IIl": 3,
        "lII": 3,
        "ニ": 2,  # a Japanese character that recognition reads for 二
        "贰级": 2,
    }
    | {str(n): n for n in range(1, 6)}
    | {chr(0xFF10 + n): n for n in range(1, 6)}
)
_NUMERAL = r"(?:IIl|lII|lI(?=[ ]?级)|Il(?=[ ]?级)|III|II|IV|[一二三四五两ニ壹贰叁肆伍ⅠⅡⅢⅣⅤIV1-5１-５])"
_CODE_BEFORE = r"(?<![\d.．Ⅰ-Ⅹ一二三四五六七八九十百第/\-])(?<![A-Za-z])"  # 2级 of B2级, 12级, 3-2级 is no level
_HAN_BEFORE = r"(?<![.．Ⅰ-Ⅹ一二三四五六七八九十百])"  # a Han numeral may follow a code: 39116-2020三级, CMMM二级


@dataclass(frozen=True, slots=True)
class Grade:
    """A level (1–5) or a score at a place."""

    value: int | Decimal
    span: Span


@cache
def _named() -> dict[str, int]:
    return {name: int(value) for value, names in vocabulary("maturity")["named"].items() for name in names}


@cache
def _level() -> re.Pattern[str]:
    name = alternatives(_named())
    han = rf"{_HAN_BEFORE}[一二三四五壹贰叁肆伍ニ]"
    coded = rf"(?:{_CODE_BEFORE}|(?<=第)|(?<=CMMM)){_NUMERAL}"
    number = (
        rf"(?:(?:第[ ]?)?(?:{coded}|{han}|[（(][ ]?{_NUMERAL}[ ]?[）)])[ ]?[级极圾]|第[ ]?{_NUMERAL}[ ]?等级)"
        rf"(?!{alternatives(words('maturity', 'no_level_before'))})"
    )
    word = r"(?:等级|级别|[Ll]evel|LEVEL|(?<![A-Za-z0-9])L(?=[1-5]))"
    # 等级二，得分…, 等级三（集成级): what goes on behind the numeral makes no other word of it (等级一致, 等级二次评定, 级别一览表)
    ends = rf"(?![\u4e00-\u9fff])|(?={alternatives(words('maturity', 'behind_bare_numeral'))})"
    told = rf"(?<=[:：为是])(?:{_NUMERAL})(?![{vocabulary('maturity')['no_end_of_numeral']}])"  # 等级为三 with a page's header run into it
    after = rf"{word}[ ]?(?:[:：为是][ ]?)?(?:{_NUMERAL}(?:{ends})|{told})(?![ ]?级|[IVⅠ-Ⅹ\d.．:：])"
    return compiled(rf"(?P<number>{number})|(?P<after>{after})|(?P<name>{name})")


def find_levels(text: str, start: int, end: int) -> Iterator[Grade]:
    """The levels in text[start:end]; 二级（规范级） is one. A ladder's rungs (一级、二级、三级) are none."""
    found: list[Grade] = []
    for match in _level().finditer(text, start, end):
        written = _LEVEL_WORD.sub("", match.group()) if match["number"] else match.group()
        value = _value(match.group()) or _value(written.removeprefix("第").strip(" （()）")) or _value(match.group()[-1])
        if value is None:
            continue
        last = found[-1] if found else None
        if last and last.value == value and _ONLY_MARK.fullmatch(text[last.span.end : match.start()]):
            closing = re.match(r"[）)]", text[match.end() : end])
            found[-1] = Grade(value, Span(last.span.start, match.end() + bool(closing)))
        else:
            found.append(Grade(value, Span(*match.span())))
    yield from found if len(found) < 2 else [grade for grade in found if not _in_ladder(text, grade, found)]


def bare_name(text: str, span: Span) -> bool:
    """Whether a level is told by its own name alone: 引领级."""
    return text[slice(*span)] in _named()


def _value(written: str) -> int | None:
    return _named().get(written) or _DIGITS.get(written.strip())


def _in_ladder(text: str, grade: Grade, found: list[Grade]) -> bool:
    """A rung of an enumeration of three levels and more: 一级、二级、三级."""
    place = found.index(grade)
    near = [
        other for other in found[max(0, place - 2) : place + 3] if other is not grade and abs(other.span.start - grade.span.start) <= 30
    ]
    joined = [
        other
        for other in near
        if re.fullmatch(
            r"[、/，,和至到—～~\s（()）①-⑳A-H.．]{1,5}", text[min(grade.span.end, other.span.end) : max(grade.span.start, other.span.start)]
        )
    ]
    return len(joined) >= 2 or (len(joined) == 1 and any(abs(other.value - grade.value) == 2 for other in near))


@lru_cache(maxsize=4096)
def bare_level(text: str) -> int | None:
    """The level of an answer that is nothing else: 二级, 2, Ⅱ级, 二级（规范级）, 等级二."""
    text = re.sub(r"^(?:L|Level|LEVEL)[ ]?(?=[1-5]$)", "", text.strip().replace("_", ""))  # _二_级: a blank that was filled in
    answer = re.sub(r"[（(](?!规划|规范|集成|优化|引领)[^（()）]*[）)]$", "", text.strip()).strip(" 。；")
    if re.fullmatch(_NUMERAL, answer):
        return _value(answer)
    found = list(find_levels(answer, 0, len(answer)))
    if len(found) != 1 or not isinstance(found[0].value, int):
        return None
    rest = (answer[: found[0].span.start] + answer[found[0].span.end :]).strip(" ，,（()）：:。")
    return found[0].value if rest in ("", "达到", "已达到", "为", "水平", "已评估", "已达", "成熟度") else None


_MISREAD = str.maketrans("OolI", "0011")  # letters that recognition reads for the digits of a score: 2.O8
_POINTS = r"[ ]?分(?!之|项|钟|制|级|类|布|析|值|以)"
_HAN_NUMBER = r"[零〇一二三四五壹贰叁肆伍][点點][零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,3}"
_DECIMALS = r"(?:\d(?:[ ]?\d){0,3}(?![OolI]\d?(?![A-Za-z]))|(?=[OolI]?\d|\d?[OolI])[\dOolI]{2}(?![A-Za-z\d]))"  # or with a letter misread
_NUMBER = rf"(?:[0-5０-５][ ]?[.．·][ ]?{_DECIMALS}|{_HAN_NUMBER}|[0-5](?={_POINTS}))"
_UNIT = r"[\d.．]|[ ]?(?:[万亿千百元秒吨台倍个次年月日％%‰米天小套件批项级度]|[A-Za-z])"
_OF_FULL_MARKS = re.compile(r"[ ]?[/／][ ]?5(?![\d])(?:[.．]0{1,2})?(?!\d)")  # 2.31/5.0
_ONLY_MARK = re.compile(r"[ ]?[（(，,、/“\"]?[ ]?")
_LEVEL_WORD = re.compile(r"[ ]?(?:等级|[级极圾])$")
_SCORE_NAMED = re.compile("得分|总分|分数|评分|分值|成绩|总评|[Ss]core")
_WHEN = r"(?:本次|此次|最新|本轮|本期|今年|本年度?|现|(?:19|20)\d\d年度?(?=已?(?:提?升|提高|上升|增|降)))"
_MOVED = "(?:自?评估|复评|自评|自?诊断|评价|结果|得分|的|已|则?为|是|达到?|(?:提?升|提高|上升|增|降)[至到为])"
_SCORED = re.compile(
    r"(?:得分|总分|分数|评分|评分值|分值|总得分|成绩|总评|[Ss]core|SCORE|得)(?:值|结果)?(?:分别)?[ ]?(?:[A-Z](?=[ ]?[=＝]))?[ ]?"
    r"(?:仅|约|共|合计|却|则|竟|只|实际|实|也|就)*"
    rf"(?:为|是|达到|达|[=＝:：])?[ （(【“]{{0,2}}(?P<told>{_NUMBER})(?![\d.])"
    rf"|(?:得分|总分|分数|评分)[^，。；\d]{{0,6}}[由从自][ ]?{_NUMBER}[ ]?分?[^，。；\d]{{0,8}}"
    rf"[升高增降调][^，。；\d]{{0,3}}[至到为][ ]?(?P<moved>{_NUMBER})(?![\d.])"
    rf"|(?:得分|总分|分数|评分)[^，。；\d]{{0,10}}(?:提高|提升|上升|增长|增加|下降|降低|回落|高|低)(?:了|出)?[ ]?{_NUMBER}[ ]?分?[，,]"
    rf"(?:已|现|最终|现已)?(?:达到?|升至|降至|提升至|提高到|为|至)(?:了)?[ ]?(?P<reached>{_NUMBER})(?![\d.])"
    rf"|(?:得分|总分|分数|评分)[^，。；]{{0,12}}?(?:更正|修正|调整|订正|改|应)为[ ]?(?P<put>{_NUMBER})(?![\d.])"
    rf"|(?:更正|修正|订正|修改|更改|调整|核减|核定|审定|改定|改判|终定|确定|调|改|应|实)为[ ]?(?P<corrected>{_NUMBER})(?!{_UNIT})"
    rf"|{_WHEN}{_MOVED}*[ ]?(?P<now>{_NUMBER})(?!{_UNIT})"
    rf"|(?:截图|报告|附[件表图]|正文|封面|证书|平台|系统|页面|佐证|材料|申报[书表]|自评[书表])(?:(?![改更修调订核审判定后得分])[^，。；\d]){{0,12}}?"
    rf"(?:为|是)[ ]?(?P<shown>{_NUMBER})(?!{_UNIT})"
    rf"|(?:加权(?:平均|合计|后)?|综合)(?:值|分值?|数)?(?:为|得|是|约)?[ ]?(?P<weighted>[0-5][.．]\d{{1,2}})(?!{_UNIT})"
    rf"|(?<![A-Za-z])S[ ]?[=＝][ ]?(?P<set>{_NUMBER})(?![\d.])"
    rf"|(?:(?:{_NUMERAL}[ ]?级|[划范成化领]级|等级[一二三四五]|L[1-5])(?:水平)?[）)]?)"
    rf"[ ]?[（(](?P<noted>{_NUMBER})(?=[ ]?[）)])"  # 二级（2.31）
    rf"|(?<![\d.．])(?P<points>{_NUMBER}){_POINTS}"
)
_IN_POINTS = re.compile(_POINTS)
_SCORE_SIGN = re.compile(r"[.．·點点][ ]?[\dOolI零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]|[0-5][ ]?分")
_BARE_SCORE = re.compile(rf"[\s_]*(?:约|S[=＝])?(?P<value>{_NUMBER})[ _]*(?:分)?(?:\s*[（(/／][^）)]*[）)]{{0,2}})?\s*")
_FURTHER = re.compile(rf"[ ]?分?[ ]?(?:[、,，和与及]|以及)[ ]?(?P<value>{_NUMBER})(?![\d.])")  # 分别为1.52、1.86和2.21
_NOTED = re.compile(
    rf"[ ]?分?[（(][^（()）]{{1,10}}[）)][ ]?[、,，；;和与及][ ]?(?P<value>{_NUMBER})[ ]?分?(?=[（(])"
)  # 1.68（旧），2.15（新）
_RANGE_BEFORE = re.compile(r"\d[ ]?分?[ ]?[—～~至到-][ ]?$")
_THRESHOLD_AFTER = re.compile(r"\s?(?:分)?(?:[（(](?:不?含|包含|不包含)[）)])?(?:[≤≥＜＞<>≦≧]|及?以[上下]|[—～~至到-]\s?\d)")
_PART = re.compile("(?:部分|该项|本项|小项|板块|此题)$")
_OF_A_SHEET = re.compile(r"[一二三四五1-5]级(?:及以上|水平)?的?[：:]?(?=[得计记加]?[ ]?\d[ ]?分)")  # 一级5分，二级10分
_THRESHOLD = re.compile(r"[≤≥＜＞<>≦≧]|以[上下]|区间|满分|大于|小于|不低于|低于|高于|达不到|分之")


def find_scores(text: str, start: int, end: int, *, bare: bool = False) -> Iterator[Grade]:
    """The scores (0–5) in text[start:end]. `bare`: an answer that is nothing but a number counts."""
    if bare:
        whole = _BARE_SCORE.match(text, start, end)
        if whole and (
            whole.end() == end or text[whole.end()] in "，,；;。" or _OF_FULL_MARKS.match(text, whole.end()) or text[whole.end() - 1] == " "
        ):
            yield from _score(whole["value"], Span(start, whole.end()))
            return
    for match in _SCORED.finditer(text, start, end):
        named = match.start("now") if match["now"] else match.start()  # 现自评估得分2.6: the name stands before the number
        unnamed = match["corrected"] or match["now"] or match["shown"]
        if unnamed and not (_SCORE_NAMED.search(text, start, named) or _IN_POINTS.match(text, match.end())):
            continue
        before, after = text[max(start, match.start() - 4) : match.start()], text[match.end() : min(end, match.end() + 7)]
        if (
            not _THRESHOLD.search(before)
            and not _PART.search(before)
            and not _OF_A_SHEET.search(text, max(start, match.start() - 6), match.end())
            and not _RANGE_BEFORE.search(before)
            and not _THRESHOLD_AFTER.match(after)
        ):
            start_of = match.start("now") if match["now"] else match.start()  # 现 and 本轮 stand before the score: when, not what
            yield from _score(next(written for written in match.groups() if written), Span(start_of, match.end()))
            position = match.end()
            while noted := _NOTED.match(text, position, end):
                yield from _score(noted["value"], Span(noted.start("value"), noted.end()))
                position = noted.end()
            position = match.end() if "分别" in match.group() else end
            while further := _FURTHER.match(text, position, end):
                yield from _score(further["value"], Span(match.start(), further.end()))
                position = further.end()


def may_score(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] holds a number as scores are written at all."""
    return _SCORE_SIGN.search(text, start, end) is not None


def _score(written: str, span: Span) -> Iterator[Grade]:
    value = parse_number(re.sub(r"[ ]", "", written).replace("·", ".").translate(_MISREAD))
    if value is not None and 0 <= value <= HIGHEST_SCORE:
        yield Grade(value, span)


@lru_cache(maxsize=4096)  # asked of the labels around each grade
def last_scale(text: str) -> bool | None:
    """Of which scale the last name of one in a text is: True this one, False another, None where there is none."""
    return _label_scale(text) if len(text) <= LONGEST_LABEL else _last_scale(text)


@lru_cache(maxsize=4096)
def _label_scale(label: str) -> bool | None:
    """The scale of a label, of which the fields around a grade ask again and again."""
    return _last_scale(label)


def _last_scale(text: str) -> bool | None:
    best: tuple[int, int, bool] | None = None
    for own, key in ((True, "own_patterns"), (False, "other_patterns")):
        for found in patterns("maturity", key).finditer(text):
            entry = (found.end(), -found.start(), own)
            best = entry if best is None or entry[:2] > best[:2] else best
    for found in patterns("maturity", "bare_patterns").finditer(text):
        if best is None or found.end() > best[0]:
            best = (found.end(), -found.start(), True)
    return None if best is None else best[2]


def has_other_scale(text: str) -> bool:
    return patterns("maturity", "other_patterns").search(text) is not None


_QUOTES = re.compile('[“”‘’"「」『』]')  # “设备管理”能力子域


# 设备域得分2.40，达到二级: the domain's score, before the level that it comes to
_ITS_SCORE = re.compile(
    r"(?:的)?(?:得分|评分|分数)?(?:为|是|达|[=＝:：])?[ ]?[0-5][.．]\d{1,2}[ ]?分?[，,（(]"
    r"(?=(?:已|均|仅|则|可)?(?:达到?|处于|为|对应|属|评为|等级))"
)


@cache
def _domain() -> re.Pattern[str]:
    domain, word = alternatives(words("maturity", "domains")), alternatives(words("maturity", "domain_words"))
    counted = r"(?:等)?(?:[\d一二两三四五六七八九十几多各]{1,3}[个项大])?"  # 设备、采购两个能力子域
    verb = r"(?:能力)?(?:成熟度)?(?:已|均|也|仅|则)?(?:等级)?"
    verb += r"(?:(?:[评核认判]定|评|定级|评级|确定)?为|达到?|处于|位于|是|获[评得]|取得|通过|属于?)?(?:了)?[ ]?"
    score = r"(?:的)?(?:得分|评分|分数)?(?:为|是|达|[:：])?[ ]?"
    return re.compile(
        rf"(?P<strong>(?<!个)能力(?:子)?域(?:已|均|仅)?(?:为|达到?|处于|实现)[^，。；]{{0,3}}$|(?:{domain}){counted}(?:能力)?(?:{word})(?:能力)?(?:成熟度)?[^，。；]{{0,6}}$|(?:{domain}){counted}(?:{word})[^，。；]{{0,12}}$)|(?P<weak>(?<!智能)(?<!智慧)(?:{domain}){counted}(?:{verb}|{score})$)"
    )


def of_domain(text: str, start: int, span: Span, *, score: bool = False) -> bool:
    """Whether a grade is that of one capability domain or element: 设备域达到三级, 人员二级、技术三级."""
    before = text[max(start, span.start - 36) : span.start + (2 if score and text[span.start] == "得" else 0)]
    return _domain().search(_ITS_SCORE.sub("", _QUOTES.sub("", before))[-24:]) is not None
