"""What the pages of the lists show and cost."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.governance.policy_tasks.choices import ListState, Weather
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.registers.accounts.models import Notification
from tests.governance.policy_tasks.lists.stage import claimed, closed, opened
from tests.governance.policy_tasks.supervision.stage import DAY, NOW, TODAY, make_task, proof
from tests.htmx import assert_fragment_equals_page
from tests.world import World

LIST = reverse("policy_tasks:list_items")


def test_the_difficulty_of_a_report_fills_the_form_and_links_back(world: World) -> None:
    report = ProgressReport.objects.create(
        task=make_task(world),
        organisation=world.coordinator.organisation,
        text="选址未定",
        percent=20,
        weather=Weather.BLOCKED,
        difficulty="规划调整未批，需要协调",
        reported_by=world.reviewer.user,
        reported_at=NOW,
    )
    where = f"{reverse('policy_tasks:list_item_new')}?report={report.pk}"
    assert "规划调整未批，需要协调" in world.coordinator.client.get(where).content.decode()
    data = {
        "kind": "problem",
        "title": "规划调整未批",
        "detail": "规划调整未批，需要协调",
        "source_kind": "difficulty",
        "lead": report.task.lead_id,
    }
    world.coordinator.client.post(where, data)
    assert ListItem.objects.get().report == report
    again = world.coordinator.client.post(where, data)
    assert again.status_code == 422
    assert "已列入清单" in again.content.decode()


def test_the_way_to_closing_through_the_pages(world: World) -> None:
    item = opened(world)

    def step(name: str, /, **more: str) -> str:
        return reverse(f"policy_tasks:{name}", kwargs={"item_id": item.pk, **more})

    bureau, supervisor = world.reviewer.client, world.supervisor.client
    bureau.post(step("list_item_note"), {"text": "已会商", "proofs": [proof()]})
    assert bureau.post(step("list_item_claim"), {"text": "已办"}).status_code == 422
    bureau.post(step("list_item_claim"), {"text": "已办", "proofs": [proof()]})
    supervisor.post(step("list_item_judge", name="return"), {"text": "缺批复"})
    bureau.post(step("list_item_claim"), {"text": "已补", "proofs": [proof()]})
    supervisor.post(step("list_item_judge", name="close"), {"text": "属实"})
    item.refresh_from_db()
    assert (item.state, item.return_count) == (ListState.CLOSED, 1)
    assert "退回" in supervisor.get(item.get_absolute_url()).content.decode()


def test_ages_and_standings_filter_the_list(world: World) -> None:
    old, young, done = opened(world), opened(world), closed(world)
    ListItem.objects.filter(pk=old.pk).update(opened_on=TODAY - 100 * DAY)
    for query, shown in (
        ({"age": "91"}, old),
        ({"age": "0"}, young),
        ({"standing": "closed"}, done),
    ):
        page = world.leader.client.get(LIST, query).content.decode()
        links = [item.get_absolute_url() in page for item in (old, young, done)]
        assert links == [item == shown for item in (old, young, done)]


def test_the_fragment_is_the_page_and_the_rows_go_out(world: World) -> None:
    opened(world)
    assert_fragment_equals_page(world.leader.client, LIST, kind="problem")
    answer = world.leader.client.get(LIST, {"export": "xlsx"})
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_list_costs_the_same_with_3_and_30_items(world: World) -> None:
    counts = []
    world.leader.client.get(LIST)
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            opened(world, title=f"第 {number} 件清单事项")
        with CaptureQueriesContext(connection) as queries:
            assert world.leader.client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_keepers_other_than_the_claimant_are_told(world: World, run_jobs: object) -> None:
    claimed(world)
    run_jobs()  # type: ignore[operator]
    for person, count in ((world.supervisor, 1), (world.coordinator, 1), (world.reviewer, 0)):
        found = Notification.objects.filter(user=person.user, title__startswith="申请销号")
        assert found.count() == count
