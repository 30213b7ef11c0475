"""The inbox of negotiations: tabs with counts, rows with what is new."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.operations.exchange.choices import NegotiationState as S
from silian.operations.exchange.models.negotiation import (
    OPEN_STATES,
    Message,
    Negotiation,
    NegotiationReading,
)
from silian.operations.exchange.permissions.negotiations import negotiations_visible_to, side_of
from silian.operations.exchange.rules.negotiation_clocks import working_days_left

ENDED = (S.REFUSED, S.WITHDRAWN, S.LAPSED)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the inbox with how many stand in it."""

    code: str
    label: str
    count: int
    chosen: bool


TABS = {
    "awaiting": "待我方回应",
    "talking": "进行中",
    "intended": "意向",
    "agreed": "成交",
    "ended": "已结束",
}


def tab_condition(code: str, *, organisation_id: int | None) -> Q:
    """What stands in a tab, seen from one side."""
    mine = Q(turn_id=organisation_id)
    return {
        "awaiting": mine,
        "talking": Q(state__in=(S.OPEN, S.TALKING)) & (Q(turn__isnull=True) | ~mine),
        "intended": Q(state=S.INTENDED),
        "agreed": Q(state=S.AGREED),
        "ended": Q(state__in=ENDED),
    }[code]


def inbox_tabs(*, actor: Actor, chosen: str) -> list[Tab]:
    """The tabs with their counts, in one query."""
    conditions = {
        code: Count("pk", filter=tab_condition(code, organisation_id=side_of(actor)))
        for code in TABS
    }
    counts = negotiations_visible_to(actor).aggregate(**conditions)
    return [
        Tab(code=code, label=label, count=counts[code], chosen=code == chosen)
        for code, label in TABS.items()
    ]


def first_tab_with_work(tabs: list[Tab]) -> str:
    """The first tab that holds anything, else the first."""
    return next((tab.code for tab in tabs if tab.count), tabs[0].code)


def inbox_rows(*, actor: Actor, tab: str = "") -> QuerySet[Negotiation]:
    """The negotiations of a tab, or all, with their last message and number of unread ones."""
    chosen = tab_condition(tab, organisation_id=side_of(actor)) if tab else Q()
    newest = Message.objects.filter(negotiation=OuterRef("pk")).order_by("-pk")
    return (
        with_unread(negotiations_visible_to(actor), actor=actor)
        .filter(chosen)
        .annotate(last_text=Subquery(newest.values("text")[:1]))
        .select_related("listing", "asker", "owner")
        .defer("listing__description")
    )


def with_unread(rows: QuerySet[Negotiation], *, actor: Actor) -> QuerySet[Negotiation]:
    """Annotate ``unread``: messages of the other side beyond the actor's reading mark."""
    read = NegotiationReading.objects.filter(
        negotiation=OuterRef("negotiation"), user_id=actor.user_id or 0
    ).values("last_message_id")[:1]
    unread = (
        Message.objects.filter(negotiation=OuterRef("pk"))
        .exclude(organisation_id=side_of(actor))
        .annotate(read_to=Coalesce(Subquery(read), 0))
        .filter(pk__gt=F("read_to"))
        .order_by()
        .values("negotiation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return rows.annotate(unread=Coalesce(Subquery(unread, output_field=IntegerField()), 0))


def unread_negotiations(*, actor: Actor) -> int:
    """How many open negotiations hold something unread or await the actor's side.

    What has ended or is agreed waits for nobody, so the menu does not count it.
    """
    rows = with_unread(negotiations_visible_to(actor).filter(state__in=OPEN_STATES), actor=actor)
    return rows.filter(Q(unread__gt=0) | Q(turn_id=side_of(actor))).count()


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One line of the inbox, seen from the actor's side."""

    negotiation: Negotiation
    counterpart: str
    last_text: str
    unread: int
    due_at: datetime.datetime | None
    days_left: int | None
    awaits_me: bool


def inbox_row(
    negotiation: Negotiation,
    *,
    organisation_id: int | None,
    now: datetime.datetime,
    calendar: WorkingCalendar,
) -> InboxRow:
    due = negotiation.answer_due_at or negotiation.agreement_due_at
    return InboxRow(
        negotiation=negotiation,
        counterpart=negotiation.other_side(organisation_id).name,
        last_text=getattr(negotiation, "last_text", "") or "",
        unread=getattr(negotiation, "unread", 0),
        due_at=due,
        days_left=working_days_left(now=now, due=due, calendar=calendar) if due else None,
        awaits_me=negotiation.turn_id == organisation_id,
    )
