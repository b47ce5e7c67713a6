"""Maturity by GB/T 39116: the level that each document states (or its score gives), weighed by who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docproc.model import Claim, Document
from docproc.predicates.case import Case
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Dated, Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import Weighed, weigh, who


class MaturityParameters(Parameters):
    """The level that is required, the lowest score of each level (GB/T 39117), and the levels' names."""

    required: Dated[int]
    lowest_scores: dict[int, float]
    level_names: dict[int, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A level as one document has it. `reached` is the level of its best own score, where it gives one."""

    level: int
    claims: tuple[Claim, ...]
    reached: int | None = None


def judge(case: Case, parameters: MaturityParameters) -> Verdict:
    least = int(parameters.required.on(case.as_of))
    required = parameters.level_names[least]
    statements = list(_statements(case, parameters))
    if not statements:
        return Verdict("nothing_said", {"required": required}, trace=("没有材料写明成熟度等级或得分",))
    reaching = [statement for statement in statements if statement.level >= least]
    below = [statement for statement in statements if statement.level < least]
    unreached = [statement for statement in reaching if statement.reached is not None and statement.reached < least]
    pro, contra = _claims(reaching), _claims(below)
    stated = "、".join(
        f"{who(case, statement.claims)}{parameters.level_names.get(statement.level, '不足一级')}" for statement in statements
    )
    fills = {"required": required, "stated": stated}
    trace = [f"要求：{required}", f"各材料：{stated}"]
    weighed = weigh(case, pro, contra, admission=False)
    if not reaching:
        return Verdict("below", fills, contra, trace=(*trace, "没有材料写明达到要求的等级"))
    if weighed is Weighed.DENIED:
        return Verdict("denied", fills, (*contra, *pro), trace=(*trace, "效力较高的材料低于要求"))
    if unreached:
        scores = "、".join(dict.fromkeys(f"{claim.value}分" for claim in _claims(unreached) if claim.name == "maturity.score"))
        return Verdict("score_short", fills | {"scores": scores}, _claims(unreached), trace=(*trace, f"得分{scores}达不到所写的等级"))
    if weighed is Weighed.CONTRADICTED:
        return Verdict("contradicted", fills, (*pro, *contra), trace=(*trace, "材料之间等级不一致"))
    return Verdict("pass", fills, pro, trace=(*trace, "达到要求"))


def level_of(score: float, lowest_scores: dict[int, float]) -> int:
    """The level that a score reaches; 0 below the first."""
    return max((level for level, lowest in lowest_scores.items() if score >= lowest - 1e-9), default=0)


def _statements(case: Case, parameters: MaturityParameters) -> Iterator[Statement]:
    """One statement a document and stated level; a document with a score alone states the level that it maps to."""
    for document in case.documents:
        if belongs_to_another(case, document):
            continue
        levels = case.claims_in(document, "maturity.level")
        scores = case.claims_in(document, "maturity.score")
        if not levels and not scores:
            continue
        yield from _of_document(document, levels, scores, parameters)


def _of_document(
    document: Document, levels: Sequence[Claim], scores: Sequence[Claim], parameters: MaturityParameters
) -> Iterator[Statement]:
    best = max((float(str(claim.value)) for claim in scores), default=None)
    reached = None if best is None else level_of(best, parameters.lowest_scores)
    for level in sorted({int(str(claim.value)) for claim in levels}):
        own = tuple(claim for claim in levels if claim.value == level)
        yield Statement(level, (*own, *scores), reached)
    if not levels and reached is not None:
        yield Statement(reached, tuple(scores), reached)


def _claims(statements: Sequence[Statement]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for statement in statements for claim in statement.claims}.values())


PREDICATE = Predicate(
    name="maturity",
    meaning="The maturity level required is stated by the strongest source, and its own score reaches it.",
    parameters=MaturityParameters,
    situations={
        "pass": situation("pass", "the level is stated and nothing speaks against it", "required", "stated"),
        "below": situation("fail", "only lower levels are stated", "required", "stated"),
        "denied": situation("fail", "a stronger source states a lower level", "required", "stated"),
        "score_short": situation("fail", "the document's own score does not reach the level it states", "required", "stated", "scores"),
        "contradicted": situation("review", "weaker or equal sources state a lower level", "required", "stated"),
        "nothing_said": situation("missing", "no level and no score", "required"),
    },
    judge=judge,
)
