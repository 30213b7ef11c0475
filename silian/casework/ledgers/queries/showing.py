"""Balances as figures and charts, entries as lists."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse

from silian.casework.ledgers.models.funds import BudgetLine, Fund
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.permissions import entries_visible_to
from silian.casework.ledgers.queries.balances import Balances
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import TEN_THOUSAND, format_ten_thousand
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.sockets import Figure

SOURCE = "资金台账"
SHOWN_ENTRIES = 10


def figures_of(balances: Balances, query: str) -> list[Figure]:
    """The five numbers of a ledger, each open to the entries that make it."""
    rate = balances.rate
    said = f"预算执行率 {rate}%" if rate is not None else "预算未设定"
    parts = (
        ("预算", balances.appropriated, ("appropriate", "reduce", "carry"), "减去调减和结转"),
        ("占用", balances.promised, ("commit", "release", "fail", "return"), "承诺未付，含在途"),
        ("支付", balances.paid, ("confirm", "set_off"), said),
        ("收回", balances.recovered, ("receive", "set_off"), "退回的资金，可再用"),
        ("结余", balances.available, ("commit", "release"), "还可以占用"),
    )  # fmt: skip
    return [
        Figure(
            label=label, value=format_ten_thousand(amount), unit="万元", note=note,
            url=entries_url(query, kinds), source=SOURCE,
        )
        for label, amount, kinds, note in parts
    ]  # fmt: skip


def entries_url(query: str, kinds: Sequence[str]) -> str:
    """The journal narrowed to what makes a number."""
    wanted = "&".join(f"type={kind}" for kind in kinds)
    asked = "&".join(part for part in (query, wanted) if part)
    return f"{reverse('ledgers:entry_list')}?{asked}"


def fund_chart(
    fund: Fund, lines: Sequence[BudgetLine], balances: Mapping[int, Balances], *, on: datetime.date
) -> Chart:
    """What each line got and paid, in ten thousands."""
    wan = [(f"{line.fiscal_year} {line.name}", balances[line.pk]) for line in reversed(lines)]
    return Chart(
        name=f"fund-{fund.pk}", title="各项目预算与支付", unit="万元", source=SOURCE, as_of=on,
        kind="bars", labels=[label for label, _ in wan],
        series=[
            Series("预算", [drawn(row.appropriated) for _, row in wan]),
            Series("支付", [drawn(row.paid) for _, row in wan]),
        ],
    )  # fmt: skip


def drawn(amount: Decimal) -> float:
    """Ten thousands of yuan for the eye; no sum is ever made of it."""
    return float(round(amount / TEN_THOUSAND, 2))


def entries_for_list(rows: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    return rows.select_related("line__fund", "clerk", "office", "reverses")


def newest_entries(
    actor: Actor, *, fund: Fund | None = None, line: BudgetLine | None = None
) -> QuerySet[JournalEntry]:
    rows = entries_for_list(entries_visible_to(actor))
    if fund is not None:
        rows = rows.filter(line__fund=fund)
    if line is not None:
        rows = rows.filter(line=line)
    return rows.order_by("-booked_on", "-pk")[:SHOWN_ENTRIES]
