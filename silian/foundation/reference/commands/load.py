"""Loading a catalogue from an official file, whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.choices import (
    Catalogue,
    ChangeKind,
    Confidence,
    CrosswalkBasis,
    DivisionKind,
)
from silian.foundation.reference.commands.bulk import insert_new, upsert
from silian.foundation.reference.errors import CatalogueRefused
from silian.foundation.reference.events import CatalogueLoaded
from silian.foundation.reference.gateways import Edition, bundled_aliases, bundled_editions
from silian.foundation.reference.models import CatalogueVersion, Change, Crosswalk
from silian.foundation.reference.permissions import require_may_load
from silian.foundation.reference.queries.entries import MODELS, entry_key, stored_entries
from silian.foundation.reference.rules.checks import faults_of, remarks_of
from silian.foundation.reference.rules.comparison import (
    Comparison,
    Stored,
    comparison_of,
    reason_too_early,
    reason_too_much_ends,
)
from silian.foundation.reference.rules.rows import FileRow, UnreadableFile, rows_of
from silian.foundation.reference.rules.spelling import short_division_name, spelling

SHARED_COLUMNS = (
    "name",
    "short_name",
    "pinyin",
    "initials",
    "aliases",
    "level",
    "bottom_level",
    "path",
    "valid_from",
    "valid_to",
    "code",
    "parent_id",
)
LONGEST_CALL = 60  # short names and aliases
OWN_COLUMNS: dict[str, tuple[str, ...]] = {
    Catalogue.DIVISION: ("kind",),
    Catalogue.INDUSTRY: ("section",),
    Catalogue.OCCUPATION: ("is_digital", "is_green", "is_name_missing"),
    Catalogue.MAJOR: ("id", "education_level", "is_state_controlled", "version_id"),
}


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A checked file beside what the database holds."""

    rows: tuple[FileRow, ...]
    stored: Mapping[str, Stored]
    comparison: Comparison
    remarks: tuple[str, ...]
    is_first_edition: bool


def preview_of(text: str, *, catalogue: str, edition: str) -> Preview:
    """Check a file and compare it with the database; refuses the whole file on any fault."""
    try:
        rows = rows_of(text, catalogue=catalogue)
    except UnreadableFile as reason:
        raise CatalogueRefused([str(reason)])
    faults = faults_of(rows, catalogue=catalogue, edition=edition)
    if faults:
        raise CatalogueRefused([str(fault) for fault in faults])
    stored = stored_entries(catalogue=catalogue, edition=edition)
    comparison = comparison_of(rows, stored=stored)
    in_force = sum(entry.valid_to is None for entry in stored.values())
    incomplete = reason_too_much_ends(comparison, stored=in_force)
    if incomplete:
        raise CatalogueRefused([incomplete])
    remarks = remarks_of(rows, catalogue=catalogue, edition=edition)
    others = CatalogueVersion.objects.filter(catalogue=catalogue).exclude(edition=edition)
    return Preview(
        rows=tuple(rows),
        stored=stored,
        comparison=comparison,
        remarks=tuple(remarks),
        is_first_edition=not others.exists(),
    )


@transaction.atomic
def load_catalogue(
    *, actor: Actor, edition: Edition, text: str, today: datetime.date
) -> Comparison:
    """Load an official file into its catalogue (载入分类目录), whole or not at all."""
    require_may_load(actor)
    require_begun(edition, today=today)
    preview = preview_of(text, catalogue=edition.catalogue, edition=edition.edition)
    version, _ = CatalogueVersion.objects.update_or_create(
        catalogue=edition.catalogue,
        edition=edition.edition,
        defaults={
            "title": edition.title,
            "source": edition.source,
            "valid_from": edition.valid_from,
        },
    )
    write_entries(preview, version=version)
    end_entries(preview.comparison, version=version)
    insert_new(Change, columns=CHANGE_COLUMNS, rows=change_rows(preview, version=version))
    insert_new(Crosswalk, columns=LINK_COLUMNS, rows=successor_rows(preview.rows))
    record(actor, "reference.catalogue.loaded", version, detail=summary(preview.comparison))
    publish(
        CatalogueLoaded(
            catalogue=version.catalogue, edition=version.edition, valid_from=version.valid_from
        )
    )
    return preview.comparison


@transaction.atomic
def load_bundled_catalogues(
    *, actor: Actor, only_missing: bool, today: datetime.date
) -> dict[str, Comparison]:
    """Load the editions that come with the house (载入随附目录)."""
    loaded = {(version.catalogue, version.edition) for version in CatalogueVersion.objects.all()}
    return {
        edition.catalogue: load_catalogue(
            actor=actor, edition=edition, text=path.read_text(encoding="utf-8"), today=today
        )
        for edition, path in bundled_editions()
        if not (only_missing and (edition.catalogue, edition.edition) in loaded)
    }


def require_begun(edition: Edition, *, today: datetime.date) -> None:
    early = reason_too_early(edition.valid_from, today=today)
    if early:
        raise DomainError(early, field="valid_from")


def summary(comparison: Comparison) -> dict[str, int]:
    return {
        "added": len(comparison.added),
        "renamed": len(comparison.renamed),
        "ended": len(comparison.ended),
        "unchanged": comparison.unchanged,
    }


def write_entries(preview: Preview, *, version: CatalogueVersion) -> None:
    catalogue = version.catalogue
    aliases = bundled_aliases(catalogue=catalogue)
    parents = {row.code: row.parent for row in preview.rows}
    upsert(
        MODELS[catalogue],
        columns=SHARED_COLUMNS + OWN_COLUMNS[catalogue],
        rows=(
            (
                *shared_values(row, preview, version, parents, aliases.get(row.code, [])),
                *own_values(row, version),
            )
            for row in preview.rows
        ),
        key="id" if catalogue == Catalogue.MAJOR else "code",
    )


def shared_values(
    row: FileRow,
    preview: Preview,
    version: CatalogueVersion,
    parents: Mapping[str, str],
    aliases: Sequence[str],
) -> tuple[Any, ...]:
    before = preview.stored.get(row.code)
    is_place = version.catalogue == Catalogue.DIVISION
    short = short_division_name(row.name)[:LONGEST_CALL] if is_place else ""
    pinyin, initials = spelling(row.name, is_place=is_place)
    former = [row.former_name, before.name if before else ""]
    known = [*aliases, *(before.aliases if before else ()), *former]
    return (
        row.name,
        short,
        pinyin,
        initials,
        sorted(
            {alias[:LONGEST_CALL] for alias in known if alias and alias not in (row.name, short)}
        ),
        row.level,
        row.bottom_level,
        path_of(row.code, parents=parents, version=version),
        first_day(row, preview=preview, version=version),
        row.valid_to,
        row.code,
        entry_key(version=version, code=row.parent) if row.parent else None,
    )


def own_values(row: FileRow, version: CatalogueVersion) -> tuple[Any, ...]:
    if version.catalogue == Catalogue.DIVISION:
        return (row.kind,)
    if version.catalogue == Catalogue.INDUSTRY:
        return (row.section,)
    if version.catalogue == Catalogue.OCCUPATION:
        return ("S" in row.marks, "L" in row.marks, row.is_name_missing)
    key = entry_key(version=version, code=row.code)
    return (key, row.education_level, "K" in row.marks, version.pk)


def path_of(code: str, *, parents: Mapping[str, str], version: CatalogueVersion) -> list[str]:
    path: list[str] = []
    while code:
        path.append(entry_key(version=version, code=code))
        code = parents.get(code, "")
    return path[::-1]


def first_day(row: FileRow, *, preview: Preview, version: CatalogueVersion) -> datetime.date | None:
    """When the entry began; unknown for divisions that were there before our first list."""
    before = preview.stored.get(row.code)
    if row.valid_from or before:
        return row.valid_from or (before.valid_from if before else None)
    if version.catalogue == Catalogue.DIVISION and preview.is_first_edition:
        return None
    return version.valid_from


def end_entries(comparison: Comparison, *, version: CatalogueVersion) -> None:
    keys = [entry_key(version=version, code=entry.code) for entry in comparison.ended]
    if keys:
        MODELS[version.catalogue].objects.filter(pk__in=keys).update(valid_to=version.valid_from)


CHANGE_COLUMNS = ("catalogue", "key", "kind", "happened_on", "name", "former_name", "basis")


def change_rows(preview: Preview, *, version: CatalogueVersion) -> Iterator[tuple[Any, ...]]:
    """Dated changes: those the file dates itself, and those found by comparison."""
    for row in preview.rows:
        yield from dated_changes(row, version=version)
    if preview.is_first_edition:
        return
    basis = f"{version}"[:200]
    for row in preview.comparison.added:
        if not row.valid_from:
            yield change(version, row.code, ChangeKind.ADDED, version.valid_from, row.name, basis)
    for row, former in preview.comparison.renamed:
        if not row.renamed_on:
            kind = ChangeKind.RENAMED
            yield change(version, row.code, kind, version.valid_from, row.name, basis, former)
    for entry in preview.comparison.ended:
        yield change(version, entry.code, ChangeKind.ENDED, version.valid_from, entry.name, basis)


def dated_changes(row: FileRow, *, version: CatalogueVersion) -> Iterator[tuple[Any, ...]]:
    if row.kind == DivisionKind.DEMONSTRATION:
        return
    if row.valid_from:
        yield change(version, row.code, ChangeKind.ADDED, row.valid_from, row.name, row.basis)
    if row.renamed_on:
        kind, former = ChangeKind.RENAMED, row.former_name
        yield change(version, row.code, kind, row.renamed_on, row.name, row.basis, former)
    if row.valid_to:
        yield change(version, row.code, ChangeKind.ENDED, row.valid_to, row.name, row.basis)


def change(
    version: CatalogueVersion,
    code: str,
    kind: str,
    on: datetime.date,
    name: str,
    basis: str,
    former: str = "",
) -> tuple[Any, ...]:
    key = entry_key(version=version, code=code)
    return (version.catalogue, key, str(kind), on, name, former, basis)


LINK_COLUMNS = (
    "source_catalogue",
    "source_key",
    "target_catalogue",
    "target_key",
    "weight",
    "basis",
    "document",
    "confidence",
    "reviewed_by",
)


def successor_rows(rows: Sequence[FileRow]) -> Iterator[tuple[Any, ...]]:
    """Links from an ended division to its successors; a division split in two is shared evenly,
    and the even share is marked as not verified."""
    for row in rows:
        share = Decimal(1) / max(len(row.successors), 1)
        sure = Confidence.CERTAIN if len(row.successors) == 1 else Confidence.TENTATIVE
        for successor in row.successors:
            yield (
                Catalogue.DIVISION.value,
                row.code,
                Catalogue.DIVISION.value,
                successor,
                share.quantize(Decimal("0.0001")),
                CrosswalkBasis.DIVISION_CHANGE.value,
                row.basis,
                sure.value,
                "",
            )
