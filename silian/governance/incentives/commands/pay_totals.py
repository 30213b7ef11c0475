"""The pay total of a year: proposed by the school, passed by labour, approved by finance."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.income import PayTotalState
from silian.governance.incentives.events.income import PayTotalApproved
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.permissions.income import (
    pay_totals_visible_to,
    require_pay_step,
    require_registrar,
)
from silian.governance.incentives.queries.income import Statement, statement_of
from silian.governance.incentives.workflow.income import pay_total as steps
from silian.registers.organisations.models import Organisation

IN_HAND = (PayTotalState.DRAFT, PayTotalState.PROPOSED, PayTotalState.PASSED)


@transaction.atomic
def draft_total(
    *, year: int, proposed: Decimal, reason: str, actor: Actor, today: datetime.date
) -> PayTotal:
    """Draft what the school proposes for a year; after an approval it is a correction (拟报)."""
    require_registrar(actor)
    school = Organisation.objects.select_for_update(of=("self",)).get(pk=actor.organisation_id or 0)
    if year > today.year:
        raise DomainError("年度还没有到。", field="year")
    rows = PayTotal.objects.filter(school=school, year=year)
    if rows.filter(state__in=IN_HAND).exists():
        raise DomainError(f"{year} 年已有一份正在办理，请接着办。", field="year")
    newest = rows.order_by("-version").first()
    if newest and not reason.strip():
        raise DomainError(f"{year} 年已经核定，更正请写明理由。", field="reason")
    row = PayTotal(
        school=school, division_id=school.division_id, year=year, proposed=proposed,
        version=(newest.version if newest else 0) + 1, reason=reason.strip()[:300],
    )  # fmt: skip
    take(row, statement_of(school, year=year))
    row.save()
    record(actor, "incentives.pay_total.drafted", row)
    return row


def take(row: PayTotal, statement: Statement) -> None:
    """Keep the figures of the statement as they stand now (固定核算数)."""
    total = statement.total
    row.capped, row.free = total.capped, total.free
    row.in_total, row.in_base = total.in_total, total.in_base


@transaction.atomic
def step_total(
    *, pay_total_id: int, step: str, note: str = "", actor: Actor, now: datetime.datetime
) -> PayTotal:
    """Take one step: propose, pass, approve, send back (办理)."""
    rows = pay_totals_visible_to(actor).select_related("school")
    row = rows.select_for_update(of=("self",)).get(pk=pay_total_id)
    require_pay_step(actor, row, step=step)
    statement = statement_of(row.school, year=row.year) if step == "propose" else None
    facts: dict[str, dict[str, Any]] = {
        "propose": {"unset": statement.total.unset if statement else Decimal(0)},
        "pass": {"actor": actor.user_id, "others": (row.proposed_by_id,)},
        "approve": {"actor": actor.user_id, "others": (row.proposed_by_id, row.passed_by_id)},
        "return": {"note": note},
    }
    row.state = steps.target(step, state=PayTotalState(row.state), **facts[step])
    row.note = note.strip()[:300]
    if statement:
        take(row, statement)
        row.proposed_by_id, row.proposed_at = actor.user_id, now
    sign(row, step=step, actor=actor, now=now)
    row.save()
    record(actor, f"incentives.pay_total.{step}", row, reason=note)
    if step == "approve":
        publish(PayTotalApproved(pay_total_id=row.pk))
    return row


def sign(row: PayTotal, *, step: str, actor: Actor, now: datetime.datetime) -> None:
    """Who passed and approved; a sheet sent back loses both."""
    if step == "pass":
        row.passed_by_id = actor.user_id
    elif step == "return":
        row.passed_by_id = None
    elif step == "approve":
        row.approved_by_id, row.approved_on = actor.user_id, timezone.localdate(now)
        for former in PayTotal.objects.filter(
            school_id=row.school_id, year=row.year, state=PayTotalState.APPROVED
        ).select_for_update(of=("self",)):
            former.state = steps.target("replace", state=PayTotalState(former.state))
            former.save(update_fields=["state"])
            record(actor, "incentives.pay_total.replace", former, reason=row.reason)
