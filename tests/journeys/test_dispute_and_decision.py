"""A supervisor objects to a number beside the official one; a meeting's decision becomes a task."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import declared_metric
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.policy_tasks.models import PolicyTask
from silian.registers.policies.models import PolicyBody
from tests.browser import settle, violations
from tests.journeys.conftest import Seat
from tests.operations.alliances import stage
from tests.world import CITY, World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
MINUTES = "会议听取了各单位汇报，议定三项工作。"


def counted_value() -> MetricValue:
    """The number of verified enterprises in the city this year."""
    metric = declared_metric("organisations.enterprises")
    assert metric is not None
    today = timezone.localdate()
    recount(metric=metric, since=today.replace(month=1, day=1), now=timezone.now(), announce=False)
    rows = MetricValue.objects.current().filter(metric_code=metric.code, division_id=CITY)
    found = rows.order_by("-period_start", "period_kind").first()
    assert found is not None
    return found


def test_both_numbers_stand_until_the_objection_is_answered(cast: World, seat: Seat) -> None:
    value = counted_value()
    supervisor, leader = seat(cast.supervisor), seat(cast.leader)
    settle(supervisor, f"/metrics/values/{value.pk}/")
    supervisor.get_by_role("link", name="提出异议").click()
    supervisor.get_by_label("异议数").fill("9")
    supervisor.get_by_label("理由").fill("现场核对时有七家企业已核验，名录里还没有。")
    supervisor.get_by_label("证明材料").set_input_files(
        {"name": "核对表.txt", "mimeType": "text/plain", "buffer": "核对结果".encode()}
    )
    supervisor.get_by_role("button", name="提出").click()
    expect(supervisor.locator("main")).to_contain_text("认为是 9 家")

    settle(leader, f"/metrics/values/{value.pk}/")
    expect(leader.locator("main")).to_contain_text("提出异议")
    expect(leader.locator("main")).to_contain_text("异议数 9")
    assert violations(leader) == []


def test_a_signed_decision_becomes_a_task(cast: World, seat: Seat) -> None:
    PolicyBody.objects.create(
        division_id=CITY, name="市教育局", organisation=cast.coordinator.organisation
    )
    body = stage.group(cast)
    meeting = stage.convened(cast, body)
    past = timezone.now() - datetime.timedelta(hours=2)
    meeting.held_at = past
    meeting.save(update_fields=["held_at"])
    member, keeper = seat(cast.reviewer), seat(cast.coordinator)

    settle(member, meeting.get_absolute_url())
    member.get_by_role("link", name="提交回执").click()
    member.get_by_label("参加", exact=True).check()
    member.get_by_role("button", name="提交回执").click()
    expect(member.locator("main")).to_contain_text("市教育局局长：参加")

    settle(keeper, meeting.get_absolute_url())
    keeper.get_by_role("link", name="登记召开").click()
    keeper.get_by_label("纪要").fill(MINUTES)
    keeper.get_by_role("button", name="保存").click()
    keeper.get_by_role("link", name="拟定决定").click()
    keeper.get_by_label("决定事项").fill("公共实训基地选址方案报市政府审定")
    keeper.get_by_role("button", name="保存").click()
    keeper.get_by_role("link", name="签发纪要").click()
    keeper.get_by_label("签发人").fill("梁思远")
    keeper.get_by_role("button", name="签发").click()
    expect(keeper.locator("h1")).to_contain_text("纪要已签发")
    assert violations(keeper) == []
    run_queued_jobs()

    task = PolicyTask.objects.get()
    assert task.title == "公共实训基地选址方案报市政府审定"
    settle(keeper, meeting.get_absolute_url())
    expect(keeper.locator("main")).to_contain_text(task.number)
