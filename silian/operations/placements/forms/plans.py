"""What a school types about a plan, and a host answers."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.rules.plan_agreement import PlanContent


class PlanForm(forms.Form):
    """The content of a plan (实习方案)."""

    cohort = forms.TypedChoiceField(label="专业和年级", coerce=int, widget=widgets.SearchSelect())
    kind = forms.ChoiceField(label="实习形式", choices=InternshipKind.choices)
    title = forms.CharField(label="名称", max_length=120)
    goals = forms.CharField(
        label="实习目标", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    tasks = forms.CharField(
        label="典型工作任务",
        widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""}),
        help_text="每行 1 项。学生周记按这些任务登记。",
    )
    standards = forms.CharField(
        label="实习标准", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    assessment = forms.CharField(
        label="考核办法", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写学习内容的考核，不能只看出勤，也不能照搬员工标准。",
    )  # fmt: skip
    school_weight = forms.IntegerField(
        label="学校评分权重",
        min_value=0,
        max_value=100,
        initial=50,
        help_text="百分数，其余由单位评。",
    )
    attendance_weight = forms.IntegerField(
        label="出勤在考核中的权重", min_value=0, max_value=100, initial=20, help_text="百分数。"
    )
    credits = forms.DecimalField(label="学分", max_digits=4, decimal_places=1, min_value=0)
    starts_on = forms.DateField(label="起始日", widget=widgets.DateInput())
    ends_on = forms.DateField(label="终止日（不含）", widget=widgets.DateInput())
    length_reason = forms.CharField(
        label="时长说明", max_length=300, required=False,
        help_text="岗位实习一般为 6 个月，明显更短或更长的写明理由。",
    )  # fmt: skip
    fieldsets = [
        ("方案", ["cohort", "kind", "title", "goals", "tasks", "standards"]),
        ("考核", ["assessment", "school_weight", "attendance_weight", "credits"]),
        ("期间", ["starts_on", "ends_on", "length_reason"]),
    ]

    def __init__(self, *args: Any, cohorts: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["cohort"].choices = [("", "请选择"), *cohorts]  # type: ignore[attr-defined]
        for name in ("school_weight", "attendance_weight", "starts_on", "ends_on"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def clean_tasks(self) -> tuple[str, ...]:
        lines = (line.strip()[:100] for line in self.cleaned_data["tasks"].splitlines())
        return tuple(line for line in lines if line)[:30]

    def content(self) -> PlanContent:
        return PlanContent(
            **{name: value for name, value in self.cleaned_data.items() if name != "cohort"}
        )

    @staticmethod
    def initial_from(plan: InternshipPlan) -> dict[str, Any]:
        names = set(PlanForm.base_fields) - {"cohort", "tasks"}
        values = {name: getattr(plan, name) for name in names}
        return {**values, "cohort": plan.cohort_id, "tasks": "\n".join(plan.tasks)}


class PlanHostsForm(forms.Form):
    """Which hosts are asked (发给哪些实习单位)."""

    hosts = forms.TypedMultipleChoiceField(
        label="实习单位", coerce=int, widget=widgets.CheckboxList(), help_text="只列已公布的单位。"
    )

    def __init__(self, *args: Any, hosts: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["hosts"].choices = hosts  # type: ignore[attr-defined]


class PlanAnswerForm(forms.Form):
    """Whether the host agrees (确认方案)."""

    agrees = forms.TypedChoiceField(
        label="贵单位的意见",
        choices=((True, "同意方案"), (False, "不同意")),
        coerce=lambda value: value in (True, "True"),
        widget=widgets.RadioList(),
    )
    reason = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意的写明原因和修改建议，学校会看到。",
    )
