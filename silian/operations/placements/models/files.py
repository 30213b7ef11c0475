"""The file of an internship: report, credit, certificate, and what the school demands of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.learning import (
    CertificateState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.tones import tone_of
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class PracticeSettings(models.Model):
    """What one school demands where no rule gives a number (学校实习管理设置). Empty is 未设定."""

    school = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="practice_settings"
    )
    pass_mark = models.PositiveSmallIntegerField("安全测试合格分", null=True, blank=True)
    least_file_percent = models.PositiveSmallIntegerField(
        "授予学分的档案完整度（%）", null=True, blank=True
    )
    attendance_cap = models.PositiveSmallIntegerField("出勤权重上限（%）", null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "学校实习管理设置"
        constraints = [
            models.CheckConstraint(
                condition=(Q(pass_mark__isnull=True) | Q(pass_mark__gte=1, pass_mark__lte=100))
                & (Q(least_file_percent__isnull=True) | Q(least_file_percent__lte=100))
                & (Q(attendance_cap__isnull=True) | Q(attendance_cap__lte=100)),
                name="practice_settings_of_hundred",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}实习管理设置"


class InternshipReport(models.Model):
    """The student's own report and summary at the end (实习报告与总结)."""

    internship = models.OneToOneField(
        Internship, on_delete=models.CASCADE, related_name="report", verbose_name="实习"
    )
    title = models.CharField("报告题目", max_length=120)
    summary = models.TextField("实习总结", max_length=5000)
    submitted_at = models.DateTimeField("提交时间")
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("教师通过时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "实习报告"

    def __str__(self) -> str:
        return self.title


class CreditGrant(models.Model):
    """The credits of one internship, with the file as it stood that day (学分认定).

    Basis: 教职成〔2016〕3号第三十条: the file comes before the credit.
    """

    internship = models.OneToOneField(
        Internship, on_delete=models.PROTECT, related_name="credit_grant", verbose_name="实习"
    )
    credits = models.DecimalField("学分", max_digits=4, decimal_places=1)
    score = models.DecimalField("总评", max_digits=4, decimal_places=1)
    file_percent = models.PositiveSmallIntegerField("档案完整度（%）")
    required_percent = models.PositiveSmallIntegerField("要求（%）", null=True)
    missing = models.JSONField("当时缺少", default=list, blank=True)
    exception_reason = models.CharField("未达要求仍认定的理由", max_length=300, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField("认定日")

    class Meta:
        verbose_name = "学分认定"
        constraints = [
            models.CheckConstraint(
                condition=Q(file_percent__lte=100), name="credit_file_percent_of_hundred"
            ),
            models.CheckConstraint(
                condition=Q(required_percent__isnull=True)
                | Q(file_percent__gte=models.F("required_percent"))
                | ~Q(exception_reason=""),
                name="credit_of_incomplete_file_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship} {self.credits} 学分"


class InternshipCertificate(models.Model):
    """A certificate of practice that anybody can check by its code (实习证明)."""

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="certificates", verbose_name="实习"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("核验码", max_length=32, unique=True)
    state = models.CharField(
        "状态", max_length=8, choices=CertificateState.choices, default=CertificateState.VALID
    )
    snapshot = models.JSONField("出具时的内容")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField("出具日")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoke_reason = models.CharField("撤销原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "实习证明"
        constraints = [
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(state=CertificateState.VALID),
                name="certificate_valid_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=CertificateState.REVOKED)
                | Q(revoked_at__isnull=False) & ~Q(revoke_reason=""),
                name="certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        return tone_of(self.state)
