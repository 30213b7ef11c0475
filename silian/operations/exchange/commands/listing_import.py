"""A file of listings on its way in: uploaded, understood, checked, taken in, undone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_checks import CSV, XLSX
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.jobs import start_job
from silian.operations.exchange.choices import ImportMode, ImportState
from silian.operations.exchange.gateways.sheets import Sheet, read_sheet
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing_import import ImportSource, ListingImport
from silian.operations.exchange.permissions.listings import require_writer
from silian.operations.exchange.rules.import_columns import (
    guessed_mapping,
    heading_signature,
    mapping_problems,
    targets_of,
)
from silian.operations.exchange.rules.listing_publication import reason_kind_not_open
from silian.operations.exchange.workflow.listing_import import listing_import as steps

SAMPLE_ROWS = 3


@transaction.atomic
def upload_listings(
    *, actor: Actor, upload: UploadedFile[bytes], kind: str, side: str
) -> ListingImport:
    """Keep a file and guess its columns from what this source's files meant before (上传文件)."""
    require_writer(actor)
    reason = reason_kind_not_open(
        kind=kind_of(kind), organisation_kind=actor.organisation_kind, side=side
    )
    if reason:
        raise DomainError(reason, field="kind")
    content = upload.read()
    upload.seek(0)
    sheet = read_sheet(name=upload.name or "", content=content)
    batch = ListingImport.objects.create(
        organisation_id=actor.organisation_id or 0,
        created_by_id=actor.user_id,
        file_name=(upload.name or "")[:200],
        kind=kind,
        side=side,
        signature=heading_signature(sheet.headings),
        headings=sheet.headings,
        sample=[list(row.values()) for _, row in islice(sheet.numbered(), SAMPLE_ROWS)],
        mapping=remembered_mapping(actor=actor, kind=kind, sheet=sheet),
        rows=sum(1 for _ in sheet.numbered()),
    )
    batch.file_id = store_upload(upload=upload, subject=batch, actor=actor, kinds=(CSV, XLSX)).pk
    batch.save(update_fields=["file_id"])
    record(actor, "exchange.import.uploaded", batch, detail={"rows": batch.rows})
    return batch


def remembered_mapping(*, actor: Actor, kind: str, sheet: Sheet) -> dict[str, str]:
    """The mapping of the last file with the same headings, else a guess."""
    source = ImportSource.objects.filter(
        organisation=actor.organisation_id,
        kind=kind,
        signature=heading_signature(sheet.headings),
    ).first()
    if source:
        return dict(source.mapping)
    return guessed_mapping(sheet.headings, targets=targets_of(kind_of(kind)))


@transaction.atomic
def check_import(
    *, import_id: int, actor: Actor, mapping: Mapping[str, str], mode: ImportMode
) -> ListingImport:
    """Settle the columns and read every row in the background (检查文件)."""
    batch = own_import(import_id=import_id, actor=actor)
    settle_columns(batch, mapping=mapping, mode=mode)
    job = start_job(
        kind="exchange.check_import",
        title=f"检查 {batch.file_name}",
        actor=actor,
        import_id=batch.pk,
    )
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    return batch


def settle_columns(batch: ListingImport, *, mapping: Mapping[str, str], mode: ImportMode) -> None:
    """Decide what each column means, and remember it for the source's next file."""
    problems = mapping_problems(mapping, kind=kind_of(batch.kind))
    if problems:
        raise DomainError(problems[0])
    batch.state = steps.target("check", state=ImportState(batch.state))
    batch.mapping, batch.mode = dict(mapping), mode
    batch.save(update_fields=["state", "mapping", "mode"])
    ImportSource.objects.update_or_create(
        organisation_id=batch.organisation_id,
        kind=batch.kind,
        signature=batch.signature,
        defaults={"mapping": batch.mapping},
    )


@transaction.atomic
def confirm_import(
    *, import_id: int, actor: Actor, takes_suggestions: bool = False
) -> ListingImport:
    """Take the checked rows in, in the background (确认导入).

    ``takes_suggestions`` fills empty occupations, skills and levels with what was read from
    title and text; every field filled so stays marked until the publisher saves it.
    """
    batch = own_import(import_id=import_id, actor=actor)
    settle_confirmation(batch, takes_suggestions=takes_suggestions)
    job = start_job(
        kind="exchange.run_import",
        title=f"导入 {batch.file_name}",
        actor=actor,
        import_id=batch.pk,
    )
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    record(
        actor, "exchange.import.confirmed", batch, detail={"takes_suggestions": takes_suggestions}
    )
    return batch


def settle_confirmation(batch: ListingImport, *, takes_suggestions: bool) -> None:
    """Decide that the rows go in; refuses when the chosen mode forbids it."""
    batch.state = steps.target(
        "confirm",
        state=ImportState(batch.state),
        refused_rows=batch.refused_rows,
        takes_good_rows=batch.mode == ImportMode.GOOD_ROWS,
        good_rows=batch.rows - batch.refused_rows - batch.duplicate_rows,
    )
    batch.takes_suggestions = takes_suggestions
    batch.save(update_fields=["state", "takes_suggestions"])


def own_import(*, import_id: int, actor: Actor) -> ListingImport:
    """The batch, locked; another organisation's is refused."""
    require_writer(actor)
    batch = ListingImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if batch.organisation_id != actor.organisation_id:
        raise DomainError("这个导入批次属于其他单位。")
    return batch
