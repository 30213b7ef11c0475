"""An event is planned, signed up for, tabled, checked in, minuted and followed to a negotiation."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from silian.operations.exchange.models.match_event import MatchEvent
from tests.browser import settle, violations
from tests.operations.exchange.match_events.stage import make_offer
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = datetime.timedelta(days=1)


def typed(page: Any, name: str, moment: datetime.datetime) -> None:
    """Fill a box for day and time, also when the script has put a calendar over it."""
    page.locator(f"[name={name}]").evaluate(
        "(box, text) => box._flatpickr ? box._flatpickr.setDate(text, true) : box.value = text",
        f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}",
    )


def begin(event: MatchEvent) -> None:
    """The day of the event has come."""
    start = timezone.now() - datetime.timedelta(hours=1)
    MatchEvent.objects.filter(pk=event.pk).update(
        starts_at=start, ends_at=start + datetime.timedelta(hours=3), signup_closes_at=start
    )


def test_an_event_from_plan_to_negotiation(cast: World, seat: Any) -> None:
    expires = timezone.localdate() + 90 * DAY
    make_listing(by=cast.enterprise, expires_on=expires)
    make_offer(by=cast.school, expires_on=expires)
    bureau, enterprise, school = seat(cast.coordinator), seat(cast.enterprise), seat(cast.school)
    starts = timezone.now() + 20 * DAY

    settle(bureau, "/exchange/events/new/")
    bureau.get_by_label("名称").fill("第 2 季度校企人才供需对接会")
    bureau.get_by_label("主题").select_option("recruitment")
    bureau.get_by_label("活动说明").fill("带供需来，按双方需要排桌。")
    bureau.get_by_label("地点").fill("市民中心 2 号厅")
    bureau.get_by_label("可报名单位数").fill("40")
    typed(bureau, "starts_at", starts)
    typed(bureau, "ends_at", starts + datetime.timedelta(hours=3))
    typed(bureau, "signup_closes_at", starts - 2 * DAY)
    bureau.get_by_role("button", name="保存").click()
    expect(bureau.locator("h1")).to_contain_text("筹备中")
    bureau.get_by_role("button", name="发布活动").click()
    expect(bureau.locator("h1")).to_contain_text("报名中")
    event = MatchEvent.objects.get()

    for page, who in ((enterprise, "张工"), (school, "李老师")):
        settle(page, event.get_absolute_url())
        page.get_by_role("link", name="报名", exact=True).click()
        page.get_by_label("参加人员").fill(who)
        page.get_by_role("button", name="提交报名").click()
        expect(page.locator(".sl-pagehead")).to_contain_text("贵单位已报名")

    settle(bureau, f"/exchange/events/{event.pk}/desk/")
    bureau.get_by_role("button", name="自动排桌").click()
    expect(bureau.locator(".sl-meeting")).to_have_count(1)
    bureau.get_by_role("button", name="公布排桌").click()
    assert violations(bureau) == []
    school.reload()
    expect(school.locator("main")).to_contain_text("第 1 桌")

    begin(event)
    bureau.reload()
    for name in (cast.enterprise.organisation, cast.school.organisation):
        bureau.get_by_role("button", name=f"{name}签到").click()
        expect(bureau.get_by_role("button", name=f"撤销{name}的签到")).to_be_visible()
    bureau.get_by_role("link", name="登记结果").click()
    bureau.get_by_label("有意向").check()
    bureau.get_by_label("纪要").fill("先接收 10 人，学校下周寄送名单。")
    bureau.get_by_role("button", name="登记").click()
    expect(bureau.locator(".sl-meeting")).to_contain_text("有意向")

    school.reload()
    school.get_by_role("button", name="转为洽谈").click()
    expect(school.locator("main")).to_contain_text("先接收 10 人，学校下周寄送名单。")
    expect(school.locator("h1")).to_contain_text("待回应")

    settle(bureau, f"/exchange/events/{event.pk}/hold/")
    bureau.get_by_label("活动纪要").fill("2 家到场，洽谈 1 桌，达成 1 项意向。")
    bureau.get_by_role("button", name="登记举办").click()
    expect(bureau.locator("h1")).to_contain_text("已举办")
    expect(bureau.locator(".sl-event-steps")).to_contain_text("转入洽谈")
    assert violations(bureau) == []


def test_the_calendar_fits_a_phone(cast: World, seat: Any) -> None:
    phone = seat(cast.school, width=390)
    for path in ("/exchange/events/", "/exchange/data/", "/exchange/subscriptions/"):
        settle(phone, path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        assert violations(phone) == []
