"""Correct a result that was registered wrongly: who was said to qualify had left or failed."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.commands.apprentices import locked_apprentice
from silian.operations.placements.events.apprenticeships import ApprenticeChanged
from silian.operations.placements.models import Apprentice
from silian.operations.placements.workflow.apprenticeship import apprentice as steps

STEPS = {
    ApprenticeState.LEFT: "correct_left",
    ApprenticeState.UNQUALIFIED: "correct_failed",
}


@transaction.atomic
def correct_result(
    *,
    apprentice_id: int,
    result: ApprenticeState,
    ended_on: datetime.date,
    reason: str,
    actor: Actor,
    on: datetime.date,
) -> Apprentice:
    """Put a result right, also after the programme is over (更正培养结果).

    What was registered before stays in the audit; claims are computed anew from the new result.
    """
    if result not in STEPS:
        raise NotAllowed("没有这种更正。")
    row = locked_apprentice(apprentice_id, actor=actor)
    before = row.get_state_display()
    target = steps.target(STEPS[result], state=ApprenticeState(row.state), reason=reason)
    if not row.starts_on < ended_on <= min(row.ends_on, on):
        raise DomainError(
            f"终止日应在 {row.starts_on} 以后，不晚于 {min(row.ends_on, on)}。", field="ended_on"
        )
    detail = {"before": before, "certificate": row.certificate_number, "ended": str(row.ends_on)}
    row.state, row.reason, row.ends_on = target, reason.strip(), ended_on
    row.certificate_number, row.certificate_level, row.certified_on = "", "", None
    row.save(
        update_fields=[
            "state", "reason", "ends_on", "certificate_number", "certificate_level", "certified_on",
        ]
    )  # fmt: skip
    record(actor, "placements.apprentice.corrected", row, reason=reason, detail=detail)
    publish(
        ApprenticeChanged(
            apprentice_id=row.pk, apprenticeship_id=row.apprenticeship_id, step="corrected", on=on
        )
    )
    return row
