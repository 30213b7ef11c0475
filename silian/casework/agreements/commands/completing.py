"""What follows when everybody signed, somebody refused, or the signing period ran out."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.casework.agreements.choices import (
    AgreementState,
    SignatureState,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.commands.drafting import locked_agreement
from silian.casework.agreements.commands.following import follow_terms, take_in_change
from silian.casework.agreements.commands.sealing import (
    asking_step,
    parties_to_sign,
    refuse_findings,
)
from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementAmended,
    AgreementLapsed,
    AgreementRefused,
)
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.registry import AgreementKind
from silian.casework.agreements.workflow.agreement import agreement as agreement_steps
from silian.casework.agreements.workflow.version import version as version_steps
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish

DOCUMENT_TASK = "agreements.make_document"


def missing_signatures(*, version: AgreementVersion, kind: AgreementKind) -> int:
    """How many of the parties that must sign have not (未签方数)."""
    needed = parties_to_sign(version=version, kind=kind, parties=version.agreement.parties.all())
    signed = set(
        version.signatures.filter(state=SignatureState.SIGNED).values_list("party_id", flat=True)
    )
    return sum(party.pk not in signed for party in needed)


def complete_when_all_signed(
    *, version: AgreementVersion, kind: AgreementKind, actor: Actor, now: datetime.datetime
) -> bool:
    """Close the version when nobody is missing; the agreement's lock makes it once (签齐).

    A change that was signed late holds from the day of the last signature, never from before.
    """
    if missing := missing_signatures(version=version, kind=kind):
        return False
    agreement = version.agreement
    step = asking_step(version, base="activate")
    refuse_findings(agreement=agreement, version=version, step=step, now=now)
    version.state = version_steps.target(
        "complete", state=VersionState(version.state), waiting=missing
    )
    version.signed_at = now
    if version.kind != VersionKind.BASE:
        version.effective_from = max(version.effective_from, timezone.localdate(now))
    version.save(update_fields=["state", "signed_at", "effective_from"])
    record(actor, "agreements.version.completed", agreement, detail={"version": version.number})
    follow_terms(agreement)
    if version.kind == VersionKind.BASE:
        activate(agreement, actor=actor, now=now)
    else:
        take_in_change(version, actor=actor)
        publish(AgreementAmended(**facts_of(agreement), version_id=version.pk))
    app.configure_task(DOCUMENT_TASK, allow_unknown=False).defer(version_id=version.pk)
    return True


def activate(agreement: Agreement, *, actor: Actor, now: datetime.datetime) -> None:
    """The signed base makes the agreement active (协议生效)."""
    agreement.state = agreement_steps.target(
        "activate", state=AgreementState(agreement.state), waiting=0
    )
    agreement.activated_at = now
    agreement.save(update_fields=["state", "activated_at"])
    record(actor, "agreements.agreement.activated", agreement)
    publish(AgreementActivated(**facts_of(agreement)))


def refuse_version(*, version: AgreementVersion, actor: Actor) -> None:
    """One refusal ends the version; a refused base ends the attempt at the agreement (被拒签)."""
    agreement = version.agreement
    version.state = version_steps.target("refuse", state=VersionState(version.state))
    version.save(update_fields=["state"])
    if version.kind == VersionKind.BASE:
        agreement.state = agreement_steps.target("refuse", state=AgreementState(agreement.state))
        agreement.save(update_fields=["state"])
    record(actor, "agreements.version.refused", agreement, detail={"version": version.number})
    publish(AgreementRefused(**facts_of(agreement), version_id=version.pk))


@transaction.atomic
def lapse_version(*, version_id: int, now: datetime.datetime) -> bool:
    """End one version whose signing period is over (逾期未签); false when it was not due."""
    agreement_id = AgreementVersion.objects.values_list("agreement_id", flat=True).get(
        pk=version_id
    )
    agreement = locked_agreement(agreement_id)
    version = agreement.versions.filter(
        pk=version_id, state=VersionState.SIGNING, sign_by__lte=now
    ).first()
    if version is None:
        return False
    version.state = version_steps.target("lapse", state=VersionState(version.state))
    version.save(update_fields=["state"])
    if version.kind == VersionKind.BASE:
        agreement.state = agreement_steps.target("lapse", state=AgreementState(agreement.state))
        agreement.save(update_fields=["state"])
    record(
        system_actor(), "agreements.version.lapsed", agreement, detail={"version": version.number}
    )
    publish(AgreementLapsed(**facts_of(agreement), version_id=version.pk))
    return True


def lapse_overdue(*, now: datetime.datetime) -> int:
    """End every version whose signing period is over, each in its own transaction (逾期清理)."""
    due = AgreementVersion.objects.filter(state=VersionState.SIGNING, sign_by__lte=now)
    return sum(lapse_version(version_id=pk, now=now) for pk in due.values_list("pk", flat=True))


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """What every event of an agreement says."""
    return {
        "agreement_id": agreement.pk,
        "kind": agreement.kind,
        "source": agreement.source,
        "source_id": agreement.source_id,
    }
