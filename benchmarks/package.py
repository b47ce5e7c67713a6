"""Makes a text package of a given number of pages: a long form with prose and ruled tables, as PDF, and the usual papers beside it."""

from __future__ import annotations

from pathlib import Path

PROSE = (
    "公司建立智能工厂统筹规划、建设和运营的组织机制，设立智能制造办公室，配备专业人才{n}人。第{n}条产线完成数字化改造，关键工序数控化率达到{p}%。",
    "制造执行系统记录每件产品的工序、设备与操作者，客诉发生时可回溯到原料批次，追溯时间由{n}小时缩短到五分钟以内。",
    "公司近三年经营和财务状况良好，{y}年实现营业收入{n},{p}8.00万元，职工人数{n}人，未发生较大及以上安全、环保等事故。",
    "生产网与办公网隔离，部署工业防火墙和日志审计，核心数据异地备份，网络安全和数据安全风险可控，全年演练{p}次。",
    "供应商准入时须查询其是否被列入失信被执行人名单，{y}年已有{p}家运输承包商因受到行政处罚被终止合作。",
)
HEAD = "天津市先进级智能工厂申报书"


FIRM = "天津恒岭机床有限公司"


def build(folder: Path, pages: int = 120, firm: str = FIRM, seed: int = 0) -> Path:
    """A folder with one form of `pages` pages and a licence; needs reportlab. `firm` and `seed` make packages of different applicants."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    folder.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(folder / "先进级智能工厂申报书.pdf"), pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("STSong-Light", 12)
        y = 780
        lines = [HEAD, f"申报单位：{firm}", "申报级别：☑先进级"] if page == 1 else [f"第{page}节 建设内容"]
        for row in range(8):
            text = PROSE[(page + row) % len(PROSE)].format(n=page + row + 7 * seed, p=10 + (page * row + seed) % 80, y=2023 + row % 3)
            lines += [text[start : start + 36] for start in range(0, len(text), 36)]
        for line in lines:
            canvas.drawString(70, y, line)
            y -= 20
        for row, cells in enumerate(
            (
                ("指标（万元）", "2023年", "2024年", "2025年"),
                ("营业收入", f"{12 + seed},066.58", f"{13 + seed},334.56", f"{14 + seed},886.06"),
            )
        ):
            for column, cell in enumerate(cells):
                canvas.rect(70 + column * 110, y - 8 - row * 24, 110, 24)
                canvas.drawString(76 + column * 110, y - row * 24, cell)
        canvas.drawCentredString(297, 30, f"- {page} -")
        canvas.showPage()
    canvas.save()
    (folder / "营业执照.txt").write_text(f"营业执照\n名称：{firm}\n住所：天津市津南区双港镇示例路1号\n", encoding="utf-8")
    return folder
