"""The pages of groups and committees, as each reader meets them."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from silian.operations.alliances.commands.group_lists import draft_list, publish_list
from silian.operations.alliances.commands.group_members import seat_in_council
from silian.operations.alliances.models.groups import AllianceGroup
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import committee_stage
from tests.operations.alliances import group_stage as stage
from tests.world import World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def cost(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_coordinator_registers_a_group_in_the_browser(world: World) -> None:
    given = {
        "kind": "alliance",
        "level": "city",
        "name": "青澜物流产教联盟",
        "division": "990100",
        "founded_on": "2025-01-10",
        "lead": stage.unit_of(world.school).pk,
        "lead_kind": "college",
    }
    answer = world.coordinator.client.post(reverse("alliances:group_new"), given)
    assert answer.status_code == 302, text(answer)
    assert "筹建" in text(world.coordinator.client.get(answer.url))


def test_a_consortium_without_park_is_refused_and_keeps_what_was_typed(world: World) -> None:
    given = {"kind": "consortium", "name": "高新区产教联合体", "level": "city"}
    answer = world.coordinator.client.post(reverse("alliances:group_new"), given)
    assert answer.status_code == 422
    assert "请写明依托园区" in text(answer)
    assert "高新区产教联合体" in text(answer)


def test_an_invited_unit_finds_the_confirmation_on_page_and_workbench(world: World) -> None:
    group = stage.running(world)
    stage.member(group, stage.unit_of(world.rival), state="invited", joined_on=None)
    page = text(world.rival.client.get(group.get_absolute_url()))
    assert "牵头单位把贵单位列为企业成员" in page
    ledger = reverse("alliances:group_ledger", kwargs={"group_id": group.pk})
    assert ledger not in page
    assert world.rival.client.get(ledger).status_code == 404
    assert "确认加入：青澜装备产教联盟" in text(world.rival.client.get(reverse("portal:today")))


def test_a_late_filing_stands_among_the_todos_of_the_lead(world: World) -> None:
    stage.consortium(world)
    shown = text(world.school.client.get(reverse("portal:today")))
    assert "报送 2023 年度工作计划" in shown
    late = text(world.coordinator.client.get(reverse("alliances:filing_list")))
    assert "青澜高新区产教联合体" in late
    assert "提出建议" in late


def test_a_council_whose_terms_end_is_one_line_among_the_todos(world: World) -> None:
    group = stage.running(world)
    for role in ("director", "deputy"):
        facts = stage.council(world, role=role, ends_on=stage.today())
        seat_in_council(group_id=group.pk, facts=facts, actor=world.school.actor)
    shown = text(world.school.client.get(reverse("portal:today")))
    assert shown.count("理事会换届：青澜装备产教联盟") == 1
    assert "2 个职务届满或将届满" in shown


def test_a_visitor_reads_members_and_lists_and_no_ledger(world: World) -> None:
    group = stage.running(world)
    stage.recorded(world, group, title="内部事项")
    edition = draft_list(
        group_id=group.pk, kind="talent", text="多轴操作", note="", actor=world.school.actor
    )
    publish_list(edition_id=edition.pk, on=stage.today(), actor=world.school.actor)
    page = text(world.anonymous.client.get(group.public_url))
    assert "启衡精密制造（演示）" in page
    assert "内部事项" not in page
    url = reverse("alliances:group_list_public", kwargs={"group_id": group.pk, "kind": "talent"})
    assert "多轴操作" in text(world.anonymous.client.get(url))
    content = downloaded(world.anonymous.client, url + "?export=csv")
    assert "多轴操作" in content.decode("utf-8-sig")


def test_a_group_in_preparation_is_not_public(world: World) -> None:
    group = stage.running(world)
    AllianceGroup.objects.filter(pk=group.pk).update(state="preparing", started_on=None)
    assert world.anonymous.client.get(group.public_url).status_code == 404
    directory = text(world.anonymous.client.get(reverse("alliances:group_directory")))
    assert group.name not in directory


def downloaded(client: Client, url: str) -> bytes:
    answer = client.get(url)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_ledger_comes_as_a_workbook(world: World) -> None:
    group = stage.running(world)
    stage.recorded(world, group)
    url = reverse("alliances:group_ledger", kwargs={"group_id": group.pk}) + "?export=xlsx"
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(downloaded(world.school.client, url))
    ).get_sheet_by_index(0)
    assert any("提供实习岗位" in [str(cell) for cell in row] for row in sheet.to_python())


def test_an_unset_weight_reads_unset_on_the_ledger(world: World) -> None:
    group = stage.running(world)
    url = reverse("alliances:group_ledger", kwargs={"group_id": group.pk})
    assert "活跃度 未设定" in text(world.school.client.get(url))


def test_a_school_answers_an_opinion_in_the_browser(world: World) -> None:
    opinion = committee_stage.issued(world)
    answer = opinion.answers.get()
    url = reverse("alliances:opinion_answer", kwargs={"answer_id": answer.pk})
    refused = world.school.client.post(url, {"take": "adopted", "text": ""})
    assert refused.status_code == 422
    done = world.school.client.post(url, {"take": "adopted", "text": "列入方案"})
    assert done.status_code == 302
    assert "列入方案" in text(world.school.client.get(opinion.get_absolute_url()))
    assert "列入方案" not in text(world.anonymous.client.get(opinion.get_absolute_url()))


def test_a_public_committee_page_names_posts_and_nothing_else(world: World) -> None:
    committee = committee_stage.with_member(world)
    page = text(world.anonymous.client.get(committee.public_url))
    assert "陈佳宁" in page
    assert "登记离任" not in page


LISTS = ("group_list", "committee_list", "opinion_list", "group_directory")


@pytest.mark.parametrize("name", LISTS)
def test_fragments_equal_their_pages(world: World, name: str) -> None:
    stage.running(world)
    committee_stage.issued(world)
    url = reverse(f"alliances:{name}")
    assert_fragment_equals_page(client=world.coordinator.client, url=url, selector="#sl-results")


def more(world: World, count: int) -> None:
    """More groups with members and designations, committees, and sent opinions."""
    start = AllianceGroup.objects.count()
    for place in range(start, start + count):
        group = stage.running(world, name=f"联盟 {place}")
        stage.target(world, group)
        committee = committee_stage.committee(world, name=f"委员会 {place}")
        committee_stage.issued(world, committee, title=f"意见 {place}")


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_with_three_and_with_twelve(world: World, name: str) -> None:
    url = reverse(f"alliances:{name}")
    more(world, 3)
    few = cost(world.coordinator.client, url)
    more(world, 9)
    assert cost(world.coordinator.client, url) == few


def test_the_pages_of_a_group_cost_the_same_with_more_rows(world: World) -> None:
    group = stage.consortium(world)
    urls = [
        group.get_absolute_url(),
        group.public_url,
        reverse("alliances:group_ledger", kwargs={"group_id": group.pk}),
        reverse("alliances:group_records", kwargs={"group_id": group.pk}),
    ]
    stage.target(world, group)
    stage.recorded(world, group)
    few = [cost(world.school.client, url) for url in urls]
    for place in range(6):
        stage.target(world, group, title=f"目标 {place}")
        stage.recorded(world, group, title=f"贡献 {place}")
    assert [cost(world.school.client, url) for url in urls] == few
