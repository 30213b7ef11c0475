"""Alarms about pay: raised and put to rest by facts, told to the authority by a clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record_each
from silian.foundation.kernel.events import publish_each
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    StudentAnswer,
)
from silian.operations.placements.events.pay import (
    PayAlarmClosed,
    PayAlarmEscalated,
    PayAlarmRaised,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.pay import PayAlarm, PayRecord, StudentAccount
from silian.operations.placements.queries.pay import PayLaw, facts_of, pay_laws
from silian.operations.placements.rules.pay import Raised, alarms_due, closing_fact

AUTHORITY_WORKING_DAYS = 5  # operational: host and school get a working week to put it right
BATCH = 500
EarlierMonths = dict[int, dict[datetime.date, datetime.date | None]]


@transaction.atomic
def watch_records(*, record_ids: Iterable[int], now: datetime.datetime) -> int:
    """Compare the facts of months with their open alarms; open and close (核对报酬预警)."""
    records = list(
        PayRecord.objects.filter(pk__in=list(record_ids))
        .select_related("internship__person", "internship__post")
        .prefetch_related("payments")
        .order_by("pk")
    )
    open_alarms = alarms_of(records)
    laws = pay_laws(records)
    before = earlier_months(records)
    opened: list[PayAlarm] = []
    closed: list[PayAlarm] = []
    for row in records:
        due = alarms_of_month(row, law=laws[row.pk], before=before, on=now.date())
        standing = open_alarms.get(row.pk, {})
        opened += [alarm_for(row, due[kind], now=now) for kind in due.keys() - standing.keys()]
        for kind in standing.keys() - due.keys():
            alarm = standing[kind]
            alarm.closed_at, alarm.closing_fact = now, closing_fact(kind, facts_of(row))
            closed.append(alarm)
    write(opened=opened, closed=closed)
    return len(opened) + len(closed)


def alarms_of_month(
    row: PayRecord, *, law: PayLaw, before: EarlierMonths, on: datetime.date
) -> dict[PayAlarmKind, Raised]:
    """The alarms that the month asks for; the agreed pay is judged once, in the first month."""
    is_first = row.internship_id not in before or row.month <= min(before[row.internship_id])
    facts = facts_of(row, line=law.line if is_first else None, agreed=row.internship.pay)
    raised = alarms_due(
        facts,
        on=on,
        last_paid_on=before.get(row.internship_id, {}).get(month_before(row.month)),
        longest_interval=law.longest_interval,
    )
    return {each.kind: each for each in raised}


def alarms_of(records: list[PayRecord]) -> dict[int, dict[PayAlarmKind, PayAlarm]]:
    found: dict[int, dict[PayAlarmKind, PayAlarm]] = {}
    rows = PayAlarm.objects.select_for_update().filter(
        pay_record__in=[row.pk for row in records], closed_at__isnull=True
    )
    for alarm in rows:
        found.setdefault(alarm.pay_record_id or 0, {})[PayAlarmKind(alarm.kind)] = alarm
    return found


def earlier_months(records: list[PayRecord]) -> EarlierMonths:
    """For each internship the days on which its months were paid."""
    found: EarlierMonths = {}
    rows = PayRecord.objects.filter(internship__in={row.internship_id for row in records})
    for internship_id, month, paid_on in rows.values_list("internship_id", "month", "paid_on"):
        found.setdefault(internship_id, {})[month] = paid_on
    return found


def month_before(month: datetime.date) -> datetime.date:
    return (month - datetime.timedelta(days=1)).replace(day=1)


def alarm_for(row: PayRecord, raised: Raised, *, now: datetime.datetime) -> PayAlarm:
    return PayAlarm(
        internship_id=row.internship_id,
        pay_record=row,
        kind=raised.kind,
        gap=raised.gap,
        detail=raised.detail,
        opened_on=now.date(),
        authority_at=site_deadline(now, working_days=AUTHORITY_WORKING_DAYS).due_at,
        is_demo=row.is_demo,
    )


def write(*, opened: list[PayAlarm], closed: list[PayAlarm]) -> None:
    """Keep what changed, with its entries and events."""
    actor = system_actor()
    made = PayAlarm.objects.bulk_create(opened, batch_size=BATCH)
    PayAlarm.objects.bulk_update(closed, ["closed_at", "closing_fact"], batch_size=BATCH)
    record_each(actor, "placements.pay_alarm.raised", made)
    record_each(actor, "placements.pay_alarm.closed", closed)
    publish_each(PayAlarmRaised(alarm_id=alarm.pk) for alarm in made)
    publish_each(PayAlarmClosed(alarm_id=alarm.pk) for alarm in closed)


def unsettled_record_ids(*, today: datetime.date) -> list[int]:
    """Months that may be in alarm: past their day and short, disputed, or with an open alarm."""
    alarms = PayAlarm.objects.filter(pay_record=OuterRef("pk"), closed_at__isnull=True)
    rows = PayRecord.objects.filter(
        Q(due_on__lt=today, paid_amount__lt=F("due_amount"))
        | Q(student_answer=StudentAnswer.CONTRARY)
        | Exists(alarms)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def watch_shared_account(*, number_index: str, now: datetime.datetime) -> None:
    """Open or close the alarm of accounts that several students name (多人同一账户)."""
    people = list(
        StudentAccount.objects.filter(
            number_index=number_index, closed_at__isnull=True
        ).values_list("person_id", flat=True)
    )
    former = StudentAccount.objects.filter(number_index=number_index).values("person_id")
    standing = PayAlarm.objects.select_for_update(of=("self",)).filter(
        kind=PayAlarmKind.SAME_ACCOUNT,
        closed_at__isnull=True,
        internship__person_id__in=former,
    )
    open_by_internship = {alarm.internship_id: alarm for alarm in standing}
    shared = list(
        Internship.objects.filter(person_id__in=people, state__in=sorted(LIVE_STATES))
        if len(people) > 1
        else Internship.objects.none()
    )
    keep = {internship.pk for internship in shared}
    closed = [alarm for key, alarm in open_by_internship.items() if key not in keep]
    for alarm in closed:
        alarm.closed_at, alarm.closing_fact = now, "账户已更正，不再与他人相同"
    opened = [
        shared_alarm(internship, count=len(people), now=now)
        for internship in shared
        if internship.pk not in open_by_internship
    ]
    write(opened=opened, closed=closed)


def shared_alarm(internship: Internship, *, count: int, now: datetime.datetime) -> PayAlarm:
    return PayAlarm(
        internship=internship,
        kind=PayAlarmKind.SAME_ACCOUNT,
        gap=Decimal(0),
        detail=f"同一账号登记在 {count} 名学生名下，请核对是否本人账户",
        opened_on=now.date(),
        authority_at=site_deadline(now, working_days=AUTHORITY_WORKING_DAYS).due_at,
        is_demo=internship.is_demo,
    )


@transaction.atomic
def tell_authority(*, now: datetime.datetime) -> int:
    """Tell the authority of alarms that stand past their clock, once each (报主管部门)."""
    due = list(
        PayAlarm.objects.select_for_update(of=("self",))
        .filter(closed_at__isnull=True, told_authority_at__isnull=True, authority_at__lte=now)
        .select_related("internship")
    )
    for alarm in due:
        alarm.told_authority_at = now
    PayAlarm.objects.bulk_update(due, ["told_authority_at"], batch_size=BATCH)
    record_each(system_actor(), "placements.pay_alarm.escalated", due)
    publish_each(PayAlarmEscalated(alarm_id=alarm.pk) for alarm in due)
    return len(due)
