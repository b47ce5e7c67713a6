"""What a document is: by its title, its words, last by its name; the parts of a bound file; years and dates."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docproc.materials import identify
from docproc.model import Block, Content, DateRole, Document, Kind, OutlineEntry, Page, Role, SourceFile, Span
from docproc.recognise import title_kind
from tests.material_files import pdf, word

TITLES: dict[str | None, list[str]] = yaml.safe_load((Path(__file__).parent / "data" / "titles.yaml").read_text(encoding="utf-8"))

COVER = "北京市智能工厂认定申请书\n（先进级）\n申报单位（盖章）： 某某机械有限公司\n申 报 日 期： 二〇二六年十月十七日\n二〇二六年"
FORM_TABLE = (
    "一、企业基本信息表\n企业名称 某某机械有限公司\n成立日期 2006年8月3日\n主导产品 减速器\n"
    "申报级别 先进级\n建设起止时间 2020年7月至2025年10月"
)
LICENCE = (
    "营 业 执 照\n（副 本）\n统一社会信用代码\n名 称 某某机械有限公司\n成 立 日 期 2006年08月03日\n"
    "营 业 期 限 2006年08月03日 至 2036年08月02日\n住 所 某市某区某路1号\n经 营 范 围 机械制造\n登记机关\n2021年01月02日"
)
AUDIT = (
    "审 计 报 告\n立审字〔{number}〕第2661号\n某某机械有限公司全体股东：\n一、审计意见\n我们审计了某某机械有限公司{year}年度财务报表。\n"
    "某某会计师事务所 中国注册会计师：张某\n{number}年3月18日"
)
BALANCE = "资 产 负 债 表\n编制单位：某某机械有限公司 {year}年12月31日 单位：元\n项目 期末余额 期初余额\n货币资金 1.00 2.00"
SELF = (
    "智能制造能力成熟度自诊断报告\n企业名称 某某机械有限公司\n诊断类型 自诊断（自评估） 完成时间 2026-03-10\n综合得分 2.23 成熟度等级 二级"
)
CREDIT = "企业信用信息公示报告\n企业名称：某某机械有限公司\n报告生成时间：2026年10月13日\n列入经营异常名录信息\n暂无列入经营异常名录信息"
SAFETY = "证 明\n兹证明，某某机械有限公司近三年未发生较大及以上生产安全事故。\n特此证明。\n某市某区应急管理局\n2026年10月11日"
PLEDGE = "申报材料真实性承诺书\n我单位郑重承诺：申报材料真实、准确、完整。\n承诺单位（盖章）：某某机械有限公司\n2026年10月28日"
LETTER = "某市某区经济和信息化局\n关于推荐申报先进级智能工厂的函\n经初审，现予以推荐。\n某市某区经济和信息化局\n2026年11月15日"
FILING = (
    "某市基础级智能工厂备案表\n企业名称 某某机械有限公司 备案编号 001\n工厂名称 某厂 备案日期 2025-08-17\n"
    "准予备案。\n备案机关：某市某区经济和信息化局"
)
CATALOGUE = "目 录\n1. 申报书\n2. 营业执照\n3. 2023年审计报告\n4. 2024年审计报告\n5. 成熟度评估报告\n6. 承诺书\n7. 推荐函\n8. 备案材料"


def only(file: SourceFile) -> Document:
    (document,) = identify([file]).documents
    return document


def parts(file: SourceFile) -> list[tuple[str, tuple[int, int] | None]]:
    return [(document.kind.value, document.page_range) for document in identify([file]).documents]


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles])
def test_titles(kind: str | None, title: str) -> None:
    found = title_kind(title)
    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (COVER + "\n" + FORM_TABLE, Kind.FORM),
        (LICENCE, Kind.LICENCE),
        (AUDIT.format(year=2023, number=2024), Kind.AUDIT),
        (SELF, Kind.MATURITY),
        (CREDIT, Kind.CREDIT),
        (SAFETY, Kind.SAFETY),
        (PLEDGE, Kind.COMMITMENT),
        (LETTER, Kind.RECOMMENDATION),
        (FILING, Kind.FILING),
        ("发明专利证书\n专利号：ZL2021\n专利权人：某某机械有限公司", Kind.PATENT),
        ("冲压车间全景\n焊接机器人", Kind.ANNEX),
    ],
)
def test_the_content_tells_the_kind_whatever_the_file_is_called(text: str, kind: Kind) -> None:
    assert only(pdf("IMG_0012.pdf", text)).kind is kind
    assert only(word("扫描件0003.docx", text)).kind is kind


def test_traditional_characters_are_read_alike() -> None:
    assert only(pdf("a.pdf", "審 計 報 告\n某某機械有限公司全體股東：\n我們審計了2023年度財務報表。")).kind is Kind.AUDIT


def test_the_name_decides_only_where_nothing_can_be_read() -> None:
    assert only(pdf("附件/2、营业执照.pdf", "")).kind is Kind.LICENCE
    assert only(pdf("3.财务/IMG_01.pdf", "")).kind is Kind.AUDIT
    assert only(pdf("审计报告2024.pdf", "")).year == 2024
    assert only(pdf("IMG_0012.pdf", "")).kind is Kind.UNKNOWN
    assert only(pdf("营业执照.pdf", PLEDGE)).kind is Kind.COMMITMENT


OTHER_PAPERS = [
    (
        "附件1-营业执照.pdf",
        "食品生产许可证\n生产者名称：某某食品有限公司\n社会信用代码：91110115MA09588721\n法定代表人：张某\n住所：某市某区某路8号",
    ),
    ("附件1-营业执照.pdf", "开户许可证\n核准号：J1000123456701\n经审核，某某机械有限公司符合开户条件，准予开立基本存款账户。"),
    ("附件1-营业执照.pdf", "辐射安全许可证\n单位名称 某某机械有限公司\n法定代表人 张某\n有效期至 2029年6月30日"),
    (
        "附件2-审计报告2024.pdf",
        "审计业务约定书\n甲方：某某机械有限公司\n乙方：某某会计师事务所\n兹由甲方委托乙方对2024年度财务报表进行审计。",
    ),
    ("附件2-审计报告2024.pdf", "设备采购合同\n甲方：某某机械有限公司\n乙方：某某装备有限公司\n合同总价120万元。"),
    ("附件4-信用报告.pdf", "存款证明书\n编号：CK2026\n兹证明某某机械有限公司在我行存款余额为人民币伍佰万元整。\n某银行某支行"),
    ("附件4-信用报告.pdf", "授信额度通知书\n某某机械有限公司：我行同意给予贵公司综合授信额度。\n某银行某支行"),
    (
        "附件3-评估报告.pdf",
        "企业两化融合发展水平评估报告\n企业名称：某某机械有限公司\n评估方式：自评估\n综合得分68.35分，处于集成提升阶段。",
    ),
    ("附件3-成熟度证书.pdf", "数据管理能力成熟度评估证书\n某某机械有限公司符合GB/T 36073—2018《数据管理能力成熟度评估模型》三级要求。"),
    ("附件3.pdf", "软件能力成熟度集成模型（CMMI）三级证书\n某某机械有限公司"),
    ("附件6-承诺书.pdf", "保密承诺书\n我公司承诺不泄露国家秘密和他人商业秘密。\n承诺单位（盖章）：某某机械有限公司"),
    ("附件6-承诺书.pdf", "廉洁承诺书\n我公司承诺不向工作人员赠送礼品礼金。\n承诺单位（盖章）：某某机械有限公司"),
    ("附件8-备案文件.pdf", "工业和信息化固定资产投资项目\n备案证明\n项目单位：某某机械有限公司\n该项目已予备案。"),
]


@pytest.mark.parametrize(("name", "text"), OTHER_PAPERS)
def test_a_title_that_says_it_is_another_paper_goes_before_the_files_name(name: str, text: str) -> None:
    assert only(pdf(name, text)).kind is Kind.ANNEX
    assert only(word(name.replace(".pdf", ".docx"), text)).kind is Kind.ANNEX


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("保密及真实性承诺书\n我公司承诺所提交的申报材料真实、准确，并保守秘密。", Kind.COMMITMENT),
        ("数字化车间智能制造能力成熟度评估报告\n依据GB/T 39117开展。", Kind.MATURITY),
        ("企业信用状况一览表\n某某机械有限公司\n失信被执行人 无", Kind.CREDIT),
        ("关于2024年度财务报表的审计报告\n某某机械有限公司全体股东：", Kind.AUDIT),
    ],
)
def test_a_title_of_more_than_one_matter_stays_what_it_is(text: str, kind: Kind) -> None:
    assert only(pdf(f"{ {Kind.CREDIT: '信用情况'}.get(kind, '附件') }.pdf", text)).kind is kind


def test_a_paper_of_another_matter_is_none_of_the_kind_in_a_bound_file_either() -> None:
    other = "数据管理能力成熟度评估证书\n某某机械有限公司符合GB/T 36073—2018《数据管理能力成熟度评估模型》三级要求。"
    kinds = [kind for kind, _ in parts(pdf("a.pdf", COVER, LICENCE, other, PLEDGE))]
    assert Kind.MATURITY.value not in kinds
    assert Kind.COMMITMENT.value in kinds


def test_a_broken_title_that_speaks_of_the_kind_is_no_other_papers() -> None:
    letter = "某市某区经济和信息化局\n关于推荐北京某某零部件有限责任公司密云分公司\n申报先进级智能工厂的报告\n〔2026〕40号\n请予审核。"
    assert only(pdf("推荐函.pdf", letter)).kind is Kind.RECOMMENDATION


def test_a_title_of_another_paper_over_words_of_the_named_kind_is_doubtful() -> None:
    found = only(pdf("营业执照.pdf", "企业登记通知书\n某某机械有限公司\n住所：某市某区某路1号\n注册资本：100万元"))
    assert (found.kind, found.by_name) == (Kind.LICENCE, True)


def test_a_name_alone_is_known_as_such() -> None:
    """Nothing that was read tells the kind: an unread scan, a text that is silent. A title or the words of a kind do."""
    assert only(pdf("营业执照.pdf", "")).by_name
    assert only(pdf("承诺书.pdf", "某某机械有限公司\n2026年10月16日")).by_name
    assert not only(pdf("营业执照.pdf", LICENCE)).by_name
    assert not only(pdf("IMG_0012.pdf", "")).by_name
    outline = [OutlineEntry("1. 申报书", 1), OutlineEntry("2. 营业执照", 3)]
    assert [each.by_name for each in identify([pdf("a.pdf", "", "", "", outline=outline)]).documents] == [True, True]


def test_what_a_form_mentions_does_not_make_it_so() -> None:
    listed = COVER + "\n" + FORM_TABLE + "\n随附材料：营业执照、审计报告、智能制造能力成熟度自评估报告、信用报告、真实性承诺书、推荐函"
    assert only(word("a.docx", listed)).kind is Kind.FORM


def test_an_auditors_own_licence_is_no_licence_of_the_applicant() -> None:
    auditor = LICENCE.replace("某某机械有限公司", "某某会计师事务所")
    assert only(pdf("a.pdf", auditor)).kind is not Kind.LICENCE
    assert parts(pdf("a.pdf", AUDIT.format(year=2023, number=2024), BALANCE.format(year=2023), auditor)) == [("audit", None)]


def test_a_bound_file_falls_into_its_parts() -> None:
    file = pdf(
        "全套材料.pdf",
        "某某机械有限公司\n先进级智能工厂申报材料\n（合订本）",
        CATALOGUE,
        COVER,
        FORM_TABLE,
        LICENCE,
        AUDIT.format(year=2023, number=2024),
        BALANCE.format(year=2023),
        AUDIT.format(year=2024, number=2025),
        BALANCE.format(year=2024),
        SELF,
        "三级（集成级）：企业对装备、系统等开展集成。",
        PLEDGE,
        "",
        FILING,
        headers=["", "", "", "某某机械有限公司 先进级智能工厂申报书"],
    )
    identified = identify([file])
    assert [(document.kind.value, document.page_range, document.year) for document in identified.documents] == [
        ("annex", (1, 2), None),
        ("form", (3, 4), None),
        ("licence", (5, 5), None),
        ("audit", (6, 7), 2023),
        ("audit", (8, 9), 2024),
        ("maturity", (10, 11), None),
        ("commitment", (12, 12), None),
        ("recommendation", (13, 13), None),
        ("filing", (14, 14), None),
    ]
    assert [document.id for document in identified.documents] == [f"d{number}" for number in range(1, 10)]
    assert "登记机关" in identified.views["d3"].text
    assert "审计" not in identified.views["d3"].text


def test_a_scan_between_two_parts_is_unknown_without_a_catalogue() -> None:
    assert parts(pdf("a.pdf", COVER, LICENCE, "", FILING)) == [
        ("form", (1, 1)),
        ("licence", (2, 2)),
        ("unknown", (3, 3)),
        ("filing", (4, 4)),
    ]


def test_scans_in_a_row_are_told_apart_by_their_page_size_where_the_catalogue_lists_as_many() -> None:
    file = pdf("a.pdf", "目录\n1. 申报书\n2. 营业执照\n3. 2023年审计报告\n4. 备案材料", COVER, "", "", "", FILING)
    sizes = [
        file.content.pages[0],
        file.content.pages[1],
        replace(file.content.pages[2], width=842.0, height=595.0),
        *file.content.pages[3:],
    ]
    turned = replace(file, content=replace(file.content, pages=tuple(sizes)))
    found = [(document.kind.value, document.page_range, document.year) for document in identify([turned]).documents[1:]]
    assert found == [("form", (2, 2), None), ("licence", (3, 3), None), ("audit", (4, 5), 2023), ("filing", (6, 6), None)]
    assert ("unknown", (3, 5)) in parts(file)


def test_bookmarks_name_the_parts_of_a_scan() -> None:
    outline = [OutlineEntry("1. 申报书", 1), OutlineEntry("2. 营业执照", 3), OutlineEntry("3. 审计报告", 4)]
    assert parts(pdf("a.pdf", "", "", "", "", "", outline=outline)) == [("form", (1, 2)), ("licence", (3, 3)), ("audit", (4, 5))]


def test_audit_reports_of_several_years_in_one_file_are_several_documents() -> None:
    file = pdf("审计报告.pdf", *(page.format(year=year, number=year + 1) for year in (2023, 2024) for page in (AUDIT, BALANCE)))
    assert [(document.page_range, document.year) for document in identify([file]).documents] == [((1, 2), 2023), ((3, 4), 2024)]


def test_a_form_with_a_pledge_and_an_opinion_inside_stays_whole() -> None:
    opinion = "推荐意见\n同意推荐。\n某市某区经济和信息化局（盖章） 2026年11月15日"
    assert parts(pdf("申报书.pdf", COVER, PLEDGE, FORM_TABLE, opinion)) == [("form", None)]


def test_certificates_of_two_authorities_are_one_statement() -> None:
    assert parts(pdf("a.pdf", SAFETY, "环境守法情况证明\n未发生突发环境事件。\n某市某区生态环境局\n2026年10月11日")) == [("safety", None)]


def test_years_that_a_report_covers() -> None:
    assert only(pdf("a.pdf", "某公司\n审计报告\n2022—2024年度\n会计师事务所")).years == (2022, 2023, 2024)
    assert only(pdf("a.pdf", "财务报表\n二〇二四年度\n编制单位：某公司")).years == (2024,)
    assert only(pdf("a.pdf", AUDIT.format(year=2023, number=2024))).years == (2023,)


def dates(text: str) -> list[tuple[DateRole, str, bool, str]]:
    file = pdf("a.pdf", text)
    return [(date.role, date.iso, date.possible, file.content.text[slice(*date.span)]) for date in only(file).dates]


def test_dates_that_a_document_gives_about_itself() -> None:
    assert dates(LICENCE) == [
        (DateRole.VALID_UNTIL, "2036-08-02", True, "2036年08月02日"),
        (DateRole.SIGNED, "2021-01-02", True, "2021年01月02日"),
    ]
    assert dates(COVER + "\n" + FORM_TABLE) == [(DateRole.SIGNED, "2026-10-17", True, "二〇二六年十月十七日")]
    assert dates(CREDIT) == [(DateRole.QUERIED, "2026-10-13", True, "2026年10月13日")]
    assert dates(FILING) == [(DateRole.SIGNED, "2025-08-17", True, "2025-08-17")]
    assert dates(LICENCE.replace("2006年08月03日 至 2036年08月02日", "长期"))[0][0] is DateRole.SIGNED
    report = "智能制造能力成熟度评估报告\n评估日期 2026年5月19日\n证书有效期 2026年5月19日至2029年5月18日"
    assert [(role, iso) for role, iso, _, _ in dates(report)] == [(DateRole.SIGNED, "2026-05-19"), (DateRole.VALID_UNTIL, "2029-05-18")]


@pytest.mark.parametrize(
    ("term", "until"),
    [
        ("有效期至 2029年5月18日", "2029-05-18"),
        ("有效期：2026-05-19～2029-05-18", "2029-05-18"),
        ("有效期限：自2026年5月19日至2029年5月18日止", "2029-05-18"),
        ("有效期：自2026年5月19日起三年", None),
        ("有效期三年", None),
        ("有效期：长期有效（2026年5月19日）", None),
    ],
)
def test_terms_of_validity(term: str, until: str | None) -> None:
    found = [
        iso
        for role, iso, _, _ in dates(f"智能制造能力成熟度评估报告\n受评估方 某公司\n{term}\n综合得分 2.1")
        if role is DateRole.VALID_UNTIL
    ]
    assert found == ([until] if until else [])


def test_a_forms_contracts_have_terms_that_are_not_the_forms() -> None:
    assert [role for role, *_ in dates(COVER + "\n" + FORM_TABLE + "\n租赁合同有效期至2024年5月18日")] == [DateRole.SIGNED]


def test_an_impossible_date_is_flagged_and_a_blank_one_is_none() -> None:
    assert dates(PLEDGE.replace("2026年10月28日", "2026年2月30日")) == [(DateRole.SIGNED, "2026-02-30", False, "2026年2月30日")]
    assert dates(PLEDGE.replace("2026年10月28日", "年 月 日")) == []


def test_who_speaks_goes_by_the_paper_not_its_name() -> None:
    statement = "安全生产和环境保护情况说明\n近三年公司未发生安全生产事故和环保事故。\n某某机械有限公司\n2026年10月24日"
    rating = "企业信用等级评定报告\n评级机构：某信用服务有限公司\n信用等级：AA"
    own = "信用状况说明\n某市某区经济和信息化局：\n我单位无不良信用记录，未列入经营异常名录。\n某某机械有限公司\n2026年10月18日"
    third = "智能制造能力成熟度评估报告\n受评估方 某某机械有限公司\n评估机构 某研究院\n综合得分 2.1"
    quoting = own.replace("我单位无", "经信用中国网站查询结果显示，我单位无")
    assert only(pdf("a.pdf", quoting)).speaker == "other"
    assert only(pdf("a.pdf", "法人和非法人组织公共信用信息报告\n查询时间 2026-10-23")).speaker == "authority"
    assert [only(pdf("a.pdf", text)).speaker for text in (SAFETY, statement, CREDIT, rating, own, SELF, third, PLEDGE)] == [
        "authority",
        "other",
        "authority",
        "assessor",
        "other",
        "self_assessment",
        "assessor",
        "form",
    ]
    assert only(pdf("a.pdf", AUDIT.format(year=2023, number=2024))).speaker == "auditor"
    assert only(pdf("a.pdf", BALANCE.format(year=2023))).speaker == "other"


def test_documents_travel_between_processes_and_are_the_same_each_time() -> None:
    file = pdf("a.pdf", COVER, LICENCE, FILING)
    assert pickle.loads(pickle.dumps(identify([file]).documents)) == identify([file]).documents


def test_nothing_to_read_is_no_reason_to_fail() -> None:
    files = [SourceFile("a.bin", "", Content("unsupported")), pdf("b.pdf"), word("照片.docx", "")]
    assert [document.kind for document in identify(files).documents] == [Kind.UNKNOWN, Kind.UNKNOWN, Kind.ANNEX]
    assert identify([]).documents == ()


@given(st.lists(st.text(max_size=60), max_size=5), st.text(max_size=30))
def test_hostile_text_never_raises(pages: list[str], name: str) -> None:
    texts = [page.replace("\f", " ") for page in pages]
    found, blocks, start = [], [], 0
    for number, text in enumerate(texts, 1):
        found.append(Page(number, start, start + len(text), 595, 842))
        blocks.append(Block(Role.PARAGRAPH, (Span(start, start + len(text)),), number))
        start += len(text) + 1
    file = SourceFile(name, "", Content("pdf", "\f".join(texts), tuple(found), tuple(blocks)))
    for document in identify([file]).documents:
        for date in document.dates:
            assert 0 <= date.span.start < date.span.end <= len(file.content.text)
