"""A school starts from a cohort and gets enterprises; an enterprise from a need and gets help."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from silian.operations.exchange.choices import Side
from silian.operations.exchange.models.recommendation import RecommendationShowing
from tests.browser import settle, violations
from tests.operations.exchange.negotiations.stage import make_listing
from tests.operations.exchange.recommendations.stage import make_graduates, make_post
from tests.registers.programmes.stage import (
    make_class,
    make_cohort,
    make_programme,
    make_student,
)
from tests.world import Person, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHAIN = {"industry_chain": "高端装备"}
UNNUMBERED = {"capacity": None, "capacity_left": None}
OPEN = {"expires_on": "2099-01-01"}


def offer(by: Person, kind: str, title: str) -> None:
    make_listing(by=by, kind=kind, side=Side.SUPPLY, title=title, **CHAIN, **UNNUMBERED, **OPEN)


def test_a_school_goes_from_a_cohort_to_an_enterprise(cast: World, seat: Any) -> None:
    programme = make_programme(cast.school.organisation, **CHAIN)
    make_student(make_class(make_cohort(programme, year=2025)))
    make_graduates(by=cast.school, **OPEN)
    post = make_post(by=cast.enterprise, **CHAIN, **OPEN)

    page = seat(cast.school)
    settle(page, "/exchange/recommendations/")
    expect(page.locator("h1")).to_contain_text("为您匹配 1 条")
    assert violations(page) == []
    page.get_by_role("link", name="数控技术 2025 级").click()
    expect(page.locator("h1")).to_contain_text("1 家企业相符")
    card = page.locator(f"#sl-rec-{post.pk}")
    expect(card).to_contain_text("专业：1 个专业一致")
    expect(card).to_contain_text("产业链：同属高端装备")
    assert violations(page) == []

    card.get_by_role("button", name="不合适").click()
    expect(card).to_contain_text("不再推荐给贵单位")
    page.get_by_role("button", name="撤销").click()
    expect(card).to_contain_text("已撤销")
    page.get_by_role("link", name="看详情").click()
    expect(page.locator("h1")).to_contain_text(post.title)
    showing = RecommendationShowing.objects.get()
    assert (showing.other, showing.verdict) == (post, "")


@pytest.mark.parametrize("width", [1440, 390])
def test_an_enterprise_goes_from_a_problem_to_programmes_results_and_instruments(
    cast: World, seat: Any, width: int
) -> None:
    make_programme(cast.school.organisation, **CHAIN)
    problem = make_listing(
        by=cast.enterprise,
        kind="technical_problem",
        title="薄壁铝件五轴加工变形控制",
        **CHAIN,
        **UNNUMBERED,
        **OPEN,
    )
    offer(cast.school, "research_result", "一种薄壁件真空夹具")
    offer(cast.school, "equipment_hours", "五轴加工中心，每周 12 机时")

    page = seat(cast.enterprise, width=width)
    settle(page, problem.get_absolute_url())
    page.get_by_role("link", name="找专业、成果和设备").click()
    expect(page.locator("h1")).to_contain_text("可以找谁")
    expect(page.locator("#programmes")).to_contain_text("数控技术")
    expect(page.locator("#research_result")).to_contain_text("内容：双方都提到薄壁")
    expect(page.locator("#equipment_hours")).to_contain_text("五轴加工中心")
    assert violations(page) == []

    settle(page, "/exchange/recommendations/")
    expect(page.locator("h1")).to_contain_text("为您匹配 2 条")
    page.locator("summary", has_text="不看此类").first.click()
    page.get_by_role("button", name="不看“成果与专利”").click()
    expect(page.locator("h1")).to_contain_text("为您匹配 1 条")
    page.get_by_role("button", name="撤销不看“成果与专利”").click()
    expect(page.locator("h1")).to_contain_text("为您匹配 2 条")
    page.get_by_role("button", name="关闭我的推荐").click()
    expect(page.get_by_text("您已关闭推荐")).to_be_visible()
    assert violations(page) == []
