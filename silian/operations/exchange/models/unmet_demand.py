"""Unmet demand: a search that found nothing becomes a need that others can take up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division
from silian.operations.exchange.choices import DemandOrigin, Side, UnmetDemandState
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class UnmetDemand(models.Model):
    """What an organisation looked for and did not find (未满足需求).

    ``kind`` and ``side`` are those of the listing that was missing: an enterprise that looked
    for training places misses a supply. ``filters`` keep the search as it was asked.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="unmet_demands",
        verbose_name="提出单位",
    )
    kind = models.CharField("所缺类别", max_length=24)
    side = models.CharField("所缺方向", max_length=6, choices=Side.choices)
    title = models.CharField("需要什么", max_length=80)
    description = models.TextField("用途和要求", max_length=2000)
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    needed_by = models.DateField("最迟何时需要", null=True, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    origin = models.CharField(
        "来由", max_length=12, choices=DemandOrigin.choices, default=DemandOrigin.ORGANISATION
    )
    query = models.CharField("检索词", max_length=200, blank=True)
    filters = models.JSONField("检索条件", default=dict, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=UnmetDemandState.choices, default=UnmetDemandState.PROPOSED
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    verify_due_at = models.DateTimeField("应核实时间")
    verified_at = models.DateTimeField("核实时间", null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "未满足需求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UnmetDemandState.values), name="unmet_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=UnmetDemandState.REFUSED) | ~Q(reason=""),
                name="unmet_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=False)
                | Q(
                    state__in=[
                        UnmetDemandState.PROPOSED,
                        UnmetDemandState.REFUSED,
                        UnmetDemandState.WITHDRAWN,
                    ]
                ),
                name="unmet_open_is_verified",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-proposed_at"], name="unmet_by_state"),
            models.Index(fields=["organisation", "state"], name="unmet_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {
            UnmetDemandState.PROPOSED: "watch",
            UnmetDemandState.OPEN: "info",
            UnmetDemandState.TAKEN_UP: "info",
            UnmetDemandState.MET: "ok",
        }
        return tones.get(UnmetDemandState(self.state), "unset")


class UnmetDemandOffer(models.Model):
    """An organisation that took the demand up, and the listing it made for it (承接)."""

    demand = models.ForeignKey(UnmetDemand, on_delete=models.CASCADE, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="unmet_offers")
    taken_up_at = models.DateTimeField("承接时间")
    taken_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "未满足需求的承接"
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "organisation"], name="unmet_taken_up_once_each"
            ),
            models.UniqueConstraint(fields=["listing"], name="unmet_listing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.demand_id}"
