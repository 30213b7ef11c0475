"""Credit records, who read them, and reports given to their subjects."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.registers.accounts.models import User
from silian.registers.credit.choices import LegalGround, RecordState, RemedyKind, RemedyState
from silian.registers.credit.models.cases import CorrectionCase
from silian.registers.credit.models.catalogue import CreditItem
from silian.registers.organisations.models import Organisation

TONES = {"in_force": "late", "proposed": "watch", "repaired": "ok"}


class CreditRecord(models.Model):
    """A lawful record about an organisation (信用记录), shown in ``[starts_on, ends_on)``.

    Key is the unified social credit code of the organisation; nothing but an item of the catalogue
    may be recorded. Facts never change once in force (trigger): a record is repaired or revoked.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="信用主体"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18)
    item = models.ForeignKey(CreditItem, on_delete=models.PROTECT, related_name="records")
    case = models.OneToOneField(
        CorrectionCase, on_delete=models.PROTECT, null=True, blank=True, related_name="record"
    )
    title = models.CharField("内容", max_length=300)
    ground = models.CharField("依据类别", max_length=12, choices=LegalGround.choices, blank=True)
    basis_document = models.CharField("依据文件", max_length=200)
    decision_number = models.CharField("决定文号", max_length=80)
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="认定机关"
    )
    decided_on = models.DateField("决定日期")
    starts_on = models.DateField("披露起")
    ends_on = models.DateField("披露止（不含）", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=RecordState.choices, default=RecordState.PROPOSED
    )
    is_disputed = models.BooleanField("异议标注", default=False)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间")
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    end_reason = models.CharField("退回、修复或撤销理由", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "信用记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecordState.values), name="credit_record_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="credit_record_period_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(basis_document="") & ~Q(decision_number="") & ~Q(uscc=""),
                name="credit_record_has_basis",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="credit_record_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RecordState.PROPOSED, RecordState.RETURNED])
                | Q(confirmed_at__isnull=False),
                name="credit_record_confirmed",
            ),
            models.UniqueConstraint(
                fields=["item", "organisation", "decision_number"],
                condition=~Q(state=RecordState.RETURNED),
                name="credit_record_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="credit_record_by_subject")]

    def __str__(self) -> str:
        return f"{self.uscc} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("credit:record_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn; a good record is no alarm."""
        if self.state == RecordState.IN_FORCE and self.item.nature == "good":
            return "ok"
        return TONES.get(self.state, "unset")


class Remedy(models.Model):
    """A subject's objection to a record, or its request for repair (异议、信用修复).

    Basis: 河南省社会信用条例第四十一条至第四十三条.
    """

    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="remedies")
    kind = models.CharField("类别", max_length=10, choices=RemedyKind.choices)
    text = models.TextField("理由", max_length=3000)
    state = models.CharField(
        "状态", max_length=8, choices=RemedyState.choices, default=RemedyState.ASKED
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    due_on = models.DateField("办理期限", null=True, blank=True)
    answer = models.TextField("办理结果", max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "异议或修复"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=Q(state=RemedyState.ASKED),
                name="credit_remedy_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=RemedyState.ASKED) | ~Q(answer=""),
                name="credit_remedy_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_kind_display()}"


class CreditReading(models.Model):
    """Who looked at an organisation's records, for what (查询记录); the subject may see it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField("用途", max_length=120)
    found = models.PositiveSmallIntegerField("有效记录数")
    read_at = models.DateTimeField("查询时间")

    class Meta:
        verbose_name = "信用查询记录"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation"], name="credit_reading_by_subject")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.purpose}"
