"""What becomes of a need at a provider: answers, and the money that moved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.governance.incentives.choices.finance import TONES, AnswerState, RecordKind
from silian.governance.incentives.models.needs import FinancingNeed
from silian.governance.incentives.models.products import FinanceProduct
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

ANSWERED = (AnswerState.GRANTED, AnswerState.REFUSED, AnswerState.ENDED)


class FinanceAnswer(models.Model):
    """A need and a product in talks: asked, interested, examined, granted or refused (融资对接).

    ``edition`` is the edition of the product that held when the talks began. ``due_at`` is the
    platform's clock for the provider's next word.
    """

    need = models.ForeignKey(FinancingNeed, on_delete=models.PROTECT, related_name="answers")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="金融机构"
    )
    product = models.ForeignKey(
        FinanceProduct, on_delete=models.PROTECT, related_name="answers", verbose_name="金融产品"
    )
    edition = models.PositiveSmallIntegerField("产品版本")
    by_owner = models.BooleanField("由申请单位提交", default=False)
    state = models.CharField("状态", max_length=10, choices=AnswerState.choices)
    message = models.CharField("说明", max_length=500, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    granted = models.DecimalField(
        "同意金额", max_digits=15, decimal_places=2, null=True, blank=True
    )
    rate = models.DecimalField("年利率（%）", max_digits=6, decimal_places=3, null=True, blank=True)
    months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    granted_on = models.DateField("同意日", null=True, blank=True)
    opened_at = models.DateTimeField("对接开始")
    due_at = models.DateTimeField("答复期限", null=True, blank=True)
    answered_at = models.DateTimeField("最近答复", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "融资对接"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AnswerState.values), name="finance_answer_state_known"
            ),
            models.UniqueConstraint(
                fields=["need", "product"],
                condition=~Q(state__in=["refused", "ended"]),
                name="finance_answer_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.GRANTED)
                | Q(granted__gt=0, granted_on__isnull=False),
                name="finance_answer_granted_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "ended"]) | ~Q(reason=""),
                name="finance_answer_refused_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state"], name="finance_answer_by_provider"),
            models.Index(fields=["state", "granted_on"], name="finance_answer_by_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.need}：{self.product}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:finance_deal", kwargs={"answer_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def division_id(self) -> str:
        return self.need.division_id


class FinanceRecordQuerySet(models.QuerySet["FinanceRecord"]):
    def valid(self) -> FinanceRecordQuerySet:
        """Records that were not corrected away."""
        return self.filter(voided_at__isnull=True)


class FinanceRecord(models.Model):
    """Money paid out, invested, issued or guaranteed on a day (融资发放记录).

    A mistake is struck out with a reason and followed by the right record; nothing is deleted.
    """

    answer = models.ForeignKey(FinanceAnswer, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField("类别", max_length=10, choices=RecordKind.choices)
    amount = models.DecimalField("金额", max_digits=15, decimal_places=2)
    on = models.DateField("发生日")
    reference = models.CharField("合同或凭证号", max_length=80)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    voided_at = models.DateTimeField("更正时间", null=True, blank=True)
    void_reason = models.CharField("更正原因", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = FinanceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "融资发放记录"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="finance_record_positive"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="finance_record_corrected_has_reason",
            ),
            models.UniqueConstraint(
                fields=["answer", "reference"],
                condition=Q(voided_at__isnull=True),
                name="finance_record_reference_once",
            ),
        ]
        indexes = [models.Index(fields=["on", "kind"], name="finance_record_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
