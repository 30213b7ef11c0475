"""Tables of the kernel: the audit trail and its hash chain."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One act, kept for ever (审计记录). The database refuses to change or delete it.

    Basis: 《网络安全法》第二十一条（三）: logs are kept for at least six months.
    """

    happened_at = models.DateTimeField("时间", auto_now_add=True)
    actor_id = models.BigIntegerField("用户编号", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    organisation_id = models.BigIntegerField("单位编号", null=True)
    organisation_name = models.CharField("单位", max_length=120, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=80)
    object_type = models.CharField("对象类型", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    division = models.CharField("行政区划", max_length=6, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-happened_at"], name="audit_by_actor"),
            models.Index(fields=["-happened_at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.object_label}"


class AuditLink(models.Model):
    """The place of an entry in the hash chain (审计链), written by the database at commit."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    sequence = models.BigIntegerField("序号", unique=True)
    previous_hash = models.CharField("前一散列", max_length=64)
    hash = models.CharField("散列", max_length=64)

    class Meta:
        verbose_name = "审计链"

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
