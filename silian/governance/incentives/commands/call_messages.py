"""Tell units that they may claim under a call, and remind them before it closes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.claims import CallMessageKind, CallState
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.models import CallMessage, ClaimCall
from silian.governance.incentives.permissions.claims import WRITERS
from silian.governance.incentives.queries.call_entitlements import Due, dues_of, units_of_call
from silian.governance.incentives.queries.claim_calls import rule_of_call
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.letters import Letter, notify_each
from silian.registers.organisations.queries.members import user_ids_by_organisation

BATCH = 200  # units of one transaction: a crash loses no more, and a lock is short
REMIND_WORKING_DAYS = 5  # a week: enough to ask a school and collect the papers


def tell_of_call(*, call_id: int, kind: CallMessageKind, now: datetime.datetime) -> int:
    """Write to each unit that the platform's facts entitle, once (申领提醒).

    Begun again after a crash it goes on with those who were not told. Returns how many were told.
    """
    today = timezone.localdate(now)
    call = ClaimCall.objects.select_related("owner").get(pk=call_id)
    rule = rule_of_call(call, on=today)
    if rule is None or not call.accepts_on(today):
        return 0
    keys = list(units_of_call(call).values_list("pk", flat=True))
    return sum(
        tell_batch(call_id=call_id, keys=keys[first : first + BATCH], rule=rule, kind=kind, now=now)
        for first in range(0, len(keys), BATCH)
    )


@transaction.atomic
def tell_batch(
    *,
    call_id: int,
    keys: Sequence[int],
    rule: ClaimRule,
    kind: CallMessageKind,
    now: datetime.datetime,
) -> int:
    """Tell one batch in one transaction; the call is locked, so that two jobs take turns."""
    call = ClaimCall.objects.select_for_update(of=("self",)).get(pk=call_id)
    today = timezone.localdate(now)
    told = told_of(call, kind)
    left = [key for key in keys if key not in told]
    people = user_ids_by_organisation(organisation_ids=left, roles=sorted(WRITERS), on=today)
    dues = [
        due
        for due in dues_of(call, rule=rule, keys=[key for key in left if key in people], on=today)
        if wanted(due, kind)
    ]
    head = head_of(call, kind, on=today)
    letters = [
        letter_of(call, due, kind=kind, people=people[due.organisation_id], head=head)
        for due in dues
    ]
    notify_each(kind=NotificationKind.TASK, letters=letters)
    CallMessage.objects.bulk_create(
        CallMessage(
            call=call, organisation_id=due.organisation_id, kind=kind, amount=due.amount,
            closes_on=call.closes_on, people=len(people[due.organisation_id]), sent_at=now,
        )
        for due in dues
    )  # fmt: skip
    return len(dues)


def wanted(due: Due, kind: CallMessageKind) -> bool:
    """At the opening those without a draft; before the end also those with one."""
    return due.claim_id is None if kind == CallMessageKind.OPENED else True


def told_of(call: ClaimCall, kind: CallMessageKind) -> set[int]:
    """The units that got this message; a reminder counts for its last day only."""
    rows = CallMessage.objects.filter(call=call, kind=kind)
    if kind == CallMessageKind.CLOSING:
        rows = rows.filter(closes_on=call.closes_on)
    return set(rows.values_list("organisation_id", flat=True))


def head_of(call: ClaimCall, kind: CallMessageKind, *, on: datetime.date) -> str:
    """How the message begins: that one may claim, or how much time is left."""
    if kind == CallMessageKind.OPENED or call.closes_on is None:
        return "可以申领"
    days = site_calendar().between(on, call.closes_on)
    return f"还有 {days} 个工作日截止" if days else "今天截止"


def letter_of(
    call: ClaimCall, due: Due, *, kind: CallMessageKind, people: Sequence[int], head: str
) -> Letter:
    """The words: what, how much by the facts, until when."""
    until = f"{call.closes_on:%Y-%m-%d} 截止" if call.closes_on else "常年受理"
    amount = f"按平台登记测算 {format_yuan(due.amount)} 元，以审核为准" if due.amount else ""
    drafted = "已起草，还没有提交" if due.claim_id else ""
    url = reverse("incentives:claim_edit", args=[due.claim_id]) if due.claim_id else ""
    day = f"-{call.closes_on:%Y%m%d}" if kind == CallMessageKind.CLOSING and call.closes_on else ""
    return Letter(
        user_ids=tuple(people),
        title=f"{head}：{call.title}",
        detail="，".join(part for part in (drafted, amount, until) if part),
        url=url or call.get_absolute_url(),
        organisation_id=due.organisation_id,
        key=f"call-{call.pk}-{due.organisation_id}-{kind}{day}",
    )


def remind_of_calls(*, now: datetime.datetime) -> int:
    """Today's messages of every open call: units newly entitled, and last days that are near."""
    today = timezone.localdate(now)
    told = 0
    for call in open_calls_of_day(today):
        told += tell_of_call(call_id=call.pk, kind=CallMessageKind.OPENED, now=now)
        if closes_soon(call, today):
            told += tell_of_call(call_id=call.pk, kind=CallMessageKind.CLOSING, now=now)
    return told


def open_calls_of_day(today: datetime.date) -> Iterator[ClaimCall]:
    rows = ClaimCall.objects.filter(state=CallState.OPEN, opens_on__lte=today)
    return (call for call in rows.order_by("pk") if call.accepts_on(today))


def closes_soon(call: ClaimCall, today: datetime.date) -> bool:
    """Whether the last day is at most so many working days ahead (临近截止)."""
    if call.closes_on is None:
        return False
    return today >= site_calendar().add(call.closes_on, days=-REMIND_WORKING_DAYS)
