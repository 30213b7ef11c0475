"""Deals: what a negotiation came to, its outcome, and how each side rates the other."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from silian.operations.exchange.choices import DealState
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Deal(models.Model):
    """A negotiation that came to an agreement (成交), and its outcome."""

    negotiation = models.OneToOneField(Negotiation, on_delete=models.PROTECT, related_name="deal")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="deals")
    quantity = models.PositiveIntegerField("数量")
    agreement_reference = models.CharField("协议编号", max_length=80)
    agreed_on = models.DateField("签约日")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    state = models.CharField(
        "状态", max_length=10, choices=DealState.choices, default=DealState.RUNNING
    )
    achieved = models.PositiveIntegerField("实际完成数量", null=True, blank=True)
    outcome = models.TextField("成效", max_length=2000, blank=True)
    closed_on = models.DateField("完成日", null=True, blank=True)
    closed_at = models.DateTimeField("结束登记时间", null=True, blank=True)
    from_production = models.BooleanField("选题来自生产一线需求", default=False)
    joint_project = models.CharField("联合申报项目", max_length=120, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "成交"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DealState.COMPLETED)
                | Q(achieved__isnull=False, closed_on__isnull=False),
                name="deal_completed_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=DealState.BROKEN_OFF)
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="deal_broken_off_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-agreed_on", "-id"], name="deal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_reference}"

    @property
    def division_id(self) -> str:
        """Where the listing stands; places the audit entry in a jurisdiction."""
        return str(self.listing.division_id)

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {DealState.RUNNING: "info", DealState.COMPLETED: "ok"}
        return tones.get(DealState(self.state), "unset")


class Rating(models.Model):
    """One side's rating of the other after a deal (互评).

    ``shown_from`` is when others may read it: once both sides have rated, or when the days for
    rating are over.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rated = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField(
        "评分", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.CharField("评语", max_length=500, blank=True)
    rated_at = models.DateTimeField("时间")
    shown_from = models.DateTimeField("公开时间", null=True, blank=True)

    class Meta:
        verbose_name = "互评"
        constraints = [
            models.UniqueConstraint(fields=["deal", "rater"], name="rating_once_a_side"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="rating_one_to_five"
            ),
        ]
        indexes = [models.Index(fields=["rated", "shown_from"], name="rating_of_organisation")]

    def __str__(self) -> str:
        return f"{self.score}"
