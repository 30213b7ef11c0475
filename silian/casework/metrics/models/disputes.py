"""Objections to values."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.metrics.choices import DisputeState
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.rules.number_words import plain_words
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ValueDispute(models.Model):
    """An objection to a value, with another number and evidence (数据异议).

    ``official_value`` is the number as it stood when the objection was raised.
    """

    value = models.ForeignKey(
        MetricValue, on_delete=models.PROTECT, verbose_name="指标数值", related_name="disputes"
    )
    official_value = models.DecimalField("公布数", max_digits=20, decimal_places=4, null=True)
    own_value = models.DecimalField("异议数", max_digits=20, decimal_places=4)
    reason = models.CharField("理由", max_length=1000)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    raised_by_name = models.CharField("提出人", max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="提出单位", related_name="+"
    )
    raised_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("应答复时间")
    state = models.CharField(
        "状态", max_length=10, choices=DisputeState.choices, default=DisputeState.RAISED
    )
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by_name = models.CharField("答复人", max_length=60, blank=True)
    answered_at = models.DateTimeField("处理时间", null=True, blank=True)
    corrected_value = models.ForeignKey(
        MetricValue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="更正后的数值",
        related_name="+",
    )

    class Meta:
        verbose_name = "数据异议"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DisputeState.values), name="dispute_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.RAISED, answered_at__isnull=True)
                | (~Q(state=DisputeState.RAISED) & Q(answered_at__isnull=False)),
                name="dispute_settled_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DisputeState.UPHELD, DisputeState.CORRECTED])
                | ~Q(answer=""),
                name="dispute_answered_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisputeState.CORRECTED) | Q(corrected_value__isnull=False),
                name="dispute_corrected_has_value",
            ),
            models.UniqueConstraint(
                fields=["value", "organisation"],
                condition=Q(state=DisputeState.RAISED),
                name="dispute_open_once_each",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="dispute_by_state")]

    def __str__(self) -> str:
        return f"{self.value}：{self.own_value}"

    def get_absolute_url(self) -> str:
        return reverse("metrics:dispute_detail", kwargs={"dispute_id": self.pk})

    @property
    def division_id(self) -> str:
        """Where the value stands; places the audit entry in a jurisdiction."""
        return str(self.value.division_id)

    @property
    def own_text(self) -> str:
        return plain_words(self.own_value)

    @property
    def official_text(self) -> str:
        return plain_words(self.official_value)

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {DisputeState.RAISED: "watch", DisputeState.CORRECTED: "ok"}
        return tones.get(DisputeState(self.state), "unset")
