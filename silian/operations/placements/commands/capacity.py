"""One hand at a time on the places of a host (接收名额加锁)."""

from __future__ import annotations

from django.db import connection

HOST_PLACES = 5411040  # the first key of all locks on hosts; the second is the organisation


def lock_host(*, organisation_id: int) -> None:
    """Keep every other school from placing at the organisation until this transaction ends.

    Whoever places or moves a student takes it first, then counts, then writes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [HOST_PLACES, organisation_id])
