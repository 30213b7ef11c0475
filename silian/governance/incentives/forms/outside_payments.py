"""What is typed about subsidies paid outside the platform."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.reference.forms import OccupationField
from silian.foundation.ui import widgets
from silian.governance.incentives.choices.outside_payments import OutsideKind, SkillLevel
from silian.governance.incentives.rules.outside_payments import PaymentSaid

MOST = Decimal("9999999.99")  # of one person
ONE_DAY = datetime.timedelta(days=1)
HALF = (
    "name", "id_number", "kind", "amount", "occupation", "level", "starts_on", "ends_on",
    "paid_on", "authority",
)  # fmt: skip


class PaymentForm(forms.Form):
    """One payment (发放记录)."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="证件号", max_length=18, help_text="居民身份证号，加密保存，页面只显示首尾"
    )
    kind = forms.ChoiceField(label="补贴类别", choices=[("", "请选择"), *OutsideKind.choices])
    amount = forms.DecimalField(
        label="金额", min_value=Decimal("0.01"), max_value=MOST, max_digits=16, decimal_places=2,
        widget=widgets.MoneyInput(),
    )  # fmt: skip
    occupation = OccupationField(label="职业（工种）", required=False)
    level = forms.ChoiceField(
        label="技能等级", required=False, choices=[("", "没有等级"), *SkillLevel.choices]
    )
    starts_on = forms.DateField(label="起始日", widget=widgets.DateInput())
    ends_on = forms.DateField(
        label="终止日", widget=widgets.DateInput(), help_text="培训或培养的最后一天"
    )
    paid_on = forms.DateField(label="发放日", widget=widgets.DateInput())
    authority = forms.CharField(label="发放单位", max_length=80)
    source = forms.CharField(
        label="来源文件", max_length=120, help_text="发放名册、文号或系统名称和日期"
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in HALF:
            self.fields[name].half = True  # type: ignore[attr-defined]

    def said(self) -> PaymentSaid:
        values = dict(self.cleaned_data)
        number = "".join(values.pop("id_number").split()).upper()
        last, occupation = values.pop("ends_on"), values.pop("occupation")
        return PaymentSaid(
            id_number=number,
            ends_on=last + ONE_DAY,
            occupation=occupation.code if occupation else "",
            **values,
        )


class ListForm(forms.Form):
    """A list in the columns of its template (导入名单)."""

    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名，一次最多 2,000 行；先预览再导入",
    )


class WithdrawPaymentForm(forms.Form):
    """Why a payment is withdrawn (撤销理由)."""

    reason = forms.CharField(
        label="撤销理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="记录保留，不再参与重复核对；内容有误的，撤销后重新登记",
    )  # fmt: skip
