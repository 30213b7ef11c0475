"""Who opens the cockpit and who makes the bulletin."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role

READERS = (Role.LEADER, Role.SUPERVISOR, Role.COORDINATOR, Role.REVIEWER)
ORDERING = (Role.SUPERVISOR, Role.COORDINATOR)


def has_cockpit(actor: Actor) -> bool:
    """Whether the actor has a region of which it sees the whole (总览)."""
    return bool(actor.jurisdiction) and actor.has_role(*READERS)


def require_cockpit(actor: Actor) -> None:
    if not has_cockpit(actor):
        raise NotAllowed("总览供本地区的分管领导、督查、统筹和审核人员使用。公开的数据请看首页。")


def lands_on_cockpit(actor: Actor) -> bool:
    """Whether the cockpit is the actor's first page (分管领导)."""
    return has_cockpit(actor) and actor.has_role(Role.LEADER)


def may_order_supervision(actor: Actor) -> bool:
    """Whether late tasks offer the actor to send an order (发督办)."""
    return has_cockpit(actor) and actor.has_role(*ORDERING)


def may_make_bulletin(actor: Actor) -> bool:
    """Whether the actor drafts the bulletin of its region (牵头部门统筹)."""
    return has_cockpit(actor) and actor.has_role(Role.COORDINATOR)


register_action_labels(
    {
        "reports.bulletin.started": "编制工作简报",
        "reports.annual.exported": "导出年度统计表",
    }
)
