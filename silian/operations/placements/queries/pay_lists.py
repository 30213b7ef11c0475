"""Lists and sums of pay."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    StudentAnswer,
)
from silian.operations.placements.models.pay import PayAlarm, PayRecord
from silian.operations.placements.permissions.pay import (
    pay_alarms_visible_to,
    pay_records_visible_to,
)
from silian.operations.placements.rules.pay import Standing

ZERO = Decimal(0)
Months = list[datetime.date]


def for_list(rows: QuerySet[PayRecord]) -> QuerySet[PayRecord]:
    """Months with all that a line shows."""
    open_alarms = PayAlarm.objects.filter(closed_at__isnull=True)
    return rows.select_related(
        "internship__person",
        "internship__school_class",
        "internship__organisation",
        "internship__school",
    ).prefetch_related(Prefetch("alarms", queryset=open_alarms, to_attr="open_alarms"))


def in_standing(
    rows: QuerySet[PayRecord], *, standing: str, on: datetime.date
) -> QuerySet[PayRecord]:
    """The months that stand so on the day; the same table as ``rules.pay.standing_of``."""
    said = Q(student_answer=StudentAnswer.CONTRARY)
    full = Q(paid_amount__gte=F("due_amount"))
    tables = {
        Standing.CONTRARY: said,
        Standing.PAID: ~said & full,
        Standing.WAITING: ~said & ~full & Q(due_on__gte=on),
        Standing.LOW: ~said & ~full & Q(due_on__lt=on, paid_amount__gt=0),
        Standing.LATE: ~said & ~full & Q(due_on__lt=on, paid_amount=0),
    }
    chosen = {str(key): table for key, table in tables.items()}.get(standing)
    return rows.filter(chosen) if chosen is not None else rows


def in_trouble(rows: QuerySet[PayRecord], *, on: datetime.date) -> QuerySet[PayRecord]:
    """Months that somebody has to put right: late, short or disputed (报酬未到位)."""
    short = Q(due_on__lt=on, paid_amount__lt=F("due_amount"))
    return rows.filter(short | Q(student_answer=StudentAnswer.CONTRARY))


@dataclass(frozen=True, kw_only=True)
class PaySums:
    """Money of a set of months: due = paid + unpaid (应得 = 已付 + 未付)."""

    months: int
    students: int
    due: Decimal
    paid: Decimal
    over: Decimal

    @property
    def unpaid(self) -> Decimal:
        return self.due - self.paid + self.over


def sums_of(rows: QuerySet[PayRecord]) -> PaySums:
    """``over`` is what was paid beyond what was due, so that the sum adds up."""
    over = rows.filter(paid_amount__gt=F("due_amount")).aggregate(
        sum=Sum(F("paid_amount") - F("due_amount"))
    )
    found = rows.aggregate(
        months=Count("pk"),
        students=Count("internship", distinct=True),
        due=Sum("due_amount"),
        paid=Sum("paid_amount"),
    )
    return PaySums(
        months=found["months"],
        students=found["students"],
        due=found["due"] or ZERO,
        paid=found["paid"] or ZERO,
        over=over["sum"] or ZERO,
    )


def months_seen(rows: QuerySet[PayRecord]) -> Months:
    return list(rows.order_by("-month").values_list("month", flat=True).distinct())


def open_alarms_for_list(actor: Actor) -> QuerySet[PayAlarm]:
    """Alarms that stand, the oldest first."""
    return (
        pay_alarms_visible_to(actor)
        .filter(closed_at__isnull=True)
        .select_related(
            "pay_record",
            "internship__person",
            "internship__school_class",
            "internship__organisation",
            "internship__school",
        )
    )


def alarm_count(actor: Actor) -> int:
    """Students whose pay is in alarm (报酬未到位人数)."""
    rows = pay_alarms_visible_to(actor).filter(closed_at__isnull=True, kind__in=MONEY_ALARMS)
    return rows.aggregate(people=Count("internship", distinct=True))["people"]


MONEY_ALARMS = (PayAlarmKind.LATE, PayAlarmKind.LOW, PayAlarmKind.CONTRARY)


@dataclass(frozen=True, kw_only=True)
class HostDebt:
    """What one host owes interns of the reader's region or school (欠付)."""

    organisation_id: int
    name: str
    students: int
    amount: Decimal


def debts(actor: Actor, *, on: datetime.date) -> list[HostDebt]:
    """Hosts with pay past its day, the largest sum first (追报酬)."""
    rows = in_trouble(pay_records_visible_to(actor), on=on).filter(
        paid_amount__lt=F("due_amount"), due_on__lt=on
    )
    grouped = rows.order_by().values("internship__organisation", "internship__organisation__name")
    found = grouped.annotate(
        students=Count("internship", distinct=True), owed=Sum(F("due_amount") - F("paid_amount"))
    )
    return [
        HostDebt(
            organisation_id=row["internship__organisation"],
            name=row["internship__organisation__name"],
            students=row["students"],
            amount=row["owed"],
        )
        for row in found.order_by("-owed", "internship__organisation")
    ]


def owed_records(actor: Actor, *, organisation_id: int, on: datetime.date) -> QuerySet[PayRecord]:
    """The months that a host owes, as the letter lists them."""
    rows = in_trouble(pay_records_visible_to(actor), on=on).filter(
        internship__organisation_id=organisation_id,
        paid_amount__lt=F("due_amount"),
        due_on__lt=on,
    )
    return for_list(rows).order_by("internship__school", "internship__school_class", "pk")
