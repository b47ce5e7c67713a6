"""Which checklist a package is meant for: by level and programme, never by the registered address."""

from __future__ import annotations

import pytest

from docproc.checklist_file import Example
from docproc.choose import choose
from docproc.errors import DocprocError
from docproc.examples import case_of
from docproc.text.view import view_of


def chosen(**example: object) -> str:
    case = case_of(Example.model_validate({"name": "x", "outcome": "pass", **example}))
    views = {document.id: view_of(document.file.content, document.span) for document in case.documents}
    return choose(case.claims, case.documents, views)


def level(value: str, source: str = "form", **qualifiers: object) -> dict[str, object]:
    return {"name": "application.level", "value": value, "qualifiers": qualifiers, "in": source, "quote": "申报级别"}


def test_level_and_province_of_the_claim() -> None:
    assert chosen(documents=[{"kind": "form"}], claims=[level("excellent", province="天津市")]) == "tianjin-excellent"


@pytest.mark.parametrize(
    ("text", "checklist"),
    [
        ("天津市先进级智能工厂申报书", "tianjin-advanced"),
        ("北京市智能工厂认定申请书", "beijing-advanced"),
        ("北京市經濟和信息化局制", "beijing-advanced"),
        ("推荐单位：天津市津南区工业和信息化局", "tianjin-advanced"),
    ],
)
def test_the_programmes_name_or_the_authority(text: str, checklist: str) -> None:
    assert chosen(documents=[{"kind": "form", "text": text}], claims=[level("advanced")]) == checklist


def test_the_form_goes_before_the_other_papers() -> None:
    documents = [{"kind": "filing", "text": "北京市智能工厂"}, {"kind": "form", "text": "天津市智能工厂"}]
    assert chosen(documents=documents, claims=[level("basic", "filing", province="北京市"), level("advanced")]) == "tianjin-advanced"


def test_without_a_form_the_districts_letter_tells() -> None:
    documents = [{"kind": "recommendation", "text": "推荐单位（盖章）：天津市武清区工业和信息化局"}]
    assert chosen(documents=documents, claims=[level("advanced", "recommendation")]) == "tianjin-advanced"


def test_the_registered_address_never_tells() -> None:
    address = {"name": "registration.address", "value": "天津市津南区1号", "qualifiers": {"province": "天津市"}}
    with pytest.raises(DocprocError, match="没有找到") as caught:
        chosen(documents=[{"kind": "form", "text": "先进级智能工厂申报书"}], claims=[level("advanced"), address])
    assert caught.value.code == "checklist_undetermined"
    assert caught.value.status == 2
    assert "tianjin-advanced" in caught.value.text


def test_a_level_that_the_city_does_not_have() -> None:
    with pytest.raises(DocprocError, match="excellent"):
        chosen(documents=[{"kind": "form", "text": "北京市智能工厂"}], claims=[level("excellent")])


def test_divided_papers_tell_nothing() -> None:
    with pytest.raises(DocprocError, match="没有找到"):
        chosen(documents=[{"kind": "form", "text": "天津市智能工厂"}], claims=[level("advanced"), level("basic")])


def test_an_empty_package() -> None:
    with pytest.raises(DocprocError, match="checklist"):
        chosen(documents=[], claims=[])
