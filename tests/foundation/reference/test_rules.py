"""Codes, checks, spelling, closeness and sectors, without a database."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.reference.choices import LEVEL_NAMES, Catalogue, Sector, SkillLevel
from silian.foundation.reference.rules.checks import (
    INDUSTRY_COUNTS,
    MAJOR_COUNTS,
    faults_of,
    remarks_of,
)
from silian.foundation.reference.rules.closeness import closeness
from silian.foundation.reference.rules.codes import level_of, parent_of, section_of, tidy_code
from silian.foundation.reference.rules.comparison import (
    Stored,
    comparison_of,
    reason_too_much_ends,
)
from silian.foundation.reference.rules.rows import UnreadableFile, decoded, rows_of
from silian.foundation.reference.rules.sectors import sector_of
from silian.foundation.reference.rules.spelling import short_division_name, spelling
from tests.foundation.reference.files import bundled_rows, bundled_text

SMALL = "代码,名称\nA,农、林、牧、渔业\n01,农业\n011,谷物种植\n0111,稻谷种植\n"


def faults(text: str, *, catalogue: str = Catalogue.INDUSTRY, edition: str = "试") -> list[str]:
    rows = rows_of(text, catalogue=catalogue)
    return [str(fault) for fault in faults_of(rows, catalogue=catalogue, edition=edition)]


def test_bundled_industries_agree_with_the_standard_letter_by_letter() -> None:
    found = Counter((row.section, row.level) for row in bundled_rows("industry", "industries.csv"))
    for section, counts in INDUSTRY_COUNTS.items():
        amended = 1 if section == "C" else 0
        assert [found[section, level] for level in (2, 3, 4)] == [
            counts[0],
            counts[1],
            counts[2] + amended,
        ]


def test_bundled_majors_agree_with_the_published_totals() -> None:
    rows = bundled_rows("major", "majors.csv")
    assert Counter(row.education_level for row in rows if row.level == 3) == MAJOR_COUNTS
    assert sum(row.level == 1 for row in rows) == 3 * 19


def test_bundled_divisions_agree_with_the_ministrys_totals_of_2023() -> None:
    rows = bundled_rows("division", "divisions.csv")
    current = [row for row in rows if row.kind == "regular" and row.valid_to is None]
    assert Counter(row.level for row in current) == {1: 34, 2: 333, 3: 2844}


def test_every_ended_division_has_dated_successors_that_exist() -> None:
    rows = {row.code: row for row in bundled_rows("division", "divisions.csv")}
    ended = [row for row in rows.values() if row.valid_to]
    assert len(ended) == 73
    assert all(row.successors and row.basis for row in ended)
    assert {code for row in ended for code in row.successors} <= set(rows)


def test_bundled_occupations_say_how_far_they_fall_short() -> None:
    rows = bundled_rows("occupation", "occupations.csv")
    assert not faults_of(rows, catalogue="occupation", edition="2022")
    remarks = remarks_of(rows, catalogue="occupation", edition="2022")
    assert remarks[-1] == "职业 1633 个，《职业分类大典（2022年版）》为 1639 个。"


def test_bundled_files_carry_names_only() -> None:
    assert bundled_text("occupations.csv").startswith("code,name,level,bottom_level,marks,note\n")
    assert max(map(len, bundled_text("industries.csv").splitlines())) < 60


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("0111", "111x"), "第 5 行：代码“111X”格式不对"),
        (("0111", "9911"), "第 5 行：代码“9911”格式不对"),
        (("011,谷物种植\n", ""), "第 4 行：上级代码“011”不在文件中"),
        (("稻谷种植", ""), "第 5 行：代码“0111”没有名称"),
        (("0111,稻谷种植", "011,稻谷种植"), "第 5 行：代码“011”与第 4 行重复"),
        (("稻谷种植", "稻" * 121), "第 5 行：名称超过 120 个字"),
    ],
)
def test_a_fault_is_told_with_its_line_and_its_cure(change: tuple[str, str], sentence: str) -> None:
    told = faults(SMALL.replace(*change))
    assert told[0].startswith(sentence)
    assert told[0].endswith("。")


def test_a_level_that_does_not_fit_the_code_is_told() -> None:
    text = SMALL.replace("代码,名称", "代码,名称,级别").replace("稻谷种植", "稻谷种植,2")
    assert faults(text)[0].startswith("第 5 行：代码“0111”按位数属于第 4 层（小类）")


def test_a_class_too_few_is_told_by_letter() -> None:
    text = bundled_text("industries.csv").replace("0111,稻谷种植,A\n", "")
    assert faults(text, edition="2017") == [
        "全文件：门类 A 有 71 个小类，国家标准为 72 个（GB/T 4754-2017）。请补齐或删去多余行。"
    ]


def test_a_missing_major_is_told_by_level() -> None:
    text = bundled_text("majors.csv").replace("610101,种子生产技术,secondary,\n", "")
    assert "中等职业教育有 357 个专业" in faults(text, catalogue="major", edition="2021")[0]


def test_a_file_without_code_column_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="缺少“代码”列"):
        rows_of("编号,名称\n1,a\n", catalogue=Catalogue.DIVISION)


def test_a_date_that_is_none_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="第 2 行：日期“去年”"):
        rows_of("代码,名称,valid_from\nA,农业,去年\n", catalogue=Catalogue.INDUSTRY)


def test_full_width_digits_are_no_code() -> None:
    assert "格式不对" in faults("代码,名称\n０１,农业\n")[0]


@given(st.sampled_from(list(Catalogue)), st.lists(st.lists(st.text(max_size=8), max_size=5)))
def test_no_table_whatever_breaks_the_checks(catalogue: str, table: list[list[str]]) -> None:
    text = "代码,名称,级别,上级代码\n" + "\n".join(",".join(cells) for cells in table)
    try:
        rows = rows_of(text, catalogue=catalogue)
    except UnreadableFile:
        return
    assert all(
        str(fault).endswith("。") for fault in faults_of(rows, catalogue=catalogue, edition="x")
    )


def test_office_files_in_gb18030_are_read() -> None:
    assert decoded(SMALL.encode("gb18030")) == SMALL


def test_a_city_without_counties_stands_at_two_levels_once() -> None:
    text = "代码,名称,级别\n440000,广东省,1\n441900,东莞市,2\n441900,东莞市,3\n"
    city = rows_of(text, catalogue=Catalogue.DIVISION)[-1]
    assert (city.level, city.bottom_level) == (2, 3)
    assert not faults(text, catalogue=Catalogue.DIVISION)


def test_statistics_files_are_told_from_real_divisions() -> None:
    text = "code,name\n110000,北京市\n110100,市辖区\n110101,东城区\n130000,河北省\n130171,高新区\n"
    kinds = [row.kind for row in rows_of(text, catalogue=Catalogue.DIVISION)]
    assert kinds == ["regular", "filler", "regular", "regular", "statistical"]


def test_districts_of_a_municipality_belong_to_it_directly() -> None:
    assert parent_of(catalogue="division", code="110101", known={"110000"}) == "110000"
    assert parent_of(catalogue="division", code="530302", known={"530300"}) == "530300"


def test_codes_are_tidied_without_losing_zeros() -> None:
    assert tidy_code(catalogue="major", code="520101k") == "520101"
    assert tidy_code(catalogue="occupation", code="6-18") == "6-18-00-00"
    assert tidy_code(catalogue="industry", code="0111") == "0111"
    assert level_of(catalogue="occupation", code="6-18-01-01") == 4
    assert section_of("3612") == "C"
    assert section_of("99") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("恩施土家族苗族自治州", "恩施"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("曲靖市", "曲靖"),
        ("横县", "横县"),
        ("神农架林区", "神农架"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("浦东新区", "浦东新区"),
        ("绿园区", "绿园"),
        ("香港特别行政区", "香港"),
    ],
)
def test_divisions_have_the_short_names_people_use(name: str, short: str) -> None:
    assert short_division_name(name) == short


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("重庆市", "chongqingshi"),
        ("长沙市", "changshashi"),
        ("厦门市", "xiamenshi"),
        ("六安市", "luanshi"),
        ("亳州市", "bozhoushi"),
        ("长治市", "changzhishi"),
        ("长子县", "zhangzixian"),
        ("乐清市", "yueqingshi"),
        ("蚌埠市", "bengbushi"),
        ("曲靖市", "qujingshi"),
    ],
)
def test_place_names_are_spelt_as_their_people_say(name: str, pinyin: str) -> None:
    assert spelling(name, is_place=True)[0] == pinyin


def test_initials_keep_letters() -> None:
    assert spelling("数控车工") == ("shukongchegong", "skcg")


@pytest.mark.parametrize(
    ("other", "near"),
    [("3612", 1.0), ("3611", 0.8), ("3630", 0.5), ("3311", 0.2), ("0111", 0.0)],
)
def test_closeness_falls_with_the_shared_level(other: str, near: float) -> None:
    assert closeness("3612", other, catalogue="industry") == near


def test_occupations_of_one_group_are_near() -> None:
    assert closeness("6-18-01-01", "6-18-01-02", catalogue="occupation") == 0.8


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("0111", Sector.PRIMARY),
        ("0511", Sector.TERTIARY),
        ("1120", Sector.TERTIARY),
        ("1200", Sector.SECONDARY),
        ("4310", Sector.TERTIARY),
        ("36", Sector.SECONDARY),
        ("4400", Sector.SECONDARY),
        ("E", Sector.SECONDARY),
        ("F", Sector.TERTIARY),
        ("9700", Sector.TERTIARY),
        ("A", None),
        ("B", None),
        ("C", None),
    ],
)
def test_support_activities_are_services(code: str, sector: Sector | None) -> None:
    assert sector_of(code) == sector


def test_skill_levels_are_compared_by_ordinal_not_by_label() -> None:
    assert SkillLevel.JUNIOR.ordinal < SkillLevel.SENIOR_TECHNICIAN.ordinal
    assert "五级" in SkillLevel.JUNIOR.label
    assert [level.ordinal for level in SkillLevel] == list(range(8))


def test_comparison_tells_new_renamed_and_ended() -> None:
    rows = rows_of(SMALL, catalogue=Catalogue.INDUSTRY)
    stored = {
        code: Stored(code=code, name=name)
        for code, name in [("A", "农、林、牧、渔业"), ("01", "农"), ("02", "林业")]
    }
    found = comparison_of(rows, stored=stored)
    assert [row.code for row in found.added] == ["011", "0111"]
    assert [(row.code, former) for row, former in found.renamed] == [("01", "农")]
    assert [entry.code for entry in found.ended] == ["02"]
    assert found.unchanged == 1
    assert "占现有 3 条的 33%" in (reason_too_much_ends(found, stored=3) or "")


def test_nothing_ends_the_demonstration_province() -> None:
    rows = rows_of("代码,名称\n110000,北京市\n", catalogue=Catalogue.DIVISION)
    stored = {"990000": Stored(code="990000", name="澜江省", kind="demonstration")}
    assert not comparison_of(rows, stored=stored).ended


def test_every_catalogue_names_its_levels() -> None:
    assert {len(names) for names in LEVEL_NAMES.values()} == {3, 4}
    assert set(LEVEL_NAMES) == set(Catalogue)
