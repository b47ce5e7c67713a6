"""report.html in Chromium as it is: readable wide, narrow and on paper, by keyboard and by screen reader, without the network."""

from __future__ import annotations

import html
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from docproc import normalise
from docproc.model import Outcome, PackageOutcome, Report, Script
from docproc.precheck import precheck
from docproc.render.html import report_html
from docproc.rounds import second_round
from tests.draft.hostile import hostile_report
from tests.reports import deficient, finding, report
from tests.rounds.made import FORM, Round

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000"]
LOOK = f"<script>{(Path(__file__).parent / 'look.js').read_text(encoding='utf-8')}</script>"


def second() -> Report:
    one, two = Round(d1=FORM), Round(d1=FORM.replace("第一", "第三"))
    first = one.report(finding("FORM-complete", Outcome.FAIL, evidence=(one.at("XXX"),)))
    now = two.report(finding("FORM-complete", Outcome.PASS))
    return now.model_copy(update={"second_round": second_round(first, now, one.texts, two.texts)})


def enterprise() -> Report:
    return deficient().model_copy(update={"precheck": precheck(deficient())})


PAGES = {
    "deficient": report_html(deficient()),
    "traditional": report_html(deficient(), Script.HANT),
    "second round": report_html(second()),
    "enterprise": report_html(enterprise()),
    "hostile": report_html(hostile_report(14)),
    "longest name": report_html(hostile_report(13)),
    "empty": report_html(report(PackageOutcome.PASS)),
}


@pytest.mark.program("chromium")
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_readable_and_usable(name: str, width: int, tmp_path: Path) -> None:
    frame = f'<iframe id="page" width="{width}" height="900" srcdoc="{html.escape(PAGES[name])}"></iframe>'
    (tmp_path / "look.html").write_text(f"<!doctype html><meta charset=utf-8>{frame}{LOOK}", encoding="utf-8")
    made = subprocess.run(
        [*CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--window-size=1300,1000", "--dump-dom", f"file://{tmp_path}/look.html"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    title = re.search(r"<title>(.*?)</title>", made.stdout.decode(), re.DOTALL)
    assert title
    seen = json.loads(html.unescape(title[1]))
    assert seen["overflow"] <= 0
    assert seen["faint"] == []  # WCAG 2.1, 1.4.3
    assert seen["nameless"] == 0
    assert seen["stops"] > 3
    assert seen["focused"]
    levels = seen["levels"]
    assert levels[0] == 1
    assert all(two - one <= 1 for one, two in pairwise(levels))
    assert (seen["main"], seen["lang"]) == (1, "zh-Hant" if name == "traditional" else "zh-Hans")
    assert (seen["heads"], seen["pictures"], seen["scripts"]) == (0, 0, 0)
    assert (seen["doubled"], seen["dangling"], seen["fetched"]) == ([], [], [])


@pytest.mark.program("chromium")
def test_the_printed_page_holds_what_is_folded_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGES["deficient"], encoding="utf-8")
    target = tmp_path / "page.pdf"
    command = [*CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run([*command, f"file://{tmp_path}/page.html"], check=True, capture_output=True, timeout=300)
    with pdfplumber.open(target) as pdf:
        text = words("".join(page.extract_text() or "" for page in pdf.pages))
        assert (round(pdf.pages[0].width), round(pdf.pages[0].height)) == (595, 842)
        assert all(word["x0"] >= 40 and word["x1"] <= 555 for page in pdf.pages for word in page.extract_words())
    for entry in deficient().findings:
        assert words(entry.item) in text
        assert words(entry.message) in text
    assert "目录" not in text


def words(text: str) -> str:
    """The text without white space; Chromium writes some characters as radicals (⽒ for 氏), which look the same."""
    return "".join(normalise(text).text.split())


def test_nothing_on_the_page_comes_from_elsewhere() -> None:
    for page in PAGES.values():
        assert "default-src 'none'" in page
        assert not re.search(r'(?:src|href)="(?!#|data:image/jpeg;base64,)', page)
        assert not re.search(r"url\(|@import|<(?:script|iframe|object|embed|link|base|form)\b", page)
