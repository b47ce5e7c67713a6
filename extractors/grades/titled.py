"""Levels that only a paper's title names: of the record that a filing's form tells, of the list on which the applicant stands.

基础级智能工厂备案表 / 备案状态：已备案; 关于公布…先进级智能工厂名单的通知 / 23 某公司（本公司）.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.particulars import particulars, signed_day
from extractors.grades.statements import Statement
from extractors.grades.states import read_state
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_LIST = 1200  # code points below a list's title in which the applicant's row is looked for
LONGEST_TITLE = 50
DATA_LINES = 3  # below a level's own line, in which the data of its grant begin


def from_title(doc: Doc, statement: Statement, level: FactoryLevel, application: str, recognition: str) -> Match | None:
    """The claim that the fields or the rows below a title make of the level in it; None where they make none."""
    if statement.field is not None or statement.span.end - statement.span.start > LONGEST_TITLE:
        return None
    title = doc.text[slice(*statement.span)].strip()
    if titles_form(doc.text, statement):
        name = _of_record(statement, application, recognition)
    elif patterns("levels", "list_titles_patterns").fullmatch(title) and not patterns("levels", "no_list_titles_patterns").search(title):
        name = recognition if _stands_below(doc, statement) else None
    else:
        return None
    if name is None:
        return None
    told = particulars(doc, statement, level) if name == recognition else {}
    if name == recognition and not told["granted_on"]:
        told["granted_on"] = signed_day(doc.text, statement.span.end, statement.span.end + LONGEST_LIST)
    return Match(name, level.value, {key: value for key, value in told.items() if value}, Status.ASSERTED, (level.span,))


def titles_form(text: str, statement: Statement) -> bool:
    """Whether a statement is the title of a filing's form (基础级智能工厂备案表), over the fields of its record."""
    if statement.field is not None or not statement.near or statement.span.end - statement.span.start > LONGEST_TITLE:
        return False
    line = text[slice(*statement.span)].strip()
    if patterns("levels", "form_titles_patterns").fullmatch(line):
        return True
    return patterns("levels", "plaque_patterns").fullmatch(line) is not None and _heads_data(statement)


def _heads_data(statement: Statement) -> bool:
    """先进级智能工厂 / 认定时间：2025年6月: a level alone on its line, with the data of a grant or an application and no level below it."""
    labels = [field.label.strip() for field in statement.near]
    if any(label.endswith(("级别", "等级", "层级")) for label in labels):
        return False
    keys = ("date_labels_patterns", "number_labels_patterns", "label_applied_patterns")
    return any(_is_term(label) or any(patterns("levels", key).search(label) for key in keys) for label in labels[:DATA_LINES])


def _is_term(label: str) -> bool:
    return label.startswith(("有效期", "证书有效期", "认定有效期", "称号有效期"))


def _of_record(statement: Statement, application: str, recognition: str) -> str | None:
    """What the state below a form's title says, or else a day or a number of the filing that is told."""
    dated = asked = False
    for field in statement.near:
        if patterns("levels", "state_labels_patterns").search(field.label.strip()):
            state = read_state(field.value)
            if state is not None:
                return application if state == "under way" else None
            return recognition if one_of("levels", "status_held").search(field.value) else None
        told = any(patterns("levels", key).search(field.label) for key in ("date_labels_patterns", "number_labels_patterns"))
        dated = dated or ((told or _is_term(field.label.strip())) and re.search(r"\d{4}", field.value) is not None)
        asked = asked or (
            field.label.endswith(("申报时间", "申报日期", "申请日期", "申请时间")) and re.search(r"\d", field.value) is not None
        )
    return recognition if dated else application if asked else None


def _stands_below(doc: Doc, statement: Statement) -> bool:
    """Whether a row below a list's title is the applicant's: （本公司）behind a name, 本公司 in a cell, or the applicant's name."""
    below = doc.text[statement.span.end : statement.span.end + LONGEST_LIST]
    if doc._.applicant and doc._.applicant in below:
        return True
    return patterns("levels", "own_rows_patterns").search(below) is not None
