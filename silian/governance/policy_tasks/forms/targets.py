"""What coordinators type about a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.policy_tasks.commands.target_measuring import Baseline


class BindingForm(forms.Form):
    """Which metric measures a target (绑定指标)."""

    metric_code = forms.ChoiceField(
        label="指标",
        widget=widgets.SearchSelect(),
        help_text="只列单位相符的指标；逐单位的目标列占比指标。",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["metric_code"].choices = choices  # type: ignore[attr-defined]


class BaselineForm(forms.Form):
    """From where progress is measured (基期)."""

    value = forms.DecimalField(label="基期值", max_digits=18, decimal_places=4)
    on = forms.DateField(label="基期日", widget=widgets.DateInput())
    evidence = forms.CharField(
        label="依据",
        max_length=300,
        help_text="统计年报、台账或文件的名称和日期，例如：2025 年教育事业统计年报。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("value", "on"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def baseline(self) -> Baseline:
        return Baseline(**self.cleaned_data)
