"""``silian restore DIR``: bring back one backup, wholly or not at all."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config import postgres_programs
from config.embedded_postgres import PostgresUnavailable
from config.manifest import BackupRefused, Manifest, read_manifest, verify_parts

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
LOCKS = "SELECT current_setting('max_locks_per_transaction')::int"
CONNECTIONS = """
SELECT current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int
"""
LOCKS_OF_ENTRY = 2  # 8,300 locks were counted for a dump of 4,700 entries
DROPPED_AT_ONCE = 25  # what much refers to takes 2,000 locks alone; a server has some 6,400


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="silian restore", description="从一份备份恢复。")
    parser.add_argument("folder", type=Path, help="一份备份的目录（内有 manifest.json）")
    parser.add_argument("--replace", action="store_true", help="清空现有数据库后恢复")
    return parser.parse_args(arguments)


def restore(*, folder: Path, replace: bool) -> str:
    """Check everything first, then the database in one transaction, then the files."""
    manifest = read_manifest(folder)
    verify_parts(manifest, folder=folder)
    refuse_few_locks(folder)
    make_room(replace=replace)
    postgres_programs.run(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}",
        str(folder / "database.dump"),
        url=os.environ["DATABASE_URL"],
    )
    put_files_back(folder)
    bring_up_to_date()
    return verdict(manifest)


def refuse_few_locks(folder: Path) -> None:
    """Refuse a server that cannot hold the locks of the whole, before anything is touched."""
    listed = postgres_programs.run(
        "pg_restore", "--list", str(folder / "database.dump"), url=os.environ["DATABASE_URL"]
    )
    entries = sum(not line.startswith(";") for line in listed.splitlines())
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        has, connections = number(connection, LOCKS), number(connection, CONNECTIONS)
    reason = reason_few_locks(entries=entries, locks=has, connections=connections)
    if reason:
        raise BackupRefused(reason)


def reason_few_locks(*, entries: int, locks: int, connections: int) -> str:
    """Why a dump of so many entries does not fit, or nothing; the server holds locks × connections.

    >>> reason_few_locks(entries=4700, locks=256, connections=120)
    ''
    """
    wanted = -(-entries * LOCKS_OF_ENTRY // connections)
    if locks >= wanted:
        return ""
    return (
        f"数据库的 max_locks_per_transaction 是 {locks}，一次恢复至少需要 {wanted}。"
        "没有动数据库。请改这项设置、重启数据库后再恢复。"
    )


def make_room(*, replace: bool) -> None:
    """Refuse while somebody works in the database or it holds something not given up.

    Asked on a connection of its own, before Django's pool opens any.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        others = number(connection, OTHERS)
        if others:
            raise BackupRefused(f"还有 {others} 个程序连着数据库。请先停止网页和后台进程，再恢复。")
        tables = number(connection, TABLES)
        if tables and not replace:
            raise BackupRefused(
                f"数据库里已有 {tables} 张表，没有动它。"
                "确认要用备份替换时，先另存一份备份，再加 --replace。"
            )
        if tables:
            clear(connection)


def clear(connection: psycopg.Connection[Any]) -> None:
    """Drop everything, some tables at a time: all at once need more locks than a server has."""
    names = [row[0] for row in connection.execute(NAMES)]
    for start in range(0, len(names), DROPPED_AT_ONCE):
        some = map(sql.Identifier, names[start : start + DROPPED_AT_ONCE])
        connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.SQL(", ").join(some)))
    connection.execute("DROP SCHEMA public CASCADE")
    connection.execute("CREATE SCHEMA public")


def number(connection: psycopg.Connection[Any], query: LiteralString) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def put_files_back(folder: Path) -> None:
    """Copy the files to their place; content already there under its checksum stays."""
    from django.conf import settings

    source, target = folder / "files", Path(settings.MEDIA_ROOT)
    for path in sorted(source.glob("??/??/*")):
        place = target / path.relative_to(source)
        if place.exists() and place.stat().st_size == path.stat().st_size:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = place.with_name(f".{place.name}")
        shutil.copyfile(path, copy)
        copy.replace(place)


def bring_up_to_date() -> None:
    """A backup of an older version gets the migrations it has not seen."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def verdict(manifest: Manifest) -> str:
    """What the restored audit chain says."""
    from silian.foundation.kernel.audit import head_is_on_chain, verify_chain

    chain = verify_chain()
    if not chain.holds or not head_is_on_chain(manifest.audit_head):
        raise BackupRefused("已恢复，但审计链不完整。请运行 silian audit verify 查明断在何处。")
    return f"已恢复 {manifest.made_at} 的备份，审计链 {chain.links} 环全部相符。"


def main(arguments: list[str]) -> int:
    import django

    options = parse(arguments)
    django.setup()
    try:
        print(restore(folder=options.folder, replace=options.replace))
    except (BackupRefused, PostgresUnavailable) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0
