"""Talk: send a message with files, and mark what was read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.events import MessageSent, NegotiationAnswered
from silian.operations.exchange.models.negotiation import (
    Message,
    Negotiation,
    NegotiationReading,
)
from silian.operations.exchange.permissions.negotiations import (
    negotiations_visible_to,
    require_writer,
    side_of,
)
from silian.operations.exchange.rules.negotiation_clocks import working_minutes
from silian.operations.exchange.workflow.negotiation import negotiation as negotiation_steps

MOST_FILES = 5  # more belongs in one archive, so that a conversation stays readable


def locked_negotiation(*, negotiation_id: int, actor: Actor) -> Negotiation:
    """The negotiation, locked, when the actor is of one of its two sides."""
    return (
        negotiations_visible_to(actor)
        .select_related("listing", "asker", "owner")
        .select_for_update(of=("self",))
        .get(pk=negotiation_id)
    )


@transaction.atomic
def send_message(
    *,
    negotiation_id: int,
    text: str,
    actor: Actor,
    now: datetime.datetime,
    files: Sequence[UploadedFile[bytes]] = (),
) -> Message:
    """Write to the other side; the owner's first message answers the letter (发消息)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.asker_id, negotiation.owner_id})
    if not negotiation.is_open:
        raise WrongState(
            f"当前为“{negotiation.get_state_display()}”，不能再发消息。需要时可重新发起洽谈。"
        )
    message = add_message(negotiation=negotiation, text=text, files=files, actor=actor, now=now)
    if actor.organisation_id == negotiation.owner_id:
        answer_if_awaited(negotiation=negotiation, actor=actor, now=now)
    publish(MessageSent(negotiation_id=negotiation.pk, message_id=message.pk))
    return message


def add_message(
    *,
    negotiation: Negotiation,
    text: str,
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: datetime.datetime,
) -> Message:
    """Put a message with its files into the conversation, read by its author."""
    if not text.strip():
        raise DomainError("请写一句话，说明来意或附件内容。", field="text")
    if len(files) > MOST_FILES:
        raise DomainError(f"一次最多附 {MOST_FILES} 个文件，其余请另发一条。", field="attachments")
    message = Message.objects.create(
        negotiation=negotiation,
        organisation_id=side_of(actor),
        author_id=actor.user_id,
        sent_at=now,
        text=text.strip(),
    )
    if files:
        stored = [store_upload(upload=file, subject=message, actor=actor) for file in files]
        message.file_ids = [file.pk for file in stored]
        message.save(update_fields=["file_ids"])
    negotiation.last_message_at = now
    negotiation.save(update_fields=["last_message_at"])
    set_reading(negotiation_id=negotiation.pk, actor=actor, last_message_id=message.pk)
    return message


def answer_if_awaited(*, negotiation: Negotiation, actor: Actor, now: datetime.datetime) -> None:
    """Stop the clock on the owner's silence, once (首次回应)."""
    if negotiation.state != NegotiationState.OPEN:
        return
    negotiation.state = negotiation_steps.target(
        "answer", state=NegotiationState(negotiation.state)
    )
    negotiation.turn = None
    negotiation.answer_due_at = None
    note_first_answer(negotiation=negotiation, now=now)
    negotiation.save(
        update_fields=["state", "turn", "answer_due_at", "answered_at", "answered_minutes"]
    )
    record(actor, "exchange.negotiation.answered", negotiation)
    publish(NegotiationAnswered(negotiation_id=negotiation.pk))


def note_first_answer(*, negotiation: Negotiation, now: datetime.datetime) -> None:
    """Keep when the owner answered first and how many working minutes it took."""
    if negotiation.answered_at is not None:
        return
    negotiation.answered_at = now
    negotiation.answered_minutes = working_minutes(
        since=timezone.localtime(negotiation.opened_at),
        until=timezone.localtime(now),
        calendar=site_calendar(),
    )


@transaction.atomic
def mark_read(*, negotiation_id: int, last_message_id: int, actor: Actor) -> None:
    """Note how far the actor has read; never backwards (标为已读)."""
    negotiation = negotiations_visible_to(actor).get(pk=negotiation_id)
    newest = negotiation.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    set_reading(
        negotiation_id=negotiation.pk,
        actor=actor,
        last_message_id=min(last_message_id, newest),
    )


def set_reading(*, negotiation_id: int, actor: Actor, last_message_id: int) -> None:
    reading, _ = NegotiationReading.objects.select_for_update().get_or_create(
        negotiation_id=negotiation_id,
        user_id=actor.user_id or 0,
        defaults={"last_message_id": last_message_id},
    )
    if reading.last_message_id < last_message_id:
        reading.last_message_id = last_message_id
        reading.save(update_fields=["last_message_id"])
