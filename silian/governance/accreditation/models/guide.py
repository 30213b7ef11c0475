"""The guide: matters that can be applied for, in published versions, with their steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.accreditation.choices.guide import MatterState, VersionState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

MATTER_TONES = {
    MatterState.DRAFT: "open",
    MatterState.PUBLISHED: "ok",
    MatterState.WITHDRAWN: "unset",
}


class GuideMatter(models.Model):
    """Something an authority decides on application (办事事项)."""

    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="实施机关", related_name="+"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    title = models.CharField("事项名称", max_length=80)
    state = models.CharField(
        "状态", max_length=10, choices=MatterState.choices, default=MatterState.DRAFT
    )
    withdraw_reason = models.CharField("停办理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "办事事项"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "title"], name="matter_once_an_authority"),
            models.CheckConstraint(
                condition=~Q(state=MatterState.WITHDRAWN) | ~Q(withdraw_reason=""),
                name="matter_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("accreditation:matter_detail", kwargs={"matter_id": self.pk})

    @property
    def tone(self) -> str:
        return MATTER_TONES[MatterState(self.state)]


class MatterVersion(models.Model):
    """One text of a matter's guide (办事指南版本); a published one never changes."""

    matter = models.ForeignKey(GuideMatter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    state = models.CharField(
        "状态", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    applicants = models.TextField("谁可以申请", max_length=500)
    conditions = models.TextField("申请条件", max_length=2000, blank=True)
    documents = models.TextField("申请材料", max_length=2000, blank=True)
    fee = models.DecimalField("收费", max_digits=10, decimal_places=2, default=0)
    fee_basis = models.CharField("收费依据", max_length=160, blank=True)
    legal_basis = models.TextField("法律依据", max_length=1000, blank=True)
    change = models.CharField("本版变化", max_length=300, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "办事指南版本"
        ordering = ["matter", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matter_version_number_once"),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state=VersionState.PUBLISHED),
                name="matter_version_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state=VersionState.DRAFT),
                name="matter_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(published_at__isnull=False),
                name="matter_version_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(fee=0) | ~Q(fee_basis=""), name="matter_version_fee_has_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} 第 {self.number} 版"

    @property
    def division_id(self) -> str:
        return self.matter.division_id


class MatterStep(models.Model):
    """One step of a guide with its limit in working days (办理环节)."""

    version = models.ForeignKey(MatterVersion, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("环节", max_length=60)
    working_days = models.PositiveSmallIntegerField("时限（工作日）")
    basis = models.CharField("时限依据", max_length=160, blank=True)

    class Meta:
        verbose_name = "办理环节"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="matter_step_order_once"),
        ]

    def __str__(self) -> str:
        return self.title
