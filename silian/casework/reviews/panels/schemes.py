"""Schemes in the frame, and drafts that wait for a second pair of eyes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.models import SchemeVersion
from silian.casework.reviews.permissions.schemes import may_write_schemes, reads_schemes
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.ui import sockets

SECTION = "评审认定"
SHOWN_TODOS = 3


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Drafts that a colleague wrote, to be checked and published (核对方案)."""
    if actor.is_system or not may_write_schemes(actor):
        return []
    rows = (
        SchemeVersion.objects.filter(
            state=SchemeVersionState.DRAFT,
            scheme__division__code__startswith=subtree_prefix(actor.jurisdiction),
        )
        .exclude(made_by_id=actor.user_id or 0)
        .select_related("scheme", "made_by")
        .order_by("-pk")
    )
    return [
        sockets.Todo(
            title=f"核对并发布：{row.scheme.title}",
            detail=f"第 {row.number} 版草稿，{row.made_by.name if row.made_by else '平台内置'}制定",
            url=row.scheme.get_absolute_url(),
            action="核对",
            basis="制定与发布由两人办理",
        )
        for row in rows[:SHOWN_TODOS]
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="认定项目",
        url_name="reviews:scheme_list",
        icon="patch-check",
        visible=reads_schemes,
    ),
    order=368,
)
sockets.todos.plug(todos, order=62)
