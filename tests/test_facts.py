"""The same fact across documents: mentions, conflicts, and whose word is the stronger."""

from __future__ import annotations

from typing import Any

from docproc.facts import RANKS, collect, speaker_of
from docproc.model import Claim, Document, Evidence, Extraction, Fact, Kind, Status
from tests.material_files import word


def paper(identifier: str, kind: Kind, speaker: str = "", text: str = "") -> Document:
    return Document(identifier, word(f"{identifier}.docx", text), kind, speaker=speaker)


def claim(identifier: str, name: str, value: Any, quote: str = "", status: Status = Status.ASSERTED, **qualifiers: Any) -> Claim:
    return Claim(
        id=identifier,
        name=name,
        value=value,
        qualifiers=qualifiers,
        status=status,
        evidence=(Evidence(document="d", start=0, end=len(quote), quote=quote),) if quote else (),
    )


def facts(*stated: tuple[Document, Claim]) -> tuple[Fact, ...]:
    documents = list(dict.fromkeys(document for document, _ in stated))
    said = {document.id: Extraction(tuple(claim for other, claim in stated if other is document)) for document in documents}
    return collect(documents, said)


FORM = paper("d1", Kind.FORM, "form")
LICENCE = paper("d2", Kind.LICENCE, "authority")
AUDIT = paper("d3", Kind.AUDIT, "auditor")
REPORT = paper("d4", Kind.MATURITY, "self_assessment")
STATEMENT = paper("d5", Kind.SAFETY, "other")


def test_every_mention_is_kept_and_the_strongest_gives_the_value() -> None:
    (fact,) = facts(
        (FORM, claim("c1", "company.name", "某某机械有限公司")),
        (LICENCE, claim("c2", "company.name", "某某机械有限公司 ")),
    )
    assert [(mention.document, mention.claim, mention.rank) for mention in fact.mentions] == [("d1", "c1", 5), ("d2", "c2", 1)]
    assert (fact.value, fact.conflict, fact.stronger) == ("某某机械有限公司 ", False, None)


def test_a_conflict_names_the_stronger_source() -> None:
    (fact,) = facts(
        (FORM, claim("c1", "registration.address", "某市甲区某路1号")),
        (LICENCE, claim("c2", "registration.address", "某市乙区某路1号")),
    )
    assert (fact.conflict, fact.stronger, fact.value) == (True, "d2", "某市乙区某路1号")


def test_equals_that_disagree_have_no_stronger() -> None:
    (fact,) = facts(
        (FORM, claim("c1", "maturity.level", 2)),
        (paper("d6", Kind.COMMITMENT, "form"), claim("c2", "maturity.level", 3)),
    )
    assert (fact.conflict, fact.stronger) == (True, None)


def test_figures_are_told_apart_by_year_and_kind_and_rounded_alike() -> None:
    found = facts(
        (FORM, claim("c1", "scale.revenue", 121000000.0, "1.21亿元", year=2023, kind="operating")),
        (AUDIT, claim("c2", "scale.revenue", 120665800.0, "120,665,800.00", year=2023, kind="operating")),
        (FORM, claim("c3", "scale.revenue", 133345600.0, "13,334.56", year=2024, kind="operating")),
        (AUDIT, claim("c4", "scale.revenue", 133445600.0, "133,445,600.00", year=2024, kind="operating")),
        (AUDIT, claim("c5", "scale.revenue", 100.0, "100", year=2024, kind="main_business")),
    )
    assert [(fact.qualifiers, fact.conflict, fact.stronger) for fact in found] == [
        ({"year": 2023, "kind": "operating"}, False, None),
        ({"year": 2024, "kind": "main_business"}, False, None),
        ({"year": 2024, "kind": "operating"}, True, "d3"),
    ]


def test_figures_without_a_year_are_listed_but_not_held_against_one_another() -> None:
    (fact,) = facts(
        (FORM, claim("c1", "scale.revenue", 1.0, kind="operating")), (AUDIT, claim("c2", "scale.revenue", 2.0, kind="operating"))
    )
    assert (len(fact.mentions), fact.conflict) == (2, False)


def test_only_asserted_claims_are_facts() -> None:
    assert facts((FORM, claim("c1", "maturity.level", 3, status=Status.PLANNED))) == ()


def test_a_denial_of_larger_accidents_does_not_contradict_a_general_one() -> None:
    denial = claim("c1", "accident.record", "none", severity="larger", kinds=["safety"])
    small = claim("c2", "accident.record", "occurred", severity="general", kinds=["safety"])
    large = claim("c3", "accident.record", "occurred", severity="larger", kinds=["safety"])
    other = claim("c4", "accident.record", "occurred", severity="larger", kinds=["quality"])
    assert [facts((FORM, denial), (STATEMENT, event))[0].conflict for event in (small, large, other)] == [False, True, False]


def test_two_titles_held_are_two_facts_and_their_dates_must_agree() -> None:
    found = facts(
        (FORM, claim("c1", "recognition.level", "basic", granted_on="2025-03-12")),
        (LICENCE, claim("c2", "recognition.level", "basic", granted_on="2025-03")),
        (REPORT, claim("c3", "recognition.level", "advanced")),
        (STATEMENT, claim("c4", "recognition.level", "basic", granted_on="2024-03-12")),
    )
    assert [(fact.value, fact.conflict) for fact in found] == [("advanced", False), ("basic", True)]


def test_speakers_rank_as_the_checklists_say() -> None:
    said = claim("c1", "company.name", "某某")
    ranked = [speaker_of(document, said)[0] for document in (LICENCE, AUDIT, paper("d7", Kind.CREDIT, "assessor"), REPORT, FORM, STATEMENT)]
    assert ranked == [1, 2, 3, 4, 5, 6] == sorted(RANKS.values())
    assert speaker_of(paper("d8", Kind.LICENCE), said) == (1, "authority")
    assert speaker_of(paper("d9", Kind.UNKNOWN), said) == (6, "other")


def test_a_forms_prose_is_weaker_than_what_is_filled_in() -> None:
    text = "法定代表人\t张某\n法人代表：张某\n公司法定代表人为李某，毕业于某校。"
    form = paper("d1", Kind.FORM, "form", text)

    def at(words: str) -> Claim:
        start = text.index(words)
        evidence = Evidence(document="d1", start=start, end=start + 2, quote=words[:2])
        return Claim(name="company.legal_representative", value=words[:2], evidence=(evidence,))

    assert speaker_of(form, at("张某")) == (5, "form")
    assert speaker_of(form, at("张某\n公司")) == (5, "form")
    assert speaker_of(form, at("法人代表")) == (5, "form")
    assert speaker_of(form, at("李某")) == (6, "other")
