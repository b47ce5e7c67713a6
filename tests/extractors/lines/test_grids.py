"""Tables in running text, what is judged in them, and where a family's words stand."""

from __future__ import annotations

from extractors.accidents.harm import nouns_in
from extractors.lines.grids import grids, ledger, tables
from extractors.records.judged_rows import judged_rows
from extractors.words.nouns import Nouns

_TEXT = "一、记录\n发生时间\t类别\t死亡人数\n2023年5月\t火灾\t0\n\n标题\n项目\t 说明 \n二、自查\n序号\t要求\t是否符合\n1\t近三年无事故\t\n"


def _role(head: str) -> str | None:
    return {"发生时间": "date", "类别": "category", "死亡人数": "deaths"}.get(head)


def test_a_run_of_lines_with_tabs_is_a_table_and_a_single_line_no_grid() -> None:
    assert [_TEXT[slice(*table)].count("\n") for table in tables(_TEXT)] == [2, 1, 2]
    assert [len(grid.lines) for grid in grids(_TEXT)] == [2, 2]


def test_a_ledger_is_read_by_the_heads_of_its_rows_or_of_its_columns() -> None:
    (entry,) = ledger(grids(_TEXT)[0], _role, 3)
    turned = "发生时间\t2023年5月\n类别\t火灾\n死亡人数\t0"
    (other,) = ledger(grids(turned)[0], _role, 3)
    assert [_TEXT[slice(*cell)] for cell in entry.cells.values()] == [turned[slice(*cell)] for cell in other.cells.values()]
    assert (entry.title, other.title) == ("一、记录", "")
    assert ledger(grids(_TEXT)[1], _role, 3) == []


def test_a_row_is_judged_where_the_head_has_a_column_for_the_verdict() -> None:
    (row,) = judged_rows(_TEXT)
    assert _TEXT[slice(*row.cells[1])] == "近三年无事故"
    assert row.verdict.start == row.verdict.end


def test_a_word_is_within_a_stretch_only_as_a_whole() -> None:
    nouns = Nouns(_TEXT, nouns_in)
    place = _TEXT.index("事故")
    assert nouns.within(place, place + 2)
    assert not nouns.within(place, place + 1)
    assert not nouns.within(place + 1, place + 3)
    assert nouns.named("安全事故情况")
    assert not nouns.named("企业概况")
