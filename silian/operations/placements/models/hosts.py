"""Hosts of a school and the inspection that comes before them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

HOST_TONES = {
    HostState.PROPOSED: "open",
    HostState.INSPECTED: "info",
    HostState.APPROVED: "info",
    HostState.PUBLISHED: "ok",
    HostState.REFUSED: "late",
    HostState.REMOVED: "late",
}


class Host(models.Model):
    """An organisation that a school sends interns to (实习单位), approved school by school.

    Basis: 教职成〔2021〕4号第六条、第七条: chosen on conditions, inspected on site, decided
    collectively, published.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="internship_hosts", verbose_name="学校"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="hosting", verbose_name="实习单位"
    )
    state = models.CharField(
        "状态", max_length=10, choices=HostState.choices, default=HostState.PROPOSED
    )
    is_credit_clean = models.BooleanField("无严重失信记录", null=True)
    had_safety_violation = models.BooleanField("近三年有安全生产违法记录", null=True)
    is_licence_valid = models.BooleanField("登记证照有效", null=True)
    eligibility_note = models.CharField("核查说明", max_length=300, blank=True)
    decided_on = models.DateField("集体研究日期", null=True, blank=True)
    decision_reference = models.CharField("会议或文号", max_length=100, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    removal_reason = models.CharField("未通过或移出原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "实习单位"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "organisation"],
                condition=~Q(state=HostState.REMOVED),
                name="host_of_a_school_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=HostState.PUBLISHED)
                | Q(published_on__isnull=False, decided_on__isnull=False),
                name="host_published_after_decision",
            ),
            models.CheckConstraint(
                condition=~Q(school=models.F("organisation")), name="host_is_not_the_school"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[HostState.REFUSED, HostState.REMOVED])
                | ~Q(removal_reason=""),
                name="host_removed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("placements:host_detail", kwargs={"host_id": self.pk})

    @property
    def tone(self) -> str:
        return HOST_TONES[HostState(self.state)]


class HostInspection(models.Model):
    """What a school saw on site, in eight fields (实习单位实地考察).

    Basis: 教职成〔2021〕4号第七条.
    """

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="inspections")
    visited_on = models.DateField("考察日期")
    inspectors = ArrayField(models.CharField(max_length=60), verbose_name="考察人")
    qualification = models.TextField("资质")
    integrity = models.TextField("诚信状况")
    management = models.TextField("管理水平")
    work_content = models.TextField("实习岗位性质和内容")
    working_hours = models.TextField("工作时间")
    work_environment = models.TextField("工作环境")
    living_environment = models.TextField("生活环境")
    safety_and_health = models.TextField("健康保障和安全防护")
    is_suitable = models.BooleanField("适合接收实习学生")
    approved_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审核人",
    )
    approved_at = models.DateTimeField("审核时间", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    return_reason = models.CharField("退回意见", max_length=300, blank=True)
    created_at = models.DateTimeField("填写时间", auto_now_add=True)

    class Meta:
        verbose_name = "实习单位实地考察"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(approved_by=models.F("recorded_by")),
                name="inspection_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(return_reason=""),
                name="inspection_approved_or_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.visited_on}"


class PostCensus(models.Model):
    """How many people and posts an organisation has, as of a day (岗位与在岗人数申报).

    The base of two different rules: interns against staff (IN-11), and offered posts against
    technical, service, business and management posts (N04, N47).
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="post_censuses", verbose_name="单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    as_of = models.DateField("截至日")
    staff = models.PositiveIntegerField("在岗职工人数")
    technical_posts = models.PositiveIntegerField("技术工种岗位数")
    business_posts = models.PositiveIntegerField("服务、业务、管理等岗位数")
    offered_posts = models.PositiveIntegerField("提供的实习岗位数")
    liaison_unit = models.CharField("对接机构", max_length=100, blank=True)
    liaison_name = models.CharField("对接人", max_length=60, blank=True)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="申报人"
    )
    declared_at = models.DateTimeField("申报时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "岗位与在岗人数申报"
        ordering = ["organisation", "-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "as_of"], name="census_of_a_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.as_of}"
