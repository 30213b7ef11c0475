"""Check a return: confirm, send back once, order to correct, and what follows."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.learning.choices import ReturnState, Stance
from silian.operations.learning.commands.returns import (
    locked_return,
    moved,
    next_draft,
)
from silian.operations.learning.events import FundReturnMoved
from silian.operations.learning.models.returns import FundReturn, ReturnCheck, ReturnOpinion
from silian.operations.learning.permissions.fund import require_checker, require_consulted
from silian.operations.learning.queries.returns import breaches_of, draft_of
from silian.operations.learning.workflow import fund_return as steps
from silian.registers.credit.choices import CaseState
from silian.registers.credit.commands import cases
from silian.registers.credit.models import CorrectionCase

SOURCE = "learning.fundreturn"
OF_CASE = {
    CaseState.FOUND: ReturnState.ORDERED,
    CaseState.ORDERED: ReturnState.ORDERED,
    CaseState.REPORTED: ReturnState.REPORTED,
    CaseState.CORRECTED: ReturnState.CORRECTED,
    CaseState.REFUSED: ReturnState.REFUSED,
    CaseState.NOTICED: ReturnState.REFUSED,
    CaseState.RECORDED: ReturnState.REFUSED,
    CaseState.DROPPED: ReturnState.SUBMITTED,
}
"""Where a return stands when its correction case stands so (两边同步)."""


def checkable(*, return_id: int, actor: Actor) -> FundReturn:
    row = locked_return(return_id=return_id, actor=actor)
    require_checker(actor, row)
    return row


def conclusion(text: str, *, actor: Actor, now: datetime.datetime) -> dict[str, Any]:
    return {
        "conclusion": text.strip()[:500],
        "checked_by_id": actor.user_id,
        "checked_at": now,
        "check_due_at": None,
    }


def require_settled_numbers(row: FundReturn) -> None:
    """Nothing is decided while the enterprise writes another version."""
    if draft_of(row):
        raise DomainError("企业正在更正这份报告，请等它提交后再办。")


@transaction.atomic
def confirm_return(
    *, return_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Find a return in order, or say why in spite of a breach (确认)."""
    row = checkable(return_id=return_id, actor=actor)
    require_settled_numbers(row)
    return moved(
        row,
        step="confirm",
        actor=actor,
        changes=conclusion(reason, actor=actor, now=now),
        why=reason,
        breaches=len(breaches_of(row)),
        reason=reason,
    )


@transaction.atomic
def return_once(
    *, return_id: int, fix_list: str, working_days: int, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Send a return back for completion, everything in one list (退回补正)."""
    row = checkable(return_id=return_id, actor=actor)
    if not fix_list.strip():
        raise DomainError("请一次列全需要补正的内容。", field="fix_list")
    changes = {
        "was_returned": True,
        "fix_list": fix_list.strip(),
        "fix_due_at": site_deadline(now, working_days=working_days).due_at,
        "check_due_at": None,
    }
    was_returned = row.was_returned
    row = moved(
        row, step="return", actor=actor, changes=changes, why=fix_list, was_returned=was_returned
    )
    if draft_of(row) is None:
        next_draft(row, reason="按补正清单修改")
    return row


@transaction.atomic
def order_correction(
    *,
    return_id: int,
    item_id: int,
    text: str,
    working_days: int,
    actor: Actor,
    now: datetime.datetime,
) -> FundReturn:
    """Order the enterprise to correct by a day; the case stands in the credit register (责令改正).

    Basis: 《职业教育法》第六十四条; the region's clause stands in each finding.
    """
    row = checkable(return_id=return_id, actor=actor)
    breaches = breaches_of(row)
    steps.target("order", state=ReturnState(row.state), breaches=len(breaches))
    case = opened_case(row, breaches=breaches, item_id=item_id, actor=actor, now=now)
    today = timezone.localdate(now)
    due_on = site_deadline(now, working_days=working_days).due_on
    cases.order_correction(case_id=case.pk, text=text, due_on=due_on, actor=actor, on=today)
    changes = {
        **conclusion(text, actor=actor, now=now),
        "case": case,
        "ordered_on": today,
        "order_ended_on": None,
    }
    return moved(row, step="order", actor=actor, changes=changes, breaches=len(breaches))


def opened_case(
    row: FundReturn,
    *,
    breaches: list[ReturnCheck],
    item_id: int,
    actor: Actor,
    now: datetime.datetime,
) -> CorrectionCase:
    """The case of the credit register, with what was found and by which clauses (立案)."""
    known = CorrectionCase.objects.filter(source=SOURCE, source_id=row.pk, item_id=item_id)
    if known.exists():
        raise DomainError("这份报告按这个目录项已立过案，请在信用登记的责令改正里办理。")
    return cases.open_case(
        organisation_id=row.organisation_id,
        item_id=item_id,
        title=f"{row.year} 年度职工教育培训经费提取使用不符合规定",
        finding="\n".join(finding_of(each) for each in breaches),
        basis="；".join(sorted({each.clause for each in breaches}))[:300],
        actor=actor,
        now=now,
        source=SOURCE,
        source_id=row.pk,
    )


def finding_of(check: ReturnCheck) -> str:
    gap = f"，差额 {check.missing:,} 元" if check.missing else ""
    return f"{check.title}：{check.value}，规定 {check.required}{gap}（{check.clause}）。"


def case_of(row: FundReturn) -> int:
    if row.case_id is None:
        raise DomainError("这份报告没有责令改正。")
    return row.case_id


@transaction.atomic
def accept_correction(
    *, return_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Find that the last version keeps every rule (核实已改正)."""
    row = checkable(return_id=return_id, actor=actor)
    require_settled_numbers(row)
    breaches = len(breaches_of(row))
    changes = {
        **conclusion(reason, actor=actor, now=now),
        "order_ended_on": timezone.localdate(now),
    }
    row = moved(row, step="accept", actor=actor, changes=changes, breaches=breaches)
    cases.accept_correction(case_id=case_of(row), reason=reason, actor=actor, now=now)
    return row


@transaction.atomic
def send_back(
    *, return_id: int, text: str, working_days: int, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Say what is still missing, with a new day (退回继续改正)."""
    row = checkable(return_id=return_id, actor=actor)
    due_on = site_deadline(now, working_days=working_days).due_on
    row = moved(row, step="send_back", actor=actor, changes={"check_due_at": None}, why=text)
    cases.return_correction(
        case_id=case_of(row), text=text, due_on=due_on, actor=actor, on=timezone.localdate(now)
    )
    return row


@transaction.atomic
def find_refused(
    *, return_id: int, reason: str, said_no: bool, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Find a refusal once the day is over or the firm says no; the hearing follows (拒不改正)."""
    row = checkable(return_id=return_id, actor=actor)
    today = timezone.localdate(now)
    changes = {"order_ended_on": today}
    row = moved(row, step="refuse", actor=actor, changes=changes, why=reason)
    cases.find_refused(case_id=case_of(row), reason=reason, said_no=said_no, actor=actor, on=today)
    return row


@transaction.atomic
def give_opinion(
    *, return_id: int, stance: str, text: str, actor: Actor, now: datetime.datetime
) -> FundReturn:
    """Say what one's office thinks of a return; it may be said anew (提出核对意见)."""
    row = locked_return(return_id=return_id, actor=actor)
    require_consulted(actor, row)
    if row.state not in (ReturnState.SUBMITTED, ReturnState.REPORTED):
        raise DomainError("报告现在不在核对中，不能再提意见。")
    if stance == Stance.DOUBTS and not text.strip():
        raise DomainError("有疑问的，请写明是哪个数字、与什么不一致。", field="text")
    ReturnOpinion.objects.update_or_create(
        fund_return=row,
        organisation_id=actor.organisation_id or 0,
        defaults={
            "stance": stance,
            "text": text.strip(),
            "given_by_id": actor.user_id,
            "given_at": now,
        },
    )
    record(actor, "learning.return.opinion", row)
    return row


@transaction.atomic
def follow_case(*, case_id: int, today: datetime.date) -> None:
    """Bring a return to where its case stands when that was moved in the register (同步)."""
    case = CorrectionCase.objects.get(pk=case_id)
    if case.source != SOURCE:
        return
    rows = FundReturn.objects.select_for_update(of=("self",)).filter(case_id=case.pk)
    row = rows.first()
    wanted = OF_CASE[CaseState(case.state)]
    if row is None or row.state == wanted:
        return
    if wanted == ReturnState.SUBMITTED and row.state not in OF_CASE.values():
        return
    row.state = wanted
    ended = wanted in (ReturnState.CORRECTED, ReturnState.REFUSED, ReturnState.SUBMITTED)
    row.order_ended_on = (row.order_ended_on or today) if ended else None
    row.save(update_fields=["state", "order_ended_on"])
    record(system_actor(), "learning.return.followed", row, detail={"case": case.pk})
    publish(FundReturnMoved(return_id=row.pk, state=row.state))
