"""The kernel's pages in the frame: the kernel lies below this module and cannot plug in itself."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.dead_letters import count_of_dead_letters
from silian.foundation.kernel.jobs import count_of_running_jobs
from silian.foundation.kernel.permissions import may_read_audit, may_run_platform
from silian.foundation.ui import sockets

PLATFORM = "系统管理"
OWN = "单位"


def is_signed_in(actor: Actor) -> bool:
    return actor.is_authenticated


def running_jobs(actor: Actor) -> int:
    return count_of_running_jobs(actor=actor)


def failed_jobs(actor: Actor) -> int:
    return count_of_dead_letters()


sockets.navigation.plug(
    sockets.NavigationItem(
        section=OWN,
        label="我的任务",
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
