"""What collections show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.learning.choices import CollectionState
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.panels.fund import SECTION, SHOWN
from silian.operations.learning.permissions.fund import reads_register
from silian.operations.learning.queries.collections import (
    collections_to_retell,
    collections_to_work,
)


def work_todo(row: CollectionNotice) -> sockets.Todo:
    is_new = row.state == CollectionState.TOLD
    words, action = ("接收移送收取", "接收") if is_new else ("登记收取结果", "登记")
    return sockets.Todo(
        title=f"{words}：{row.fund_return.organisation.display_name}",
        detail=f"{row.fund_return.year} 年度，应收取 {row.amount:,} 元",
        url=row.get_absolute_url(),
        action=action,
        basis=row.clause,
    )


def retell_todo(row: CollectionNotice) -> sockets.Todo:
    return sockets.Todo(
        title=f"重新移送收取：{row.fund_return.organisation.display_name}",
        detail=row.return_reason[:60],
        url=row.get_absolute_url(),
        action="移送",
    )


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Demands to take over and to close; those sent back, for the authority."""
    work = [work_todo(row) for row in collections_to_work(actor)[:SHOWN]]
    return [*work, *(retell_todo(row) for row in collections_to_retell(actor)[:SHOWN])]


sockets.todos.plug(todos, order=64)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="依法收取",
        url_name="learning:collection_list",
        icon="cash-stack",
        visible=reads_register,
        count=collections_to_work,
    ),
    order=73,
)
