"""Everything that the page of one negotiation shows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui.components import Entry
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Intent, Message, Negotiation
from silian.operations.exchange.permissions.negotiations import negotiations_visible_to
from silian.operations.exchange.rules.negotiation_terms import (
    Piece,
    TermChange,
    Terms,
    changed_terms,
    marked_text,
    period_text,
)

MOST_MESSAGES = 200  # a page that still opens at once on a phone; older ones on demand


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message as one side reads it."""

    message: Message
    mine: bool
    files: list[StoredFile]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An intent with what it changes against the one before."""

    intent: Intent
    number: int
    mine: bool
    latest: bool
    period: str
    changes: list[TermChange] = field(default_factory=list)
    wording: Sequence[Piece] = ()


def negotiation_pages(actor: Actor) -> QuerySet[Negotiation]:
    """The negotiations that the actor may open, with what their page needs of other tables."""
    return negotiations_visible_to(actor).select_related(
        "listing__division",
        "listing__organisation",
        "asker__division",
        "owner__division",
        "asker__industry",
        "owner__industry",
        "asker__response_record",
        "owner__response_record",
        "deal",
        "previous",
    )


def conversation(
    *, negotiation: Negotiation, organisation_id: int | None, whole: bool = False
) -> list[Line]:
    """The messages with their files, oldest first; the newest 200 unless all are wanted."""
    rows = negotiation.messages.select_related("author", "organisation").order_by("-pk")
    found = list(rows if whole else rows[:MOST_MESSAGES])
    found.reverse()
    files = files_of_messages(found)
    return [
        Line(
            message=message,
            mine=message.organisation_id == organisation_id,
            files=files[str(message.pk)],
        )
        for message in found
    ]


def files_of_messages(messages: list[Message]) -> dict[str, list[StoredFile]]:
    """The files of many messages in one query, or none when no message has any."""
    grouped: dict[str, list[StoredFile]] = defaultdict(list)
    keys = [str(message.pk) for message in messages if message.file_ids]
    if keys:
        rows = StoredFile.objects.filter(object_type="exchange.message", object_id__in=keys)
        for file in rows.order_by("pk"):
            grouped[file.object_id].append(file)
    return grouped


def unit_of(listing: Listing) -> str:
    """What the listing's quantity counts; 项 where its kind counts nothing."""
    quantity = kind_of(listing.kind).quantity
    return quantity.unit if quantity else "项"


def terms_of(intent: Intent) -> Terms:
    return Terms(
        form=intent.form,
        quantity=intent.quantity,
        starts_on=intent.starts_on,
        ends_on=intent.ends_on,
        terms=intent.terms,
    )


def period_of(intent: Intent) -> str:
    """The period of a proposal as its first and last day."""
    return period_text(terms_of(intent))


def proposals(*, negotiation: Negotiation, organisation_id: int | None) -> list[Proposal]:
    """The proposals, newest first, each with its difference to the one before (意向各版)."""
    intents = list(negotiation.intents.select_related("proposed_by", "proposer", "accepted_by"))
    intents.sort(key=lambda intent: intent.pk)
    unit = unit_of(negotiation.listing)
    rows = [
        proposal(
            intent=intent,
            before=intents[number - 1] if number else None,
            number=number + 1,
            latest=number == len(intents) - 1,
            mine=intent.proposed_by_id == organisation_id,
            unit=unit,
        )
        for number, intent in enumerate(intents)
    ]
    return rows[::-1]


def proposal(
    *, intent: Intent, before: Intent | None, number: int, latest: bool, mine: bool, unit: str
) -> Proposal:
    new = terms_of(intent)
    old = terms_of(before) if before else None
    return Proposal(
        intent=intent,
        number=number,
        mine=mine,
        latest=latest,
        period=period_text(new),
        changes=changed_terms(old=old, new=new, unit=unit) if old else [],
        wording=marked_text(old=old.terms, new=new.terms) if old and old.terms != new.terms else (),
    )


def history(*, negotiation: Negotiation, rows: list[Proposal]) -> list[Entry]:
    """What happened, newest first (经过)."""
    asker, owner = negotiation.asker.display_name, negotiation.owner.display_name
    entries = [Entry(at=negotiation.opened_at, what="应答供需", who=asker, tone="info")]
    if negotiation.answered_at and negotiation.answered_at != negotiation.closed_at:
        entries.append(Entry(at=negotiation.answered_at, what="首次回应", who=owner, tone="info"))
    for row in reversed(rows):
        entries += intent_entries(row)
    entries += closing_entries(negotiation)
    entries.sort(key=lambda entry: moment(entry.at), reverse=True)
    return entries


def moment(at: datetime.date | datetime.datetime) -> float:
    return at.timestamp() if isinstance(at, datetime.datetime) else 0.0


def intent_entries(row: Proposal) -> list[Entry]:
    intent = row.intent
    entries = [
        Entry(
            at=intent.proposed_at,
            what=f"提出意向（第 {row.number} 版）",
            who=intent.proposed_by.display_name,
        )
    ]
    if intent.accepted_at:
        who = intent.accepted_by.name if intent.accepted_by else ""
        entries.append(Entry(at=intent.accepted_at, what="接受意向", who=who, tone="ok"))
    return entries


def closing_entries(negotiation: Negotiation) -> list[Entry]:
    """How it ended, and how the deal went on."""
    deal = getattr(negotiation, "deal", None)
    if deal is None:
        if negotiation.closed_at is None:
            return []
        what = negotiation.get_state_display()
        return [
            Entry(at=negotiation.closed_at, what=what, note=negotiation.close_reason, tone="unset")
        ]
    entries = [
        Entry(
            at=deal.recorded_at,
            what="登记协议",
            note=f"编号 {deal.agreement_reference}",
            tone="ok",
        )
    ]
    if deal.closed_at:
        tone = "ok" if deal.state == "completed" else "watch"
        entries.append(
            Entry(at=deal.closed_at, what=deal.get_state_display(), note=deal.outcome, tone=tone)  # type: ignore[arg-type]
        )
    return entries
