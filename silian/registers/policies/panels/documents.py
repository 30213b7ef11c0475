"""Documents in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.permissions.documents import (
    bodies_visible_to,
    documents_reviewed_by,
    is_official,
    may_upload,
)
from silian.registers.policies.queries.documents import waiting_for_review

SECTION = "政策"
SHOWN_TODOS = 10


def waiting_count(actor: Actor) -> WorkWaiting:
    return waiting_for_review(documents_reviewed_by(actor))


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Documents to review, and bodies that parsing could not place (待办)."""
    if not may_upload(actor):
        return []
    rows = waiting_for_review(documents_reviewed_by(actor)).defer("text", "parsed")
    found = []
    for document in rows[:SHOWN_TODOS]:
        unreadable = document.state == DocumentState.UNREADABLE
        page = "document_desk" if unreadable else "review"
        found.append(
            sockets.Todo(
                title=f"{'未能解析' if unreadable else '核对政策文件'}：{document}",
                detail=document.failure or document.document_number or "没有文号",
                url=reverse(f"policies:{page}", kwargs={"document_id": document.pk}),
                action="处理" if unreadable else "核对",
            )
        )
    return [*found, *body_todos(actor)]


def body_todos(actor: Actor) -> list[sockets.Todo]:
    waiting = bodies_visible_to(actor).filter(needs_check=True).count()
    if not waiting:
        return []
    return [
        sockets.Todo(
            title=f"核对责任单位 {waiting} 个",
            detail="政策文件点名、名录里没有对应单位",
            url=f"{reverse('policies:body_list')}?standing=check",
            action="核对",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="政策文件",
        url_name="policies:document_list",
        icon="file-earmark-text",
        visible=is_official,
        count=waiting_count,
    ),
    order=210,
)
sockets.todos.plug(todos, order=30)
