"""The public pages and the address behind the pickers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("catalogues")


def page(address: str, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def picked(catalogue: str, **query: str) -> list[dict[str, str]]:
    address = reverse("reference:picker", args=[catalogue])
    return Client().get(address, query).json()["results"]


def test_the_picker_answers_with_names_and_where_they_belong() -> None:
    assert picked("division", q="麒麟")[0] == {
        "value": "530302",
        "text": "麒麟区",
        "note": "530302 · 云南省 · 曲靖市",
    }
    assert picked("major", q="护理", education_level="college")[0]["text"].startswith("护理（高等")


def test_the_picker_keeps_within_its_bounds() -> None:
    assert {row["value"][:4] for row in picked("division", within="990100", q="")} == {"9901"}
    assert len(picked("occupation", q="工")) == 20
    assert picked("division", q="\x00", level="x", within="'; --") == []


def test_the_picker_answers_htmx_with_options() -> None:
    address = reverse("reference:picker", args=["industry"]) + "?q=36"
    assert 'role="option"' in page(address, HX_Request="true")


def test_an_unknown_catalogue_or_entry_is_not_found() -> None:
    for address in ("/reference/none/", "/reference/picker/none/", "/reference/division/000000/"):
        assert Client().get(address).status_code == 404


def test_signs_that_no_database_takes_do_no_harm() -> None:
    page("/reference/division/?q=%00")
    assert Client().get("/reference/division/%00/").status_code == 404


def test_a_search_page_and_its_fragment_say_the_same() -> None:
    address = reverse("reference:catalogue", args=["division"]) + "?q=qj"
    fragment = page(address, HX_Request="true")
    assert "曲靖市" in fragment
    assert fragment.strip() in page(address)


def test_a_search_without_result_says_what_to_do() -> None:
    found = page(reverse("reference:catalogue", args=["industry"]) + "?q=zzzz")
    assert "没有找到对应的条目" in found


def test_an_ended_division_shows_its_successors_and_history() -> None:
    shown = page(reverse("reference:entry", args=["division", "130521"]))
    for words in ("已停用", "现由以下条目承接", "襄都区", "国函〔2020〕78号"):
        assert words in shown


def test_an_industry_shows_its_sector() -> None:
    assert "第三产业" in page(reverse("reference:entry", args=["industry", "4310"]))


def test_the_demonstration_province_is_marked() -> None:
    assert "青澜市（演示）" in page(reverse("reference:entry", args=["division", "990000"]))


def test_a_catalogue_can_be_taken_home() -> None:
    lines = page(reverse("reference:download", args=["major"])).splitlines()
    assert lines[0] == "\ufeff代码,名称,层级,上级代码,启用日"
    assert len(lines) == 1682
    assert "520101K,临床医学（高等职业教育专科）,专业,5201,2021-03-12" in lines


@pytest.mark.parametrize("codes", [("division", "640000", "510000"), ("industry", "P", "C")])
def test_an_entry_page_costs_the_same_with_few_and_many_children(
    codes: tuple[str, str, str], django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    catalogue, *keys = codes
    for key in keys:
        with django_assert_max_num_queries(9):
            page(reverse("reference:entry", args=[catalogue, key]))
