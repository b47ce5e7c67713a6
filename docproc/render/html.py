"""A report as one self-contained page (report.html): Chinese, printable, no external resources, every value escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from docproc.library import shelves
from docproc.model import Claim, Evidence, Finding, Outcome, Report, Script, Step
from docproc.render.precheck import heading, precheck_words
from docproc.render.rounds import change_title, change_words, counts_words, points_words, unasked
from docproc.render.words import OUTCOME_ORDER, doubts, particulars, term_words, value_words, word
from docproc.text.outgoing import as_written, finish, names_of, shield, shield_within

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

TEMPLATE = "report.html"
SHOWN_EVIDENCE = 8  # places an item: the report.json has them all


def report_html(report: Report, script: Script = Script.HANS, pictures: Mapping[Evidence, bytes] = MappingProxyType({})) -> str:
    """The page, with these pictures (JPEG) beside the evidence that they show. The same report gives the same bytes."""
    report = as_written(report, script)
    page = (
        _environment(shelves("templates"))
        .get_template(TEMPLATE)
        .render(
            report=report,
            names=tuple(names_of(report)),
            groups=[(outcome, findings) for outcome in OUTCOME_ORDER if (findings := _with(report, outcome))],
            paths={document.id: document.path for document in report.documents},
            claims={claim.id: claim for claim in report.claims},
            outcome_words={outcome.value: word("outcomes", outcome) for outcome in Outcome},
            counts=[(outcome, len(_with(report, outcome))) for outcome in OUTCOME_ORDER],
            conflicts=[fact for fact in report.facts if fact.conflict],
            agreed=[fact for fact in report.facts if not fact.conflict],
            doubts=doubts(report.claims),
            described_scenes=sum(bool(scene.evidence) for link in report.coverage for scene in link.scenes),
            lang="zh-Hant" if script is Script.HANT else "zh-Hans",
            first_quote=_first_quote,
            evidence_of=report.evidence_of,
            pictures={evidence: shield(b64encode(picture).decode("ascii")) for evidence, picture in pictures.items()},
            shown=SHOWN_EVIDENCE,
            term=term_words(report.checklist) if report.checklist else "",
            precheck=report.precheck,
            precheck_words=precheck_words(),
            precheck_heading=heading(report.precheck) if report.precheck else "",
            round=report.second_round,
            round_counts=counts_words(report.second_round) if report.second_round else "",
            round_unasked=unasked(report.second_round) if report.second_round else (),
            side=change_words,
        )
    )
    return finish(page, script)


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> Environment:
    """The templates, the office's own first, each compiled once (and again when its file changes): that takes longer than the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

    @pass_context
    def ours(context: Context, text: object) -> str:
        return shield_within(str(text), context["names"])

    environment = Environment(
        loader=FileSystemLoader(folders), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "ours": ours,
        "word": lambda key, section: word(section, str(key)),
        "value": value_words,
        "particulars": particulars,
        "source": _source,
        "change_title": change_title,
        "points": points_words,
        "groupby_order": _in_runs,
    }
    return environment


def _with(report: Report, outcome: Outcome) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if finding.outcome is outcome)


def _source(text: object) -> str:
    """The source's own words: kept as they stand, also where the page is converted to traditional characters."""
    return shield(" ".join(str(text or "").split()))


def _first_quote(claim: Claim) -> Evidence | None:
    return next((evidence for evidence in claim.evidence if evidence.quote), None)


def _in_runs(entries: Sequence[Step], name: str) -> list[tuple[object, list[Step]]]:
    """Entries in runs of equal attributes, in their order."""
    return [(key, list(run)) for key, run in groupby(entries, key=lambda entry: getattr(entry, name))]
