"""The kernel's pages in the frame: the kernel lies below this module and cannot plug in itself."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import AuditFilter
from silian.foundation.kernel.dead_letters import count_of_dead_letters
from silian.foundation.kernel.jobs import count_of_running_jobs
from silian.foundation.kernel.permissions import (
    audit_entries_visible_to,
    may_read_audit,
    may_run_platform,
)
from silian.foundation.ui import sockets

PLATFORM = "系统管理"
OWN = "单位"


def is_signed_in(actor: Actor) -> bool:
    return actor.is_authenticated


def running_jobs(actor: Actor) -> int:
    return count_of_running_jobs(actor=actor)


def failed_jobs(actor: Actor) -> int:
    return count_of_dead_letters()


def platform_figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How the machinery stands, for the system administrator; what was recorded, for audit."""
    found = []
    if may_run_platform(actor):
        found.append(
            sockets.Figure(
                label="失败任务",
                value=f"{count_of_dead_letters():,}",
                unit="项",
                note="重试后仍未成功，需人工处理",
                url=reverse("kernel:dead_letter_list"),
                source="后台任务队列",
            )
        )
    if may_read_audit(actor):
        found += audit_figures(actor, today=timezone.localdate(now))
    return found


def audit_figures(actor: Actor, *, today: datetime.date) -> list[sockets.Figure]:
    """The acts of today and of the last seven days (审计记录)."""
    url = reverse("kernel:audit_list")
    counted = []
    for label, days in (("今日审计记录", 1), ("近 7 天审计记录", 7)):
        chosen = AuditFilter(since=today - datetime.timedelta(days=days - 1))
        count = chosen.apply(audit_entries_visible_to(actor)).count()
        counted.append(
            sockets.Figure(
                label=label,
                value=f"{count:,}",
                unit="条",
                note="可按人、动作、对象查",
                url=f"{url}?{urlencode(chosen.as_arguments())}",
                source="审计记录",
            )
        )
    return counted


sockets.figures.plug(platform_figures, order=60)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=OWN,
        label="后台任务",
        url_name="kernel:job_list",
        icon="hourglass-split",
        visible=is_signed_in,
        count=running_jobs,
    ),
    order=260,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=PLATFORM,
        label="失败任务",
        url_name="kernel:dead_letter_list",
        icon="exclamation-octagon",
        visible=may_run_platform,
        count=failed_jobs,
    ),
    order=910,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=PLATFORM,
        label="工作日历",
        url_name="kernel:working_days",
        icon="calendar3",
        visible=may_run_platform,
    ),
    order=920,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=PLATFORM,
        label="审计记录",
        url_name="kernel:audit_list",
        icon="journal-check",
        visible=may_read_audit,
    ),
    order=930,
)
