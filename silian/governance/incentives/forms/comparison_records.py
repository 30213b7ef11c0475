"""What is typed about lists of other authorities."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.governance.incentives.choices.comparison_records import (
    MONTHLY,
    ComparisonKind,
    Completeness,
)
from silian.governance.incentives.rules.comparison_records import ListSaid
from silian.governance.incentives.rules.months import months_later

USUAL_MONTHS_KEPT = 24  # a claim, its appeal and its recovery are over by then
HALF = ("kind", "as_of", "authority", "document", "covers_from", "covers_last", "kept_until",
        "completeness")  # fmt: skip


class ComparisonListForm(forms.Form):
    """A list with who gave it, what it covers and how long it is kept (外部比对名单)."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *ComparisonKind.choices])
    as_of = forms.DateField(
        label="数据截至日", widget=widgets.DateInput(), help_text="名单反映哪一天的情况"
    )
    authority = forms.CharField(label="出具机关", max_length=80)
    document = forms.CharField(
        label="文件或系统", max_length=120, help_text="函号，或系统名称和查询编号"
    )
    covers_from = forms.DateField(
        label="覆盖起始月", required=False, widget=widgets.DateInput(),
        help_text="社会保险、个税名单填写；填该月任一天",
    )  # fmt: skip
    covers_last = forms.DateField(
        label="覆盖终止月", required=False, widget=widgets.DateInput(), help_text="含这个月"
    )
    completeness = forms.ChoiceField(
        label="完整性", choices=Completeness.choices, initial=Completeness.PART,
        help_text="只有声明完整的单位和月份，名单里没有的人才提示“无社保记录”",
    )  # fmt: skip
    kept_until = forms.DateField(
        label="保存期限", widget=widgets.DateInput(), help_text="到这一天删除名单里的人员明细"
    )
    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名，一次最多 5,000 行；先预览再导入",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in HALF:
            self.fields[name].half = True  # type: ignore[attr-defined]
        self.fields["kept_until"].initial = months_later(timezone.localdate(), USUAL_MONTHS_KEPT)

    def said(self) -> ListSaid:
        """The list as typed; months as their first days, half-open."""
        values = self.cleaned_data
        monthly = values["kind"] in MONTHLY
        first, last = (first_of(values[name]) for name in ("covers_from", "covers_last"))
        return ListSaid(
            kind=values["kind"],
            authority=values["authority"],
            document=values["document"],
            as_of=values["as_of"],
            covers_from=first if monthly else None,
            covers_until=months_later(last, 1) if monthly and last else None,
            completeness=values["completeness"],
            kept_until=values["kept_until"],
        )


def first_of(day: datetime.date | None) -> datetime.date | None:
    return day.replace(day=1) if day else None


class WithdrawListForm(forms.Form):
    """Why a list is withdrawn (撤销理由)."""

    reason = forms.CharField(
        label="撤销理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="名单里的人员明细随即删除，名单和已有的风险提示保留",
    )  # fmt: skip
