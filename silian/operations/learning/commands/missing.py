"""A firm that never reports is ordered to; a firm that refused is told to the collector."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.learning import workflow
from silian.operations.learning.choices import CallState, CollectionState, ReturnState
from silian.operations.learning.commands.calls import locked_call
from silian.operations.learning.commands.checking import checkable
from silian.operations.learning.events import CollectionMoved
from silian.operations.learning.models.calls import FundCall, FundCallUnit
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import KEEPERS, WRITERS
from silian.operations.learning.queries.calls import missing_units
from silian.operations.learning.queries.returns import collection_for
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.credit.commands import cases
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries.members import user_ids_with_role

SOURCE = "learning.fundcallunit"


@transaction.atomic
def order_report(
    *,
    call_id: int,
    unit_id: int,
    item_id: int,
    text: str,
    working_days: int,
    actor: Actor,
    now: datetime.datetime,
) -> FundCallUnit:
    """Order a firm that did not report to do so by a day; the case goes its way (责令报送).

    The firm answers, the authority accepts or finds a refusal, and the hearing follows, all in
    the credit register. Basis: 《职业教育法》第六十四条; the notice names the region's clause.
    """
    call = locked_call(call_id=call_id, actor=actor)
    today = timezone.localdate(now)
    unit = missing_unit(call, unit_id=unit_id, today=today)
    case = cases.open_case(
        organisation_id=unit.organisation_id,
        item_id=item_id,
        title=f"未报送 {call.year} 年度职工教育培训经费提取使用情况",
        finding=f"通知要求 {call.due_on} 前报送，至今没有报送。{reminded(unit)}",
        basis=call.basis[:300],
        actor=actor,
        now=now,
        source=SOURCE,
        source_id=unit.pk,
    )
    due_on = site_deadline(now, working_days=working_days).due_on
    cases.order_correction(case_id=case.pk, text=text, due_on=due_on, actor=actor, on=today)
    unit.case = case
    unit.save(update_fields=["case"])
    record(actor, "learning.call.report_ordered", call, detail={"case": case.pk})
    return unit


def reminded(unit: FundCallUnit) -> str:
    if unit.reminded_at is None:
        return ""
    return f"最近一次催报：{timezone.localdate(unit.reminded_at)}。"


def missing_unit(call: FundCall, *, unit_id: int, today: datetime.date) -> FundCallUnit:
    """The firm on the notice, once its day is over and nothing came; locked."""
    if call.state != CallState.ISSUED or today <= call.due_on:
        raise DomainError(f"报告截止日 {call.due_on} 还没有过，不能责令报送。")
    if not missing_units(call).filter(pk=unit_id).exists():
        raise DomainError("这家企业已经报送，不用责令。")
    unit = FundCallUnit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    if unit.case_id is not None:
        raise DomainError("已责令这家企业报送，请在信用登记的责令改正里办理。")
    return unit


@transaction.atomic
def tell_collector(
    *, return_id: int, collector_id: int, text: str, actor: Actor, now: datetime.datetime
) -> CollectionNotice:
    """Tell the government of the county what the rule says is to be collected (移送收取)."""
    row = checkable(return_id=return_id, actor=actor)
    if row.state != ReturnState.REFUSED:
        raise DomainError("认定拒不改正后才能移送收取。")
    owed = collection_for(row)
    if owed is None:
        raise DomainError("这份报告提取数没有低于规定，没有应收取的金额。")
    office = Organisation.objects.get(pk=collector_id)
    if office.kind != OrganisationKind.GOVERNMENT:
        raise DomainError("收取部门应是县级以上政府部门。", field="collector")
    facts = {
        "collector": office, "due": owed.due, "paid": owed.paid, "amount": owed.amount,
        "rule": owed.rule, "clause": owed.clause, "text": text.strip(),
        "told_by_id": actor.user_id, "told_at": now,
    }  # fmt: skip
    before = CollectionNotice.objects.select_for_update(of=("self",)).filter(fund_return=row)
    made = keep_notice(row, before.first(), facts)
    act = "retold" if made.return_reason else "told"
    record(actor, f"learning.collection.{act}", made, detail={"amount": str(owed.amount)})
    publish(CollectionMoved(collection_id=made.pk, state=str(made.state)))
    tell_both(made, today=timezone.localdate(now))
    return made


def keep_notice(
    row: FundReturn, before: CollectionNotice | None, facts: dict[str, Any]
) -> CollectionNotice:
    """The first notice, or the one that an office sent back, told anew (重新移送)."""
    if before is None:
        return CollectionNotice.objects.create(fund_return=row, **facts)
    if before.state != CollectionState.RETURNED:
        raise DomainError("这份报告已经移送。")
    before.state = workflow.collection.target("retell", state=CollectionState(before.state))
    for name, value in facts.items():
        setattr(before, name, value)
    before.taken_by, before.taken_at = None, None
    before.save()
    return before


def tell_both(made: CollectionNotice, *, today: datetime.date) -> None:
    """The collecting office and the firm are told the amount and the clause."""
    row = made.fund_return
    for unit_id, roles in ((made.collector_id, KEEPERS), (row.organisation_id, WRITERS)):
        notify(
            user_ids=user_ids_with_role(organisation_id=unit_id, roles=sorted(roles), on=today),
            kind=NotificationKind.TASK,
            title=f"依法收取职业教育经费：{row.organisation.display_name}"[:120],
            detail=f"{row.year} 年度应收取 {made.amount:,} 元，{made.clause}"[:300],
            url=made.get_absolute_url(),
            organisation_id=unit_id,
            key=f"fund-collection-{made.pk}-{made.told_at:%Y%m%d%H%M%S}",
        )
