"""The nightly clock of claims: silence takes its stated effect, late offices are reminded."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.lateness import days_late
from silian.governance.incentives.choices.claims import Silence, StepState
from silian.governance.incentives.commands.claim_steps import run_out
from silian.governance.incentives.models import ClaimStep
from silian.governance.incentives.permissions.claims import CLERKS, WRITERS
from silian.governance.incentives.queries.claim_review import overdue_steps
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

EVERYONE = sorted(CLERKS | WRITERS)


def run_claim_clocks(*, now: datetime.datetime) -> int:
    """Do today's clocks; a second run tells nobody again (补贴审核时限)."""
    today = timezone.localdate(now)
    done = 0
    for step in overdue_steps(today).select_related("claim__call", "claim__organisation"):
        if run_out(step_id=step.pk, actor=system_actor(), now=now):
            step.refresh_from_db(fields=["state"])
            tell_of_lapse(step, today=today)
            done += 1
    return done


def tell_of_lapse(step: ClaimStep, *, today: datetime.date) -> None:
    """Tell the office, and the lead department where the call says so."""
    if step.state == StepState.SILENT:
        return
    offices = {step.office_id}
    if step.on_silence == Silence.ESCALATE:
        offices.add(step.claim.call.owner_id)
    late = days_late(last_day=step.due_on or today, on=today)
    for office in sorted(offices):
        notify(
            user_ids=user_ids_with_role(organisation_id=office, roles=EVERYONE, on=today),
            kind=NotificationKind.TASK,
            title=f"补贴审核已逾期 {late} 天：{step.claim.organisation.display_name}",
            detail=f"{step.title}，{step.claim.call.title}，应于 {step.due_on} 前办理",
            url=step.claim.get_absolute_url(),
            organisation_id=office,
            key=f"claim-step-{step.pk}-late-{step.due_on}",
        )
