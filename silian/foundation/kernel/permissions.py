"""Who may see and do what in the kernel's pages."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import AuditEntry, Job, StoredFile

SYSTEM_ADMIN = "system_admin"
AUDIT_ADMIN = "audit_admin"


def may_run_platform(actor: Actor) -> bool:
    """Whether the actor looks after the machinery: queue, calendar, all jobs (系统管理员)."""
    return actor.has_role(SYSTEM_ADMIN)


def may_read_audit(actor: Actor) -> bool:
    """Whether the actor reads the audit trail (审计管理员).

    Basis: GB/T 22239-2019 8.1.4 访问控制: 系统管理、安全管理、审计管理分设.
    """
    return actor.has_role(AUDIT_ADMIN)


def require_platform(actor: Actor) -> None:
    if not may_run_platform(actor):
        raise NotAllowed("只有系统管理员可以办理。请联系本平台的系统管理员。")


def require_audit(actor: Actor) -> None:
    if not may_read_audit(actor):
        raise NotAllowed("只有审计管理员可以查阅审计记录。请联系本平台的审计管理员。")


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """The jobs the actor started; a system administrator sees all."""
    if may_run_platform(actor):
        return Job.objects.all()
    if actor.user_id is None:
        return Job.objects.none()
    return Job.objects.filter(actor_id=actor.user_id)


def audit_entries_visible_to(actor: Actor) -> QuerySet[AuditEntry]:
    """The trail of the actor's region; the whole trail for the audit of the whole site."""
    if not may_read_audit(actor):
        return AuditEntry.objects.none()
    if actor.jurisdiction in ("", settings.SITE_JURISDICTION):
        return AuditEntry.objects.all()
    prefix = subtree_prefix(actor.jurisdiction)
    return AuditEntry.objects.filter(Q(division__startswith=prefix) | Q(actor_id=actor.user_id))


def may_read_job_result(actor: Actor, file: StoredFile) -> bool:
    """A result is for the one who started the job; an administrator sees only that it exists."""
    if actor.user_id is None:
        return False
    return Job.objects.filter(pk=file.object_id, actor_id=actor.user_id).exists()


register_file_readers("kernel.job", may_read_job_result)
register_action_labels(
    {
        "kernel.job.started": "提交后台任务",
        "kernel.job.cancelled": "取消后台任务",
        "kernel.file.stored": "保存文件",
        "kernel.file.removed": "删除文件",
        "kernel.dead_letter.retried": "重试失败的队列任务",
        "kernel.dead_letter.discarded": "放弃失败的队列任务",
        "kernel.working_day.set": "调整工作日",
        "kernel.working_day.unset": "恢复默认工作日",
        "kernel.audit.exported": "导出审计记录",
    }
)
