"""Tables of a PDF: ruled ones with merged cells, and columns without rules; prose and spaced titles are left alone."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Content, Role
from docproc.readers.pdf import read
from docproc.readers.pdf_tables import grids
from tests.readers.drawing import A4, grid, lines, pdf, put, sheet


def cells(content: Content) -> dict[tuple[int, int, int], str]:
    """Text of the cells by table, row and column."""
    return {
        (block.cell.table, block.cell.row, block.cell.column): "\n".join(content.text[span.start : span.end] for span in block.spans)
        for block in content.blocks
        if block.cell is not None
    }


def paragraphs(content: Content) -> list[str]:
    return [
        "\n".join(content.text[span.start : span.end] for span in block.spans)
        for block in content.blocks
        if block.role in {Role.PARAGRAPH, Role.HEADING}
    ]


def form(canvas: Canvas) -> None:
    put(canvas, 72, 80, "一、基本信息")
    grid(canvas, [72, 180, 520], [90, 115, 140, 185])
    put(canvas, 80, 107, "企业名称")
    put(canvas, 190, 107, "天津铸远数控机床有限公司")
    put(canvas, 80, 132, "备注")
    put(canvas, 80, 160, "住所")
    put(canvas, 190, 157, "天津市津南区双港镇丽港园")
    put(canvas, 190, 175, "28号")
    put(canvas, 72, 210, "表后文字。")


def test_a_ruled_table_gives_cells_in_reading_order_and_an_empty_one_too() -> None:
    content = read(pdf(form))
    assert cells(content) == {
        (0, 0, 0): "企业名称",
        (0, 0, 1): "天津铸远数控机床有限公司",
        (0, 1, 0): "备注",
        (0, 1, 1): "",
        (0, 2, 0): "住所",
        (0, 2, 1): "天津市津南区双港镇丽港园\n28号",
    }
    assert [block.role for block in content.blocks] == [Role.HEADING, *[Role.CELL] * 6, Role.PARAGRAPH]


def test_merged_cells_are_one_block_with_spans() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [72, 520], [90, 170])
        for x, first, last in ((120, 90, 170), (300, 90, 130)):
            canvas.line(x, A4[1] - first, x, A4[1] - last)
        for top in (110, 130, 150):
            canvas.line(120, A4[1] - top, 520, A4[1] - top)
        put(canvas, 80, 120, "经营")
        put(canvas, 80, 140, "状况")
        for row, (left, right) in enumerate((("指标", "2025年"), ("营业收入", "12,066.58"))):
            put(canvas, 125, 105 + 20 * row, left)
            put(canvas, 310, 105 + 20 * row, right)
        put(canvas, 125, 145, "跨列的说明")
        put(canvas, 125, 165, "又一行说明")

    content = read(pdf(draw))
    places = {
        "".join(content.text[span.start : span.end] for span in block.spans): (
            block.cell.row,
            block.cell.column,
            block.cell.row_span,
            block.cell.column_span,
        )
        for block in content.blocks
        if block.cell is not None
    }
    assert places == {
        "经营状况": (0, 0, 4, 1),
        "指标": (0, 1, 1, 1),
        "2025年": (0, 2, 1, 1),
        "营业收入": (1, 1, 1, 1),
        "12,066.58": (1, 2, 1, 1),
        "跨列的说明": (2, 1, 1, 2),
        "又一行说明": (3, 1, 1, 2),
    }


def test_rules_drawn_as_thin_fills_inside_a_form_object_count_and_backgrounds_do_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("table")
        canvas.setFillGray(0.9)
        canvas.rect(0, 50, 300, 25, stroke=0, fill=1)
        canvas.setFillGray(0)
        for y in (0, 25, 50, 75):
            canvas.rect(0, y, 300, 0.6, stroke=0, fill=1)
        for x in (0, 100, 300):
            canvas.rect(x, 0, 0.6, 75, stroke=0, fill=1)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(72, 600)
        canvas.doForm("table")
        canvas.restoreState()
        for row, (left, right) in enumerate((("项目", "金额"), ("营业收入", "100.00"), ("净利润", "20.00"))):
            put(canvas, 80, 842 - 600 - 75 + 17 + 25 * row, left)
            put(canvas, 180, 842 - 600 - 75 + 17 + 25 * row, right)

    assert cells(read(pdf(draw)))[0, 2, 1] == "20.00"


def test_a_table_open_at_its_sides_is_a_table() -> None:
    level = [(72.0, y, 500.0, y) for y in (100.0, 120.0, 140.0)]
    (found,) = grids([*level, (250.0, 100.0, 250.0, 140.0)])
    assert [(cell.row, cell.column) for cell in found.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_frames_underlines_and_crosses_are_no_tables() -> None:
    frame = [(50.0, 50.0, 500.0, 50.0), (50.0, 800.0, 500.0, 800.0), (50.0, 50.0, 50.0, 800.0), (500.0, 50.0, 500.0, 800.0)]
    assert grids(frame) == ()
    assert grids([(100.0, y, 400.0, y) for y in (100.0, 130.0, 160.0)]) == ()
    assert grids([]) == ()


def test_a_licence_has_its_labels_and_whole_values_as_cells() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 240, 100, "营　业　执　照", 28)
        rows = (
            ("名　　称", "天津铸远数控机床有限公司", "注册资本", "叁仟陆佰万元整"),
            ("类　　型", "有限责任公司", "成立日期", "2007年10月15日"),
            ("法定代表人", "王立新", "营业期限", "长期"),
            ("经营范围", "一般项目：五轴联动加工中心、", "住　　所", "天津市津南区双港镇"),
        )
        for number, row in enumerate(rows):
            for x, text in zip((60, 140, 350, 430), row, strict=True):
                put(canvas, x, 200 + 24 * number, text)
        put(canvas, 140, 288, "龙门镗铣床的制造、销售。")
        put(canvas, 430, 288, "丽港园28号")

    found = cells(read(pdf(draw)))
    assert [found[0, row, 0] for row in range(4)] == ["名　　称", "类　　型", "法定代表人", "经营范围"]
    assert found[0, 0, 3] == "叁仟陆佰万元整"
    assert found[0, 3, 1] == "一般项目：五轴联动加工中心、\n龙门镗铣床的制造、销售。"
    assert found[0, 3, 3] == "天津市津南区双港镇\n丽港园28号"


def test_a_statement_without_rules_has_cells() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 230, 80, "利 润 表", 18)
        for number, row in enumerate(
            (
                ("项目", "本期金额", "上期金额"),
                ("一、营业收入", "120,665,800.00", "111,200,500.00"),
                ("二、净利润", "5,714,550.00", "7,226,275.00"),
            )
        ):
            for x, text in zip((72, 280, 420), row, strict=True):
                put(canvas, x, 120 + 22 * number, text)
        put(canvas, 72, 200, "法定代表人：王立新")

    content = read(pdf(draw))
    assert cells(content)[0, 1, 2] == "111,200,500.00"
    assert cells(content)[0, 2, 0] == "二、净利润"
    assert paragraphs(content) == ["利 润 表", "法定代表人：王立新"]


def test_prose_lists_and_spaced_titles_are_not_cut() -> None:
    content = read(
        pdf(
            lines(
                "审　计　报　告",
                "我们审计了后附的财务报表，包括资产负债表、利润表和现金流量表。",
                "一、　管理层对财务报表的责任说明文字",
                "二、　注册会计师对财务报表的责任说明",
                "日期：　　年　　月　　日",
            )
        )
    )
    assert cells(content) == {}


def test_a_code_below_its_label_is_not_parted_from_it_by_what_stands_beside() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 60, "统一社会信用代码")
        put(canvas, 420, 60, "编号：70380679")
        put(canvas, 60, 78, "91110114MA57186836")
        put(canvas, 60, 300, "正文从这里开始，与上面的内容没有关系。")

    found = paragraphs(read(pdf(draw)))
    assert found[0] == "编号：70380679"
    assert "".join(found[1:3]).replace("\n", "").startswith("统一社会信用代码91110114MA57186836")


def test_a_drawing_with_text_in_one_place_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [72, 200, 400], [90, 300, 500])
        put(canvas, 80, 120, "图一　产线布置")
        canvas.drawImage(ImageReader(sheet()), 220, 500, 60, 60)

    assert cells(read(pdf(draw))) == {}


def test_thousands_of_lines_do_not_hang() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4)
    for step in range(1500):
        canvas.line(10, 10 + step * 0.5, 580, 10 + step * 0.5)
        canvas.line(10 + step * 0.35, 10, 10 + step * 0.35, 800)
    canvas.save()
    assert read(data.getvalue()).format == "pdf"


def test_a_table_that_goes_on_overleaf_keeps_its_last_row() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (700, 730, 760):
            canvas.line(72, A4[1] - top, 500, A4[1] - top)
        for x in (72, 200, 500):
            canvas.line(x, A4[1] - 700, x, A4[1] - 790)
        for row, (left, right) in enumerate((("项目", "金额"), ("营业收入", "100.00"), ("净利润", "20.00"))):
            put(canvas, 80, 720 + 30 * row, left)
            put(canvas, 210, 720 + 30 * row, right)

    assert cells(read(pdf(draw)))[0, 2, 1] == "20.00"


def test_a_line_that_sticks_out_alone_adds_no_side() -> None:
    level = [(72.0, y, 500.0, y) for y in (100.0, 120.0)]
    upright = [(x, 100.0, x, 140.0) for x in (72.0, 250.0, 500.0)]
    (found,) = grids([*level, (40.0, 140.0, 500.0, 140.0), *upright])
    assert [(cell.row, cell.column) for cell in found.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_words_where_no_rectangle_closes_are_kept_apart_from_what_follows() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 80, "一、基本信息")
        grid(canvas, [72, 200, 360, 520], [100, 130])
        for line in ((72, 160, 360, 160), (72, 190, 520, 190), (72, 130, 72, 190), (200, 130, 200, 190), (520, 130, 520, 190)):
            canvas.line(line[0], A4[1] - line[1], line[2], A4[1] - line[3])
        canvas.line(360, A4[1] - 130, 360, A4[1] - 160)  # the last cell of two rows reaches under its neighbour: an L
        for x, top, text in ((80, 120, "甲"), (210, 120, "乙"), (370, 120, "丙"), (80, 150, "丁"), (210, 150, "戊"), (80, 180, "己")):
            put(canvas, x, top, text)
        put(canvas, 370, 180, "曲尺形格内的文字")
        put(canvas, 72, 205, "表后的文字另成一段。")

    content = read(pdf(draw))
    assert list(cells(content).values()) == ["甲", "乙", "丙", "丁", "戊", "己"]
    assert paragraphs(content) == ["一、基本信息", "曲尺形格内的文字", "表后的文字另成一段。"]


def test_a_mesh_too_dense_with_its_missing_sides_is_a_drawing() -> None:
    assert grids([*[(0.0, 3.5 * step, 500.0, 3.5 * step) for step in range(4000)], (250.0, 0.0, 250.0, 14000.0)]) == ()
    assert len(grids([*[(0.0, 3.5 * step, 500.0, 3.5 * step) for step in range(40)], (250.0, 0.0, 250.0, 136.5)])[0].cells) == 78


def test_a_table_among_hundreds_of_tick_boxes_is_found() -> None:
    boxes = [(30.0 + 9 * column, 300.0 + 13 * row) for row in range(38) for column in range(4)]
    ticks = [line for x, y in boxes for line in ((x, y, x + 5, y), (x, y + 5, x + 5, y + 5), (x, y, x, y + 5), (x + 5, y, x + 5, y + 5))]
    table = [*[(72.0, y, 500.0, y) for y in (100.0, 120.0, 140.0)], *[(x, 100.0, x, 140.0) for x in (72.0, 250.0, 500.0)]]
    assert [len(found.cells) for found in grids([*ticks, *table])] == [4]
