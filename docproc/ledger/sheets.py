"""The ledger's sheets as plain rows of values, the same for workbook, CSV and JSON: titles first, then one row after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from docproc.ledger.rows import UNKNOWN_DISTRICT, Row
from docproc.ledger.similar import Likeness
from docproc.ledger.tallies import Tallies
from docproc.model import PackageOutcome
from docproc.render.words import OUTCOME_ORDER, word

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, its width in characters of the workbook, and whether its text wraps."""

    title: str
    width: int
    wraps: bool = False


PACKAGE_COLUMNS = (
    Column("序号", 6),
    Column("材料", 30),
    Column("申报单位", 30, True),
    Column("统一社会信用代码", 22),
    Column("所在区", 12),
    Column("申报级别", 10),
    Column("审查清单", 18),
    Column("结论", 14),
    *(Column(word("outcomes", outcome.value), 8) for outcome in OUTCOME_ORDER),
    Column("其中不可补正", 8),
    Column("文件份数", 8),
    Column("页数", 8),
    Column("未读出", 8),
    Column("材料截止日期", 13),
    Column("审查基准日", 13),
    Column("需要注意", 40, True),
)
#: Positions (from 0) in PACKAGE_COLUMNS that the workbook treats specially.
PACKAGE_LINK, PACKAGE_OUTCOME = 1, 7

FINDING_COLUMNS = (
    Column("材料", 30),
    Column("申报单位", 28, True),
    Column("所在区", 12),
    Column("申报级别", 10),
    Column("审查项", 12),
    Column("内容", 30, True),
    Column("结果", 9),
    Column("能否补正", 9),
    Column("依据", 16),
    Column("说明", 60, True),
    Column("补正要求", 40, True),
    Column("位置", 30, True),
)
FINDING_OUTCOME = 6

SIMILAR_COLUMNS = (
    Column("相同的内容", 14),
    Column("材料甲", 24),
    Column("位置甲", 30, True),
    Column("材料乙", 24),
    Column("位置乙", 30, True),
    Column("处数", 8),
    Column("摘录", 60, True),
)


def package_rows(rows: Iterable[Row]) -> Iterator[list[Value]]:
    """One line a package."""
    for number, row in enumerate(rows, start=1):
        yield [
            number,
            row.package,
            row.applicant,
            row.code,
            row.district or UNKNOWN_DISTRICT,
            row.level,
            row.checklist,
            word("package_outcomes", row.outcome),
            *(row.counts.get(outcome.value, 0) for outcome in OUTCOME_ORDER),
            row.final,
            row.documents,
            row.pages,
            row.losses,
            row.deadline,
            row.as_of,
            "；".join(row.problems),
        ]


def finding_rows(rows: Iterable[Row]) -> Iterator[list[Value]]:
    """One line a finding, package by package."""
    for row in rows:
        for finding in row.findings:
            yield [
                row.package,
                row.applicant,
                row.district or UNKNOWN_DISTRICT,
                row.level,
                finding.item,
                finding.title,
                word("outcomes", finding.outcome),
                {True: "可补正", False: "不可补正", None: ""}[finding.correctable],
                finding.article,
                finding.message,
                finding.remedy,
                finding.where,
            ]


def similar_rows(likenesses: Iterable[Likeness]) -> Iterator[list[Value]]:
    """One line a pair of packages and a kind of content that they share."""
    for likeness in likenesses:
        yield [
            likeness.what,
            likeness.one.package,
            likeness.one.place,
            likeness.other.package,
            likeness.other.place,
            likeness.count,
            likeness.excerpt,
        ]


def item_table(tallies: Tallies) -> tuple[tuple[Column, ...], list[list[Value]]]:
    """Items down, outcomes across."""
    columns = (
        Column("审查项", 12),
        Column("内容", 44, True),
        *(Column(word("outcomes", outcome.value), 9) for outcome in OUTCOME_ORDER),
        Column("需补正合计", 12),
    )
    rows: list[list[Value]] = [
        [tally.item, tally.title, *(tally.counts.get(outcome.value, 0) for outcome in OUTCOME_ORDER), tally.deficient]
        for tally in tallies.items
    ]
    return columns, rows


def district_table(tallies: Tallies) -> tuple[tuple[Column, ...], list[list[Value]]]:
    """Districts down; outcomes, then levels across."""
    levels = list(dict.fromkeys(level for tally in tallies.districts for level in sorted(tally.levels)))
    columns = (
        Column("所在区", 16),
        *(Column(word("package_outcomes", outcome.value), 14) for outcome in PackageOutcome),
        Column("合计", 8),
        *(Column(level, 10) for level in levels),
    )
    rows: list[list[Value]] = [
        [
            tally.district,
            *(tally.outcomes.get(outcome.value, 0) for outcome in PackageOutcome),
            tally.packages,
            *(tally.levels.get(level, 0) for level in levels),
        ]
        for tally in tallies.districts
    ]
    return columns, rows


Rows = Callable[[], Iterator[Row]]
"""Gives the ledger's rows anew at each call, from the records on disk: a large batch is never held in memory as a whole."""
