"""Two rounds of one package, made by hand: documents with their texts, findings with places looked up in them."""

from __future__ import annotations

from hashlib import sha256

from docproc.model import Claim, DocumentEntry, Evidence, Finding, Kind, Outcome, PackageOutcome, Report, SecondRound
from docproc.rounds import second_round
from tests.reports import finding, report

FORM = """申报书
企业名称：天津范氏数控机床有限公司
成立日期：XXX
2025年营业收入：13886.06万元
公司产品在华北市场占有率第一。
设备联网率达到百分之九十。
"""


class Round:
    """A report under construction: texts by document id, and evidence by the words."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts
        self.documents = tuple(
            DocumentEntry(
                id=id_, path=f"{id_}.txt", kind=Kind.FORM if id_ == "d1" else Kind.AUDIT, sha256=sha256(text.encode()).hexdigest()
            )
            for id_, text in texts.items()
        )

    def at(self, words: str, document: str = "d1") -> Evidence:
        start = self.texts[document].index(words)
        return Evidence(document=document, start=start, end=start + len(words), quote=words)

    def claim(self, id_: str, name: str, value: object, words: str, document: str = "d1", **qualifiers: object) -> Claim:
        return Claim.model_validate(
            {"id": id_, "name": name, "value": value, "qualifiers": qualifiers, "evidence": (self.at(words, document),)}
        )

    def report(self, *findings: Finding, claims: tuple[Claim, ...] = ()) -> Report:
        wrong = any(entry.outcome in (Outcome.FAIL, Outcome.MISSING) for entry in findings)
        made = report(PackageOutcome.DEFICIENT if wrong else PackageOutcome.PASS, *findings)
        return made.model_copy(update={"documents": self.documents, "claims": claims, "facts": ()})


def compared(first: tuple[Round, Report], second: tuple[Round, Report]) -> SecondRound:
    return second_round(first[1], second[1], first[0].texts, second[0].texts)


__all__ = ["FORM", "Round", "compared", "finding"]
