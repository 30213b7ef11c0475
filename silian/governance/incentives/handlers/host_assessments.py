"""Tells an enterprise how it is to be assessed, and how it was."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.events.claims import HostAssessed
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.permissions.host_assessments import WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

WORDS = {
    AssessmentState.NOTICED: "拟认定不通过，请在期限内陈述",
    AssessmentState.PASSED: "考核通过",
    AssessmentState.FAILED: "考核未通过",
}


@subscribe(HostAssessed)
def tell_enterprise(event: HostAssessed) -> None:
    """A proposal to pass is not told: nothing follows from it until it is decided."""
    row = HostAssessment.objects.get(pk=event.assessment_id)
    state = AssessmentState(row.state)
    if state not in WORDS:
        return
    notify(
        user_ids=user_ids_with_role(
            organisation_id=row.organisation_id, roles=sorted(WRITERS), on=timezone.localdate()
        ),
        kind=NotificationKind.REVIEW,
        title=f"{row.year} 年度学生实习工作考核：{WORDS[state]}",
        detail=row.reason,
        url=row.get_absolute_url(),
        organisation_id=row.organisation_id,
        key=f"host-assessment-{row.pk}-{state}-{row.proposed_at:%Y%m%d%H%M%S}",
    )
