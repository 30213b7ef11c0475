"""Measures of public money, summed from the postings of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, OuterRef, QuerySet, Subquery, Sum

from silian.casework.ledgers.choices import AccountKind, EntryKind
from silian.casework.ledgers.events import LineMoved
from silian.casework.ledgers.models.funds import BudgetLine, LedgerOffice
from silian.casework.ledgers.models.journal import Posting
from silian.casework.ledgers.permissions import entries_visible_to, offices_visible_to
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    median,
    register_metric,
    stock,
    total,
)
from silian.foundation.kernel.actors import Actor

SOURCE = "资金台账"


def postings_visible_to(actor: Actor) -> QuerySet[Posting]:
    return Posting.objects.filter(entry__in=entries_visible_to(actor).values("pk"))


def touched(event: Any) -> Iterable[Touch]:
    """The day of the entry, in the region of the line's fund."""
    line = BudgetLine.objects.select_related("fund").filter(pk=event.line_id).first()
    if line is not None:
        yield Touch(division=line.fund.division_id, day=event.day)


def granted(scope: Scope) -> QuerySet[Posting]:
    """Grants less what was taken back; carried money was granted before."""
    rows = Posting.objects.filter(account__kind=AccountKind.APPROPRIATED)
    return rows.exclude(entry__kind__in=(EntryKind.CARRY, EntryKind.RETURN)).annotate(
        value=-F("amount")
    )


def committed(scope: Scope) -> QuerySet[Posting]:
    """Money promised less money released."""
    kinds = (EntryKind.COMMIT, EntryKind.RELEASE)
    rows = Posting.objects.filter(account__kind=AccountKind.COMMITTED, entry__kind__in=kinds)
    return rows.annotate(value=F("amount"))


def paid(scope: Scope) -> QuerySet[Posting]:
    return Posting.objects.filter(account__kind=AccountKind.PAID).annotate(value=F("amount"))


def recovered(scope: Scope) -> QuerySet[Posting]:
    return Posting.objects.filter(account__kind=AccountKind.RECOVERED).annotate(value=-F("amount"))


DRILL = Drill(
    columns={
        "凭证号": "entry.number",
        "记账日": "entry.booked_on",
        "摘要": "entry.memo",
        "预算项目": lambda row: str(row.account.line),
        "金额（元）": lambda row: abs(row.amount),
    },
    visible_to=postings_visible_to,
    url=lambda row: row.entry.get_absolute_url(),
    related=("entry", "account__line"),
)
SUMS: tuple[tuple[str, str, str, Any], ...] = (
    ("budget", "资金预算", "统计期内下达的预算，减去调减和冲销，不含年终结转", granted),
    ("committed", "指标占用额", "统计期内占用的指标，减去释放的部分", committed),
    ("paid", "资金支付额", "统计期内银行支付成功和抵扣的金额，减去退汇", paid),
    ("recovered", "资金收回额", "统计期内收到的退款和抵扣，减去冲销", recovered),
)
for code, title, formula, rows in SUMS:
    register_metric(
        Metric(
            code=f"ledgers.{code}",
            title=title,
            unit="元",
            formula=formula,
            source=SOURCE,
            rows=rows,
            division="account__line__fund__division",
            day="entry__booked_on",
            reduce=total("value"),
            decimals=2,
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on={LineMoved: touched},
        )
    )


def of_year(scope: Scope, kind: AccountKind) -> Subquery:
    """An office's balance of one kind of account on the lines of the year, by the day."""
    rows = Posting.objects.filter(
        account__kind=kind,
        account__line__fund__office=OuterRef("pk"),
        account__line__fiscal_year=scope.as_of.year,
        entry__booked_on__lte=scope.as_of,
    )
    sums = rows.order_by().values("account__line__fund__office")
    return Subquery(sums.annotate(total=Sum("amount")).values("total"))


def executing(scope: Scope) -> QuerySet[LedgerOffice]:
    """Offices with a budget this year, each with paid in percent of granted."""
    granted_, paid_ = AccountKind.APPROPRIATED, AccountKind.PAID
    rows = LedgerOffice.objects.annotate(
        granted=of_year(scope, granted_), spent=of_year(scope, paid_)
    )
    rate = ExpressionWrapper(F("spent") * -100.0 / F("granted"), output_field=FloatField())
    return rows.filter(granted__lt=0, spent__isnull=False).annotate(rate=rate)


register_metric(
    stock(
        code="ledgers.execution_rate",
        title="预算执行率",
        unit="%",
        formula="统计日各记账单位本年度预算项目累计支付 ÷ 累计下达，取中位数",
        source=SOURCE,
        rows=executing,
        division="division",
        reduce=median("rate"),
        decimals=1,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={"记账单位": "organisation.name", "地区": "division.name"},
            visible_to=offices_visible_to,
            related=("organisation", "division"),
        ),
        stale_on={LineMoved: touched},
    )
)
