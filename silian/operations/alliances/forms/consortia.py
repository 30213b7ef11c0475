"""What is typed about yearly filings, removals and lists."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.forms.choosing import long_text, side_by_side

LONGEST_LIST = 60_000


class ReportForm(forms.Form):
    """A year's plan or self-assessment (年度报送)."""

    kind = forms.ChoiceField(label="事项", choices=DutyKind.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    text = long_text("主要内容", most=4000, rows=8)
    upload = forms.FileField(label="正式文件", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "kind", "year")


class AcceptForm(forms.Form):
    """That a plan is complete (核对计划)."""

    answer = long_text("核对意见", most=500, rows=3, required=False)


class JudgeForm(AcceptForm):
    """Whether the year's work was done (核对自评)."""

    is_finished = forms.TypedChoiceField(
        label="是否完成年度任务",
        choices=[("yes", "完成"), ("no", "未完成")],
        coerce=lambda value: value == "yes",
        widget=widgets.RadioList(),
        help_text="连续两年未完成的，提出移出建议。",
    )
    field_order = ("is_finished", "answer")


class ReturnForm(forms.Form):
    answer = long_text("需要补充的全部内容", most=500)


class ProposalForm(forms.Form):
    reason = long_text("建议理由", most=500)


class RemovalForm(forms.Form):
    """What was decided of a proposal (决定移出建议)."""

    removed = forms.TypedChoiceField(
        label="决定",
        choices=[("no", "保留"), ("yes", "移出")],
        coerce=lambda value: value == "yes",
        widget=widgets.RadioList(),
        help_text="移出后各项认定自决定日起失效。",
    )
    document_number = forms.CharField(
        label="决定文号", max_length=80, required=False, help_text="移出须填写。"
    )
    decision = long_text("决定意见", most=500)


class ListForm(forms.Form):
    """A version of a list, one line each (清单)."""

    text = long_text(
        "条目",
        most=LONGEST_LIST,
        rows=14,
        help_text="每行一条：名称｜说明｜数量｜单位｜提出单位。后四项可以不写；可从表格整列粘贴。",
    )
    note = forms.CharField(label="本版说明", max_length=300, required=False)
