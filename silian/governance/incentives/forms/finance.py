"""What both sides of talks type: a product, a grant, money that moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.governance.incentives.commands.finance_deals import Grant, Movement

AMOUNT: dict[str, Any] = {"max_digits": 15, "decimal_places": 2, "min_value": 0}


class TalkForm(forms.Form):
    """Which product the talks are about (对接)."""

    product = forms.TypedChoiceField(label="金融产品", coerce=int, widget=widgets.RadioList())
    message = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, products: list[tuple[int, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["product"].choices = products  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """What the provider agrees to (同意内容)."""

    amount = forms.DecimalField(label="同意金额", widget=widgets.MoneyInput(), **AMOUNT)
    on = forms.DateField(label="同意日", widget=widgets.DateInput(), initial=timezone.localdate)
    rate = forms.DecimalField(
        label="年利率（%）",
        max_digits=6,
        decimal_places=3,
        min_value=0,
        max_value=100,
        required=False,
        help_text="担保、保险写年费率，股权类留空",
    )
    months = forms.IntegerField(label="期限（月）", min_value=1, required=False)
    reason = forms.CharField(
        label="审核意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("amount", "on", "rate", "months"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def grant(self) -> Grant:
        return Grant(**self.cleaned_data)


class MovementForm(forms.Form):
    """Money that moved on a day (发放)."""

    amount = forms.DecimalField(label="金额", widget=widgets.MoneyInput(), **AMOUNT)
    on = forms.DateField(label="发生日", widget=widgets.DateInput(), initial=timezone.localdate)
    reference = forms.CharField(label="合同或凭证号", max_length=80)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("amount", "on"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def movement(self) -> Movement:
        names = ("amount", "on", "reference")
        return Movement(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(MovementForm):
    """A record put right, or struck out (更正)."""

    strike_out = forms.BooleanField(
        label="整条作废，不登记新的记录", required=False, help_text="登记错了对象时选用"
    )
    reason = forms.CharField(label="更正原因", max_length=200)

    def right(self) -> Movement | None:
        return None if self.cleaned_data["strike_out"] else self.movement()
