"""What is typed about pay."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.hosts import (
    PayMethod,
)


class AccountForm(forms.Form):
    """The student's own bank account (报酬账户)."""

    bank = forms.CharField(label="开户银行", max_length=80, help_text="写到支行，方便单位转账。")
    holder = forms.CharField(label="户名", max_length=60, help_text="必须是学生本人姓名。")
    number = forms.CharField(
        label="账号",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="加密保存，只显示末四位。",
    )


class PaymentForm(forms.Form):
    """A transfer that reached the student (填报到账)."""

    amount = forms.DecimalField(
        label="到账金额", max_digits=9, decimal_places=2, widget=widgets.MoneyInput()
    )
    paid_on = forms.DateField(label="到账日期", widget=widgets.DateInput())
    method = forms.ChoiceField(label="支付方式", choices=PayMethod.choices, initial=PayMethod.BANK)
    payer_name = forms.CharField(
        label="付款户名", max_length=120, required=False, help_text="与单位名称不同时填写。"
    )


class ContraryForm(forms.Form):
    """What the student really got (与实际不符)."""

    amount = forms.DecimalField(
        label="实际收到",
        max_digits=9,
        decimal_places=2,
        min_value=0,
        widget=widgets.MoneyInput(),
        help_text="没有收到填 0。",
    )
    received_on = forms.DateField(label="收到日期", required=False, widget=widgets.DateInput())
    method = forms.ChoiceField(
        label="怎么收到的", required=False, choices=[("", "没有收到"), *PayMethod.choices]
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：发到卡上后被要求转回 500 元。实习单位看不到照片。",
    )
    proof = forms.FileField(
        label="照片或截图", required=False, widget=widgets.FileInput(), help_text="最多一个文件。"
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SheetForm(forms.Form):
    """A payroll sheet to read (发放表)."""

    month = forms.DateField(
        label="报酬月份", widget=widgets.DateInput(), help_text="选当月任意一天。"
    )
    file = forms.FileField(
        label="发放表",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行列名：学号、姓名、金额、到账日期。不要放账号和证件号。",
    )


class YearForm(forms.Form):
    """The tax year of a pack (年度)."""

    year = forms.IntegerField(label="年度", min_value=2016, max_value=2100)

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].initial = year
