"""A change of name: asked with evidence, verified again, kept in the history."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.search import feed
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations import rules, workflow
from silian.registers.organisations.choices import DocumentKind, OrganisationState, RenamingState
from silian.registers.organisations.commands.documents import keep_document
from silian.registers.organisations.commands.registration import locked, verification_due_on
from silian.registers.organisations.events import OrganisationRenamed, RenamingRefused
from silian.registers.organisations.models.organisation import (
    Organisation,
    OrganisationName,
    Renaming,
)
from silian.registers.organisations.permissions import require_manager, require_verifier
from silian.registers.organisations.queries.search_documents import SUBJECT


@transaction.atomic
def request_rename(
    *,
    organisation_id: int,
    new_name: str,
    changed_on: datetime.date,
    evidence: UploadedFile[bytes],
    actor: Actor,
    today: datetime.date,
) -> Renaming:
    """Ask for a new name with the notice of the registration authority (申请更名)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    workflow.organisation.target("rename", state=OrganisationState(organisation.state))
    refuse_odd_rename(organisation=organisation, new_name=new_name.strip())
    if changed_on > today:
        raise DomainError("变更登记日不能晚于今天，请按变更通知书填写。", field="changed_on")
    renaming = Renaming.objects.create(
        organisation=organisation,
        new_name=new_name.strip(),
        changed_on=changed_on,
        requested_by_id=signed_in_id(actor),
        due_on=verification_due_on(today),
    )
    keep_document(
        organisation=organisation,
        kind=DocumentKind.RENAME,
        upload=evidence,
        actor=actor,
        renaming=renaming,
    )
    record(
        actor, "organisations.renaming.requested", organisation, detail={"name": renaming.new_name}
    )
    return renaming


def refuse_odd_rename(*, organisation: Organisation, new_name: str) -> None:
    if new_name == organisation.name:
        raise DomainError("新名称与现名称相同，无需更名。", field="new_name")
    pending = organisation.renamings.filter(state=RenamingState.PENDING).first()
    if pending:
        raise DomainError(
            f"更名为“{pending.new_name}”的申请正在核验，办结后才能再次申请。", field="new_name"
        )


@transaction.atomic
def confirm_rename(*, renaming_id: int, actor: Actor) -> Organisation:
    """Put the new name in force from the day of its registration (确认更名)."""
    renaming = Renaming.objects.select_for_update(of=("self",)).get(pk=renaming_id)
    organisation = locked(renaming.organisation_id)
    require_verifier(actor, organisation)
    renaming.state = workflow.renaming.target("confirm", state=RenamingState(renaming.state))
    workflow.organisation.target("rename", state=OrganisationState(organisation.state))
    decide(renaming=renaming, actor=actor)
    write_name(organisation=organisation, renaming=renaming)
    feed.changed(SUBJECT, [organisation.pk])
    record(
        actor,
        "organisations.organisation.renamed",
        organisation,
        detail={"name": organisation.name, "from": renaming.changed_on.isoformat()},
    )
    publish(OrganisationRenamed(organisation_id=organisation.pk, renaming_id=renaming.pk))
    return organisation


def write_name(*, organisation: Organisation, renaming: Renaming) -> None:
    present = organisation.names.filter(ends_on__isnull=True).first()
    if present is None:
        present = OrganisationName.objects.create(
            organisation=organisation,
            name=organisation.name,
            starts_on=min(timezone.localdate(organisation.created_at), renaming.changed_on),
        )
    present.starts_on = min(present.starts_on, renaming.changed_on)
    present.ends_on = renaming.changed_on
    present.save(update_fields=["starts_on", "ends_on"])
    OrganisationName.objects.create(
        organisation=organisation, name=renaming.new_name, starts_on=renaming.changed_on
    )
    organisation.name = renaming.new_name
    organisation.name_pinyin = rules.pinyin_of(renaming.new_name)
    organisation.name_core = rules.name_core(renaming.new_name)
    organisation.verified_at = timezone.now()
    organisation.save(update_fields=["name", "name_pinyin", "name_core", "verified_at"])


@transaction.atomic
def refuse_rename(*, renaming_id: int, reason: str, actor: Actor) -> Renaming:
    """Keep the old name and say why (不予更名)."""
    renaming = Renaming.objects.select_for_update(of=("self",)).get(pk=renaming_id)
    organisation = locked(renaming.organisation_id)
    require_verifier(actor, organisation)
    renaming.state = workflow.renaming.target(
        "refuse", state=RenamingState(renaming.state), reason=reason
    )
    renaming.refusal_reason = reason.strip()
    decide(renaming=renaming, actor=actor)
    record(actor, "organisations.renaming.refused", organisation, reason=reason)
    publish(RenamingRefused(organisation_id=organisation.pk, renaming_id=renaming.pk))
    return renaming


def decide(*, renaming: Renaming, actor: Actor) -> None:
    renaming.decided_by_id, renaming.decided_at = actor.user_id, timezone.now()
    renaming.save(update_fields=["state", "decided_by", "decided_at", "refusal_reason"])
