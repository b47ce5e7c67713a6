"""The pre-check that an enterprise runs on its own draft: what to mend first, where, how; and what nobody checked."""

from __future__ import annotations

from enum import StrEnum

from docproc.model.findings import Public
from docproc.model.rounds import Place


class Urgency(StrEnum):
    """What a step is about, the most urgent first."""

    CONDITION = "condition"  # what no change of the papers can cure
    HAND_IN = "hand_in"  # a paper that is not there
    MEND = "mend"  # words that are wrong
    ADD = "add"  # words that are lacking
    CLARIFY = "clarify"  # what a reviewer could not tell


class Step(Public):
    """One thing to do."""

    number: int
    urgency: Urgency
    items: tuple[str, ...]
    title: str
    problems: tuple[str, ...]
    places: tuple[Place, ...] = ()
    look_in: tuple[str, ...] = ()  # where nothing stands yet: the files to write it in
    how: tuple[str, ...] = ()
    example: str = ""  # words by which it would be stated rightly, to be adapted to the facts


class PreCheck(Public):
    """The steps in the order in which to take them, and what the pre-check cannot tell."""

    steps: tuple[Step, ...] = ()
    not_checked: tuple[str, ...] = ()
