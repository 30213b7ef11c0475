"""Draft a notice, say who reports, send it out, chase those who are missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.sheets import sheet_of
from silian.operations.learning.choices import CallState
from silian.operations.learning.events import CallIssued
from silian.operations.learning.models.calls import ConsultedOffice, FundCall, FundCallUnit
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import (
    calls_visible_to,
    require_caller,
    require_manager,
)
from silian.operations.learning.queries.calls import enterprises_by_size, missing_units
from silian.operations.learning.rules.import_sheet import CODE, CellProblem
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries.members import user_ids_with_role

MOST_UNITS = 5_000  # the enterprises above scale of a large city


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """What is typed about a notice (通知内容)."""

    year: int
    title: str
    authority_id: int
    due_on: datetime.date
    basis: str
    text: str
    consulted_ids: tuple[int, ...] = ()


@transaction.atomic
def draft_call(*, facts: CallFacts, actor: Actor, today: datetime.date) -> FundCall:
    """Begin the notice of a year for one's region (拟定经费报告通知)."""
    division = actor.jurisdiction
    require_caller(actor, division=division)
    if facts.year > today.year:
        raise DomainError("报告年度不能晚于今年。", field="year")
    if facts.due_on <= today:
        raise DomainError("报告截止日应在今天之后。", field="due_on")
    if FundCall.objects.filter(division_id=division, year=facts.year).exists():
        raise DomainError(
            f"{facts.year} 年度的通知已经有了，请在通知列表里打开修改。", field="year"
        )
    call = FundCall(division_id=division)
    keep(call, facts=facts, actor=actor)
    record(actor, "learning.call.drafted", call)
    return call


def keep(call: FundCall, *, facts: CallFacts, actor: Actor) -> None:
    """Write what is typed and whom to consult; a reviewer calls for the own office only."""
    if not actor.has_role(Role.COORDINATOR) and facts.authority_id != actor.organisation_id:
        raise DomainError("审核员只能拟定由本部门核对的通知。", field="authority")
    if facts.authority_id in facts.consulted_ids:
        raise DomainError("核对部门不用再征求自己的意见。", field="consulted")
    for name in ("year", "title", "authority_id", "due_on", "basis", "text"):
        setattr(call, name, getattr(facts, name))
    call.save()
    call.consulted.exclude(organisation_id__in=facts.consulted_ids).delete()
    ConsultedOffice.objects.bulk_create(
        [ConsultedOffice(call=call, organisation_id=pk) for pk in facts.consulted_ids],
        ignore_conflicts=True,
    )


def locked_call(*, call_id: int, actor: Actor) -> FundCall:
    rows = calls_visible_to(actor).select_related("authority")
    call = rows.select_for_update(of=("self",)).get(pk=call_id)
    require_manager(actor, call)
    return call


@transaction.atomic
def change_call(*, call_id: int, facts: CallFacts, actor: Actor) -> FundCall:
    """Change a notice; once sent out its year stays (修改通知)."""
    call = locked_call(call_id=call_id, actor=actor)
    if call.state == CallState.ISSUED and facts.year != call.year:
        raise DomainError("通知已下发，报告年度不能改。", field="year")
    other = FundCall.objects.filter(division_id=call.division_id, year=facts.year)
    if other.exclude(pk=call.pk).exists():
        raise DomainError(f"{facts.year} 年度的通知已经有了。", field="year")
    keep(call, facts=facts, actor=actor)
    record(actor, "learning.call.changed", call)
    return call


@transaction.atomic
def add_units(*, call_id: int, organisation_ids: Iterable[int], actor: Actor) -> int:
    """Add enterprises of the region to a notice; those on it already stay (加入应报企业)."""
    call = locked_call(call_id=call_id, actor=actor)
    wanted = sorted(set(organisation_ids))
    known = set(call.units.values_list("organisation_id", flat=True))
    rows = Organisation.objects.filter(
        pk__in=wanted, kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED
    )
    fresh = [row.pk for row in rows if actor.covers(row.division_id) and row.pk not in known]
    if len(known) + len(fresh) > MOST_UNITS:
        raise DomainError(f"一份通知最多 {MOST_UNITS:,} 家企业，请分地区下发。")
    FundCallUnit.objects.bulk_create([FundCallUnit(call=call, organisation_id=pk) for pk in fresh])
    record(actor, "learning.call.units_added", call, detail={"count": len(fresh)})
    if fresh and call.state == CallState.ISSUED:
        publish(CallIssued(call_id=call.pk))
    return len(fresh)


def add_units_by_size(
    *, call_id: int, sizes: Sequence[str], above_scale: bool, actor: Actor
) -> int:
    """Add all enterprises of the region that a condition takes in (按条件加入)."""
    if not sizes and not above_scale:
        raise DomainError("请至少选一个条件。")
    rows = enterprises_by_size(division=actor.jurisdiction, sizes=sizes, above_scale=above_scale)
    chosen = list(rows.values_list("pk", flat=True)[: MOST_UNITS + 1])
    return add_units(call_id=call_id, organisation_ids=chosen, actor=actor)


@transaction.atomic
def import_units(
    *, call_id: int, name: str, content: bytes, actor: Actor
) -> tuple[int, list[CellProblem]]:
    """Add enterprises by a sheet of codes; with one wrong cell nothing is added (导入名单)."""
    sheet = sheet_of(name=name, content=content, most_rows=MOST_UNITS)
    sheet.require(CODE)
    lines = [(row, cells.get(CODE, "").strip().upper()) for row, cells in sheet.numbered()]
    known = Organisation.objects.filter(
        uscc__in=[code for _, code in lines if code],
        kind=OrganisationKind.ENTERPRISE,
        state=OrganisationState.VERIFIED,
    )
    by_code = {row.uscc: row for row in known if actor.covers(row.division_id)}
    problems = [
        CellProblem(
            row=row,
            column=CODE,
            text=code[:60],
            sentence="本地区没有这家已核验的企业，请核对代码，或先请企业注册核验。",
        )
        for row, code in lines
        if code not in by_code
    ]
    if problems:
        return 0, problems
    ids = [by_code[code].pk for _, code in lines]
    return add_units(call_id=call_id, organisation_ids=ids, actor=actor), []


@transaction.atomic
def remove_unit(*, call_id: int, unit_id: int, actor: Actor) -> None:
    """Take an enterprise off a notice before it has begun its return (移出)."""
    call = locked_call(call_id=call_id, actor=actor)
    unit = call.units.select_related("organisation").get(pk=unit_id)
    begun = FundReturn.objects.filter(call=call, organisation_id=unit.organisation_id)
    if begun.exists():
        raise DomainError("这家企业已开始填报，不能移出。")
    record(actor, "learning.call.unit_removed", call, detail={"organisation": unit.organisation_id})
    unit.delete()


@transaction.atomic
def issue_call(
    *, call_id: int, actor: Actor, now: datetime.datetime, today: datetime.date
) -> FundCall:
    """Send the notice to the enterprises on it (下发通知)."""
    call = locked_call(call_id=call_id, actor=actor)
    if call.state == CallState.ISSUED:
        raise DomainError("通知已经下发。")
    if not call.units.exists():
        raise DomainError("还没有应报企业。请先按条件加入，或导入名单。")
    if call.due_on <= today:
        raise DomainError("报告截止日已过，请先修改截止日。")
    call.state, call.issued_at = CallState.ISSUED, now
    call.save(update_fields=["state", "issued_at"])
    record(actor, "learning.call.issued", call)
    publish(CallIssued(call_id=call.pk))
    return call


@transaction.atomic
def remind_missing(
    *, call_id: int, actor: Actor, now: datetime.datetime, today: datetime.date
) -> int:
    """Chase by hand those who have not submitted, once a day at most (催报)."""
    call = locked_call(call_id=call_id, actor=actor)
    told = chase(call, now=now, today=today)
    if not told:
        raise DomainError("没有需要催报的企业：都已提交，或今天已经催过。")
    record(actor, "learning.call.reminded", call, detail={"count": told})
    return told


@transaction.atomic
def chase(call: FundCall, *, now: datetime.datetime, today: datetime.date) -> int:
    """Tell each missing enterprise once a day; says how many were told."""
    if call.state != CallState.ISSUED:
        raise DomainError("通知还没有下发。")
    midnight = datetime.datetime.combine(today, datetime.time(), tzinfo=now.tzinfo)
    rows = list(missing_units(call).exclude(reminded_at__gte=midnight))
    left = (call.due_on - today).days
    detail = f"还有 {left} 天截止" if left >= 0 else f"已过截止日 {-left} 天，请尽快报送"
    for unit in rows:
        notify(
            user_ids=user_ids_with_role(
                organisation_id=unit.organisation_id, roles=[Role.MANAGER, Role.AGENT], on=today
            ),
            kind=NotificationKind.TASK,
            title=f"请报送：{call.title}",
            detail=detail,
            url=call.get_absolute_url(),
            organisation_id=unit.organisation_id,
            key=f"fund-call-{call.pk}-chase-{today}",
        )
    FundCallUnit.objects.filter(pk__in=[unit.pk for unit in rows]).update(reminded_at=now)
    return len(rows)
