"""Every letter is laid out by GB/T 9704-2012: the written file is read back, its print measured."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import docx
import pdfplumber
import pypdfium2
import pytest
from docx.oxml.ns import qn

from docproc.draft import draft_notice
from docproc.draft.signature import width
from docproc.model import Evidence, Outcome, PackageOutcome
from tests.draft.letters import AGENCY, KINDS, OFFICE, letter
from tests.reports import finding, report

TOLERANCE = 0.5  # mm
MM = 25.4 / 72  # a point
WORDS = "请提交能够证明本单位为规模以上工业企业的材料并在申报书中填明统计部门出具的证明统计联网直报平台的单位信息页" * 4


@pytest.mark.parametrize("kind", KINDS)
def test_the_written_file_has_the_measures_of_the_standard(kind: str) -> None:
    """5.2: A4, margins 37/28/26/35 mm, 22 lines; 10.1: mark 30 mm from the edge, lines of 170 mm; size 3 仿宋; no number on page 1."""
    document = docx.Document(io.BytesIO(letter(kind).data))
    section = document.sections[0]
    for value, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
        (section.bottom_margin, 35),
        (section.header_distance, 30),
    ):
        assert value is not None
        assert value.mm == pytest.approx(wanted, abs=TOLERANCE)
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))) / 20 * MM
    assert pitch * 22 == pytest.approx(225, abs=TOLERANCE)
    assert section.different_first_page_header_footer
    mark = section.first_page_header.paragraphs[0]
    assert mark.text == AGENCY
    left, right = mark.paragraph_format.left_indent, mark.paragraph_format.right_indent
    assert left is not None
    assert right is not None
    assert 156 - left.mm - right.mm == pytest.approx(170, abs=TOLERANCE)
    rule = mark._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (rule.get(qn("w:val")), rule.get(qn("w:color"))) == ("thickThinSmallGap", "FF0000")
    assert "PAGE" in "".join(section.footer.paragraphs[0]._p.itertext())
    assert "PAGE" not in "".join(section.first_page_footer.paragraphs[0]._p.itertext())
    title = next(p for p in document.paragraphs if p.style is not None and p.runs and p.runs[0].font.size and p.runs[0].font.size.pt == 22)
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    body = [run for p in document.paragraphs for run in p.runs if run.text and run.font.size and run.font.size.pt == 16]
    assert {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in body} <= {"仿宋_GB2312", "黑体", "楷体_GB2312"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "receipt"])
@pytest.mark.parametrize("agency", ["某局", AGENCY, "天津经济技术开发区工业和信息化局（中小企业局）"])
def test_the_signature_is_centred_on_the_date_four_characters_in(kind: str, agency: str) -> None:
    document = docx.Document(io.BytesIO(letter(kind, agency=agency).data))
    ends = {p.text: p for p in document.paragraphs if p.style is not None and p.style.name in ("署名", "成文日期")}
    assert list(ends) == ["（盖章）", agency, "2026年11月25日"]
    indents = {text: p.paragraph_format.right_indent.pt / 15.75 for text, p in ends.items()}
    axes = {round(indents[text] + width(text) / 2, 1) for text in ends}
    assert len(axes) == 1
    assert min(indents["2026年11月25日"] - 4, indents[agency] - 2) == pytest.approx(0, abs=0.05) or indents["2026年11月25日"] > 4
    assert all(p.paragraph_format.keep_with_next for p in list(ends.values())[:-1])


def test_a_face_that_is_not_installed_has_another_in_its_place() -> None:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(letter("correction").data)) as file:
        table = file.read("word/fontTable.xml").decode()
    for face, fallback in (("仿宋_GB2312", "仿宋"), ("方正小标宋简体", "华文中宋"), ("黑体", "SimHei"), ("楷体_GB2312", "楷体")):
        assert f'w:name="{face}"><w:altName w:val="{fallback}"' in table.replace("ns0:", "w:")


def test_the_templates_are_what_their_script_makes(tmp_path: Path) -> None:
    """A template edited by hand and one built anew must not drift apart unseen."""
    templates = Path(__file__).parents[2] / "templates"
    made = tmp_path / "templates"
    made.mkdir()
    for script in ("build.py", "layout.py"):
        (made / script).write_bytes((templates / script).read_bytes())
    subprocess.run([sys.executable, "build.py"], cwd=made, check=True)
    for file in sorted(made.glob("*.docx")):
        assert file.read_bytes() == (templates / file.name).read_bytes(), file.name


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All letters of this module as LibreOffice prints them, in one run with a profile of its own."""
    folder = tmp_path_factory.mktemp("prints")
    wrong = [finding(f"TJ-6-{number}", Outcome.FAIL, message=WORDS, remedy=WORDS[number:]) for number in range(1, 12)]
    letters = {kind: letter(kind).data for kind in KINDS}
    letters["full"] = draft_notice(report(PackageOutcome.DEFICIENT, *wrong), OFFICE).data
    for name, data in letters.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *map(str, sorted(folder.glob("*.docx")))],
        check=True,
        capture_output=True,
        timeout=600,
        env={**os.environ, "HOME": str(folder)},
    )
    return folder


@pytest.mark.program("soffice")
@pytest.mark.parametrize("kind", KINDS)
def test_the_printed_letter_has_the_measures_of_the_standard(kind: str, prints: Path) -> None:
    path = prints / f"{kind}.pdf"
    with pdfplumber.open(path) as pdf:
        first = pdf.pages[0]
        assert (first.width * MM, first.height * MM) == pytest.approx((210, 297), abs=TOLERANCE)
        rules = sorted(red_rules(first), key=lambda rule: rule[1])
        assert len(rules) == 4
        for left, _, right, _ in rules:
            assert (left, right) == pytest.approx((20, 190), abs=TOLERANCE)
        heights = [bottom - top for _, top, _, bottom in rules]
        assert heights[0] > 2 * heights[1]  # 上粗下细
        assert heights[3] > 2 * heights[2]  # 上细下粗
        assert rules[3][3] == pytest.approx(277, abs=TOLERANCE)  # 20 mm above the lower edge
        for page in pdf.pages:
            lines = [line for line in page.extract_text_lines() if line["chars"][0]["size"] == pytest.approx(16, abs=0.1)]
            assert all(line["x0"] * MM >= 28 - TOLERANCE and line["x1"] * MM <= 184 + TOLERANCE for line in lines)
            assert all(line["top"] * MM >= 37 and line["bottom"] * MM <= 262 for line in lines)
        assert "— 1 —" not in first.extract_text()
    top, bottom = red_ink(path)
    assert top == pytest.approx(30, abs=TOLERANCE)  # the mark
    assert rules[0][1] - bottom == pytest.approx(4, abs=TOLERANCE)  # 标志下4 mm


@pytest.mark.program("soffice")
def test_a_full_page_holds_22_lines_of_28_characters(prints: Path) -> None:
    path = prints / "full.pdf"
    with pdfplumber.open(path) as pdf:
        pages = [[line for line in page.extract_text_lines() if line["chars"][0]["size"] > 15] for page in pdf.pages[1:-1]]
        assert max(map(len, pages)) == 22
        for lines in pages:
            pitches = [(two["top"] - one["top"]) * MM for one, two in pairwise(lines)]
            assert all(pitch == pytest.approx(225 / 22, abs=TOLERANCE) for pitch in pitches)
        full = [line for lines in pages for line in lines if line["x0"] * MM < 29 and set(line["text"]) <= set(WORDS)]
        assert {len(line["text"]) for line in full if line["x1"] * MM > 183} == {28}
        numbers = [page.extract_text_lines()[-1] for page in pdf.pages[1:3]]
        assert [number["text"] for number in numbers] == ["— 2 —", "— 3 —"]
        assert numbers[0]["x0"] * MM == pytest.approx(28 + 14 * MM, abs=TOLERANCE)  # 双页居左空一字
        assert numbers[1]["x1"] * MM == pytest.approx(184 - 14 * MM, abs=TOLERANCE)  # 单页居右空一字
    assert dash(path, 1) == pytest.approx(262 + 7, abs=TOLERANCE)


@pytest.mark.program("soffice")
def test_the_printed_signature_is_centred_on_the_date(prints: Path) -> None:
    with pdfplumber.open(prints / "correction.pdf") as pdf:
        lines = {line["text"].replace(" ", ""): line for line in pdf.pages[-1].extract_text_lines()}
    centres = [(lines[text]["x0"] + lines[text]["x1"]) / 2 * MM for text in ("（盖章）", AGENCY, "2026年11月25日")]
    assert max(centres) - min(centres) <= 2 * TOLERANCE
    assert lines["2026年11月25日"]["x1"] * MM == pytest.approx(184 - 4 * 15.75 * MM, abs=TOLERANCE)


def test_quotes_and_places_stand_in_the_letter_as_printed() -> None:
    """A long quote is cut with an ellipsis, never in the middle of the proof."""
    quote = "安全生产事故" * 30
    made = report(
        PackageOutcome.DEFICIENT,
        finding("TJ-6-2c", Outcome.MISSING, evidence=(Evidence(document="d1", page=3, start=0, end=len(quote), quote=quote),)),
    )
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(draft_notice(made, OFFICE).data)).paragraphs)
    assert f"“{quote[:59]}…”" in text


def red_rules(page: pdfplumber.page.Page) -> set[tuple[float, float, float, float]]:
    """The red lines of a page as (left, top, right, bottom) in mm: strokes by their width, shapes by their box."""
    found = set()
    for shape in page.lines:
        half = shape["linewidth"] / 2
        if shape["stroking_color"] == (1.0, 0.0, 0.0):
            found.add((shape["x0"] * MM, (shape["top"] - half) * MM, shape["x1"] * MM, (shape["bottom"] + half) * MM))
    for shape in page.curves + page.rects:
        if shape["non_stroking_color"] == (1.0, 0.0, 0.0):
            found.add((shape["x0"] * MM, shape["top"] * MM, shape["x1"] * MM, shape["bottom"] * MM))
    return {tuple(round(value, 2) for value in rule) for rule in found}  # type: ignore[misc]


def red_ink(path: Path) -> tuple[float, float]:
    """Where the mark's ink begins and ends, in mm from the top edge."""
    image = pypdfium2.PdfDocument(path)[0].render(scale=300 / 72, rev_byteorder=True).to_numpy().astype(int)
    rows = ((image[:, :, 0] > 150) & (image[:, :, 1] < 120)).any(axis=1)
    start = int(rows.argmax())
    return start * 25.4 / 300, (start + int((~rows[start:]).argmax())) * 25.4 / 300


def dash(path: Path, page: int) -> float:
    """The height of the page number's dashes, in mm from the top edge: the one row of ink that is longest."""
    image = pypdfium2.PdfDocument(path)[page].render(scale=300 / 72).to_numpy().astype(int)
    tail = int(262 / 25.4 * 300)
    dark = (image[tail:].sum(axis=2) < 300).sum(axis=1)
    return (tail + int(dark.argmax())) * 25.4 / 300
