"""Tells offices, schools and units where a claim stands; looks for signals when it comes in."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.events.claims import ClaimMoved, StepOpened
from silian.governance.incentives.models import Claim, ClaimStep
from silian.governance.incentives.permissions.claims import CLERKS, WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.queries.members import user_ids_with_role

TO_UNIT = {
    ClaimState.RETURNED: "请补正申领",
    ClaimState.AGREED: "申领已审定，即将公示",
    ClaimState.NOTICE: "申领正在公示",
    ClaimState.APPROVED: "申领已批准",
    ClaimState.REJECTED: "申领不予支持，可以申请复核",
    ClaimState.SETTLED: "申领已结清",
}


@subscribe(StepOpened)
def ask_office(event: StepOpened) -> None:
    """Tell the office or school what it is asked and until when."""
    step = ClaimStep.objects.select_related("office", "claim__organisation", "claim__call").get(
        pk=event.step_id
    )
    notify(
        user_ids=members(step.office_id, roles=roles_of(step)),
        kind=NotificationKind.TASK,
        title=f"{step.title}：{step.claim.organisation.display_name}",
        detail=f"{step.claim.call.title}，{step.due_on} 前，逾期{step.get_on_silence_display()}",
        url=step.claim.get_absolute_url(),
        organisation_id=step.office_id,
        key=f"claim-step-{step.pk}-opened",
    )


def roles_of(step: ClaimStep) -> frozenset[Role]:
    return WRITERS if step.office.kind == OrganisationKind.SCHOOL else CLERKS


def members(organisation_id: int, *, roles: frozenset[Role]) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(roles), on=timezone.localdate()
    )


@subscribe(ClaimMoved)
def tell_unit(event: ClaimMoved) -> None:
    """Tell the unit that claimed what became of it, with the reason when there is one."""
    claim = Claim.objects.select_related("organisation", "call").get(pk=event.claim_id)
    state = ClaimState(claim.state)
    if state not in TO_UNIT:
        return
    notify(
        user_ids=members(claim.organisation_id, roles=WRITERS),
        kind=NotificationKind.REVIEW,
        title=f"{TO_UNIT[state]}：{claim.call.title}",
        detail=claim.reason if state in (ClaimState.RETURNED, ClaimState.REJECTED) else "",
        url=claim.get_absolute_url(),
        organisation_id=claim.organisation_id,
        key=f"claim-{claim.pk}-{state}-{claim.steps.count()}",
    )


@subscribe(ClaimMoved)
def look_at_claim(event: ClaimMoved) -> None:
    """Look for signals when a claim is handed in; what is known is not written twice."""
    if event.step == "submit":
        look_for_risks(claim_id=event.claim_id, now=timezone.now())
