"""Recognitions: the status that a decision gave, everything done to it, and what it owes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.reviews.choices.recognitions import (
    ENDED_STATES,
    ActKind,
    DutyKind,
    DutyState,
    RecognitionState,
)
from silian.casework.reviews.models.dossiers import Dossier
from silian.casework.reviews.models.schemes import Scheme
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {
    "incubating": "info",
    "certified": "ok",
    "warned": "watch",
    "suspended": "late",
}
DUTY_TONES = {"submitted": "info", "returned": "watch", "done": "ok", "missed": "late"}


class Recognition(models.Model):
    """A status held (认定): whose, since when, until when, under which number.

    ``valid_until`` is exclusive and empty while a subject is being built up. ``check_code`` opens
    the public verification page.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="recognitions")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="recognition")
    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    subject_name = models.CharField("认定对象", max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    number = models.CharField("证书编号", max_length=40, unique=True)
    check_code = models.CharField("查验码", max_length=20, unique=True)
    state = models.CharField("状态", max_length=12, choices=RecognitionState.choices)
    entered_on = models.DateField("入库日")
    certified_on = models.DateField("认定日", null=True, blank=True)
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    next_due_on = models.DateField("最近的义务期限", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "认定"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecognitionState.values), name="recognition_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, ended_on__isnull=False)
                | (~Q(state__in=ENDED_STATES) & Q(ended_on__isnull=True)),
                name="recognition_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecognitionState.CERTIFIED) | Q(certified_on__isnull=False),
                name="recognition_certified_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "state", "division"], name="recognition_by_scheme"),
            models.Index(fields=["holder"], name="recognition_by_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject_name}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:recognition_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(self.state, "unset")


class RecognitionAct(models.Model):
    """What was done to a recognition, by whom, why and on which basis (变动记录); never changes.

    A warning says what to cure, and by when.
    """

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField("变动", max_length=10, choices=ActKind.choices)
    reason = models.TextField("理由", max_length=2000)
    basis = models.CharField("依据", max_length=300, blank=True)
    exit_code = models.CharField("取消情形", max_length=40, blank=True)
    cure = models.TextField("整改要求", max_length=2000, blank=True)
    cure_by = models.DateField("整改期限", null=True, blank=True)
    effective_on = models.DateField("生效日")
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField("办理时间")

    class Meta:
        verbose_name = "认定变动"
        ordering = ["recognition", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ActKind.WARN) | (~Q(cure="") & Q(cure_by__isnull=False)),
                name="recognition_warning_says_cure",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recognition_act_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.get_kind_display()}"


class Duty(models.Model):
    """Something owed by a day (义务事项): a plan, a yearly report, a re-check."""

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="duties")
    code = models.CharField("义务", max_length=40)
    kind = models.CharField("类别", max_length=14, choices=DutyKind.choices)
    title = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    due_on = models.DateField("期限")
    state = models.CharField(
        "状态", max_length=10, choices=DutyState.choices, default=DutyState.DUE
    )
    text = models.TextField("内容", max_length=5000, blank=True)
    link = models.URLField("公开网址", blank=True)
    is_public = models.BooleanField("向社会公开", default=False)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("审查时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "义务事项"
        constraints = [
            models.UniqueConstraint(fields=["recognition", "code", "year"], name="duty_once"),
            models.UniqueConstraint(
                fields=["recognition", "code"],
                condition=Q(year__isnull=True),
                name="duty_without_year_once",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("submitted_by")),
                name="duty_checked_by_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="duty_by_day")]

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:duty_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return DUTY_TONES.get(self.state, "open")


class Ban(models.Model):
    """Until when an organisation may not apply again (不得申报期), and because of which act."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="bans")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    act = models.OneToOneField(RecognitionAct, on_delete=models.PROTECT, related_name="ban")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止（不含）")

    class Meta:
        verbose_name = "不得申报期"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="ban_period_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} 至 {self.ends_on}"
