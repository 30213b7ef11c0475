"""Preferential policies: what is given to whom, on which conditions, by which clause."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import (
    Audience,
    BenefitKind,
    BenefitState,
    ConditionFact,
    PublicityChannel,
)
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.parameters import Parameter

TONES = {
    BenefitState.DRAFT: "open",
    BenefitState.SUBMITTED: "watch",
    BenefitState.REVIEWED: "info",
    BenefitState.PUBLISHED: "ok",
    BenefitState.ENDED: "unset",
}


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def public(self) -> BenefitQuerySet:
        """Benefits that have been published, also when ended since."""
        return self.filter(state__in=[BenefitState.PUBLISHED, BenefitState.ENDED])

    def in_force(self, *, on: datetime.date) -> BenefitQuerySet:
        """Published benefits whose half-open period holds the day."""
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        return self.filter(lasting, valid_from__lte=on, state=BenefitState.PUBLISHED)


class Benefit(models.Model):
    """What a clause lets somebody have (优惠政策).

    ``basis`` names a document that is not in the library, such as a national tax law; a benefit
    has a clause or a basis before it is published. No amount is computed from it.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="适用地区", related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="登记单位", related_name="+"
    )
    state = models.CharField(
        "状态", max_length=10, choices=BenefitState.choices, default=BenefitState.DRAFT
    )
    kind = models.CharField("类别", max_length=12, choices=BenefitKind.choices)
    title = models.CharField("名称", max_length=80)
    audiences = ArrayField(
        models.CharField(max_length=12, choices=Audience.choices), verbose_name="适用对象"
    )
    given = models.CharField("给什么", max_length=300)
    parameter = models.ForeignKey(
        Parameter, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    authority = models.CharField("办理单位", max_length=80)
    authority_body = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    basis = models.CharField("其他依据", max_length=120, blank=True)
    contact = models.CharField("办理地点和电话", max_length=120, blank=True)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止（不含）", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.CharField("退回理由", max_length=300, blank=True)
    end_reason = models.CharField("停止理由", max_length=300, blank=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = "优惠政策"
        ordering = ["division", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BenefitState.values), name="benefit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="benefit_period_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BenefitState.PUBLISHED, BenefitState.ENDED])
                | (Q(published_at__isnull=False) & (Q(clause__isnull=False) | ~Q(basis=""))),
                name="benefit_published_has_basis",
            ),
            models.CheckConstraint(
                condition=~Q(state=BenefitState.ENDED) | ~Q(end_reason=""),
                name="benefit_ended_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "division"], name="benefit_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:benefit_detail", kwargs={"benefit_id": self.pk})

    @property
    def tone(self) -> str:
        """The tone of the state badge."""
        return TONES[BenefitState(self.state)]

    @property
    def audience_words(self) -> str:
        return "、".join(str(Audience(value).label) for value in self.audiences)


class BenefitCondition(models.Model):
    """One condition (享受条件); ``values`` are what the fact may be, empty for a statement."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="conditions")
    order = models.PositiveSmallIntegerField("次序")
    fact = models.CharField("依据的事实", max_length=12, choices=ConditionFact.choices)
    values = ArrayField(
        models.CharField(max_length=40), verbose_name="应为", default=list, blank=True
    )
    text = models.CharField("条件", max_length=200)
    cure = models.CharField("不符合时怎么办", max_length=200, blank=True)
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "享受条件"
        ordering = ["benefit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "order"], name="benefit_condition_once"),
        ]

    def __str__(self) -> str:
        return self.text


class BenefitMaterial(models.Model):
    """A paper that the applicant hands in (申报材料)."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="materials")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("材料", max_length=120)

    class Meta:
        verbose_name = "申报材料"
        ordering = ["benefit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "order"], name="benefit_material_once"),
        ]

    def __str__(self) -> str:
        return self.name


class BenefitStep(models.Model):
    """A step of the guide: who does what, within how many working days (办理步骤)."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("次序")
    actor = models.CharField("谁办", max_length=80)
    text = models.CharField("做什么", max_length=200)
    working_days = models.PositiveSmallIntegerField("工作日", null=True, blank=True)

    class Meta:
        verbose_name = "办理步骤"
        ordering = ["benefit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "order"], name="benefit_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}：{self.text}"


class BenefitListEdition(models.Model):
    """The list as it stood when it was made public (优惠政策清单); never changed afterwards."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("期次")
    entries = models.JSONField("清单")
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = "优惠政策清单"
        ordering = ["division", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="benefit_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division} 第 {self.number} 期"


class PublicityRecord(models.Model):
    """That a benefit, or the whole list, was made known to somebody (宣传记录)."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    benefit = models.ForeignKey(
        Benefit, on_delete=models.PROTECT, null=True, blank=True, related_name="publicity"
    )
    held_on = models.DateField("日期")
    channel = models.CharField("渠道", max_length=10, choices=PublicityChannel.choices)
    reach = models.PositiveIntegerField("覆盖人数或家次")
    title = models.CharField("内容", max_length=120)
    url = models.URLField("网址", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "宣传记录"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title
