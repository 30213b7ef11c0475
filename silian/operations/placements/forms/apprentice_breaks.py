"""What is typed about breaks of an apprentice's training."""

from __future__ import annotations

from django import forms

from silian.foundation.ui.widgets import DateInput


class BreakForm(forms.Form):
    """The days of a break and its reason (培训中断)."""

    starts_on = forms.DateField(label="中断起始日", widget=DateInput())
    ends_on = forms.DateField(
        label="恢复日", widget=DateInput(), required=False, help_text="还没有恢复就不填。"
    )
    reason = forms.CharField(label="原因", max_length=200)


class CorrectionForm(BreakForm):
    """The days of a break put right (更正中断)."""

    reason = forms.CharField(
        label="更正原因", max_length=200, required=False, help_text="只补填恢复日时可以不填。"
    )
