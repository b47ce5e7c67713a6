"""Levels that a sentence excepts: 除已备案的基础级外，公司未获其他级别认定. What is excepted from a denial is so.

The exception says itself that the level is held (已备案的), or the clause behind it denies that anything else is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docproc.model import Status
from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.overruled import engine_status
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENS = re.compile(r"除(?:了)?(?P<lead>[^，。；]{0,40})$")
_ENDS = re.compile(r"(?P<tail>[^。；除]{0,30}?)(?:[以之])?外(?![部来资观协包出])[，,]?(?P<rest>[^。；]{0,60})")
_FOREIGN = (Status.THIRD_PARTY, Status.QUOTED, Status.HYPOTHETICAL)


def is_excepted(doc: Doc, statement: Statement, level: FactoryLevel) -> bool:
    """Whether an exception of its sentence takes for granted that a level is held."""
    text = doc.text
    opens = _OPENS.search(text, statement.span.start, level.span.start)
    ends = _ENDS.match(text, level.span.end, statement.span.end) if opens else None
    if opens is None or ends is None:
        return False
    told = opens["lead"] + "|" + ends["tail"]
    if patterns("levels", "excepted_open_patterns").search(told) or engine_status(doc, statement, level.span) in _FOREIGN:
        return False
    return (
        patterns("levels", "excepted_held_patterns").search(told) is not None
        or patterns("levels", "excepted_denials_patterns").search(ends["rest"]) is not None
    )
