"""What a paper's own name says is applied for: 天津市先进级智能工厂申报书, 北京市智能工厂认定申请书（先进级）."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.grades.factory_levels import FactoryLevel, find_factory_levels
from extractors.grades.places import provinces
from extractors.words.lexicon import one_of, patterns
from extractors.words.per_text import once_a_text

HEAD = 1500  # characters in which a paper's name is looked for
LONGEST_TITLE = 40
LONGEST_SUBTITLE = 16
_NO_TITLE = re.compile(r"[。；，：:\t]")
# 封面：智能工厂申报书（申报等级：先进级）: where the title stands, and the label of its level
_NOT_OF_TITLE = re.compile(r"^(?:封面|封皮|扉页|首页)[：:]|(?<=[（(])[^（()）：:，。；]{2,10}[：:](?=[^（()）：:]+[）)])")
_FIRM = re.compile(r"[\u4e00-\u9fff]{1,20}公司|[市区]?某[\u4e00-\u9fff]{0,8}?(?:企业|厂)")
# 推荐天津海河乳业申报…: who is proposed gives its own place, whatever it is called
_PROPOSES = re.compile("(?:推荐|同意|支持|上报|报送)$")
_PROPOSED = re.compile(r"(?:(?!智能工厂)[\u4e00-\u9fff]){2,16}?(?:申报|申请|创建)")
_FACTORY = re.compile("智能工厂|智慧工厂|智能化工厂")
_GAP = re.compile(r"[ \u3000]+")
_BLANKS = re.compile("[ 　]")
_FORM_NAME = re.compile("申[报请][书表]")


def title_level(text: str) -> tuple[FactoryLevel, str | None] | None:
    """The level in the title of an application, with the province whose programme it names; a title may go on over two lines."""
    lines = list(re.finditer(r"[^\n\f]+", text[:HEAD]))
    for place, line in enumerate(lines):
        words = line.group().strip()
        if len(words) > LONGEST_TITLE or _NO_TITLE.search(_NOT_OF_TITLE.sub("", words)):
            continue
        last = line.end()
        below = lines[place + 1].group() if place + 1 < len(lines) else ""
        if below and len(below.strip()) <= LONGEST_SUBTITLE and not _NO_TITLE.search(below):
            last = lines[place + 1].end()
        whole = text[line.start() : last]
        levels = list(find_factory_levels(text, line.start(), last))
        if not patterns("levels", "application_titles_patterns").search(whole) or len({level.value for level in levels}) != 1:
            continue
        if levels[0].span.start >= line.end() and not patterns("levels", "application_titles_patterns").search(words):
            continue
        if not one_of("levels", "other_papers").search(whole):
            return levels[0], _province(text, line.start(), last)
    return None


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each level in it
def names_application(text: str) -> bool:
    """Whether a paper's own name is that of an application for a factory's level, whichever it is: 天津市智能工厂申报书（封面）."""
    lines = [line.group().strip() for line in re.finditer(r"[^\n\f]+", text[:HEAD])]
    for place, line in enumerate(lines):
        below = _BLANKS.sub("", lines[place + 1]) if place + 1 < len(lines) else ""
        words = line + below if _FORM_NAME.fullmatch(below) else line  # …梯度培育行动 / 申　报　书
        if (
            len(words) > LONGEST_TITLE
            or _NO_TITLE.search(words)
            or not _FACTORY.search(words)
            or one_of("levels", "other_papers").search(words)
        ):
            continue
        if patterns("levels", "application_titles_patterns").search(words):
            return True
    return False


@once_a_text
@lru_cache(maxsize=2)
def title_province(text: str) -> str | None:
    """The province whose programme an application's own name tells, which holds for all of the paper: 天津市智能工厂申报书."""
    for line in re.finditer(r"[^\n\f]+", text[:HEAD]):
        words = _GAP.split(line.group().strip())[0]  # 江苏省智能工厂申报系统　申报状态：已提交
        if (
            len(words) > LONGEST_TITLE
            or _NO_TITLE.search(words)
            or one_of("levels", "other_papers").search(words)
            or "智能工厂" not in words
        ):
            continue
        named = any(patterns("levels", key).search(words) for key in ("application_titles_patterns", "programme_titles_patterns"))
        if named and (found := _province(text, line.start(), line.start() + line.group().index(words) + len(words))):
            return found
    return None


def _province(text: str, start: int, end: int) -> str | None:
    """The first province named that does not open a firm's name."""
    for province, span in provinces(text, start, end):
        if not _FIRM.match(text, span.end, end) and not (
            _PROPOSES.search(text, start, span.start) and _PROPOSED.match(text, span.end, end)
        ):
            return province
    return None
