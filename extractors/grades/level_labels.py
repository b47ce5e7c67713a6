"""What a label asks a level of: of the application, of what is held, of the factory's own judgement."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.grades.levels_in_prose import APPLICATION, RECOGNITION, SELF
from extractors.words.lexicon import patterns

_NOTED = re.compile(r"(?P<bare>[^（()）]+)[（(](?P<note>[^（()）]{1,24})[）)]")
# 封面　申报级别, 第3页 申报级别: where the field stands, before its label
_PAGE = re.compile(
    r"^(?:申报书)?(?:封面|封皮|扉页|首页|正文|目录页|附[件表]\d{0,2}|表\d{1,2}|第[一二三四五六七八九十\d]{1,3}[页章节])(?:[ 　]+|[:：—-]+)"
)
# 请在申报等级后打“√”: the label is what the mark stands beside
_MARKED = re.compile(
    "请?(?:您|企业)?[在于](?P<asked>[^，。；（()）]{2,16}?)(?:的|之)?(?:[前后左右旁侧]|处|栏|一栏|对应处)?(?:的?(?:方框|方格|括号|空格|框)[内中里]?)?"
    "(?:打|划|画|标注?|加注?|注明|填|勾)[^，。；]{0,8}"
)
_ORDER = (
    (APPLICATION, "composed_application_patterns"),  # 申请认定称号 names what is not held yet
    (SELF, "self_labels_patterns"),
    (RECOGNITION, "holding_labels_patterns"),
    (APPLICATION, "application_labels_patterns"),
    (SELF, "composed_self_patterns"),
    (RECOGNITION, "composed_holding_patterns"),
)
_NOTES = ((APPLICATION, "application_notes_patterns"), (RECOGNITION, "holding_notes_patterns"), (SELF, "self_notes_patterns"))


@lru_cache(maxsize=1024)  # labels are the same again and again
def kind_of_label(label: str) -> str | None:
    """The claim that a label without its brackets asks for, or None."""
    label = _PAGE.sub("", label)
    marked = _MARKED.fullmatch(label)
    asked = marked["asked"] if marked else label
    return next((kind for kind, key in _ORDER if patterns("levels", key).search(asked)), None)


@lru_cache(maxsize=1024)
def kind_by_note(label: str) -> str | None:
    """The claim that a bracket behind a bare grade asks for: 智能工厂等级（已获评）, 级别（申报）; None where it says neither."""
    noted = _NOTED.fullmatch(label.strip())
    if noted is None or not patterns("levels", "bare_grade_patterns").search(noted["bare"].strip()):
        return None
    return next((kind for kind, key in _NOTES if patterns("levels", key).search(noted["note"].strip())), None)


def kind_by_question(question: str | None, answer: str) -> str | None:
    """The claim of an answer that names a level and denies nothing: 今年报哪一级？ 卓越级。 None where the question asks for neither."""
    if question is None or patterns("levels", "short_answers_patterns").match(answer) is None:
        return None
    if patterns("levels", "asked_application_patterns").search(question):
        return None if patterns("levels", "not_asked_now_patterns").search(question) else APPLICATION
    return RECOGNITION if patterns("levels", "asked_held_patterns").search(question) else None
