"""A school starts from a cohort, an enterprise from a need; services are used and counted."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.choices import Side
from silian.operations.exchange.commands.value_added_service import (
    close_service,
    register_service,
)
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.models.value_added_service import ValueAddedService, ValueAddedUse
from tests.operations.exchange.negotiations.stage import NOW, make_listing
from tests.operations.exchange.recommendations.stage import make_post
from tests.registers.programmes.stage import (
    make_class,
    make_cohort,
    make_programme,
    make_student,
)
from tests.world import Person, World


def studying(world: World) -> int:
    """A cohort of numerical control with one student."""
    programme = make_programme(world.school.organisation, industry_chain="高端装备")
    cohort = make_cohort(programme, year=2025)
    make_student(make_class(cohort))
    return cohort.pk


def test_a_cohort_finds_the_enterprises_that_want_its_major(world: World) -> None:
    cohort = studying(world)
    fitting = make_post(by=world.enterprise, industry_chain="高端装备")
    make_post(by=world.rival, title="护理员，3 人", majors=["520201"])
    address = f"/exchange/recommendations/cohorts/{cohort}/"
    page = world.school.client.get(address).content.decode()
    assert "1 家企业相符" in page
    assert fitting.title in page
    assert "专业：1 个专业一致" in page
    assert world.enterprise.client.get(address).status_code == 404


def test_what_a_cohort_page_showed_is_counted_with_its_cohort(world: World) -> None:
    cohort = studying(world)
    post = make_post(by=world.enterprise)
    given = {"shown": [f":{post.pk}", "nonsense"], "cohort": cohort}
    assert world.school.client.post("/exchange/recommendations/shown/", given).status_code == 204
    showing = RecommendationShowing.objects.get()
    assert (showing.other, showing.cohort_id, showing.own) == (post, cohort, None)


def test_a_cohort_of_another_school_is_not_noted(world: World) -> None:
    post = make_post(by=world.enterprise)
    given = {"shown": f":{post.pk}", "cohort": 4_711}
    assert world.school.client.post("/exchange/recommendations/shown/", given).status_code == 204
    assert RecommendationShowing.objects.get().cohort is None


def test_a_problem_finds_programmes_results_and_instruments(world: World) -> None:
    make_programme(world.school.organisation, industry_chain="高端装备")
    facts = {"industry_chain": "高端装备", "capacity": None, "capacity_left": None}
    problem = make_listing(
        by=world.enterprise, kind="technical_problem", title="薄壁铝件五轴加工变形控制", **facts
    )
    offers = {"research_result": "一种薄壁件真空夹具", "equipment_hours": "五轴加工中心机时"}
    for kind, title in offers.items():
        make_listing(by=world.school, kind=kind, side=Side.SUPPLY, title=title, **facts)
    page = world.enterprise.client.get(f"/exchange/recommendations/listings/{problem.pk}/")
    words = page.content.decode()
    assert all(title in words for title in offers.values())
    assert "数控技术" in words
    assert "内容：双方都提到薄壁" in words


def registered(by: Person, **values: object) -> ValueAddedService:
    facts = {
        "name": "实习三方协议模板",
        "category": "contract",
        "summary": "列全必备条款。",
        "fee": "",
        "for_small": True,
        "address": "/exchange/",
    }
    given = {**facts, **values}
    return register_service(actor=by.actor, now=NOW, **given)  # type: ignore[arg-type]


def test_uses_of_a_service_are_counted_by_organisation_and_day(world: World) -> None:
    service = registered(world.coordinator)
    for person in (world.enterprise, world.enterprise, world.anonymous):
        answer = person.client.post(f"/exchange/services/{service.pk}/use/")
        assert (answer.status_code, answer["Location"]) == (302, "/exchange/")
    assert sorted(ValueAddedUse.objects.values_list("times", flat=True)) == [1, 2]
    assert "实习三方协议模板" in world.anonymous.client.get("/exchange/services/").content.decode()


def test_a_service_leads_nowhere_unsafe_and_is_offered_once(world: World) -> None:
    service = registered(world.coordinator)
    with pytest.raises(DomainError, match="同名"):
        registered(world.coordinator)
    with pytest.raises(DomainError, match="https"):
        registered(world.coordinator, name="别的", address="http://example.com/")
    with pytest.raises(NotAllowed):
        registered(world.enterprise)
    with pytest.raises(NotAllowed):
        close_service(service_id=service.pk, actor=world.enterprise.actor, now=NOW)
    close_service(service_id=service.pk, actor=world.coordinator.actor, now=NOW)
    assert world.enterprise.client.post(f"/exchange/services/{service.pk}/use/").status_code == 404
