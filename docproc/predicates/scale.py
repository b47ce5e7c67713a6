"""Scale (规模以上) and the finances of the last three years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docproc.compare import figure_of, same_figure
from docproc.evidence import whole_document, whole_documents
from docproc.model import Claim, Document, Evidence, Kind
from docproc.predicates.case import Case, opened
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Dated, Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import Weighed, rank, weigh

_PREFERRED = ("main_business", "operating", None)


class ScaleParameters(Parameters):
    """The revenue (yuan a year) from which a firm counts as above designated size."""

    threshold: Dated[float]


def judge_scale(case: Case, parameters: ScaleParameters) -> Verdict:
    threshold = Decimal(str(parameters.threshold.on(case.as_of)))
    stated = case.asserted("scale.above_designated_size")
    yes, no = tuple(claim for claim in stated if claim.value is True), tuple(claim for claim in stated if claim.value is False)
    year, figures = _last_figures(case)
    figures = _finest(figures)
    fills = {"threshold": f"{threshold / 10000:,.0f}万元", "figure": _in_words(year, figures)}
    trace = [f"规模以上的陈述：是{len(yes)}处，否{len(no)}处", f"采用的收入数：{fills['figure']}"]
    misfits = [claim for claim in stated if claim.qualifiers.get("fits") is False]
    if misfits:
        trace.append(f"其中与同一材料的收入数不符的{len(misfits)}处")
    if any(_side_open(claim, threshold) for claim in figures):
        return Verdict("side_open", fills, figures, trace=(*trace, "数字不确切，不能断定在门槛哪一边"))
    below = tuple(claim for claim in figures if _value(claim) < threshold)
    above = tuple(claim for claim in figures if claim not in below)
    if below:
        weighed = weigh(case, above, below)
        if weighed is Weighed.DENIED:
            return Verdict("below", fills | {"figure": _in_words(year, below)}, below, trace=(*trace, f"低于{fills['threshold']}"))
        return Verdict("contradicted", fills, figures, trace=(*trace, "不同材料的收入数在门槛两边"))
    weighed = weigh(case, yes, no)
    claims = (*yes, *no, *figures)
    if weighed is Weighed.DENIED:
        return Verdict("not_above", fills, claims, trace=(*trace, "材料陈述不是规模以上企业"))
    if weighed is Weighed.CONTRADICTED:
        return Verdict("contradicted", fills, claims, trace=(*trace, "是否规模以上，材料说法不一"))
    if weighed is Weighed.NOTHING:
        return Verdict("unstated" if figures else "nothing_said", fills, claims, trace=(*trace, "没有规模以上的陈述"))
    return Verdict("pass", fills, claims, trace=(*trace, "陈述为规模以上，收入数未见低于门槛"))


def _value(claim: Claim) -> Decimal:
    return Decimal(str(claim.value))


def _year(claim: Claim) -> int | None:
    year = claim.qualifiers.get("year")
    return year if isinstance(year, int) else None


def _last_figures(case: Case) -> tuple[int | None, tuple[Claim, ...]]:
    """The figures of the last complete year that has one: main-business revenue, else operating; undated ones where no year has any."""
    revenue = [claim for claim in case.asserted("scale.revenue") if not _from_elsewhere(case, claim)]
    years = sorted({year for claim in revenue if (year := _year(claim)) is not None and year < case.as_of.year}, reverse=True)
    year = years[0] if years else None
    of_year = [claim for claim in revenue if _year(claim) == year]
    for kind in _PREFERRED:
        found = tuple(claim for claim in of_year if claim.qualifiers.get("kind") == kind)
        if found:
            return year, found
    return year, tuple(of_year)


def _finest(figures: Sequence[Claim]) -> tuple[Claim, ...]:
    """The figures without those that only round another one: 0.19亿元 beside 1,862.30万元 is no second figure."""
    return tuple(claim for claim in figures if not any(_rounds(claim, other) for other in figures))


def _rounds(claim: Claim, other: Claim) -> bool:
    one, two = figure_of(claim), figure_of(other)
    if one is None or two is None or one.value == two.value or one.bound is not None or two.bound is not None:
        return False
    return one.step > two.step and same_figure(one, two)


def _from_elsewhere(case: Case, claim: Claim) -> bool:
    document = case.source_of(claim)
    return document is not None and belongs_to_another(case, document)


def _side_open(claim: Claim, threshold: Decimal) -> bool:
    bound, value = claim.qualifiers.get("bound"), _value(claim)
    return (
        (bound == "about" and abs(value - threshold) <= threshold / 10)
        or (bound == "below" and value == threshold)
        or (bound == "above" and value < threshold)
    )


def _in_words(year: int | None, figures: Sequence[Claim]) -> str:
    if not figures:
        return "未见收入数"
    amounts = "、".join(dict.fromkeys(f"{_value(claim) / 10000:,.2f}万元" for claim in figures))
    return f"{year}年{amounts}" if year else amounts


class FinanceParameters(Parameters):
    """Labels under which a statement or form gives a profit; documents in which a year's figures may stand."""

    profit_labels: tuple[str, ...]
    sources: tuple[Kind, ...]


def judge_finance(case: Case, parameters: FinanceParameters) -> Verdict:
    shown: list[Claim] = []
    papers: list[Evidence] = []
    absent: list[int] = []
    trace: list[str] = []
    for year in case.years:
        claims = tuple(
            claim
            for claim in case.asserted("scale.revenue")
            if _year(claim) == year
            and not _from_elsewhere(case, claim)
            and (document := case.source_of(claim)) is not None
            and document.kind in parameters.sources
        )
        profits = [] if claims else _profits(case, year, parameters)
        if claims:
            best = min(rank(case, claim) for claim in claims)
            shown += [claim for claim in claims if rank(case, claim) == best][:2]
            trace.append(f"{year}年：有营业收入数")
        elif profits:
            papers += profits
            trace.append(f"{year}年：有利润数")
        else:
            absent.append(year)
            trace.append(f"{year}年：没有财务数字")
    words = "、".join(f"{year}年" for year in case.years)
    if absent:
        fills = {"years": words, "absent": "、".join(f"{year}年" for year in absent)}
        return Verdict("missing", fills, tuple(shown), tuple(papers), tuple(trace))
    return Verdict("pass", {"years": words}, tuple(shown), tuple(papers), tuple(trace))


def _profits(case: Case, year: int, parameters: FinanceParameters) -> list[Evidence]:
    """Profits of the year in an audit report of that year, by their labels."""
    found: list[Evidence] = []
    for document in case.of_kind(Kind.AUDIT):
        if year not in covered_years(document) or belongs_to_another(case, document):
            continue
        for entry in case.extractions[document.id].fields if document.id in case.extractions else ():
            if any(label in entry.label for label in parameters.profit_labels) and any(sign.isdigit() for sign in entry.value):
                found += entry.evidence[:1] or (whole_document(document),)
                break
    return found


def covered_years(document: Document) -> tuple[int, ...]:
    """The years that an audit report or statement covers."""
    return document.years or ((document.year,) if document.year is not None else ())


class FinanceReportParameters(Parameters):
    """The key of the material in the notice list."""

    material: str
    required: bool = True
    name: str = ""


def judge_finance_reports(case: Case, parameters: FinanceReportParameters) -> Verdict:
    """An audit report or statement of the applicant for each year asked for."""
    if not parameters.required:
        return Verdict("not_asked", trace=("当年通知不要求这项材料",))
    reports = tuple(document for document in case.of_kind(Kind.AUDIT) if opened(document))
    own = [document for document in reports if not belongs_to_another(case, document)]
    of_year: dict[int, list[Document]] = {year: [document for document in own if year in covered_years(document)] for year in case.years}
    found = list({document.id: document for documents in of_year.values() for document in documents}.values())
    undated = [document for document in own if not covered_years(document)]
    evidence = whole_documents(found)
    absent = [year for year, documents in of_year.items() if not documents]
    trace = tuple(f"{year}年：{'有' if documents else '没有'}审计报告或财务报表" for year, documents in of_year.items())
    fills = {
        "years": "、".join(f"{year}年" for year in case.years),
        "absent": "、".join(f"{year}年" for year in absent),
        "name": parameters.name,
    }
    others = [document for document in reports if document not in own and set(covered_years(document)) & set(absent)]
    if absent and undated and not others:
        return Verdict("year_unclear", fills, evidence=whole_documents(undated), trace=trace)
    if absent and others:
        return Verdict("anothers", fills, evidence=whole_documents(others), trace=trace)
    if absent:
        return Verdict("missing", fills, evidence=evidence, trace=trace)
    unshown = [document for documents in of_year.values() if all(each.by_name for each in documents) for document in documents]
    if unshown:
        return Verdict("by_name", fills, evidence=whole_documents(unshown), trace=(*trace, "只有文件名这样说，内容看不出来"))
    return Verdict("pass", fills, evidence=evidence, trace=trace)


SCALE = Predicate(
    name="scale",
    meaning="Stated as above designated size, with revenue of at least the threshold or no figure anywhere.",
    parameters=ScaleParameters,
    situations={
        "pass": situation("pass", "stated, and no figure speaks against it", "threshold", "figure"),
        "side_open": situation("review", "an inexact figure leaves open on which side of the threshold it lies", "threshold", "figure"),
        "below": situation("fail", "the figure is below the threshold", "threshold", "figure"),
        "not_above": situation("fail", "stated as not above designated size", "threshold", "figure"),
        "contradicted": situation("review", "sources contradict one another over it", "threshold", "figure"),
        "unstated": situation("review", "figures reach the threshold, but nobody states it", "threshold", "figure"),
        "nothing_said": situation("missing", "no statement and no figure", "threshold", "figure"),
    },
    judge=judge_scale,
)

FINANCE = Predicate(
    name="finance",
    meaning="The revenue or profit of each year asked for stands in an audit report, a statement or the form.",
    parameters=FinanceParameters,
    situations={
        "pass": situation("pass", "each year has figures", "years"),
        "missing": situation("missing", "a year has none", "years", "absent"),
    },
    judge=judge_finance,
)

FINANCE_REPORTS = Predicate(
    name="finance_reports",
    meaning="An audit report or financial statement of the applicant for each year asked for.",
    parameters=FinanceReportParameters,
    situations={
        "pass": situation("pass", "one for each year", "years"),
        "missing": situation("missing", "a year has none", "years", "absent"),
        "anothers": situation("missing", "a year has only another firm's", "years", "absent"),
        "year_unclear": situation("review", "a report whose year could not be told may be the one that is missing", "years", "absent"),
        "by_name": situation("review", "of a year only a file's name speaks: its content was not read or does not tell", "years"),
        "not_asked": situation("not_applicable", "the year's notice does not ask for it"),
    },
    judge=judge_finance_reports,
    papers=True,
)
