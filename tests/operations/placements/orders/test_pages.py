"""Order classes and apprenticeships through their pages."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from silian.operations.placements.choices.orders import (
    ApprenticeshipState,
    OrderState,
)
from silian.operations.placements.models import Apprenticeship, ClassOrder
from tests.operations.placements.orders import stage
from tests.operations.placements.stage import make_class
from tests.world import World

pytestmark = pytest.mark.django_db


def terms_given(text: str) -> dict[str, str]:
    """Something lawful for every required box of a generated form."""
    given = {}
    for name in re.findall(r'name="(term_\w+)"', text):
        given[name] = {
            "term_hire_promise": "18",
            "term_fee": "2000",
            "term_grant": "1000",
            "term_contact": "",
        }.get(name, "双方商定的内容")
    return given


def test_an_enterprise_orders_in_the_browser(world: World) -> None:
    client = world.enterprise.client
    programme = make_class(world).cohort.programme
    page = client.post(
        reverse("placements:order_new"),
        {
            "title": "数控订单班",
            "programme": programme.pk,
            "head_count": "20",
            "wage": "5200",
            "commitments": "合格即录用",
            "starts_on": f"{stage.TODAY + stage.DAY:%Y-%m-%d}",
            "last_day": f"{stage.TODAY + 300 * stage.DAY:%Y-%m-%d}",
        },
    )
    order = ClassOrder.objects.get()
    assert page["Location"] == order.get_absolute_url()
    assert order.ends_on == stage.TODAY + 301 * stage.DAY
    detail = client.get(order.get_absolute_url()).content.decode()
    assert "填写协议条款" in detail
    address = reverse("placements:order_terms", kwargs={"order_id": order.pk})
    client.post(address, terms_given(client.get(address).content.decode()))
    client.post(reverse("placements:order_send", kwargs={"order_id": order.pk}))
    order.refresh_from_db()
    assert order.state == OrderState.SENT
    assert order.terms["hire_promise"] == 18


def test_a_period_turned_round_is_said_beside_its_box(world: World) -> None:
    programme = make_class(world).cohort.programme
    page = world.enterprise.client.post(
        reverse("placements:order_new"),
        {
            "title": "数控订单班",
            "programme": programme.pk,
            "head_count": "20",
            "wage": "5200",
            "commitments": "合格即录用",
            "starts_on": f"{stage.TODAY:%Y-%m-%d}",
            "last_day": f"{stage.TODAY - 3 * stage.DAY:%Y-%m-%d}",
        },
    )
    assert page.status_code == 422
    assert "培养终止日应晚于起始日" in page.content.decode()
    assert "数控订单班" in page.content.decode()


def test_officials_see_counts_and_no_students(world: World) -> None:
    order = stage.with_students(world)
    text = world.reviewer.client.get(order.get_absolute_url()).content.decode()
    assert "编入" in text
    assert "演示学生0" not in text


def test_the_list_needs_the_same_queries_for_few_and_many(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = world.school.client, reverse("placements:order_list")
    stage.drafted_order(world)
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for number in range(12):
        stage.drafted_order(world, title=f"订单 {number}")
    with django_assert_max_num_queries(40) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_a_programme_is_planned_submitted_and_filed_in_the_browser(world: World) -> None:
    row = stage.drafted_apprenticeship(world)
    client = world.enterprise.client
    rotation = reverse("placements:apprenticeship_rotation", kwargs={"apprenticeship_id": row.pk})
    bad = client.post(rotation, {"places": "随便写", "wages": "1 3000"})
    assert bad.status_code == 422
    assert "第 1 行读不懂" in bad.content.decode()
    client.post(rotation, {"places": "1-12 车间：车削、检测", "wages": "1 3000\n7 3600"})
    assert row.rotation.get().tasks == ["车削", "检测"]
    address = reverse("placements:apprenticeship_terms", kwargs={"apprenticeship_id": row.pk})
    client.post(address, terms_given(client.get(address).content.decode()))
    client.post(reverse("placements:apprenticeship_submit", kwargs={"apprenticeship_id": row.pk}))
    file = reverse("placements:apprenticeship_file", kwargs={"apprenticeship_id": row.pk})
    world.reviewer.client.post(file, {"filing_number": "青人社备 9 号"})
    row.refresh_from_db()
    assert (row.state, row.filing_number) == (ApprenticeshipState.FILED, "青人社备 9 号")
    assert row.terms["plan"] == "双方商定的内容"


def test_the_apprentice_page_says_what_is_missing(world: World) -> None:
    row = stage.enrolled(world)
    text = world.school.client.get(row.get_absolute_url()).content.decode()
    assert "培养协议还没有签齐" in text
    assert "缺企业导师、院校导师" in text


def test_a_rival_finds_nothing(world: World) -> None:
    stage.enrolled(world)
    programme = Apprenticeship.objects.get()
    assert world.rival.client.get(programme.get_absolute_url()).status_code == 404
