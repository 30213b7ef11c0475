"""The background part of an import: read every row, write the good ones, undo them again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import open_content
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.search.entries import entries_of
from silian.operations.exchange.choices import ImportState, ListingSource, ListingState
from silian.operations.exchange.commands.listing_import import own_import
from silian.operations.exchange.events import ListingsFindable, ListingsImported
from silian.operations.exchange.gateways.listing_copy import copy_imported, copy_listings, rows_of
from silian.operations.exchange.gateways.search_documents import SUBJECT
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
from silian.operations.exchange.queries.listing_import_suggestions import (
    examples_of,
    occupation_suggestions,
    take_suggestions,
)
from silian.operations.exchange.rules.import_columns import targets_of
from silian.operations.exchange.rules.import_rows import ImportedRow
from silian.operations.exchange.rules.listing_checks import CheckFinding
from silian.operations.exchange.rules.listing_content import ListingContent
from silian.operations.exchange.rules.listing_publication import last_day_of_publication
from silian.operations.exchange.rules.listing_words import SUGGESTED_FIELDS, SUGGESTIBLE
from silian.operations.exchange.workflow.listing_import import listing_import as steps

Tell = Callable[[int], None]
BATCH = 5_000
FINDABLE_AT_ONCE = 500  # nobody waits longer for a listing that is being changed
MOST_PROBLEMS = 5_000
UPDATED = (
    "title", "description", "division_id", "place", "occupation_id", "capacity",
    "price_min", "price_max", "price_unit", "details",
)  # fmt: skip
COPIED = UPDATED[:-1]
AS_DRAFT = {"state": ListingState.DRAFT}


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
    if kind_of(batch.kind).names_occupation:
        suggested = occupation_suggestions(reading.good)
        batch.suggested_rows, batch.suggestions = len(suggested), examples_of(suggested)
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


def make_findable(*, import_id: int) -> None:
    """Put the published listings of a file into the search, a batch at a time (编入检索).

    It follows the commit of the import, so that rows are safe before their words are counted;
    begun again after an interruption, it goes on with those that are missing.
    """
    made = ImportedListing.objects.filter(listing_import_id=import_id, before__isnull=True)
    missing = Listing.objects.published().filter(pk__in=made.values("listing_id"))
    missing = missing.exclude(pk__in=entries_of(SUBJECT).values("object_id"))
    numbers = list(missing.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), FINDABLE_AT_ONCE):
        with transaction.atomic():
            feed.changed(SUBJECT, numbers[start : start + FINDABLE_AT_ONCE])
    with transaction.atomic():
        publish(ListingsFindable(import_id=import_id))


def write_rows(batch: ListingImport, rows: list[ImportedRow]) -> None:
    known = known_listings(batch, [row.external_id for row in rows])
    fresh = [row for row in rows if row.external_id not in known]
    if batch.takes_suggestions and kind_of(batch.kind).names_occupation:
        take_suggestions(fresh, kind=kind_of(batch.kind))
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
    """New listings: published, or drafts where the words must be changed first."""
    checked = [(row, findings_of(content_of(batch, row))) for row in rows]
    held = [item for item in checked if any(finding.blocks for finding in item[1])]
    clean = [item for item in checked if not any(finding.blocks for finding in item[1])]
    for items, dates in ((clean, publication(batch, now=timezone.now())), (held, AS_DRAFT)):
        ids = copy_listings(
            columns=(*COPIED, "capacity_left", "details", "external_id"),
            rows=[copied_values(row) for row, _ in items],
            shared=shared_by_rows(batch) | dates,
        )
        copy_imported(
            import_id=batch.pk,
            pairs=((pk, row.number) for pk, (row, _) in zip(ids, items, strict=True)),
        )
        Finding.objects.bulk_create(
            finding_row(pk, finding)
            for pk, (_, findings) in zip(ids, items, strict=True)
            for finding in findings
        )
    batch.created_rows += len(checked)
    batch.held_rows += len(held)


def content_of(batch: ListingImport, row: ImportedRow) -> ListingContent:
    """What the checks read; the occupation was coded from the title, so it cannot contradict it."""
    written = {name: value for name, value in row.content.items() if name != "occupation_id"}
    return ListingContent(kind=batch.kind, side=batch.side, details=row.details, **written)


def copied_values(row: ImportedRow) -> tuple[Any, ...]:
    read = row.content
    return (*map(read.get, COPIED), read["capacity"], row.details, row.external_id)


def shared_by_rows(batch: ListingImport) -> dict[str, Any]:
    """What every listing of a file has in common."""
    return {
        "kind": batch.kind,
        "side": batch.side,
        "organisation_id": batch.organisation_id,
        "industry_id": batch.organisation.industry_id,
        "created_by_id": batch.created_by_id,
        "source": ListingSource.IMPORTED,
        "is_demo": batch.organisation.is_demo,
    }


def publication(batch: ListingImport, *, now: datetime.datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    kind = kind_of(batch.kind)
    return {
        "state": ListingState.PUBLISHED,
        "submitted_at": now,
        "first_published_at": now,
        "published_at": now,
        "expires_on": last_day_of_publication(kind=kind, published_on=today, ends_on=None),
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
        wanted = {**row.content, "details": {**taken_earlier(listing, row), **row.details}}
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
    feed.changed(SUBJECT, [item[1].pk for item in changed if item[1].is_open])
    batch.changed_rows = len(changed)
    batch.same_rows = len(rows) - len(changed)


def taken_earlier(listing: Listing, row: ImportedRow) -> dict[str, Any]:
    """What suggestions, or the publisher since, wrote into fields that the file has no column for.

    A mark goes when the file itself fills the field.
    """
    kept = {name: value for name, value in listing.details.items() if name in SUGGESTIBLE}
    marked = [name for name in kept.pop(SUGGESTED_FIELDS, []) if name not in row.details]
    return {**kept, SUGGESTED_FIELDS: marked} if marked else kept


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
            feed.changed(SUBJECT, [item.listing.pk])
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
