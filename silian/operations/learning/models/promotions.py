"""The register of skill promotions, who keeps it in a region, and files that bring rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Occupation
from silian.operations.learning.choices import PROMOTION_TONES, CertificateLevel, PromotionState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

STANDING = (PromotionState.SUBMITTED, PromotionState.VERIFIED)


class SkillOffice(models.Model):
    """The department that verifies promotions and makes award lists of a region (技能管理部门)."""

    division = models.OneToOneField(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="部门", related_name="+"
    )
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("起始日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "技能管理部门"
        ordering = ["division"]

    def __str__(self) -> str:
        return f"{self.organisation}（{self.division.name}）"


class Promotion(models.Model):
    """A worker who reached a higher level after training (技能等级提升登记).

    The row holds what the last version says; ``versions`` keeps what was said before.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="人员"
    )
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="当日所在单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name="职业"
    )
    before = models.CharField(
        "提升前等级", max_length=1, choices=CertificateLevel.choices, blank=True
    )
    after = models.CharField("提升后等级", max_length=1, choices=CertificateLevel.choices)
    certificate = models.CharField("证书编号", max_length=22)
    issuer = models.CharField("发证机构", max_length=120)
    issued_on = models.DateField("发证日期")
    training = models.CharField("参加的培训", max_length=200)
    trained_hours = models.PositiveSmallIntegerField("培训学时", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=PromotionState.choices, default=PromotionState.SUBMITTED
    )
    version = models.PositiveSmallIntegerField("版次", default=1)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("核验时间", null=True, blank=True)
    check_note = models.CharField("核验说明", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "技能等级提升登记"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state__in=STANDING),
                name="promotion_certificate_once",
            ),
            models.UniqueConstraint(
                fields=["person", "occupation", "after"],
                condition=Q(state__in=STANDING),
                name="promotion_level_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PromotionState.values), name="promotion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(after__in=CertificateLevel.values), name="promotion_level_known"
            ),
            models.CheckConstraint(
                condition=Q(before="") | Q(before__gt=models.F("after")),
                name="promotion_goes_up",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("entered_by")),
                name="promotion_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=PromotionState.REFUSED) | ~Q(check_note=""),
                name="promotion_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=PromotionState.SUBMITTED) | Q(checked_at__isnull=False),
                name="promotion_checked_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="promotion_by_place"),
            models.Index(fields=["employer"], name="promotion_by_employer"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.occupation.name} {self.get_after_display()}"

    def get_absolute_url(self) -> str:
        return reverse("learning:promotion_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return PROMOTION_TONES[PromotionState(self.state)]

    @property
    def stated(self) -> dict[str, str]:
        """Every fact by its label, for versions."""
        return {
            "职业": f"{self.occupation_id} {self.occupation.name}",
            "提升前等级": self.get_before_display() or "无等级",
            "提升后等级": self.get_after_display(),
            "证书编号": self.certificate,
            "发证机构": self.issuer,
            "发证日期": str(self.issued_on),
            "参加的培训": self.training,
            "培训学时": str(self.trained_hours),
        }


class PromotionVersion(models.Model):
    """What was stated at a time, and why it was stated anew (登记版本)."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    facts: models.JSONField[dict[str, Any]] = models.JSONField("登记内容")
    reason = models.CharField("更正理由", max_length=500, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "登记版本"
        ordering = ["promotion", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "number"], name="promotion_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="promotion_version_later_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"


class PromotionImport(models.Model):
    """A sheet as it was read, shown row by row before anything is taken in (导入预览).

    ``rows`` holds people by key and mask; identity numbers are not kept.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入单位"
    )
    name = models.CharField("文件名", max_length=200)
    rows: models.JSONField[list[dict[str, Any]]] = models.JSONField("逐行内容")
    read_at = models.DateTimeField("读取时间")
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField("导入时间", null=True, blank=True)
    taken = models.PositiveIntegerField("导入行数", default=0)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "技能等级提升导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("learning:promotion_import_preview", args=[self.pk])


class PayeeAccount(models.Model):
    """To which account a person's awards go (收款账户); the number is kept encrypted."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    bank = models.CharField("开户行", max_length=120)
    account_cipher = models.TextField("收款账号（密文）", editable=False)
    account_index = models.CharField("账号盲索引", max_length=64, editable=False)
    account_tail = models.CharField("账号末四位", max_length=4)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField("填写时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "收款账户"
        constraints = [
            models.UniqueConstraint(fields=["account_index"], name="payee_account_of_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} ****{self.account_tail}"
