"""Correction cases: what was found, ordered, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.credit.choices import CaseState
from silian.registers.credit.models.catalogue import CreditItem
from silian.registers.organisations.models import Organisation

TONES = {
    CaseState.FOUND: "open",
    CaseState.ORDERED: "watch",
    CaseState.CORRECTED: "ok",
    CaseState.REFUSED: "late",
    CaseState.NOTICED: "late",
    CaseState.RECORDED: "late",
    CaseState.DROPPED: "unset",
}


class CorrectionCase(models.Model):
    """A finding and its correction (责令改正): finding → order → corrected, or refused → record.

    ``source`` and ``source_id`` name the row above that it came from, such as a yearly return of
    the training fund.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="当事单位"
    )
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="办理机关"
    )
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(CreditItem, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField("事项", max_length=120)
    finding = models.TextField("发现的问题", max_length=3000)
    basis = models.CharField("依据", max_length=300)
    source = models.CharField("关联事项", max_length=60, blank=True)
    source_id = models.BigIntegerField("关联编号", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=CaseState.choices, default=CaseState.FOUND
    )
    found_at = models.DateTimeField("发现时间")
    found_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order_text = models.TextField("改正要求", max_length=3000, blank=True)
    due_on = models.DateField("改正期限", null=True, blank=True)
    correction_text = models.TextField("改正情况", max_length=3000, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    said_no = models.BooleanField("书面表示不改正", default=False)
    notice_text = models.TextField("告知内容", max_length=3000, blank=True)
    reply_due_on = models.DateField("陈述申辩期限", null=True, blank=True)
    reply_text = models.TextField("陈述申辩", max_length=3000, blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    end_reason = models.CharField("结论或撤销理由", max_length=500, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "责令改正"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="correction_case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.FOUND, CaseState.DROPPED])
                | (Q(due_on__isnull=False) & ~Q(order_text="")),
                name="correction_case_ordered_by_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.NOTICED, CaseState.RECORDED])
                | (Q(reply_due_on__isnull=False) & ~Q(notice_text="")),
                name="correction_case_heard",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id", "item"],
                condition=~Q(source=""),
                name="correction_case_once_a_source",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="correction_case_by_place"),
            models.Index(fields=["organisation"], name="correction_case_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("credit:case_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(CaseState(self.state), "info")
