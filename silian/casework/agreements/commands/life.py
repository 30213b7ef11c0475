"""Suspend, resume, terminate, and end agreements on their last day."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from silian.casework.agreements.choices import (
    IN_FORCE_STATES,
    AgreementState,
    LifeEventKind,
    VersionState,
)
from silian.casework.agreements.commands.drafting import OPEN_STATES, locked_agreement
from silian.casework.agreements.events import (
    AgreementEnded,
    AgreementEvent,
    AgreementResumed,
    AgreementSuspended,
    AgreementTerminated,
)
from silian.casework.agreements.models import Agreement, LifeEvent
from silian.casework.agreements.permissions.agreements import require_party
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.rules.life import (
    reason_day_unfit,
    reason_termination_unfit,
    reason_too_short,
)
from silian.casework.agreements.workflow.agreement import agreement as agreement_workflow
from silian.casework.agreements.workflow.version import version as version_workflow
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish


@transaction.atomic
def suspend(
    *, agreement_id: int, actor: Actor, on: datetime.date, reason: str, now: datetime.datetime
) -> Agreement:
    """Let an agreement rest from a day on (中止)."""
    agreement = locked_agreement(agreement_id)
    require_party(actor, agreement)
    check_reason(reason, what="中止原因")
    target = agreement_workflow.target(
        "suspend",
        state=AgreementState(agreement.state),
        may_suspend=kind_of(agreement).may_suspend,
    )
    check_day(agreement, on=on, today=timezone.localdate(now), step="中止")
    turn(agreement, state=target, kind=LifeEventKind.SUSPENDED, on=on, reason=reason, actor=actor)
    record(actor, "agreements.agreement.suspended", agreement, reason=reason)
    publish(told(AgreementSuspended, agreement))
    return agreement


@transaction.atomic
def resume(
    *, agreement_id: int, actor: Actor, on: datetime.date, reason: str, now: datetime.datetime
) -> Agreement:
    """Let a suspended agreement go on from a day on (恢复)."""
    agreement = locked_agreement(agreement_id)
    require_party(actor, agreement)
    target = agreement_workflow.target("resume", state=AgreementState(agreement.state))
    check_day(agreement, on=on, today=timezone.localdate(now), step="恢复")
    turn(agreement, state=target, kind=LifeEventKind.RESUMED, on=on, reason=reason, actor=actor)
    record(actor, "agreements.agreement.resumed", agreement, reason=reason)
    publish(told(AgreementResumed, agreement))
    return agreement


@transaction.atomic
def terminate(
    *,
    agreement_id: int,
    actor: Actor,
    on: datetime.date,
    reason: str,
    now: datetime.datetime,
    at_once: bool = False,
) -> Agreement:
    """End an agreement before its last day, after notice or at once (解除).

    With notice the agreement stays in force until the day; the nightly clock then ends it.
    """
    agreement = locked_agreement(agreement_id)
    require_party(actor, agreement)
    check_reason(reason, what="解除原因")
    target = agreement_workflow.target("terminate", state=AgreementState(agreement.state))
    if agreement.life_events.filter(kind=LifeEventKind.TERMINATED).exists():
        raise WrongState("协议已约定解除日，不需要再次办理。")
    today = timezone.localdate(now)
    refusal = reason_termination_unfit(
        on=on,
        today=today,
        ends_on=agreement.ends_on,
        notice_days=kind_of(agreement).notice_days,
        at_once=at_once,
    )
    if refusal:
        raise DomainError(refusal, field="on")
    state = target if on <= today else AgreementState(agreement.state)
    turn(agreement, state=state, kind=LifeEventKind.TERMINATED, on=on, reason=reason, actor=actor)
    close_open_versions(agreement)
    if on <= today:
        record(actor, "agreements.agreement.terminated", agreement, reason=reason)
        publish(told(AgreementTerminated, agreement))
    else:
        record(actor, "agreements.agreement.termination_set", agreement, reason=reason)
    return agreement


def end_due(*, on: datetime.date) -> int:
    """End every agreement whose last day or day of termination has come (到期与解除生效)."""
    due = Agreement.objects.filter(state__in=sorted(IN_FORCE_STATES)).filter(
        Q(ends_on__lte=on) | Q(life_events__kind=LifeEventKind.TERMINATED, life_events__on__lte=on)
    )
    return sum(
        end_one(agreement_id=pk, on=on) for pk in due.values_list("pk", flat=True).distinct()
    )


@transaction.atomic
def end_one(*, agreement_id: int, on: datetime.date) -> bool:
    """End one agreement if its time has come; safe to repeat."""
    agreement = locked_agreement(agreement_id)
    if agreement.state not in IN_FORCE_STATES:
        return False
    actor, state = system_actor(), AgreementState(agreement.state)
    ending = agreement.life_events.filter(kind=LifeEventKind.TERMINATED, on__lte=on).first()
    if ending is not None:
        agreement.state = agreement_workflow.target("terminate", state=state)
        agreement.save(update_fields=["state"])
        record(actor, "agreements.agreement.terminated", agreement, reason=ending.reason)
        publish(told(AgreementTerminated, agreement))
    elif agreement.ends_on <= on:
        target = agreement_workflow.target("end", state=state)
        turn(
            agreement,
            state=target,
            kind=LifeEventKind.ENDED,
            on=agreement.ends_on,
            reason="",
            actor=actor,
        )
        record(actor, "agreements.agreement.ended", agreement)
        publish(told(AgreementEnded, agreement))
    else:
        return False
    close_open_versions(agreement)
    return True


def close_open_versions(agreement: Agreement) -> None:
    """What nobody finished signing is withdrawn with the agreement."""
    for version in agreement.versions.filter(state__in=OPEN_STATES):
        version.state = version_workflow.target("withdraw", state=VersionState(version.state))
        version.save(update_fields=["state"])


def turn(
    agreement: Agreement,
    *,
    state: AgreementState,
    kind: LifeEventKind,
    on: datetime.date,
    reason: str,
    actor: Actor,
) -> None:
    """Set the state and keep the event."""
    agreement.state = state
    agreement.save(update_fields=["state"])
    LifeEvent.objects.create(
        agreement=agreement,
        kind=kind,
        on=on,
        reason=reason.strip(),
        recorded_by_id=actor.user_id,
    )


def check_reason(reason: str, *, what: str) -> None:
    if refusal := reason_too_short(reason, what=what):
        raise DomainError(refusal, field="reason")


def check_day(agreement: Agreement, *, on: datetime.date, today: datetime.date, step: str) -> None:
    """The day is not to come, and not before the last change."""
    events = agreement.life_events.values_list("on", flat=True)
    earlier = [agreement.starts_on, *(day for day in events if day <= today)]
    if refusal := reason_day_unfit(on=on, today=today, earlier=earlier, step=step):
        raise DomainError(refusal, field="on")


def told(event: type[AgreementEvent], agreement: Agreement) -> AgreementEvent:
    """The event with what every event of an agreement carries."""
    return event(
        agreement_id=agreement.pk,
        kind=agreement.kind,
        source=agreement.source,
        source_id=agreement.source_id,
    )
