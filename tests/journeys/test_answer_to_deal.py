"""A school answers an enterprise's listing; they talk, agree, finish and rate each other."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.deals import readable_ratings
from tests.browser import settle, violations
from tests.operations.exchange.negotiations import stage
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_listing_is_answered_talked_over_agreed_and_rated(cast: World, seat: Any) -> None:
    today = timezone.localdate()
    listing = stage.make_listing(by=cast.enterprise, expires_on=today.replace(year=today.year + 1))
    school, enterprise = seat(cast.school), seat(cast.enterprise)

    settle(school, f"/exchange/listings/{listing.pk}/answer/")
    school.get_by_label("给对方的话").fill("我校数控专业可选派 12 名学生。")
    school.get_by_role("button", name="发给对方").click()
    expect(school.locator("h1")).to_contain_text("待回应")

    settle(enterprise, "/exchange/negotiations/")
    expect(enterprise.locator(".sl-tabs [aria-current]")).to_contain_text("待我方回应")
    enterprise.get_by_role("link", name="打开办理").click()
    enterprise.get_by_label("消息", exact=False).last.fill("欢迎，先接收 10 人。")
    enterprise.get_by_role("button", name="发送").click()
    expect(enterprise.locator("h1")).to_contain_text("洽谈中")

    # the school's page learns of it by itself
    expect(school.locator("#conversation")).to_contain_text("欢迎，先接收 10 人。", timeout=20_000)
    expect(school.locator("#conversation")).to_contain_text("进度有变化")
    assert violations(school) == []

    school.reload()
    school.get_by_role("link", name="提出意向").click()
    school.get_by_label("数量").fill("12")
    school.get_by_label("主要条款").fill("报酬每月 3200 元。")
    school.get_by_role("button", name="送给对方").click()

    enterprise.reload()
    enterprise.get_by_role("link", name="提出修改").click()
    enterprise.get_by_label("数量").fill("10")
    enterprise.get_by_role("button", name="送给对方").click()
    expect(enterprise.locator("#terms")).to_contain_text("10 人")

    school.reload()
    expect(school.locator("#terms del").first).to_contain_text("12 人")
    school.locator("summary", has_text="接受意向").click()
    school.get_by_role("button", name="接受意向").click()
    expect(school.locator("h1")).to_contain_text("已达成意向")

    school.get_by_role("link", name="登记协议").click()
    school.get_by_label("协议编号").fill("QL-2026-018")
    school.get_by_role("button", name="登记协议").click()
    expect(school.locator("h1")).to_contain_text("QL-2026-018")
    assert Listing.objects.get(pk=listing.pk).capacity_left == 14

    settle(enterprise, school.url)
    enterprise.get_by_role("link", name="登记完成").click()
    enterprise.get_by_label("实际完成数量").fill("9")
    enterprise.get_by_label("成效").fill("9 人完成实习，留用 6 人。")
    enterprise.get_by_role("button", name="登记").click()
    expect(enterprise.locator("h1")).to_contain_text("已完成")

    for page in (enterprise, school):
        page.reload()
        page.get_by_role("link", name="评价对方").click()
        page.get_by_label("5 分，很满意").check()
        page.get_by_role("button", name="提交评价").click()
        expect(page.locator("h1")).to_contain_text("已完成")
    deal = listing.deals.get()
    shown = readable_ratings(
        list(deal.ratings.all()), organisation_id=cast.rival.organisation.pk, now=timezone.now()
    )
    assert [rating.score for rating in shown] == [5, 5]
    expect(school.get_by_text("评 青澜职业技术学院（演示）")).to_be_visible()
