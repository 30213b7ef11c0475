"""Duties: made every year, sent in, checked by another, missed; the yearly re-check."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import DutyState as D
from silian.casework.reviews.choices.recognitions import RecheckState, RemovalState
from silian.casework.reviews.commands.duties import (
    Work,
    make_all_duties,
    make_duties,
    miss_overdue,
    pass_duty,
    return_duty,
    submit_duty,
)
from silian.casework.reviews.commands.rechecks import confirm_recheck, make_due_rechecks
from silian.casework.reviews.commands.recognitions import reinstate, suspend, warn
from silian.casework.reviews.commands.reminders import remind_of_duties
from silian.casework.reviews.models import Duty, Recognition
from silian.casework.reviews.queries.recognitions import warnings_suggested
from silian.casework.reviews.tasks.recognitions import settle
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by, files_of
from silian.registers.accounts.models import Notification
from tests.casework.reviews import stage_recognitions as given
from tests.casework.reviews.dossiers.filling import PDF
from tests.world import World

DAY = datetime.timedelta(days=1)
ENTERED = datetime.date(2024, 5, 1)


def owing(world: World, *, on: datetime.date) -> Recognition:
    row = given.incubating(world, on=ENTERED)
    make_duties(recognition=row, on=on)
    return row


def first_report(row: Recognition) -> Duty:
    return row.duties.get(code="yearly_report", year=2024)


def test_duties_are_made_once_for_the_years_past_and_the_year_ahead(world: World) -> None:
    day = datetime.date(2026, 3, 18)
    row = owing(world, on=day)
    found = list(row.duties.order_by("due_on").values_list("code", "year", "due_on"))
    assert found == [
        ("plan", None, datetime.date(2024, 6, 30)),
        ("yearly_report", 2024, datetime.date(2025, 1, 31)),
        ("yearly_report", 2025, datetime.date(2026, 1, 31)),
        ("yearly_report", 2026, datetime.date(2027, 1, 31)),
    ]
    assert make_all_duties(on=day) == 0
    row.refresh_from_db()
    assert row.next_due_on == datetime.date(2024, 6, 30)


def test_a_warning_or_suspension_frees_nobody(world: World) -> None:
    row = given.incubating(world)
    today = timezone.localdate()
    cure = given.grounds(cure="补报", cure_by=today + DAY)
    warn(recognition_id=row.pk, grounds=cure, actor=world.coordinator.actor)
    suspend(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    assert make_all_duties(on=today) > 0


def test_a_report_is_sent_in_returned_completed_and_passed_by_another(world: World) -> None:
    duty = first_report(owing(world, on=ENTERED))
    upload = SimpleUploadedFile("年报.pdf", PDF, content_type="application/pdf")
    work = Work(text="2024 年度工作报告摘要", link="https://example.org/r", uploads=[upload])
    holder, keeper = world.enterprise.actor, world.coordinator.actor
    duty = submit_duty(duty_id=duty.pk, work=work, actor=holder)
    assert duty.state == D.SUBMITTED
    with pytest.raises(DomainError, match="退回原因"):
        return_duty(duty_id=duty.pk, reason=" ", actor=keeper)
    duty = return_duty(duty_id=duty.pk, reason="缺投入明细", actor=keeper)
    assert (duty.state, duty.return_reason) == (D.RETURNED, "缺投入明细")
    submit_duty(duty_id=duty.pk, work=Work(text="已补投入明细"), actor=holder)
    file_id = files_of(duty).get().pk
    assert file_readable_by(world.rival.actor, file_id=file_id) is None
    duty = pass_duty(duty_id=duty.pk, actor=keeper)
    assert (duty.state, duty.checked_by) == (D.DONE, world.coordinator.user)
    assert file_readable_by(world.rival.actor, file_id=file_id) is not None


def test_only_the_holder_sends_and_only_the_authority_checks(world: World) -> None:
    duty = first_report(owing(world, on=ENTERED))
    with pytest.raises(NotAllowed):
        submit_duty(duty_id=duty.pk, work=Work(text="代交"), actor=world.rival.actor)
    with pytest.raises(DomainError, match="填写内容"):
        submit_duty(duty_id=duty.pk, work=Work(text=""), actor=world.enterprise.actor)
    submit_duty(duty_id=duty.pk, work=Work(text="报告"), actor=world.enterprise.actor)
    for person in (world.enterprise, world.rival, world.leader):
        with pytest.raises(NotAllowed):
            pass_duty(duty_id=duty.pk, actor=person.actor)


def test_a_late_duty_is_missed_after_its_grace_and_may_be_made_up(world: World) -> None:
    row = owing(world, on=ENTERED)
    duty = first_report(row)
    assert miss_overdue(on=duty.due_on + 30 * DAY) == 1  # the plan, much older
    assert miss_overdue(on=duty.due_on + 31 * DAY) == 1
    assert miss_overdue(on=duty.due_on + 31 * DAY) == 0
    duty.refresh_from_db()
    assert duty.state == D.MISSED
    assert row in warnings_suggested(world.coordinator.actor)
    submit_duty(duty_id=duty.pk, work=Work(text="补交"), actor=world.enterprise.actor)
    assert pass_duty(duty_id=duty.pk, actor=world.coordinator.actor).state == D.DONE


def test_a_warning_answers_the_missed_duty(world: World) -> None:
    row = owing(world, on=ENTERED)
    today = timezone.localdate()
    miss_overdue(on=datetime.date(2025, 4, 1))
    cure = given.grounds(cure="补报", cure_by=today + DAY)
    actor = world.coordinator.actor
    warn(recognition_id=row.pk, grounds=cure, actor=actor)
    assert row not in warnings_suggested(actor)
    reinstate(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    assert row not in warnings_suggested(actor)


def test_two_missed_years_in_a_row_suggest_removal_once(world: World) -> None:
    row = owing(world, on=datetime.date(2026, 3, 18))
    settle(on=datetime.date(2025, 4, 1))
    assert not row.removals.exists()
    settle(on=datetime.date(2026, 4, 1))
    removal = row.removals.get()
    assert (removal.state, removal.years) == (RemovalState.SUGGESTED, [2024, 2025])
    assert "2024、2025 年连续 2 个年度" in removal.facts
    settle(on=datetime.date(2026, 4, 2))
    assert row.removals.count() == 1


def test_reminders_come_once_a_stage(world: World) -> None:
    row = owing(world, on=ENTERED)
    day = row.duties.get(code="plan").due_on
    for on in (day - 40 * DAY, day - 30 * DAY, day - 30 * DAY, day - 7 * DAY, day + DAY):
        remind_of_duties(on=on)
    told = Notification.objects.filter(user=world.enterprise.user, title__contains="三年规划")
    assert told.count() == 3
    assert told.filter(title__startswith="已逾期").count() == 1


def test_the_yearly_recheck_is_computed_by_the_platform_and_confirmed_by_an_official(
    world: World,
) -> None:
    row = given.certified(world, on=ENTERED)
    make_duties(recognition=row, on=datetime.date(2025, 6, 1))
    assert make_due_rechecks(on=datetime.date(2025, 6, 10)) == 1
    assert make_due_rechecks(on=datetime.date(2025, 6, 10)) == 0
    recheck = row.rechecks.get()
    assert (recheck.year, recheck.state) == (2024, RecheckState.OPEN)
    with pytest.raises(NotAllowed):
        confirm_recheck(
            recheck_id=recheck.pk, passes=True, note="合格", actor=world.enterprise.actor
        )
    recheck = confirm_recheck(
        recheck_id=recheck.pk, passes=True, note="条件仍满足", actor=world.coordinator.actor
    )
    assert recheck.state == RecheckState.PASSED
    assert recheck.duty is not None
    assert recheck.duty.state == D.DONE
    with pytest.raises(DomainError, match="不需要提交"):
        submit_duty(duty_id=recheck.duty.pk, work=Work(text="x"), actor=world.enterprise.actor)
