"""What the pages of supervision show and cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.governance.policy_tasks.choices import AccountabilityState, FindingState
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    SupervisionFinding,
)
from silian.governance.policy_tasks.queries.supervision import due_soon_ids, overdue_ids
from silian.governance.policy_tasks.tasks.supervision import watch_findings
from silian.registers.accounts.models import Notification
from silian.registers.policies.choices import Force
from tests.governance.policy_tasks.supervision.stage import (
    DAY,
    TODAY,
    answered,
    issued,
    make_task,
    other_department,
    proof,
    running,
)
from tests.htmx import assert_fragment_equals_page
from tests.world import World


def url(name: str, /, **kwargs: object) -> str:
    return reverse(f"policy_tasks:{name}", kwargs=kwargs or None)


def test_the_form_from_a_late_task_is_filled_in(world: World) -> None:
    task = make_task(world)
    page = world.supervisor.client.get(url("supervision_new"), {"task": task.pk}).content.decode()
    assert "逾期 8 天" in page
    assert f'value="{task.lead_id}" selected' in page


def test_an_order_is_issued_from_the_form(world: World) -> None:
    task = make_task(world)
    data = {
        "body": task.lead_id,
        "severity": "general",
        "title": "选址意见未报送",
        "text": "应于 3 月 10 日报送。",
        "demand": "报送选址意见。",
        "working_days": 5,
        "proofs": [proof("现场记录.txt")],
    }
    where = f"{url('supervision_new')}?task={task.pk}"
    answer = world.supervisor.client.post(where, data)
    finding = SupervisionFinding.objects.get()
    assert answer.url == finding.get_absolute_url()  # type: ignore[attr-defined]
    assert finding.task == task
    page = world.reviewer.client.get(finding.get_absolute_url()).content.decode()
    assert "签收" in page
    assert "现场记录.txt" in page


def test_a_refused_order_keeps_what_was_typed(world: World) -> None:
    data = {"title": "选址", "text": "没有报送的情况", "working_days": 5, "severity": "general"}
    answer = world.supervisor.client.post(url("supervision_new"), data)
    assert answer.status_code == 422
    assert "没有报送的情况" in answer.content.decode()


def test_a_soft_rule_reads_as_a_gap(world: World) -> None:
    finding = issued(world, task_id=make_task(world, force=Force.ENCOURAGED).pk)
    page = world.reviewer.client.get(finding.get_absolute_url()).content.decode()
    assert "差距，不扣分" in page
    assert "违规" not in page


def test_the_whole_way_of_an_order_through_the_pages(world: World) -> None:
    finding = issued(world)
    key = {"finding_id": finding.pk}
    bureau, supervisor = world.reviewer.client, world.supervisor.client
    bureau.post(url("supervision_step", **key, name="receive"))
    words = {"measures": "两次会商", "result": "已报送"}
    missing = bureau.post(url("supervision_answer", **key), words)
    assert missing.status_code == 422
    bureau.post(url("supervision_answer", **key), {**words, "proofs": [proof(), proof("表.txt")]})
    supervisor.post(url("supervision_return", **key), {"opinion": "缺批复", "working_days": 3})
    bureau.post(url("supervision_answer", **key), {**words, "proofs": [proof()]})
    supervisor.post(url("supervision_step", **key, name="accept"))
    finding.refresh_from_db()
    assert (finding.state, finding.return_count) == (FindingState.CLOSED, 1)
    page = supervisor.get(finding.get_absolute_url()).content.decode()
    assert "退回 1 次" in page


def test_files_of_an_answer_are_closed_to_strangers(world: World) -> None:
    from silian.foundation.kernel.files import file_readable_by, files_of

    file = files_of(answered(world)).get()
    assert file_readable_by(world.supervisor.actor, file_id=file.pk)
    assert file_readable_by(world.reviewer.actor, file_id=file.pk)
    assert file_readable_by(other_department().actor, file_id=file.pk) is None
    assert file_readable_by(world.school.actor, file_id=file.pk) is None


def test_filters_leave_the_overdue(world: World) -> None:
    late, fine = issued(world), issued(world, title="另一件督办事项")
    SupervisionFinding.objects.filter(pk=late.pk).update(due_on=TODAY - DAY)
    page = world.leader.client.get(url("supervision_list"), {"standing": "overdue"})
    assert late.number in page.content.decode()
    assert fine.number not in page.content.decode()


def test_the_fragment_is_the_page(world: World) -> None:
    issued(world)
    assert_fragment_equals_page(world.leader.client, url("supervision_list"), standing="open")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_orders_are_exported(world: World, kind: str) -> None:
    issued(world)
    answer = world.leader.client.get(url("supervision_list"), {"export": kind})
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_lists_cost_the_same_with_3_and_30_rows(world: World) -> None:
    counts: list[list[int]] = []
    names = ("supervision_list", "supervision_round_list")
    warm = [cost(world, name) for name in names]
    assert all(warm)
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            issued(world, title=f"第 {number} 件督办事项")
        if not counts:
            running(world)
        counts.append([cost(world, name) for name in names])
    assert counts[0] == counts[1]


def cost(world: World, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert world.leader.client.get(url(name)).status_code == 200
    return len(queries)


def test_a_checklist_costs_the_same_with_3_and_30_lines(world: World) -> None:
    counts = []
    for number in range(3):
        make_task(world, number=str(number))
    round_ = running(world)
    world.leader.client.get(round_.get_absolute_url())
    for last in (3, 30):
        for number in range(round_.items.count(), last):
            task = make_task(world, number=str(number))
            round_.items.create(task=task, taken_at=round_.created_at)
        with CaptureQueriesContext(connection) as queries:
            assert world.leader.client.get(round_.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_found_line_leads_to_its_order(world: World) -> None:
    round_ = running(world)
    line = round_.items.get()
    where = url("supervision_check", round_id=round_.pk, item_id=line.pk)
    answer = world.supervisor.client.post(where, {"result": "found", "note": "佐证不齐"})
    assert answer.url == f"{url('supervision_new')}?check={line.pk}"  # type: ignore[attr-defined]
    page = world.supervisor.client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "佐证不齐" in page


def test_people_are_told_once(world: World, run_jobs: object) -> None:
    issued(world)
    run_jobs()  # type: ignore[operator]
    told = Notification.objects.filter(user=world.reviewer.user, title__startswith="督办单")
    assert told.count() == 1


def test_the_clock_reminds_and_escalates_once(world: World, run_jobs: object) -> None:
    soon, late = issued(world), issued(world, title="另一件督办事项")
    SupervisionFinding.objects.filter(pk=soon.pk).update(due_on=TODAY + DAY)
    SupervisionFinding.objects.filter(pk=late.pk).update(due_on=TODAY - DAY)
    assert (due_soon_ids(on=TODAY), overdue_ids(on=TODAY)) == ([soon.pk], [late.pk])
    for _ in range(2):
        watch_findings(timestamp=0)
    late.refresh_from_db()
    assert late.was_overdue
    assert (due_soon_ids(on=TODAY), overdue_ids(on=TODAY)) == ([], [])
    run_jobs()  # type: ignore[operator]
    assert Notification.objects.filter(user=world.leader.user, title__contains="逾期").count() == 1


def test_a_body_replies_before_a_record_is_upheld(world: World) -> None:
    body = issued(world).body
    data = {
        "body": body.pk,
        "measure": "talk",
        "document": "约谈通知〔2026〕1号",
        "decided_by": "市领导小组办公室",
        "decided_on": TODAY.isoformat(),
        "facts": "督办单两次退回仍未整改。",
    }
    where = url("accountability_new")
    assert world.supervisor.client.post(where, data).status_code == 422
    world.supervisor.client.post(where, {**data, "proofs": [proof("约谈通知.txt")]})
    row = Accountability.objects.get()
    settle = url("accountability_settle", record_id=row.pk, name="uphold")
    early = world.supervisor.client.post(settle, {"outcome": "属实"})
    assert "可以申辩到" in early.content.decode()
    reply = url("accountability_reply", record_id=row.pk)
    world.reviewer.client.post(reply, {"reply": "已按期报送，佐证在附件。"})
    world.supervisor.client.post(settle, {"outcome": "属实，维持"})
    row.refresh_from_db()
    assert (row.state, row.outcome) == (AccountabilityState.UPHELD, "属实，维持")
    revoke = url("accountability_settle", record_id=row.pk, name="revoke")
    world.supervisor.client.post(revoke, {"outcome": "补充材料属实，撤销"})
    row.refresh_from_db()
    assert row.state == AccountabilityState.REVOKED


def test_a_reply_that_comes_too_late_is_refused(world: World) -> None:
    from tests.governance.policy_tasks.supervision.access_rows import a_record

    row = a_record(world)
    Accountability.objects.filter(pk=row.pk).update(reply_due_on=TODAY - DAY)
    where = url("accountability_reply", record_id=row.pk)
    answer = world.reviewer.client.post(where, {"reply": "有异议"})
    assert answer.status_code == 422
    assert "已过期限" in answer.content.decode()


def test_a_task_page_shows_its_orders_and_the_way_to_new_ones(world: World) -> None:
    task = make_task(world)
    finding = issued(world, task_id=task.pk)
    way = f"{url('supervision_new')}?task={task.pk}"
    page = world.supervisor.client.get(task.get_absolute_url()).content.decode()
    assert finding.number in page
    assert way in page
    assert f"{url('list_item_new')}?task={task.pk}" in page
    seen = world.leader.client.get(task.get_absolute_url()).content.decode()
    assert finding.number in seen
    assert way not in seen
