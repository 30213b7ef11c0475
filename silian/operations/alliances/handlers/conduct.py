"""Tells the service organisation of a check, its findings and their review."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.choices.conduct import CheckState
from silian.operations.alliances.events.conduct import ConductCheckMoved
from silian.operations.alliances.models.conduct import ConductCheck
from silian.operations.alliances.permissions.keeping import UNIT_WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

DETAILS = {
    CheckState.PLANNED: "请准备资质、合同、收费公示等材料。",
    CheckState.CORRECTING: "请在期限前逐项整改并提交复查。",
    CheckState.CLOSED: "检查已办结，结果已公开。",
}


@subscribe(ConductCheckMoved)
def tell_organisation(event: ConductCheckMoved) -> None:
    check = ConductCheck.objects.select_related("organisation").get(pk=event.check_id)
    state = CheckState(check.state)
    if state not in DETAILS:
        return
    told = user_ids_with_role(
        organisation_id=check.organisation_id,
        roles=list(UNIT_WRITERS),
        on=timezone.localdate(),
    )
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=f"{check.get_kind_display()}{state.label}",
        detail=DETAILS[state],
        url=check.get_absolute_url(),
        organisation_id=check.organisation_id,
        key=f"conduct-{check.pk}-{state}-{check.correct_by or ''}",
    )
