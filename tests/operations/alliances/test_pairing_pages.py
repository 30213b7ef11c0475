"""The pages of zones and pairings, as each reader meets them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.alliances.commands.pairings import plan_action
from silian.operations.alliances.models.pairings import Pairing
from silian.registers.organisations.choices import OrganisationKind
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import pairing_stage as stage
from tests.operations.alliances.stage import TODAY
from tests.world import COUNTY, World, make_organisation


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_school_proposes_in_the_browser_and_the_department_confirms(world: World) -> None:
    area = stage.zone(world)
    assert world.school.organisation is not None
    given = {
        "zone": area.pk,
        "school": world.school.organisation.pk,
        "starts_on": "2026-04-01",
        "ends_on": "2026-03-01",
        "plan": "共建实训车间",
    }
    wrong = world.school.client.post(reverse("alliances:pairing_new"), given)
    assert wrong.status_code == 422
    assert "终止日应晚于起始日" in text(wrong)
    assert "共建实训车间" in text(wrong)
    answer = world.school.client.post(
        reverse("alliances:pairing_new"), {**given, "ends_on": "2028-04-01"}
    )
    assert answer.status_code == 302, text(answer)
    page = text(world.coordinator.client.get(answer.url))
    assert "退回" in page
    step = reverse(
        "alliances:pairing_step", kwargs={"pairing_id": Pairing.objects.get().pk, "name": "confirm"}
    )
    world.coordinator.client.post(step)
    assert "实施中" in text(world.anonymous.client.get(answer.url))


def test_a_department_registers_a_zone_in_the_browser(world: World) -> None:
    given = {
        "name": "高新区装备产业集聚区",
        "division": COUNTY,
        "founded_on": "2018-05-01",
        "industries": "34",
    }
    answer = world.coordinator.client.post(reverse("alliances:zone_new"), given)
    assert answer.status_code == 302, text(answer)
    assert "通用设备制造业" in text(world.anonymous.client.get(answer.url))


def test_the_gap_list_says_what_to_do_next(world: World) -> None:
    stage.standard("1")
    stage.zone(world)
    page = text(world.coordinator.client.get(reverse("alliances:zone_gaps")))
    assert "还差 1 所" in page
    assert "青澜职业技术学院" in page
    assert "违规" not in page


def test_a_hidden_proposal_is_not_found(world: World) -> None:
    pairing = stage.proposed(world)
    assert world.enterprise.client.get(pairing.get_absolute_url()).status_code == 404
    assert world.anonymous.client.get(pairing.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["zone_list", "pairing_list"])
def test_fragments_equal_their_pages(world: World, name: str) -> None:
    stage.running(world)
    url = reverse(f"alliances:{name}")
    assert_fragment_equals_page(client=world.anonymous.client, url=url, selector="#sl-results")


@pytest.mark.parametrize("name", ["zone_list", "pairing_list"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_can_be_taken_away(world: World, name: str, kind: str) -> None:
    stage.running(world)
    answer = world.anonymous.client.get(reverse(f"alliances:{name}"), {"export": kind})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer)  # type: ignore[arg-type]


def many(world: World, count: int) -> None:
    for place in range(count):
        serial = f"{Pairing.objects.count()}-{place}"
        area = stage.zone(world, name=f"集聚区 {serial}")
        school = make_organisation(name=f"学校 {serial}", kind=OrganisationKind.SCHOOL)
        pairing = stage.running(world, area, school_id=school.pk)
        plan_action(
            pairing_id=pairing.pk, title="实训", due_on=TODAY, actor=world.coordinator.actor
        )


@pytest.mark.parametrize("name", ["zone_list", "zone_gaps", "pairing_list"])
def test_lists_cost_the_same_with_three_and_with_thirty(world: World, name: str) -> None:
    stage.standard("2")
    many(world, 3)
    few = cost(world, name)
    many(world, 24)
    assert cost(world, name) == few


def cost(world: World, name: str) -> int:
    url = reverse(f"alliances:{name}")
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_todos_ask_for_answers_and_results(world: World) -> None:
    stage.proposed(world)
    assert "确认对口合作" in text(world.coordinator.client.get(reverse("portal:todo_list")))
    Pairing.objects.update(state="running")
    plan_action(
        pairing_id=Pairing.objects.get().pk,
        title="学生到园区实训",
        due_on=TODAY,
        actor=world.school.actor,
    )
    assert "登记成效：学生到园区实训" in text(world.school.client.get(reverse("portal:todo_list")))
