"""Organisations and the names they bore."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import (
    ENDED_STATES,
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
    RenamingState,
    ServiceMode,
)


class Organisation(models.Model):
    """A unit with a unified social credit code (单位).

    Basis: GB 32100-2015 for ``uscc``. Government departments may share a code with their parent
    and then leave it empty.
    """

    kind = models.CharField("类别", max_length=12, choices=OrganisationKind.choices)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    name_pinyin = models.CharField("名称拼音", max_length=600, blank=True, editable=False)
    name_core = models.CharField("名称主干", max_length=120, blank=True, editable=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="所在区划", related_name="+"
    )
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="行业",
        related_name="+",
    )
    size = models.CharField("规模", max_length=8, choices=OrganisationSize.choices, blank=True)
    above_scale = models.BooleanField("规模以上", default=False)
    industry_chain = models.CharField("重点产业链", max_length=40, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    introduction = models.TextField("简介", max_length=2000, blank=True)
    website = models.URLField("网址", blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=OrganisationState.choices,
        default=OrganisationState.REGISTERED,
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="并入",
        related_name="absorbed",
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    verification_due_on = models.DateField("核验期限", null=True, blank=True)
    rejection_reason = models.CharField("未通过原因", max_length=500, blank=True)
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    suspended_at = models.DateTimeField("暂停时间", null=True, blank=True)
    suspension_reason = models.CharField("暂停原因", max_length=500, blank=True)
    ended_on = models.DateField("注销或并入日", null=True, blank=True)
    ending_reason = models.CharField("注销或并入依据", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrganisationState.values), name="organisation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state=OrganisationState.MERGED),
                name="organisation_merged_has_heir",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrganisationState.MERGED) | Q(merged_into__isnull=False),
                name="organisation_merged_names_heir",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="organisation_not_its_own_heir"
            ),
            models.CheckConstraint(
                condition=~Q(state=OrganisationState.REJECTED) | ~Q(rejection_reason=""),
                name="organisation_rejected_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrganisationState.SUSPENDED) | ~Q(suspension_reason=""),
                name="organisation_suspended_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "division"], name="organisation_by_kind"),
            models.Index(fields=["state"], name="organisation_by_state"),
            models.Index(fields=["name_core"], name="organisation_by_core"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.pk])

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED_STATES

    @property
    def is_verified(self) -> bool:
        return self.state == OrganisationState.VERIFIED

    @property
    def display_name(self) -> str:
        return self.short_name or self.name


class OrganisationName(models.Model):
    """A name borne for a half-open period (名称沿革); the open one is the present name."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=120)
    starts_on = models.DateField("启用日")
    ends_on = models.DateField("停用日（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "名称沿革"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ends_on__isnull=True),
                name="organisation_one_present_name",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="organisation_name_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Renaming(models.Model):
    """A change of name that waits for verification (更名核验). Basis: 变更登记通知书等证明."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="renamings"
    )
    new_name = models.CharField("新名称", max_length=120)
    changed_on = models.DateField("变更登记日")
    state = models.CharField(
        "状态", max_length=10, choices=RenamingState.choices, default=RenamingState.PENDING
    )
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间", auto_now_add=True)
    due_on = models.DateField("核验期限")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("核验时间", null=True)
    refusal_reason = models.CharField("未通过原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "更名申请"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=RenamingState.PENDING),
                name="renaming_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RenamingState.values), name="renaming_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RenamingState.REFUSED) | ~Q(refusal_reason=""),
                name="renaming_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.new_name}"


class ServiceProfile(models.Model):
    """What a service organisation offers (服务组织名片). Basis: 产教融合服务组织培育, S56."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="service_profile"
    )
    mode = models.CharField("培育方式", max_length=10, choices=ServiceMode.choices)
    services = ArrayField(models.CharField(max_length=40), verbose_name="服务项目")
    qualification = models.CharField("资质", max_length=300, blank=True)
    price = models.CharField("收费方式与标准", max_length=300, blank=True)
    clients = models.TextField("服务过的单位", max_length=1000, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "服务组织名片"

    def __str__(self) -> str:
        return f"{self.organisation} 的服务名片"
