"""Propose amendments and renewals of agreements in force, and take them back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import (
    IN_FORCE_STATES,
    LifeEventKind,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.commands.drafting import (
    OPEN_STATES,
    locked_agreement,
    next_version_number,
)
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.permissions.agreements import require_party
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON
from silian.casework.agreements.rules.differences import real_changes
from silian.casework.agreements.rules.life import (
    reason_not_amendable,
    reason_period_unfit,
    reason_too_short,
)
from silian.casework.agreements.rules.values import normalised_terms
from silian.casework.agreements.workflow.version import version as version_workflow
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState


@transaction.atomic
def propose_amendment(
    *,
    agreement_id: int,
    actor: Actor,
    changes: Mapping[str, Any],
    effective_from: datetime.date,
    reason: str,
    now: datetime.datetime,
) -> AgreementVersion:
    """Draft a change of an agreement in force; ``send_for_signature`` sends it (提出修订).

    Only what really changes is kept. Until the parties concerned have signed nothing changes.
    """
    return propose(
        agreement=locked_agreement(agreement_id),
        actor=actor,
        kind=VersionKind.AMENDMENT,
        changes=changes,
        effective_from=effective_from,
        reason=reason,
        today=timezone.localdate(now),
    )


@transaction.atomic
def renew(
    *,
    agreement_id: int,
    actor: Actor,
    ends_on: datetime.date,
    reason: str,
    now: datetime.datetime,
    changes: Mapping[str, Any] | None = None,
) -> AgreementVersion:
    """Draft the renewal of an agreement from its last day on, with or without changes (续签)."""
    agreement = locked_agreement(agreement_id)
    if refusal := reason_period_unfit(
        new_ends_on=ends_on, effective_from=agreement.ends_on, old_ends_on=agreement.ends_on
    ):
        raise DomainError(refusal, field=ENDS_ON)
    return propose(
        agreement=agreement,
        actor=actor,
        kind=VersionKind.RENEWAL,
        changes={**(changes or {}), ENDS_ON: ends_on},
        effective_from=agreement.ends_on,
        reason=reason,
        today=timezone.localdate(now),
    )


def propose(
    *,
    agreement: Agreement,
    actor: Actor,
    kind: VersionKind,
    changes: Mapping[str, Any],
    effective_from: datetime.date,
    reason: str,
    today: datetime.date,
) -> AgreementVersion:
    """One draft version with what really changes."""
    require_party(actor, agreement)
    check_open(agreement)
    declared = kind_of(agreement)
    refusal = reason_not_amendable(
        may_amend=declared.may_amend,
        may_renew=declared.may_renew,
        kind=kind,
        effective_from=effective_from,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        today=today,
    )
    if refusal:
        raise DomainError(refusal, field="effective_from")
    check_words(reason)
    typed = normalised_terms(declared, changes, partial=True)
    real = real_changes(latest_terms(agreement=agreement), typed)
    check_changes(real, effective_from=effective_from)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=next_version_number(agreement),
        kind=kind,
        changes=real,
        effective_from=effective_from,
        reason=reason.strip(),
        made_by_id=actor.user_id,
    )
    record(actor, "agreements.version.proposed", agreement, reason=reason)
    return version


def check_words(reason: str) -> None:
    if refusal := reason_too_short(reason, what="变更原因"):
        raise DomainError(refusal, field="reason")


def check_open(agreement: Agreement) -> None:
    """Only an agreement in force, without another open version, takes a change."""
    if agreement.state not in IN_FORCE_STATES:
        raise WrongState(f"协议当前为“{agreement.get_state_display()}”，只有生效中的协议可以变更。")
    if agreement.life_events.filter(kind=LifeEventKind.TERMINATED).exists():
        raise WrongState("协议已约定解除日，不能再修订或续签。")
    if agreement.versions.filter(state__in=OPEN_STATES).exists():
        raise WrongState("还有一份修订没有签完。请等它签齐，或先撤回它。")


def check_changes(real: Mapping[str, Any], *, effective_from: datetime.date) -> None:
    """A change changes something, never the first day, and keeps the period in order."""
    if not real:
        raise DomainError("没有条款发生变化。请修改至少一项条款再提交。", field="changes")
    if STARTS_ON in real:
        raise DomainError("已生效协议的起始日不能改变。", field=STARTS_ON)
    ends = real.get(ENDS_ON)
    if ends is not None and datetime.date.fromisoformat(ends) <= effective_from:
        raise DomainError("变更后的终止日须晚于变更生效日。", field=ENDS_ON)


@transaction.atomic
def withdraw_change(
    *, agreement_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> AgreementVersion:
    """Take back an amendment or renewal that is not yet signed (撤回修订)."""
    agreement = locked_agreement(agreement_id)
    require_party(actor, agreement)
    version = (
        agreement.versions.filter(state__in=OPEN_STATES).exclude(kind=VersionKind.BASE).first()
    )
    if version is None:
        raise WrongState("没有待签的修订可以撤回。")
    version.state = version_workflow.target("withdraw", state=VersionState(version.state))
    version.save(update_fields=["state"])
    record(actor, "agreements.version.withdrawn", agreement, reason=reason)
    return version
