"""What a coordinator types to set a parameter."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.policies.queries.clause_choices import Choices
from silian.registers.policies.rules.parameters import Setting

HALVES = ("low", "high", "valid_from", "valid_to", "source", "place")


class ParameterForm(forms.Form):
    """A value from a day on, by a clause (设定参数)."""

    value = forms.DecimalField(
        label="数值", required=False, max_digits=18, decimal_places=4, help_text="比例填百分数"
    )
    low = forms.DecimalField(label="下限", required=False, max_digits=18, decimal_places=4)
    high = forms.DecimalField(label="上限", required=False, max_digits=18, decimal_places=4)
    valid_from = forms.DateField(label="起用日", widget=widgets.DateInput())
    valid_to = forms.DateField(
        label="停用日（不含）", required=False, widget=widgets.DateInput(), help_text="长期有效不填"
    )
    clause = forms.TypedChoiceField(
        label="依据条款",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
        help_text="只列已发布文件的条款；库里没有的文件在下面填写文号和条款",
    )
    source = forms.CharField(label="文号", required=False, max_length=80)
    place = forms.CharField(label="条款", required=False, max_length=80)
    is_correction = forms.BooleanField(
        label="更正录错的数值",
        required=False,
        help_text="原值留在历史里并标明已更正；政策调整请不要勾选，填新的起用日即可",
    )
    reason = forms.CharField(label="理由", required=False, max_length=200)

    fieldsets = [
        ("数值", ["value", "low", "high"]),
        ("有效期", ["valid_from", "valid_to"]),
        ("依据", ["clause", "source", "place"]),
        ("更正", ["is_correction", "reason"]),
    ]

    def __init__(self, *args: Any, clauses: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].choices = [("", "请选择"), *clauses]  # type: ignore[attr-defined]
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]

    def setting(self) -> Setting:
        """The value as typed."""
        given = dict(self.cleaned_data)
        return Setting(clause_id=given.pop("clause"), **given)
