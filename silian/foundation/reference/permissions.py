"""Who may read and change the catalogues: everybody reads, system administrators load."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed

SYSTEM_ADMIN = "system_admin"


def may_load(actor: Actor) -> bool:
    """Whether the actor may load an official file (载入分类目录)."""
    return actor.is_system or actor.has_role(SYSTEM_ADMIN)


def require_may_load(actor: Actor) -> None:
    if not may_load(actor):
        raise NotAllowed("只有系统管理员可以载入分类目录。请联系本平台系统管理员办理。")
