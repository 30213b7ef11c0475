"""What keepers and departments type."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone

from silian.casework.ledgers.choices import FundKind, FundLevel
from silian.casework.ledgers.commands.funds import FundFacts, LineFacts
from silian.casework.ledgers.commands.statements import RowFacts
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import parse_yuan
from silian.foundation.kernel.sheets import Sheet, sheet_of
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

MOST_STATEMENT_ROWS = 5_000  # a month of one account; larger files are split by day
BANK_COLUMNS = ("交易日期", "金额", "户名")
INCOMING = ("收", "收款", "收入", "贷", "贷方")
OUTGOING = ("", "付", "付款", "支出", "借", "借方")


def money_field(label: str = "金额", **given: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=16,
        decimal_places=2,
        min_value=Decimal("0.01"),
        widget=widgets.MoneyInput(),
        **given,
    )


def day_field(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=widgets.DateInput(), initial=timezone.localdate, **given
    )


def reason_field(label: str, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=300, widget=box, **given)


def government_field(label: str, **given: Any) -> forms.ModelChoiceField:
    rows = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT, state=OrganisationState.VERIFIED
    ).order_by("division_id", "name")
    return forms.ModelChoiceField(
        label=label, queryset=rows, widget=widgets.SearchSelect(), empty_label="请选择", **given
    )


class HalfForm(forms.Form):
    """A form some fields of which stand beside their neighbours."""

    halves: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.halves:
            self.fields[name].half = True  # type: ignore[attr-defined]


class OfficeForm(HalfForm):
    """Which department keeps the books of a region (指定记账单位)."""

    division = DivisionField(label="地区")
    organisation = government_field("记账单位", help_text="一般为本级财政局")
    basis = forms.CharField(label="依据", max_length=200, help_text="三定规定、会议纪要等")
    on = day_field("起始日")


class FundForm(HalfForm):
    """A fund with its owner and source (设立资金)."""

    name = forms.CharField(label="资金名称", max_length=80)
    code = forms.CharField(label="编号", max_length=20)
    owner = government_field("主管部门", help_text="安排使用这笔资金的部门，可占用指标、安排支付")
    level = forms.ChoiceField(label="来源级次", choices=FundLevel.choices)
    kind = forms.ChoiceField(label="资金性质", choices=FundKind.choices)
    document = forms.CharField(label="设立依据", max_length=200, help_text="文件名称和文号")
    opened_on = day_field("设立日")
    halves = ("name", "code", "level", "kind")

    def facts(self) -> FundFacts:
        names = FundFacts.__dataclass_fields__
        return FundFacts(**{name: self.cleaned_data[name] for name in names})


class LineForm(HalfForm):
    """A budget line by document and clause (开立预算项目)."""

    name = forms.CharField(label="项目名称", max_length=80)
    code = forms.CharField(label="项目编号", max_length=20)
    fiscal_year = forms.IntegerField(label="预算年度", min_value=2000, max_value=2100)
    document = forms.CharField(label="文件", max_length=200)
    clause = forms.CharField(label="条款", max_length=80, help_text="例如 三（二）")
    halves = ("name", "code", "document", "clause")

    def facts(self) -> LineFacts:
        names = LineFacts.__dataclass_fields__
        return LineFacts(**{name: self.cleaned_data[name] for name in names})


class BudgetForm(HalfForm):
    """Money granted or taken back by a document (下达、调减)."""

    amount = money_field()
    on = day_field("记账日")
    document = forms.CharField(label="文件", max_length=200, help_text="下达或调减的文件和文号")
    halves = ("amount", "on")


class CommitmentForm(HalfForm):
    """Money promised for a purpose (占用指标)."""

    label = forms.CharField(label="事项", max_length=120, help_text="例如 2026 年第一批学徒补贴")
    key = forms.CharField(
        label="业务编号", max_length=80, help_text="批文或申请的编号；同一编号不会占用两次"
    )
    amount = money_field()
    on = day_field("记账日")
    halves = ("amount", "on")


class ReleaseForm(HalfForm):
    """Money given back (释放占用)."""

    amount = money_field()
    on = day_field("记账日")
    reason = reason_field("原因")
    halves = ("amount", "on")


class PaymentForm(HalfForm):
    """One payment to one payee (安排支付)."""

    amount = money_field()
    key = forms.CharField(label="付款编号", max_length=80, help_text="同一编号不会支付两次")
    payee_name = forms.CharField(label="收款户名", max_length=120, help_text="与银行账户一致")
    bank = forms.CharField(label="开户行", max_length=120)
    account = forms.CharField(
        label="收款账号", max_length=40, help_text="加密保存，页面上只显示末四位"
    )
    halves = ("amount", "key", "payee_name", "bank")

    def clean_account(self) -> str:
        return "".join(self.cleaned_data["account"].split())


class RetryForm(HalfForm):
    """The corrected account of a payment that failed (更正账号重付)."""

    payee_name = forms.CharField(label="收款户名", max_length=120, help_text="与银行账户一致")
    bank = forms.CharField(label="开户行", max_length=120)
    account = forms.CharField(
        label="更正后的收款账号", max_length=40, help_text="加密保存，页面上只显示末四位"
    )
    on = day_field("记账日")
    reason = reason_field("更正依据", help_text="例如收款单位来函的日期和文号")
    halves = ("payee_name", "bank", "account", "on")

    def clean_account(self) -> str:
        return "".join(self.cleaned_data["account"].split())


class BatchForm(HalfForm):
    """Which payments go to the bank together (编制付款批次)."""

    title = forms.CharField(label="批次名称", max_length=80)
    payments = forms.ModelMultipleChoiceField(
        label="支付", queryset=FundPayment.objects.none(), widget=widgets.CheckboxList()
    )

    def __init__(self, *args: Any, ready: QuerySet[FundPayment], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["payments"]
        field.queryset = ready  # type: ignore[attr-defined]
        field.label_from_instance = payment_label  # type: ignore[attr-defined]


def payment_label(row: Model) -> str:
    """What a payment is, in one line."""
    assert isinstance(row, FundPayment)
    return f"{row.payee_name}　{row.amount:,.2f} 元　{row.subject_label}（{row.key}）"


class ReasonForm(HalfForm):
    """Why something unusual is done."""

    reason = reason_field("原因")

    def __init__(self, *args: Any, label: str = "原因", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = label


class DatedReasonForm(ReasonForm):
    """Why, and in which month it is booked."""

    on = day_field("记账日")


class BankFileForm(ReasonForm):
    """Why whole account numbers are taken out, and as what (导出银行文件)."""

    format = forms.ChoiceField(label="格式", choices=[("xlsx", "Excel"), ("csv", "CSV")])


class BankWordForm(HalfForm):
    """What the bank says about one payment (银行结果)."""

    on = day_field("支付日")
    reference = forms.CharField(label="银行流水号", max_length=60)
    halves = ("on", "reference")


class ReceivableForm(HalfForm):
    """What has to come back, from whom and why (确认应收款)."""

    debtor = forms.ModelChoiceField(
        label="欠款单位",
        queryset=Organisation.objects.filter(state=OrganisationState.VERIFIED).order_by("name"),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
    )
    label = forms.CharField(label="事项", max_length=120)
    key = forms.CharField(label="业务编号", max_length=80, help_text="收回决定的文号")
    amount = money_field()
    due_on = day_field("应还日")
    reason = reason_field("原因")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件和条款")
    halves = ("label", "key", "amount", "due_on")


class PlanForm(HalfForm):
    """Equal monthly instalments (安排分期)."""

    count = forms.IntegerField(label="期数", min_value=1, max_value=36)
    first_on = day_field("第一期应还日")
    reason = reason_field("同意分期的原因")
    halves = ("count", "first_on")


class ReceiptForm(HalfForm):
    """Money that came back (登记收回)."""

    amount = money_field()
    on = day_field("收款日")
    key = forms.CharField(label="银行流水号", max_length=80, help_text="同一流水号不会登记两次")
    note = forms.CharField(label="说明", max_length=200, required=False)
    halves = ("amount", "on")


class SetOffForm(HalfForm):
    """An old debt settled by a new entitlement (抵扣)."""

    commitment = forms.ModelChoiceField(
        label="用哪笔占用抵扣", queryset=Commitment.objects.none(), empty_label="请选择"
    )
    amount = money_field()
    on = day_field("记账日")
    key = forms.CharField(label="业务编号", max_length=80, help_text="抵扣决定的文号")
    halves = ("amount", "on")

    def __init__(self, *args: Any, commitments: QuerySet[Commitment], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["commitment"]
        field.queryset = commitments  # type: ignore[attr-defined]
        field.label_from_instance = commitment_label  # type: ignore[attr-defined]


def commitment_label(row: Model) -> str:
    assert isinstance(row, Commitment)
    return f"{row.subject_label}（{row.line}，未用 {row.remaining:,.2f} 元）"


class StatementForm(HalfForm):
    """A file of the bank (导入对账单)."""

    file = forms.FileField(
        label="银行文件",
        widget=widgets.FileInput(attrs={"accept": ".xlsx,.csv"}, limit="Excel 或 CSV"),
        help_text="列名：交易日期、金额、户名；可有 收支、付款编号、流水号、失败原因、附言",
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if upload := values.get("file"):
            values["content"] = upload.read()
            try:
                sheet = sheet_of(
                    name=upload.name, content=values["content"], most_rows=MOST_STATEMENT_ROWS
                )
                values["rows"] = bank_rows(sheet)
            except DomainError as refusal:
                self.add_error("file", refusal.sentence)
        return values


def bank_rows(sheet: Sheet) -> list[RowFacts]:
    """The rows of a bank's file; a bad cell is named by row and column."""
    sheet.require(*BANK_COLUMNS)
    rows = [bank_row(place, row) for place, row in sheet.numbered()]
    if not rows:
        raise DomainError("文件里没有流水。请核对是否选错了文件。", field="file")
    return rows


def bank_row(place: int, row: dict[str, str]) -> RowFacts:
    try:
        day = datetime.date.fromisoformat(row["交易日期"].strip()[:10].replace("/", "-"))
    except ValueError:
        raise DomainError(f"第 {place} 行“交易日期”不是日期，请写成 2026-03-18。") from None
    try:
        amount = parse_yuan(row["金额"])
    except DomainError as refusal:
        raise DomainError(f"第 {place} 行“金额”：{refusal.sentence}") from None
    if amount <= 0:
        raise DomainError(f"第 {place} 行“金额”应大于零。")
    way = row.get("收支", "").strip()
    if way not in (*INCOMING, *OUTGOING):
        raise DomainError(f"第 {place} 行“收支”请写 收 或 付。")
    return RowFacts(
        number=place,
        paid_on=day,
        amount=amount,
        payee_name=row["户名"].strip()[:120],
        key=row.get("付款编号", "").strip()[:80],
        reference=row.get("流水号", "").strip()[:60],
        failure=row.get("失败原因", "").strip()[:200],
        is_incoming=way in INCOMING,
        memo=row.get("附言", "").strip()[:120],
    )


class MatchForm(HalfForm):
    """Which payment a row is, and why a person says so (人工匹配)."""

    payment = forms.ModelChoiceField(
        label="支付",
        queryset=FundPayment.objects.none(),
        required=False,
        empty_label="都不是，只作说明",
    )
    reason = reason_field("理由")

    def __init__(self, *args: Any, offered: QuerySet[FundPayment], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["payment"]
        field.queryset = offered  # type: ignore[attr-defined]
        field.label_from_instance = payment_label  # type: ignore[attr-defined]


class RefundForm(HalfForm):
    """Which debt the money of a row pays back, and why a person says so (核销收款)."""

    receivable = forms.ModelChoiceField(
        label="应收款",
        queryset=Receivable.objects.none(),
        required=False,
        empty_label="都不是，只作说明",
    )
    reason = reason_field("理由")

    def __init__(self, *args: Any, offered: QuerySet[Receivable], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["receivable"]
        field.queryset = offered  # type: ignore[attr-defined]
        field.label_from_instance = receivable_label  # type: ignore[attr-defined]


def receivable_label(row: Model) -> str:
    assert isinstance(row, Receivable)
    left = f"{row.refund_code}，未收回 {row.outstanding:,.2f} 元"
    return f"{row.debtor_name}　{row.subject_label}（{left}）"
