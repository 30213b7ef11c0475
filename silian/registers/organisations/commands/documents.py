"""Papers handed in for verification."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import store_upload
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations.choices import (
    DocumentKind,
    OrganisationState,
)
from silian.registers.organisations.commands.registration import locked
from silian.registers.organisations.models.document import OrganisationDocument
from silian.registers.organisations.models.organisation import Organisation, Renaming
from silian.registers.organisations.permissions import require_manager

MOST_DOCUMENTS = 20  # enough for several pages of each paper, too few to fill a disk
OPEN_STATES = frozenset(
    {OrganisationState.REGISTERED, OrganisationState.REJECTED, OrganisationState.VERIFIED}
)


@transaction.atomic
def add_document(
    *, organisation_id: int, kind: str, upload: UploadedFile[bytes], actor: Actor
) -> OrganisationDocument:
    """Hand in one paper (上传核验材料)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    refuse_closed(organisation)
    present = organisation.documents.filter(removed_at__isnull=True).count()
    if present >= MOST_DOCUMENTS:
        raise DomainError(f"最多上传 {MOST_DOCUMENTS} 份材料，请先移除不需要的。", field="upload")
    return keep_document(
        organisation=organisation, kind=DocumentKind(kind), upload=upload, actor=actor
    )


def keep_document(
    *,
    organisation: Organisation,
    kind: DocumentKind,
    upload: UploadedFile[bytes],
    actor: Actor,
    renaming: Renaming | None = None,
) -> OrganisationDocument:
    document = OrganisationDocument.objects.create(
        organisation=organisation, kind=kind, uploaded_by_id=signed_in_id(actor), renaming=renaming
    )
    store_upload(upload=upload, subject=document, actor=actor)
    record(actor, "organisations.document.added", organisation, detail={"kind": DocumentKind(kind)})
    return document


@transaction.atomic
def remove_document(*, document_id: int, actor: Actor) -> None:
    """Take back a paper that is not under examination (移除材料)."""
    document = OrganisationDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    organisation = locked(document.organisation_id)
    require_manager(actor, organisation)
    refuse_closed(organisation)
    if organisation.is_verified:
        raise DomainError("这份材料是核验依据，随核验结果存档，不能移除。")
    if document.renaming_id:
        raise DomainError("更名证明随更名申请存档，不能移除。")
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    record(actor, "organisations.document.removed", organisation, detail={"kind": document.kind})


def refuse_closed(organisation: Organisation) -> None:
    if organisation.state not in OPEN_STATES:
        raise DomainError(
            f"当前为“{organisation.get_state_display()}”，材料不能增减。"
            "如需更换，请等核验结果；被退回后可补正再提交。"
        )
