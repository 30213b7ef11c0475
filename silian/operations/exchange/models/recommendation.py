"""Recommendations: what was computed, what was shown, what came of it, and who wants none."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.operations.exchange.choices import (
    HidingSubject,
    RankingMethod,
    RecommendationVerdict,
)
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models.classes import Cohort


class RecommendationRun(models.Model):
    """One computation of all recommendations (推荐计算).

    ``over_before`` and ``over_after`` count the appearances beyond what the listings can take
    in, before and after they were spread.
    """

    finished_at = models.DateTimeField("完成时间")
    method = models.CharField("排序方法", max_length=8, choices=RankingMethod.choices)
    listings = models.PositiveIntegerField("有推荐的供需")
    pairs = models.PositiveIntegerField("推荐条数")
    over_before = models.PositiveIntegerField("调节前超出承接能力的展示位")
    over_after = models.PositiveIntegerField("调节后超出承接能力的展示位")

    class Meta:
        verbose_name = "推荐计算"
        indexes = [models.Index(fields=["-finished_at"], name="recommendation_run_newest")]

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M} {self.pairs}"


class Recommendation(models.Model):
    """A listing that may answer an own one, with its place in the list (推荐).

    ``facts`` are the codes of the facts compared, as ``[code, met]``; the sentences are written
    anew from the two listings whenever they are shown. ``mutual_rank`` is the place that
    ``own`` has in the list of ``other``, ``moved`` how many places the spreading cost.
    """

    own = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        db_index=False,  # recommendation_of_pair begins with it
        related_name="recommendations",
        verbose_name="本单位供需",
    )
    other = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="+", verbose_name="推荐的供需"
    )
    rank = models.PositiveSmallIntegerField("名次")
    score = models.FloatField("排序分")
    facts = models.JSONField("事实", default=list)
    mutual_rank = models.PositiveSmallIntegerField("在对方列表中的名次", null=True, blank=True)
    moved = models.SmallIntegerField("容量调节移动名次", default=0)
    is_new = models.BooleanField("新供需试推位", default=False)
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "推荐"
        constraints = [
            models.UniqueConstraint(fields=["own", "other"], name="recommendation_of_pair"),
            models.CheckConstraint(condition=~Q(own=F("other")), name="recommendation_of_two"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="recommendation_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.own_id} → {self.other_id}"


class RecommendationShowing(models.Model):
    """A listing that was shown to an organisation as a recommendation, and what came of it.

    One row for a pair, whatever the start was: an own listing or a cohort (推荐展示与反馈).
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        db_index=False,  # showing_once begins with it
        related_name="+",
        verbose_name="看到推荐的单位",
    )
    other = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="showings", verbose_name="推荐的供需"
    )
    own = models.ForeignKey(
        Listing,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="由哪条供需引出",
    )
    cohort = models.ForeignKey(
        Cohort,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="由哪个年级引出",
    )
    first_shown_on = models.DateField("首次展示日")
    last_shown_on = models.DateField("最近展示日")
    shown_days = models.PositiveSmallIntegerField("展示天数", default=1)
    verdict = models.CharField(
        "评价", max_length=10, choices=RecommendationVerdict.choices, blank=True
    )
    verdict_at = models.DateTimeField("评价时间", null=True, blank=True)
    verdict_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contacted_at = models.DateTimeField("应答时间", null=True, blank=True)
    accepted_at = models.DateTimeField("达成意向时间", null=True, blank=True)
    agreed_at = models.DateTimeField("成交时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "推荐展示"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="showing_once"),
            models.CheckConstraint(
                condition=Q(last_shown_on__gte=F("first_shown_on")), name="showing_days_ordered"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict_at__isnull=False),
                name="showing_verdict_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["first_shown_on"], name="showing_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.other_id}"

    @property
    def division_id(self) -> str:
        """Where the listing stands; places the audit entry in a jurisdiction."""
        return str(self.other.division_id)

    @property
    def stage(self) -> str:
        """How far it came (走到哪一步)."""
        if self.agreed_at:
            return "已成交"
        if self.accepted_at:
            return "达成意向"
        return "已应答" if self.contacted_at else "已展示"

    @property
    def tone(self) -> str:
        """The status light of the stage."""
        if self.agreed_at:
            return "ok"
        return "info" if self.contacted_at else "open"


class RecommendationHiding(models.Model):
    """What a person does not want to be recommended (不看此类); undone, it is shown again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    subject = models.CharField("不看什么", max_length=12, choices=HidingSubject.choices)
    value = models.CharField("值", max_length=24)
    label = models.CharField("名称", max_length=120)
    hidden_at = models.DateTimeField("设置时间")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "不看此类"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "subject", "value"],
                condition=Q(undone_at__isnull=True),
                nulls_distinct=False,
                name="hiding_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}：{self.label}"


class RecommendationPause(models.Model):
    """Recommendations switched off by a person, or for a whole organisation (关闭推荐)."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    paused_at = models.DateTimeField("关闭时间")
    paused_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    resumed_at = models.DateTimeField("重新开启时间", null=True, blank=True)

    class Meta:
        verbose_name = "关闭推荐"
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(organisation__isnull=True),
                name="pause_of_a_person_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(resumed_at__isnull=True),
                nulls_distinct=False,
                name="pause_running_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or ''} {self.organisation_id or ''} {self.paused_at:%Y-%m-%d}"
