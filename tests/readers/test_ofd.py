"""OFD: text in the order of the page with a box a character, tables by their lines, seals as the file states them."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from docproc.model import Content, PageQuality, Role
from docproc.readers import read_bytes
from docproc.readers.ofd import read
from tests.readers.ofd_files import grid, layer, ofd, page, root, seal, text
from tests.readers.word_files import zipped

_POINTS = 72 / 25.4


def lines(content: Content, role: Role | None = None) -> list[str]:
    return ["".join(content.text[slice(*span)] for span in block.spans) for block in content.blocks if role is None or block.role is role]


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


def test_lines_from_the_top_each_from_the_left_pages_by_form_feed() -> None:
    first = page(text("联系人", 100, 50), text("甲公司", 60, 51), text("企业名称", 20, 50), text("申报书", 80, 20, 8))
    content = read(ofd(first, page(text("第二页", 20, 30)), page()))
    assert content.text == "申报书\n企业名称 甲公司 联系人\n\f第二页\f".replace("\n\f", "\f")
    assert [(one.number, round(one.width), round(one.height), one.quality) for one in content.pages] == [
        (1, 595, 842, PageQuality.TEXT), (2, 595, 842, PageQuality.TEXT), (3, 595, 842, PageQuality.BLANK),
    ]  # fmt: skip
    assert [content.text[one.start : one.end] for one in content.pages][1:] == ["第二页", ""]
    assert all(len(one.char_boxes) == 4 * (one.end - one.start) for one in content.pages)
    assert codes(content) == []


def test_boxes_are_points_from_the_pages_top_left() -> None:
    content = read(ofd(page(text("天津", 30, 40, 5, step="7"), area="10 20 100 200")))
    boxes = content.pages[0].char_boxes
    x0, y0, x1, y1 = boxes[:4]
    assert (round(x0 / _POINTS, 2), round(x1 / _POINTS, 2), round(boxes[4] / _POINTS, 2)) == (20, 25, 27)
    assert y0 < 20 * _POINTS < y1 + 0.01
    assert (round(content.pages[0].width / _POINTS), round(content.pages[0].height / _POINTS)) == (100, 200)


@pytest.mark.parametrize(
    ("step", "places"), [("3 4", [0, 3, 7]), ("g 2 3", [0, 3, 6]), ("", [0, 5, 10]), ("x", [0, 5, 10]), ("g 9999 2", [0, 2, 4])]
)
def test_steps(step: str, places: list[float]) -> None:
    boxes = read(ofd(page(text("一二三", 10, 20, 5, step=step), area="10 0 100 100"))).pages[0].char_boxes
    assert [round(boxes[4 * at] / _POINTS, 2) for at in range(3)] == places


def test_one_object_of_several_lines_and_one_set_upright() -> None:
    one = (
        '<ofd:TextObject Boundary="{x} 10 50 30" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="{right}" DeltaY="{down}">{words}</ofd:TextCode>'
    )
    wrapped = one.format(x=10, right="5 -5 5", down="0 8 0", words="抵押担保") + "</ofd:TextObject>"
    column = one.format(x=90, right="0 0 0", down="5 5 5", words="不可拆开") + "</ofd:TextObject>"
    content = read(ofd(page(wrapped, column)))
    assert content.text == "抵押\n担保\n不可拆开"
    assert "不可拆开" in lines(content, Role.PARAGRAPH)


def test_table_by_its_lines() -> None:
    cells = [text(words, x, y) for words, x, y in [("名称", 12, 17), ("甲公司", 42, 17), ("资本", 12, 27), ("100万元", 42, 27)]]
    content = read(ofd(page(text("一、基本情况", 10, 5), grid([10, 40, 90], [10, 20, 30]), *cells)))
    found = {text: (block.cell.row, block.cell.column) for block, text in zip(content.blocks, lines(content), strict=True) if block.cell}
    assert found == {"名称": (0, 0), "甲公司": (0, 1), "资本": (1, 0), "100万元": (1, 1)}


def test_template_is_part_of_the_page() -> None:
    template = root("Page", layer(text("发票号码：", 10, 20)))
    content = read(ofd(page(text("123", 40, 20), template='<ofd:Template TemplateID="7"/>'), Tpls__7=template, **{"Tpls__7.xml": template}))
    assert content.text == "发票号码： 123"


def test_text_turned_by_quarters_and_askew() -> None:
    turned = "".join(text(words, 100 - 10 * at, 20, more='CTM="0 1 -1 0 0 0"') for at, words in enumerate(["第一行的文字", "第二行的文字"]))
    content = read(ofd(page(turned)))
    assert content.text == "第一行的文字\n第二行的文字"
    assert content.pages[0].char_boxes[0] == content.pages[0].char_boxes[4]  # the characters stand one below the other
    content = read(
        ofd(
            page(
                text("正文的文字很多", 10, 20),
                text("侧边", 100, 50, more='CTM="0 1 -1 0 0 0"'),
                text("样张", 50, 90, more='CTM="0.7 0.7 -0.7 0.7 0 0"'),
            )
        )
    )
    assert lines(content, Role.PARAGRAPH) == ["正文的文字很多", "侧边"]
    assert lines(content, Role.WATERMARK) == ["样张"]


def test_seal_and_signature_as_the_file_states_them() -> None:
    stamp = '<ofd:StampAnnot ID="1" PageRef="101" Boundary="100 200 40 40"/><ofd:StampAnnot PageRef="999" Boundary="0 0 1 1"/>'
    signature = root(
        "Signature", f"<ofd:SignedInfo>{stamp}<ofd:Seal><ofd:BaseLoc>/Doc_0/Signs/seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
    )
    other = root(
        "Signature", '<ofd:SignedInfo><ofd:Provider ProviderName="某厂商"/></ofd:SignedInfo><ofd:SignedValue>none.dat</ofd:SignedValue>'
    )
    listed = root(
        "Signatures", '<ofd:Signature BaseLoc="1.xml"/><ofd:Signature BaseLoc="/Doc_0/Signs/2.xml"/><ofd:Signature BaseLoc="3.xml"/>'
    )
    parts = {"Signatures.xml": listed, "1.xml": signature, "2.xml": other, "seal.esl": seal("天津某公司公章")}
    body = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    pages = [page(text("甲", 10, 10)), page(text("乙", 10, 10))]
    data = ofd(*pages, body=body, **{f"Signs__{name}": content for name, content in parts.items()})
    content = read(data)
    assert [(one.page, one.text, tuple(round(value / _POINTS) for value in one.box)) for one in content.seals] == [
        (2, "天津某公司公章", (100, 200, 140, 240))
    ]
    assert [(one.signer, one.page) for one in content.signatures] == [("天津某公司公章", 2), ("某厂商", None), ("（未写明签名人）", None)]


def test_what_is_not_read_is_said() -> None:
    attached = root("Attachments", '<ofd:Attachment Name="a"/><ofd:Attachment Name="b" Visible="false"/>')
    hidden = text("看不见", 10, 60, more='Visible="false"')
    data = ofd(page(text("正文正文", 10, 20), hidden, "<ofd:CompositeObject/>"), None, page('<ofd:ImageObject Boundary="0 0 210 297"/>'),
        document="<ofd:Attachments>Attachs.xml</ofd:Attachments>", **{"Attachs.xml": attached})  # fmt: skip
    content = read(data)
    assert content.text.startswith("正文正文\f")
    assert [(loss.code, loss.pages) for loss in content.losses] == [
        ("unread_page", (3,)), ("damaged", (2,)), ("hidden_text", ()), ("picture", ()), ("embedded", ()),
    ]  # fmt: skip
    assert [problem.code for problem in content.problems] == ["damaged"]
    assert codes(read(ofd(page()))) == ["unread_page"]


def test_pictures_beside_text() -> None:
    images = ["20 50 30 20", "20 80 40 40", "20 130 20 20", "20 160 120 60"]
    drawn = "".join(f'<ofd:ImageObject Boundary="{place}"/>' for place in images)
    content = read(ofd(page(text("正文的文字不少了，共有十二个以上", 10, 20), drawn)))
    assert [(loss.code, loss.count, loss.pages) for loss in content.losses] == [("picture", 1, (1,))]


def test_annotations_and_outline() -> None:
    def annotation(kind: str, place: str, words: str) -> str:
        appearance = f'<ofd:Appearance Boundary="{place}">{text(words, 0, 10)}</ofd:Appearance>'
        return f'<ofd:Annot Type="{kind}">{appearance}</ofd:Annot>'

    note = root("PageAnnot", annotation("Stamp", "50 100 60 20", "批注") + annotation("Watermark", "0 0 60 20", "内部资料"))
    listed = root("Annotations", '<ofd:Page PageID="100"><ofd:FileLoc>Annots/0.xml</ofd:FileLoc></ofd:Page>')
    goto = '<ofd:Actions><ofd:Action><ofd:Goto><ofd:Dest PageID="100"/></ofd:Goto></ofd:Action></ofd:Actions>'
    outline = f'<ofd:Outlines><ofd:OutlineElem Title="一">{goto}</ofd:OutlineElem></ofd:Outlines>'
    parts = {"Annotations.xml": listed, "Annots__0.xml": note}
    data = ofd(page(text("正文", 10, 20)), document=f"<ofd:Annotations>Annotations.xml</ofd:Annotations>{outline}", **parts)
    content = read(data)
    assert content.text == "正文\n批注\n内部资料"
    assert lines(content, Role.WATERMARK) == ["内部资料"]
    assert [(entry.title, entry.page) for entry in content.outline] == [("一", 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"OFD.xml": "<x/>"}), "damaged"),
        (zipped({"OFD.xml": "<x>"}), "damaged"),
        (ofd(), "damaged"),
        (ofd(page(text("密", 1, 1)), body="<ofd:Encryptions>e.xml</ofd:Encryptions>"), "encrypted"),
    ],
)
def test_unreadable_files(data: bytes, code: str) -> None:
    assert codes(read_bytes("a.ofd", data)) == [code]


def test_mutated_files_never_raise() -> None:
    chance = random.Random(5)
    whole = ofd(page(text("正文的文字", 10, 20), grid([10, 40, 90], [10, 20, 30])), page(text("乙", 10, 20)))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(200):
        name = chance.choice(sorted(files))
        data = bytearray(files[name])
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(b'0123456789. -"<>/gML')
        content = read_bytes("a.ofd", zipped({**files, name: bytes(data)}))
        assert content.text or content.losses
        assert all(len(one.char_boxes) == 4 * (one.end - one.start) for one in content.pages if one.end > one.start)
