"""A school is told its appropriation and its approved pay total, each once."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.events.appropriation import AppropriationPublished
from silian.governance.incentives.events.income import PayTotalApproved
from silian.governance.incentives.handlers.school_money import (
    tell_of_appropriation,
    tell_of_pay_total,
)
from silian.registers.accounts.models import Notification
from tests.governance.incentives.appropriation import stage
from tests.governance.incentives.income import stage as income
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_school_is_told_its_amount_with_a_way_to_the_sheet(world: World) -> None:
    sheet = stage.published(world)
    run_queued_jobs()
    tell_of_appropriation(AppropriationPublished(sheet_id=sheet.pk))
    assert sheet.total is not None
    told = Notification.objects.get(user=world.school.user, title__contains="拨款核算表已送达")
    assert format_yuan(sheet.total) in told.detail
    assert world.school.client.get(told.url).status_code == 200
    assert not Notification.objects.filter(user=world.enterprise.user).exists()


def test_a_sheet_that_was_replaced_meanwhile_is_not_told(world: World) -> None:
    sheet = stage.published(world)
    sheet.state = "replaced"
    sheet.save(update_fields=["state"])
    run_queued_jobs()
    tell_of_appropriation(AppropriationPublished(sheet_id=sheet.pk))
    assert not Notification.objects.filter(title__contains="拨款核算表").exists()


def test_a_school_is_told_its_approved_pay_total(world: World) -> None:
    row = income.pay_total(world, "propose", "pass", "approve")
    run_queued_jobs()
    tell_of_pay_total(PayTotalApproved(pay_total_id=row.pk))
    told = Notification.objects.get(user=world.school.user, title__contains="绩效工资总量已核定")
    assert format_yuan(row.proposed) in told.detail
    assert world.school.client.get(told.url).status_code == 200
