"""A level that must be held already: by a filing, a recognition or a self-assessment, not expired and not taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docproc.compare import fold
from docproc.evidence import locate, whole_document
from docproc.model import Claim, Document, Evidence, Kind, Span, Status
from docproc.predicates.case import Case, unread
from docproc.predicates.naming import flowing, names_it, plain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.periods import chinese, interval, years_after
from docproc.predicates.predicate import Dated, Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import OWN_VOICE, rank

_SENTENCE = 120  # code points after a place that are looked at for the rest of its sentence
LEVELS = ("basic", "advanced", "excellent", "leading")


class PriorLevelParameters(Parameters):
    """The level to be held and how it may be shown.

    `valid_years`: how long a recognition lasts (null: without end). `self_assessment`: whether the applicant's own assessment
    suffices. `filing_suffices`: whether a filing paper of the authority that names a level (`filed`) shows it without a date.
    `not_held`: words by which the materials themselves say that the level is not (or no longer, not yet) held; `lost`: the same in a
    filing paper, which is about that level and need not name it; `withdrawn`: those that tell of a loss, after which an earlier paper
    shows nothing. `under_way`: those that tell of a stage on the way (公示), which counts no more where the same sentence goes on to say
    that it came to its end (`overtaken`). `catalogue`: what a list of the package's papers holds, which shows nothing either.
    """

    level: str
    level_name: str
    valid_years: Dated[int] | None = None
    self_assessment: bool = False
    filing_suffices: bool = False
    filed: re.Pattern[str] | None = None
    dated: bool = False  # whether a recognition without a date is for a person to judge
    not_held: tuple[re.Pattern[str], ...] = ()
    lost: re.Pattern[str] | None = None
    under_way: re.Pattern[str] | None = None
    overtaken: re.Pattern[str] | None = None
    withdrawn: re.Pattern[str] = re.compile("(?:被|已经?)[^,，。；]{0,12}(?:撤销|取消|注销|终止)")
    catalogue: re.Pattern[str] = re.compile("目录|材料名称|材料清单")


def judge(case: Case, parameters: PriorLevelParameters) -> Verdict:
    least = LEVELS.index(parameters.level)
    fills = {"wanted": parameters.level_name}
    stated = tuple(claim for claim in case.asserted("recognition.level") if _reaches(claim, least))
    held = tuple(claim for claim in stated if _counts(case, claim, parameters))
    assessed = tuple(claim for claim in case.asserted("self_assessment.level") if parameters.self_assessment and _reaches(claim, least))
    filings = _filings(case, parameters)
    refused = tuple(_refusals(case, parameters))
    lost = tuple(
        claim for claim in case.claims if claim.name == "recognition.level" and claim.status is Status.SUPERSEDED and _reaches(claim, least)
    )
    trace = [
        f"要求：{parameters.level_name}",
        f"认定或备案{len(held)}处，自评{len(assessed)}处，备案文件{len(filings)}份，未取得的说明{len(refused)}处",
    ]
    own = tuple(claim for claim in held if rank(case, claim) >= OWN_VOICE)
    withdrawn = lost or any(parameters.withdrawn.search(fold(entry.quote or "")) for entry in refused)
    by_authority = tuple(entry for entry in refused if case.document(entry.document).kind is Kind.FILING)
    if refused and held and not own and (withdrawn or not _shown(case, held, parameters)):
        return Verdict("not_held", fills, (*lost, *held), refused, (*trace, "材料自己写明尚未取得或者已经失去"))
    if by_authority and (held or assessed) and own == held and not filings:
        return Verdict("not_held", fills, (*held, *assessed), by_authority, (*trace, "企业自称已取得，备案或认定机关的文件否认"))
    if own == held and held and not filings and not assessed and (unnamed := _unsure_filings(case, parameters, read=True)):
        return Verdict("unclear", fills, evidence=unnamed, trace=(*trace, "企业自称已取得，所附备案或认定文件中却没有申报单位的名称"))
    if _years(case, parameters) and held:
        dated = _by_date(case, held, parameters, fills, trace)
        if refused and dated.situation != "expired":
            return Verdict("contradicted", fills, held, refused, (*trace, "材料另写明尚未取得或者已经失去"))
        return dated
    if by_authority and (assessed or held):
        return Verdict("contradicted", fills, (*held, *assessed), by_authority, (*trace, "备案或认定机关的文件写明不予备案或者尚未取得"))
    if assessed or (parameters.self_assessment and (held or filings)):
        return Verdict("pass", fills, (*held, *assessed), filings, tuple(trace))
    if (held or filings) and refused:
        return Verdict("contradicted", fills, held, (*filings, *refused), tuple(trace))
    if held or filings:
        return Verdict("pass", fills, held, filings, tuple(trace))
    if unsure := _unsure_filings(case, parameters):
        return Verdict("unclear", fills, evidence=unsure, trace=(*trace, "备案或认定文件中没有认出申报单位的名称"))
    if refused or lost:
        return Verdict("not_held", fills, lost, refused, (*trace, "材料自己写明尚未取得或者已经失去"))
    return Verdict("nothing_said", fills, trace=tuple(trace))


def _counts(case: Case, claim: Claim, parameters: PriorLevelParameters) -> bool:
    """Whether a recognition shows the level: a catalogue that lists its paper does not."""
    document = case.source_of(claim)
    return document is None or document.kind is not Kind.ANNEX or not parameters.catalogue.search(plain(document).text)


def _shown(case: Case, held: Sequence[Claim], parameters: PriorLevelParameters) -> bool:
    """Whether one of the recognitions stands in a paper that does not itself say that the level is not held (公示, 拟认定)."""
    return any((document := case.source_of(claim)) is None or not any(True for _ in _refusing(document, parameters)) for claim in held)


def _years(case: Case, parameters: PriorLevelParameters) -> int:
    """How many years a recognition lasts by the rule in force on the day of the check; 0 where it has no end."""
    return int(parameters.valid_years.on(case.as_of)) if parameters.valid_years else 0


def _by_date(case: Case, held: Sequence[Claim], parameters: PriorLevelParameters, fills: dict[str, str], trace: list[str]) -> Verdict:
    """A recognition that lasts some years: the latest one counts."""
    years = _years(case, parameters)
    ends = []
    for claim in held:
        granted = interval(claim.qualifiers.get("granted_on"))
        if granted is not None:
            ends.append((years_after(granted[0], years), years_after(granted[1], years), claim))
    if not ends:
        return Verdict("undated", fills, tuple(held), trace=(*trace, "没有写明认定日期，不能断定是否仍在有效期内"))
    earliest, latest, claim = max(ends, key=lambda end: end[1])
    words = fills | {"until": chinese(latest)}
    if case.as_of > latest:
        return Verdict("expired", words, (claim,), trace=(*trace, f"有效期至{chinese(latest)}，已过期"))
    if case.as_of > earliest:
        return Verdict("undated", fills, (claim,), trace=(*trace, "认定日期不够确切，不能断定是否仍在有效期内"))
    return Verdict("pass", words, (claim,), trace=(*trace, f"有效期至{chinese(latest)}"))


def _reaches(claim: Claim, least: int) -> bool:
    return claim.value in LEVELS and LEVELS.index(str(claim.value)) >= least


def _filings(case: Case, parameters: PriorLevelParameters) -> tuple[Evidence, ...]:
    if not parameters.filing_suffices:
        return ()
    return tuple(
        whole_document(document)
        for document in case.of_kind(Kind.FILING)
        if _names_applicant(case, document)
        and _names_level(document, parameters)
        and not any(True for _ in _refusing(document, parameters))
    )


def _names_level(document: Document, parameters: PriorLevelParameters) -> bool:
    """Whether a filing paper speaks of the level at all: a project or a plan is filed too."""
    return parameters.filed is None or bool(parameters.filed.search(plain(document).text))


def _unsure_filings(case: Case, parameters: PriorLevelParameters, *, read: bool = False) -> tuple[Evidence, ...]:
    """Filing papers in which the applicant or the level was not found: a list without it, a scan not read (`read`: no scans)."""
    if not parameters.filing_suffices and not read:
        return ()
    return tuple(
        whole_document(document)
        for document in case.of_kind(Kind.FILING)
        if not belongs_to_another(case, document)
        and not (_names_applicant(case, document) and (read or _names_level(document, parameters)))
        and not any(True for _ in _refusing(document, parameters))
        and not (read and (any(True for _ in unread(document)) or not plain(document).text))
    )


def _names_applicant(case: Case, document: Document) -> bool:
    applicant = case.applicant()
    return not belongs_to_another(case, document) and (not applicant or names_it(document, applicant))


def _refusals(case: Case, parameters: PriorLevelParameters) -> Iterator[Evidence]:
    for document in case.of_kind(Kind.FORM, Kind.FILING, Kind.RECOMMENDATION, Kind.ANNEX):
        yield from _refusing(document, parameters)


def _refusing(document: Document, parameters: PriorLevelParameters) -> Iterator[Evidence]:
    """The places where the document says by its own words that the level is not held; in filings, also those that tell of a loss."""
    body, start = flowing(document), document.span.start
    patterns = [*parameters.not_held, *([parameters.lost] if document.kind is Kind.FILING and parameters.lost else [])]
    for pattern in patterns:
        for match in pattern.finditer(body.text):
            if _overtaken(match, parameters):
                continue
            yield from locate(document, [Span(start + body.at[match.start()], start + body.at[match.end() - 1] + 1)])


def _overtaken(match: re.Match[str], parameters: PriorLevelParameters) -> bool:
    """Whether what is told of was a stage that the sentence goes on to say is over: 列入拟认定公示名单，…日获正式认定."""
    if parameters.under_way is None or parameters.overtaken is None or not parameters.under_way.search(match.group()):
        return False
    rest = re.split("[。；\\n]", match.string[match.end() : match.end() + _SENTENCE], maxsplit=1)[0]
    return bool(parameters.overtaken.search(rest))


PREDICATE = Predicate(
    name="prior_level",
    meaning="A level below the one applied for is held already, and still is.",
    parameters=PriorLevelParameters,
    situations={
        "pass": situation("pass", "held", "wanted"),
        "expired": situation("fail", "held, but its years are over", "wanted", "until"),
        "not_held": situation("fail", "not, not yet or no longer held by the materials' own words", "wanted"),
        "undated": situation("review", "held, but without a date that tells whether it still is", "wanted"),
        "contradicted": situation("review", "one place says held, another not", "wanted"),
        "unclear": situation("review", "a filing paper in which the applicant was not found", "wanted"),
        "nothing_said": situation("missing", "nothing tells of it", "wanted"),
    },
    judge=judge,
)
