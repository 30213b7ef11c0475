"""What a school demands where no rule gives a number."""

from __future__ import annotations

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.models import PracticeSettings
from silian.operations.placements.permissions.sides import require_school_staff

BOXES = ("pass_mark", "least_file_percent", "attendance_cap")


@transaction.atomic
def change_settings(
    *,
    actor: Actor,
    pass_mark: int | None,
    least_file_percent: int | None,
    attendance_cap: int | None,
) -> PracticeSettings:
    """Set or empty the school's own numbers (修改实习管理设置)."""
    require_school_staff(actor)
    given = dict(zip(BOXES, (pass_mark, least_file_percent, attendance_cap), strict=True))
    for name, value in given.items():
        if value is not None and not (1 if name == "pass_mark" else 0) <= value <= 100:
            raise DomainError("请填 0 到 100 之间的整数，合格分至少为 1。", field=name)
    row, _ = PracticeSettings.objects.update_or_create(
        school_id=actor.organisation_id, defaults={**given, "changed_by_id": actor.user_id}
    )
    record(actor, "placements.settings.changed", row, detail=given)
    return row
