"""One migrated database, made once for each state of the migrations and copied by every worker.

Migrating takes the better part of a minute of processor time, copying a second. ``./test`` begins
it with ``python -m tests.migrated_template`` while the guards run.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config.embedded_postgres import binaries

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "silian_migrated_"
KEPT = 4  # the states of a few branches
LOCK = 7_311_008


def template_for(url: str) -> str:
    """The name of the migrated database of this state, made now if nobody has made it yet."""
    files = migrations()
    name = PREFIX + state_of(files)
    with psycopg.connect(at(url, "postgres"), autocommit=True) as connection:
        if name in present(connection):
            return name
    with waiting_turn(url) as connection:
        if name not in present(connection):
            make(connection, url=url, name=name, files=files)
            remove_old(connection, but=name)
    return name


def fill_migrated(target: str) -> None:
    """Give an empty database of another server the migrated tables, in seconds."""
    url = os.environ["DATABASE_URL"]
    template = template_for(url)
    copy = f"{PREFIX}copy_{os.getpid()}"  # nobody may be inside a template while it is copied
    with psycopg.connect(at(url, "postgres"), autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(quoted(copy), quoted(template)))
        try:
            dump = subprocess.run(
                [binaries() / "pg_dump", "--no-owner", "--no-privileges", at(url, copy)],
                capture_output=True,
                check=True,
            )
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted(copy)))
    subprocess.run(
        [binaries() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", target],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def migrations() -> dict[str, str]:
    """Every migration here, and the packages that bring their own, with a mark of its content."""
    files = [ROOT / "requirements" / "base.lock", *ROOT.glob("silian/*/*/migrations/*.py")]
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(files)
    }


def state_of(files: dict[str, str]) -> str:
    """A short mark of a state of the migrations."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


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
    return [
        name for (name,) in rows if name.startswith(PREFIX) and "_" not in name.removeprefix(PREFIX)
    ]


def make(connection: psycopg.Connection, *, url: str, name: str, files: dict[str, str]) -> None:
    """Migrate under a passing name, so that a half-made one is never copied."""
    making = f"{name}_making"
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted(making)))
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            quoted(making), quoted(earlier_state(connection, files=files))
        )
    )
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
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(comment.format(quoted(name), json.dumps(files)))


def earlier_state(connection: psycopg.Connection, *, files: dict[str, str]) -> str:
    """The newest template that only lacks migrations, so that just those run; else an empty one."""
    held = connection.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database ORDER BY oid DESC"
    )
    comments = {name: comment for name, comment in held if comment}
    whole = present(connection)
    for name, comment in comments.items():
        if name in whole and json.loads(comment).items() <= files.items():
            return name
    return "template0"


def remove_old(connection: psycopg.Connection, *, but: str) -> None:
    """Keep the newest few."""
    for name in [old for old in present(connection) if old != but][: -KEPT or None]:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(quoted(name)))


def quoted(name: str) -> sql.Identifier:
    return sql.Identifier(name)


if __name__ == "__main__":
    template_for(os.environ["DATABASE_URL"])
