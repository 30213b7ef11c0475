"""Patterns in pay that school and authority should look into (异常提示); hints, no findings."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.pay import (
    PayAlarmKind,
)
from silian.operations.placements.models.pay import Payment, PayRecord
from silian.operations.placements.permissions.pay import (
    pay_alarms_visible_to,
    pay_records_visible_to,
)
from silian.operations.placements.rules.pay import is_weekly

SHARED_PAYER = 3  # students of one school paid from one account that is not the host's


@dataclass(frozen=True, kw_only=True)
class Hint:
    """A pattern, what it rests on, and where to look (提示)."""

    title: str
    sentence: str
    host: str
    people: int
    basis: str


def hints_for(actor: Actor) -> list[Hint]:
    """What stands out in the pay that the actor sees, in a handful of queries."""
    seen = pay_records_visible_to(actor)
    payments = Payment.objects.filter(pay_record__in=seen, returned_at__isnull=True)
    return [
        *shared_accounts(actor),
        *foreign_payers(payments),
        *weekly_pay(payments),
        *other_ways(actor),
        *sent_back(actor),
    ]


def shared_accounts(actor: Actor) -> list[Hint]:
    rows = pay_alarms_visible_to(actor).filter(
        kind=PayAlarmKind.SAME_ACCOUNT, closed_at__isnull=True
    )
    grouped = rows.order_by().values("internship__organisation__name")
    return [
        Hint(
            title="多人同一账户",
            sentence="几名学生登记了同一个收款账号",
            host=row["internship__organisation__name"],
            people=row["people"],
            basis="IN-21 教职成〔2021〕4号第十八条",
        )
        for row in grouped.annotate(people=Count("internship", distinct=True)).order_by("-people")
    ]


def foreign_payers(payments: QuerySet[Payment]) -> list[Hint]:
    """Pay that another name than the host's sends to several students: agents pay so."""
    rows = (
        payments.exclude(payer_name="")
        .exclude(payer_name=F("pay_record__internship__organisation__name"))
        .order_by()
        .values("payer_name", "pay_record__internship__organisation__name")
        .annotate(people=Count("pay_record__internship", distinct=True))
        .filter(people__gte=SHARED_PAYER)
        .order_by("-people", "payer_name")
    )
    return [
        Hint(
            title="由第三方付款",
            sentence=f"付款户名为“{row['payer_name']}”，不是实习单位",
            host=row["pay_record__internship__organisation__name"],
            people=row["people"],
            basis="IN-18f、IN-21 教职成〔2021〕4号第十六条（六）、第十八条",
        )
        for row in rows
    ]


def weekly_pay(payments: QuerySet[Payment]) -> list[Hint]:
    """Pay that comes about every week looks like day labour."""
    days: dict[int, list[datetime.date]] = defaultdict(list)
    hosts: dict[int, str] = {}
    rows = payments.order_by("paid_on", "pk").values_list(
        "pay_record__internship_id", "pay_record__internship__organisation__name", "paid_on"
    )
    for internship_id, host, paid_on in rows:
        days[internship_id].append(paid_on)
        hosts[internship_id] = host
    found: dict[str, int] = defaultdict(int)
    for internship_id, known in days.items():
        if is_weekly(known):
            found[hosts[internship_id]] += 1
    return [
        Hint(
            title="按周结算",
            sentence="连续几周每周付款，像按工计酬的用工",
            host=host,
            people=people,
            basis="IN-09 教职成〔2021〕4号第十条",
        )
        for host, people in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def other_ways(actor: Actor) -> list[Hint]:
    """Students who say that pay came in cash, in goods or through somebody else."""
    ways = (PayMethod.CASH, PayMethod.GOODS, PayMethod.THIRD_PARTY)
    rows = pay_records_visible_to(actor).filter(student_method__in=ways)
    return grouped_hints(
        rows,
        title="不是转账到本人",
        sentence="学生反映收到的是现金、实物或经他人转付",
        basis="IN-21 教职成〔2021〕4号第十八条",
    )


def sent_back(actor: Actor) -> list[Hint]:
    """Students who got less than the payroll says: pay may have been taken back."""
    rows = pay_records_visible_to(actor).filter(
        Q(student_amount__lt=F("paid_amount")), student_amount__isnull=False
    )
    return grouped_hints(
        rows,
        title="实收少于填报",
        sentence="学生反映的实收少于单位填报，可能被收取或返还",
        basis="IN-23 教职成〔2021〕4号第二十条",
    )


def grouped_hints(
    rows: QuerySet[PayRecord], *, title: str, sentence: str, basis: str
) -> list[Hint]:
    grouped = rows.order_by().values("internship__organisation__name")
    found = grouped.annotate(people=Count("internship", distinct=True)).order_by("-people")
    return [
        Hint(
            title=title,
            sentence=sentence,
            host=row["internship__organisation__name"],
            people=row["people"],
            basis=basis,
        )
        for row in found
    ]
