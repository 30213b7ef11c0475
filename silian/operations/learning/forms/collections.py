"""What a collecting office types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.operations.learning.models.collections import CollectionNotice


class CollectedForm(forms.Form):
    """The receipt of what came in (登记收取结果)."""

    receipt_number = forms.CharField(
        label="凭证号", max_length=60, help_text="非税收入缴款书、完税凭证等的号码"
    )
    received = forms.DecimalField(
        label="收取金额", max_digits=16, decimal_places=2, widget=widgets.MoneyInput()
    )
    received_on = forms.DateField(
        label="收取日", widget=widgets.DateInput(), initial=timezone.localdate
    )
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="少于应收取金额的必须写明原因",
    )  # fmt: skip

    def __init__(self, *args: Any, row: CollectionNotice, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["received"].initial = row.amount


class SendBackForm(forms.Form):
    """Why the office does not collect (退回)."""

    reason = forms.CharField(
        label="退回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如不属本部门管辖、金额有误；核对部门会收到",
    )  # fmt: skip
