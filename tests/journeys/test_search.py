"""Somebody types pinyin, mistypes, narrows by filters, and does the same on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from silian.foundation.kernel.search.terms import refresh_terms
from tests.browser import settle, violations
from tests.operations.exchange.listings.stage import published
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def results(page: Any) -> Any:
    return page.locator("#sl-results article")


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_query_in_pinyin_and_a_misspelt_one_lead_to_the_post(cast: World, seat: Any) -> None:
    listing = published(cast)
    published(cast, by=cast.school, kind="course_package", title="数控编程培训包，64 课时")
    refresh_terms()
    page = seat(cast.school)
    settle(page, "/today/")

    box = page.get_by_role("combobox").first
    box.press_sequentially("shuk")
    expect(page.get_by_role("option").first).to_have_text("数控")
    box.press("ArrowDown")
    box.press("Enter")
    expect(results(page)).to_have_count(2)
    expect(page.locator(".sl-facet label", has_text="需求").locator(".sl-num")).to_have_text("2")
    assert violations(page) == []

    page.get_by_label("课程与培训包").check()
    expect(results(page)).to_have_count(1)
    expect(page.locator(".sl-facet label", has_text="需求").locator(".sl-num")).to_have_text("1")
    expect(page.locator("#sl-results mark").first).to_have_text("数控")

    page.set_viewport_size({"width": 390, "height": 844})
    settle(page, "/search/?q=数空多轴")
    expect(page.get_by_text("没有找到“数空多轴”")).to_be_visible()
    expect(results(page).first).to_contain_text(listing.title)  # both words before one of them
    expect(results(page)).to_have_count(2)
    assert fits(page)
    assert violations(page) == []
    page.locator("article summary").first.click()
    expect(page.locator("article li", has_text="标题含“数控”、“多轴”")).to_be_visible()
    page.locator("[data-sl-facets] > summary").click()
    page.get_by_label("实习岗位").check()
    page.get_by_role("button", name="看结果").click()
    expect(results(page)).to_have_count(1)
    page.get_by_role("link", name=listing.title).click()
    expect(page.locator("h1")).to_contain_text(listing.title)
