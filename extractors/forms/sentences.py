"""Lines of prose, which no reader of fields is asked about: a sentence to its full stop without any sign that a field begins with.

What each reader would say of such a line: a row that blanks divide ends with a figure or a period; a label without a colon has no sentence
for its value; prompts over boxes, years or answers hold no full stop; a choice by letters begins before one.
"""

from __future__ import annotations

import re

from extractors.forms.boxes import BEGINS_BOX
from extractors.forms.lettered import SIGN_OF_CHOICE

SENTENCE_ENDS = ("。", "；")
_MARK = re.compile(r"[\t|｜：:＝=？?]")


def is_sentence(line: str) -> bool:
    """Whether a line is prose to its end and holds no field."""
    if not line.endswith(SENTENCE_ENDS) or line[0] == "【" or _MARK.search(line):
        return False
    return BEGINS_BOX.search(line) is None and SIGN_OF_CHOICE.search(line) is None  # each by itself is faster to look for
