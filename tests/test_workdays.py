"""Working days: published holidays and make-up days count, unpublished years are marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from docproc import workdays
from docproc.errors import DocprocError
from docproc.workdays import Deadline, deadline, is_working_day


@pytest.fixture(autouse=True)
def forget_years() -> Iterator[None]:
    """Years read by one test are not another's."""
    workdays._own_year.cache_clear()
    yield
    workdays._own_year.cache_clear()


@pytest.mark.parametrize(
    ("day", "working"),
    [(date(2026, 10, 1), False), (date(2026, 10, 10), True), (date(2026, 11, 21), False), (date(2026, 11, 23), True)],
)
def test_holidays_and_make_up_days(day: date, working: bool) -> None:
    assert is_working_day(day) == (working, True)


def test_the_day_of_issue_does_not_count() -> None:
    assert deadline(date(2026, 11, 23), 1) == Deadline(date(2026, 11, 24), provisional=False)


def test_a_year_nobody_published_is_marked_not_guessed() -> None:
    assert deadline(date(2098, 12, 30), 5).provisional


def test_an_office_may_publish_a_year_itself(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "checklists" / "holidays"
    folder.mkdir(parents=True)
    (folder / "2097.yaml").write_text("holidays: [2097-01-01]\nworkdays: [2097-01-05]\n", encoding="utf-8")
    monkeypatch.setenv("DOCPROC_LIBRARY", str(tmp_path))
    assert is_working_day(date(2097, 1, 1)) == (False, True)
    assert is_working_day(date(2097, 1, 5)) == (True, True)  # a Saturday


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("holidays: [2096-01-01]\nworkdays: []\n", "第 1 行有误：“2096-01-01”不是2097年的日期"),
        ("holidays: [2097-01-01]\nworkdays: [2097-01-01]\n", "2097-01-01 既写作放假又写作上班"),
        ("holidays: 元旦\n", "“元旦”不是2097年的日期"),
        ("holiday: [2097-01-01]\n", "没有“holiday”这个键"),
    ],
)
def test_a_year_that_cannot_be_right_is_refused_with_its_file_and_line(
    text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "checklists" / "holidays"
    folder.mkdir(parents=True)
    (folder / "2097.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DOCPROC_LIBRARY", str(tmp_path))
    with pytest.raises(DocprocError) as raised:
        deadline(date(2096, 12, 31), 3)
    assert "2097.yaml" in raised.value.text
    assert why in raised.value.text
