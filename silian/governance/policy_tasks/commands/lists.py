"""Enter an item, note progress, ask for closing, confirm or return, reopen, drop."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import (
    LIST_UNSETTLED,
    ListKind,
    ListNoteKind,
    ListState,
)
from silian.governance.policy_tasks.events.lists import (
    ListItemClaimed,
    ListItemClosed,
    ListItemOpened,
    ListItemReopened,
    ListItemReturned,
)
from silian.governance.policy_tasks.models.lists import ListItem, ListNote
from silian.governance.policy_tasks.permissions.lists import (
    list_items_visible_to,
    reports_listable_by,
    require_claimant,
    require_keeper,
    require_worker,
)
from silian.governance.policy_tasks.permissions.supervision import bodies_within
from silian.governance.policy_tasks.rules.lists import fault_of_item, item_number
from silian.governance.policy_tasks.workflow.lists import list_item as steps
from silian.registers.accounts.permissions import signed_in_id

PREFIX = {ListKind.PROBLEM: "问题", ListKind.POLICY: "政策"}
Uploads: TypeAlias = "Sequence[UploadedFile[bytes]]"


@dataclass(frozen=True, kw_only=True)
class ItemText:
    """What an item says, where it came from, and who acts (清单事项内容)."""

    kind: str
    title: str
    detail: str
    source: str
    source_note: str = ""
    lead_id: int
    cooperating_ids: Sequence[int] = field(default_factory=tuple)
    due_on: datetime.date | None = None
    task_id: int | None = None
    report_id: int | None = None
    finding_id: int | None = None
    decision_id: int | None = None


def locked_item(*, item_id: int, actor: Actor) -> ListItem:
    rows = list_items_visible_to(actor).select_related("lead__successor")
    return rows.select_for_update(of=("self",)).get(pk=item_id)


@transaction.atomic
def open_list_item(*, text: ItemText, actor: Actor, now: datetime.datetime) -> ListItem:
    """Enter an item on one of the two lists (列入清单)."""
    require_keeper(actor, division=actor.jurisdiction)
    today = timezone.localdate(now)
    refuse_unfit(text, actor=actor, today=today)
    refuse_twice(text, actor=actor)
    item = ListItem.objects.create(
        division_id=actor.jurisdiction,
        kind=text.kind,
        number=next_number(division=actor.jurisdiction, kind=text.kind, on=today),
        title=text.title.strip(),
        detail=text.detail.strip(),
        source=text.source,
        source_note=text.source_note.strip(),
        task_id=text.task_id,
        report_id=text.report_id,
        finding_id=text.finding_id,
        decision_id=text.decision_id,
        lead_id=text.lead_id,
        opened_on=today,
        due_on=text.due_on,
        opened_by_id=signed_in_id(actor),
    )
    item.cooperating.set([pk for pk in text.cooperating_ids if pk != text.lead_id])
    record(actor, "policy_tasks.list_item.opened", item)
    publish(ListItemOpened(item_id=item.pk))
    return item


def refuse_unfit(text: ItemText, *, actor: Actor, today: datetime.date) -> None:
    fault = fault_of_item(title=text.title, detail=text.detail)
    if fault:
        raise DomainError(fault[1], field=fault[0])
    if text.due_on is not None and text.due_on < today:
        raise DomainError("办理期限不能早于今天。", field="due_on")
    if not bodies_within(actor).filter(pk=text.lead_id).exists():
        raise DomainError("请选择本地区现有的牵头单位。", field="lead")


def refuse_twice(text: ItemText, *, actor: Actor) -> None:
    """One difficulty stands on the list once."""
    if text.report_id is None:
        return
    report = reports_listable_by(actor).filter(pk=text.report_id).first()
    if report is None:
        raise DomainError("没有这份进展报告，或不在您的地区。")
    if (listed := ListItem.objects.filter(report=report).first()) is not None:
        raise WrongState(f"这项困难已列入清单，编号 {listed.number}。")


def next_number(*, division: str, kind: str, on: datetime.date) -> str:
    """The next number of the list and year; the division's row is the queue."""
    Division.objects.select_for_update(of=("self",)).get(pk=division)
    rows = ListItem.objects.filter(division_id=division, kind=kind, opened_on__year=on.year)
    prefix = PREFIX[ListKind(kind)]
    return item_number(prefix=prefix, year=on.year, count=rows.count() + 1)


@transaction.atomic
def change_list_item(
    *, item_id: int, text: ItemText, actor: Actor, now: datetime.datetime
) -> ListItem:
    """Change what an item says or who leads it; its source stays (修改清单事项)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_keeper(actor, division=item.division_id)
    if item.state != ListState.OPEN:
        raise WrongState(f"当前为“{item.get_state_display()}”，不能修改。")
    today = timezone.localdate(now)
    unchanged_day = text.due_on == item.due_on
    refuse_unfit(text, actor=actor, today=item.opened_on if unchanged_day else today)
    item.title, item.detail = text.title.strip(), text.detail.strip()
    item.source_note, item.lead_id, item.due_on = text.source_note, text.lead_id, text.due_on
    item.save(update_fields=["title", "detail", "source_note", "lead", "due_on"])
    item.cooperating.set([pk for pk in text.cooperating_ids if pk != text.lead_id])
    record(actor, "policy_tasks.list_item.changed", item)
    return item


@transaction.atomic
def note_progress(
    *, item_id: int, text: str, files: Uploads = (), actor: Actor, now: datetime.datetime
) -> ListNote:
    """Write down what was done about an item (登记进展)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_worker(actor, item)
    if item.state not in LIST_UNSETTLED:
        raise WrongState(f"当前为“{item.get_state_display()}”，重新打开后才能登记进展。")
    note = keep_note(item, kind=ListNoteKind.PROGRESS, text=text, files=files, actor=actor, now=now)
    item.save(update_fields=["last_note_at"])
    record(actor, "policy_tasks.list_item.noted", item)
    return note


def keep_note(
    item: ListItem,
    *,
    kind: ListNoteKind,
    text: str,
    files: Uploads = (),
    actor: Actor,
    now: datetime.datetime,
) -> ListNote:
    """A line of the item's history with its files; the item's day of notice moves on."""
    if not text.strip():
        raise DomainError("请写明内容：做了什么、结果如何、为什么。", field="text")
    note = ListNote.objects.create(
        item=item,
        kind=kind,
        text=text.strip(),
        written_by_id=signed_in_id(actor),
        unit_name=actor.organisation_name[:120],
        written_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=note, actor=actor)
    item.last_note_at = now
    return note


@transaction.atomic
def claim_closing(
    *, item_id: int, text: str, files: Uploads, actor: Actor, now: datetime.datetime
) -> ListItem:
    """Ask that an item be closed, with proof (申请销号)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_claimant(actor, item)
    if not files:
        raise DomainError("申请销号须附佐证材料，例如文件、照片或台账。", field="proofs")
    item.state = steps.target("claim", state=ListState(item.state), proofs=len(files))
    note = keep_note(item, kind=ListNoteKind.CLAIM, text=text, files=files, actor=actor, now=now)
    item.claimed_by_id, item.claimed_at = actor.user_id, now
    item.save(update_fields=["state", "claimed_by", "claimed_at", "last_note_at"])
    record(actor, "policy_tasks.list_item.claimed", item)
    publish(ListItemClaimed(item_id=item.pk, note_id=note.pk))
    return item


@transaction.atomic
def return_claim(*, item_id: int, text: str, actor: Actor, now: datetime.datetime) -> ListItem:
    """Send a claim back with what is missing (退回销号申请)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_keeper(actor, division=item.division_id)
    item.state = steps.target("return", state=ListState(item.state))
    note = keep_note(item, kind=ListNoteKind.RETURN, text=text, actor=actor, now=now)
    item.return_count += 1
    item.save(update_fields=["state", "return_count", "last_note_at"])
    record(actor, "policy_tasks.list_item.returned", item, reason=text)
    publish(ListItemReturned(item_id=item.pk, note_id=note.pk))
    return item


@transaction.atomic
def close_list_item(*, item_id: int, text: str, actor: Actor, now: datetime.datetime) -> ListItem:
    """Confirm that an item is done; another person than the one who asked (销号).

    Basis: 002·六(二) 逐一落实.
    """
    item = locked_item(item_id=item_id, actor=actor)
    require_keeper(actor, division=item.division_id)
    item.state = steps.target(
        "close",
        state=ListState(item.state),
        claimed_by=item.claimed_by_id,
        closer=actor.user_id,
    )
    keep_note(item, kind=ListNoteKind.CLOSE, text=text, actor=actor, now=now)
    item.closed_by_id, item.closed_on = actor.user_id, timezone.localdate(now)
    item.save(update_fields=["state", "closed_by", "closed_on", "last_note_at"])
    record(actor, "policy_tasks.list_item.closed", item)
    publish(ListItemClosed(item_id=item.pk))
    return item


@transaction.atomic
def reopen_list_item(*, item_id: int, text: str, actor: Actor, now: datetime.datetime) -> ListItem:
    """Put a closed item back on the list when it comes up again (重新打开)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_keeper(actor, division=item.division_id)
    item.state = steps.target("reopen", state=ListState(item.state))
    note = keep_note(item, kind=ListNoteKind.REOPEN, text=text, actor=actor, now=now)
    item.closed_by_id = item.closed_on = None
    item.reopen_count += 1
    item.save(update_fields=["state", "closed_by", "closed_on", "reopen_count", "last_note_at"])
    record(actor, "policy_tasks.list_item.reopened", item, reason=text)
    publish(ListItemReopened(item_id=item.pk, note_id=note.pk))
    return item


@transaction.atomic
def drop_list_item(*, item_id: int, text: str, actor: Actor, now: datetime.datetime) -> ListItem:
    """Take an item off the list that does not belong there (撤下)."""
    item = locked_item(item_id=item_id, actor=actor)
    require_keeper(actor, division=item.division_id)
    item.state = steps.target("drop", state=ListState(item.state))
    keep_note(item, kind=ListNoteKind.DROP, text=text, actor=actor, now=now)
    item.save(update_fields=["state", "last_note_at"])
    record(actor, "policy_tasks.list_item.dropped", item, reason=text)
    return item
