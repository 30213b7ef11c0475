"""Building the index anew from the tables while the old one goes on answering (检索重建)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.models import SearchBuild
from silian.foundation.kernel.search.backend import SearchBackend, search_backend
from silian.foundation.kernel.search.entries import entries_of
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.sources import SearchSource, sources

AT_ONCE = 1_000
LARGEST_ID = 2**63 - 1

Tell = Callable[[int, int], None]


def rebuild(source: SearchSource, *, resume: bool, tell: Tell) -> int:
    """Write every document of a subject again and forget what has none; how many there are.

    Each batch is committed with the place that it reached. ``resume`` goes on from there after an
    interruption. ``tell`` hears how many of how many are done.
    """
    build = started(source, resume=resume)
    total = source.total()
    while ids := source.ids(build.last_id, AT_ONCE):
        write(source, ids=ids, after=build.last_id, until=ids[-1])
        build.last_id, build.done = ids[-1], build.done + len(ids)
        build.save(update_fields=["last_id", "done"])
        tell(build.done, total)
    write(source, ids=[], after=build.last_id, until=LARGEST_ID)
    build.ended_at = timezone.now()
    build.save(update_fields=["ended_at"])
    return build.done


def build_missing() -> list[str]:
    """Build the subjects that have rows and no index, as after an upgrade; which they were."""
    missing = [source for source in sources() if not entries_of(source.subject).exists()]
    built = [source for source in missing if source.ids(0, 1)]
    for source in built:
        rebuild(source, resume=True, tell=lambda done, total: None)
    return [source.subject for source in built]


def started(source: SearchSource, *, resume: bool) -> SearchBuild:
    """The interrupted rebuilding, when it is to go on, or a new one."""
    last = SearchBuild.objects.filter(subject=source.subject).first()
    if resume and last is not None and last.ended_at is None:
        return last
    fresh = SearchBuild(subject=source.subject, started_at=timezone.now())
    fresh.save()
    return fresh


@transaction.atomic
def write(source: SearchSource, *, ids: list[int], after: int, until: int) -> None:
    """Documents of one stretch of numbers, in PostgreSQL and in the engine that answers."""
    documents = list(source.documents_of(ids)) if ids else []
    keep = [document.object_id for document in documents]
    for backend in engines():
        backend.index(documents)
        backend.prune(source.subject, after=after, until=until, keep=keep)


def engines() -> list[SearchBackend]:
    answering = search_backend()
    if isinstance(answering, PostgresSearch):
        return [answering]
    return [PostgresSearch(), answering]
