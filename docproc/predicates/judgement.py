"""Judgement items: the materials state it of the applicant's own factory; whether it is good enough is for the experts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.model import Evidence, Kind, Passage, Status
from docproc.predicates.case import Case
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation


class PassageParameters(Parameters):
    """The topic to be stated, what is asked for in words, and where it may stand.

    `each_of`: parts of the topic that must each be stated, by their names, with the topics that state them.
    `promise_counts`: whether a promise is what is asked for (愿意配合…).
    """

    topics: tuple[str, ...]
    each_of: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - a pydantic field, copied for each instance
    demand: str
    sources: tuple[Kind, ...]
    promise_counts: bool = False


def judge(case: Case, parameters: PassageParameters) -> Verdict:
    fills = {"demand": parameters.demand}
    if not case.of_kind(Kind.FORM):
        return Verdict("no_form", fills, trace=("没有申报书，无处说明",))
    passages = list(_passages(case, parameters))
    about = [passage for passage in passages if passage.topic in parameters.topics]
    own = [passage for passage in about if _states(passage)]
    copied = [passage for passage in about if passage.verbatim]
    unclear = [passage for passage in about if passage.unclear]
    parts = {words: _first(passages, topics) for words, topics in parameters.each_of.items()}
    absent = [words for words, passage in parts.items() if passage is None]
    telling = _places([*(passage for passage in parts.values() if passage), *own])
    trace = (f"查找：{parameters.demand}", f"企业自己的表述{len(own)}处，照抄规定原文{len(copied)}处")
    if own and absent:
        words = "、".join(absent)
        return Verdict("partial", fills | {"absent": words}, evidence=telling, trace=(*trace, f"没有找到：{words}"))
    if own:
        return Verdict("pass", fills, evidence=telling, trace=(*trace, "实质内容由专家评审"))
    if copied:
        return Verdict("copied", fills, evidence=_places(copied), trace=trace)
    if unclear:
        return Verdict("unclear", fills, evidence=_places(unclear), trace=(*trace, f"相应标题下未认出的文字{len(unclear)}处"))
    return Verdict("missing", fills, trace=trace)


def _passages(case: Case, parameters: PassageParameters) -> Iterator[Passage]:
    """The passages that count, in the order of the sources; a copy of the rule also where it is worded as a rule (企业应……)."""
    counted = {Status.ASSERTED, Status.PLANNED, Status.HYPOTHETICAL} if parameters.promise_counts else {Status.ASSERTED}
    for document in case.of_kind(*parameters.sources):
        for passage in case.extractions[document.id].passages if document.id in case.extractions else ():
            if passage.status in counted or (passage.verbatim and passage.status is Status.QUOTED):
                yield passage


def _first(passages: Sequence[Passage], topics: tuple[str, ...]) -> Passage | None:
    return next((passage for passage in passages if passage.topic in topics and _states(passage)), None)


def _states(passage: Passage) -> bool:
    return not passage.verbatim and not passage.unclear


def _places(passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    """The first place of each passage, five at most."""
    return tuple(dict.fromkeys(passage.evidence[0] for passage in passages if passage.evidence))[:5]


PREDICATE = Predicate(
    name="passage",
    meaning="A passage in the applicant's own words states the topic of its own factory.",
    parameters=PassageParameters,
    situations={
        "pass": situation("pass", "stated in its own words", "demand"),
        "partial": situation("review", "stated, but not all its parts", "demand", "absent"),
        "copied": situation("review", "only a copy of the rule's words", "demand"),
        "unclear": situation("review", "words under its heading that are not understood", "demand"),
        "missing": situation("missing", "not stated", "demand"),
        "no_form": situation("missing", "there is no form to state it", "demand"),
    },
    judge=judge,
)
