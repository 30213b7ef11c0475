"""Tells the firm and the authority what the collecting office did."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.operations.learning.choices import CollectionState
from silian.operations.learning.events import CollectionMoved
from silian.operations.learning.handlers.fund import members
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.fund import KEEPERS, WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

TITLES = {
    CollectionState.TAKEN: "收取部门已接收",
    CollectionState.COLLECTED: "已依法收取",
    CollectionState.RETURNED: "收取部门已退回",
}


@subscribe(CollectionMoved)
def tell_of_collection(event: CollectionMoved) -> None:
    """One message each for every step; the moment of telling keeps a second round apart."""
    rows = CollectionNotice.objects.select_related("fund_return__organisation", "fund_return__call")
    row = rows.get(pk=event.collection_id)
    state = CollectionState(event.state)
    if state not in TITLES:
        return
    firm, authority = row.fund_return.organisation, row.fund_return.call.authority_id
    detail = f"{row.fund_return.year} 年度，应收取 {row.amount:,} 元"
    if state == CollectionState.RETURNED:
        detail += f"：{row.return_reason}"
    for unit_id, roles in ((firm.pk, WRITERS), (authority, KEEPERS)):
        notify(
            user_ids=members(unit_id, roles=roles),
            kind=NotificationKind.TASK,
            title=f"{TITLES[state]}：{firm.display_name}"[:120],
            detail=detail[:300],
            url=row.get_absolute_url(),
            organisation_id=unit_id,
            key=f"fund-collection-{row.pk}-{state}-{row.told_at:%Y%m%d%H%M%S}",
        )
