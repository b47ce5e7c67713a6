"""The ledger of a batch (台账): a row a package, all findings, counts by item and district; as workbook, JSON and CSV."""
