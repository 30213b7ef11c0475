"""Lists of complaints, and counts by enterprise that tell nothing of anybody."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.complaints import (
    OPEN_COMPLAINTS,
    ComplaintResult,
    ComplaintState,
)
from silian.operations.placements.models.complaints import Complaint, ComplaintOrigin
from silian.operations.placements.permissions.complaints import complaints_handled_by
from silian.operations.placements.rules.complaints import suppressed
from silian.registers.organisations.models import Organisation

PROVEN = (ComplaintResult.CONFIRMED, ComplaintResult.PARTLY)


def for_list(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return rows.select_related("handler", "division").prefetch_related("subjects__organisation")


def clock_of(complaint: Complaint) -> datetime.datetime | None:
    """The moment that the handler works against; None when nothing is due (期限)."""
    if complaint.state in (ComplaintState.FILED, ComplaintState.APPEALED):
        return complaint.accept_due_at
    return complaint.due_at if complaint.state == ComplaintState.ACCEPTED else None


def complainant_name(complaint: Complaint) -> str:
    """What the handler may know of who complained."""
    if complaint.is_anonymous or not complaint.is_name_shown:
        return "身份保密"
    origin = ComplaintOrigin.objects.filter(complaint=complaint).select_related("person").first()
    return origin.person.name if origin else "身份保密"


def waiting_for(actor: Actor) -> QuerySet[Complaint]:
    """Open complaints of the actor's office, the most urgent first."""
    rows = complaints_handled_by(actor).filter(state__in=sorted(OPEN_COMPLAINTS))
    return rows.order_by("accept_due_at", "pk")


@dataclass(frozen=True, kw_only=True)
class ComplaintCounts:
    """Counts of one organisation's complaints (投诉统计)."""

    filed: int = 0
    closed: int = 0
    proven: int = 0
    in_time: int = 0

    @property
    def shown(self) -> dict[str, str]:
        """The counts as others may read them: small ones are not told."""
        return {
            "filed": suppressed(self.filed),
            "closed": suppressed(self.closed),
            "proven": suppressed(self.proven),
            "in_time": suppressed(self.in_time),
        }


def counts_by_subject(
    *,
    organisation_ids: Sequence[int],
    starts: datetime.datetime,
    ends: datetime.datetime,
) -> dict[int, ComplaintCounts]:
    """Complaints about each organisation that were filed in ``[starts, ends)``."""
    closed = Q(state__in=(ComplaintState.RESOLVED, ComplaintState.DECLINED))
    rows = (
        Complaint.objects.filter(
            subjects__organisation__in=organisation_ids, filed_at__gte=starts, filed_at__lt=ends
        )
        .exclude(state=ComplaintState.WITHDRAWN)
        .order_by()
        .values("subjects__organisation")
        .annotate(
            filed=Count("pk"),
            closed=Count("pk", filter=closed),
            proven=Count("pk", filter=Q(result__in=PROVEN)),
            in_time=Count("pk", filter=closed & Q(was_late=False)),
        )
    )
    return {
        row["subjects__organisation"]: ComplaintCounts(
            filed=row["filed"],
            closed=row["closed"],
            proven=row["proven"],
            in_time=row["in_time"],
        )
        for row in rows
        if row["subjects__organisation"] in set(organisation_ids)
    }


def subjects_of(complaint: Complaint) -> list[Organisation]:
    return [each.organisation for each in complaint.subjects.select_related("organisation")]
