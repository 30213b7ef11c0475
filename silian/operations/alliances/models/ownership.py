"""Schools run with enterprises: cases, parties, assets, approvals, reports, purchases."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.ownership import (
    APPROVAL_TONES,
    CASE_TONES,
    PUBLIC_CASES,
    ApprovalState,
    AssetKind,
    CaseMode,
    CaseObject,
    CaseState,
    LegalPerson,
    PartyKind,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

RAN = (CaseState.RUNNING,)


class OwnershipCase(models.Model):
    """A school, or a part of one, run with an enterprise (企业办学案例).

    ``reviewed_by`` and ``approved_by`` are two persons; the database holds it.
    """

    applicant = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="申请单位",
        related_name="ownership_cases",
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    title = models.CharField("案例名称", max_length=120)
    mode = models.CharField("办学方式", max_length=16, choices=CaseMode.choices)
    object = models.CharField("办学对象", max_length=10, choices=CaseObject.choices)
    school_name = models.CharField("学校或机构名称", max_length=120)
    legal_person = models.CharField("法人类型", max_length=10, choices=LegalPerson.choices)
    funding_kept = models.BooleanField("保留原有经费渠道", default=False)
    funding_channel = models.CharField("经费渠道", max_length=300)
    rights = models.TextField("各方权利", max_length=2000)
    duties = models.TextField("各方义务", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=CaseState.choices, default=CaseState.DRAFT
    )
    applied_at = models.DateTimeField("提交时间", null=True, blank=True)
    due_at = models.DateTimeField("审核期限", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on = models.DateField("批准日", null=True, blank=True)
    report_month = models.PositiveSmallIntegerField(
        "年度报告月", default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    report_day = models.PositiveSmallIntegerField(
        "年度报告日", default=31, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    running_on = models.DateField("运行日", null=True, blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    answer = models.CharField("退回、不予批准或终止的理由", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "企业办学案例"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="ownership_case_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(PUBLIC_CASES))
                | Q(
                    approved_on__isnull=False,
                    approved_by__isnull=False,
                    reviewed_by__isnull=False,
                ),
                name="ownership_case_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(reviewed_by__isnull=True)
                | ~Q(approved_by=F("reviewed_by")),
                name="ownership_case_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RAN) | Q(running_on__isnull=False),
                name="ownership_case_running_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.ENDED) | Q(ended_on__isnull=False),
                name="ownership_case_ended_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.RETURNED, CaseState.REFUSED, CaseState.ENDED])
                | ~Q(answer=""),
                name="ownership_case_answer_said",
            ),
            models.CheckConstraint(
                condition=Q(report_month__range=(1, 12), report_day__range=(1, 31)),
                name="ownership_case_report_day_plausible",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="ownership_case_of_division")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:case_detail", kwargs={"case_id": self.pk})

    @property
    def tone(self) -> str:
        return CASE_TONES[CaseState(self.state)]


class CasePart(models.Model):
    """What belongs to a case and counts where the case does."""

    class Meta:
        abstract = True

    @property
    def division_id(self) -> str:
        return self.case.division_id  # type: ignore[attr-defined, no-any-return]


class CaseParty(CasePart):
    """Who takes part, with the share held where there is one (办学参与方)."""

    case = models.ForeignKey(OwnershipCase, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField("名称", max_length=120)
    unit = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="名录中的单位",
        related_name="+",
    )
    kind = models.CharField("性质", max_length=18, choices=PartyKind.choices)
    share = models.DecimalField("股比", max_digits=7, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "办学参与方"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="case_party_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
                name="case_party_share_within_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseAsset(CasePart):
    """What a party brings in, with its valuation (投入资产). The report is a kept file."""

    case = models.ForeignKey(OwnershipCase, on_delete=models.CASCADE, related_name="assets")
    party = models.ForeignKey(CaseParty, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField("要素", max_length=12, choices=AssetKind.choices)
    description = models.CharField("内容", max_length=200)
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    valuer = models.CharField("评估机构", max_length=120, blank=True)
    valuation_number = models.CharField("评估报告编号", max_length=80, blank=True)
    valued_on = models.DateField("评估基准日", null=True, blank=True)

    class Meta:
        verbose_name = "投入资产"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="case_asset_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.description}"


class CaseApproval(CasePart):
    """A matter that an authority decides, with its paper (审批环节)."""

    case = models.ForeignKey(OwnershipCase, on_delete=models.CASCADE, related_name="approvals")
    matter = models.CharField("审批事项", max_length=120)
    authority = models.CharField("审批机关", max_length=120)
    state = models.CharField(
        "结果", max_length=8, choices=ApprovalState.choices, default=ApprovalState.PENDING
    )
    reference = models.CharField("批文文号", max_length=80, blank=True)
    decided_on = models.DateField("批复日", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "办学审批环节"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "matter"], name="case_approval_once"),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.GRANTED)
                | (Q(decided_on__isnull=False) & ~Q(reference="")),
                name="case_approval_granted_has_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.REFUSED) | ~Q(note=""),
                name="case_approval_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.matter

    @property
    def tone(self) -> str:
        return APPROVAL_TONES[ApprovalState(self.state)]


class CaseReport(CasePart):
    """What the school did in a year (办学年度报告)."""

    case = models.ForeignKey(OwnershipCase, on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField("年度")
    students = models.PositiveIntegerField("在校生")
    invested = models.DecimalField("当年投入", max_digits=16, decimal_places=2)
    summary = models.TextField("办学情况", max_length=3000)
    reported_on = models.DateField("报送日")

    class Meta:
        verbose_name = "办学年度报告"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["case", "year"], name="case_report_once_a_year"),
            models.CheckConstraint(condition=Q(invested__gte=0), name="case_report_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.year} 年"


class EducationPurchase(models.Model):
    """Places that the government bought at a school run by an enterprise (政府购买教育服务).

    Basis: 004 三（一）: 办学符合职业教育发展规划要求的，可通过政府购买服务等方式予以支持.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    buyer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="购买单位", related_name="+"
    )
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="承接单位", related_name="+"
    )
    case = models.ForeignKey(
        OwnershipCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办学案例",
        related_name="purchases",
    )
    year = models.PositiveSmallIntegerField("年度")
    service = models.CharField("购买内容", max_length=120)
    seats = models.PositiveIntegerField("学位数")
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2)
    contract_reference = models.CharField("合同编号", max_length=80)
    plan_basis = models.CharField("符合规划的依据", max_length=200)
    registered_on = models.DateField("登记日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "政府购买教育服务"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gt=0, amount__gt=0), name="education_purchase_positive"
            ),
            models.UniqueConstraint(
                fields=["buyer", "contract_reference", "year"], name="education_purchase_once"
            ),
            models.CheckConstraint(
                condition=~Q(buyer=F("provider")), name="education_purchase_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年 {self.service}"
