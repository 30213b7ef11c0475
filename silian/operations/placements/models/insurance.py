"""Insurance of interns: products, policies, who is insured, claims."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from silian.operations.placements.choices.insurance import (
    LAWFUL_PAYERS,
    ClaimState,
    InsuranceKind,
    PolicyState,
    PremiumPayer,
    ProductState,
)
from silian.operations.placements.models.care import Incident
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.tones import tone_of
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class InsuranceProduct(models.Model):
    """A product that an insurer publishes for interns or apprentices (保险产品).

    ``premium`` is yuan for one person and year; empty reads 未设定. ``is_dedicated`` says that the
    rate was set for this group alone (专门确定费率).
    """

    insurer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="insurance_products",
        verbose_name="保险机构",
    )
    kind = models.CharField("险种", max_length=12, choices=InsuranceKind.choices)
    name = models.CharField("产品名称", max_length=120)
    filing_number = models.CharField("条款备案号", max_length=60, blank=True)
    is_dedicated = models.BooleanField("专门确定费率", default=False)
    premium = models.DecimalField(
        "保费（元/人·年）", max_digits=9, decimal_places=2, null=True, blank=True
    )
    sum_insured = models.DecimalField(
        "每人保额（元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    covers = models.TextField("保障范围")
    excludes = models.TextField("不保障", blank=True)
    contact = models.CharField("咨询电话", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ProductState.choices, default=ProductState.DRAFT
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "保险产品"
        constraints = [
            models.CheckConstraint(
                condition=Q(premium__isnull=True) | Q(premium__gte=0),
                name="insurance_premium_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProductState.PUBLISHED) | Q(published_at__isnull=False),
                name="insurance_product_published_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return tone_of(self.state)


class InsurancePolicy(models.Model):
    """A policy that a school holds for its interns for ``[starts_on, ends_on)`` (保单).

    Basis: 教职成〔2021〕4号, 安全职责; 2011年宁波市学生实习办法第二条: the student never pays.
    """

    school = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="intern_policies",
        verbose_name="投保学校",
    )
    insurer_name = models.CharField("保险机构", max_length=120)
    insurer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_policies",
        verbose_name="保险机构单位",
    )
    product = models.ForeignKey(
        InsuranceProduct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="policies",
        verbose_name="保险产品",
    )
    kind = models.CharField("险种", max_length=12, choices=InsuranceKind.choices)
    number = models.CharField("保单号", max_length=60, unique=True)
    starts_on = models.DateField("起保日")
    ends_on = models.DateField("终保日（不含）")
    premium = models.DecimalField(
        "保费合计（元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    payer = models.CharField("保费由谁承担", max_length=8, choices=PremiumPayer.choices)
    payer_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="付费单位",
    )
    state = models.CharField(
        "状态", max_length=10, choices=PolicyState.choices, default=PolicyState.IN_FORCE
    )
    cancelled_on = models.DateField("退保日", null=True, blank=True)
    cancel_reason = models.CharField("退保原因", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "保单"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="insurance_policy_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(payer__in=sorted(LAWFUL_PAYERS)), name="insurance_never_paid_by_student"
            ),
            models.CheckConstraint(
                condition=Q(state=PolicyState.IN_FORCE)
                | Q(cancelled_on__isnull=False) & ~Q(cancel_reason=""),
                name="insurance_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["school", "kind"], name="insurance_policy_of_school")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def tone(self) -> str:
        return tone_of(self.state)


class InsuredIntern(models.Model):
    """One internship on a policy, covered for ``[starts_on, ends_on)`` (被保险人)."""

    policy = models.ForeignKey(InsurancePolicy, on_delete=models.PROTECT, related_name="insured")
    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="insurances", verbose_name="实习"
    )
    starts_on = models.DateField("起保日")
    ends_on = models.DateField("终保日（不含）")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("加保时间", auto_now_add=True)

    class Meta:
        verbose_name = "被保险学生"
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "internship"], name="insured_on_a_policy_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="insured_period_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship} {self.policy}"


class InsuranceClaim(models.Model):
    """An accident brought before the insurer first, the rest shared by agreement (保险理赔).

    Basis: 教职成〔2016〕3号第三十六条: insurance first, what remains as the agreement says.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="insurance_claims", verbose_name="实习"
    )
    policy = models.ForeignKey(
        InsurancePolicy, on_delete=models.PROTECT, related_name="claims", verbose_name="保单"
    )
    event = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name="对应的实习事件",
    )
    happened_on = models.DateField("出险日")
    incident = models.TextField("事故经过", max_length=2000)
    loss = models.DecimalField(
        "损失金额（元）", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    state = models.CharField(
        "状态", max_length=10, choices=ClaimState.choices, default=ClaimState.REPORTED
    )
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("报案时间")
    answer_due_at = models.DateTimeField("应答复时间", null=True, blank=True)
    answer = models.CharField("保险机构答复", max_length=500, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    paid = models.DecimalField(
        "赔付金额（元）", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    paid_on = models.DateField("赔付日", null=True, blank=True)
    school_share = models.DecimalField(
        "学校承担（元）", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    host_share = models.DecimalField(
        "实习单位承担（元）", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    remainder_basis = models.CharField("其余部分的协议约定", max_length=300, blank=True)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "保险理赔"
        constraints = [
            models.CheckConstraint(
                condition=Q(loss__gte=0, paid__gte=0, school_share__gte=0, host_share__gte=0),
                name="claim_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.SETTLED)
                | Q(loss__lte=F("paid") + F("school_share") + F("host_share")),
                name="claim_settled_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship} {self.happened_on}"

    @property
    def tone(self) -> str:
        return tone_of(self.state)

    @property
    def remainder(self) -> Decimal:
        """What the insurance did not pay (其余部分)."""
        return max(self.loss - self.paid, Decimal(0))
