"""Cases against schools and agents that broke the rules of internships."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.complaints import (
    ViolationState,
)
from silian.operations.placements.events.complaints import ViolationOpened
from silian.operations.placements.models.complaints import Complaint, ViolationCase
from silian.operations.placements.permissions.complaints import may_open_cases
from silian.operations.placements.queries.violations import fine_range_of
from silian.operations.placements.workflow.complaints import violation as steps
from silian.registers.organisations.models import Organisation


def require_office(actor: Actor) -> None:
    if not may_open_cases(actor):
        raise NotAllowed("违规实习由教育、人力资源社会保障等主管部门立案查处。")


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    organisation_id: int,
    facts: str,
    income: Decimal,
    now: datetime.datetime,
    complaint: Complaint | None = None,
) -> ViolationCase:
    """Open a case with the range of the fine as it holds today (立案).

    Basis: 职业教育法第六十六条.
    """
    require_office(actor)
    if income < 0:
        raise DomainError("违法所得不能小于 0 元。", field="income")
    if not facts.strip():
        raise DomainError("请写明违法事实。", field="facts")
    about = Organisation.objects.get(pk=organisation_id)
    found = fine_range_of(income=income, division=about.division_id, on=now.date())
    case = ViolationCase.objects.create(
        complaint=complaint,
        organisation=about,
        authority_id=actor.organisation_id or 0,
        division_id=about.division_id,
        facts=facts.strip(),
        income=income,
        low=found.low,
        high=found.high,
        basis=found.basis,
        opened_by_id=actor.user_id or 0,
        opened_at=now,
    )
    record(actor, "placements.violation.opened", case)
    publish(ViolationOpened(case_id=case.pk))
    return case


@transaction.atomic
def close_case(
    *,
    case_id: int,
    actor: Actor,
    decision: str,
    now: datetime.datetime,
    fine: Decimal | None = None,
) -> ViolationCase:
    """Fine within the range, or drop the case, in words (作出决定)."""
    require_office(actor)
    case = ViolationCase.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.authority_id != actor.organisation_id:
        raise NotAllowed("只有立案的机关可以作出决定。")
    if not decision.strip():
        raise DomainError("请写明决定文号或不予处罚的理由。", field="decision")
    name = "drop" if fine is None else "fine"
    case.state = steps.target(name, state=ViolationState(case.state))
    if fine is not None:
        refuse_fine(case, fine)
    case.fine, case.decision, case.closed_at = fine, decision.strip(), now
    case.save(update_fields=["state", "fine", "decision", "closed_at"])
    if fine is None:
        record(actor, "placements.violation.dropped", case)
    else:
        record(actor, "placements.violation.fined", case)
    publish(ViolationOpened(case_id=case.pk))
    return case


def refuse_fine(case: ViolationCase, fine: Decimal) -> None:
    """A fine lies within the range that the case was opened with."""
    if case.low is not None and case.high is not None and not case.low <= fine <= case.high:
        raise DomainError(
            f"罚款应在 {case.low:,.0f} 至 {case.high:,.0f} 元之间（{case.basis}）。", field="fine"
        )
