"""Pay reaches the student and nobody else."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    StudentAnswer,
)
from silian.operations.placements.commands.pay_accounts import open_account, reveal_account
from silian.operations.placements.commands.pay_alarms import tell_authority, watch_records
from silian.operations.placements.commands.pay_months import open_month
from silian.operations.placements.commands.pay_statements import (
    confirm_pay,
    contradict_pay,
    return_payment,
    state_payment,
)
from silian.operations.placements.models import (
    Interruption,
    PayAlarm,
    Payment,
    PayRecord,
    StudentAccount,
)
from silian.operations.placements.queries.pay import states_of
from silian.operations.placements.rules.pay import Standing
from tests.operations.placements import stage as placements
from tests.operations.placements.pay import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def open_kinds(record: PayRecord) -> set[str]:
    rows = PayAlarm.objects.filter(pay_record=record, closed_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def test_the_holder_must_be_the_student(world: World) -> None:
    student = stage.intern(world).person
    with pytest.raises(DomainError, match="学生本人"):
        open_account(
            actor=world.school.actor,
            person_id=student.pk,
            bank="工商银行",
            holder="演示家长",
            number=stage.NUMBER,
            now=stage.NOW,
        )


def test_the_database_refuses_a_foreign_holder(world: World) -> None:
    student = stage.intern(world).person
    with pytest.raises(DatabaseError, match="holder"), transaction.atomic():
        StudentAccount.objects.create(
            person=student,
            bank="工商银行",
            holder="别人",
            number_cipher="x",
            number_index="x",
            number_mask="x",
            opened_at=stage.NOW,
        )


def test_the_number_is_kept_encrypted_and_never_in_the_audit(world: World) -> None:
    account = stage.account(world, stage.intern(world))
    assert stage.NUMBER not in account.number_cipher
    assert account.number_mask == "**** 0021"
    entries = AuditEntry.objects.filter(action="placements.account.opened")
    assert entries.count() == 1
    assert stage.NUMBER not in str(entries.values())


def test_a_change_of_account_keeps_the_former_one(world: World) -> None:
    internship = stage.intern(world)
    first = stage.account(world, internship)
    second = stage.account(world, internship, number="6222020000000000088")
    first.refresh_from_db()
    assert first.closed_at is not None
    assert second.closed_at is None
    assert StudentAccount.objects.filter(person=internship.person).count() == 2


def test_the_host_enters_no_account(world: World) -> None:
    student = stage.intern(world).person
    with pytest.raises(NotAllowed):
        open_account(
            actor=world.enterprise.actor,
            person_id=student.pk,
            bank="工商银行",
            holder=student.name,
            number=stage.NUMBER,
            now=stage.NOW,
        )


def test_the_full_number_needs_a_reason_on_record(world: World) -> None:
    account = stage.account(world, stage.intern(world))
    with pytest.raises(DomainError, match="事由"):
        reveal_account(actor=world.school.actor, account_id=account.pk, reason="看")
    with pytest.raises(NotAllowed):
        reveal_account(actor=world.enterprise.actor, account_id=account.pk, reason="核对发放账户")
    number = reveal_account(actor=world.school.actor, account_id=account.pk, reason="核对发放账户")
    assert number == stage.NUMBER
    assert AuditEntry.objects.filter(action="placements.account.revealed").count() == 1


def test_a_month_opens_once_for_everybody_in_post(world: World) -> None:
    internship = stage.intern(world)
    assert len(open_month(month=stage.FEBRUARY, actor=system_actor())) == 1
    assert open_month(month=stage.FEBRUARY, actor=system_actor()) == []
    record = PayRecord.objects.get()
    assert record.internship == internship
    assert (record.days, record.due_amount) == (28, Decimal("3200.00"))
    assert record.due_on == datetime.date(2026, 3, internship.post.pay_day)


def test_a_month_owes_nothing_for_an_interruption(world: World) -> None:
    internship = stage.intern(world)
    Interruption.objects.create(
        internship=internship,
        starts_on=datetime.date(2026, 2, 8),
        ends_on=datetime.date(2026, 2, 22),
        reason="请假",
    )
    record = stage.month(internship)
    assert (record.days, record.due_amount) == (14, Decimal("1600.00"))


def test_full_pay_settles_the_month_and_closes_its_alarm(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    watch_records(record_ids=[record.pk], now=stage.NOW)
    assert open_kinds(record) == {PayAlarmKind.LATE}
    stage.paid(world, record, amount=3200)
    assert open_kinds(record) == set()
    closed = PayAlarm.objects.get(pay_record=record, kind=PayAlarmKind.LATE)
    assert "足额到账" in closed.closing_fact


def test_short_pay_raises_the_gap_and_the_rest_closes_it(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3040)
    alarm = PayAlarm.objects.get(pay_record=record, closed_at__isnull=True)
    assert (alarm.kind, alarm.gap) == (PayAlarmKind.LOW, Decimal(160))
    state = states_of(internship_ids=[internship.pk], month=stage.FEBRUARY, on=TODAY)
    assert state[internship.pk].standing == Standing.LOW
    assert state[internship.pk].words == "少 160 元"
    stage.paid(world, record, amount=160, paid_on=TODAY)
    assert open_kinds(record) == set()


def test_pay_without_an_account_of_the_student_is_refused(world: World) -> None:
    record = stage.month(stage.intern(world))
    with pytest.raises(DomainError, match="本人账户"):
        stage.paid(world, record, amount=3200)


@pytest.mark.parametrize("method", [PayMethod.CASH, PayMethod.GOODS, PayMethod.THIRD_PARTY])
def test_cash_goods_and_third_parties_are_refused(world: World, method: PayMethod) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    with pytest.raises(DomainError, match="第十八条"):
        stage.paid(world, stage.month(internship), amount=3200, method=method)


def test_a_payment_to_another_student_cannot_be_written_by_any_path(world: World) -> None:
    record = stage.month(stage.intern(world))
    other = stage.intern(world, student=placements.make_student(world, name="演示学生乙"))
    foreign = stage.account(world, other)
    with pytest.raises(DatabaseError, match="student alone"), transaction.atomic():
        Payment.objects.create(
            pay_record=record,
            account=foreign,
            amount=Decimal(1),
            paid_on=TODAY,
            stated_at=stage.NOW,
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO placements_payment (pay_record_id, account_id, amount, paid_on, method,"
            " payer_name, stated_at, return_reason)"
            " VALUES (%s, %s, 1, '2026-03-10', 'bank', '', now(), '')",
            [record.pk, foreign.pk],
        )


def test_a_cash_payment_cannot_be_inserted_and_a_payment_cannot_be_redirected(
    world: World,
) -> None:
    internship = stage.intern(world)
    account = stage.account(world, internship)
    record = stage.month(internship)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            pay_record=record,
            account=account,
            amount=Decimal(1),
            paid_on=TODAY,
            stated_at=stage.NOW,
            method=PayMethod.CASH,
        )
    payment = stage.paid(world, record, amount=3200)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(amount=Decimal(1))


def test_a_returned_payment_is_owed_again(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    payment = stage.paid(world, record, amount=3200)
    return_payment(
        actor=world.enterprise.actor, payment_id=payment.pk, reason="账号错误", now=stage.NOW
    )
    record.refresh_from_db()
    assert record.paid_amount == 0
    assert record.paid_on is None
    assert open_kinds(record) == {PayAlarmKind.LATE}


def test_nobody_but_the_host_states_the_pay(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    for member in (world.rival, world.school, world.student):
        with pytest.raises(NotAllowed):
            state_payment(
                actor=member.actor,
                pay_record_id=record.pk,
                amount=Decimal(1),
                paid_on=TODAY,
                now=stage.NOW,
            )


def test_what_the_student_says_weighs_more_than_the_payroll(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3200)
    contradict_pay(
        actor=world.student.actor,
        pay_record_id=record.pk,
        amount=Decimal(2000),
        received_on=TODAY,
        now=stage.NOW,
        note="被收走 1200 元",
    )
    alarm = PayAlarm.objects.get(pay_record=record, closed_at__isnull=True)
    assert (alarm.kind, alarm.gap) == (PayAlarmKind.CONTRARY, Decimal(1200))
    confirm_pay(actor=world.student.actor, pay_record_id=record.pk, now=stage.NOW)
    record.refresh_from_db()
    assert record.student_answer == StudentAnswer.CONFIRMED
    assert open_kinds(record) == set()


def test_nobody_answers_for_the_student(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3200)
    for member in (world.enterprise, world.school, world.teacher):
        with pytest.raises(NotAllowed):
            confirm_pay(actor=member.actor, pay_record_id=record.pk, now=stage.NOW)


def test_one_account_of_two_students_is_told_and_put_right(world: World) -> None:
    first = stage.intern(world)
    second = stage.intern(world, student=placements.make_student(world, name="演示学生乙"))
    stage.account(world, first)
    stage.account(world, second)
    rows = PayAlarm.objects.filter(kind=PayAlarmKind.SAME_ACCOUNT, closed_at__isnull=True)
    assert {alarm.internship_id for alarm in rows} == {first.pk, second.pk}
    stage.account(world, second, number="6222020000000000088")
    assert not rows.all().exists()


def test_the_authority_is_told_once_when_the_clock_has_run(world: World) -> None:
    record = stage.month(stage.intern(world))
    watch_records(record_ids=[record.pk], now=stage.NOW)
    assert tell_authority(now=stage.NOW) == 0
    later = PayAlarm.objects.get().authority_at
    assert tell_authority(now=later) == 1
    assert tell_authority(now=later) == 0
