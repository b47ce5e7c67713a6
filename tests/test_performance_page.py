"""docs/performance.md, its plot and docs/scale.md are what the saved run gives: nobody wrote a figure by hand."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import page, scale

ROOT = Path(__file__).resolve().parent.parent
RUN = json.loads(page.RUN.read_text(encoding="utf-8"))


def test_the_pages_are_made_from_the_saved_run() -> None:
    assert (ROOT / "docs" / "performance.md").read_text(encoding="utf-8") == page.page(RUN)
    assert (ROOT / "docs" / "performance.svg").read_text(encoding="utf-8") == page.plot(RUN["growth"])
    assert (ROOT / "docs" / "scale.md").read_text(encoding="utf-8") == scale.page(RUN)


def test_a_run_without_peers_makes_a_page_too() -> None:
    bare = json.loads(json.dumps(RUN))
    for row in bare["reading"]:
        row["seconds"] = {name: value for name, value in row["seconds"].items() if name in ("docproc", "PDFium alone (the limit)")}
    bare["scans"]["seconds"] = {"docproc": 5.0}
    assert "not measured" in page.page(bare)
