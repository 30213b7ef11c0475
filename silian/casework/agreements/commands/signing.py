"""Sign or refuse in the account; the last signature completes the version, exactly once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import (
    SignatureState,
    SigningMethod,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.commands.completing import complete_when_all_signed, refuse_version
from silian.casework.agreements.commands.drafting import locked_agreement
from silian.casework.agreements.events import PartySigned
from silian.casework.agreements.models import Signature
from silian.casework.agreements.permissions.signing import Capacity, capacity_of
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import waiting_before
from silian.casework.agreements.rules.signing import reason_too_short
from silian.casework.agreements.workflow.signature import signature as signature_steps
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish


def locked_signature(signature_id: int) -> Signature:
    """The signature behind the lock of its agreement, so that parties sign one after another."""
    agreement_id = Signature.objects.values_list("version__agreement_id", flat=True).get(
        pk=signature_id
    )
    agreement = locked_agreement(agreement_id)
    row = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("version", "party__organisation", "party__person__guardian")
        .get(pk=signature_id)
    )
    row.version.agreement = agreement
    return row


@transaction.atomic
def sign(
    *,
    signature_id: int,
    actor: Actor,
    now: datetime.datetime,
    agreed_sha256: str,
    on_behalf: str = "",
) -> Signature:
    """Sign for a party in one's account (签署).

    ``agreed_sha256`` is the digest of the text that was shown; another text is not signed.
    Basis: 电子签名法第三条、第十三条、第十四条.
    """
    row = locked_signature(signature_id)
    capacity = capacity_for(row, actor=actor, now=now, on_behalf=on_behalf)
    return put_signature(
        row,
        actor=actor,
        capacity=capacity,
        method=SigningMethod.ACCOUNT,
        agreed_sha256=agreed_sha256,
        now=now,
    )


def capacity_for(
    row: Signature, *, actor: Actor, now: datetime.datetime, on_behalf: str
) -> Capacity:
    kind = kind_of(row.version.agreement)
    return capacity_of(
        actor,
        row.party,
        role=kind.roles_by_code.get(row.party.role),
        on=timezone.localdate(now),
        on_behalf=on_behalf,
    )


def put_signature(
    row: Signature,
    *,
    actor: Actor,
    capacity: Capacity,
    method: SigningMethod,
    agreed_sha256: str,
    now: datetime.datetime,
    proof: Mapping[str, Any] | None = None,
) -> Signature:
    """Write the signature of somebody whose right to sign was checked, and complete the version."""
    version = row.version
    kind = kind_of(version.agreement)
    if version.state != VersionState.SIGNING:
        raise WrongState(f"这一版{version.get_state_display()}，不能再签。")
    row.state = signature_steps.target(
        "sign",
        state=SignatureState(row.state),
        agreed_sha256=agreed_sha256,
        sha256=version.sha256,
        waiting_before=waiting_before(signature=row),
        now=now,
        sign_by=version.sign_by,
        is_base=version.kind == VersionKind.BASE,
        before_start=kind.signed_before_start,
        starts_on=version.effective_from,
        today=timezone.localdate(now),
    )
    fill_in(row, actor=actor, capacity=capacity, method=method, now=now, proof=proof)
    record(actor, "agreements.signature.signed", row, detail={"sha256": version.sha256})
    publish(signed_event(row))
    complete_when_all_signed(version=version, kind=kind, actor=actor, now=now)
    return row


def fill_in(
    row: Signature,
    *,
    actor: Actor,
    capacity: Capacity,
    method: SigningMethod,
    now: datetime.datetime,
    proof: Mapping[str, Any] | None = None,
) -> None:
    """Who acted, in which capacity, how, from where, over which text (存证)."""
    row.signer_id = actor.user_id
    row.signer_name = actor.name[:60]
    row.on_behalf = capacity.on_behalf[:200]
    row.method = method
    row.acted_at = now
    row.proof = {
        "sha256": row.version.sha256,
        "address": actor.address,
        "organisation": actor.organisation_name if row.party.organisation_id else "",
        **(proof or {}),
    }
    row.save(
        update_fields=[
            "state",
            "signer",
            "signer_name",
            "on_behalf",
            "method",
            "acted_at",
            "proof",
            "reason",
        ]
    )


def signed_event(row: Signature) -> PartySigned:
    agreement = row.version.agreement
    return PartySigned(
        agreement_id=agreement.pk,
        kind=agreement.kind,
        source=agreement.source,
        source_id=agreement.source_id,
        version_id=row.version_id,
        party_id=row.party_id,
    )


@transaction.atomic
def refuse(
    *,
    signature_id: int,
    actor: Actor,
    now: datetime.datetime,
    reason: str,
    on_behalf: str = "",
) -> Signature:
    """Refuse to sign, with a reason that the others read; the version ends (拒签)."""
    row = locked_signature(signature_id)
    capacity = capacity_for(row, actor=actor, now=now, on_behalf=on_behalf)
    return put_refusal(
        row, actor=actor, capacity=capacity, method=SigningMethod.ACCOUNT, reason=reason, now=now
    )


def put_refusal(
    row: Signature,
    *,
    actor: Actor,
    capacity: Capacity,
    method: SigningMethod,
    reason: str,
    now: datetime.datetime,
) -> Signature:
    """Write the refusal; a refused amendment leaves the agreement as it is in force."""
    if row.version.state != VersionState.SIGNING:
        raise WrongState(f"这一版{row.version.get_state_display()}，不需要再办理。")
    if problem := reason_too_short(reason):
        raise DomainError(problem, field="reason")
    row.state = signature_steps.target("refuse", state=SignatureState(row.state))
    row.reason = reason.strip()[:300]
    fill_in(row, actor=actor, capacity=capacity, method=method, now=now)
    record(actor, "agreements.signature.refused", row, reason=row.reason)
    refuse_version(version=row.version, actor=actor)
    return row
