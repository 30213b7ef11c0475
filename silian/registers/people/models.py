"""People, what they are to organisations, and what they have consented to."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import (
    AffiliationKind,
    ConsentPurpose,
    RequestKind,
    RequestState,
    Sex,
)


class Person(models.Model):
    """A natural person on the register (人员).

    Identity and phone numbers are stored encrypted; lists show the mask. ``id_number_index``
    finds a number without decrypting. A deleted person keeps the row without any personal data,
    so that agreements and payments of the past stay whole.
    """

    name = models.CharField("姓名", max_length=60)
    born_on = models.DateField("出生日期", null=True, blank=True)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    id_number_cipher = models.TextField("证件号密文", blank=True, editable=False)
    id_number_index = models.CharField("证件号盲索引", max_length=64, blank=True, editable=False)
    id_number_mask = models.CharField("证件号", max_length=18, blank=True)
    phone_cipher = models.TextField("手机号密文", blank=True, editable=False)
    phone_mask = models.CharField("手机号", max_length=20, blank=True)
    email = models.EmailField("邮箱", blank=True)
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    guardian = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wards",
        verbose_name="监护人",
    )
    erased_at = models.DateTimeField("删除时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "人员"
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_index"],
                condition=~Q(id_number_index=""),
                name="person_id_number_once",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(id_number_cipher="", phone_cipher="", email="", user__isnull=True),
                name="person_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self, *, on: datetime.date) -> AffiliationQuerySet:
        """Affiliations whose half-open period holds the day."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


class Affiliation(models.Model):
    """What a person is to an organisation for a period ``[starts_on, ends_on)`` (人员身份)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    kind = models.CharField("身份", max_length=12, choices=AffiliationKind.choices)
    number = models.CharField("学号或工号", max_length=30, blank=True)
    unit = models.CharField("班级或部门", max_length=60, blank=True)
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日（不含）", null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "人员身份"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="affiliation_period_ordered",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "number"],
                condition=Q(ends_on__isnull=True) & ~Q(number=""),
                name="affiliation_number_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind"], name="affiliation_of_unit")]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_kind_display()}"

    @property
    def id_number_mask(self) -> str:
        """The person's masked identity number, for lists."""
        return self.person.id_number_mask


class Consent(models.Model):
    """One consent to one purpose, for one recipient if data leaves the platform (同意记录).

    Basis: 个人信息保护法第十三条至第十六条、第二十三条: by purpose, withdrawable, not bundled.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField("事项", max_length=16, choices=ConsentPurpose.choices)
    recipient = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="接收单位",
    )
    data_kinds = ArrayField(models.CharField(max_length=30), default=list, verbose_name="信息种类")
    notice_version = models.CharField("告知书版本", max_length=20)
    channel = models.CharField("方式", max_length=20)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "同意记录"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "recipient"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_purpose_display()}"


class PersonalDataRequest(models.Model):
    """A person's request to correct or delete their data (个人信息请求), with its clock.

    Basis: 个人信息保护法第四十四条至第五十条.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField("事项", max_length=12, choices=RequestKind.choices)
    text = models.CharField("请求内容", max_length=1000)
    state = models.CharField(
        "状态", max_length=8, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("应办结时间")
    handler = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="办理单位",
    )
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField("答复", max_length=1000, blank=True)

    class Meta:
        verbose_name = "个人信息请求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, closed_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(closed_at__isnull=False) & ~Q(answer="")),
                name="data_request_closed_is_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"


class Reveal(models.Model):
    """Somebody saw a full identity number, and why (敏感信息查看记录)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reveals")
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField("事由", max_length=300)
    seen_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "敏感信息查看记录"

    def __str__(self) -> str:
        return f"{self.seen_by} → {self.person}"
