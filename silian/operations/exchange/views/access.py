"""Doors that are shut to everybody outside the business of an organisation."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.permissions.negotiations import may_read_negotiations


def refuse_outsiders(actor: Actor) -> None:
    """Only members who take part in their organisation's business have an inbox."""
    if not may_read_negotiations(actor):
        raise NotAllowed("洽谈和成交由单位管理员、经办人和只读成员查看，请联系贵单位管理员授权。")
