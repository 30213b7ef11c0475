"""A catalogue file on its way: received, shown, then loaded or discarded."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.reference import workflow
from silian.foundation.reference.commands.load import load_catalogue, preview_of, require_begun
from silian.foundation.reference.gateways import Edition
from silian.foundation.reference.models import CatalogueUpload
from silian.foundation.reference.permissions import require_may_load, uploads_visible_to
from silian.foundation.reference.rules.comparison import Comparison


@transaction.atomic
def receive_catalogue_file(
    *, actor: Actor, edition: Edition, file_name: str, text: str, today: datetime.date
) -> CatalogueUpload:
    """Check an official file and keep it for a second look (上传目录文件)."""
    require_may_load(actor)
    require_begun(edition, today=today)
    preview_of(text, catalogue=edition.catalogue, edition=edition.edition)
    upload = CatalogueUpload.objects.create(
        catalogue=edition.catalogue,
        edition=edition.edition,
        title=edition.title,
        source=edition.source,
        valid_from=edition.valid_from,
        file_name=file_name[:200],
        content=text,
        uploaded_by=actor.name[:60],
    )
    record(actor, "reference.catalogue_file.received", upload)
    return upload


@transaction.atomic
def confirm_catalogue_file(*, actor: Actor, upload_id: int, today: datetime.date) -> Comparison:
    """Load a file that was looked at (确认载入)."""
    require_may_load(actor)
    upload = locked(upload_id, actor=actor)
    upload.state = workflow.catalogue_upload.target("confirm", state=upload.state_choice)
    upload.save(update_fields=["state"])
    return load_catalogue(
        actor=actor,
        edition=Edition(
            catalogue=upload.catalogue,
            edition=upload.edition,
            title=upload.title,
            source=upload.source,
            valid_from=upload.valid_from,
        ),
        text=upload.content,
        today=today,
    )


@transaction.atomic
def discard_catalogue_file(*, actor: Actor, upload_id: int) -> CatalogueUpload:
    """Put a file aside; the catalogue stays as it is (放弃载入)."""
    require_may_load(actor)
    upload = locked(upload_id, actor=actor)
    upload.state = workflow.catalogue_upload.target("discard", state=upload.state_choice)
    upload.save(update_fields=["state"])
    record(actor, "reference.catalogue_file.discarded", upload)
    return upload


def locked(upload_id: int, *, actor: Actor) -> CatalogueUpload:
    return uploads_visible_to(actor).select_for_update(of=("self",)).get(pk=upload_id)
