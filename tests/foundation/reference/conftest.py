"""The catalogues that come with the house, loaded by the real command once, then copied back."""

from __future__ import annotations

import pytest
from django.db import connection

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.reference.commands.load import load_bundled_catalogues
from silian.foundation.reference.models import (
    CatalogueVersion,
    Change,
    Crosswalk,
    Division,
    Industry,
    Major,
    Occupation,
)
from tests.world import TODAY

TABLES = [
    model._meta.db_table
    for model in (CatalogueVersion, Division, Industry, Occupation, Major, Change, Crosswalk)
]


@pytest.fixture(scope="session")
def kept_tables() -> dict[str, bytes]:
    """The content of the tables after the first load of the session."""
    return {}


@pytest.fixture
def catalogues(db: None, kept_tables: dict[str, bytes]) -> None:
    """Every bundled catalogue; rows that the cast brought along stay as they are."""
    if not kept_tables:
        load_bundled_catalogues(actor=system_actor(), only_missing=True, today=TODAY)
        kept_tables.update({table: copied_out(table) for table in TABLES})
    for table in TABLES:
        copy_missing(table, kept_tables[table])


def copied_out(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


def copy_missing(table: str, content: bytes) -> None:
    """Put back the rows that are not there."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept (LIKE {table}) ON COMMIT DROP")
        with cursor.copy("COPY kept FROM STDIN") as copy:
            copy.write(content)
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept ON CONFLICT DO NOTHING")
        cursor.execute("DROP TABLE kept")


@pytest.fixture
def administrator() -> Actor:
    return Actor(user_id=1, name="系统管理员", roles=frozenset({"system_admin"}))
