from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.field_parsing.dates import parse_posted_date
from silian_engines.matching.field_parsing.headcount import parse_headcount
from silian_engines.matching.field_parsing.levels import (
    EducationLevel,
    parse_education,
    parse_experience,
)
from silian_engines.matching.field_parsing.postings import parse_posting

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("上海-浦东新区", "310115"), ("上海", "310000"), ("广州天河区", "440106"),
        ("440100 天河路490号1201房", "440100"), ("440100 广州市天河区高普路1023号", "440106"),
        ("440300 龙华区东环一路", "440309"), ("深圳-龙华新区", "440309"), ("昆山", "320583"),
        ("东莞-南城区", "441900"), ("广东省东莞", "441900"), ("430100 广东省深圳市", "440300"),
        ("福州-长乐市", "350112"), ("北京朝阳", "110105"), ("长春-朝阳区", "220104"),
        ("朝阳", "211300"), ("黔南", "522700"), ("莱芜", "371200"), ("苏州-工业园区", "320500"),
    ],
)  # fmt: skip
def test_places_are_found(divisions, text, code):
    assert divisions.region_of(text).code == code


def test_work_without_a_place_is_no_problem(divisions):
    region = divisions.region_of("异地招聘")
    assert region.unplaced
    assert region.problem is None


def test_an_ambiguous_county_asks_for_its_city(divisions):
    assert "多个同名" in (divisions.region_of("朝阳区").problem or "")


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_place_gives_a_code_or_a_reason(divisions, text):
    region = divisions.region_of(text)
    assert bool(region.code) + region.unplaced + bool(region.problem) == 1


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2019-09-12", date(2019, 9, 12)), ("2018年4月20日", date(2018, 4, 20)),
        ("2019-9-12 10:30", date(2019, 9, 12)), ("20180420", date(2018, 4, 20)),
        ("04-20", date(2026, 4, 20)), ("12-31发布", date(2025, 12, 31)),
        ("昨天", date(2026, 11, 21)), ("3天前", date(2026, 11, 19)),
        ("2周前", date(2026, 11, 8)), ("刚刚", TODAY), ("02-29", date(2024, 2, 29)),
        ("43720", date(2019, 9, 12)),
    ],
)  # fmt: skip
def test_dates_are_read(text, on):
    assert parse_posted_date(text, today=TODAY).on == on


@pytest.mark.parametrize("text", ["2026-13-01", "2030-01-01", "下个月", "02-30"])
def test_impossible_dates_are_refused(text):
    assert parse_posted_date(text, today=TODAY).problem


@pytest.mark.parametrize(
    ("text", "count"),
    [("招3人", (3, 3)), ("2人", (2, 2)), ("若干人", (None, None)), ("三人", (3, 3)),
     ("2-5人", (2, 5)), ("十二名", (12, 12)), ("", (None, None))],
)  # fmt: skip
def test_headcounts_are_read(text, count):
    headcount = parse_headcount(text)
    assert (headcount.minimum, headcount.maximum) == count
    assert headcount.problem is None


def test_a_headcount_of_zero_is_refused():
    assert parse_headcount("0").problem


def test_the_lowest_education_named_counts():
    assert parse_education("大专/本科").level is EducationLevel.JUNIOR_COLLEGE
    assert parse_education("中技").level is EducationLevel.VOCATIONAL_SECONDARY
    assert parse_education("").level is EducationLevel.ANY
    assert "内部编号" in (parse_education("学历码:3").problem or "")


@pytest.mark.parametrize(
    ("text", "years"),
    [("3-4年工作经验", (3, 4)), ("10年以上经验", (10, None)), ("无工作经验", (0, None)),
     ("经验不限", (0, None)), ("2年经验", (2, None)), ("两年以上", (2, None))],
)  # fmt: skip
def test_experience_is_read(text, years):
    experience = parse_experience(text)
    assert (experience.minimum, experience.maximum) == years


def test_an_unreadable_pay_refuses_the_row_but_an_education_code_does_not(divisions):
    row = {"title": "车工", "city": "昆山", "salary": "见附件", "education": "学历码:3"}
    parsed = parse_posting(row=row, divisions=divisions, today=TODAY)
    assert [(p.field, p.refuses) for p in parsed.problems] == [
        ("salary", True),
        ("education", False),
    ]
    assert parsed.refused


def test_real_postings_go_in(postings, national_divisions):
    parsed = [parse_posting(row=row, divisions=national_divisions, today=TODAY) for row in postings]
    assert sum(p.refused for p in parsed) <= 0.01 * len(parsed)
    assert sum(p.region.code is not None for p in parsed) >= 0.9 * len(parsed)
