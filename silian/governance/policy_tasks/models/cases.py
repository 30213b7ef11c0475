"""Experience cases: submitted, reviewed, published, adopted elsewhere, and made known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import CaseState, CaseTheme, RolloutState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

CASE_TONES = {
    CaseState.DRAFT: "open",
    CaseState.SUBMITTED: "watch",
    CaseState.RETURNED: "late",
    CaseState.PUBLISHED: "ok",
    CaseState.WITHDRAWN: "unset",
}
ROLLOUT_TONES = {
    RolloutState.PROPOSED: "watch",
    RolloutState.APPROVED: "ok",
    RolloutState.DECLINED: "unset",
}


class ExperienceCase(models.Model):
    """What a unit did and what came of it, for others to copy (经验案例).

    It is public only with the author's consent and never names persons.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="报送单位", related_name="+"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    theme = models.CharField("主题", max_length=12, choices=CaseTheme.choices)
    title = models.CharField("标题", max_length=80)
    problem = models.TextField("要解决的问题", max_length=2000)
    practice = models.TextField("做法", max_length=6000)
    effect = models.TextField("成效", max_length=3000)
    conditions = models.TextField("推广条件", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=CaseState.choices, default=CaseState.DRAFT
    )
    consented_at = models.DateTimeField("同意公开时间", null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    reason = models.CharField("退回或撤下理由", max_length=300, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "经验案例"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="experience_case_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.PUBLISHED)
                | Q(published_at__isnull=False, consented_at__isnull=False),
                name="experience_case_public_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.RETURNED, CaseState.WITHDRAWN]) | ~Q(reason=""),
                name="experience_case_refused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="experience_case_public")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:case_detail", kwargs={"case_id": self.pk})

    @property
    def tone(self) -> str:
        return CASE_TONES[CaseState(self.state)]


class CaseFigure(models.Model):
    """A number that shows the effect of a case, before and after (成效数据)."""

    case = models.ForeignKey(ExperienceCase, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField("指标", max_length=60)
    before = models.DecimalField("之前", max_digits=16, decimal_places=2, null=True, blank=True)
    after = models.DecimalField("之后", max_digits=16, decimal_places=2)
    unit = models.CharField("单位", max_length=20)
    source = models.CharField("数据来源", max_length=80)

    class Meta:
        verbose_name = "成效数据"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="case_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.after}{self.unit}"


class Adoption(models.Model):
    """A unit elsewhere that took a case over, since when and with what result (复制推广)."""

    case = models.ForeignKey(ExperienceCase, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="采用单位", related_name="+"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="采用地区", related_name="+"
    )
    starts_on = models.DateField("采用日")
    changed = models.TextField("本地调整", max_length=1000, blank=True)
    result = models.TextField("效果", max_length=2000, blank=True)
    result_on = models.DateField("效果登记日", null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "复制推广"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="case_adopted_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(result_on__isnull=False),
                name="case_adoption_result_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} 采用 {self.case}"


class Rollout(models.Model):
    """A city's request that a case be taken over province-wide, and the answer (全省推广).

    Basis: 002·六(三): what has major effect is approved and rolled out in the province.
    """

    case = models.ForeignKey(ExperienceCase, on_delete=models.PROTECT, related_name="rollouts")
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="推广范围", related_name="+"
    )
    state = models.CharField(
        "状态", max_length=10, choices=RolloutState.choices, default=RolloutState.PROPOSED
    )
    grounds = models.TextField("推广理由", max_length=2000)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)
    document = models.CharField("推广文件名称和文号", max_length=160, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "全省推广"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=RolloutState.PROPOSED),
                name="case_rollout_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RolloutState.PROPOSED)
                | (Q(decided_at__isnull=False) & ~Q(opinion="")),
                name="case_rollout_decided_with_opinion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_state_display()}"

    @property
    def tone(self) -> str:
        return ROLLOUT_TONES[RolloutState(self.state)]


class PublicityItem(models.Model):
    """A planned or published report on a case (宣传计划与媒体报道)."""

    case = models.ForeignKey(ExperienceCase, on_delete=models.CASCADE, related_name="publicity")
    planned_on = models.DateField("计划日")
    outlet = models.CharField("媒体或渠道", max_length=60)
    title = models.CharField("题目", max_length=120)
    published_on = models.DateField("刊发日", null=True, blank=True)
    link = models.URLField("链接", max_length=300, blank=True)
    reach = models.PositiveIntegerField("阅读或到达次数", null=True, blank=True)
    reach_on = models.DateField("计数日", null=True, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "宣传报道"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__isnull=True)
                | Q(published_on__isnull=False, reach_on__isnull=False),
                name="case_publicity_reach_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet}：{self.title}"

    @property
    def division_id(self) -> str:
        return self.case.division_id
