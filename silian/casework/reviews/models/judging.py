"""Experts, how they were drawn, what they said blind of one another, and site visits."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.reviews.choices.judging import (
    AssignmentState,
    ExpertField,
    ExpertState,
    VisitState,
)
from silian.casework.reviews.models.campaigns import Campaign
from silian.casework.reviews.models.dossiers import Dossier
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

EXPERT_TONES = {"proposed": "info", "active": "ok", "paused": "watch"}
TASK_TONES = {"invited": "info", "accepted": "info", "submitted": "ok", "lapsed": "late"}
VISIT_TONES = {"planned": "info", "reported": "watch", "done": "ok"}


def expert_number(expert_id: int) -> str:
    """How an expert is called where his name does not belong (专家编号)."""
    return f"E{expert_id:06d}"


class Expert(models.Model):
    """A person in the expert pool (评审专家库), for a term ``[starts_on, ends_on)``."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="所在单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="入库地区"
    )
    title = models.CharField("职称或职务", max_length=60)
    fields = ArrayField(models.CharField(max_length=40), default=list, verbose_name="专业领域")
    state = models.CharField(
        "状态", max_length=10, choices=ExpertState.choices, default=ExpertState.PROPOSED
    )
    starts_on = models.DateField("聘期起")
    ends_on = models.DateField("聘期止（不含）")
    proposed_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("暂停或出库原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "评审专家"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="expert_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ExpertState.values), name="expert_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:expert_detail", args=[self.pk])

    @property
    def number(self) -> str:
        """The number that stands for the expert in public records (专家编号)."""
        return expert_number(self.pk)

    @property
    def field_labels(self) -> list[str]:
        labels = dict(ExpertField.choices)
        return [labels.get(code, code) for code in self.fields]

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return EXPERT_TONES.get(self.state, "unset")


class Interest(models.Model):
    """A tie between an expert and an organisation (利害关系): declared or known, with its end."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("关系", max_length=200)
    until_on = models.DateField("止于", null=True, blank=True)
    declared_at = models.DateTimeField("申明时间", auto_now_add=True)

    class Meta:
        verbose_name = "利害关系申明"

    def __str__(self) -> str:
        return f"{self.expert_id} {self.organisation_id}"


class DrawSeed(models.Model):
    """The public seed of a batch (抽取种子): first its source is published, later its value.

    The source is a number that nobody knows yet, such as the winning number of a lottery on a
    coming day. What was published never changes (trigger); ``Campaign.draw_seed`` is its value.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="seed")
    source = models.CharField("种子来源", max_length=200)
    known_on = models.DateField("产生日期")
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField("公布时间")
    value = models.CharField("种子", max_length=80, blank=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间", null=True, blank=True)

    class Meta:
        verbose_name = "抽取种子"
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="draw_seed_has_source"),
            models.CheckConstraint(
                condition=Q(value="", entered_at__isnull=True)
                | (~Q(value="") & Q(entered_at__isnull=False)),
                name="draw_seed_entered_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.source}"


class Draw(models.Model):
    """One random draw of experts for a batch (随机抽取): anybody can repeat it from its record.

    ``pool`` lists for each dossier the candidates with why some were left out; ``result`` who was
    drawn. ``most`` is the load limit and ``reasons`` say each exclusion in words: they are for the
    organisers only and no part of the digest. It never changes (trigger).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField("次序")
    seed = models.CharField("种子", max_length=80)
    method = models.CharField("抽取方法", max_length=40)
    pool = models.JSONField("候选名单", default=list)
    result = models.JSONField("抽取结果", default=list)
    most = models.PositiveSmallIntegerField("每人任务上限", null=True, blank=True)
    reasons = models.JSONField("未列入原因", default=dict, blank=True)
    occasion = models.CharField("事由", max_length=60, default="集中抽取")
    sha256 = models.CharField("校验值", max_length=64)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = "专家抽取记录"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="draw_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} 第 {self.number} 次抽取"

    def get_absolute_url(self) -> str:
        return reverse("reviews:draw_detail", args=[self.pk])


class Assignment(models.Model):
    """One expert's work on one dossier (评审任务).

    Nobody but the expert reads its scores before ``opened_at``: the moment in which the last
    expert of the dossier handed in (trigger).
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(
        "状态", max_length=10, choices=AssignmentState.choices, default=AssignmentState.INVITED
    )
    due_on = models.DateField("评审期限")
    declared_at = models.DateTimeField("申明时间", null=True, blank=True)
    declaration = models.CharField("申明内容", max_length=500, blank=True)
    comment = models.TextField("总体意见", max_length=2000, blank=True)
    points = models.DecimalField("评分", max_digits=7, decimal_places=2, null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    opened_at = models.DateTimeField("评分公开给组织者的时间", null=True, blank=True)

    class Meta:
        verbose_name = "评审任务"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "expert"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state__in=AssignmentState.values), name="assignment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.SUBMITTED)
                | Q(points__isnull=False, submitted_at__isnull=False),
                name="assignment_submitted_with_points",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(state=AssignmentState.SUBMITTED),
                name="assignment_opened_when_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["expert", "state"], name="assignment_by_expert"),
            models.Index(fields=["state", "due_on"], name="assignment_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.expert_id}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:assignment_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TASK_TONES.get(self.state, "unset")


class Score(models.Model):
    """What one expert gave for one criterion (专家评分)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField("指标", max_length=40)
    points = models.DecimalField("得分", max_digits=7, decimal_places=2)
    comment = models.CharField("理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "专家评分"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.criterion} {self.points}"


class Moderation(models.Model):
    """What settles a divergence of scores (分差复核), with the reason, once."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="moderation")
    spread = models.DecimalField("分差", max_digits=7, decimal_places=2)
    limit = models.DecimalField("分差上限", max_digits=7, decimal_places=2)
    points = models.DecimalField("复核分", max_digits=7, decimal_places=2, null=True, blank=True)
    by_criterion = models.JSONField("各项复核分", default=dict, blank=True)
    reason = models.TextField("复核理由", max_length=2000, blank=True)
    moderated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moderated_at = models.DateTimeField("复核时间", null=True, blank=True)
    due_on = models.DateField("复核期限", null=True, blank=True)
    third_reason = models.CharField("增派理由", max_length=500, blank=True)
    third_called_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    third_called_at = models.DateTimeField("增派时间", null=True, blank=True)

    class Meta:
        verbose_name = "分差复核"
        constraints = [
            models.CheckConstraint(
                condition=Q(moderated_at__isnull=True) | (Q(points__isnull=False) & ~Q(reason="")),
                name="moderation_done_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.spread}"


class SiteVisit(models.Model):
    """A visit to the applicant (实地核查): who went, when, and what each item came to."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="visits")
    state = models.CharField(
        "状态", max_length=10, choices=VisitState.choices, default=VisitState.PLANNED
    )
    chosen_because = models.CharField("核查缘由", max_length=120, blank=True)
    planned_on = models.DateField("计划日期")
    place = models.CharField("地点", max_length=200)
    visited_on = models.DateField("核查日期", null=True, blank=True)
    findings = models.JSONField("核查情况", default=dict, blank=True)
    summary = models.TextField("核查结论", max_length=2000, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=300, blank=True)
    reported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField("提交时间", null=True, blank=True)
    remark = models.TextField("申报单位说明", max_length=2000, blank=True)
    remarked_at = models.DateTimeField("说明时间", null=True, blank=True)

    class Meta:
        verbose_name = "实地核查"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=~Q(state=VisitState.CANCELLED),
                name="site_visit_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.DONE)
                | (Q(visited_on__isnull=False) & ~Q(summary="")),
                name="site_visit_done_with_summary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.planned_on}"

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return VISIT_TONES.get(self.state, "unset")

    def get_absolute_url(self) -> str:
        return reverse("reviews:visit_detail", args=[self.pk])


class Visitor(models.Model):
    """Somebody who goes on a site visit (核查人员), and when he signed what was found."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="visitors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField("签字时间", null=True, blank=True)

    class Meta:
        verbose_name = "核查人员"
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "user"], name="visitor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.user_id}"
