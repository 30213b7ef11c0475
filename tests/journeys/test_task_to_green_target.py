"""A task is given out, reported with evidence and confirmed; a target turns by itself."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from silian.foundation.kernel.events import publish
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.commands.registration import verify_organisation
from silian.registers.policies.choices import BodyRole
from silian.registers.policies.events import PolicyIssued
from tests.browser import settle, violations
from tests.governance.policy_tasks.tasks import stage
from tests.journeys.conftest import Seat
from tests.world import CITY, World, make_organisation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]


def issue(world: World, **values: Any) -> None:
    """A plan of one clause, issued: two bodies without a lead, and one number."""
    document = stage.make_document(world)
    industry = stage.body_of(world.supervisor, name="市政府办公室")
    education = stage.body_of(world.coordinator, name="市教育局")
    share = BodyRole.RESPONSIBLE.value
    clause = stage.add_clause(
        document, bodies=[(education, share), (industry, share)], heading="建好供需信息平台"
    )
    stage.add_target(clause, **values)
    publish(PolicyIssued(document_id=document.pk, division=CITY))
    run_queued_jobs()


def test_a_department_reports_with_evidence_and_the_keeper_confirms(
    cast: World, seat: Seat
) -> None:
    industry = stage.department()
    lead = stage.body_of(industry, name="市工业和信息化局")
    issue(cast)
    keeper, unit = seat(cast.coordinator), seat(industry)

    settle(keeper, "/policy-tasks/drafts/")
    expect(keeper.locator("#sl-results")).to_contain_text("原文未写明牵头，请指定")
    task = PolicyTask.objects.get()
    settle(keeper, f"/policy-tasks/tasks/{task.pk}/arrange/")
    keeper.evaluate(
        "key => { const box = document.querySelector('[name=lead]');"
        " if (box.tomselect) box.tomselect.setValue(key); else box.value = key; }",
        str(lead.pk),
    )
    due = timezone.localdate() + datetime.timedelta(days=60)
    keeper.get_by_label("办结期限").fill(due.isoformat())
    keeper.get_by_role("button", name="保存").click()
    keeper.get_by_role("button", name="下达").click()
    expect(keeper.locator("h1")).to_contain_text("待签收")
    run_queued_jobs()

    settle(unit, f"/policy-tasks/tasks/{task.pk}/")
    unit.get_by_role("button", name="签收").click()
    unit.get_by_role("link", name="报送进展").first.click()
    unit.get_by_label("进展", exact=False).first.fill("平台已上线，等待网络专线。")
    unit.get_by_label("进度（%）").fill("60")
    unit.get_by_label("受阻").check()
    unit.get_by_role("button", name="报送进展").click()
    expect(unit.locator("main")).to_contain_text("请写明困难")
    unit.get_by_label("困难与需协调事项").fill("专线审批需大数据局协调。")
    unit.get_by_role("button", name="报送进展").click()
    expect(unit.locator(".sl-reports")).to_contain_text("专线审批")

    unit.get_by_role("link", name="申请办结").click()
    unit.get_by_label("进展", exact=False).first.fill("平台通过验收。")
    unit.get_by_label("进度（%）").fill("100")
    unit.get_by_label("正常").check()
    unit.get_by_label("佐证材料").set_input_files(
        {"name": "验收意见.txt", "mimeType": "text/plain", "buffer": "验收合格。".encode()}
    )
    unit.get_by_role("button", name="申请办结").click()
    expect(unit.locator("h1")).to_contain_text("申请办结")
    expect(unit.locator(".sl-reports")).to_contain_text("验收意见.txt")

    settle(keeper, f"/policy-tasks/tasks/{task.pk}/")
    assert violations(keeper) == []
    keeper.get_by_role("button", name="确认办结").click()
    expect(keeper.locator("h1")).to_contain_text("已办结")


def verify_one(world: World, *, name: str) -> None:
    """An enterprise of the county is registered and verified, elsewhere on the platform."""
    waiting = make_organisation(
        name=name, kind=OrganisationKind.ENTERPRISE, state=OrganisationState.SUBMITTED
    )
    verify_organisation(organisation_id=waiting.pk, actor=world.reviewer.actor)
    run_queued_jobs()


def test_a_target_turns_green_because_enterprises_were_verified_elsewhere(
    cast: World, seat: Seat
) -> None:
    today = timezone.localdate()
    deadline = today + datetime.timedelta(days=30)
    issue(cast, low=Decimal(2), deadline_on=deadline)
    target = Target.objects.get()
    page = seat(cast.coordinator)
    settle(page, f"/policy-tasks/targets/{target.pk}/")
    expect(page.locator("h1")).to_contain_text("暂无指标")

    settle(page, f"/policy-tasks/targets/{target.pk}/bind/")
    page.evaluate(
        "code => { const box = document.querySelector('[name=metric_code]');"
        " if (box.tomselect) box.tomselect.setValue(code); else box.value = code; }",
        "organisations.enterprises",
    )
    page.get_by_role("button", name="绑定").click()
    settle(page, f"/policy-tasks/targets/{target.pk}/baseline/")
    page.get_by_label("基期值").fill("0")
    page.get_by_label("基期日").fill((today - datetime.timedelta(days=335)).isoformat())
    page.get_by_label("依据").fill("平台开通之日")
    page.get_by_role("button", name="保存").click()

    verify_one(cast, name="启明轴承（演示）")
    settle(page, f"/policy-tasks/targets/{target.pk}/")
    expect(page.locator("h1")).to_contain_text("滞后")
    expect(page.locator(".sl-standing")).to_contain_text("1 家")

    verify_one(cast, name="澜江电子（演示）")
    settle(page, f"/policy-tasks/targets/{target.pk}/")
    expect(page.locator("h1")).to_contain_text("已达成")
    expect(page.locator("main")).to_contain_text("滞后 → 已达成")
    assert violations(page) == []
