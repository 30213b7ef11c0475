"""The search page: what was typed, what was meant, and why something stands there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.html import escape

from silian.foundation.kernel.search.feed import changed
from silian.foundation.kernel.search.terms import refresh_terms
from silian.operations.exchange.models.search_log import SearchNote
from tests.composition.portal.search.stage import offered, published, shown
from tests.htmx import assert_fragment_equals_page
from tests.world import World

pytestmark = pytest.mark.django_db


MISTYPED = {"shukong": "数控", "数空多轴": "数控多轴", "shukogn": "数控", "数kong": "数控"}


def test_a_misspelt_query_finds_what_was_meant_and_says_so(world: World) -> None:
    listing = published(world)
    refresh_terms()
    for typed, meant in MISTYPED.items():
        page = shown(world.anonymous, q=typed)
        assert listing.get_absolute_url() in page
        assert f"没有找到“{typed}”，以下是“<b>{meant}</b>”的结果（" in page
        assert "exact=1" in page


def test_the_typed_words_are_kept_when_one_insists(world: World) -> None:
    listing = published(world)
    refresh_terms()
    page = shown(world.anonymous, q="shukong", exact="1")
    assert listing.get_absolute_url() not in page
    assert "没有找到“shukong”" in page


def test_words_that_are_found_are_never_replaced(world: World) -> None:
    published(world)
    other = published(world, title="数空分析岗位实习，2 人")
    refresh_terms()
    page = shown(world.anonymous, q="数空")
    assert other.get_absolute_url() in page
    assert "没有找到" not in page


def test_a_result_says_which_words_stand_where_and_which_filters_hold(world: World) -> None:
    published(world, description="熟悉五轴编程者优先")
    page = shown(world.anonymous, q="数控 编程", side="demand")
    assert "标题含“数控”" in page
    assert "正文含“编程”" in page
    assert "符合筛选：方向：需求" in page
    assert "<mark>数控</mark>" in page


def test_a_synonym_is_named_as_one(world: World) -> None:
    published(world, title="招码农实习生，3 人")
    page = shown(world.anonymous, q="程序员")
    assert "标题含“软件工程师”或同义词" in page
    assert "“程序员”与“软件工程师”按同一个词查找" in page
    assert "<mark>码农</mark>" in page


def test_markup_in_a_title_stays_text(world: World) -> None:
    published(world, title="数控<script>alert(1)</script>，3 人")
    page = shown(world.anonymous, q="数控 script")
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page


def test_organisations_stand_beside_listings_with_their_counts(world: World) -> None:
    published(world)
    changed("organisation", [world.school.organisation.pk])
    name = world.school.organisation.name
    page = shown(world.anonymous, q=name)
    assert world.school.organisation.get_absolute_url() in page
    tab = shown(world.anonymous, q=name, subject="organisation")
    assert world.school.organisation.get_absolute_url() in tab


def test_the_fragment_is_the_page(world: World) -> None:
    published(world)
    assert_fragment_equals_page(world.school.client, reverse("portal:search"), q="数控")


NASTY = ["\x00", "'); DROP", "%%%", "a" * 3000, "<>&\"'", "!!", "：；", "😀 数控"]


def test_no_query_breaks_the_page_or_the_offers(world: World) -> None:
    for text in NASTY:
        shown(
            world.anonymous, q=text, division="x", kind="nothing", page="-1", sort="??", pay="NaN"
        )
        offered(world.anonymous, text)


def test_a_page_of_results_costs_the_same_with_more_rows(
    world: World, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        published(world, title=f"数控操作实习 {number} 班，3 人")
    shown(world.school, q="数控")
    with django_assert_max_num_queries(80) as few:
        shown(world.school, q="数控")
    for number in range(3, 15):
        published(world, title=f"数控操作实习 {number} 班，3 人")
    with django_assert_num_queries(len(few)):
        shown(world.school, q="数控")


def test_an_empty_result_leads_on(world: World) -> None:
    published(world)
    page = shown(world.school, q="量子计算", side="demand")
    assert "没有找到“量子计算”" in page
    for way in ("exchange:unmet_demand_new", "exchange:listing_choose_kind"):
        assert reverse(way) in page
    assert "订阅这个检索" in page


def test_words_that_stand_nowhere_together_are_offered_alone(world: World) -> None:
    published(world)
    published(world, kind="technical_problem", title="护理床噪声攻关")
    page = shown(world.anonymous, q="数控 护理")
    assert "没有结果同时含“数控”和“护理”" in page
    assert "只查“数控”" in page
    assert "只查“护理”" in page
    assert "没有“护理”" in page


def test_suggestions_complete_read_and_open(world: World) -> None:
    listing = published(world)
    refresh_terms()
    assert offered(world.anonymous, "操")[0] == "操作"
    assert "数控" in offered(world.anonymous, "shuk")
    assert "数控" in offered(world.anonymous, "sk")
    assert listing.title in offered(world.anonymous, "数控")
    assert offered(world.anonymous, "") == []


def test_a_subscription_takes_the_words_as_they_were_read(world: World) -> None:
    published(world)
    refresh_terms()
    page = shown(world.school, q="shukong", side="demand", verified="yes")
    assert f'name="query" value="{escape(urlencode({"q": "数控", "side": "demand"}))}"' in page
    asked = {"query": urlencode({"q": "数控", "side": "demand"})}
    assert world.school.client.post(reverse("exchange:subscription_new"), asked).status_code == 302


@pytest.mark.parametrize("other", ["护理", "焊接"])
def test_one_of_two_words_is_shown_as_a_part_and_counted_as_a_gap(world: World, other: str) -> None:
    listing = published(world)
    published(world, kind="technical_problem", title="焊接变形攻关")
    page = shown(world.school, q=f"数控 {other}")
    assert listing.get_absolute_url() in page
    assert ("没有结果同时含" in page) == (other == "焊接")
    assert f"没有结果含“{other}”" in page or f"没有“{other}”" in page
    assert reverse("exchange:unmet_demand_new") in page
    assert SearchNote.objects.get().total == 0


def test_a_word_that_nothing_holds_is_left_out_and_named(world: World) -> None:
    listing = published(world, title="数控多轴操作实习，3 人")
    page = shown(world.anonymous, q="数控 多轴 护理")
    assert listing.get_absolute_url() in page
    assert "没有结果含“护理”，以下按其余关键词查找" in page
    assert SearchNote.objects.get().total == 1
