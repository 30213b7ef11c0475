"""Guidance committees: mandate, members, plans of the industry body, meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry
from silian.operations.alliances.choices.committees import (
    CommitteeKind,
    CommitteeRole,
    MandateKind,
)
from silian.registers.organisations.models import Organisation


class Committee(models.Model):
    """A standing committee that guides schools and cooperation (指导委员会).

    ``host`` is the department or industry body whose committee it is.
    """

    kind = models.CharField("类别", max_length=20, choices=CommitteeKind.choices)
    name = models.CharField("名称", max_length=120)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    host = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="主持单位",
        related_name="hosted_committees",
    )
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="面向行业",
        related_name="+",
    )
    mandate_kind = models.CharField("职责来源", max_length=12, choices=MandateKind.choices)
    mandate = models.TextField("承担的职责", max_length=2000)
    mandate_document = models.CharField("授权文件", max_length=120)
    founded_on = models.DateField("成立日")
    term_ends_on = models.DateField("本届届满日")
    ended_on = models.DateField("撤销日", null=True, blank=True)
    reason = models.CharField("撤销理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "指导委员会"
        ordering = ["division", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_ends_on__gt=F("founded_on")), name="committee_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | (Q(ended_on__gte=F("founded_on")) & ~Q(reason="")),
                name="committee_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(mandate="") & ~Q(mandate_document=""), name="committee_has_mandate"
            ),
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(ended_on__isnull=True),
                name="committee_name_once",
            ),
        ]
        indexes = [models.Index(fields=["division", "kind"], name="committee_of_division")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:committee_detail", kwargs={"committee_id": self.pk})

    @property
    def public_url(self) -> str:
        return reverse("alliances:committee_public", kwargs={"committee_id": self.pk})


class CommitteeMember(models.Model):
    """A person who sits in a committee for a term (委员)."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    role = models.CharField("职务", max_length=12, choices=CommitteeRole.choices)
    name = models.CharField("姓名", max_length=40)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="所在单位",
        related_name="+",
    )
    unit_name = models.CharField("单位名称", max_length=120, blank=True)
    position = models.CharField("单位职务", max_length=80, blank=True)
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止（不含）")
    left_on = models.DateField("离任日", null=True, blank=True)

    class Meta:
        verbose_name = "委员"
        ordering = ["committee", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="committee_member_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("starts_on")),
                name="committee_member_left_after_start",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(unit_name=""),
                name="committee_member_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"

    @property
    def division_id(self) -> str:
        return self.committee.division_id

    @property
    def unit(self) -> str:
        return self.organisation.name if self.organisation else self.unit_name


class IndustryPlan(models.Model):
    """The industry body's own plan to deepen integration (深化产教融合工作计划).

    Basis: 001 第16条、003（十八）.
    """

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField("计划", max_length=120)
    document_number = models.CharField("文号", max_length=80, blank=True)
    starts_on = models.DateField("计划期起")
    ends_on = models.DateField("计划期止（不含）")

    class Meta:
        verbose_name = "行业产教融合计划"
        ordering = ["committee", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="industry_plan_ordered"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.committee.division_id


class IndustryPlanItem(models.Model):
    """One thing that the plan says will be done by a day (计划事项)."""

    plan = models.ForeignKey(IndustryPlan, on_delete=models.CASCADE, related_name="items")
    text = models.CharField("事项", max_length=200)
    due_on = models.DateField("期限")
    progress = models.CharField("进展", max_length=500, blank=True)
    progress_on = models.DateField("进展截至日", null=True, blank=True)
    done_on = models.DateField("完成日", null=True, blank=True)

    class Meta:
        verbose_name = "行业计划事项"
        ordering = ["plan", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(progress=""),
                name="industry_plan_item_done_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def division_id(self) -> str:
        return self.plan.committee.division_id


class CommitteeMeeting(models.Model):
    """A meeting that a committee held (委员会会议), with who came and its minutes."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField("会议", max_length=120)
    held_on = models.DateField("召开日")
    place = models.CharField("地点", max_length=120, blank=True)
    came = models.ManyToManyField(CommitteeMember, related_name="meetings", verbose_name="到会委员")
    summary = models.TextField("会议摘要", max_length=3000)

    class Meta:
        verbose_name = "委员会会议"
        ordering = ["committee", "-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="committee_meeting_has_summary"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.committee.division_id
