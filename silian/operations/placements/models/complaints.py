"""Complaints of students, kept apart from who made them, and the cases that they open."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division
from silian.operations.placements.choices.complaints import (
    ComplaintCategory,
    ComplaintChannel,
    ComplaintResult,
    ComplaintState,
    ComplaintStepKind,
    ViolationState,
)
from silian.operations.placements.models.internships import Internship
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

COMPLAINT_TONES = {
    ComplaintState.FILED: "watch",
    ComplaintState.ACCEPTED: "info",
    ComplaintState.ASKED: "watch",
    ComplaintState.RESOLVED: "ok",
    ComplaintState.APPEALED: "watch",
    ComplaintState.DECLINED: "unset",
    ComplaintState.WITHDRAWN: "unset",
}


class Complaint(models.Model):
    """What a student complains of (学生投诉), handled by ``handler`` within ``due_at``.

    Who complained stands in ``ComplaintOrigin`` alone; an anonymous complaint has none and is
    followed by a retrieval code of which only the digest is kept. The handler is never an
    organisation complained about: a trigger holds it.
    """

    number = models.CharField("投诉编号", max_length=20, unique=True)
    code_digest = models.CharField("查询码摘要", max_length=64, unique=True, editable=False)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    categories = ArrayField(
        models.CharField(max_length=10, choices=ComplaintCategory.choices), verbose_name="事项"
    )
    channel = models.CharField("受理渠道", max_length=10, choices=ComplaintChannel.choices)
    is_anonymous = models.BooleanField("匿名", default=False)
    is_name_shown = models.BooleanField("允许经办人知道姓名", default=False)
    happened_on = models.DateField("发生日期", null=True, blank=True)
    text = models.TextField("情况")
    wish = models.CharField("诉求", max_length=300, blank=True)
    handler = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="handled_complaints",
        verbose_name="办理单位",
    )
    state = models.CharField(
        "状态", max_length=10, choices=ComplaintState.choices, default=ComplaintState.FILED
    )
    filed_at = models.DateTimeField("提出时间")
    accept_due_at = models.DateTimeField("受理期限")
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    due_at = models.DateTimeField("办结期限", null=True, blank=True)
    escalations = models.PositiveSmallIntegerField("上移次数", default=0)
    result = models.CharField("结论", max_length=10, choices=ComplaintResult.choices, blank=True)
    answer = models.TextField("答复", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    was_late = models.BooleanField("曾逾期", default=False)
    appealed_at = models.DateTimeField("复核申请时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "学生投诉"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ComplaintState.values), name="complaint_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ComplaintState.RESOLVED, ComplaintState.DECLINED])
                | (Q(closed_at__isnull=False) & ~Q(answer="")),
                name="complaint_closed_with_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ComplaintState.ACCEPTED, ComplaintState.ASKED])
                | Q(due_at__isnull=False, accepted_at__isnull=False),
                name="complaint_accepted_has_a_clock",
            ),
        ]
        indexes = [
            models.Index(fields=["handler", "state"], name="complaint_by_handler"),
            models.Index(fields=["state", "accept_due_at"], name="complaint_by_clock"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        return COMPLAINT_TONES[ComplaintState(self.state)]

    @property
    def category_words(self) -> str:
        return "、".join(ComplaintCategory(code).label for code in self.categories)


class ComplaintSubject(models.Model):
    """An organisation complained about (被投诉单位); it never reads the complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="subjects")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "被投诉单位"
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "organisation"], name="complaint_subject_once"
            )
        ]
        indexes = [models.Index(fields=["organisation"], name="complaint_by_subject")]

    def __str__(self) -> str:
        return str(self.organisation)


class ComplaintOrigin(models.Model):
    """Who made a complaint (投诉人), read only by the complainant and, if allowed, the handler."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="origin")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="学生"
    )
    filed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "投诉人"

    def __str__(self) -> str:
        return "身份保密"


class ComplaintStep(models.Model):
    """One act on a complaint (办理记录); ``is_shown`` steps are read by the complainant."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("环节", max_length=10, choices=ComplaintStepKind.choices)
    at = models.DateTimeField("时间")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("内容", blank=True)
    is_shown = models.BooleanField("投诉人可见", default=True)

    class Meta:
        verbose_name = "投诉办理记录"
        ordering = ["complaint", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class ViolationCase(models.Model):
    """A case against a school or an agent that broke the rules (违规查处).

    Basis: 职业教育法第六十六条: one to five times the unlawful income, with a least base.
    ``low`` and ``high`` are computed from the dated parameters, which ``basis`` names.
    """

    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="查处对象"
    )
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="查处机关"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    facts = models.TextField("违法事实")
    income = models.DecimalField("违法所得（元）", max_digits=12, decimal_places=2)
    low = models.DecimalField("罚款下限（元）", max_digits=14, decimal_places=2, null=True)
    high = models.DecimalField("罚款上限（元）", max_digits=14, decimal_places=2, null=True)
    basis = models.CharField("依据", max_length=200)
    state = models.CharField(
        "状态", max_length=8, choices=ViolationState.choices, default=ViolationState.OPEN
    )
    fine = models.DecimalField("罚款（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    decision = models.CharField("决定文号与说明", max_length=300, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("立案时间")
    closed_at = models.DateTimeField("结案时间", null=True, blank=True)

    class Meta:
        verbose_name = "违规查处"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(income__gte=0), name="violation_income_positive"),
            models.CheckConstraint(
                condition=~Q(state=ViolationState.FINED)
                | (
                    Q(fine__isnull=False, closed_at__isnull=False)
                    & (Q(low__isnull=True) | Q(fine__gte=models.F("low")))
                    & (Q(high__isnull=True) | Q(fine__lte=models.F("high")))
                    & ~Q(decision="")
                ),
                name="violation_fined_within_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.opened_at:%Y-%m-%d}"
