"""What a unit types about the account of a claim."""

from __future__ import annotations

from django import forms


class AccountForm(forms.Form):
    """The right account and why it changes (更正收款账户)."""

    bank_name = forms.CharField(label="开户行", max_length=120)
    account_number = forms.CharField(
        label="收款账号", max_length=60, help_text="户名应与单位名称一致；加密保存，只显示末四位",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label="更正原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
