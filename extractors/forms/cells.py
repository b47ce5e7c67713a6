"""What a cell or a line reads like: a label, a period, a figure, a box. Each is judged once a text, however many rows say it."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.forms.boxes import boxes
from extractors.forms.pieces import KEPT, Piece
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, words

_LABEL_END = re.compile(rf"(?:{alternatives(words('fields', 'label_endings'))})$")
PERIOD = compiled(
    rf"(?:(?:19|20)\d\d年?(?:度)?[—–~～至到-]+(?:19|20)?\d\d年度?|(?:19|20)\d\d年?(?:度|末|底|全年|实际|实绩)?(?:\d{{1,2}}月(?:\d{{1,2}}日|末)?)?|[一二][〇○零一二三四五六七八九]{{3}}年度?末?|民国\d+年度?"
    rf"|{alternatives(words('fields', 'period_heads'))}|(?:前|上|本|去|今)年度?(?:末|实际)?)(?:[（(][^（()）]*[）)])?"
)
NUMBER = re.compile(r"[-－+↑↓]?[\d,，.]+(?:[%％]|元|万元|亿元|人)?")
FIGURE = re.compile(rf"(?:{NUMBER.pattern}|[一二三四五1-5Ⅰ-Ⅴ]级)分?")
INDEX_HEADS = frozenset(words("fields", "index_heads"))
NUMBER_HEADS = frozenset(words("fields", "number_heads"))
_PLACE_HEADS = frozenset(words("places", "registration_labels")) | frozenset(words("places", "factory_labels"))
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_FIRM = re.compile(r"有限(?:责任)?公司$")
_NO_LABEL = re.compile(r"[。；！？☑☐□■√]")
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\d{3}")
_LABELS_DIGITS = re.compile(r"(?:19|20)\d\d年度?|近\d年|GB/T|ISO\d*|\d{1,2}(?=[.、])")
LONGEST_LABEL = 60
Row = tuple[Piece, ...]  # one row's cells in order; an empty cell is kept, so that columns agree


def only_cell(row: Row) -> Piece | None:
    """The one cell of a row that is filled, where there is just one."""
    if len(row) > 1 and row[0].text and row[1].text:
        return None
    filled = [cell for cell in row if cell.text]
    return filled[0] if len(filled) == 1 else None


@lru_cache(maxsize=KEPT)
def is_period(text: str) -> bool:
    """Whether a head says when: 2023年, 2023年度, 期末余额."""
    return bool(PERIOD.fullmatch(text.strip()))


@lru_cache(maxsize=KEPT)
def reads_like_label(text: str) -> bool:
    """Whether a cell's words end as labels and heads do, and hold neither digits (beside years) nor boxes nor sentences."""
    bare = _LAST_BRACKET.sub("", text.strip().rstrip("：:*＊")).strip()
    if not bare or len(bare) > LONGEST_LABEL or _NO_LABEL.search(bare) or _FIRM.search(bare):
        return False
    if is_period(text) or bare in INDEX_HEADS or bare in NUMBER_HEADS or bare in _PLACE_HEADS:
        return True
    if "是否" in bare:
        return not _LONG_NUMBER.search(bare)
    return len(bare) <= 30 and bool(_LABEL_END.search(bare)) and not _DIGIT.search(_LABELS_DIGITS.sub("", bare))


@lru_cache(maxsize=KEPT)
def holds_figure(text: str) -> bool:
    """Whether a cell holds a figure and is no label and no period."""
    return _DIGIT.search(text) is not None and not reads_like_label(text)


def boxed(cell: Piece) -> bool:
    """Whether a cell holds a box."""
    return _holds_box(cell.text)


@lru_cache(maxsize=KEPT)
def _holds_box(text: str) -> bool:
    return bool(boxes(text, 0, len(text)))
