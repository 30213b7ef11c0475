"""Numbers, bounds, deadlines and dates in small."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.policy_documents.comparators import operator_of
from silian_engines.policy_documents.dates import date_readings, iso_date
from silian_engines.policy_documents.document_number import number_in
from silian_engines.policy_documents.numerals import chinese_number
from silian_engines.policy_documents.parsing import parse_policy


def targets_of(sentence):
    shell = "某市关于推进工作的意见\n\n各县区人民政府：\n\n为推进工作，现提出如下意见。\n\n"
    text = f"{shell}一、任务\n\n1.推进工作。把各项工作落到实处，抓出成效。{sentence}\n"
    return [
        (t.values, t.unit, t.op, t.deadline)
        for clause in parse_policy(text=text).clauses
        for t in clause.numeric_targets
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2027年，建成3至5个基地。", [((3, 5), "个", "range", "2027")]),
        ("2026年底前，新增学位１２００个。", [((1200,), "个", "=", "2026")]),
        ("“十五五”末，覆盖率达到90%以上。", [((90,), "%", ">=", "2030")]),
        ("力争3年内培训2万人次。", [((2,), "万人次", "=", None)]),
        ("每个县至少建成一所示范校。", [((1,), "所/县", ">=", None)]),
        (
            "分别给予最高50万元、30万元奖励。",
            [((50,), "万元", "<=", None), ((30,), "万元", "<=", None)],
        ),
        ("每引进1家给予5万元奖励。", [((5,), "万元/家", "=", None)]),
        ("处三千元以上三万元以下罚款。", [((3000, 30000), "元", "range", None)]),
        ("学校经费的百分之四十以上用于教学。", [((40,), "%", ">=", None)]),
        ("教师每3年到企业实践不少于3个月。", [((3,), "个月", ">=", None)]),
        ("培训时长约40学时。", [((40,), "学时", "~", None)]),
        (
            "到2024年、2026年，覆盖率分别达到20%、30%。",
            [((20,), "%", ">=", "2024"), ((30,), "%", ">=", "2026")],
        ),
        ("自2024年起，师资轮训5年一轮。", [((5,), "年/轮", "=", None)]),
        ("扣除不超过9%的部分。超过9%的部分结转。", [((9,), "%", "<=", None)]),
    ],
)  # fmt: skip
def test_a_bound_is_read_with_unit_and_deadline(sentence, expected):
    assert targets_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "推进“1+X”证书制度和5G网络建设。",
        "落实《关于开展100个试点的通知》要求。",
        "贯彻第64次会议精神，办好3A级景区。",
        "一批学校深化三教改革，打好三大攻坚战。",
        "按照某政发〔2021〕15号文件办理。",
        "截至2021年底，全市已建成12个基地。",
    ],
)
def test_a_number_in_a_name_or_a_report_binds_nobody(sentence):
    assert targets_of(sentence) == []


@pytest.mark.parametrize(
    ("before", "after", "op"),
    [
        ("不得低于", "的", ">="),
        ("最高", "奖励", "<="),
        ("", "以内", "<="),
        ("约", "", "~"),
        ("建设", "基地", "="),
    ],
)
def test_the_nearest_comparator_decides(before, after, op):
    assert operator_of(before=before, after=after, has_range=False) == op


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numerals_below_a_hundred_read_back(number):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    written = (digits[tens] if tens > 1 else "") + ("十" if tens else "")
    assert chinese_number(written + (digits[ones] if ones else "")) == number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020年2月14日", "2020-02-14"),
        ("二〇二一年十二月三日", "2021-12-03"),
        ("2021年2月30日", None),
    ],
)
def test_a_date_is_a_day_of_the_calendar(text, date):
    assert iso_date(text) == date


def test_bare_digits_give_every_day_they_may_mean():
    assert date_readings("2020122") == ("2020-01-22", "2020-12-02")
    assert date_readings("201554") == ("2015-05-04",)


@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("（某政办〔2021〕8号）", "某政办〔2021〕8号", "whole"),
        ("某政办[2021]8号", "某政办〔2021〕8号", "whole"),
        ("某政办〔20218号", "某政办〔2021〕8号", "reconstructed"),
        ("某政办[20218", "某政办〔2021〕8号", "reconstructed"),
        ("某政办〔202〕8号", None, "doubtful"),
    ],
)
def test_a_document_number_is_reconstructed_only_when_the_year_is_whole(text, number, status):
    found = number_in(text)
    assert (found.number, found.status) == (number, status)
