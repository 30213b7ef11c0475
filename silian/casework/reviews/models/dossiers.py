"""Dossiers: what an applicant says, every sent version of it, and who acts on it."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.reviews.choices.dossiers import (
    ENDED_DOSSIER_STATES,
    DossierState,
    OpinionState,
    SeatRole,
)
from silian.casework.reviews.choices.schemes import Silence
from silian.casework.reviews.models.campaigns import Campaign
from silian.foundation.kernel.models import StoredFile
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

TONES = {
    "draft": "open",
    "fixing": "watch",
    "objected": "watch",
    "recognised": "ok",
    "rejected": "late",
    "withdrawn": "unset",
}


class Dossier(models.Model):
    """One application in a batch (申报材料).

    ``applicant`` files it; the subject is the applicant itself, a person of it, or a matter such as
    a base or a project, then named by ``subject_name`` and, when the platform knows it, by
    ``source`` and ``source_id``. ``size`` and ``division`` are the applicant's at submission.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="dossiers")
    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="申报单位"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_name = models.CharField("认定对象", max_length=200)
    source = models.CharField("关联事项", max_length=60, blank=True)
    source_id = models.BigIntegerField("关联编号", null=True, blank=True)
    number = models.CharField("申报编号", max_length=40, unique=True, null=True, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    size = models.CharField("单位规模", max_length=8, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=DossierState.choices, default=DossierState.DRAFT
    )
    level = models.PositiveSmallIntegerField("当前层级", default=0)
    answers = models.JSONField("填报内容", default=dict, blank=True)
    due_on = models.DateField("本环节期限", null=True, blank=True)
    state_since = models.DateTimeField("进入本环节时间")
    submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    points = models.DecimalField("总分", max_digits=7, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    end_reason = models.CharField("未通过或撤回原因", max_length=1000, blank=True)
    ended_stage = models.CharField("止于环节", max_length=10, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "认定申报"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "applicant", "subject_name"],
                condition=~Q(state=DossierState.WITHDRAWN),
                name="dossier_once_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DossierState.values), name="dossier_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DossierState.REJECTED) | ~Q(end_reason=""),
                name="dossier_rejected_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DossierState.DRAFT, DossierState.WITHDRAWN])
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="dossier_submitted_has_number",
            ),
            models.CheckConstraint(
                condition=Q(source="", source_id__isnull=True)
                | (~Q(source="") & Q(source_id__isnull=False)),
                name="dossier_source_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "state"], name="dossier_by_campaign"),
            models.Index(fields=["applicant"], name="dossier_by_applicant"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '未提交'} {self.subject_name}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:dossier_detail", args=[self.pk])

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED_DOSSIER_STATES

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(self.state, "info")


class DossierVersion(models.Model):
    """What was sent (提交版本): answers and files with their digest; never changes (trigger)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    answers = models.JSONField("填报内容")
    files = models.JSONField("附件清单", default=list)
    sha256 = models.CharField("校验值", max_length=64)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "提交版本"
        ordering = ["dossier", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_version_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="dossier_version_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} 第 {self.number} 次提交"


class Evidence(models.Model):
    """A file that supports one answer or criterion (佐证材料)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField("对应申报项", max_length=40)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "佐证材料"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.field}"


class DossierSeat(models.Model):
    """In which capacity a person acts on a dossier (席位); nobody holds two on one file.

    Basis: 回避 and 职责分离: the constraint holds whatever a command forgets.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("席位", max_length=12, choices=SeatRole.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField("取得时间")

    class Meta:
        verbose_name = "评审席位"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "user"], name="seat_one_a_person"),
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="seat_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_role_display()}"


class MaterialFix(models.Model):
    """What is missing or wrong, said once and in full (补正通知).

    Basis: 《行政许可法》第三十二条（四）: 一次告知需要补正的全部内容.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="material_fix")
    items = models.JSONField("补正事项", default=list)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("通知时间")
    due_on = models.DateField("补正期限", null=True, blank=True)
    answered_at = models.DateTimeField("补正时间", null=True, blank=True)
    end_reason = models.CharField("停止等待的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "补正通知"

    def __str__(self) -> str:
        return f"{self.dossier_id} {len(self.items)} 项"


class Opinion(models.Model):
    """One department's opinion on a dossier at a level, with its clock (部门意见)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions")
    level = models.CharField("层级", max_length=30)
    department = models.CharField("职能", max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    state = models.CharField(
        "状态", max_length=10, choices=OpinionState.choices, default=OpinionState.ASKED
    )
    silence = models.CharField("逾期效力", max_length=12, choices=Silence.choices)
    text = models.TextField("意见", max_length=2000, blank=True)
    asked_at = models.DateTimeField("征求时间")
    due_on = models.DateField("答复期限", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "部门意见"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "level", "department"],
                name="department_opinion_once_a_department",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OpinionState.values), name="department_opinion_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OpinionState.DISAGREED, OpinionState.ENDED]) | ~Q(text=""),
                name="department_opinion_against_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=OpinionState.ASKED, answered_at__isnull=True)
                | (~Q(state=OpinionState.ASKED) & Q(answered_at__isnull=False)),
                name="department_opinion_answered_at_some_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="opinions_of_a_department")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.organisation_id}"

    def is_late(self, *, on: datetime.date) -> bool:
        """Whether the day is over; without a limit nobody is late (未设定)."""
        return self.state == OpinionState.ASKED and self.due_on is not None and on > self.due_on


class CriterionResult(models.Model):
    """How one criterion came out, with the value as it stood (指标结果).

    ``value`` keeps what was read and where from, frozen; ``points`` is None for a condition.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="results")
    criterion = models.CharField("指标", max_length=40)
    source = models.CharField("数据来源", max_length=10)
    value = models.JSONField("取值", default=dict)
    met = models.BooleanField("满足", null=True, blank=True)
    points = models.DecimalField("得分", max_digits=7, decimal_places=2, null=True, blank=True)
    warnings = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    sentence = models.CharField("说明", max_length=500, blank=True)
    judged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField("评定时间")

    class Meta:
        verbose_name = "指标结果"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "criterion"], name="criterion_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.criterion}"
