"""What is typed about a catalogue of scarce occupations."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.incentives.commands.scarce_lists import ListSaid

ONE_DAY = datetime.timedelta(days=1)
HALF = ("valid_from", "valid_to", "source", "place")


class ScarceListForm(forms.Form):
    """One edition (紧缺职业目录)."""

    title = forms.CharField(label="目录名称", max_length=120)
    codes = forms.CharField(
        label="职业编码", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一个，如 6-18-01-01；按职业分类大典核对",
    )  # fmt: skip
    rate = forms.DecimalField(
        label="上浮比例（%）", min_value=0, max_value=100, max_digits=5, decimal_places=2,
        required=False, help_text="高级工以上补贴上浮百分之几；没有确定的留空，不上浮",
    )  # fmt: skip
    source = forms.CharField(label="文号", max_length=80)
    place = forms.CharField(label="条款", max_length=80)
    valid_from = forms.DateField(label="有效期起", widget=widgets.DateInput())
    valid_to = forms.DateField(
        label="有效期止", widget=widgets.DateInput(), help_text="有效的最后一天"
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in HALF:
            self.fields[name].half = True  # type: ignore[attr-defined]

    def said(self) -> ListSaid:
        values = dict(self.cleaned_data)
        values["codes"] = values["codes"].replace("，", " ").replace(",", " ").split()
        values["valid_to"] += ONE_DAY
        return ListSaid(**values)
