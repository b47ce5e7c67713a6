"""Claims `application.level`, `recognition.level`, `self_assessment.level`: the level applied for, held, reached by own judgement.

Which of the three a level is, its own clause decides: words of applying, words of holding (and, for 基础级, of filing), words of judging
oneself. A notice of proposed names, a pool of candidates, a rule about levels or a plan is none of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.components import adds_claims
from extractors.grades.aims_below import without_aims
from extractors.grades.corrections import without_corrected
from extractors.grades.factory_levels import asks_level, level_words, short_level
from extractors.grades.handed_in import without_earlier_filings
from extractors.grades.levels_in_fields import levels_in_field
from extractors.grades.levels_in_prose import APPLICATION, RECOGNITION, kept, levels_in_prose
from extractors.grades.statements import Statement, statements, title
from extractors.grades.titles import title_level
from extractors.grades.withdrawn import without_withdrawn
from extractors.lines.former_blocks import without_former
from extractors.parties.listed_firms import rows_of_others
from extractors.words.occurrences import Occurrences

if TYPE_CHECKING:
    from spacy.tokens import Doc


def match(doc: Doc) -> list[Match]:
    """All levels applied for, held or reached by own judgement."""
    titled = title_level(doc.text)
    found = [Match(APPLICATION, titled[0].value, kept(province=titled[1]), Status.ASSERTED, (titled[0].span,))] if titled else []
    others = rows_of_others(doc)
    named = Occurrences(level_words(), doc.text)
    for statement in statements(doc):
        if not _names_level(named, statement) or (statement.field is not None and statement.field.label_span in others):
            continue
        if statement.field is not None:
            found += levels_in_field(doc, statement, statement.field)
        else:
            found += levels_in_prose(doc, statement)
    found = without_corrected(doc.text, without_earlier_filings(doc.text, without_aims(doc.text, found), APPLICATION))
    found = without_former(doc.text, without_withdrawn(doc, found, RECOGNITION), (APPLICATION,))
    return found if not _lists_others(doc) else [replace(entry, status=Status.THIRD_PARTY) for entry in found]


component = adds_claims(match)


def _names_level(named: Occurrences, statement: Statement) -> bool:
    """Whether a statement, or the label or a box of its field, names a factory level; `named` are the places of their names."""
    if named.any_in(*statement.span):
        return True
    field = statement.field
    if field is None:
        return False
    if _says_level(field.label) or any(level_words().search(option.text) for option in field.options):
        return True
    if not (asks_level(field.label) or asks_level(field.column)):
        return False
    return any(short_level(words) for words in ([option.text for option in field.options] or [field.value]))


@lru_cache(maxsize=1024)  # labels are the same again and again
def _says_level(label: str) -> bool:
    return level_words().search(label) is not None


# --- lists of firms ----------------------------------------------------------------------------------------------------


def _lists_others(doc: Doc) -> bool:
    """Whether a paper is a list that the applicant does not stand on."""
    return bool(doc._.applicant) and re.search(r"名单|汇总表", title(doc.text)) is not None and doc._.applicant not in doc.text
