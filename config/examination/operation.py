"""Operation: worker, queue, disk, backups, static files, calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.backup import LAST
from config.examination import Finding
from silian.foundation.kernel.dead_letters import count_of_dead_letters
from silian.foundation.kernel.health import disk_finding, queue_finding, worker_is_alive
from silian.foundation.kernel.search.state import search_state
from silian.foundation.kernel.site_calendar import overrides_of
from silian.foundation.kernel.working_days import knows

FEED_LATE_AFTER = timedelta(minutes=5)  # what waits is tried again every minute
BACKUP_LATE_AFTER = timedelta(hours=26)  # a nightly backup with two hours to run


def examine() -> Iterator[Finding]:
    yield worker()
    yield queue()
    yield dead_letters()
    yield disk()
    yield backup()
    yield static_files()
    yield calendar()
    yield search()


def worker() -> Finding:
    alive = worker_is_alive(now=timezone.now())
    return Finding(
        title="后台进程",
        ok=alive,
        detail="在线" if alive else "没有应答",
        cure="启动 silian worker（systemd：systemctl start silian-worker）。",
    )


def queue() -> Finding:
    found = queue_finding(now=timezone.now())
    return Finding(
        title="任务队列",
        ok=found.ok,
        detail=found.detail,
        cure="检查后台进程；负载长期偏高时增加 silian-worker 的并发。",
    )


def dead_letters() -> Finding:
    count = count_of_dead_letters()
    return Finding(
        title="失败的任务",
        ok=not count,
        detail=f"{count} 条待决定",
        cure="由系统管理员在“失败任务”页逐条重试或放弃。",
    )


def disk() -> Finding:
    found = disk_finding()
    return Finding(
        title="磁盘", ok=found.ok, detail=found.detail, cure="清理或扩充数据目录所在的磁盘。"
    )


def backup() -> Finding:
    made_at = last_backup_at()
    age = timezone.now() - made_at if made_at else None
    ok = age is not None and age <= BACKUP_LATE_AFTER
    detail = "没有做过备份"
    if age is not None:
        detail = f"最近一份在 {int(age.total_seconds() // 3600)} 小时前"
    return Finding(
        title="备份",
        ok=ok,
        detail=detail,
        cure="启用 deploy/systemd/silian-backup.timer，或每天运行 silian backup 目录。",
    )


def last_backup_at() -> datetime | None:
    try:
        facts = json.loads((Path(settings.DATA_FOLDER) / LAST).read_text(encoding="utf-8"))
        return datetime.fromisoformat(facts["made_at"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def static_files() -> Finding:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return Finding(
        title="静态文件",
        ok=manifest.exists(),
        detail="已收集" if manifest.exists() else "没有收集，页面会没有样式",
        cure="运行 silian collectstatic --noinput。",
    )


def calendar() -> Finding:
    year = timezone.localdate().year
    ok = knows(year) or overrides_of(year).exists()
    return Finding(
        title="工作日历",
        ok=ok,
        detail=f"{year} 年放假安排{'已载入' if ok else '没有载入'}",
        cure="升级程序，或在“工作日历”页按放假通知逐日登记。",
    )


def search() -> Finding:
    state = search_state()
    late = state.oldest is not None and timezone.now() - state.oldest > FEED_LATE_AFTER
    detail = "由数据库作答"
    if state.servers:
        detail = f"检索集群 {state.servers} 个节点在线，{state.waiting} 条变更待送"
    if state.silent:
        detail = f"{'、'.join(state.silent)} 没有应答，{state.waiting} 条变更待送"
    if state.astray:
        detail += f"，与数据库相差 {state.astray:,} 条"
    return Finding(
        title="检索服务",
        ok=not (state.silent or late or state.astray),
        detail=detail,
        cure="相差时运行 silian search rebuild。节点没有应答时启动它，待送的变更会自动补送；"
        "仍不减少时查看后台进程和失败的任务。",
    )
