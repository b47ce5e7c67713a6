"""factory.in_operation: a corpus of states told, denied, planned and over, of the factory and of other things."""

from __future__ import annotations

from typing import Any

import pytest

from docproc.extract import extract_claims
from docproc.model import Status
from tests.extractors.applicant_claims import asserted
from tests.extractors.corpus import cases


@pytest.mark.parametrize("case", cases("operation"))
def test_statement(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == sorted(case["claims"])


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("智能工厂目前处于在建阶段。", "construction"),
        ("新厂尚处试运转阶段。", "trial"),
        ("建设状态：试运行", "trial"),
        ("厂房已通过竣工验收，但尚未投入使用。", None),
    ],
)
def test_a_factory_that_does_not_run_has_its_state(text: str, state: str | None) -> None:
    (claim,) = [claim for claim in extract_claims(text) if claim.name == "factory.in_operation"]
    assert claim.value is False
    assert claim.qualifiers.get("state") == state


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("我公司承诺：工厂将于2026年3月底前全部建成并投入正常使用。", Status.PLANNED),
        ("由我公司总包的客户工厂位于安徽省合肥市肥西县，已于2023年5月竣工投产。", Status.THIRD_PARTY),
    ],
)
def test_plans_and_other_factories_are_not_asserted(text: str, status: Status) -> None:
    assert {claim.status for claim in extract_claims(text) if claim.name == "factory.in_operation"} <= {status}
