"""The database: version, durability, structure, rights, the audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone

from config.examination import Finding
from silian.foundation.kernel.audit import verify_chain
from silian.foundation.kernel.health import database_finding, migrations_finding

OLDEST_VERSION = 15
MOST_SECONDS_APART = 2.0
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")


def examine() -> Iterator[Finding]:
    reachable = database_finding()
    yield Finding(
        title="数据库",
        ok=reachable.ok,
        detail=reachable.detail,
        cure="检查 DATABASE_URL 和数据库服务是否在运行。",
    )
    if not reachable.ok:
        return
    yield version()
    yield durability()
    yield structure()
    yield rights()
    yield clock()
    yield audit_chain()


def asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        (value,) = cursor.fetchone()
    return str(value)


def version() -> Finding:
    number = int(asked("SHOW server_version_num"))
    return Finding(
        title="数据库版本",
        ok=number >= OLDEST_VERSION * 10_000,
        detail=f"PostgreSQL {number // 10_000}.{number % 10_000}",
        cure=f"升级到 PostgreSQL {OLDEST_VERSION} 或更高版本。",
    )


def durability() -> Finding:
    off = [name for name in MUST_BE_ON if asked(f"SHOW {name}") == "off"]
    return Finding(
        title="断电不丢数据",
        ok=not off,
        detail="已提交的数据都在磁盘上" if not off else "关闭了 " + "、".join(off),
        cure="在 postgresql.conf 中改为 on 并重启数据库。",
    )


def structure() -> Finding:
    found = migrations_finding()
    return Finding(
        title="数据库结构", ok=found.ok, detail=found.detail, cure="运行 silian migrate。"
    )


def rights() -> Finding:
    superuser = asked("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "True"
    return Finding(
        title="数据库账号",
        ok=not superuser,
        detail="超级用户，可以绕过审计保护" if superuser else "普通账号",
        cure="为本站单建普通账号（deploy/postgres/roles.sql），超级用户只用于维护。",
    )


def clock() -> Finding:
    there = datetime.fromisoformat(asked("SELECT clock_timestamp()"))
    apart = abs((timezone.now() - there).total_seconds())
    return Finding(
        title="时钟",
        ok=apart <= MOST_SECONDS_APART,
        detail=f"与数据库相差 {apart:.1f} 秒",
        cure="在各台机器上启用时间同步（chrony 或 systemd-timesyncd）。",
    )


def audit_chain() -> Finding:
    verdict = verify_chain()
    return Finding(
        title="审计链",
        ok=verdict.holds,
        detail=f"{verdict.links} 环全部相符"
        if verdict.holds
        else f"第 {verdict.broken_at} 环断开，{verdict.unlinked} 条不在链上",
        cure="运行 silian audit verify，停止写入并用备份比对。",
    )
