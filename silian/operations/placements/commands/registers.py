"""Write down that a register left the platform (导出名册)."""

from __future__ import annotations

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.permissions.boards import require_board

SHORTEST_REASON = 4


@transaction.atomic
def note_export(*, actor: Actor, reason: str, content: str, count: int, masked_id: bool) -> None:
    """Keep who took which register, and what for (导出留痕). Basis: 个人信息保护法第五十一条."""
    require_board(actor)
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError("请写明用途，例如“报送实习备案”。", field="reason")
    record(
        actor,
        "placements.register.exported",
        reason=reason.strip(),
        detail={"content": content, "count": count, "masked_id": masked_id},
    )
