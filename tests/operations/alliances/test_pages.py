"""The pages of bodies and meetings, as each reader meets them."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from silian.operations.alliances.commands.escalations import raise_escalation
from silian.operations.alliances.commands.meetings import sign_minutes
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.meetings import Meeting
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import stage
from tests.world import World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_coordinator_sets_up_a_body_in_the_browser(world: World) -> None:
    given = {
        "division": "990100",
        "kind": "leading_group",
        "name": "青澜市产教融合工作领导小组",
        "founded_on": "2025-01-10",
        "rhythm": "",
    }
    answer = world.coordinator.client.post(reverse("alliances:body_new"), given)
    assert answer.status_code == 302, text(answer)
    page = world.coordinator.client.get(answer.url)
    assert "周期未设定" in text(page)


def test_a_taken_name_is_said_beside_its_box_and_nothing_is_lost(world: World) -> None:
    stage.group(world)
    given = {
        "division": "990100",
        "kind": "leading_group",
        "name": "青澜市产教融合工作领导小组",
        "founded_on": "2025-01-10",
        "duties": "统筹全市工作",
    }
    answer = world.coordinator.client.post(reverse("alliances:body_new"), given)
    assert answer.status_code == 422
    assert "本地区已有" in text(answer)
    assert "统筹全市工作" in text(answer)


def test_the_member_sees_its_own_reply_and_answers(world: World) -> None:
    meeting = stage.convened(world)
    page = text(world.reviewer.client.get(meeting.get_absolute_url()))
    assert "提交回执" in page
    place = meeting.attendances.get(post__organisation=world.reviewer.organisation)
    url = reverse("alliances:meeting_reply", kwargs={"attendance_id": place.pk})
    refused = world.reviewer.client.post(url, {"reply": "absent"})
    assert refused.status_code == 422
    assert "请假请写明原因" in text(refused)
    assert world.reviewer.client.post(url, {"reply": "comes"}).status_code == 302


def test_minutes_are_not_shown_before_they_are_signed(world: World) -> None:
    meeting = stage.held(world)
    assert "会议听取了汇报" in text(world.coordinator.client.get(meeting.get_absolute_url()))
    assert "会议听取了汇报" not in text(world.leader.client.get(meeting.get_absolute_url()))


def test_signed_minutes_come_as_a_word_document(world: World) -> None:
    meeting = stage.held(world)
    stage.decided(world, meeting)
    sign_minutes(
        meeting_id=meeting.pk,
        signed_by="梁思远",
        signed_on=stage.AFTER.date(),
        actor=world.coordinator.actor,
    )
    answer = world.leader.client.get(
        reverse("alliances:meeting_minutes", kwargs={"meeting_id": meeting.pk})
    )
    words = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "公共实训基地选址方案报审（牵头单位：市教育局；完成期限：2026年5月17日）" in words
    assert "签发：梁思远" in words


@pytest.mark.parametrize("name", ["meeting_list", "decision_list", "escalation_list"])
def test_fragments_equal_their_pages(world: World, name: str) -> None:
    stage.convened(world)
    url = reverse(f"alliances:{name}")
    assert_fragment_equals_page(client=world.coordinator.client, url=url, selector="#sl-results")


def many_meetings(world: World, count: int) -> None:
    body = CoordinatingBody.objects.first() or stage.group(world)
    for place in range(count):
        meeting = stage.convened(world, body)
        stage.decided(world, meeting, f"事项 {place}")
        raise_escalation(
            body_id=body.pk,
            title=f"问题 {place}",
            detail="情况",
            actor=world.reviewer.actor,
            now=stage.NOW,
        )


PAGES = ("body_list", "meeting_list", "decision_list", "escalation_list")


@pytest.mark.parametrize("name", PAGES)
def test_lists_cost_the_same_with_three_and_with_thirty(world: World, name: str) -> None:
    assert cost(world, name, 3) == cost(world, name, 27)


def cost(world: World, name: str, more: int) -> int:
    many_meetings(world, more)
    return page_cost(world, reverse(f"alliances:{name}"))


def test_the_body_page_costs_the_same_with_more_meetings(world: World) -> None:
    many_meetings(world, 2)
    url = CoordinatingBody.objects.get().get_absolute_url()
    few = page_cost(world, url)
    many_meetings(world, 12)
    assert page_cost(world, url) == few
    assert Meeting.objects.count() == 14


def page_cost(world: World, url: str) -> int:
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_todos_ask_for_replies_and_problems(world: World) -> None:
    body = stage.group(world)
    stage.convened(world, body)
    raise_escalation(
        body_id=body.pk, title="用地", detail="情况", actor=world.reviewer.actor, now=stage.NOW
    )
    asked = text(world.reviewer.client.get(reverse("portal:today")))
    assert "会议回执：第一次全体会议" in asked
    arranged = text(world.coordinator.client.get(reverse("portal:today")))
    assert "安排协调：用地" in arranged


def test_lists_name_the_units_and_bodies(world: World) -> None:
    many_meetings(world, 1)
    shown = text(world.coordinator.client.get(reverse("alliances:escalation_list")))
    table = shown[shown.index('id="sl-results"') :]
    assert "青澜市教育局（演示）" in table
    assert "青澜市产教融合工作领导小组" in table
