"""Tells leading bodies and keepers what happens to list items."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.events.lists import (
    ListItemClaimed,
    ListItemClosed,
    ListItemOpened,
    ListItemReopened,
    ListItemReturned,
)
from silian.governance.policy_tasks.models.lists import ListItem, ListNote
from silian.governance.policy_tasks.queries.supervision_people import (
    members_of_body,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids


def read(item_id: int) -> ListItem:
    return ListItem.objects.select_related("lead__successor").get(pk=item_id)


def tell(*, item: ListItem, user_ids: Iterable[int], title: str, detail: str, key: str) -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=item.get_absolute_url(),
        organisation_id=item.lead.organisation_id,
        key=f"list-item-{item.pk}-{key}",
    )


@subscribe(ListItemOpened)
def tell_lead_of_item(event: ListItemOpened) -> None:
    item = read(event.item_id)
    tell(
        item=item,
        user_ids=members_of_body(item.lead, on=timezone.localdate()),
        title=f"列入{item.get_kind_display()}：{item.title}",
        detail=f"{item.number}，办理期限 {item.due_on or '未设定'}",
        key="opened",
    )


@subscribe(ListItemClaimed)
def tell_keepers_of_claim(event: ListItemClaimed) -> None:
    item = read(event.item_id)
    keepers = official_ids(
        division=item.division_id,
        roles=[Role.COORDINATOR, Role.SUPERVISOR],
        on=timezone.localdate(),
    )
    tell(
        item=item,
        user_ids=[pk for pk in keepers if pk != item.claimed_by_id],
        title=f"申请销号：{item.title}",
        detail=f"{item.number}，请核对佐证",
        key=f"claimed-{event.note_id}",
    )


@subscribe(ListItemReturned)
def tell_lead_of_return(event: ListItemReturned) -> None:
    item, note = read(event.item_id), ListNote.objects.get(pk=event.note_id)
    tell(
        item=item,
        user_ids=members_of_body(item.lead, on=timezone.localdate()),
        title=f"销号申请退回：{item.title}",
        detail=note.text,
        key=f"returned-{note.pk}",
    )


@subscribe(ListItemClosed)
def tell_lead_of_close(event: ListItemClosed) -> None:
    item = read(event.item_id)
    tell(
        item=item,
        user_ids=members_of_body(item.lead, on=timezone.localdate()),
        title=f"已销号：{item.title}",
        detail=item.number,
        key=f"closed-{item.closed_on}",
    )


@subscribe(ListItemReopened)
def tell_lead_of_reopening(event: ListItemReopened) -> None:
    item, note = read(event.item_id), ListNote.objects.get(pk=event.note_id)
    tell(
        item=item,
        user_ids=members_of_body(item.lead, on=timezone.localdate()),
        title=f"重新打开：{item.title}",
        detail=note.text,
        key=f"reopened-{note.pk}",
    )
