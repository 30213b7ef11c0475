"""The ledger as a list: lights in the database as in the rule, filters, costs, the sheet."""

from __future__ import annotations

import datetime
import io
import random
from zipfile import ZipFile

from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from silian.foundation.kernel.working_days import WorkingCalendar
from silian.governance.policy_tasks.choices import TaskState, Weather
from silian.governance.policy_tasks.exports.task_sheet import task_sheet_docx, task_sheet_xlsx
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.queries.task_detail import light_of
from silian.governance.policy_tasks.queries.task_lists import for_list, with_light
from silian.governance.policy_tasks.queries.task_positions import task_position
from silian.registers.policies.choices import Force
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, World


def make_many(world: World, number: int, *, lead: bool = True) -> None:
    """Tasks of every state, weather and force, some late, some silent, some due soon."""
    rng = random.Random(number)
    body = stage.body_of(world.coordinator, name="市教育局")
    start = PolicyTask.objects.count()
    PolicyTask.objects.bulk_create(
        PolicyTask(
            division_id=CITY,
            origin="manual",
            number=f"测-{start + place:05d}",
            title="任务",
            state=(state := rng.choice([s for s in TaskState if s != TaskState.CANCELLED])),
            done_on=stage.TODAY if state == TaskState.DONE else None,
            lead=body if lead else None,
            force=rng.choice(list(Force)),
            weather=rng.choice(["", *Weather]),
            weather_by_supervisor=rng.choice(["", "", *Weather]),
            due_on=rng.choice([None, stage.TODAY + rng.randint(-60, 90) * stage.DAY]),
            assigned_at=None
            if state == TaskState.DRAFT
            else stage.NOW - rng.randint(0, 90) * stage.DAY,
        )
        for place in range(number)
    )


def test_the_light_in_the_list_is_the_light_of_the_rule(world: World) -> None:
    make_many(world, 300)
    calendar = WorkingCalendar()
    for task in with_light(PolicyTask.objects.all(), on=stage.TODAY, calendar=calendar):
        light, _ = light_of(task, on=stage.TODAY, calendar=calendar)
        assert task.present_light == light.value


def queries_of(world: World, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_the_ledger_costs_the_same_with_thirty_and_with_many(world: World) -> None:
    make_many(world, 30)
    queries_of(world, "/policy-tasks/")  # the first request fills what the process remembers
    few = queries_of(world, "/policy-tasks/")
    make_many(world, 2_970)
    assert queries_of(world, "/policy-tasks/") == few


def test_the_position_counts_every_assigned_task_once(world: World) -> None:
    make_many(world, 60)
    make_many(world, 5, lead=False)
    position = task_position(division=CITY, on=stage.TODAY)
    assert position.total == position.open + position.done
    assert sum(row.open + row.done for row in position.bodies) == position.total
    assert position.overdue == len([row for row in position.late if row.days_late > 0])


def test_the_ledger_filters_by_light(world: World) -> None:
    make_many(world, 60)
    answer = world.coordinator.client.get("/policy-tasks/?light=overdue&light=gap")
    table = answer.context["table"]
    assert {row.present_light for row in table.page.rows} <= {"overdue", "gap"}
    assert table.count > 0


def test_the_sheet_has_the_official_order_of_columns(world: World) -> None:
    industry = stage.department()
    document = stage.make_document(world)
    stage.draft(world, industry, document=document)
    stage.draft(world, document=document)
    rows = for_list(PolicyTask.objects.order_by("number"))
    paper = Document(io.BytesIO(task_sheet_docx(rows, title="重点任务分工表")))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert cells[0] == ["序号", "任务", "牵头单位", "责任单位", "完成时限", "进展"]
    assert [row[2] for row in cells[1:]] == ["市工业和信息化局", "原文未写明"]
    with ZipFile(io.BytesIO(task_sheet_xlsx(rows))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    places = [sheet.index(head) for head in cells[0]]
    assert places == sorted(places)


def test_a_sheet_of_too_many_is_refused(world: World) -> None:
    make_many(world, 1001)
    answer = world.coordinator.client.get("/policy-tasks/sheet/docx/")
    assert answer.status_code == 409


def test_the_pages_open_for_those_concerned(world: World) -> None:
    industry = stage.department()
    task = stage.running(world, industry)
    for url in ("/policy-tasks/mine/", f"/policy-tasks/tasks/{task.pk}/report/"):
        assert industry.client.get(url).status_code == 200
    for url in (
        "/policy-tasks/bodies/",
        f"/policy-tasks/bodies/{task.lead_id}/",
        "/policy-tasks/drafts/",
        f"/policy-tasks/tasks/{task.pk}/arrange/",
    ):
        assert world.coordinator.client.get(url).status_code == 200


def test_a_report_without_difficulty_comes_back_with_what_was_typed(world: World) -> None:
    industry = stage.department()
    task = stage.running(world, industry)
    typed = {"text": "等待用地批复", "percent": 30, "weather": "blocked"}
    answer = industry.client.post(f"/policy-tasks/tasks/{task.pk}/report/", typed)
    assert answer.status_code == 422
    assert "请写明困难" in answer.content.decode()
    assert "等待用地批复" in answer.content.decode()


def test_evidence_goes_with_a_claim_through_the_page(world: World) -> None:
    industry = stage.department()
    task = stage.running(world, industry)
    typed = {"text": "建成", "percent": 100, "weather": "normal", "evidence": stage.proof()}
    answer = industry.client.post(f"/policy-tasks/tasks/{task.pk}/report/?step=claim", typed)
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.state == "claimed"
    assert datetime.date(2026, 3, 18) == stage.TODAY
