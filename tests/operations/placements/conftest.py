"""The data base's own clock stands at the world's day, as the commands are told it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.world import TODAY

CLOCK = """
CREATE OR REPLACE FUNCTION placements_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT {day}
$$
"""
REAL_DAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
DATA_BASE_FIXTURES = {"db", "world", "transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def data_base_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let ``placements_today()`` be the world's day in every test that uses the data base."""
    if not DATA_BASE_FIXTURES & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    set_clock(f"date '{TODAY:%Y-%m-%d}'")
    yield
    set_clock(REAL_DAY)


def set_clock(day: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CLOCK.format(day=day))
