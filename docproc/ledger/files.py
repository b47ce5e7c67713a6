"""Writes the ledger's files beside the packages' folders: workbook, JSON, and the two tables as CSV for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Final

from docproc.ledger import cells
from docproc.ledger.names import CSV_FILE, FILES, FINDINGS_CSV, JSON_FILE, WORKBOOK
from docproc.ledger.sheets import FINDING_COLUMNS, PACKAGE_COLUMNS, Column, Rows, Value, finding_rows, package_rows
from docproc.ledger.similar import Likeness
from docproc.ledger.tallies import Tallies, count
from docproc.ledger.workbook import NOTE_ON_LIKENESS, workbook

SCHEMA_VERSION: Final = 1


def write_ledger(folder: Path, rows: Rows, likenesses: Sequence[Likeness], day: date) -> tuple[Path, ...]:
    """Writes all four files, each whole or not at all. `rows` gives the rows anew at each call."""
    tallies = count(rows())
    with _atomic(folder / WORKBOOK) as binary:
        binary.write(workbook(rows, tallies, likenesses, day))
    with _atomic(folder / JSON_FILE) as binary:
        _write_json(binary, rows, tallies, likenesses, day)
    for name, columns, lines in ((CSV_FILE, PACKAGE_COLUMNS, package_rows(rows())), (FINDINGS_CSV, FINDING_COLUMNS, finding_rows(rows()))):
        with _atomic(folder / name) as binary:
            _write_csv(binary, columns, lines)
    return tuple(folder / name for name in FILES)


def _write_json(target: IO[bytes], rows: Rows, tallies: Tallies, likenesses: Sequence[Likeness], day: date) -> None:
    """A row a line, so that a large ledger can be read piece by piece."""

    def dump(data: object) -> bytes:
        return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace")

    target.write(b'{\n"schema_version": %d,\n"as_of": %s,\n' % (SCHEMA_VERSION, dump(day.isoformat())))
    target.write(b'"outcomes": ' + dump(dict(tallies.outcomes)) + b",\n")
    target.write(b'"by_item": ' + dump([{**asdict(tally), "deficient": tally.deficient} for tally in tallies.items]) + b",\n")
    target.write(b'"by_district": ' + dump([asdict(tally) for tally in tallies.districts]) + b",\n")
    target.write(b'"similar": {"note": %s, "pairs": %s},\n' % (dump(NOTE_ON_LIKENESS), dump([asdict(pair) for pair in likenesses])))
    target.write(b'"packages": [')
    for number, row in enumerate(rows()):
        target.write((b",\n" if number else b"\n") + dump(row.to_json()))
    target.write(b"\n]\n}\n")


def _write_csv(target: IO[bytes], columns: Sequence[Column], lines: Iterable[Sequence[Value]]) -> None:
    """UTF-8 with a byte order mark, by which Excel knows that it is no GBK."""
    wrapper = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(wrapper)
    writer.writerow([column.title for column in columns])
    for line in lines:
        writer.writerow(["" if value is None else cells.harmless(value) if isinstance(value, str) else value for value in line])
    wrapper.detach()


@contextmanager
def _atomic(path: Path) -> Iterator[IO[bytes]]:
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as opened:
        yield opened
    partial.replace(path)
