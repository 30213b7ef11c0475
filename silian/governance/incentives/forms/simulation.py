"""What to simulate, how to keep it, and how a draft is dated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.incentives.queries.simulation import Change

Choices = list[tuple[str, Any]]


class SimulationForm(forms.Form):
    """A rule's number and what it should become (模拟)."""

    change = forms.ChoiceField(
        label="改哪个数",
        error_messages={
            "required": "请选择要改的数。",
            "invalid_choice": "这个地区在这一年没有该参数，请重新选择。",
        },
    )
    after = forms.CharField(
        label="改成",
        max_length=20,
        help_text="金额写数字，比例写 8% 或 0.08",
        error_messages={"required": "还没有填写新的数值。"},
    )

    def __init__(self, data: Any = None, *, changes: Sequence[Change], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["change"].choices = [("", "请选择"), *choices_of(changes)]  # type: ignore[attr-defined]


def choices_of(changes: Sequence[Change]) -> Choices:
    """By rule, each number with its present value."""
    return [
        (title, [(each.code, f"{each.title}，现行 {each.now}") for each in rows])
        for title, rows in groupby(changes, key=lambda each: each.rule.rule.title)
    ]


class SaveForm(forms.Form):
    """The name under which a simulation is kept (保存方案)."""

    title = forms.CharField(
        label="方案名称", max_length=60, error_messages={"required": "给方案起个名称，便于比较。"}
    )


class DraftForm(forms.Form):
    """Where the sentence would stand and until when it is to be looked at again (拟稿)."""

    document = forms.CharField(
        label="拟写入的文件",
        max_length=120,
        help_text="条款留空，文件印发后再填",
        error_messages={"required": "写明打算写进哪份文件。"},
    )
    valid_from = forms.DateField(
        label="拟施行日",
        widget=widgets.DateInput(),
        error_messages={"required": "填写拟施行日。", "invalid": "日期写成 2027-01-01。"},
    )
    review_by = forms.DateField(
        label="复核期限",
        widget=widgets.DateInput(),
        error_messages={"required": "填写复核期限。", "invalid": "日期写成 2028-12-31。"},
    )
    note = forms.CharField(
        label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        starts, review = self.cleaned_data.get("valid_from"), self.cleaned_data.get("review_by")
        if starts and review and review <= starts:
            self.add_error("review_by", "复核期限应当晚于拟施行日。")
        return self.cleaned_data
