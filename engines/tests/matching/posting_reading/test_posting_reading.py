import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.field_parsing.levels import EducationLevel
from silian_engines.matching.occupation_table import occupations
from silian_engines.matching.posting_reading.levels import (
    education_asked,
    grade_asked,
    years_asked,
)
from silian_engines.matching.posting_reading.reading import read_posting, read_postings
from silian_engines.matching.posting_reading.skills import skills_found
from silian_engines.matching.posting_reading.vocabulary import (
    ANY_OCCUPATION,
    plain,
    skill_of_form,
    skills,
)


def names(text, **given):
    return {found.skill.name for found in skills_found(text, **given)}


def test_the_vocabulary_holds_at_least_1500_skills_and_no_spelling_twice():
    spellings = [plain(form) for skill in skills() for form in (skill.name, *skill.other_names)]
    assert len(skills()) >= 1500
    assert sorted(spellings) == sorted(skill_of_form())


def test_every_group_serves_occupations_of_the_catalogue():
    known = tuple(occupations())
    for code in {code for skill in skills() for code in skill.codes} - {ANY_OCCUPATION}:
        assert any(occupation.startswith(code) for occupation in known), code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会ＰＬＣ编程，能看电气图", {"PLC编程", "电气识图"}),
        ("熟练使用JavaScript", {"JavaScript"}),
        ("精通C++和SQL语句", {"C++", "SQL"}),
        ("数控车床操作工，会慢走丝", {"数控车削", "线切割"}),
        ("老年人护理，会心肺复苏", {"养老护理", "应急救护"}),
        ("茶园管理和植保无人机操作", {"茶树栽培", "植保无人机操作"}),
    ],
)
def test_skills_are_found_under_their_other_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "化妆品门店", "在焊接车间旁边", "电子商务、市场营销等相关专业",
        "福利待遇：健身教练陪练，瑜伽教学", "公司简介：从事机器人调试和PLC编程",
    ],
)  # fmt: skip
def test_look_alikes_majors_benefits_and_the_employer_are_no_skills(text):
    assert names(text) == set()


def test_a_skill_says_where_it_stands_and_whether_it_is_only_welcome():
    text = "1、掌握氩弧焊；2、会二保焊者优先"
    asked, welcome = sorted(skills_found(text), key=lambda found: found.start)
    assert text[asked.start : asked.end] == asked.words == "氩弧焊"
    assert (asked.is_wish, welcome.is_wish) == (False, True)


def test_an_occupation_that_needs_a_skill_makes_it_surer():
    (bare,) = skills_found("会刻蚀")
    (known,) = skills_found("会刻蚀", occupation="6-25-02-05")
    (strange,) = skills_found("会刻蚀", occupation="4-03-02-01")
    assert strange.confidence < bare.confidence < known.confidence


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("大专及以上学历，本科优先", EducationLevel.JUNIOR_COLLEGE),
        ("学历不限，能吃苦", EducationLevel.ANY),
        ("本科或以上学历，硕士以上学历优先", EducationLevel.BACHELOR),
        ("中专/技校以上", EducationLevel.VOCATIONAL_SECONDARY),
    ],
)
def test_the_lowest_education_asked_for_counts(text, level):
    read = education_asked(text)
    assert read is not None
    assert read.value == level
    assert text[read.start : read.end] == read.words


@pytest.mark.parametrize("text", ["硕士优先", "与多所大学合作", "公司简介：团队均为博士以上学历"])
def test_education_that_nobody_asks_for_is_not_read(text):
    assert education_asked(text) is None


def test_grade_and_years_are_read():
    text = "持高级工及以上证书，三年以上数控加工经验"
    grade, years = grade_asked(text), years_asked(text)
    assert grade is not None
    assert years is not None
    assert (grade.value, years.value) == (3, 3)
    assert grade_asked("高级工程师") is None
    assert grade_asked("持高级工证书优先") is None


def test_a_posting_is_read_as_a_whole():
    read = read_posting(title="数控车工，12人", text="要求：中专以上学历，会数控编程，公差配合")
    assert read.occupation.code.startswith("6-18-01")
    assert {found.skill.name for found in read.skills} == {"数控车削", "数控编程", "公差配合"}
    assert read.education is not None
    assert read.education.value == EducationLevel.VOCATIONAL_SECONDARY


@given(st.text(max_size=120), st.text(max_size=20))
@settings(deadline=None, max_examples=60)
def test_any_text_can_be_read_and_offsets_hold(text, title):
    (read,) = read_postings(titles=[title], texts=[text])
    whole = f"{title}\n{text}"
    for found in read.skills:
        assert whole[found.start : found.end] == found.words
        assert 0 < found.confidence < 1
