"""What is typed about receipts and use of the surcharge."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.rules.surcharge import Said

MOST = Decimal("99999999999999.99")


def amount_field(help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label="金额",
        min_value=0,
        max_value=MOST,
        max_digits=16,
        decimal_places=2,
        widget=widgets.MoneyInput(),
        help_text=help_text,
    )


class EntryForm(forms.Form):
    """One sum (收支)."""

    division = forms.ChoiceField(label="县（市、区）")
    kind = forms.ChoiceField(
        label="类别", choices=SurchargeKind.choices, widget=widgets.RadioList()
    )
    amount = amount_field()
    booked_on = forms.DateField(
        label="入账日", widget=widgets.DateInput(), help_text="按入账日算入预算年度"
    )
    item = forms.CharField(label="项目", max_length=120, help_text="如三季度入库、实训设备购置")
    voucher = forms.CharField(label="凭证或文号", max_length=80)

    def __init__(self, *args: Any, places: dict[str, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["division"].choices = [("", "请选择"), *places.items()]  # type: ignore[attr-defined]
        for name in ("division", "kind", "amount", "booked_on", "item", "voucher"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def said(self) -> Said:
        return Said(**self.cleaned_data)


class CorrectionForm(forms.Form):
    """The right numbers, and why (更正)."""

    amount = amount_field("撤销这一笔填 0")
    item = forms.CharField(label="项目", max_length=120)
    reason = forms.CharField(
        label="更正理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class SheetForm(forms.Form):
    """A sheet in the columns of its template (导入表格)."""

    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名，先预览再导入",
    )
