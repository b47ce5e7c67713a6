"""The bundled samples: each report says what a careful reviewer said beforehand, and the files are what they claim to be."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from docproc.cli import main
from docproc.demo import Sample, samples
from docproc.library import shelf
from docproc.model import Evidence, Status
from docproc.review import Review, review
from docproc.schema import SCHEMA_FILE
from docproc.text.credit_code import is_valid

SAMPLES = {sample.id: sample for sample in samples()}
# Where the product is known to be wrong: {sample: {item, "outcome" or claim: why}}. Strict: what works again must be taken out.
KNOWN: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "data" / "samples_known.yaml").read_text("utf-8")) or {}
UTF8_FLAG = 0x800
LARGEST, ALL_TOGETHER = 400_000, 4_000_000


def _cases(what: str) -> list[Any]:
    cases = []
    for sample in SAMPLES.values():
        wanted: dict[str, Any] = (
            sample.findings if what == "findings" else sample.claims if what == "claims" else {"outcome": sample.outcome}
        )
        for name, value in wanted.items():
            why = KNOWN.get(sample.id, {}).get(name)
            marks = [pytest.mark.xfail(reason=why)] if why else []
            cases.append(pytest.param(sample, name, value, id=f"{sample.id}-{name}", marks=marks))
    return cases


@cache
def reviewed(sample_id: str) -> Review:
    sample = SAMPLES[sample_id]
    return review(sample.path, as_of=sample.as_of)


@pytest.mark.parametrize(("sample", "item", "wanted"), _cases("findings"))
def test_each_item_has_the_outcome_that_a_reviewer_gave(sample: Sample, item: str, wanted: str) -> None:
    found = {finding.item: finding for finding in reviewed(sample.id).report.findings}
    assert found[item].outcome.value == wanted, found[item].message


@pytest.mark.parametrize(("sample", "name", "wanted"), _cases("outcome"))
def test_the_package_has_the_outcome_that_a_reviewer_gave(sample: Sample, name: str, wanted: str) -> None:
    assert reviewed(sample.id).report.outcome.value == wanted


@pytest.mark.parametrize(("sample", "name", "wanted"), _cases("claims"))
def test_the_facts_are_found(sample: Sample, name: str, wanted: Any) -> None:
    claims = reviewed(sample.id).report.claims
    found = [claim.value for claim in claims if claim.name == name and claim.status is Status.ASSERTED]
    for value in wanted if isinstance(wanted, list) else [wanted]:
        assert value in found


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_checklist_is_chosen_from_the_package_and_each_of_its_items_is_expected(sample: Sample) -> None:
    report = reviewed(sample.id).report
    assert report.checklist is not None
    assert report.checklist.id == sample.checklist
    assert {finding.item for finding in report.findings} == set(sample.findings)


@pytest.mark.parametrize("sample_id", SAMPLES)
def test_each_paper_is_taken_for_what_it_was_made_as(sample_id: str) -> None:
    plan = yaml.safe_load((shelf("samples") / "samples.yaml").read_text("utf-8"))[sample_id]
    wanted = Counter(what.split()[0] for what in plan["files"].values() if what != "thumbs")
    wanted["audit"] += 3 * wanted.pop("audits", 0)  # three years in one file are three documents
    wanted["annex"] += plan["pack"] == "bound"  # its cover and catalogue
    found = Counter(document.kind.value for document in reviewed(sample_id).documents)
    assert found == +wanted


@pytest.mark.parametrize("sample_id", SAMPLES)
def test_every_quote_stands_in_its_source(sample_id: str) -> None:
    result = reviewed(sample_id)
    texts = {document.id: document.file.content.text for document in result.documents}
    evidence: list[Evidence] = [entry for part in (*result.report.claims, *result.report.findings) for entry in part.evidence]
    quoted = [entry for entry in evidence if entry.quote is not None]
    assert quoted
    for entry in quoted:
        assert texts[entry.document][entry.start : entry.end] == entry.quote


@pytest.mark.parametrize("sample_id", SAMPLES)
def test_the_report_keeps_to_the_schema(sample_id: str) -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    jsonschema.validate(reviewed(sample_id).report.to_json(), schema)


@pytest.mark.parametrize("sample_id", ["tj-leading-bound", "tj-advanced-gbk-draft"])
def test_the_same_package_gives_the_same_report(sample_id: str) -> None:
    sample = SAMPLES[sample_id]
    again = review(sample.path, as_of=sample.as_of).report
    assert json.dumps(again.to_json(), sort_keys=True) == json.dumps(reviewed(sample_id).report.to_json(), sort_keys=True)


@pytest.mark.parametrize(("sample_id", "status"), [("tj-leading-bound", 0), ("bj-advanced-bound-expired", 1), ("tj-basic-immature", 1)])
def test_the_exit_status_tells_a_clean_package_from_one_to_look_at(sample_id: str, status: int) -> None:
    sample = SAMPLES[sample_id]
    result = CliRunner().invoke(main, ["check", str(sample.path), "--as-of", sample.as_of.isoformat()])
    assert result.exit_code == status, result.output


def test_each_package_is_there_and_each_is_expected() -> None:
    built = {path.relative_to(shelf("samples")).as_posix() for path in (shelf("samples") / "packages").iterdir()}
    expected = {sample.path.relative_to(shelf("samples")).as_posix() for sample in SAMPLES.values()}
    assert built == expected
    assert len(expected) >= 12


def test_the_packages_are_small() -> None:
    def size(path: Path) -> int:
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else path.stat().st_size

    sizes = {sample.id: size(sample.path) for sample in SAMPLES.values()}
    assert max(sizes.values()) < LARGEST
    assert sum(sizes.values()) < ALL_TOGETHER


def test_one_archive_names_its_members_in_gbk_without_the_flag() -> None:
    with zipfile.ZipFile(SAMPLES["tj-advanced-gbk-draft"].path) as archive:
        members = archive.infolist()
    assert all(not member.flag_bits & UTF8_FLAG for member in members)
    names = [member.filename.encode("cp437").decode("gbk") for member in members]
    assert any(name.endswith("先进级智能工厂项目申报书（改3）.docx") for name in names)
    assert any(name.endswith("Thumbs.db") for name in names)
    assert not any(document.file.path.endswith("Thumbs.db") for document in reviewed("tj-advanced-gbk-draft").documents)


@pytest.mark.parametrize("sample_id", SAMPLES)
def test_every_paper_says_that_it_is_made_up(sample_id: str) -> None:
    for document in reviewed(sample_id).documents:
        text = document.file.content.text
        assert "虚构材料" in text or "虛構材料" in text, document.file.path


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_made_up_codes_hold_their_check_character(sample: Sample) -> None:
    assert is_valid(sample.claims["company.credit_code"])
