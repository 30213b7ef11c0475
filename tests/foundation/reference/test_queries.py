"""What others ask the catalogues."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.models import Division, Industry, Major
from silian.foundation.reference.queries.browsing import branches, level_counts, overviews
from silian.foundation.reference.queries.divisions import (
    division_named,
    division_table,
    subtree,
    successor_of,
    successors_of,
)
from silian.foundation.reference.queries.entries import (
    ancestors,
    entry_on,
    full_names,
    name_on,
    search_entries,
    usable_entries,
)

pytestmark = pytest.mark.usefixtures("catalogues")


def codes(catalogue: str, text: str, **narrowing: object) -> list[str]:
    found = search_entries(catalogue=catalogue, text=text, **narrowing)  # type: ignore[arg-type]
    return [entry.code for entry in found]


def test_the_bundled_catalogues_are_whole() -> None:
    totals = {
        overview.catalogue: [level.count for level in overview.levels] for overview in overviews()
    }
    assert totals == {
        Catalogue.DIVISION: [34, 333, 2844],
        Catalogue.INDUSTRY: [20, 97, 473, 1382],
        Catalogue.OCCUPATION: [8, 73, 435, 1633],
        Catalogue.MAJOR: [57, 275, 1349],
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("曲靖", "530300"),
        ("云南省曲靖市麒麟区", "530302"),
        ("深圳-南山区", "440305"),
        ("北京市朝阳区", "110105"),
        ("朝阳", "211300"),
        ("吉林", "220000"),
        ("海南", "460000"),
        ("鼓楼区", None),
        ("福州鼓楼区", "350102"),
        ("浦东", "310115"),
        ("河北邢台桥东区", "130502"),
        ("邢台县", "130521"),
        ("青河县", "654325"),
        ("青澜市青河县", "990123"),
        ("澜江省（演示）", "990000"),
        ("东莞市", "441900"),
        ("不存在市", None),
        ("", None),
    ],
)
def test_a_text_names_a_division_or_none(text: str, code: str | None) -> None:
    division = division_named(text)
    assert (division.code if division else None) == code


def test_the_region_decides_between_equal_names() -> None:
    division = division_named("青河县", within="990100")
    assert division is not None
    assert division.code == "990123"


@pytest.mark.parametrize(
    ("catalogue", "text", "first"),
    [
        ("division", "qj", "530300"),
        ("division", "qujing", "530300"),
        ("division", "曲靖 麒麟", "530302"),
        ("division", "5303", "530300"),
        ("industry", "C3612", "3612"),
        ("industry", "芯片", "397"),
        ("industry", "C", "C"),
        ("occupation", "程序员", "4-04-05-01"),
        ("occupation", "hg", "6-18-02-04"),
        ("occupation", "6-18-01-01", "6-18-01-01"),
        ("major", "520101K", "520101"),
    ],
)
def test_search_finds_by_name_alias_spelling_and_code(
    catalogue: str, text: str, first: str
) -> None:
    assert codes(catalogue, text)[0] == first


def test_search_offers_neither_filler_nor_ended_rows() -> None:
    assert "110100" not in codes("division", "1101", limit=50)
    assert "130521" not in codes("division", "邢台")


def test_search_keeps_to_a_subtree_and_a_level() -> None:
    assert codes("division", "区", within="990100") == ["990102", "990103", "990104", "990105"]
    assert "441900" in codes("division", "东莞", level=3)
    assert "440100" not in codes("division", "广州", level=3)


def test_majors_of_one_name_are_told_apart_by_schooling() -> None:
    assert codes("major", "护理")[:3] == ["320201", "520201", "720201"]
    assert codes("major", "护理", education_level="college")[0] == "520201"


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "（", "😀", "a" * 60, "曲 靖 市 x y"])
def test_strange_texts_do_no_harm(text: str) -> None:
    for catalogue in Catalogue:
        assert isinstance(codes(catalogue, text), list)


def test_a_major_code_means_what_the_edition_of_the_day_says() -> None:
    code, before, after = "510102", datetime.date(2018, 1, 1), datetime.date(2022, 1, 1)
    assert entry_on(catalogue=Catalogue.MAJOR, code=code, on=before) is None
    major = entry_on(catalogue=Catalogue.MAJOR, code=code, on=after)
    assert (major.key, major.name) == ("2021:510102", "物联网应用技术")


def test_an_ended_division_leads_to_its_successors() -> None:
    ended = datetime.date(2020, 6, 5)
    day_before = ended - datetime.timedelta(days=1)
    assert entry_on(catalogue="division", code="130521", on=day_before) is not None
    assert entry_on(catalogue="division", code="130521", on=ended) is None
    assert [heir.name for heir in successors_of("130521")] == ["襄都区", "信都区"]
    assert [successor_of(code) for code in ("371202", "530300", "123456")] == [
        Division.objects.get(pk="370116"),
        Division.objects.get(pk="530300"),
        None,
    ]


def test_a_renamed_division_has_its_old_name_on_old_days() -> None:
    division = Division.objects.get(pk="130502")
    old, new = datetime.date(2020, 6, 4), datetime.date(2020, 6, 5)
    assert name_on(catalogue="division", entry=division, on=old) == "桥东区"
    assert name_on(catalogue="division", entry=division, on=new) == "襄都区"


def test_a_subtree_holds_everything_below_and_nothing_else() -> None:
    assert set(subtree("990100").values_list("code", flat=True)) == {
        "990100", "990102", "990103", "990104", "990105", "990121", "990122", "990123",
    }  # fmt: skip
    assert subtree("441900").count() == 1


def test_a_city_without_counties_stands_at_both_levels() -> None:
    for code in ("441900", "442000", "460400", "620200"):
        assert Division.objects.at_level(2).filter(pk=code).exists()
        assert Division.objects.at_level(3).filter(pk=code).exists()


def test_the_table_for_parsers_carries_successors() -> None:
    table = {row.code: row for row in division_table()}
    assert table["130521"].successor == "130502"
    assert table["530300"].short_name == "曲靖"
    assert "110100" not in table


def test_ancestors_come_broadest_first() -> None:
    industry = Industry.objects.get(pk="3612")
    assert [above.code for above in ancestors(catalogue="industry", entry=industry)] == [
        "C",
        "36",
        "361",
    ]
    names = full_names(catalogue="industry", entries=[industry])
    assert names["3612"] == "制造业 · 汽车制造业 · 汽车整车制造 · 新能源车整车制造"


def test_lists_cost_the_same_with_few_and_many_rows(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for code in ("640000", "510000"):
        province = Division.objects.get(pk=code)
        with django_assert_num_queries(2):
            assert branches(catalogue=Catalogue.DIVISION, parent=province)


@pytest.mark.parametrize("catalogue", list(Catalogue))
def test_the_parts_add_up_to_the_whole(catalogue: Catalogue) -> None:
    total = {
        level.name: level.count
        for overview in overviews()
        if overview.catalogue == catalogue
        for level in overview.levels[1:]
    }
    parts = Counter[str]()
    for branch in branches(catalogue=catalogue):
        if branch.entry.key != "990000":
            parts.update({level.name: level.count for level in branch.below})
    assert parts == total


def test_counts_of_a_branch_follow_the_standard() -> None:
    section = next(row for row in branches(catalogue=Catalogue.INDUSTRY) if row.entry.code == "C")
    assert [(level.name, level.count) for level in section.below] == [
        ("大类", 31),
        ("中类", 179),
        ("小类", 610),
    ]
    majors = usable_entries(catalogue=Catalogue.MAJOR)
    assert level_counts(majors, catalogue=Catalogue.MAJOR)[2].count == 1349
    assert Major.objects.filter(is_state_controlled=True).count() == 47
