"""The form of a service that goes with matching."""

from __future__ import annotations

from django import forms

from silian.operations.exchange.choices import ValueAddedCategory


class ValueAddedServiceForm(forms.Form):
    """What the service is and where it is used (登记增值服务)."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如：实习三方协议模板")
    category = forms.ChoiceField(label="类别", choices=ValueAddedCategory.choices)
    summary = forms.CharField(
        label="说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="给谁用、能得到什么，两三句话。",
    )
    fee = forms.CharField(label="收费", max_length=60, required=False, help_text="不填为免费")
    for_small = forms.BooleanField(label="面向中小微企业", required=False)
    address = forms.CharField(
        label="使用地址", max_length=300, help_text="本平台内以“/”开头的地址，或 https:// 网址"
    )
