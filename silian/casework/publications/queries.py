"""Reading editions: lists, one page, what changed, whose checksum it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from silian.casework.publications.choices import PUBLIC_STATES, EditionState
from silian.casework.publications.models import Edition, EditionFile
from silian.casework.publications.permissions import editions_visible_to
from silian.casework.publications.rules import Change, changes_between
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor

FEED_LENGTH = 50


@dataclass(frozen=True, kw_only=True)
class Match:
    """An edition, or one of its files, whose checksum was asked for (核验结果)."""

    edition: Edition
    file: EditionFile | None = None


def editions_for_list(rows: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with what a list names, without the snapshots."""
    return rows.select_related("division", "organisation").defer("snapshot")


def newest_out(*, actor: Actor) -> QuerySet[Edition]:
    """What is out, newest first (最新发布)."""
    rows = editions_for_list(editions_visible_to(actor).filter(state__in=PUBLIC_STATES))
    return rows.order_by("-published_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class SectionRow:
    """An entry as a line of a table: its number, its name, its values under their labels."""

    key: str
    title: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class SectionTable:
    """A section of a snapshot as a table (条目)."""

    title: str
    labels: list[str]
    rows: list[SectionRow]
    shows_keys: bool


def tables_of(edition: Edition) -> list[SectionTable]:
    """The entries of an edition, section by section."""
    return [
        SectionTable(
            title=section["title"],
            shows_keys=not section.get("hides_keys"),
            labels=[label for _, label in section["fields"]],
            rows=[
                SectionRow(
                    key=entry["key"],
                    title=entry["title"],
                    cells=[
                        (label, entry["values"].get(name, "")) for name, label in section["fields"]
                    ],
                )
                for entry in section["entries"]
            ],
        )
        for section in edition.snapshot.get("sections", [])
    ]


def edition_before(edition: Edition) -> Edition | None:
    """What an edition is compared with: the one it corrects, else the one published before."""
    if edition.corrects_id:
        return edition.corrects
    if edition.snapshot.get("stands_alone"):  # such as a call: the one before is another matter
        return None
    rows = Edition.objects.of_series(edition).filter(state__in=PUBLIC_STATES)
    earlier = Q(year__lt=edition.year) | Q(year=edition.year, number__lt=edition.number)
    return rows.filter(earlier).order_by("-year", "-number").first()


def changes_of(edition: Edition, *, before: Edition | None) -> list[Change]:
    """The difference from the edition before (与上期比较)."""
    if before is None:
        return []
    return changes_between(before=before.snapshot, after=edition.snapshot)


def matches_of_hash(sha256: str, *, actor: Actor) -> list[Match]:
    """The editions that are out and carry this checksum, as a whole or in a file."""
    rows = editions_for_list(editions_visible_to(actor).filter(state__in=PUBLIC_STATES))
    found = [Match(edition=edition) for edition in rows.filter(sha256=sha256)]
    bound = EditionFile.objects.filter(sha256=sha256, edition__in=rows).select_related(
        "edition__division", "edition__organisation"
    )
    return found + [Match(edition=file.edition, file=file) for file in bound]


def intact_content(file: EditionFile) -> bytes:
    """The file's content, proved by its checksum; a changed one is never given out."""
    content = files.read_content(file.stored)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise LookupError(f"the content of edition file {file.pk} does not match its checksum")
    return content


def waiting_for(actor: Actor, *, rows: QuerySet[Edition]) -> QuerySet[Edition]:
    """What others handed in and the actor may decide."""
    return rows.filter(state=EditionState.SUBMITTED).exclude(author_id=actor.user_id)
