"""The background part of an import: read every row, write the good ones, undo them again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import open_content
from silian.foundation.kernel.models import StoredFile
from silian.operations.exchange.choices import ImportState, ListingSource, ListingState
from silian.operations.exchange.commands.listing_import import own_import
from silian.operations.exchange.events import ListingsImported
from silian.operations.exchange.gateways.listing_copy import copy_listings, rows_of
from silian.operations.exchange.gateways.search import search_backend
from silian.operations.exchange.gateways.sheets import Sheet, read_sheet
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Finding, Listing
from silian.operations.exchange.models.listing_import import (
    ImportedListing,
    ImportProblem,
    ListingImport,
)
from silian.operations.exchange.queries.listing_findings import findings_of
from silian.operations.exchange.queries.listing_import_reading import Reading, read_listings
from silian.operations.exchange.rules.import_columns import targets_of
from silian.operations.exchange.rules.import_rows import ImportedRow
from silian.operations.exchange.rules.listing_checks import CheckFinding
from silian.operations.exchange.rules.listing_content import ListingContent
from silian.operations.exchange.rules.listing_publication import last_day_of_publication
from silian.operations.exchange.workflow.listing_import import listing_import as steps

Tell = Callable[[int], None]
BATCH = 5_000
MOST_PROBLEMS = 5_000
UPDATED = (
    "title", "description", "division_id", "place", "occupation_id", "capacity",
    "price_min", "price_max", "price_unit", "details",
)  # fmt: skip


def sheet_of(batch: ListingImport) -> Sheet:
    """The uploaded file, read again."""
    with open_content(StoredFile.objects.get(pk=batch.file_id or 0)) as content:
        return read_sheet(name=batch.file_name, content=content.read())


def reading_of(batch: ListingImport, *, tell: Tell) -> Reading:
    return read_listings(
        sheet=sheet_of(batch),
        mapping=batch.mapping,
        kind=kind_of(batch.kind),
        home=batch.organisation.division_id,
        today=timezone.localdate(),
        tell=tell,
    )


@transaction.atomic
def finish_check(*, import_id: int, tell: Tell) -> ListingImport:
    """Read the file and write down what is wrong, cell by cell (检查完成)."""
    batch = ListingImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    batch.state = steps.target("finish_check", state=ImportState(batch.state))
    reading = reading_of(batch, tell=tell)
    keep_problems(batch, reading)
    batch.rows = reading.total
    batch.refused_rows = len(reading.refused)
    batch.duplicate_rows = len(reading.repeated)
    batch.placed_rows = reading.placed
    batch.save()
    return batch


def keep_problems(batch: ListingImport, reading: Reading) -> None:
    columns = {field: heading for heading, field in batch.mapping.items()}
    labels = {target.name: target.label for target in targets_of(kind_of(batch.kind))}
    batch.problems.all().delete()
    found = [
        ImportProblem(
            listing_import=batch,
            row=row.number,
            column=columns.get(problem.target, labels.get(problem.target, ""))[:120],
            text=problem.text,
            sentence=problem.sentence[:300],
            refuses=problem.refuses,
        )
        for row in (*reading.refused, *reading.good)
        for problem in row.problems
    ]
    found += [
        ImportProblem(
            listing_import=batch, row=number, column="整行", text="",
            sentence=f"与第 {earlier} 行重复，只导入前一行。", refuses=True,
        )
        for number, earlier in reading.repeated.items()
    ]  # fmt: skip
    found.sort(key=lambda problem: (not problem.refuses, problem.row))
    ImportProblem.objects.bulk_create(found[:MOST_PROBLEMS])


@transaction.atomic
def finish_import(*, import_id: int, tell: Tell) -> ListingImport:
    """Write the good rows: new ones in, known ones changed, all in one transaction (导入)."""
    batch = ListingImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    batch.state = steps.target("finish", state=ImportState(batch.state))
    reading = reading_of(batch, tell=tell)
    write_rows(batch, reading.good)
    batch.finished_at = timezone.now()
    batch.save()
    record(
        system_actor(), "exchange.import.finished", batch,
        detail={"created": batch.created_rows, "changed": batch.changed_rows},
    )  # fmt: skip
    publish(ListingsImported(import_id=batch.pk))
    return batch


def write_rows(batch: ListingImport, rows: list[ImportedRow]) -> None:
    known = known_listings(batch, [row.external_id for row in rows])
    fresh = [row for row in rows if row.external_id not in known]
    for start in range(0, len(fresh), BATCH):
        insert_rows(batch, fresh[start : start + BATCH])
    change_rows(batch, [row for row in rows if row.external_id in known], known)


def known_listings(batch: ListingImport, external_ids: list[str]) -> dict[str, Listing]:
    """What earlier imports of this organisation brought in under the same numbers."""
    found = Listing.objects.of(organisation_id=batch.organisation_id).filter(
        external_id__in=external_ids
    )
    return rows_of(found.values_list("pk", flat=True))


def insert_rows(batch: ListingImport, rows: list[ImportedRow]) -> None:
    now = timezone.now()
    checked = [(row, findings_of(content_of(batch, row))) for row in rows]
    ids = copy_listings([new_row(batch, row, findings, now=now) for row, findings in checked])
    Finding.objects.bulk_create(
        finding_row(listing_id, finding)
        for listing_id, (_, findings) in zip(ids, checked, strict=True)
        for finding in findings
    )
    ImportedListing.objects.bulk_create(
        ImportedListing(listing_import=batch, listing_id=listing_id, row=row.number)
        for listing_id, row in zip(ids, rows, strict=True)
    )
    held = [any(finding.blocks for finding in findings) for _, findings in checked]
    search_backend().index(
        listing_ids=[pk for pk, is_held in zip(ids, held, strict=True) if not is_held]
    )
    batch.created_rows += len(ids)
    batch.held_rows += sum(held)


def content_of(batch: ListingImport, row: ImportedRow) -> ListingContent:
    return ListingContent(kind=batch.kind, side=batch.side, details=row.details, **row.content)


def new_row(
    batch: ListingImport,
    row: ImportedRow,
    findings: Iterable[CheckFinding],
    *,
    now: datetime.datetime,
) -> dict[str, Any]:
    """The columns of a new listing: published, or a draft when its words must be changed."""
    values = {
        **row.content,
        "kind": batch.kind,
        "side": batch.side,
        "details": row.details,
        "organisation_id": batch.organisation_id,
        "industry_id": batch.organisation.industry_id,
        "capacity_left": row.content["capacity"],
        "created_by_id": batch.created_by_id,
        "source": ListingSource.IMPORTED,
        "external_id": row.external_id,
        "is_demo": batch.organisation.is_demo,
    }
    if any(finding.blocks for finding in findings):
        return {**values, "state": ListingState.DRAFT}
    today = timezone.localdate(now)
    expires_on = last_day_of_publication(kind=kind_of(batch.kind), published_on=today, ends_on=None)
    dates = {"submitted_at": now, "first_published_at": now, "published_at": now}
    return {
        **values,
        **dates,
        "state": ListingState.PUBLISHED,
        "expires_on": expires_on,
        "confirmed_on": today,
    }


def finding_row(listing_id: int, finding: CheckFinding) -> Finding:
    return Finding(
        listing_id=listing_id,
        code=finding.code[:40],
        blocks=finding.blocks,
        field=finding.field[:40],
        words=finding.words[:120],
        sentence=finding.sentence[:300],
        basis=finding.basis[:200],
    )


def change_rows(batch: ListingImport, rows: list[ImportedRow], known: dict[str, Listing]) -> None:
    """Bring known listings up to the file; unchanged ones stay untouched."""
    changed = []
    for row in rows:
        listing = known[row.external_id]
        wanted = {**row.content, "details": row.details}
        before = {name: getattr(listing, name) for name in UPDATED}
        after = {name: wanted.get(name, before[name]) for name in UPDATED}
        if after != before:
            changed.append((row, listing, before, after))
    for row, listing, before, after in changed:
        for name, value in after.items():
            setattr(listing, name, value)
        ImportedListing.objects.create(
            listing_import=batch, listing=listing, row=row.number, before=as_json(before)
        )
    Listing.objects.bulk_update([item[1] for item in changed], list(UPDATED), batch_size=500)
    search_backend().index(listing_ids=[item[1].pk for item in changed if item[1].is_open])
    batch.changed_rows = len(changed)
    batch.same_rows = len(rows) - len(changed)


def as_json(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, (dict, int, type(None))) else str(value)
        for name, value in values.items()
    }


@transaction.atomic
def undo_import(*, import_id: int, actor: Actor) -> tuple[int, int]:
    """Take an import back: new listings go, changed ones return (撤销导入).

    Listings that somebody already negotiates about stay; returns how many went and how many stay.
    """
    batch = own_import(import_id=import_id, actor=actor)
    batch.state = steps.target("undo", state=ImportState(batch.state))
    made = Listing.objects.filter(
        pk__in=batch.imported.filter(before__isnull=True).values("listing_id")
    )
    busy = made.filter(negotiations__isnull=False).distinct().count()
    gone = made.filter(negotiations__isnull=True)
    gone_count = gone.count()
    for item in batch.imported.filter(before__isnull=False).select_related("listing"):
        before: dict[str, Any] = item.before or {}
        for name, value in before.items():
            setattr(item.listing, name, value)
        item.listing.save(update_fields=[*before, "updated_at"])
        if item.listing.is_open:
            search_backend().index(listing_ids=[item.listing.pk])
    gone.delete()
    batch.save(update_fields=["state"])
    record(actor, "exchange.import.undone", batch, detail={"gone": gone_count, "kept": busy})
    return gone_count, busy


@contextmanager
def failing(*, import_id: int) -> Iterator[None]:
    """Say on the batch when the background part did not finish; nothing of it was kept (中断)."""
    try:
        yield
    except Exception:
        with transaction.atomic():
            batch = ListingImport.objects.select_for_update(of=("self",)).get(pk=import_id)
            batch.state = steps.target("fail", state=ImportState(batch.state))
            batch.save(update_fields=["state"])
        raise
