"""Keep the credit catalogue."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.credit.models import CreditItem
from silian.registers.credit.permissions.credit import require_keeper


@transaction.atomic
def add_item(*, division: str, actor: Actor, **facts: Any) -> CreditItem:
    """Add an item that the region's public catalogue lists (增设目录项)."""
    require_keeper(actor, division=division)
    if CreditItem.objects.filter(division_id=division, code=facts["code"]).exists():
        raise DomainError("这个目录编码已经有了，请核对公布的目录。", field="code")
    item = CreditItem.objects.create(division_id=division, **facts)
    record(actor, "credit.item.added", item)
    return item


@transaction.atomic
def set_item_open(*, item_id: int, is_open: bool, actor: Actor) -> CreditItem:
    """Take an item out of use, or back (停用、启用目录项); records made under it stay."""
    item = CreditItem.objects.select_for_update().get(pk=item_id)
    require_keeper(actor, division=item.division_id)
    item.is_open = is_open
    item.save(update_fields=["is_open"])
    record(actor, "credit.item.changed", item, detail={"is_open": is_open})
    return item
