"""PostgreSQL's own client programs, run against the site's database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from config.embedded_postgres import PostgresUnavailable, binaries

SYSTEM_PROGRAMS = Path("/usr/lib/postgresql")


def program(name: str, *, major: int) -> str:
    """The path of ``pg_dump`` or its like: the server's own major version, the embedded, the rest.

    A newer ``pg_restore`` sets parameters that an older server does not know.
    """
    own = SYSTEM_PROGRAMS / str(major) / "bin" / name
    if own.exists():
        return str(own)
    try:
        embedded = binaries() / name
    except PostgresUnavailable:
        embedded = Path(name)
    if embedded.is_absolute() and embedded.exists():
        return str(embedded)
    found = shutil.which(name)
    if found is None:
        raise PostgresUnavailable(f"找不到 {name}。请安装 PostgreSQL 客户端或设置 PG_BIN。")
    return found


def connection_environment(url: str) -> dict[str, str]:
    """The address as libpq's variables, so that no password stands in a process list."""
    parts = urlsplit(url)
    named = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {**os.environ, **{name: value for name, value in named.items() if value}}


def server_major(url: str) -> int:
    """The major version of the server: 150018 → 15."""
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10_000


def run(name: str, *arguments: str, url: str) -> str:
    """What the program printed; its own words explain a failure."""
    done = subprocess.run(
        [program(name, major=server_major(url)), *arguments],
        env=connection_environment(url),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PostgresUnavailable(f"{name} 没有成功：{done.stderr.strip()[-600:]}")
    return done.stdout
