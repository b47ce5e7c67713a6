"""What a predicate is: one closed test that an item may use, with its parameters, its situations and what each can say.

A predicate knows nothing of a city or an article. It looks at the case, decides for one of its *situations*, and fills the
placeholders of that situation's message. The sentences themselves stand in the checklist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, model_validator
from pydantic_core import PydanticCustomError

from docproc.model import Claim, Evidence, Outcome
from docproc.predicates.case import Case

#: Placeholders that every message and remedy may use.
COMMON = frozenset({"title", "level", "applicant", "as_of", "window", "found"})


class Parameters(BaseModel):
    """The parameters of a predicate: unknown and missing ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


V = TypeVar("V", int, float)


class DatedValue(Parameters, Generic[V]):
    """A value that the law may change: since when, until when, and the source that says so."""

    value: V
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""


class Dated(RootModel[tuple[DatedValue[V], ...]], Generic[V]):
    """One value, or a list of values that follow one another in time, each with its term and its source.

    A plain value (`required: 2`) holds as long as the article that the item quotes."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return value if isinstance(value, list | tuple) else [{"value": value}]

    @model_validator(mode="after")
    def _in_turn(self) -> Dated[V]:
        if not self.root:
            raise PydanticCustomError("dated", "至少要写一个取值")
        if len(self.root) > 1 and not all(dated.source for dated in self.root):
            raise PydanticCustomError("dated", "随时间变化的取值，每个都要用 source 写明出处")
        ordered = sorted(self.root, key=lambda dated: dated.valid_from or date.min)
        for earlier, later in pairwise(ordered):
            if later.valid_from is None or earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise PydanticCustomError("dated", "取值的期间有重叠，请用 valid_from、valid_to 分开")
        return self

    def on(self, day: date) -> V:
        """The value that holds on that day; between two terms the earlier one, before the first the first."""
        ordered = sorted(self.root, key=lambda dated: dated.valid_from or date.min)
        begun = [dated for dated in ordered if dated.valid_from is None or dated.valid_from <= day]
        return (begun or ordered[:1])[-1].value


@dataclass(frozen=True, slots=True)
class Situation:
    """A way a predicate can come out. `fills` are the placeholders that it fills beside the common ones."""

    outcome: Outcome
    meaning: str  # English, for whoever writes a checklist
    fills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a predicate decided: the situation, what its message names, what it rests on, and the steps that led there (Chinese)."""

    situation: str
    fills: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    trace: tuple[str, ...] = ()


P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True, slots=True)
class Predicate(Generic[P]):
    """A test by name. `judge` decides a case; `situations` are all the ways it can come out."""

    name: str
    meaning: str
    parameters: type[P]
    situations: Mapping[str, Situation]
    judge: Callable[[Case, P], Verdict]
    papers: bool = False  # whether a paper as a whole is what is missing or wrong: handing it in puts it right

    def decide(self, case: Case, parameters: Any) -> Verdict:
        """The verdict, checked against the declared situations."""
        verdict = self.judge(case, parameters)
        declared = self.situations[verdict.situation].fills
        if declared - set(verdict.fills):
            raise KeyError(f"{self.name}.{verdict.situation}: {sorted(declared - set(verdict.fills))}")
        return verdict


def situation(outcome: str, meaning: str, *fills: str) -> Situation:
    """A Situation in one line."""
    return Situation(Outcome(outcome), meaning, frozenset(fills))
