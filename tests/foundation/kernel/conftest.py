"""The queue is not Django's own table, so transactional tests must empty it themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def clean_queue(transactional_db: None) -> Iterator[None]:
    """An empty queue before and after a test that commits."""
    empty_queue()
    yield
    empty_queue()


def empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_jobs")
