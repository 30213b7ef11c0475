"""Send an agreement or an amendment for signature, and send it again when it was changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from silian.casework.agreements.choices import (
    AgreementState,
    SignatureState,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.commands.drafting import locked_agreement, next_version_number
from silian.casework.agreements.commands.sealing import (
    asking_step,
    concerned_parties,
    open_signatures,
    parties_to_sign,
    refuse_dated_back,
    refuse_findings,
    seal,
)
from silian.casework.agreements.events import AgreementSent
from silian.casework.agreements.models import Agreement, AgreementVersion, Party, Signature
from silian.casework.agreements.permissions.agreements import require_party
from silian.casework.agreements.permissions.signing import require_sender
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.terms import terms_before
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON, AgreementKind
from silian.casework.agreements.rules.differences import real_changes
from silian.casework.agreements.rules.signing import reason_too_short
from silian.casework.agreements.rules.values import normalised_terms
from silian.casework.agreements.workflow.agreement import agreement as agreement_steps
from silian.casework.agreements.workflow.signature import signature as signature_steps
from silian.casework.agreements.workflow.version import version as version_steps
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record, record_each
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish

DROPPED = "条款已改动，原签字不适用于新文本"


@transaction.atomic
def send_for_signature(
    *, agreement_id: int, actor: Actor, now: datetime.datetime
) -> AgreementVersion:
    """Seal the open draft and open the signatures of its parties (送签)."""
    agreement = locked_agreement(agreement_id)
    kind = kind_of(agreement)
    version = agreement.versions.filter(state=VersionState.DRAFT).first()
    require_right_to_send(actor, agreement, version=version, kind=kind)
    if version is None:
        raise WrongState("没有待送签的草稿。请先拟定协议或修订，再送签。")
    version.agreement = agreement
    if version.kind == VersionKind.BASE:
        agreement.state = agreement_steps.target("send", state=AgreementState(agreement.state))
        agreement.save(update_fields=["state"])
    check_and_put_out(version, agreement=agreement, kind=kind, now=now)
    record(actor, "agreements.version.sent", agreement, detail={"version": version.number})
    return version


def require_right_to_send(
    actor: Actor, agreement: Agreement, *, version: AgreementVersion | None, kind: AgreementKind
) -> None:
    """The organiser sends the base; each party that may propose a change may send it."""
    if version is None or version.kind == VersionKind.BASE:
        require_sender(actor, agreement, roles=kind.drafters)
    else:
        require_party(actor, agreement)


def put_out(
    *, version: AgreementVersion, agreement: Agreement, kind: AgreementKind, now: datetime.datetime
) -> list[Signature]:
    """Seal, open the signatures, tell everybody."""
    parties = list(agreement.parties.all())
    if len(parties) < 2:
        raise DomainError("协议至少要有两方。请补充当事方后再送签。")
    seal(version=version, agreement=agreement, kind=kind, now=now)
    opened = open_signatures(
        version=version, parties=parties_to_sign(version=version, kind=kind, parties=parties)
    )
    publish(sent_event(agreement, version))
    return opened


def sent_event(agreement: Agreement, version: AgreementVersion) -> AgreementSent:
    return AgreementSent(
        agreement_id=agreement.pk,
        kind=agreement.kind,
        source=agreement.source,
        source_id=agreement.source_id,
        version_id=version.pk,
    )


@transaction.atomic
def resend_changed(
    *,
    agreement_id: int,
    actor: Actor,
    changes: Mapping[str, Any],
    reason: str,
    now: datetime.datetime,
) -> AgreementVersion:
    """Change what is out for signature: a new version is sealed (改动后重新送签).

    The sealed text stays as it was. Signatures of the parties whom the change concerns are
    dropped, and these parties sign anew and see the difference; the others keep theirs.
    """
    agreement = locked_agreement(agreement_id)
    kind = kind_of(agreement)
    old = agreement.versions.filter(state=VersionState.SIGNING).first()
    require_right_to_send(actor, agreement, version=old, kind=kind)
    if problem := reason_too_short(reason):
        raise DomainError(problem, field="reason")
    if old is None:
        raise WrongState("没有正在签署的版本，不能改动后重新送签。")
    old.agreement = agreement
    real = changes_of(old, kind=kind, changes=changes)
    old.state = version_steps.target("withdraw", state=VersionState(old.state))
    old.save(update_fields=["state"])
    new = next_version(agreement, old=old, changes=real, reason=reason, actor=actor)
    opened = check_and_put_out(new, agreement=agreement, kind=kind, now=now)
    concerned = concerned_parties(changes=real, kind=kind, parties=[item.party for item in opened])
    carry_signatures(old=old, opened=opened, concerned=concerned, actor=actor)
    detail = {"version": new.number, "terms": sorted(real)}
    record(actor, "agreements.version.resent", agreement, reason=reason, detail=detail)
    return new


def changes_of(
    old: AgreementVersion, *, kind: AgreementKind, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """What really changes against the terms that are on the table; refuses when nothing does."""
    before = {**terms_before(old), **old.changes}
    real = real_changes(before, normalised_terms(kind, changes, partial=True))
    if not real:
        raise DomainError("没有改动任何条款，不需要重新送签。")
    return real


def check_and_put_out(
    version: AgreementVersion,
    *,
    agreement: Agreement,
    kind: AgreementKind,
    now: datetime.datetime,
) -> list[Signature]:
    """Ask the rule against dating back and the guards, then put the version out."""
    refuse_dated_back(version=version, kind=kind, now=now)
    step = asking_step(version, base="send")
    refuse_findings(agreement=agreement, version=version, step=step, now=now)
    return put_out(version=version, agreement=agreement, kind=kind, now=now)


def next_version(
    agreement: Agreement,
    *,
    old: AgreementVersion,
    changes: Mapping[str, Any],
    reason: str,
    actor: Actor,
) -> AgreementVersion:
    """A draft that takes the place of what was withdrawn; a base moves the agreement's period."""
    terms = {**old.changes, **changes}
    starts = old.effective_from
    if old.kind == VersionKind.BASE:
        starts = datetime.date.fromisoformat(terms[STARTS_ON])
        agreement.starts_on = starts
        agreement.ends_on = datetime.date.fromisoformat(terms[ENDS_ON])
        agreement.save(update_fields=["starts_on", "ends_on"])
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=next_version_number(agreement),
        kind=old.kind,
        changes=terms,
        replaces=old,
        effective_from=starts,
        reason=reason.strip()[:300],
        made_by_id=actor.user_id,
    )


def carry_signatures(
    *,
    old: AgreementVersion,
    opened: Iterable[Signature],
    concerned: Iterable[Party],
    actor: Actor,
) -> None:
    """Drop what the change concerns; a signature that it does not concern goes on (签字去留)."""
    redo = {party.pk for party in concerned}
    places = {item.party_id: item for item in opened}
    before = list(old.signatures.exclude(state=SignatureState.DROPPED))
    for row in before:
        if row.state == SignatureState.SIGNED and row.party_id not in redo:
            carry(row, to=places[row.party_id], sha256=old.sha256)
    for row in before:
        row.state = signature_steps.target("drop", state=SignatureState(row.state))
        row.reason = DROPPED
    Signature.objects.bulk_update(before, ["state", "reason"])
    record_each(actor, "agreements.signature.dropped", before)


def carry(row: Signature, *, to: Signature, sha256: str) -> None:
    """Keep a signature whose party the change does not touch, with the digest it was given for."""
    to.state = SignatureState.SIGNED
    to.signer_id, to.signer_name = row.signer_id, row.signer_name
    to.on_behalf, to.method, to.acted_at = row.on_behalf, row.method, row.acted_at
    to.proof = {**row.proof, "carried_from": row.pk, "signed_sha256": sha256}
    to.save()
