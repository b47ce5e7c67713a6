"""Every word for another party tells of that party, and every word for the applicant of the applicant, whatever is told."""

from __future__ import annotations

import pytest

from docproc.extract import extract_claims
from docproc.model import Status
from extractors.words.lexicon import words

TOLD = (
    ("accident.record", "{who}近三年未发生生产安全事故。"),
    ("accident.record", "{who}近三年发生1起生产安全事故，死亡1人。"),
    ("violation.record", "{who}近三年受到环保处罚2次。"),
    ("credit.record", "{who}2024年被列入失信被执行人名单。"),
    ("maturity.level", "{who}已取得智能制造能力成熟度四级证书。"),
    ("recognition.level", "{who}2024年获评先进级智能工厂。"),
    ("scale.employees", "{who}从业人员320人，营业收入5600万元。"),
)
OTHERS = sorted({*words("parties", "other"), *words("context", "others")})
EITHER = {"集团"}  # may be the applicant's own name for itself, or its mother's
OWN = ("我公司", "本公司", "我司", "我单位", "本单位", "我厂", "本企业", "我企业", "申报单位", "申报企业", "公司", "企业")


@pytest.mark.parametrize(("name", "sentence"), TOLD)
def test_what_is_told_of_another_party_is_not_the_applicants(name: str, sentence: str) -> None:
    taken = [who for who in OTHERS if who not in EITHER and _asserted(name, sentence.format(who=who))]
    assert taken == []


@pytest.mark.parametrize(("name", "sentence"), TOLD)
def test_what_is_told_of_the_applicant_is_the_applicants(name: str, sentence: str) -> None:
    lost = [who for who in OWN if not _asserted(name, sentence.format(who=who))]
    assert lost == []


def _asserted(name: str, text: str) -> bool:
    return any(claim.name == name and claim.status is Status.ASSERTED for claim in extract_claims(text))
