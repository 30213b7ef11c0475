"""The index feed: commands say what changed, the engines learn of it (检索喂送).

The entries in PostgreSQL are written in the same transaction, so a change is found at commit and a
rolled-back one never. When SEARCH_URL names another engine, the same transaction notes the numbers,
and a job carries the rows as they then stand to that engine; it may run twice and be killed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import structlog
from django.db import connection, transaction

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search.backend import SearchBackend, search_backend
from silian.foundation.kernel.search.errors import IndexUnavailable
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.requests import Hit
from silian.foundation.kernel.search.sources import source_of

logger = structlog.get_logger("silian.search")

CARRIED = 500  # rows of one transaction of the job
CARRYING_LOCK = 7_213_002  # two carriers could overtake each other with an older row


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
    """Put the rows into one engine as they stand, and take out those without a document.

    Raises IndexUnavailable after everything was tried.
    """
    documents = list(source_of(subject).documents_of(ids))
    gone = sorted(set(ids) - {document.object_id for document in documents})
    failures = []
    for step in (partial(backend.index, documents), partial(backend.delete, subject, gone)):
        try:
            step()
        except IndexUnavailable as failure:
            failures.append(failure)
    if failures:
        rows = frozenset(row for failure in failures for row in failure.rows)
        raise IndexUnavailable(rows, str(failures[0]))


def note(subject: str, ids: Sequence[int]) -> None:
    """Leave word for the engine outside the database, where there is one."""
    from silian.foundation.kernel.tasks import carry_search_changes

    if isinstance(search_backend(), PostgresSearch):
        return
    rows = [SearchChange(subject=subject, object_id=number) for number in ids]
    SearchChange.objects.bulk_create(rows)
    carry_search_changes.defer()


def carry_all() -> int:
    """Carry everything that is noted to the engine; how many notes are done.

    Each note is tried once. Those of a part that is away stay and keep no other waiting.
    """
    carried = place = 0
    while step := carry_some(after=place):
        place, done = step
        carried += done
    return carried


@transaction.atomic
def carry_some(*, after: int) -> tuple[int, int] | None:
    """One batch, oldest first: its last note, and how many the engine has taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CARRYING_LOCK])
    notes = list(SearchChange.objects.filter(pk__gt=after).order_by("pk")[:CARRIED])
    if not notes:
        return None
    numbers: dict[str, dict[int, None]] = defaultdict(dict)
    for row in notes:
        numbers[row.subject][row.object_id] = None
    waiting: set[Hit] = set()
    for subject, ids in numbers.items():
        waiting |= carry(subject, list(ids))
    taken = [
        row.pk for row in notes if Hit(subject=row.subject, object_id=row.object_id) not in waiting
    ]
    SearchChange.objects.filter(pk__in=taken).delete()
    return notes[-1].pk, len(taken)


def carry(subject: str, ids: Sequence[int]) -> frozenset[Hit]:
    """Bring the rows to the engine; those that a part of it which is away did not take."""
    try:
        bring(search_backend(), subject=subject, ids=ids)
    except IndexUnavailable as failure:
        logger.warning("search.feed_waits", subject=subject, reason=str(failure))
        return failure.rows
    return frozenset()
