"""What several applicants share is pointed at; what anybody may write, or one applicant hands in twice, is not."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docproc.batch.alike import likenesses
from docproc.batch.record import Record
from docproc.batch.run import run
from docproc.batch.traits import figures_in, traits_of
from docproc.ledger.similar import Likeness
from docproc.library import load_yaml, shelf
from docproc.model import Content, Page, PageQuality, SourceFile, SourcePackage
from docproc.readers.look import look_of
from docproc.review import review_of
from docproc.shingles import shingles
from tests.batch.inboxes import DAY, SETTINGS, form
from tests.batch.test_run import Seen
from tests.ledger.test_ledger import row

OWN = (
    "建设后，工装改成零点定位，工件扫码后数控切割机自动调用程序和参数，首件由在线量具检验，合格后自动放行，换型时间由一百二十分钟缩短到十八分钟，"
    "一次交检合格率提高到百分之九十九点三。"
)
OTHER = (
    "公司在涂装车间布设了三十六个温湿度传感器，喷涂机器人按照环境数据自动修正流量和轨迹，漆膜厚度的离散度降低了四成，每年少用油漆十一吨，"
    "返工由每月二十件减到三件。"
)
COMMON = tuple(text for texts in load_yaml(shelf("templates") / "common.yaml").values() for text in texts)


def record(number: int, *texts: str, tables: tuple[tuple[str, ...], ...] = (), pages: tuple[str, ...] = (), code: str = "") -> Record:
    traits = {
        "texts": [[f"申报书.docx第{place}页", text[:20], len(text), shingles(text)] for place, text in enumerate(texts, start=1)],
        "tables": [["财务报表.pdf第2页", "营业收入", list(figures)] for figures in tables],
        "pages": [[f"扫描.pdf第{place}页", look, []] for place, look in enumerate(pages, start=1)],
    }
    return Record("key", 1, row(number, code=code or f"9112011200001{number:04d}X"), traits)


def found(*records: Record) -> list[Likeness]:
    return likenesses(records)


def test_a_shared_paragraph_is_pointed_at_with_both_places() -> None:
    (likeness,) = found(record(1, OTHER, OWN), record(2, OWN))
    assert (likeness.what, likeness.one.package, likeness.other.package) == ("文字", "甲1.zip", "甲2.zip")
    assert (likeness.one.place, likeness.other.place, likeness.count) == ("申报书.docx第2页", "申报书.docx第1页", 1)


def test_a_few_changed_words_do_not_hide_it() -> None:
    assert found(record(1, OWN), record(2, OWN.replace("数控切割机", "激光加工中心").replace("百分之九十九点三", "百分之九十八")))


def test_own_words_of_each_are_nothing() -> None:
    assert found(record(1, OWN), record(2, OTHER)) == []


def test_one_applicant_may_hand_in_twice() -> None:
    assert found(record(1, OWN, code="甲"), record(2, OWN, code="甲")) == []


@pytest.mark.parametrize("text", COMMON)
def test_common_phrases_are_nothing(text: str) -> None:
    assert found(record(1, text), record(2, text)) == []


def test_the_regulation_quoted_is_nothing() -> None:
    regulation = load_yaml(shelf("checklists") / "regulations" / "tianjin-2025.yaml")
    texts = [paragraph["text"] for article in regulation["articles"] for paragraph in article["paragraphs"] if len(paragraph["text"]) > 60]
    assert texts
    assert found(record(1, *texts), record(2, *texts)) == []


def test_what_most_applicants_have_is_a_form() -> None:
    assert found(*(record(number, OWN) for number in range(10))) == []
    pair = found(*(record(number, OWN if number < 2 else OTHER[number:] * (number == 5)) for number in range(10)))
    assert [(likeness.one.package, likeness.other.package) for likeness in pair] == [("甲0.zip", "甲1.zip")]


def test_a_paragraph_that_carries_common_words_and_own_ones() -> None:
    """The common part is subtracted, and what is left must be most of the paragraph."""
    assert found(record(1, COMMON[0] + OWN[:20]), record(2, COMMON[0] + OTHER[:20])) == []


def test_shared_tables() -> None:
    figures = ("12066.58", "13334.56", "13886.06", "4511", "897.33", "2756.9", "331.07")
    (likeness,) = found(record(1, tables=(figures,)), record(2, tables=((*figures[:-1], "5555.1"),)))
    assert (likeness.what, likeness.one.place) == ("表格", "财务报表.pdf第2页")
    assert found(record(1, tables=(figures,)), record(2, tables=(tuple(f"{figure}9" for figure in figures),))) == []


def test_years_and_round_numbers_are_no_figures() -> None:
    assert list(figures_in("2023年营业收入12,066.58万元，共3项，100%，5000万元")) == ["12066.58"]


def test_shingles_do_not_depend_on_what_stands_round_them() -> None:
    assert set(shingles(OWN)) <= set(shingles(OTHER + OWN + OTHER))
    assert shingles("短") == []


def picture(seed: int, *, quality: int = 95, grey: int = 0) -> np.ndarray:
    """A page of random strokes, as a scan program would save it."""
    rng = np.random.default_rng(seed)
    page = Image.new("RGB", (827, 1169), "white")
    draw = ImageDraw.Draw(page)
    for x, y in rng.integers((60, 60), (760, 1100), size=(700, 2)):
        draw.rectangle((int(x), int(y), int(x) + 14, int(y) + 4), fill=(grey, grey, grey))
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"), dtype=np.uint8)


def test_the_same_scan_is_known_after_another_compression() -> None:
    (likeness,) = found(record(1, pages=(look_of(picture(1)),)), record(2, pages=(look_of(picture(2)), look_of(picture(1, quality=40)))))
    assert (likeness.what, likeness.other.place) == ("扫描页", "扫描.pdf第2页")


def scanned(number: int, look: str) -> Record:
    """The record of a package with one page that is a picture, its traits taken as a worker takes them."""
    text = OWN if number < 2 else OTHER
    content = Content("pdf", text=text, pages=(Page(1, 0, len(text), 595.0, 842.0, PageQuality.RECOGNISED, look=look),))
    package = SourcePackage("", "", "", (SourceFile("扫描.pdf", "", content),))
    traits = traits_of(review_of(package, "tianjin-advanced", DAY))
    return Record("key", 1, row(number, code=f"9112011200001{number:04d}X"), {"pages": traits["pages"]})


def test_pages_are_compared_by_look_and_words() -> None:
    one, other = look_of(picture(1)), look_of(picture(1, quality=40))
    assert [likeness.what for likeness in found(scanned(0, one), scanned(1, other))] == ["扫描页"]
    assert found(scanned(0, one), scanned(2, one)) == [], "the same form, other words"


def test_different_scans_are_nothing() -> None:
    looks = [look_of(picture(seed)) for seed in range(6)]
    assert all(looks)
    assert all(one != other for one, other in pairwise(looks))
    assert found(*(record(number, pages=(look,)) for number, look in enumerate(looks))) == []


def test_a_page_with_next_to_nothing_on_it_has_no_look() -> None:
    assert look_of(np.full((1169, 827, 3), 255, np.uint8)) == ""


def test_the_ledger_shows_it_and_no_finding_does(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(2):
        (inbox / f"{number}.txt").write_text(form(number) + OWN + "\n" + COMMON[0] + "\n", encoding="utf-8")
    (inbox / "2.txt").write_text(form(2) + OTHER + "\n" + COMMON[0] + "\n", encoding="utf-8")
    run(inbox, tmp_path / "out", SETTINGS, jobs=0, watch=Seen())
    ledger = json.loads((tmp_path / "out" / "ledger.json").read_text(encoding="utf-8"))
    assert [(pair["one"]["package"], pair["other"]["package"]) for pair in ledger["similar"]["pairs"]] == [("0.txt", "1.txt")]
    assert "不构成对任何单位的认定" in ledger["similar"]["note"]
    for number in range(2):
        report = (tmp_path / "out" / str(number) / "report.json").read_text(encoding="utf-8")
        assert "相似" not in report
        assert "相同或几乎相同" not in report
