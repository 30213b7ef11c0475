"""Tells the applicant what was decided on its case, and the department what was handed in."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.choices.ownership import CaseState
from silian.operations.alliances.events.ownership import OwnershipCaseMoved
from silian.operations.alliances.handlers.pairings import keepers_of
from silian.operations.alliances.models.ownership import OwnershipCase
from silian.operations.alliances.permissions.keeping import KEEPING_ROLES, UNIT_WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

TO_APPLICANT = frozenset(
    {CaseState.RETURNED, CaseState.REFUSED, CaseState.APPROVED, CaseState.ENDED}
)
TO_DEPARTMENT = frozenset({CaseState.APPLIED, CaseState.REVIEWED})


@subscribe(OwnershipCaseMoved)
def tell_of_step(event: OwnershipCaseMoved) -> None:
    case = OwnershipCase.objects.select_related("applicant").get(pk=event.case_id)
    today = timezone.localdate()
    state = CaseState(case.state)
    if state in TO_DEPARTMENT:
        told = keepers_of(case.division_id, roles=list(KEEPING_ROLES), on=today)
    elif state in TO_APPLICANT:
        told = user_ids_with_role(
            organisation_id=case.applicant_id, roles=list(UNIT_WRITERS), on=today
        )
    else:
        return
    handed_in = f"{timezone.localtime(case.applied_at):%Y%m%d%H%M}" if case.applied_at else ""
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=f"办学案例{case.get_state_display()}：{case.title}",
        detail=case.answer if state in TO_APPLICANT else case.applicant.display_name,
        url=case.get_absolute_url(),
        key=f"case-{case.pk}-{case.state}-{handed_in}",
    )
