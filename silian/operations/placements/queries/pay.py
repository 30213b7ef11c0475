"""How the pay of interns stands, month by month."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from silian.operations.placements.choices.pay import (
    PayAlarmKind,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models.pay import PayAlarm, PayRecord, StudentAccount
from silian.operations.placements.queries.many import these
from silian.operations.placements.rules.pay import (
    STANDING_LABELS,
    STANDING_TONES,
    MonthFacts,
    Standing,
    standing_of,
)
from silian.operations.placements.rules.prohibitions.facts import PostFacts
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.pay import least_pay

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class PayState:
    """How one internship's pay of one month stands (报酬状态)."""

    internship_id: int
    standing: Standing
    record_id: int | None = None
    due_amount: Decimal = ZERO
    paid_amount: Decimal = ZERO
    due_on: datetime.date | None = None
    paid_on: datetime.date | None = None
    days_late: int = 0
    alarms: tuple[PayAlarmKind, ...] = ()

    @property
    def label(self) -> str:
        return STANDING_LABELS[self.standing]

    @property
    def tone(self) -> str:
        return STANDING_TONES[self.standing]

    @property
    def gap(self) -> Decimal:
        """What is still owed."""
        return max(self.due_amount - self.paid_amount, ZERO)

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to act: late, short, or the student says otherwise."""
        return self.standing in (Standing.LATE, Standing.LOW, Standing.CONTRARY)

    @property
    def words(self) -> str:
        """The line on a board: 2 月少 160 元, 2 月报酬迟 6 天."""
        if self.due_on is None or self.record_id is None:
            return self.label
        if self.standing == Standing.LATE:
            return f"报酬迟 {self.days_late} 天"
        if self.standing == Standing.LOW:
            return f"少 {self.gap:,.2f}".removesuffix(".00") + " 元"
        return self.label


def states_of(
    *, internship_ids: Collection[int], month: datetime.date, on: datetime.date | None = None
) -> dict[int, PayState]:
    """The pay state of each internship for the month, in two queries (报酬状态)."""
    day = on or timezone.localdate()
    records = PayRecord.objects.filter(
        internship_id__in=these(internship_ids), month=month.replace(day=1)
    )
    by_internship = {record.internship_id: record for record in records}
    alarms = open_alarm_kinds(record.pk for record in by_internship.values())
    return {
        number: state_of(by_internship.get(number), internship_id=number, on=day, alarms=alarms)
        for number in internship_ids
    }


def open_alarm_kinds(record_ids: Iterable[int]) -> dict[int, tuple[PayAlarmKind, ...]]:
    found: dict[int, list[PayAlarmKind]] = {}
    rows = PayAlarm.objects.filter(pay_record_id__in=these(record_ids), closed_at__isnull=True)
    for record_id, kind in rows.order_by("pk").values_list("pay_record_id", "kind"):
        found.setdefault(record_id, []).append(PayAlarmKind(kind))
    return {key: tuple(kinds) for key, kinds in found.items()}


def state_of(
    record: PayRecord | None,
    *,
    internship_id: int,
    on: datetime.date,
    alarms: dict[int, tuple[PayAlarmKind, ...]],
) -> PayState:
    if record is None:
        return PayState(internship_id=internship_id, standing=Standing.NONE)
    standing = standing_of(facts_of(record), on=on)
    late = standing in (Standing.LATE, Standing.LOW)
    return PayState(
        internship_id=internship_id,
        standing=standing,
        record_id=record.pk,
        due_amount=record.due_amount,
        paid_amount=record.paid_amount,
        due_on=record.due_on,
        paid_on=record.paid_on,
        days_late=(on - record.due_on).days if late else 0,
        alarms=alarms.get(record.pk, ()),
    )


def facts_of(
    record: PayRecord, *, line: Decimal | None = None, agreed: Decimal | None = None
) -> MonthFacts:
    """The values of a row that the rules decide on; ``agreed`` is the pay agreed today."""
    return MonthFacts(
        due_amount=record.due_amount,
        due_on=record.due_on,
        paid_amount=record.paid_amount,
        paid_on=record.paid_on,
        monthly_pay=record.monthly_pay if agreed is None else agreed,
        line=line,
        student_answer=record.student_answer,
        student_amount=record.student_amount,
    )


def account_of(*, person_id: int) -> StudentAccount | None:
    """The student's account in force (报酬账户)."""
    return StudentAccount.objects.filter(person_id=person_id, closed_at__isnull=True).first()


def accounts_in_force(*, person_ids: Collection[int]) -> dict[int, StudentAccount]:
    rows = StudentAccount.objects.filter(person_id__in=person_ids, closed_at__isnull=True)
    return {row.person_id: row for row in rows}


def records_of(*, internship_id: int) -> QuerySet[PayRecord]:
    """The months of one internship, latest first, with payments and open alarms."""
    return (
        PayRecord.objects.filter(internship_id=internship_id)
        .prefetch_related("payments__account", "alarms")
        .order_by("-month")
    )


@dataclass(frozen=True, kw_only=True)
class PayLaw:
    """What the dated provisions say of one month's pay; None while unset (报酬规定)."""

    line: Decimal | None
    longest_interval: int | None


def pay_laws(records: Collection[PayRecord]) -> dict[int, PayLaw]:
    """The line of IN-20 and the cycle of IN-21 for each month; one query for each place."""
    limits: dict[tuple[str, datetime.date], Limits] = {}
    for record in records:
        place = (record.internship.division_id, record.month)
        if place not in limits:
            limits[place] = limits_of(division=place[0], on=place[1])
    return {
        record.pk: law_of(record, limits[record.internship.division_id, record.month])
        for record in records
    }


def law_of(record: PayRecord, limits: Limits) -> PayLaw:
    post = record.internship.post
    wages = PostFacts(post_wage=post.post_wage, lowest_grade_wage=post.lowest_grade_wage)
    longest = limits.value("longest_pay_interval")
    return PayLaw(
        line=least_pay(post=wages, limits=limits),
        longest_interval=int(longest) if longest is not None else None,
    )
