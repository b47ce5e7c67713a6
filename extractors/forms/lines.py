"""Lines become fields: `标签：值` (several on a line), `【标签】值`, numbered prompts, prompts with boxes, known labels without a colon.

A colon in prose makes no field: the words before it must be short, hold no sentence mark and not lead up to a speech or a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.boxes import BEGINS_BOX, Choice, boxes, choices
from extractors.forms.cells import reads_like_label
from extractors.forms.flat import flat_fields, may_be_flat
from extractors.forms.known_labels import known_labels
from extractors.forms.pieces import BLANKS, KEPT, Label, Piece, label_of, piece, value_of, without_copula
from extractors.lines.enumerators import label_number_at
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, tree_of, words

LONGEST_LABEL = 30
LONGEST_PROMPT = 70  # 是否发生过较大及以上生产安全事故或突发环境事件（近三年）
_KNOWN = tree_of(words("fields", "known_labels"))
_KNOWN_LONG = tree_of({*words("fields", "known_labels"), *(label for label in known_labels() if len(label) > 3)})
_KNOWN_AT_END = re.compile(rf"(?:{_KNOWN_LONG})(?:[（(][^（()）]*[）)])?$")
_MODIFIER = re.compile("[\u4e00-\u9fff]{2,4}")
SHORTEST_KNOWN = 2  # characters of a known label that is as often the end of another: 单位, 名称
_KNOWN_WHOLE = compiled(rf"[*＊]?(?:{_KNOWN})[*＊]?(?:[（(][^（()）]{{1,8}}[）)])?")
_RUNS_ON = compiled(rf"[*＊]?(?P<label>(?:{_KNOWN})(?:[（(][^（()）]{{1,8}}[）)])?)[ 　]*(?P<value>.+)$")
_LONG_KNOWN = tree_of(word for word in words("fields", "known_labels") if len(word) >= 4)
_INNER = re.compile(rf"(?<![《“])(?:{_LONG_KNOWN})(?![模评》”])(?=[ 　]*[^\s，。、的])")
_TITLE = re.compile(rf"(?:{alternatives(words('fields', 'title_endings'))})(?:[（(][^（()）]*[）)])?[ 　]+$")  # …申报信息表 申报级别：
_TWO_LABELS = re.compile(rf"(?:{_KNOWN}).+(?:{_KNOWN})$")  # 工厂名称……备案日期: a value stands between
_SPACED = re.compile(r"(?P<label>[^\s，。；：:、]{2,24})[ 　]+(?P<value>[^，。；]{1,60})$")
_NOT_AFTER_KNOWN = re.compile(tree_of(words("fields", "after_known_label")))
_ENDING = re.compile(rf"(?:{alternatives(words('fields', 'no_label_endings'))})$")
_BEGINNING = re.compile(rf"(?!{alternatives(words('fields', 'label_beginnings'))})(?:{tree_of(words('fields', 'no_label_beginnings'))})")
_SAYS = re.compile(tree_of(words("fields", "verbs_in_no_label")))  # 主要指标处于全市领先水平： states, and is no label
_CHAPTER = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章节部分篇]+|[◆◇★▲]")
_BRACKETED = re.compile(r"【(?P<label>[^【】\s√✓]{2,20})】(?P<value>.*)$")
_EACH_BRACKETED = re.compile(r"【(?P<label>[^【】\s√✓]{2,20})】(?P<value>[^【】\n]*)")
# 如近三年发生过…，请说明：无
_IN_CASE = compiled(
    r"(?:如果?|若|倘若?)[^，。；：！？]{4,40}，请(?:在[^，。；：]{1,8})?(?:简要|详细|逐[起条项])?(?:说明|注明|列明|填写|填报|简述)(?:事故|处罚|列入|违法|相关|有关|具体)*(?:情况|原因|详情|内容|起数|次数)?"
)
_A_VALUE = re.compile(r"\d|(?:公司|厂|号|中心|企业|局|院)(?:[（(][^（()）]*[）)])?$")  # ends as labels do, and is a value all the same
# a year before a known label, which is the label's and not the end of the value before it: 职工：16人；2024年营业收入：286万元
_YEAR_OF_LABEL = re.compile(r"(?<=[；;，,。、\s])(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年(?:度|末|底)?的?$")
_SHORT_ANSWER = re.compile(tree_of(word for word in words("fields", "options") if len(word) <= 3))
_VERDICT = compiled(alternatives(["是", "否", "属实", *words("prompts", "fits"), *words("prompts", "fits_not")]))
# 近三年（0）起，环保事故：: a count or a short answer that is whole, before the comma behind which the next prompt stands
_JUDGED_BY = compiled(
    rf"(?:[一-龥]{{2,12}}?)??(?:{alternatives(words('prompts', 'verdicts'))}"
    r"|(?:核查|核验|审核|审查|初审|复核|评审|推荐|自查|自评)(?:意见|结果|结论|情况)?)(?:为|是)?[：:][ 　]*"
)
_FITTING = frozenset((*words("prompts", "fits"), *words("prompts", "fits_not")))
_ANSWERED = compiled(
    r"[ 　]*(?:(?:最?近|过去)[一二两三四五\d]{1,2}个?年(?:内|来)?|(?:19|20)\d\d年度?)?[ 　]*(?:均|共|累计)?[ 　]*[（(【\[〔]?[ 　]*"
    rf"(?:\d{{1,3}}|零|{alternatives([*words('prompts', 'agrees'), *words('prompts', 'denies')])})"
    r"[ 　]*[）)】\]〕]?[ 　]*(?:起|次|宗|件|例|条|项|家)?"
    r"(?:[ 　]*[，,、]|(?=[（(]\d[）)]))"
)
_RECORD_TOPICS = re.compile(tree_of(words("fields", "record_topics")))
_STATEMENT_HEADS = re.compile(rf"(?:{alternatives(words('fields', 'statement_heads'))})\d{{0,2}}$")
SHORTEST_STATEMENT = 5  # characters before a verdict's boxes that say something by themselves
_NOTE_BEHIND = re.compile(r"[ 　]*[（(](?P<note>[^（()）\n]{2,24})[）)][ 　。]*")
_BRACKET = re.compile(r"[（(【\[][^（()）【】\]]*[）)】\]]")
_NO_LABEL = re.compile(r"[，,。！？；“”‘’<>]")
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_COLON = re.compile("[：:＝=]")
_SIGN_OF_MARK = re.compile(r"[（(【\[《“「）)】\]》”」：:＝=]")
_BRACKETS_AND_BLANKS = BLANKS + "（("
_SEPARATORS = "；;。 　\t｜|"
_DIVIDED = re.compile(r"(?:[；;\t｜|]|[ 　]{2})$")
_LEADS_LABEL = re.compile("(?!上年|本年|去年|截至|期|年|目前|现)[\u4e00-\u9fff（）()/、]{1,16}")


class Line(NamedTuple):
    """A line with what stands over it."""

    words: Piece
    heading: str = ""
    group: str = ""


class _Mark(NamedTuple):
    label: Piece
    after: int  # where the value begins


@lru_cache(maxsize=KEPT)
def may_hold_field(line: str) -> bool:
    """Whether a line holds a sign of a field: a colon, a bracketed label, a box, blanks behind a label, a known label at its beginning."""
    if _COLON.search(line) or line.startswith("【") or BEGINS_BOX.search(line):
        return True
    begin = label_number_at(line, 0, len(line))
    if line.startswith("【", begin):
        return True
    if may_be_flat(line):
        return True
    spaced = _SPACED.match(line, begin)
    return (spaced is not None and reads_like_label(spaced["label"])) or _RUNS_ON.match(line, begin) is not None


def line_fields(text: str, line: Line) -> Iterator[FormField]:
    """The fields of one line without tabs."""
    start, end = line.words.span
    if _CHAPTER.match(line.words.text):
        return
    bracketed = _BRACKETED.match(line.words.text) if line.words.text.startswith("【") else None
    if bracketed and not _CHAPTER.match(bracketed["value"]):
        if "【" in bracketed["value"] and not boxes(text, start, end):
            for found in _EACH_BRACKETED.finditer(text, start, end):
                yield _field(label_of(piece(text, *found.span("label"))), piece(text, *found.span("value")), (), line)
            return
        label = label_of(piece(text, start + bracketed.start("label"), start + bracketed.end("label")))
        value = piece(text, start + bracketed.start("value"), end)
        if _marks(text, *value.span):
            yield from line_fields(text, Line(value, line.heading, label.text))
        else:
            yield _field(label, value, list(choices(text, *value.span)), line)
        return
    marks = _marks(text, start, end)
    if not marks:
        yield from _without_colon(text, line)
        return
    if marks[0].label.start > label_number_at(text, start, end):
        yield from _boxed(text, piece(text, start, marks[0].label.start), line)
    for position, mark in enumerate(marks):
        stop = marks[position + 1].label.start if position + 1 < len(marks) else end
        if text[mark.after - 1] in "=＝":  # S=1.96，对应二级: what is set equal ends with the clause
            stop = _clause_end(text, mark.after, stop)
        value = piece(text, mark.after, stop)
        value = piece(text, value.start, value.start + len(value.text.rstrip("；;，,｜|" + BLANKS)))
        if value.text.endswith("。") and value.text.count("。") == 1 and "，" not in value.text:
            value = piece(text, value.start, value.end - 1)
        yield from _prompted(text, label_of(mark.label), _off_rule(text, value), line)


def _off_rule(text: str, value: Piece) -> Piece:
    """An answer without the rule that it is written on: __□是 ☑否__."""
    bare = value.text.strip("_＿")
    if not bare or value.text[0] not in "_＿" or value.text[-1] not in "_＿":
        return value  # ____级（□自评估）: the blank is within the answer
    start = value.start + value.text.index(bare)
    return piece(text, start, start + len(bare))


def _clause_end(text: str, start: int, stop: int) -> int:
    """The first mark of text[start:stop] that divides; within brackets none does: 行政处罚=有（2023年3月，罚款6万元）."""
    depth = 0
    for sign in re.compile("[，；。（(）)]").finditer(text, start, stop):
        if sign.group() in "（(":
            depth += 1
        elif sign.group() in "）)":
            depth = max(0, depth - 1)
        elif depth == 0:
            return sign.start()
    return stop


def _prompted(text: str, label: Label, value: Piece, line: Line) -> Iterator[FormField]:
    found = list(choices(text, *value.span))
    judged = bool(found) and _judges(found[0])  # 承诺事项：本企业未被列入… □是 ☑否: the boxes judge the statement
    each = len(found) > 1 and all(choice.prompt.text for choice in found)  # 近三年：安全事故□有☑无；环保事故□有☑无
    rest = found if judged or each else found[1:]
    if not found or found[0].prompt.text or len(found) == 1:
        if not (judged and _STATEMENT_HEADS.search(label.text)):
            yield _field(label, value, found, line)
    else:
        yield _with_options(label, found[0].options, found[0].span, line)
    for choice in rest:
        prompt = _last_sentence(text, choice.prompt) if _judges(choice) else choice.prompt
        yield _with_options(label_of(prompt), choice.options, choice.span, line._replace(group=label.text) if each else line)


def _without_colon(text: str, line: Line) -> Iterator[FormField]:
    start, end = line.words.span
    if boxes(text, start, end):
        yield from _boxed(text, line.words, line)
        return
    flat = list(flat_fields(text, line.words, line.heading, line.group))
    if flat:
        yield from flat
        return
    begin = label_number_at(text, start, end)
    words_ = text[begin:end]
    if _KNOWN_WHOLE.fullmatch(words_):  # 注册地址 is no 注册地 with the value 址
        return
    found = _SPACED.match(words_) if " " in words_ or "　" in words_ else None
    if found is None or not reads_like_label(found["label"]) or _TWO_LABELS.match(found["label"]):
        found = _RUNS_ON.match(words_)
    if found is None or _NOT_AFTER_KNOWN.match(found["value"]) or re.search(r"[。！？；]", found["value"]) or len(found["value"]) > 100:
        return
    if re.fullmatch(r"[（(][^（()）]*[）)]", found["value"]):
        return  # a prompt with a note: 申报等级（单选）
    if reads_like_label(found["value"]) and not _A_VALUE.search(found["value"]):
        return
    label = label_of(piece(text, begin + found.start("label"), begin + found.end("label")))
    stop = begin + found.end("value")
    inner = _INNER.search(text, begin + found.start("value") + 1, stop)
    value = piece(text, begin + found.start("value"), inner.start() if inner else stop)
    yield _field(label, value, list(choices(text, *value.span)), line)
    if inner:
        yield from _without_colon(text, Line(piece(text, inner.start(), stop), line.heading, line.group))


def _boxed(text: str, words_: Piece, line: Line) -> Iterator[FormField]:
    for choice in choices(text, *words_.span):
        behind = _NOTE_BEHIND.match(text, choice.span.end, words_.end) if not choice.prompt.text else None
        if behind and reads_like_label(behind["note"].split("，")[0]):  # □先进级 √卓越级（申报级别）
            note = piece(text, behind.start("note"), behind.end("note"))
            yield _with_options(label_of(note), choice.options, choice.span, line)
            continue
        prompt = _last_sentence(text, choice.prompt) if _are_verdict(choice.options) else choice.prompt
        if len(prompt.text) <= LONGEST_PROMPT and not re.search(r"[。！？]", prompt.text.rstrip("？")):
            yield _with_options(label_of(prompt), choice.options, choice.span, line)


def may_judge(line: str) -> bool:
    """Whether a line may say of the one above it that it holds: it begins with whose verdict it is."""
    return (line.find("：", 0, 24) > 0 or line.find(":", 0, 24) > 0) and _JUDGED_BY.match(line) is not None


def verdict_below(text: str, statement: Piece, line: Piece, heading: str) -> FormField | None:
    """The boxes of a line of their own that judge the sentence above it: 近三年未发生事故。⏎□是 ☑否; None where the line says more."""
    told = _JUDGED_BY.match(line.text)  # 区工信局核查结果：■符合　□不符合
    if told is not None:
        line = piece(text, line.start + told.end(), line.end)
        if line.text.rstrip("。") in _FITTING:
            asked = label_of(_last_sentence(text, statement))
            return FormField(asked.text, line.text.rstrip("。"), asked.span, line.span, heading=heading)
    found = list(choices(text, *line.span))
    if len(found) != 1 or found[0].prompt.text.strip(_BRACKETS_AND_BLANKS) or not _are_verdict(found[0].options):
        return None
    prompt = _last_sentence(text, statement)
    return _with_options(label_of(prompt), found[0].options, found[0].span, Line(line, heading))


def _are_verdict(options: Sequence[Option]) -> bool:
    return all(_VERDICT.fullmatch(option.text) for option in options)


def _judges(choice: Choice) -> bool:
    return len(choice.prompt.text) >= SHORTEST_STATEMENT and _are_verdict(choice.options)


def _last_sentence(text: str, prompt: Piece) -> Piece:
    """What a verdict's boxes judge, where sentences stand before them: 近三年未发生安全事故。　是□　否☑."""
    ended = prompt.text.rstrip("。；（(" + BLANKS)
    start = prompt.start + max(ended.rfind("。"), ended.rfind("！")) + 1
    return piece(text, start, prompt.start + len(ended))


def _with_options(label: Label, options: tuple[object, ...], span: Span, line: Line) -> FormField:
    ticked = "、".join(option.text for option in options if option.ticked)  # type: ignore[attr-defined]
    return FormField(label.text, ticked, label.span, span, options, line.group, label.unit, "", line.heading, label.required)  # type: ignore[arg-type]


def _field(label: Label, value: Piece, found: Sequence[Choice], line: Line) -> FormField:
    options = found[0].options if found else ()
    prompt = found[0].prompt.text.rstrip("（(" + BLANKS) if found else ""
    answer = (
        value_of(prompt) if prompt else "、".join(option.text for option in options if option.ticked) if found else value_of(value.text)
    )
    return FormField(label.text, answer, label.span, value.span, options, line.group, label.unit, "", line.heading, label.required)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The colons of a line that close a label, outside brackets and quotation marks."""
    marks: list[_Mark] = []
    depth, floor = 0, start
    for sign in _SIGN_OF_MARK.finditer(text, start, end) if _COLON.search(text, start, end) else ():
        place, character = sign.start(), sign.group()
        if character in "（(【[《“「":
            depth += 1
        elif character in "）)】]》”」":
            depth = max(0, depth - 1)
        elif character in "：:＝=" and depth == 0:
            label = _label_before(text, floor, place, first=not marks)
            if label is not None and not _is_no_mark(text, place, end):
                marks.append(_Mark(label, place + 1))
                floor = place + 1
    return marks


def _is_no_mark(text: str, place: int, end: int) -> bool:
    """A colon in a time, a ratio or an address of the web."""
    before, after = text[place - 1], text[place + 1 : place + 3] if place + 1 < end else ""
    return (
        (before.isdigit() and after[:1].isdigit())
        or after == "//"
        or (text[place] in "=＝" and not re.search(r"[\u4e00-\u9fffA-Z）)]", before))
    )


def _label_before(text: str, floor: int, place: int, *, first: bool) -> Piece | None:
    """The label that ends at a colon, or None where what stands there is prose."""
    separators = _SEPARATORS + "，" if text[place] in "=＝" else _SEPARATORS  # 安全事故=无，环保事故=有
    begin = max([floor, *(text.rfind(mark, floor, place) + 1 for mark in separators)])
    whole = piece(text, floor, place)
    if first and _IN_CASE.fullmatch(whole.text):
        return whole
    titled = first and begin > floor and _TITLE.search(text, floor, begin) and _KNOWN_WHOLE.fullmatch(text, begin, place)
    if first and begin > floor and not titled and not re.search(r"[；;。]", whole.text) and _is_label(whole.text):
        begin = floor
    if not first:
        glued = _KNOWN_AT_END.search(text, begin, place)
        answer = _SHORT_ANSWER.match(text, begin, place) if begin == floor else None
        if glued and begin > floor and _MODIFIER.fullmatch(text, begin, glued.start()) and len(glued.group()) <= SHORTEST_KNOWN:
            glued = None  # …　授予单位：: the known word ends a longer label
        if glued and _DIVIDED.search(text, max(floor, begin - 2), begin) and _LEADS_LABEL.fullmatch(text, begin, glued.start()):
            glued = None  # …；自评成熟度等级：
        if glued and glued.start() > begin:
            year = _YEAR_OF_LABEL.search(text[begin - 1 : glued.start()])
            begin = begin - 1 + year.start() if year else glued.start()
        elif answer and place - answer.end() >= 2 and text[answer.end()] not in "，,、":  # 规上企业：否高新技术企业：是
            begin = answer.end()
        elif begin == floor and (whole_answer := _ANSWERED.match(text, begin, place)) and _RECORD_TOPICS.search(text, begin, place):
            begin = whole_answer.end()
        elif begin == floor:
            return None
    candidate = piece(text, begin, place)
    return candidate if _is_label(candidate.text) else None


@lru_cache(maxsize=KEPT)
def _is_label(text: str) -> bool:
    bare = _BRACKET.sub("", text).strip(BLANKS + "*＊")
    bare = bare[label_number_at(bare, 0, len(bare)) :]
    if _IN_CASE.fullmatch(bare):
        return True
    longest = LONGEST_PROMPT if "是否" in bare or "有无" in bare else LONGEST_LABEL
    if not bare or len(bare) > longest or _NO_LABEL.search(bare) or not _LETTER.search(bare):
        return False
    if _SAYS.search(bare):
        return False
    ends_as_prose = _ENDING.search(without_copula(bare)) is not None and not bare.endswith("行为")
    return not ends_as_prose and (not _BEGINNING.match(bare) or reads_like_label(bare))
