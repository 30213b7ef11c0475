"""A search without result becomes a demand, by its asker or by many, and is taken up."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from silian.operations.exchange.commands.demand_suggestion import suggest_demands
from silian.operations.exchange.commands.search_tally import tally_searches
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from tests.browser import settle, violations
from tests.operations.exchange.searches.stage import TERM, searched_by
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_was_sought_in_vain_is_registered_and_taken_up(cast: World, seat: Any) -> None:
    school, reviewer, rival = seat(cast.school), seat(cast.reviewer), seat(cast.rival, width=390)

    settle(school, f"/search/?q={TERM}")
    expect(school.locator("#sl-results")).to_contain_text("没有")
    school.get_by_role("link", name="登记未满足需求").first.click()
    expect(school.get_by_label("需要什么")).to_have_value(TERM)

    searched_by(4)  # with the school five have sought it
    now = timezone.localtime()
    assert suggest_demands(questions=tally_searches(today=now.date()), now=now) == 1

    settle(reviewer, "/exchange/searches/")
    expect(reviewer.locator("#suggestions")).to_contain_text("5 方检索 5 次没有结果")
    assert violations(reviewer) == []
    reviewer.locator("#suggestions").get_by_role("link", name="处理").click()
    reviewer.get_by_label("所缺类别").select_option("equipment_hours")
    reviewer.get_by_label("需要什么").fill("叶轮五轴精修机时")
    reviewer.get_by_role("button", name="登记并公开").click()
    expect(reviewer.locator("h1")).to_contain_text("待承接")

    demand = UnmetDemand.objects.get()
    settle(rival, f"/exchange/unmet/{demand.pk}/")
    expect(rival.get_by_text("来源：检索统计")).to_be_visible()
    rival.get_by_role("button", name="承接并生成草稿").click()
    expect(rival.locator("h1")).to_contain_text("叶轮五轴精修机时")
    reviewer.reload()
    expect(reviewer.locator("h1")).to_contain_text("已有承接")
