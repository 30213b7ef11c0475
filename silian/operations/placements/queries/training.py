"""Who has passed the safety test."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from silian.operations.placements.models import TrainingAttempt


def passed_ids(*, internship_ids: Collection[int]) -> set[int]:
    """The internships whose student passed a safety test that holds on the first day (培训合格).

    Basis: 教职成〔2016〕3号第三十四条 (IN-25).
    """
    held = TrainingAttempt.objects.filter(
        internship_id__in=internship_ids,
        is_passed=True,
        valid_until__gt=F("internship__starts_on"),
    )
    return set(held.values_list("internship_id", flat=True))
