"""Forms of the kernel's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from silian.foundation.kernel.audit_trail import AuditFilter


class AuditFilterForm(forms.Form):
    """What the auditor looks for (筛选审计记录)."""

    since = forms.DateField(
        label="从", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="到", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    who = forms.CharField(label="操作人或单位", required=False, max_length=60)
    action = forms.CharField(label="动作", required=False, max_length=80)
    object_type = forms.CharField(label="对象类型", required=False, max_length=60)
    object_id = forms.CharField(label="对象编号", required=False, max_length=40)

    @classmethod
    def filter_from(cls, values: Mapping[str, str]) -> AuditFilter:
        """The filter in the values; fields that make no sense are left out."""
        form = cls(data=values)
        form.is_valid()
        found: dict[str, Any] = {
            name: (value.strip() if isinstance(value, str) else value)
            for name, value in form.cleaned_data.items()
        }
        return AuditFilter(**{name: value for name, value in found.items() if value})


class WorkingDayForm(forms.Form):
    """One date against the built-in calendar (调整工作日)."""

    date = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    is_working = forms.TypedChoiceField(
        label="这一天是",
        choices=[("1", "工作日（调休上班）"), ("0", "休息日")],
        coerce=lambda value: value == "1",
    )
    basis = forms.CharField(
        label="依据", max_length=200, help_text="放假通知的名称和文号，审计时可查"
    )


class ReasonForm(forms.Form):
    """Why an administrator decides so (理由)."""

    reason = forms.CharField(label="理由", max_length=500, required=False)
