"""Students found by their number, for sheets that name them so."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.models import Internship


def internships_by_number(*, school_id: int, numbers: Collection[str]) -> dict[str, int]:
    """The live internship of each student number of the school (学号)."""
    rows = Internship.objects.filter(
        Q(person__class_memberships__number__in=numbers),
        school_id=school_id,
        state__in=sorted(LIVE_STATES),
        person__class_memberships__school_class__cohort__programme__school_id=school_id,
    )
    return dict(rows.values_list("person__class_memberships__number", "pk"))


def live_of_classes(*, school_id: int, class_ids: Collection[int]) -> list[int]:
    rows = Internship.objects.filter(
        school_id=school_id, school_class_id__in=class_ids, state__in=sorted(LIVE_STATES)
    )
    return list(rows.values_list("pk", flat=True))
