"""What of internships and apprenticeships still needs a person's data."""

from __future__ import annotations

import datetime

from silian.operations.placements.choices.internships import LIVE_STATES
from silian.operations.placements.choices.orders import APPRENTICES_HELD
from silian.operations.placements.models import Apprentice, Internship

ADVICE = "请在结束或取消后再删除，或答复不予办理并写明理由（个人信息保护法第四十七条）。"


def reason_to_keep_student(*, person_id: int, on: datetime.date) -> str | None:
    """Why the person's data is needed: an internship or apprenticeship runs (不能删除的原因)."""
    internship = (
        Internship.objects.filter(person_id=person_id, state__in=sorted(LIVE_STATES))
        .select_related("post")
        .first()
    )
    if internship is not None:
        return (
            f"该生的实习“{internship.post.title}”{internship.get_state_display()}"
            f"（至 {internship.last_day:%Y-%m-%d}），协议、保险和报酬还要办理，现在不能删除。"
            f"{ADVICE}"
        )
    apprentice = Apprentice.objects.filter(
        person_id=person_id, state__in=sorted(APPRENTICES_HELD)
    ).first()
    if apprentice is not None:
        state = apprentice.get_state_display()
        return f"该学徒{state}，协议和工资还要办理，现在不能删除。{ADVICE}"
    return None
