"""One migrated database, made once for each state of the migrations and copied by every worker.

Migrating takes the better part of a minute of processor time, copying a second.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "silian_migrated_"
KEPT = 4  # the states of a few branches
LOCK = 7_311_008


def template_for(url: str) -> str:
    """The name of the migrated database of this state, made now if nobody has made it yet."""
    name = PREFIX + state_of_migrations()
    with psycopg.connect(at(url, "postgres"), autocommit=True) as connection:
        if name in present(connection):
            return name
    with waiting_turn(url) as connection:
        if name not in present(connection):
            make(connection, url=url, name=name)
            remove_old(connection, but=name)
    return name


def state_of_migrations() -> str:
    """A short mark of every migration here and of the packages that bring their own."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.lock").read_bytes())
    for path in sorted(ROOT.glob("silian/*/*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def waiting_turn(url: str) -> Iterator[psycopg.Connection]:
    """A connection to the maintenance database that alone may make templates."""
    with psycopg.connect(at(url, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


def at(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def present(connection: psycopg.Connection) -> list[str]:
    """Whole templates, oldest first."""
    rows = connection.execute("SELECT datname FROM pg_database ORDER BY oid")
    return [name for (name,) in rows if name.startswith(PREFIX) and not name.endswith("_making")]


def make(connection: psycopg.Connection, *, url: str, name: str) -> None:
    """Migrate under a passing name, so that a half-made one is never copied."""
    making = f"{name}_making"
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted(making)))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted(making)))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": at(url, making),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        check=True,
    )
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(rename.format(quoted(making), quoted(name)))


def remove_old(connection: psycopg.Connection, *, but: str) -> None:
    """Keep the newest few."""
    for name in [old for old in present(connection) if old != but][: -KEPT or None]:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(quoted(name)))


def quoted(name: str) -> sql.Identifier:
    return sql.Identifier(name)
