"""An enterprise writes an internship post, puts right what the checks found, and publishes it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.models.listing import Listing
from tests.browser import settle, violations
from tests.operations.exchange.listings.stage import in_review, make_occupation
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = 390


def fill_form(page: Any, *, title: str) -> None:
    page.get_by_label("标题").fill(title)
    page.get_by_label("标题").blur()
    page.locator("input[name=occupation_suggested]").first.check()
    page.get_by_label("接收人数（人）").fill("24")
    page.get_by_label("实习报酬下限").fill("3400")
    page.get_by_label("同岗位工资").fill("4200")
    page.get_by_label("每日工时（小时）").fill("8")
    page.get_by_label("白班").check()
    page.get_by_label("有，免费").check()
    page.get_by_label("每名导师带学生（人）").fill("6")
    page.get_by_label("职业危害因素").fill("无")


@pytest.mark.parametrize("width", [1440, NARROW])
def test_a_need_is_written_checked_and_published(cast: World, seat: Any, width: int) -> None:
    make_occupation()
    page = seat(cast.enterprise, width=width)
    settle(page, "/exchange/listings/new/")
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("填写\\s*实习岗位")).click()

    page.get_by_role("button", name="预览并检查").click()
    expect(page.get_by_role("alert")).to_contain_text("处要改")
    assert violations(page) == []

    fill_form(page, title="车工实习，24 人")
    page.get_by_label("补充说明").fill("仅限男性")
    page.get_by_role("button", name="预览并检查").click()
    expect(page.locator("mark")).to_contain_text("仅限男性")
    expect(page.get_by_role("button", name="确认发布")).to_have_count(0)
    assert violations(page) == []

    page.get_by_role("link", name="返回修改").click()
    page.get_by_label("补充说明").fill("由企业导师带教，每周小结一次。")
    page.get_by_role("button", name="预览并检查").click()
    page.get_by_role("button", name="确认发布").click()
    expect(page.locator("h1")).to_contain_text("车工实习，24 人")
    assert violations(page) == []
    listing = Listing.objects.get()
    assert (listing.state, listing.occupation_id) == (ListingState.PUBLISHED, "6-18-01-01")

    school = seat(cast.school, width=width)
    settle(school, listing.get_absolute_url())
    expect(school.locator("h1")).to_contain_text("车工实习，24 人")
    expect(school.locator("#answer")).to_contain_text("选派学生")
    assert violations(school) == []
    assert school.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reviewer_returns_with_a_reason_and_the_publisher_sees_it(cast: World, seat: Any) -> None:
    review = in_review(cast, description="仅限男性")
    official = seat(cast.reviewer)
    settle(official, "/exchange/reviews/")
    assert violations(official) == []
    official.get_by_role("link", name=review.listing.title).click()
    assert violations(official) == []
    official.get_by_role("button", name="退回修改").click()
    expect(official.get_by_role("alert")).to_contain_text("退回理由")
    official.get_by_label("意见").fill("请删去性别要求后重新提交。")
    official.get_by_role("button", name="退回修改").click()
    expect(official.get_by_text("已退回发布单位")).to_be_visible()

    publisher = seat(cast.enterprise, width=NARROW)
    settle(publisher, review.listing.get_absolute_url())
    expect(publisher.get_by_text("请删去性别要求后重新提交。").first).to_be_visible()
    assert violations(publisher) == []
