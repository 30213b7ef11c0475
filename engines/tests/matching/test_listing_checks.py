import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.field_parsing.salary import parse_salary
from silian_engines.matching.listing_checks.checking import listing_findings
from silian_engines.matching.listing_checks.findings import ListingKind, Severity


def codes(text, *, kind=ListingKind.JOB, title="岗位", **more):
    return {f.code for f in listing_findings(kind=kind, title=title, text=text, **more)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("仅限男性", "sex"), ("岗位要求男性", "sex"), ("女生优先", "sex"),
        ("性别：男", "sex"), ("招男普工", "sex"),
        ("1、女，形象好", "sex"), ("已婚已育优先", "marriage"),
        ("两年内不得怀孕", "marriage"),
        ("入职做妊娠测试", "marriage"), ("35岁以下", "age"), ("18-30周岁", "age"),
        ("只招汉族", "ethnicity"), ("无宗教信仰", "religion"),
        ("限本地户籍", "household_registration"),
        ("体检乙肝五项", "health"), ("谢绝残疾人", "health"), ("身高165cm以上", "body"),
        ("入职需缴纳服装费200元", "fee"), ("押金500元", "fee"), ("扣押身份证", "held_papers"),
        ("培训费自理", "fee"), ("电话13800138000", "phone"), ("发至hr@example.com", "email"),
        ("QQ：123456789", "qq"), ("微信号：abc_12345", "wechat"),
        ("证号11010519491231002X", "identity_number"), ("收入上不封顶", "no_base_pay"),
        ("在家躺赚", "pay_bait"),
    ],
)  # fmt: skip
def test_forbidden_words_are_found(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "男装设计师", "女装店员", "妇产科医生", "男女不限", "性别不限", "女鞋优先陈列", "男科医生",
        "3-6岁儿童的老师", "满18周岁", "户籍不限", "可解决北京户口", "免押金", "不收取任何培训费",
        "负责客户押金收取", "婚假、产假", "已婚员工另有家庭日", "无夜班", "不限男女",
        "底薪5000，上不封顶", "完善的培训体系，每年投入培训费用", "编号110105194912310021",
        "负责公司微信的运营", "WXG01-113微信开发", "单身公寓",
    ],
)  # fmt: skip
def test_harmless_words_raise_no_alarm(text):
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("酒吧服务员", "intern_place"), ("在KTV工作", "intern_place"),
        ("需要上夜班", "intern_hours"),
        ("能适应加班", "intern_hours"), ("高强度劳动", "intern_heavy_work"),
        ("爆破作业", "intern_danger"), ("高空作业", "intern_danger"), ("劳务派遣", "intern_agency"),
        ("实习押金300元", "intern_fee"),
    ],
)  # fmt: skip
def test_student_interns_are_protected_further(text, code):
    assert code in codes(text, kind=ListingKind.STUDENT_INTERNSHIP)
    assert code not in codes(text, kind=ListingKind.JOB)


def test_an_outing_to_ktv_is_no_place_of_work():
    text = "公司定期聚餐、KTV、户外活动；无夜班，不加班"
    assert codes(text, kind=ListingKind.STUDENT_INTERNSHIP) == set()


def test_a_finding_names_words_place_rule_and_cure():
    text = "要求：仅限男性，能出差"
    (finding,) = listing_findings(kind=ListingKind.JOB, title="销售", text=text)
    assert text[finding.start : finding.end] == finding.words == "仅限男性"
    assert finding.severity is Severity.BLOCK
    assert "妇女权益保障法" in finding.basis
    assert "请删去" in finding.sentence


def test_an_absurd_span_of_pay_is_stopped():
    wide = parse_salary("3000-30000元/月")
    findings = listing_findings(kind=ListingKind.JOB, title="销售", text="", salary=wide)
    assert [(f.code, f.severity) for f in findings] == [("pay_span", Severity.BLOCK)]


def test_a_title_of_another_trade_is_questioned():
    assert "unusual_title" in codes("", title="焊工", occupation_code="2-06-03-00")
    assert codes("", title="焊工", occupation_code="6-18-02-04") == set()


@settings(deadline=None)
@given(st.text(max_size=80))
def test_offsets_always_point_at_the_words(text):
    for kind in ListingKind:
        for finding in listing_findings(kind=kind, title="岗位", text=text):
            assert text[finding.start : finding.end] == finding.words


def test_real_postings_raise_few_alarms(postings):
    findings = [
        listing_findings(kind=ListingKind.JOB, title=row["title"], text=row["description"])
        for row in postings
    ]
    blocked = sum(any(f.severity is Severity.BLOCK for f in found) for found in findings)
    assert sum(bool(found) for found in findings) <= 0.05 * len(postings)
    assert 0 < blocked <= 0.005 * len(postings)
