"""The index feed: commands say what changed, the engines learn of it (检索喂送).

The entries in PostgreSQL are written in the same transaction, so a change is found at commit and a
rolled-back one never. When SEARCH_URL names another engine, the same transaction notes the numbers,
and a job carries the rows as they then stand to that engine; it may run twice and be killed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search.backend import SearchBackend, search_backend
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.sources import source_of

CARRIED = 500  # rows of one transaction of the job


@transaction.atomic
def changed(subject: str, ids: Sequence[int]) -> None:
    """Make these rows findable as they stand now; those that nobody may find are forgotten."""
    if not ids:
        return
    bring(PostgresSearch(), subject=subject, ids=ids)
    note(subject, ids)


@transaction.atomic
def left(subject: str, ids: Sequence[int]) -> None:
    """Forget these rows, whatever the tables say at this moment of the transaction."""
    if not ids:
        return
    PostgresSearch().delete(subject, ids)
    note(subject, ids)


def bring(backend: SearchBackend, *, subject: str, ids: Sequence[int]) -> None:
    """Put the rows into one engine as they stand, and take out those without a document."""
    documents = list(source_of(subject).documents_of(ids))
    backend.index(documents)
    gone = set(ids) - {document.object_id for document in documents}
    if gone:
        backend.delete(subject, sorted(gone))


def note(subject: str, ids: Sequence[int]) -> None:
    """Leave word for the engine outside the database, where there is one."""
    from silian.foundation.kernel.tasks import carry_search_changes

    if isinstance(search_backend(), PostgresSearch):
        return
    rows = [SearchChange(subject=subject, object_id=number) for number in ids]
    SearchChange.objects.bulk_create(rows)
    carry_search_changes.defer()


def carry_all() -> int:
    """Carry everything that is noted to the engine; the number of notes."""
    carried = 0
    while done := carry_some():
        carried += done
    return carried


@transaction.atomic
def carry_some() -> int:
    """One batch, oldest first. A note goes only when the engine has taken its row."""
    notes = list(SearchChange.objects.select_for_update().order_by("pk")[:CARRIED])
    numbers: dict[str, dict[int, None]] = defaultdict(dict)
    for row in notes:
        numbers[row.subject][row.object_id] = None
    for subject, ids in numbers.items():
        bring(search_backend(), subject=subject, ids=list(ids))
    SearchChange.objects.filter(pk__in=[row.pk for row in notes]).delete()
    return len(notes)
