"""Pay of interns: the student's account, what a month owes, what was paid, and alarms."""

from __future__ import annotations

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    PaySheetState,
    StudentAnswer,
)
from silian.operations.placements.models.internships import Internship
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

PAY_ALARM_TONES = {
    PayAlarmKind.LATE: "late",
    PayAlarmKind.LOW: "late",
    PayAlarmKind.BELOW_LINE: "watch",
    PayAlarmKind.CONTRARY: "late",
    PayAlarmKind.SAME_ACCOUNT: "watch",
    PayAlarmKind.INTERVAL: "watch",
}
ZERO = Decimal(0)


class StudentAccount(models.Model):
    """The bank account that an intern's pay goes to (报酬账户), always the student's own.

    The number is encrypted; ``number_index`` finds equal numbers. The holder equals the student's
    name, which a trigger holds too. One account is in force; a change closes the former one.

    Basis: 教职成〔2021〕4号第十八条: paid directly to the student.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="pay_accounts", verbose_name="学生"
    )
    bank = models.CharField("开户银行", max_length=80)
    holder = models.CharField("户名", max_length=60)
    number_cipher = models.TextField("账号密文", editable=False)
    number_index = models.CharField("账号盲索引", max_length=64, editable=False)
    number_mask = models.CharField("账号", max_length=30)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    opened_at = models.DateTimeField("启用时间")
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "报酬账户"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at__isnull=True), name="pay_account_once"
            ),
            models.CheckConstraint(
                condition=~Q(number_index="") & ~Q(number_cipher=""),
                name="pay_account_number_kept",
            ),
        ]
        indexes = [models.Index(fields=["number_index"], name="pay_account_by_number")]

    def __str__(self) -> str:
        return f"{self.bank} {self.number_mask}"


class PayRecord(models.Model):
    """What one internship month owes and what reached the student (月度报酬).

    ``month`` is its first day. ``paid_amount`` and ``paid_on`` follow the payments. The agreement's
    monthly pay is kept as it stood when the month was opened; ``parts`` tell days and amount of
    each pay when it changed within the month.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="pay_records", verbose_name="实习"
    )
    month = models.DateField("月份")
    days = models.PositiveSmallIntegerField("当月实习天数")
    monthly_pay = models.DecimalField("约定报酬（元/月）", max_digits=9, decimal_places=2)
    due_amount = models.DecimalField("应得（元）", max_digits=9, decimal_places=2)
    parts = models.JSONField("分段", default=list, blank=True, encoder=DjangoJSONEncoder)
    due_on = models.DateField("应发日")
    paid_amount = models.DecimalField("已付（元）", max_digits=9, decimal_places=2, default=0)
    paid_on = models.DateField("到账日", null=True, blank=True)
    stated_at = models.DateTimeField("单位填报时间", null=True, blank=True)
    student_answer = models.CharField(
        "学生核对", max_length=10, choices=StudentAnswer.choices, default=StudentAnswer.NONE
    )
    student_amount = models.DecimalField(
        "学生实收（元）", max_digits=9, decimal_places=2, null=True, blank=True
    )
    student_on = models.DateField("学生实收日", null=True, blank=True)
    student_method = models.CharField(
        "学生说明的方式", max_length=12, choices=PayMethod.choices, blank=True
    )
    student_note = models.CharField("学生说明", max_length=300, blank=True)
    student_at = models.DateTimeField("核对时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建账时间", auto_now_add=True)

    class Meta:
        verbose_name = "月度报酬"
        ordering = ["-month", "internship"]
        constraints = [
            models.UniqueConstraint(fields=["internship", "month"], name="pay_month_once"),
            models.CheckConstraint(
                condition=Q(due_amount__gte=0, paid_amount__gte=0, monthly_pay__gte=0),
                name="pay_amounts_positive",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="pay_month_is_first_day"),
            models.CheckConstraint(condition=Q(due_on__gte=F("month")), name="pay_due_after_month"),
            models.CheckConstraint(
                condition=Q(paid_amount=0) | Q(paid_on__isnull=False), name="pay_paid_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(student_answer=StudentAnswer.NONE) | Q(student_at__isnull=False),
                name="pay_answer_has_time",
            ),
        ]
        indexes = [models.Index(fields=["month", "due_on"], name="pay_by_month")]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.month:%Y-%m}"

    @property
    def unpaid(self) -> Decimal:
        """What is still owed; never negative."""
        return max(self.due_amount - self.paid_amount, ZERO)

    @property
    def division_id(self) -> str:
        return self.internship.division_id


class PaySheet(models.Model):
    """A payroll sheet that a host uploaded (报酬发放表): read, previewed, then taken once.

    ``rows`` holds what was read with the errors of each cell; no account numbers.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pay_sheets", verbose_name="单位"
    )
    month = models.DateField("月份")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    rows = models.JSONField("读到的行", default=list)
    good = models.PositiveIntegerField("可入账行数", default=0)
    bad = models.PositiveIntegerField("有误行数", default=0)
    state = models.CharField(
        "状态", max_length=8, choices=PaySheetState.choices, default=PaySheetState.PREVIEW
    )
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    taken_at = models.DateTimeField("入账时间", null=True, blank=True)

    class Meta:
        verbose_name = "报酬发放表"
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "sha256"],
                condition=Q(state=PaySheetState.TAKEN),
                name="pay_sheet_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.month:%Y-%m}"

    @property
    def division_id(self) -> str:
        return self.organisation.division_id


class Payment(models.Model):
    """One transfer to the student's own account (发放); never changed, only marked as returned.

    The account belongs to the student of the month, and the method is a bank transfer: check and
    trigger. Pay to anybody else cannot be written.
    """

    pay_record = models.ForeignKey(
        PayRecord, on_delete=models.PROTECT, related_name="payments", verbose_name="月度报酬"
    )
    account = models.ForeignKey(
        StudentAccount, on_delete=models.PROTECT, related_name="payments", verbose_name="账户"
    )
    amount = models.DecimalField("金额（元）", max_digits=9, decimal_places=2)
    paid_on = models.DateField("到账日")
    method = models.CharField(
        "支付方式", max_length=12, choices=PayMethod.choices, default=PayMethod.BANK
    )
    sheet = models.ForeignKey(
        PaySheet, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    payer_name = models.CharField("付款户名", max_length=120, blank=True)
    stated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    stated_at = models.DateTimeField("填报时间")
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "报酬发放"
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=Q(method=PayMethod.BANK), name="payment_by_bank_transfer"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                name="payment_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"


class PayAlarm(models.Model):
    """Something about a student's pay that somebody must put right (报酬预警).

    It is told to host and school when opened and to the authority at ``authority_at``; only facts
    close it, never a click.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="pay_alarms", verbose_name="实习"
    )
    pay_record = models.ForeignKey(
        PayRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="alarms"
    )
    kind = models.CharField("预警", max_length=14, choices=PayAlarmKind.choices)
    gap = models.DecimalField("差额（元）", max_digits=9, decimal_places=2, default=0)
    detail = models.CharField("说明", max_length=300, blank=True)
    opened_on = models.DateField("发现日")
    authority_at = models.DateTimeField("报主管部门时限")
    told_authority_at = models.DateTimeField("报主管部门时间", null=True, blank=True)
    closed_at = models.DateTimeField("解除时间", null=True, blank=True)
    closing_fact = models.CharField("解除依据", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "报酬预警"
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "pay_record", "kind"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="pay_alarm_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closing_fact=""),
                name="pay_alarm_closed_by_a_fact",
            ),
        ]
        indexes = [models.Index(fields=["internship", "closed_at"], name="pay_alarm_by_intern")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def division_id(self) -> str:
        return self.internship.division_id

    @property
    def tone(self) -> str:
        return "ok" if self.closed_at else PAY_ALARM_TONES[PayAlarmKind(self.kind)]
