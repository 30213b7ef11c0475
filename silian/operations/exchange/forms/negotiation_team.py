"""Bringing a partner into one's answer."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation


class PartnerForm(forms.Form):
    """The partner by its name or credit code, and its part of the work (邀请成员)."""

    name = forms.CharField(
        label="单位", max_length=120, help_text="填单位全称或统一社会信用代码，须已核验。"
    )
    contribution = forms.CharField(
        label="分工", max_length=200, help_text="例如：承担刀具路径仿真和试切验证。"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name = str(data.get("name", "")).strip()
        if name:
            verified = Organisation.objects.filter(state=OrganisationState.VERIFIED)
            found = verified.filter(name=name).first() or verified.filter(uscc=name.upper()).first()
            if found is None:
                self.add_error("name", f"没有找到已核验的“{name}”，请核对全称或信用代码。")
            data["organisation"] = found
        return data
