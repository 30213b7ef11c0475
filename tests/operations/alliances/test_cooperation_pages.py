"""The pages of cooperation, as each reader meets them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.alliances.commands.cooperation import report_year
from silian.operations.alliances.models.cooperation import CooperationProject
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import cooperation_stage as stage
from tests.operations.alliances.stage import TODAY
from tests.world import World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_school_registers_signs_and_reports_in_the_browser(world: World) -> None:
    client = world.school.client
    given = {
        "organisation": stage.unit_id(world.school),
        "title": "焊接技术联合培养",
        "scope": "belt_and_road",
        "kind": "base",
        "partner": "东岸焊接研究院（演示）",
        "partner_place": "演示国",
        "summary": "共建实训基地",
    }
    answer = client.post(reverse("alliances:cooperation_new"), given)
    assert answer.status_code == 302, text(answer)
    project = CooperationProject.objects.get()
    step = reverse("alliances:cooperation_step", kwargs={"project_id": project.pk, "name": "sign"})
    refused = client.post(step, {"on": "2025-05-10"})
    assert refused.status_code == 422
    assert "协议编号" in text(refused)
    CooperationProject.objects.update(agreement_reference="青职合〔2025〕3号")
    assert client.post(step, {"on": "2025-05-10"}).status_code == 302
    page = text(client.get(project.get_absolute_url()))
    assert "报送 2025 年成效" in page
    year = reverse("alliances:cooperation_year", kwargs={"project_id": project.pk})
    numbers = {"students_out": 12, "teachers_out": 3, "students_in": 0, "experts_in": 2}
    sent = client.post(year, {**numbers, "year": 2025, "result": "开出 2 门课程"})
    assert sent.status_code == 302, text(sent)
    assert "派出 15 人次" in text(world.anonymous.client.get(project.get_absolute_url()))


def test_todos_ask_for_the_year(world: World) -> None:
    stage.signed(world)
    page = text(world.school.client.get(reverse("portal:todo_list")))
    assert "报送 2025 年度成效：焊接技术联合培养" in page


def test_what_is_only_talked_about_is_not_found_by_others(world: World) -> None:
    url = stage.explored(world).get_absolute_url()
    assert world.rival.client.get(url).status_code == 404
    assert world.anonymous.client.get(url).status_code == 404


def test_the_list_fragment_equals_the_page(world: World) -> None:
    stage.signed(world)
    url = reverse("alliances:cooperation_list")
    assert_fragment_equals_page(client=world.anonymous.client, url=url, selector="#sl-results")


@pytest.mark.parametrize("name", ["cooperation_list", "talent_list"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_can_be_taken_away(world: World, name: str, kind: str) -> None:
    stage.signed(world)
    stage.talent(world)
    answer = world.coordinator.client.get(reverse(f"alliances:{name}"), {"export": kind})
    assert answer.status_code == 200
    assert b"".join(answer)  # type: ignore[arg-type]


def many(world: World, count: int) -> None:
    for place in range(count):
        project = stage.signed(world, title=f"项目 {CooperationProject.objects.count()}-{place}")
        report_year(
            project_id=project.pk,
            year=2025,
            facts=stage.year_facts(),
            actor=world.school.actor,
            today=TODAY,
        )
        stage.talent(world)


PAGES = ["cooperation_list", "cooperation_statistics", "talent_list"]


@pytest.mark.parametrize("name", PAGES)
def test_lists_cost_the_same_with_three_and_with_thirty(world: World, name: str) -> None:
    stage.forum(world)
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


def test_the_statistics_page_shows_forums(world: World) -> None:
    stage.forum(world)
    page = text(world.anonymous.client.get(reverse("alliances:cooperation_statistics")))
    assert "澜江职业教育合作论坛" in page
    assert "有年度没有记录" in page
