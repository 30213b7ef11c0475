"""Review, approve, run and end a case; keep its approvals, reports and purchases."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.choices.ownership import ApprovalState, CaseState
from silian.operations.alliances.commands.ownership import locked_case
from silian.operations.alliances.events.ownership import EducationPurchased, OwnershipCaseMoved
from silian.operations.alliances.models.ownership import (
    CaseApproval,
    CaseReport,
    EducationPurchase,
    OwnershipCase,
)
from silian.operations.alliances.permissions.keeping import require_keeper
from silian.operations.alliances.permissions.ownership import (
    cases_visible_to,
    require_approver,
    require_owner,
    require_reviewer,
)
from silian.operations.alliances.workflow.ownership import ownership as steps
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class ApprovalFacts:
    """What an authority said (审批结果)."""

    matter: str
    authority: str
    state: str
    reference: str
    decided_on: datetime.date | None
    note: str


@dataclass(frozen=True, kw_only=True)
class PurchaseFacts:
    """What the government bought (购买情况)."""

    buyer_id: int
    provider_id: int
    case_id: int | None
    year: int
    service: str
    seats: int
    amount: Decimal
    contract_reference: str
    plan_basis: str


def moved(
    case: OwnershipCase, name: str, *, actor: Actor, verb: str, reason: str = "", **facts: Any
) -> OwnershipCase:
    """Take the step, save what it set, record and tell."""
    case.state = steps.target(name, state=CaseState(case.state), **facts)
    case.save()
    record(actor, f"alliances.case.{verb}", case, reason=reason[:500])
    publish(OwnershipCaseMoved(case_id=case.pk))
    return case


def said(reason: str, sentence: str) -> str:
    """The reason as kept; refused when nothing was said."""
    if not reason.strip():
        raise DomainError(sentence, field="reason")
    return reason.strip()[:500]


@transaction.atomic
def return_case(*, case_id: int, reason: str, actor: Actor) -> OwnershipCase:
    """Send a case back to be completed, everything missing in one list (退回补正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_reviewer(actor, case)
    case.answer = said(reason, "请一次写明需要补正的全部内容。")
    case.reviewed_by = None
    return moved(case, "return", actor=actor, verb="returned", reason=case.answer)


@transaction.atomic
def review_case(*, case_id: int, actor: Actor) -> OwnershipCase:
    """Pass the review; another person approves (审核通过)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_reviewer(actor, case)
    case.reviewed_by_id = actor.user_id
    return moved(case, "review", actor=actor, verb="reviewed")


@transaction.atomic
def refuse_case(*, case_id: int, reason: str, actor: Actor) -> OwnershipCase:
    """Refuse a case with the reason and its basis (不予批准)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_reviewer(actor, case)
    case.answer = said(reason, "请写明不予批准的理由和依据。")
    return moved(case, "refuse", actor=actor, verb="refused", reason=case.answer)


@transaction.atomic
def record_approval(
    *, case_id: int, facts: ApprovalFacts, paper: UploadedFile[bytes] | None, actor: Actor
) -> CaseApproval:
    """Keep what an authority decided, with its paper (登记审批环节)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_reviewer(actor, case)
    if case.state not in (CaseState.APPLIED, CaseState.REVIEWED):
        raise DomainError(f"当前为“{case.get_state_display()}”，审批环节在审核和批准前登记。")
    refuse_bare(facts)
    row, _ = CaseApproval.objects.update_or_create(
        case=case, matter=facts.matter, defaults=asdict(facts)
    )
    if paper is not None:
        store_upload(upload=paper, subject=row, actor=actor)
    record(actor, "alliances.case.approval", case, detail={"matter": row.matter})
    return row


def refuse_bare(facts: ApprovalFacts) -> None:
    if facts.state == ApprovalState.GRANTED and not (facts.reference and facts.decided_on):
        raise DomainError("已批准的环节要写批文文号和批复日。", field="reference")
    if facts.state == ApprovalState.REFUSED and not facts.note:
        raise DomainError("未批准的环节要写明理由。", field="note")


@transaction.atomic
def approve_case(
    *, case_id: int, report_month: int, report_day: int, actor: Actor, today: datetime.date
) -> OwnershipCase:
    """Approve a case once every authority has granted, and set its report day (批准办学)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_approver(actor, case)
    answers = [ApprovalState(row.state) for row in case.approvals.all()]
    case.approved_by_id, case.approved_on = actor.user_id, today
    case.report_month, case.report_day = report_month, report_day
    return moved(case, "approve", actor=actor, verb="approved", answers=answers)


@transaction.atomic
def start_case(
    *, case_id: int, running_on: datetime.date, actor: Actor, today: datetime.date
) -> OwnershipCase:
    """Say from which day the school runs (登记运行)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_owner(actor, case)
    if case.approved_on is not None and not case.approved_on <= running_on <= today:
        raise DomainError(f"运行日应在批准日 {case.approved_on} 到今天之间。", field="running_on")
    case.running_on = running_on
    return moved(case, "run", actor=actor, verb="running")


@transaction.atomic
def end_case(
    *, case_id: int, ended_on: datetime.date, reason: str, actor: Actor, today: datetime.date
) -> OwnershipCase:
    """End a school, saying what becomes of its students and assets (终止办学)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_reviewer(actor, case)
    if ended_on > today:
        raise DomainError("终止日不能晚于今天。", field="ended_on")
    case.answer = said(reason, "请写明终止的理由、学生安置和资产处置。")
    case.ended_on = ended_on
    return moved(case, "end", actor=actor, verb="ended", reason=case.answer)


@transaction.atomic
def report_case_year(
    *,
    case_id: int,
    year: int,
    students: int,
    invested: Decimal,
    summary: str,
    paper: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> CaseReport:
    """Report a year of a running school, or correct the report (报送年度报告)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_owner(actor, case)
    first = case.running_on
    last = case.ended_on or today
    if first is None or not first.year <= year <= min(last.year, today.year):
        raise DomainError(f"{year} 年学校没有运行，请选运行以后的年度。", field="year")
    values = {"students": students, "invested": invested, "summary": summary.strip()}
    row, _ = CaseReport.objects.update_or_create(
        case=case, year=year, defaults={**values, "reported_on": today}
    )
    if paper is not None:
        store_upload(upload=paper, subject=row, actor=actor)
    record(actor, "alliances.case.reported", case, detail={"year": year})
    publish(OwnershipCaseMoved(case_id=case.pk))
    return row


@transaction.atomic
def register_purchase(
    *, facts: PurchaseFacts, actor: Actor, today: datetime.date
) -> EducationPurchase:
    """Register places bought at a school run by an enterprise (登记政府购买教育服务)."""
    buyer = Organisation.objects.get(pk=facts.buyer_id)
    require_keeper(actor, division=buyer.division_id)
    if facts.case_id is not None and not cases_visible_to(actor).filter(pk=facts.case_id).exists():
        raise DomainError("所选办学案例不在本地区，请重新选择。", field="case")
    known = EducationPurchase.objects.filter(
        buyer=buyer, contract_reference=facts.contract_reference, year=facts.year
    )
    if known.exists():
        raise DomainError("这份合同本年度已登记。", field="contract_reference")
    row = EducationPurchase.objects.create(
        **asdict(facts), division_id=buyer.division_id, registered_on=today
    )
    record(actor, "alliances.purchase.registered", row)
    publish(EducationPurchased(purchase_id=row.pk))
    return row
