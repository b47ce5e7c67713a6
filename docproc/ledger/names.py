"""What the ledger's files are called."""

from __future__ import annotations

from typing import Final

WORKBOOK, JSON_FILE, CSV_FILE, FINDINGS_CSV = "ledger.xlsx", "ledger.json", "ledger.csv", "ledger-findings.csv"
FILES: Final = (WORKBOOK, JSON_FILE, CSV_FILE, FINDINGS_CSV)
